"""Two models side by side: figures, thresholds, weights, golden texts, and labelled data that both read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from screener.detect import Detector
from screener.errors import ModelError, SettingsError
from screener.records import Document, Example
from screener.score.archive import checked_files
from screener.score.manifest import WEIGHTS, Manifest, read_manifest
from screener.score.model import Model
from screener.score.weights import read_weights
from screener.screening import load_fitting, plain_document
from screener.train.bands import band_figures
from screener.train.corpus import document_of
from screener.train.measures import calibration_error, ranking
from screener.train.prepare import labels_of


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One number of both models; None where a model has none."""

    name: str
    first: float | None
    second: float | None

    @property
    def difference(self) -> float | None:
        """By how much the second is larger; None when one is missing."""
        return None if self.first is None or self.second is None else self.second - self.first


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A model folder as far as it can be read without fitting this program."""

    folder: Path
    manifest: Manifest
    weights: Mapping[str, float]


def stored(folder: Path) -> Compared:
    """The model of a folder, its files verified but not its fit. Raises ModelError when a file is not as it was."""
    manifest = read_manifest(folder)
    content = checked_files(folder, manifest)[WEIGHTS]
    arrays = read_weights(content, len(manifest.features), folder / WEIGHTS)
    names = ["base", *manifest.features]
    weights = dict(zip(names, [manifest.intercept, *arrays.features.tolist()], strict=True))
    return Compared(folder=folder, manifest=manifest, weights=weights)


def figures(first: Manifest, second: Manifest) -> list[Pair]:
    """The figures and thresholds of both."""
    limits = [
        {"alert_threshold": one.alert_threshold, "review_threshold": one.review_threshold} for one in (first, second)
    ]
    return [*pairs(first.figures, second.figures), *pairs(*limits)]


def moved(first: Compared, second: Compared, number: int) -> list[Pair]:
    """The features whose weights are furthest apart, the furthest first; one that is not there counts as 0."""
    every = [pair for pair in pairs(first.weights, second.weights) if pair.first != pair.second]
    return sorted(every, key=lambda pair: -abs((pair.second or 0.0) - (pair.first or 0.0)))[:number]


def pairs(first: Mapping[str, float], second: Mapping[str, float]) -> list[Pair]:
    """Every number by name, in the order of the first model."""
    names = dict.fromkeys([*first, *second])
    return [Pair(name=name, first=first.get(name), second=second.get(name)) for name in names]


@dataclass(frozen=True, kw_only=True)
class Scorer:
    """A model with the detector that carries its kinds and flags."""

    detector: Detector
    model: Model

    @classmethod
    def of(cls, folder: Path, detector: Detector) -> "Scorer":
        """The model of a folder. Raises ModelError when it does not fit this program."""
        whole, model = load_fitting(detector, folder)
        return cls(detector=whole, model=model)

    def probabilities(self, documents: Sequence[Document]) -> list[float]:
        """The probability of each document."""
        return [self.model.score(self.detector.read(document)).probability for document in documents]

    def figures(self, examples: Sequence[Example]) -> dict[str, float]:
        """Ranking, calibration and bands on labelled texts. Raises SettingsError unless both labels are among them."""
        labels = labels_of(examples)
        if len(set(labels.tolist())) == 1:
            raise SettingsError("--data: there must be both texts to follow up and others")
        readings = [self.detector.read(document_of(example)) for example in examples]
        scores = np.array([self.model.score(reading).probability for reading in readings])
        limits = self.model.manifest.alert_threshold, self.model.manifest.review_threshold
        return {
            **ranking(labels, scores),
            "calibration_error": calibration_error(labels, scores),
            **band_figures(labels, scores, readings, limits),
        }


def golden(first: Scorer, second: Scorer) -> list[Pair]:
    """The golden texts of both as both score them, those furthest apart first."""
    texts = list(dict.fromkeys(one.text for scorer in (first, second) for one in scorer.model.manifest.golden))
    documents = [plain_document(text) for text in texts]
    both = zip(texts, first.probabilities(documents), second.probabilities(documents), strict=True)
    scored = [Pair(name=text, first=one, second=other) for text, one, other in both]
    return sorted(scored, key=lambda pair: -abs(pair.difference or 0.0))


def scorers(folders: Sequence[Path], detector: Detector) -> Iterator[Scorer | ModelError]:
    """For each folder its model, or why this program cannot score with it."""
    for folder in folders:
        try:
            yield Scorer.of(folder, detector)
        except ModelError as error:
            yield error
