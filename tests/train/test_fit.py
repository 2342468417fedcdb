"""Weights are the same for the same rows; calibration changes no order."""

import numpy as np
import numpy.typing as npt
import pytest
from scipy.sparse import csr_matrix, hstack, vstack

from screener.detect import Detector
from screener.errors import SettingsError
from screener.ngrams import BUCKETS, WordScorer
from screener.score.features import encode, features
from screener.train.fit import Weights, calibrated, calibration, design, fit, fit_copies, held_out
from tests.factory import document

FEATURES = 3
RANDOM = np.random.default_rng(3)
LABELS = np.array([0, 1] * 30, dtype=np.int64)
WORDS = 6
TABLE = csr_matrix(
    np.column_stack(
        [
            RANDOM.normal(size=(60, FEATURES)) + LABELS[:, None],
            RANDOM.random((60, WORDS)) < 0.2 + 0.5 * LABELS[:, None] * np.linspace(0, 1, WORDS),
        ]
    ).astype(float)
)
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
    assert (len(weights.features), len(weights.ngrams)) == (FEATURES, WORDS)


def test_a_table_and_the_words_of_a_text_give_the_same_log_odds(detector: Detector) -> None:
    listed = features(detector.indicators, detector.combination_titles)
    readings = [detector.read(document(text=text)) for text in ("paspor dipegang bos Kamboja", "resmi", "")]
    random = np.random.default_rng(5)
    made = Weights(
        intercept=0.5,
        features=random.normal(size=len(listed)),
        ngrams=random.normal(size=BUCKETS),
        rarity=random.uniform(1, 7, size=BUCKETS),
    )
    scorer = WordScorer(made.ngrams.astype(np.float32), made.rarity.astype(np.float32))
    by_words = [sum(scorer.parts(reading.grams).values()) for reading in readings]
    plain = encode(readings, listed) @ made.features + np.array(by_words) + 0.5
    assert made.log_odds(design(readings, listed)) == pytest.approx(plain, abs=1e-5)


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


def test_a_given_weight_is_kept_and_nothing_is_learnt_of_its_feature(weights: Weights) -> None:
    given = fit(TABLE, LABELS, FEATURES, given={2: 0.75})
    zeroed = TABLE.toarray()
    zeroed[:, 2] = 0
    without = fit(csr_matrix(zeroed), LABELS, FEATURES)
    assert given.features[2] == 0.75
    assert given.features[:2] == pytest.approx(without.features[:2])
    assert given.features[:2] != pytest.approx(weights.features[:2])


def test_an_example_counts_as_much_with_many_copies_as_with_one(weights: Weights) -> None:
    rows = np.arange(len(LABELS))
    thrice = fit_copies([TABLE, TABLE, TABLE], LABELS, rows, FEATURES)
    assert thrice.features == pytest.approx(weights.features, rel=1e-3)
    assert thrice.ngrams == pytest.approx(weights.ngrams, rel=1e-3)
    assert thrice.intercept == pytest.approx(weights.intercept, abs=1e-3)


def test_an_ngram_that_no_row_holds_weighs_nothing_and_changes_nothing(weights: Weights) -> None:
    nothing, middle = csr_matrix((60, 2)), FEATURES + WORDS // 2
    wider = fit(csr_matrix(hstack([TABLE[:, :middle], nothing, TABLE[:, middle:], nothing])), LABELS, FEATURES)
    first, second = np.split(wider.ngrams, 2)
    assert [*first[-2:], *second[-2:]] == [0, 0, 0, 0]
    assert [*first[:-2], *second[:-2]] == weights.ngrams.tolist()
    assert wider.features.tolist() == weights.features.tolist()


def test_copies_are_trained_on_where_their_example_is_and_never_scored() -> None:
    copies = [TABLE * 1.1, TABLE * 0.9]
    log_odds = held_out(TABLE, LABELS, FEATURES, HALVES, copies)
    first = fit_copies(copies, LABELS, np.arange(30, 60), FEATURES).log_odds(TABLE[:30])
    assert log_odds[:30].tolist() == first.tolist()
    other_copies = [vstack([TABLE[:30] * 7, copy[30:]]).tocsr() for copy in copies]
    assert held_out(TABLE, LABELS, FEATURES, HALVES[:1], other_copies)[:30].tolist() == first.tolist()


def test_a_fold_without_which_one_label_is_gone_is_refused_by_name() -> None:
    folds: Folds = [("a1", np.flatnonzero(LABELS == 1), np.flatnonzero(LABELS == 0))]
    with pytest.raises(SettingsError, match="without a1 the corpus does not hold both"):
        held_out(TABLE, LABELS, FEATURES, folds)
