"""The figures of a system add up to what its scores do; probabilities are held against what was found."""

from itertools import pairwise

import numpy as np
import pytest

from screener.records import Kind
from screener.train.figures import (
    BUDGETS,
    PREVALENCES,
    bands_of,
    calibration_figures,
    cross_calibrated,
    raised_figures,
    system_figures,
)
from screener.train.measures import ranking
from screener.train.resampling import Resamples
from tests.score.factory import reading, sighting

RANDOM = np.random.default_rng(5)
LABELS = np.array([0, 0, 1] * 60, dtype=np.int64)
SCORES = 2 * LABELS + RANDOM.normal(size=180)
ALONE = Resamples.of([str(number) for number in range(180)])
FIGURES = system_figures("screener", LABELS, SCORES, ALONE)


def test_point_figures_are_those_of_the_plain_ranking() -> None:
    plain = ranking(LABELS, SCORES)
    assert FIGURES.ap.value == pytest.approx(plain["ap"])
    assert FIGURES.auc.value == pytest.approx(plain["auc"])
    assert FIGURES.points[0].raised.recall.value == pytest.approx(plain["recall_at_5pct_false_alarms"])
    assert FIGURES.points[1].raised.recall.value == pytest.approx(plain["recall_at_1pct_false_alarms"])


def test_a_threshold_raises_what_its_figures_say() -> None:
    for point in FIGURES.points:
        raised = point.threshold <= SCORES
        assert raised[LABELS == 1].mean() == pytest.approx(point.raised.recall.value)
        assert raised[LABELS == 0].mean() == pytest.approx(point.raised.false_alarms.value)
        assert point.raised.false_alarms.value <= point.allowed


def test_precision_grows_with_prevalence_and_falls_with_the_budget() -> None:
    precisions = [at.precision.value for at in FIGURES.points[0].raised.precisions]
    assert len(precisions) == len(PREVALENCES)
    assert precisions == sorted(precisions)
    assert [one.share for one in FIGURES.budgets] == list(BUDGETS)
    assert all(wide.recall.value >= narrow.recall.value for narrow, wide in pairwise(FIGURES.budgets))


def test_a_curve_ends_where_everything_is_found() -> None:
    assert FIGURES.curve_recall[-1] == 1
    assert list(FIGURES.curve_recall) == sorted(FIGURES.curve_recall)
    assert len(FIGURES.curve_recall) == len(FIGURES.curve_precision) <= 101


def test_scores_that_are_all_alike_raise_nothing() -> None:
    figures = system_figures("keyword list", LABELS, np.zeros(180), ALONE)
    assert figures.points[0].threshold > 0
    assert figures.points[0].raised.recall.value == 0
    assert figures.auc.value == pytest.approx(0.5)
    assert figures.budgets[0].precision.value == pytest.approx(1 / 3)


def test_probabilities_of_a_fold_are_calibrated_without_it() -> None:
    folds = np.repeat([0, 1, 2], 60)
    before = cross_calibrated(SCORES, LABELS, folds)
    changed = LABELS.copy()
    changed[:60] = 1 - changed[:60]
    after = cross_calibrated(SCORES, changed, folds)
    assert after[:60].tolist() == before[:60].tolist()
    assert not np.allclose(after[60:], before[60:])


def test_calibrated_probabilities_are_right_in_their_bins() -> None:
    chance = np.random.default_rng(6)
    probabilities = chance.random(20_000)
    labels = (chance.random(20_000) < probabilities).astype(np.int64)
    figures = calibration_figures(labels, probabilities)
    assert figures.error < 0.02
    assert figures.brier == pytest.approx(1 / 6, abs=0.01)
    assert sum(one.texts for one in figures.bins) == 20_000
    assert all(one.found == pytest.approx(one.stated, abs=0.05) for one in figures.bins)


def test_an_empty_bin_states_nothing() -> None:
    figures = calibration_figures(LABELS, np.where(LABELS == 1, 0.95, 0.05))
    assert [one.texts for one in figures.bins] == [120, *[0] * 8, 60]
    assert figures.bins[4].stated is None
    assert figures.bins[4].found is None


def test_bands_hold_severe_flags_besides_the_thresholds() -> None:
    labels = np.array([1, 0, 1, 0])
    two = [sighting("a", 3), sighting("b", 3)]
    readings = [reading(flags=two), reading(), reading(flags=two[:1]), reading(kind=Kind.NEWS)]
    bands = bands_of(labels, np.array([0.5, 0.5, 0.1, 0.9]), readings, (0.8, 0.4), Resamples.of(list("abcd")))
    assert (bands.alert.recall.value, bands.alert.false_alarms.value) == (0.5, 0.0)
    assert (bands.alert_or_review.recall.value, bands.alert_or_review.false_alarms.value) == (1.0, 1.0)


@pytest.mark.parametrize("raised", [False, True], ids=["nothing", "everything"])
def test_raising_everything_or_nothing_has_figures(raised: bool) -> None:
    figures = raised_figures(np.array([1, 0]), np.array([raised, raised]), Resamples.of(["a", "b"]))
    assert figures.recall.value == figures.false_alarms.value == float(raised)
