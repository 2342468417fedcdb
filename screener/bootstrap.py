"""Settings to parts: the one file that knows them all."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

from screener.detect import Detector, Refusal, load_detector, read_flags, read_kinds
from screener.errors import ModelError, SettingsError
from screener.extract import LanguageIdentifier
from screener.fetch import Fetcher, serve
from screener.pipeline import Progress, Scan, Version, begin, health
from screener.records import Report
from screener.report import Thresholds, build
from screener.score.features import features
from screener.score.model import Manifest, Model, load_model
from screener.screening import Screener, check_golden
from screener.settings import Settings
from screener.store import Store, scan_lock

_PACKAGE = Path(__file__).parent
_SHIPPED = {"models": Path("models"), "sample": Path("corpus/sample"), "examples": Path("corpus/examples")}
CODE_VERSION = version("screener")


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def shipped(name: str) -> Path:
    """The folder of what comes with the program: in the wheel, or in the checkout beside the package."""
    installed = _PACKAGE / "shipped" / name
    return installed if installed.exists() else _PACKAGE.parent / _SHIPPED[name]


def default_model_folder() -> Path:
    """The folder of the model that is used when none is named. Raises ModelError when there is none."""
    models = shipped("models")
    try:
        return models / (models / "DEFAULT").read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ModelError(f"there is no model in {models}: make one with `screener train`") from error


def open_model(detector: Detector, folder: Path | None) -> tuple[Detector, Model]:
    """The model of a folder, or the default one, proved to fit the detector, and the detector with its models.

    Raises ModelError when it does not fit.
    """
    model = load_model(folder or default_model_folder(), features(detector.indicators), detector.base_ruleset)
    detector = detector.with_kinds(read_kinds(model.kinds)).with_flags(read_flags(model.flags))
    check_golden(detector, model)
    return detector, model


def make_screener(
    model_folder: Path | None = None,
    rule_folders: Sequence[Path] = (),
    thresholds: tuple[float | None, float | None] = (None, None),
) -> Screener:
    """The detector and the model, ready to screen; `thresholds` are alert and review, None means the model's."""
    # Golden texts were scored with the shipped rules: a flag of one's own in one of them is no drift.
    detector, model = open_model(load_detector(), model_folder)
    detector = detector.with_rules(rule_folders)
    manifest = _with_thresholds(model.manifest, *thresholds)
    return Screener(detector=detector, model=replace(model, manifest=manifest), identify=LanguageIdentifier(), now=now)


def _with_thresholds(manifest: Manifest, alert: float | None, review: float | None) -> Manifest:
    alert = alert or manifest.alert_threshold
    review = min(review or manifest.review_threshold, alert)
    return manifest.model_copy(update={"alert_threshold": alert, "review_threshold": review})


def screener_of(settings: Settings) -> Callable[[], Screener]:
    """A maker of the screener that the settings ask for, fit to be sent to a worker process."""
    thresholds = (settings.alert_threshold, settings.review_threshold)
    return partial(make_screener, settings.model_folder, own_rule_folders(settings), thresholds)


def own_rule_folders(settings: Settings) -> tuple[Path, ...]:
    """The folders of rules that the settings name, and `rules` in the data folder when there is one."""
    return (*settings.rule_folders, *data_rule_folders(settings.data))


def data_rule_folders(data: Path) -> tuple[Path, ...]:
    """The folder `rules` of a data folder, when there is one."""
    folder = data / "rules"
    return (folder,) if folder.is_dir() else ()


def open_store(settings: Settings) -> Store:
    """The database in the data folder, made when it is not there yet."""
    _make_data_folder(settings)
    return Store.open(settings.data / "screener.sqlite")


def _make_data_folder(settings: Settings) -> None:
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"scan.data: the folder {settings.data} cannot be made: {error.strerror}") from error


@contextmanager
def open_scan(settings: Settings, progress: Progress, screener: Screener | None = None) -> Iterator[Scan]:
    """A scan ready to work, alone in its data folder, with the screener of the settings unless one is given.

    Raises BusyError when another one is at work there.
    """
    _make_data_folder(settings)
    with (
        scan_lock(settings.data),
        open_store(settings) as store,
        _routes(settings) as routes,
        Fetcher(settings.limits, _user_agent(settings), allow=settings.allow, routes=routes) as fetcher,
    ):
        screener = screener or screener_of(settings)()
        yield Scan(
            store=store,
            fetcher=fetcher,
            screener=screener,
            sources={source.name: source for source in settings.sources},
            workers=settings.workers,
            now=now,
            progress=progress,
            run=begin(store, screener, settings.sources, Version(code=CODE_VERSION, settings=settings.digest), now()),
        )


@contextmanager
def _routes(settings: Settings) -> Iterator[dict[str, str]]:
    """The declared routes, and those of the sample site while it is served."""
    if settings.sample_site is None:
        yield dict(settings.routes)
        return
    if not settings.sample_site.is_dir():
        raise SettingsError(f"sample_site.folder: there is no folder {settings.sample_site}")
    with serve(settings.sample_site) as site:
        yield {**settings.routes, **site.routes}


def _user_agent(settings: Settings) -> str:
    contact = f"; {settings.contact}" if settings.contact else ""
    return f"screener/{CODE_VERSION} (job advertisement research{contact})"


def report_of(settings: Settings, store: Store, run: int, detector: Detector, manifest: Manifest) -> Report:
    """The report of one run; its notes name the rule files that are not used."""
    built = build(
        store.run(run),
        store.findings(run),
        store.skips(run),
        store.new_findings(run),
        health(store, run, settings.sources),
        detector.indicators,
        Thresholds(alert=manifest.alert_threshold, review=manifest.review_threshold),
    )
    return replace(built, notes=tuple(_left_out(refusal) for refusal in detector.refusals))


def _left_out(refusal: Refusal) -> str:
    # The report leaves the house: it names the file, not where it lies.
    place = f", line {refusal.line}" if refusal.line else ""
    return f"Rule file left out: {refusal.path.name}{place}: {refusal.reason}"
