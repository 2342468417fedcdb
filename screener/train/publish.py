"""Training a model and writing it down so that it can prove what it is."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import numpy.typing as npt

from screener.detect import Detector, dump_flags, dump_kinds, read_flags, read_kinds
from screener.errors import SettingsError
from screener.score.manifest import CARD, FLAGS, KINDS, MANIFEST, WEIGHTS, Manifest, sealed, written
from screener.score.weights import Arrays, dump_weights
from screener.train.bands import band_figures, thresholds
from screener.train.card import card
from screener.train.corpus import Corpus, read_corpus
from screener.train.fit import calibrated, calibration, fit_copies, held_out
from screener.train.flagfigures import flag_counts
from screener.train.manifests import Trained, manifest_of
from screener.train.measures import calibration_error, ranking
from screener.train.prepare import Prepared, prepare
from screener.train.provenance import digests_of
from screener.train.split import by_author, by_campaign, honest

Floats = npt.NDArray[np.float64]
Pages = Callable[[Corpus, Prepared], Mapping[str, str]]
_MODE = 0o755


def no_pages(_corpus: Corpus, _ready: Prepared) -> Mapping[str, str]:
    """No further texts for the model folder."""
    return {}


def train_model(
    corpus_folder: Path, models: Path, detector: Detector, *, tell: Callable[[str], None], pages: Pages = no_pages
) -> Path:
    """The folder of a new model, trained, calibrated on left-out authors, and written whole or not at all.

    `pages` makes further texts for the folder by name (.html, .md, .json, .csv or .svg), which the manifest names as
    well. Whether the model is used is up to `promotion`.
    """
    corpus = read_corpus(corpus_folder, detector.indicators)
    for note in corpus.notes:
        tell(note)
    ready = prepare(corpus.examples, detector, tell)
    trained = _trained(corpus, ready, tell)
    # With kinds and flags as they will be read back: rounded.
    whole = detector.with_kinds(read_kinds(trained.files[KINDS])).with_flags(read_flags(trained.files[FLAGS]))
    manifest = manifest_of(trained, whole)
    texts = {CARD: card(manifest), **pages(corpus, ready)}
    return write_model(models, manifest, {**trained.files, **{name: text.encode() for name, text in texts.items()}})


def _trained(corpus: Corpus, ready: Prepared, tell: Callable[[str], None]) -> Trained:
    """The model fitted on all examples, and its figures on those that were left out."""
    labels, copies, count, given = ready.labels, ready.copies, len(ready.features), ready.given
    tell("calibrating on authors left out")
    rows = honest(corpus.examples)
    log_odds = held_out(ready.table, labels, count, by_author(corpus.examples), copies, given=given)
    slope, offset = calibration(log_odds[rows], labels[rows])
    by_campaigns = held_out(ready.table, labels, count, by_campaign(corpus.examples), copies, given=given)
    tell("fitting on all examples")
    weights = calibrated(fit_copies(copies, labels, np.arange(len(labels)), count, given), slope, offset)
    arrays = Arrays(
        features=weights.features, ngrams=weights.ngrams.astype(np.float32), rarity=weights.rarity.astype(np.float32)
    )
    probabilities = _sigmoid(slope * log_odds + offset)
    limits = thresholds(labels[rows], probabilities[rows])
    return Trained(
        corpus=corpus,
        features=ready.features,
        arrays=arrays,
        intercept=float(weights.intercept),
        files={WEIGHTS: dump_weights(arrays), KINDS: dump_kinds(ready.kinds), FLAGS: dump_flags(ready.flag_model)},
        limits=limits,
        figures=_figures(ready, probabilities, by_campaigns, limits),
    )


def _figures(
    ready: Prepared, probabilities: Floats, by_campaigns: Floats, limits: tuple[float, float]
) -> dict[str, float]:
    """The figures on the texts that no writer of rules had read, or on all when these are too few."""
    rows = honest(ready.examples)
    labels, probabilities = ready.labels[rows], probabilities[rows]
    examples = [ready.examples[row] for row in rows.tolist()]
    readings = [ready.readings[row] for row in rows.tolist()]
    found, marked, good, raised = flag_counts(examples, readings)
    return {
        **ranking(labels, probabilities),
        "calibration_error": calibration_error(labels, probabilities),
        "flag_recall": found / max(1, marked),
        "flag_precision": good / max(1, raised),
        **{f"campaign_{name}": value for name, value in ranking(labels, by_campaigns[rows]).items()},
        **band_figures(labels, probabilities, readings, limits),
    }


def _sigmoid(log_odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-log_odds)), dtype=np.float64)


def write_model(models: Path, manifest: Manifest, files: Mapping[str, bytes]) -> Path:
    """The folder `models/<version>` with these files and the sealed manifest that names them all.

    It appears under its name whole; the same model that is there already stays as it is. Raises SettingsError when the
    folder cannot be written.
    """
    manifest = sealed(manifest.model_copy(update={"files": digests_of(files)}))
    final = models / manifest.version
    try:
        models.mkdir(parents=True, exist_ok=True)
        staged = Path(mkdtemp(dir=models, prefix=".staged-"))
        try:
            _fill(staged, {**files, MANIFEST: written(manifest).encode()})
            _put(staged, final)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
    except OSError as error:
        raise SettingsError(f"{models}: the model cannot be written: {error}") from error
    return final


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    folder.chmod(_MODE)


def _put(staged: Path, final: Path) -> None:
    """Bring the new folder under its name; an older one goes only when it holds something else."""
    if _contents(final) == _contents(staged):
        return
    old = staged.with_name(f"{staged.name}-old")
    if final.exists():
        final.rename(old)
    staged.rename(final)
    shutil.rmtree(old, ignore_errors=True)


def _contents(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        return {}
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
