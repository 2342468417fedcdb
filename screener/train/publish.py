"""Training a model and writing it down so that it can prove what it is."""

import hashlib
import io
import json
import math
import shutil
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import numpy.typing as npt

from screener.detect import Detector, dump_flags, dump_kinds, read_flags, read_kinds
from screener.records import Band, Example, Reading
from screener.score.features import Feature
from screener.score.model import Golden, Manifest, Model, band_of
from screener.screening import read_text
from screener.train.corpus import Corpus, read_corpus
from screener.train.evaluate import flag_counts
from screener.train.fit import SEED, Weights, calibrated, calibration, fit, held_out, stacked
from screener.train.measures import (
    calibration_error,
    ranking,
    threshold_for_false_alarms,
    threshold_for_recall,
)
from screener.train.prepare import prepare
from screener.train.split import by_author, by_campaign, honest

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
ALERT_FALSE_ALARMS = 0.05
REVIEW_RECALL = 0.95
_GOLDEN = 40
_STEPS = 10_000
_LIBRARIES = ("numpy", "scikit-learn", "scipy", "spacy")


def train_model(
    corpus_folder: Path, models: Path, detector: Detector, *, make_default: bool, tell: Callable[[str], None]
) -> Path:
    """The folder of a new model, trained, calibrated on left-out authors, and written whole or not at all."""
    corpus = read_corpus(corpus_folder, detector.indicators)
    ready = prepare(corpus.examples, detector, tell)
    table, labels, copies, readings = ready.table, ready.labels, ready.copies, ready.readings
    tell("calibrating on authors left out")
    log_odds = held_out(table, labels, len(ready.features), by_author(corpus.examples), copies)
    rows = honest(corpus.examples)
    slope, offset = calibration(log_odds[rows], labels[rows])
    tell("fitting on all examples")
    weights = rounded(
        calibrated(fit(*stacked(copies, labels, np.arange(len(labels))), len(ready.features)), slope, offset)
    )
    probabilities = _sigmoid(slope * log_odds + offset)[rows]
    chosen = [(corpus.examples[row], readings[row]) for row in rows.tolist()]
    figures = _figures(labels[rows], probabilities, *zip(*chosen, strict=True))
    by_campaigns = held_out(table, labels, len(ready.features), by_campaign(corpus.examples), copies)[rows]
    figures |= {f"campaign_{name}": value for name, value in ranking(labels[rows], by_campaigns).items()}
    limits = thresholds(labels[rows], probabilities)
    figures |= _band_figures(labels[rows], probabilities, [reading for _, reading in chosen], limits)
    files = {
        "weights.npz": _archive(weights),
        "kinds.npz": dump_kinds(ready.kinds),
        "flags.npz": dump_flags(ready.flag_model),
    }
    manifest = _manifest(corpus, detector, ready.features, files, weights.intercept, limits, figures)
    # With kinds and flags as they will be read back: rounded.
    whole = detector.with_kinds(read_kinds(files["kinds.npz"])).with_flags(read_flags(files["flags.npz"]))
    manifest = _with_golden(manifest, weights, ready.features, corpus.examples, whole)
    return _write(models, manifest, files, make_default=make_default)


def thresholds(labels: Rows, probabilities: Floats) -> tuple[float, float]:
    """Alert and review thresholds on left-out authors: at most 5 % false alarms, and at least 95 % recall."""
    alert = threshold_for_false_alarms(labels, probabilities, ALERT_FALSE_ALARMS)
    review = min(threshold_for_recall(labels, probabilities, REVIEW_RECALL), alert)
    # Four digits, rounded to the side on which both promises still hold.
    return _rounded_up(alert), _rounded_down(review)


def _rounded_up(threshold: float) -> float:
    steps = math.ceil(threshold * _STEPS)
    steps += steps / _STEPS < threshold  # the product itself is rounded
    return min(steps, _STEPS - 1) / _STEPS


def _rounded_down(threshold: float) -> float:
    steps = math.floor(threshold * _STEPS)
    steps -= steps / _STEPS > threshold
    return max(steps, 1) / _STEPS


def rounded(weights: Weights) -> Weights:
    """The weights as the model file keeps them."""
    return Weights(
        intercept=float(weights.intercept),
        features=np.asarray(weights.features, dtype="<f8"),
        ngrams=np.asarray(weights.ngrams, dtype="<f4"),
    )


def _sigmoid(log_odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-log_odds)), dtype=np.float64)


def _figures(
    labels: Rows, probabilities: Floats, examples: Sequence[Example], readings: Sequence[Reading]
) -> dict[str, float]:
    found, marked, good, raised = flag_counts(examples, readings)
    return {
        **ranking(labels, probabilities),
        "calibration_error": calibration_error(labels, probabilities),
        "flag_recall": found / max(1, marked),
        "flag_precision": good / max(1, raised),
    }


def _band_figures(
    labels: Rows, probabilities: Floats, readings: Sequence[Reading], limits: tuple[float, float]
) -> dict[str, float]:
    """What the bands come to, severe flags included: shares of the texts to follow up, and of the others."""
    pairs = zip(probabilities.tolist(), readings, strict=True)
    bands = [band_of(probability, reading, *limits) for probability, reading in pairs]
    alert = np.array([band is Band.ALERT for band in bands])
    raised = np.array([band is not Band.CLEAR for band in bands])
    return {
        "alert_recall": float(alert[labels == 1].mean()),
        "alert_false_alarms": float(alert[labels == 0].mean()),
        "raised_recall": float(raised[labels == 1].mean()),
        "raised_false_alarms": float(raised[labels == 0].mean()),
    }


def _manifest(  # noqa: PLR0913, PLR0917  a manifest names everything that went into a model
    corpus: Corpus,
    detector: Detector,
    feature_list: Sequence[Feature],
    files: Mapping[str, bytes],
    intercept: float,
    bands: tuple[float, float],
    figures: Mapping[str, float],
) -> Manifest:
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    whole = hashlib.sha256("".join(digests.values()).encode()).hexdigest()
    return Manifest(
        version=f"{max(example.written_on for example in corpus.examples)}-{whole[:8]}",
        examples_until=max(example.written_on for example in corpus.examples),
        corpus=corpus.digest,
        corpus_examples=len(corpus.examples),
        ruleset=detector.base_ruleset,
        features=[feature.name for feature in feature_list],
        files=digests,
        intercept=intercept,
        alert_threshold=bands[0],
        review_threshold=bands[1],
        seed=SEED,
        libraries={name: version(name) for name in _LIBRARIES},
        figures={name: round(value, 4) for name, value in figures.items()},
        golden=[],
    )


def _with_golden(
    manifest: Manifest,
    weights: Weights,
    feature_list: Sequence[Feature],
    examples: Sequence[Example],
    detector: Detector,
) -> Manifest:
    """The manifest with the scores of some texts, spread over the corpus."""
    model = Model(
        manifest=manifest, features=tuple(feature_list), feature_weights=weights.features,
        ngram_weights=np.asarray(weights.ngrams, dtype=np.float32),
    )  # fmt: skip
    texts = [example.text for example in examples[:: max(1, len(examples) // _GOLDEN)]]
    golden = [Golden(text=text, probability=model.score(read_text(detector, text)).probability) for text in texts]
    return manifest.model_copy(update={"golden": golden})


def _archive(weights: Weights) -> bytes:
    """The arrays as an .npz archive; the same arrays give the same bytes."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, features=weights.features, ngrams=weights.ngrams)
    return buffer.getvalue()


def _write(models: Path, manifest: Manifest, files: Mapping[str, bytes], *, make_default: bool) -> Path:
    models.mkdir(parents=True, exist_ok=True)
    staged = Path(mkdtemp(dir=models, prefix=".staged-"))
    for name, content in files.items():
        (staged / name).write_bytes(content)
    (staged / "manifest.json").write_text(
        json.dumps(manifest.model_dump(), indent=1, ensure_ascii=False) + "\n", "utf-8"
    )
    (staged / "CARD.md").write_text(card(manifest), "utf-8")
    staged.chmod(0o755)
    final = models / manifest.version
    if final.exists():
        shutil.rmtree(final)
    staged.replace(final)
    if make_default:
        (models / ".DEFAULT.part").write_text(manifest.version + "\n", "utf-8")
        (models / ".DEFAULT.part").replace(models / "DEFAULT")
    return final


def card(manifest: Manifest) -> str:
    """The model card (Mitchell et al. 2019), every figure from the manifest."""
    figures = "\n".join(f"| {name.replace('_', ' ')} | {value:.3f} |" for name, value in manifest.figures.items())
    return f"""# Model {manifest.version}

**Use.** Ranks job advertisements aimed at Indonesians, so that a person looks at the riskiest first. It scores ads, not
people. **Out of use.** No arrest, no blacklist, no automatic report: a score is a reason to look, never a finding.

**What it is.** Logistic regression over {len(manifest.features)} documented features and hashed n-grams of words and
letters; the reasons of a score add up to its log-odds. Trained on {manifest.corpus_examples} texts written for this
project until {manifest.examples_until} (corpus {manifest.corpus[:16]}, ruleset {manifest.ruleset},
seed {manifest.seed}).

**Probability.** Calibrated (Platt) on authors left out of training, for a prevalence of {manifest.prevalence}. At a
lower prevalence most alerts are false: the report restates each probability.

**Bands.** `alert` from {manifest.alert_threshold} (at most {ALERT_FALSE_ALARMS:.0%} false alarms on left-out authors),
`review` from {manifest.review_threshold} (at least {REVIEW_RECALL:.0%} of the ads to follow up); besides, an ad with
one flag of severity 3 is at least for review, and one for review by its probability with two different ones, or with a
combination of severity 3, is an alert. What the bands come to with that: see `alert` and `raised` below.

| figure, authors left out (campaign: campaigns left out) | value |
|---|---|
{figures}

**Limits.** The texts were composed, not collected; real ads differ. Text inside pictures is not read.
Regional languages are thin. Known evasions: wording that no rule and no example resembles, and details moved to a chat.
"""
