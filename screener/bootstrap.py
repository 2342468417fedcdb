"""Settings to parts: the one file that knows them all."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

from screener.detect import Detector, Refusal, load_detector
from screener.errors import ModelError, SettingsError
from screener.extract import LanguageIdentifier
from screener.fetch import Fetcher, serve
from screener.pipeline import Progress, Scan, Version, begin, health
from screener.places import shipped
from screener.records import Report
from screener.report import Thresholds, build
from screener.score.manifest import Manifest
from screener.score.model import Model
from screener.score.registry import default_folder, ever_in_use
from screener.screening import Screener, check_golden, load_fitting
from screener.settings import Settings
from screener.store import Store, scan_lock

CODE_VERSION = version("screener")


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def default_model_folder() -> Path:
    """The folder of the model that is used when none is named. Raises ModelError when there is none."""
    return default_folder(shipped("models"))


def open_model(detector: Detector, folder: Path | None) -> tuple[Detector, Model]:
    """The model of a folder, or the default one, proved to fit the detector, and the detector with its models.

    Raises ModelError when it does not fit.
    """
    detector, model = load_fitting(detector, folder or default_model_folder())
    check_golden(detector, model)
    return detector, model


def open_last_good(detector: Detector, models: Path) -> tuple[Detector, Model, tuple[str, ...]]:
    """The model in use in a folder of models or, when it does not verify, the last one in its history that does.

    The third part says so, in a whole sentence without the folder's place. Raises ModelError when none verifies.
    """
    try:
        return *open_model(detector, default_folder(models)), ()
    except ModelError as error:
        for name in _history_of(models, error):
            try:
                detector, model = open_model(detector, models / name)
            except ModelError:
                continue
            return detector, model, (_stand_in(name, models, error),)
        raise


def _history_of(models: Path, refused: ModelError) -> list[str]:
    """The models to fall back to. Raises ModelError with both reasons when the history cannot be read either."""
    try:
        return ever_in_use(models)
    except ModelError as error:
        raise ModelError(f"{refused}\n{error}") from refused


def _stand_in(name: str, models: Path, refused: ModelError) -> str:
    # The report leaves the house: it names the model, not where it lies.
    reason = str(refused).replace(f"{models}/", "").replace("\n", "; ")
    return f"The model in use does not verify, the earlier model {name} stands in for it: {reason}"


def make_screener(
    model_folder: Path | None = None,
    rule_folders: Sequence[Path] = (),
    thresholds: tuple[float | None, float | None] = (None, None),
) -> Screener:
    """The detector and the model, ready to screen; `thresholds` are alert and review, None means the model's.

    Without a folder it is the model in use, or the last good one. Raises ModelError when there is none that fits.
    """
    # Golden texts were scored with the shipped rules: a flag of one's own in one of them is no drift.
    detector, model, notes = _opened(model_folder)
    manifest = _with_thresholds(model.manifest, *thresholds)
    return Screener(
        detector=detector.with_rules(rule_folders),
        model=replace(model, manifest=manifest),
        identify=LanguageIdentifier(),
        now=now,
        notes=notes,
    )


def _opened(folder: Path | None) -> tuple[Detector, Model, tuple[str, ...]]:
    if folder is None:
        return open_last_good(load_detector(), shipped("models"))
    return *open_model(load_detector(), folder), ()


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


def report_of(settings: Settings, store: Store, run: int, screener: Screener) -> Report:
    """The report of one run; its notes say what is not as it should be: model and rule files that are not used."""
    manifest = screener.model.manifest
    built = build(
        store.run(run),
        store.findings(run),
        store.skips(run),
        store.new_findings(run),
        health(store, run, settings.sources),
        screener.detector.indicators,
        Thresholds(alert=manifest.alert_threshold, review=manifest.review_threshold),
    )
    return replace(built, notes=(*screener.notes, *map(_left_out, screener.detector.refusals)))


def _left_out(refusal: Refusal) -> str:
    # The report leaves the house: it names the file, not where it lies.
    place = f", line {refusal.line}" if refusal.line else ""
    return f"Rule file left out: {refusal.path.name}{place}: {refusal.reason}"
