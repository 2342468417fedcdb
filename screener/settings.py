"""Settings: screener.toml and the environment, read once at the door and checked before anything starts."""

import difflib
import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from screener.errors import SettingsError
from screener.fetch.limits import Limits
from screener.records import Selectors, Source, SourceKind

ENVIRONMENT = {
    "SCREENER_DATA": ("scan", "data"),
    "SCREENER_REPORT": ("report", "folder"),
    "SCREENER_CONTACT": ("scan", "contact"),
    "SCREENER_MODEL": ("model", "folder"),
}
"""Environment variables and the setting that each stands before."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Scan(_Strict):
    """Where data is kept, and who answers for the requests."""

    data: Path = Path("data")
    contact: str = ""
    workers: int = Field(default=8, ge=1, le=8)


class _Report(_Strict):
    """Where the report goes, its title, and the share of ads that the operator expects to need follow-up."""

    folder: Path = Path("report")
    title: str = "Job ad screening"
    prevalence: float = Field(default=0.01, gt=0, lt=1)
    masked: bool = True


class _Model(_Strict):
    """Which model scores; none named means the one that came with the program."""

    folder: Path | None = None


class _Rules(_Strict):
    """Folders with rules of one's own."""

    folders: list[Path] = []


class _Thresholds(_Strict):
    """Bands of one's own; the model's stand where none is given."""

    alert: float | None = Field(default=None, gt=0, lt=1)
    review: float | None = Field(default=None, gt=0, lt=1)


_Port = Annotated[str, Field(pattern=r"^[^\s:]+:[0-9]{1,5}$|^\[[0-9A-Fa-f:.]+\]:[0-9]{1,5}$")]


class _Network(_Strict):
    """Private addresses that may be reached: `routes` maps "host:port" to "ip:port"."""

    allow: list[_Port] = []
    routes: dict[_Port, _Port] = {}


class _SampleSite(_Strict):
    """A folder of host folders to serve on 127.0.0.1 for the length of the run."""

    folder: Path


class _Limits(_Strict):
    """Bounds of one fetch; see `fetch.limits.Limits`."""

    connect_seconds: float = Field(default=5.0, gt=0, le=60)
    read_seconds: float = Field(default=10.0, gt=0, le=120)
    total_seconds: float = Field(default=20.0, gt=0, le=600)
    body_bytes: int = Field(default=5 * 1024 * 1024, ge=1024, le=64 * 1024 * 1024)
    redirects: int = Field(default=5, ge=0, le=10)
    retries: int = Field(default=2, ge=0, le=5)


class _Selectors(_Strict):
    links: str = ""
    next: str = ""
    title: str = ""
    text: str = ""
    published: str = ""


class _Source(_Strict):
    """One place to collect from."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,60}$")
    kind: SourceKind
    seeds: list[str] = Field(min_length=1)
    selectors: _Selectors = _Selectors()
    language: str | None = None
    delay_seconds: float = Field(default=2.0, ge=0, le=3600)
    expected_min: int = Field(default=0, ge=0)
    pages_max: int = Field(default=500, ge=1, le=100_000)


class _Written(_Strict):
    """screener.toml as a whole."""

    scan: _Scan = _Scan()
    report: _Report = _Report()
    model: _Model = _Model()
    rules: _Rules = _Rules()
    thresholds: _Thresholds = _Thresholds()
    network: _Network = _Network()
    limits: _Limits = _Limits()
    sample_site: _SampleSite | None = None
    source: list[_Source] = Field(min_length=1)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All that a scan is told; paths are absolute, `digest` changes with whatever decides what is collected."""

    data: Path
    contact: str
    workers: int
    report_folder: Path
    report_title: str
    prevalence: float
    masked: bool
    model_folder: Path | None
    rule_folders: tuple[Path, ...]
    alert_threshold: float | None
    review_threshold: float | None
    allow: frozenset[str]
    routes: Mapping[str, str]
    limits: Limits
    sample_site: Path | None
    sources: tuple[Source, ...]
    digest: str


def load_settings(path: Path, environment: Mapping[str, str]) -> Settings:
    """The settings of a file, environment variables before it.

    Raises SettingsError with one line a mistake: the key, what was found and what is allowed.
    """
    data = _toml(path)
    for variable, (table, key) in ENVIRONMENT.items():
        # What is no table is left for the check below to name.
        if environment.get(variable) and isinstance(data.setdefault(table, {}), dict):
            data[table][key] = environment[variable]
    try:
        written = _Written.model_validate(data)
    except ValidationError as error:
        lines = [_mistake(problem) for problem in error.errors()]
        raise SettingsError("\n".join(f"{path}: {line}" for line in lines)) from error
    _check(path, written)
    return _settings(written, path.resolve().parent)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SettingsError(f"{path}: there is no such file; name one with --config") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read as TOML: {error}") from error


def _mistake(problem: Any) -> str:  # noqa: ANN401  pydantic's ErrorDetails
    place = ".".join(str(part + 1) if isinstance(part, int) else part for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f"{place}: there is no such setting{_suggestion(problem['loc'])}"
    if problem["type"] == "missing":
        return f"{place}: is missing"
    found = repr(problem["input"])[:60]
    allowed = problem["msg"].removeprefix("Input should be ").replace("String should match pattern", "text of the form")
    return f"{place}: found {found}, allowed is {allowed}"


_TABLES: Mapping[str, type[BaseModel]] = {
    "scan": _Scan, "report": _Report, "model": _Model, "rules": _Rules, "thresholds": _Thresholds,
    "network": _Network, "limits": _Limits, "sample_site": _SampleSite, "source": _Source, "selectors": _Selectors,
}  # fmt: skip


def _suggestion(place: tuple[str | int, ...]) -> str:
    tables = [part for part in place[:-1] if isinstance(part, str)]
    known = sorted((_TABLES[tables[-1]] if tables else _Written).model_fields)
    close = difflib.get_close_matches(str(place[-1]), known, n=1)
    return f"; did you mean {close[0]!r}?" if close else f"; allowed are {', '.join(known)}"


def _check(path: Path, written: _Written) -> None:
    names = [source.name for source in written.source]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise SettingsError(f"{path}: source.name: {twice!r} is used twice, names must differ")
    seeds = [seed for source in written.source for seed in dict.fromkeys(source.seeds)]
    shared = next((seed for seed in seeds if seeds.count(seed) > 1), None)
    if shared:
        raise SettingsError(f"{path}: source.seeds: {shared!r} is in two sources, each is read once in a scan")
    alert, review = written.thresholds.alert, written.thresholds.review
    if alert and review and review > alert:
        raise SettingsError(f"{path}: thresholds.review: found {review}, allowed is at most thresholds.alert ({alert})")


def _settings(written: _Written, base: Path) -> Settings:
    return Settings(
        data=base / written.scan.data,
        contact=written.scan.contact,
        workers=written.scan.workers,
        report_folder=base / written.report.folder,
        report_title=written.report.title,
        prevalence=written.report.prevalence,
        masked=written.report.masked,
        model_folder=base / written.model.folder if written.model.folder else None,
        rule_folders=tuple(base / folder for folder in written.rules.folders),
        alert_threshold=written.thresholds.alert,
        review_threshold=written.thresholds.review,
        allow=frozenset(written.network.allow),
        routes=dict(written.network.routes),
        limits=Limits(**written.limits.model_dump()),
        sample_site=base / written.sample_site.folder if written.sample_site else None,
        sources=tuple(_source(source, base) for source in written.source),
        digest=_digest(written),
    )


def _source(written: _Source, base: Path) -> Source:
    seeds = written.seeds
    if written.kind is SourceKind.FILE:
        seeds = [str(base / seed) for seed in seeds]
    selectors = Selectors(**written.selectors.model_dump())
    return Source(**{**written.model_dump(), "seeds": tuple(seeds), "selectors": selectors})


def _digest(written: _Written) -> str:
    """What is collected decides whether an interrupted scan can go on; where the report goes does not."""
    parts = written.model_dump_json(include={"source", "limits", "network", "sample_site", "thresholds"})
    return hashlib.sha256(parts.encode()).hexdigest()
