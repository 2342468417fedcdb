"""Fitting: readings and labels in, calibrated linear weights out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from screener.errors import SettingsError
from screener.ngrams import matrix
from screener.records import Example, Reading
from screener.score.features import Feature, encode
from screener.train.augment import COPIES, forgetful

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
SEED = 20261122
# Chosen on texts that no writer of rules had read, one author left out at a time.
_FEATURE_SCALE = 0.3
_NGRAM_SCALE = 6.0
_STRENGTH = 1.5
_ITERATIONS = 2000
_LABELS = (0, 1)


@dataclass(frozen=True, kw_only=True)
class Weights:
    """A linear model in log-odds: `features` for the documented features, `ngrams` for the hashed ones."""

    intercept: float
    features: Floats
    ngrams: Floats

    def log_odds(self, table: "csr_matrix[np.float64]") -> Floats:
        """The log-odds of each row of a design table."""
        together = np.concatenate([self.features / _FEATURE_SCALE, self.ngrams / _NGRAM_SCALE])
        return np.asarray(table @ together + self.intercept, dtype=np.float64)


def design(readings: Sequence[Reading], features: Sequence[Feature]) -> "csr_matrix[np.float64]":
    """One row a reading: the features, then the n-grams, each block at the scale that the penalty expects."""
    grams = matrix([reading.grams for reading in readings])
    return csr_matrix(hstack([csr_matrix(encode(readings, features) * _FEATURE_SCALE), grams * _NGRAM_SCALE]))


def training_copies(
    examples: Sequence[Example], readings: Sequence[Reading], features: Sequence[Feature]
) -> "list[csr_matrix[np.float64]]":
    """The tables to train on: the same rows as the readings, each copy forgetting other flags."""
    return [design(forgetful(examples, readings, SEED + copy), features) for copy in range(COPIES)]


def fit(table: "csr_matrix[np.float64]", labels: Rows, features: int) -> Weights:
    """Weights of a logistic regression on balanced classes, so that its probabilities assume a prevalence of 0.5."""
    model = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=_ITERATIONS, random_state=SEED)
    _fit_on_one_thread(model, table, labels)
    coefficients = model.coef_[0]
    return Weights(
        intercept=float(model.intercept_[0]),
        features=coefficients[:features] * _FEATURE_SCALE,
        ngrams=coefficients[features:] * _NGRAM_SCALE,
    )


def stacked(
    copies: "Sequence[csr_matrix[np.float64]]", labels: Rows, rows: Rows
) -> "tuple[csr_matrix[np.float64], Rows]":
    """The rows of every copy of a table, one copy under the other, and their labels."""
    return csr_matrix(vstack([copy[rows] for copy in copies])), np.tile(labels[rows], len(copies))


def _fit_on_one_thread(model: LogisticRegression, table: "Floats | csr_matrix[np.float64]", labels: Rows) -> None:
    # With more threads BLAS adds up in another order: the weights would hang on the number of cores.
    with threadpool_limits(limits=1):
        model.fit(table, labels)


def held_out(
    table: "csr_matrix[np.float64]",
    labels: Rows,
    features: int,
    folds: Iterable[tuple[str, Rows, Rows]],
    copies: "Sequence[csr_matrix[np.float64]]" = (),
) -> Floats:
    """The log-odds of each row by a model that saw no row of its fold; `copies` are what it is trained on instead.

    Raises SettingsError when the rows outside a fold do not hold both labels.
    """
    log_odds = np.zeros(len(labels))
    for name, train, test in folds:
        if len(set(labels[train].tolist())) < len(_LABELS):
            raise SettingsError(
                f"without {name} the corpus does not hold both texts to follow up and others: "
                "more authors and more campaigns are needed"
            )
        weights = fit(*stacked(copies or (table,), labels, train), features)
        log_odds[test] = weights.log_odds(table[test])
    return log_odds


def calibration(log_odds: Floats, labels: Rows) -> tuple[float, float]:
    """Slope and offset of Platt's sigmoid over held-out log-odds, on balanced classes (Platt 1999)."""
    model = LogisticRegression(C=1e6, class_weight="balanced", max_iter=_ITERATIONS)
    _fit_on_one_thread(model, log_odds.reshape(-1, 1), labels)
    return float(model.coef_[0][0]), float(model.intercept_[0])


def calibrated(weights: Weights, slope: float, offset: float) -> Weights:
    """The same model with the calibration folded in, so that its parts still add up to the log-odds."""
    return Weights(
        intercept=weights.intercept * slope + offset,
        features=weights.features * slope,
        ngrams=weights.ngrams * slope,
    )
