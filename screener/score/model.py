"""A trained model: loaded from arrays and JSON without pickle, and only when it proves that it fits.

Loading checks, in this order: the manifest and its seal, the files (all that are named, no other, unchanged, no pickle
among them), the feature list, the ruleset, and the shapes. Then the golden texts are scored (`screening.open_model`).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from screener.errors import ModelError
from screener.ngrams import WordScorer
from screener.records import Band, Grams, Kind, Reading, Reason, Score
from screener.score.archive import checked_files
from screener.score.features import Feature, measured
from screener.score.manifest import FLAGS, KINDS, WEIGHTS, Manifest, read_manifest
from screener.score.weights import read_weights

GOLDEN_TOLERANCE = 1e-6
_WORDS_NAMED = 10
_SEVERE = 3
_SEVERE_FOR_ALERT = 2


@dataclass(frozen=True, kw_only=True)
class Model:
    """Weights and what they belong to; `kinds` and `flags` are the files of the detector's models."""

    manifest: Manifest
    features: tuple[Feature, ...]
    feature_weights: npt.NDArray[np.float64]
    ngram_weights: npt.NDArray[np.float32]
    ngram_rarity: npt.NDArray[np.float32]
    kinds: bytes = b""
    flags: bytes = b""

    @property
    def name(self) -> str:
        """The version, as findings and reports name it."""
        return self.manifest.version

    def score(self, reading: Reading) -> Score:
        """The calibrated probability, its band, and the reasons, whose contributions add up to its log-odds."""
        reasons = (self._base(), *self._feature_reasons(reading), *self._word_reasons(reading.grams))
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

    @cached_property
    def _by_name(self) -> Mapping[str, float]:
        named = zip(self.features, self.feature_weights.tolist(), strict=True)
        return {feature.name: weight for feature, weight in named}

    def _feature_reasons(self, reading: Reading) -> list[Reason]:
        return [
            Reason(feature=name, value=value, contribution=value * self._by_name[name])
            for name, value in measured(reading).items()
        ]

    @cached_property
    def _words(self) -> WordScorer:
        return WordScorer(self.ngram_weights, self.ngram_rarity)

    def _word_reasons(self, grams: Grams) -> list[Reason]:
        """The words with the largest parts by name, all others as one."""
        by_word = self._words.parts(grams)
        ranked = sorted([(-abs(part), word) for word, part in by_word.items()])
        named = [_of_word(word, grams.words.count(word), by_word[word]) for _, word in ranked[:_WORDS_NAMED]]
        others = [by_word[word] for _, word in ranked[_WORDS_NAMED:]]
        if not others:
            return named
        return [*named, Reason(feature="other-words", value=float(len(others)), contribution=math.fsum(others))]


def _of_word(word: str, count: int, part: float) -> Reason:
    return Reason(feature=f"word:{word}", value=float(count), contribution=part)


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


def sigmoid(log_odds: float) -> float:
    """The probability of log-odds, without overflow."""
    if log_odds >= 0:
        return 1 / (1 + math.exp(-log_odds))
    return math.exp(log_odds) / (1 + math.exp(log_odds))


def load_model(folder: Path, features: Sequence[Feature], ruleset: str) -> Model:
    """The model in a folder. Raises ModelError that says which check failed and what to do."""
    manifest = read_manifest(folder)
    files = checked_files(folder, manifest)
    for problem in (other_features(manifest, features), other_ruleset(manifest, ruleset)):
        if problem:
            raise ModelError(f"{folder} {problem}: train again with `screener train`")
    weights = read_weights(files[WEIGHTS], len(features), folder / WEIGHTS)
    return Model(
        manifest=manifest,
        features=tuple(features),
        feature_weights=weights.features,
        ngram_weights=weights.ngrams,
        ngram_rarity=weights.rarity,
        kinds=files[KINDS],
        flags=files[FLAGS],
    )


def other_features(manifest: Manifest, features: Sequence[Feature]) -> str:
    """In what the features differ from those that the model was trained on, in words; empty when they do not."""
    names = [feature.name for feature in features]
    if manifest.features == names:
        return ""
    odd = sorted(set(manifest.features) ^ set(names)) or ["their order"]
    return f"was trained on other features ({odd[0]})"


def other_ruleset(manifest: Manifest, ruleset: str) -> str:
    """In what the ruleset differs from the one that the model was trained with, in words; empty when it does not."""
    return "" if manifest.ruleset == ruleset else f"was trained with ruleset {manifest.ruleset}, here it is {ruleset}"


def drifted(model: Model, probabilities: Sequence[float]) -> bool:
    """Whether the golden texts score otherwise than when the model was trained."""
    pairs = zip(model.manifest.golden, probabilities, strict=True)
    return any(abs(golden.probability - probability) > GOLDEN_TOLERANCE for golden, probability in pairs)
