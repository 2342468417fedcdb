"""Weights are the same for the same rows; calibration changes no order."""

import numpy as np
import numpy.typing as npt
import pytest
from scipy.sparse import csr_matrix

from screener.detect import Detector
from screener.errors import SettingsError
from screener.ngrams import BUCKETS, matrix
from screener.score.features import encode, features
from screener.train.fit import Weights, calibrated, calibration, design, fit, held_out
from tests.factory import document

FEATURES = 3
RANDOM = np.random.default_rng(3)
LABELS = np.array([0, 1] * 30, dtype=np.int64)
TABLE = csr_matrix(RANDOM.normal(size=(60, 8)) + LABELS[:, None] * np.linspace(0, 2, 8))
Folds = list[tuple[str, npt.NDArray[np.int64], npt.NDArray[np.int64]]]
HALVES: Folds = [
    ("first", np.arange(30, 60), np.arange(30)),
    ("second", np.arange(30), np.arange(30, 60)),
]


@pytest.fixture(scope="module")
def weights() -> Weights:
    return fit(TABLE, LABELS, FEATURES)


def test_the_same_rows_give_the_same_weights(weights: Weights) -> None:
    again = fit(TABLE, LABELS, FEATURES)
    assert again.features.tobytes() == weights.features.tobytes()
    assert again.ngrams.tobytes() == weights.ngrams.tobytes()
    assert again.intercept == weights.intercept


def test_the_parts_of_the_weights_are_as_long_as_their_blocks(weights: Weights) -> None:
    assert (len(weights.features), len(weights.ngrams)) == (FEATURES, 8 - FEATURES)


def test_weights_undo_the_scale_of_the_design_table(detector: Detector) -> None:
    listed = features(detector.indicators)
    readings = [detector.read(document(text=text)) for text in ("paspor dipegang bos Kamboja", "resmi", "")]
    random = np.random.default_rng(5)
    made = Weights(intercept=0.5, features=random.normal(size=len(listed)), ngrams=random.normal(size=BUCKETS))
    grams = matrix([reading.grams for reading in readings])
    plain = encode(readings, listed) @ made.features + grams @ made.ngrams + 0.5
    assert made.log_odds(design(readings, listed)) == pytest.approx(plain)


def test_calibration_folded_in_gives_the_calibrated_log_odds_in_the_same_order(weights: Weights) -> None:
    raw = weights.log_odds(TABLE)
    slope, offset = calibration(raw, LABELS)
    folded = calibrated(weights, slope, offset).log_odds(TABLE)
    assert folded == pytest.approx(slope * raw + offset)
    assert slope > 0
    assert np.argsort(folded).tolist() == np.argsort(raw).tolist()


def test_calibration_finds_the_slope_and_offset_that_made_the_labels() -> None:
    log_odds = np.linspace(-4, 4, 4001)
    draws = np.random.default_rng(1).random(4001)
    labels = (draws < 1 / (1 + np.exp(-2 * log_odds))).astype(np.int64)
    slope, offset = calibration(log_odds, labels)
    assert slope == pytest.approx(2, rel=0.1)
    assert offset == pytest.approx(0, abs=0.15)


def test_a_held_out_row_is_scored_by_a_model_that_never_saw_it() -> None:
    log_odds = held_out(TABLE, LABELS, FEATURES, HALVES)
    first = fit(TABLE[30:], LABELS[30:], FEATURES).log_odds(TABLE[:30])
    assert log_odds[:30].tolist() == first.tolist()


def test_a_fold_without_which_one_label_is_gone_is_refused_by_name() -> None:
    folds: Folds = [("a1", np.flatnonzero(LABELS == 1), np.flatnonzero(LABELS == 0))]
    with pytest.raises(SettingsError, match="without a1 the corpus does not hold both"):
        held_out(TABLE, LABELS, FEATURES, folds)
