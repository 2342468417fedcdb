"""A trained model: loaded from arrays and JSON without pickle, and only when it proves that it fits.

A model folder holds `manifest.json`, `weights.npz`, `kinds.npz`, `flags.npz` and `CARD.md`. Loading checks, in this
order: the manifest's format, the digests of the files, the shapes, the feature list, the ruleset, and the scores of
the golden texts.
"""

import hashlib
import json
import math
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from screener.errors import ModelError
from screener.ngrams import BUCKETS, word_contributions
from screener.records import Band, Grams, Kind, Reading, Reason, Score
from screener.score.features import Feature, encode

FORMAT_VERSION = 2
_WEIGHTS_SIZE_MAX = 20 * 1024 * 1024
_MANIFEST_SIZE_MAX = 2 * 1024 * 1024
_GOLDEN_TOLERANCE = 1e-6
_WORDS_NAMED = 10
_SEVERE = 3
_SEVERE_FOR_ALERT = 2
_ARRAYS = {"features.npy": ("<f8", None), "ngrams.npy": ("<f4", BUCKETS)}


class Golden(BaseModel):
    """A text whose probability is written down, so that a drifting platform or library is noticed at load."""

    text: str
    probability: float


class Manifest(BaseModel):
    """What a model says of itself; `files` gives the hex SHA-256 of each other file that decides about a reading.

    `prevalence` is the share of ads to follow up that its probability assumes.
    """

    model_config = ConfigDict(extra="forbid")

    format_version: Literal[2] = 2
    version: str
    examples_until: str
    corpus: str
    corpus_examples: int
    ruleset: str
    features: list[str]
    buckets: Literal[262144] = BUCKETS
    files: dict[str, str]
    intercept: float = Field(allow_inf_nan=False)
    alert_threshold: float = Field(gt=0, lt=1)
    review_threshold: float = Field(gt=0, lt=1)
    prevalence: float = 0.5
    seed: int
    libraries: dict[str, str]
    figures: dict[str, float]
    golden: list[Golden]


@dataclass(frozen=True, kw_only=True)
class Model:
    """Weights and what they belong to; `kinds` and `flags` are the files of the detector's models."""

    manifest: Manifest
    features: tuple[Feature, ...]
    feature_weights: npt.NDArray[np.float64]
    ngram_weights: npt.NDArray[np.float32]
    kinds: bytes = b""
    flags: bytes = b""

    @property
    def name(self) -> str:
        """The version, as findings and reports name it."""
        return self.manifest.version

    def score(self, reading: Reading) -> Score:
        """The calibrated probability, its band, and the reasons, whose contributions add up to its log-odds."""
        row = encode([reading], self.features)[0]
        reasons = (self._base(), *self._feature_reasons(row), *_word_reasons(reading.grams, self.ngram_weights))
        probability = sigmoid(math.fsum(reason.contribution for reason in reasons))
        return Score(
            probability=probability,
            band=band_of(probability, reading, self.manifest.alert_threshold, self.manifest.review_threshold),
            model=self.name,
            threshold=self.manifest.alert_threshold,
            reasons=reasons,
        )

    def _base(self) -> Reason:
        return Reason(feature="base", value=1.0, contribution=self.manifest.intercept)

    def _feature_reasons(self, row: npt.NDArray[np.float64]) -> list[Reason]:
        return [
            Reason(feature=feature.name, value=float(value), contribution=float(value * weight))
            for feature, value, weight in zip(self.features, row, self.feature_weights, strict=True)
            if value
        ]


def band_of(probability: float, reading: Reading, alert: float, review: float) -> Band:
    """What is asked of the analyst at this probability and with these flags.

    Severity 3 means that a flag is enough for a look on its own (red-flags reference), so one puts an ad at least in
    the review band. Two different ones, or a combination of severity 3, make an alert of an ad that is for review by
    its probability too: without that condition a fifth of the near misses by authors left out were alerts. A text that
    is no ad is never an alert.
    """
    if reading.kind is not Kind.AD and not reading.flags:
        return Band.REVIEW if probability >= alert else Band.CLEAR
    severe = len({flag.indicator for flag in reading.flags if flag.severity == _SEVERE})
    together = any(one.effect == "raises" and one.severity == _SEVERE for one in reading.combinations)
    serious = together or severe >= _SEVERE_FOR_ALERT
    if probability >= alert or (serious and probability >= review):
        return Band.ALERT
    return Band.REVIEW if probability >= review or severe else Band.CLEAR


def _word_reasons(grams: Grams, weights: npt.NDArray[np.float32]) -> list[Reason]:
    """The words with the largest parts by name, all others as one."""
    parts = word_contributions(grams, weights)
    by_word: dict[str, float] = {}
    counts: dict[str, int] = {}
    for word, part in zip(grams.words, parts.tolist(), strict=True):
        by_word[word] = by_word.get(word, 0.0) + part
        counts[word] = counts.get(word, 0) + 1
    named = sorted(by_word, key=lambda word: (-abs(by_word[word]), word))[:_WORDS_NAMED]
    reasons = [Reason(feature=f"word:{w}", value=float(counts[w]), contribution=by_word[w]) for w in named]
    rest = math.fsum(part for word, part in by_word.items() if word not in named)
    others = len(by_word) - len(named)
    return [*reasons, Reason(feature="other-words", value=float(others), contribution=rest)] if others else reasons


def sigmoid(log_odds: float) -> float:
    """The probability of log-odds, without overflow."""
    if log_odds >= 0:
        return 1 / (1 + math.exp(-log_odds))
    return math.exp(log_odds) / (1 + math.exp(log_odds))


def load_model(folder: Path, features: Sequence[Feature], ruleset: str) -> Model:
    """The model in a folder. Raises ModelError that says which check failed and what to do."""
    manifest = _manifest(folder)
    weights = _weights(folder, manifest)
    _fits(folder, manifest, features, ruleset)
    return Model(
        manifest=manifest,
        features=tuple(features),
        feature_weights=weights["features.npy"].astype(np.float64),
        ngram_weights=weights["ngrams.npy"].astype(np.float32),
        kinds=_checked(folder / "kinds.npz", manifest),
        flags=_checked(folder / "flags.npz", manifest),
    )


def _manifest(folder: Path) -> Manifest:
    path = folder / "manifest.json"
    try:
        if path.stat().st_size > _MANIFEST_SIZE_MAX:
            raise ModelError(f"{path} is too large to be a manifest")
        return Manifest.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ModelError(f"{folder} is not a model folder: {error.strerror}: {path.name}") from error
    except (ValidationError, ValueError, RecursionError) as error:
        raise ModelError(f"{path} is not a manifest of format {FORMAT_VERSION}: {error}") from error


def _weights(folder: Path, manifest: Manifest) -> dict[str, npt.NDArray[np.floating[Any]]]:
    path = folder / "weights.npz"
    content = _checked(path, manifest)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return {name: _array(archive, name, manifest) for name in _ARRAYS}
    # A forged archive can fail in any way inside zipfile, zlib, lzma and numpy's header parser; none is a traceback.
    except Exception as error:
        raise ModelError(f"{path} cannot be read as weights: {error}") from error


def _checked(path: Path, manifest: Manifest) -> bytes:
    """The bytes of a file whose digest is the one in the manifest."""
    try:
        if path.stat().st_size > _WEIGHTS_SIZE_MAX:
            raise ModelError(f"{path} is larger than any model of this program")
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path} cannot be read as weights: {error.strerror}") from error
    if hashlib.sha256(content).hexdigest() != manifest.files.get(path.name):
        raise ModelError(f"{path} was changed after training: its digest is not the one in manifest.json")
    return content


def _array(archive: zipfile.ZipFile, name: str, manifest: Manifest) -> npt.NDArray[np.floating[Any]]:
    """One array, its type and shape checked before anything is allocated. Raises ValueError when they are others."""
    kind, length = _ARRAYS[name]
    wanted = (length or len(manifest.features),)
    with archive.open(name) as file:
        np.lib.format.read_magic(file)
        shape, _, dtype = np.lib.format.read_array_header_1_0(file)
        if shape != wanted or dtype.str != kind:
            raise ValueError(f"{name} is {dtype.str}{shape}, expected {kind}{wanted}")
        array = np.frombuffer(file.read(wanted[0] * dtype.itemsize), dtype=dtype).reshape(shape)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} holds numbers that are not finite")
    return array


def _fits(folder: Path, manifest: Manifest, features: Sequence[Feature], ruleset: str) -> None:
    names = [feature.name for feature in features]
    if manifest.features != names:
        odd = sorted(set(manifest.features) ^ set(names)) or ["their order"]
        raise ModelError(f"{folder} was trained on other features ({odd[0]}): train again with `screener train`")
    if manifest.ruleset != ruleset:
        raise ModelError(
            f"{folder} was trained with ruleset {manifest.ruleset}, this program has {ruleset}: "
            "train again with `screener train`"
        )


def drifted(model: Model, probabilities: Sequence[float]) -> bool:
    """Whether the golden texts score otherwise than when the model was trained."""
    pairs = zip(model.manifest.golden, probabilities, strict=True)
    return any(abs(golden.probability - probability) > _GOLDEN_TOLERANCE for golden, probability in pairs)
