"""Figures computed by hand come out; thresholds keep what they promise."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.train.bands import ALERT_FALSE_ALARMS, REVIEW_RECALL, thresholds
from screener.train.measures import (
    calibration_error,
    ranking,
    threshold_for_false_alarms,
    threshold_for_recall,
    worst_first,
)

LABELS = np.array([0] * 20 + [1] * 20, dtype=np.int64)
RANKED = np.arange(40) / 40
SCORES = st.lists(st.floats(0, 1), min_size=40, max_size=40).map(np.array)
SHARES = st.sampled_from([0.0, 0.01, 0.05, 0.1, 0.29, 0.5, 0.95, 0.99, 1.0])


def test_a_perfect_ranking_has_figures_of_1() -> None:
    assert set(ranking(LABELS, RANKED).values()) == {1.0}


def test_a_ranking_upside_down_finds_nothing_without_alarms() -> None:
    figures = ranking(LABELS, -RANKED)
    assert (figures["auc"], figures["recall_at_1pct_false_alarms"]) == (0, 0)


def test_recall_is_counted_at_the_false_alarms_allowed() -> None:
    scores = RANKED.copy()
    scores[19] = 0.74  # one of twenty ordinary texts lies above ten ads
    figures = ranking(LABELS, scores)
    assert figures["recall_at_1pct_false_alarms"] == 0.5
    assert figures["recall_at_5pct_false_alarms"] == 1.0


CALIBRATION = [
    ("certain and right", [0.0, 0.0, 1.0, 1.0], 0.0),
    ("certain and wrong", [1.0, 1.0, 0.0, 0.0], 1.0),
    ("undecided", [0.5, 0.5, 0.5, 0.5], 0.0),
    ("too high by 0.3", [0.3, 0.3, 1.0, 1.0], 0.15),
]


@pytest.mark.parametrize(("stated", "error"), [c[1:] for c in CALIBRATION], ids=[c[0] for c in CALIBRATION])
def test_the_calibration_error_is_the_mean_gap(stated: list[float], error: float) -> None:
    assert calibration_error(np.array([0, 0, 1, 1]), np.array(stated)) == pytest.approx(error)


@settings(max_examples=100, deadline=None)
@given(SCORES, SHARES)
def test_no_more_false_alarms_than_allowed(
    scores: "np.ndarray[tuple[int], np.dtype[np.float64]]", share: float
) -> None:
    threshold = threshold_for_false_alarms(LABELS, scores, share)
    ordinary = scores[LABELS == 0]
    assert (ordinary >= threshold).sum() <= round(share * 20, 9)
    # The lowest such score: one step below, more than the share would be raised.
    assert (ordinary >= np.nextafter(threshold, -1)).sum() > min(19, np.floor(round(share * 20, 9)))


@settings(max_examples=100, deadline=None)
@given(SCORES, SHARES)
def test_no_less_recall_than_asked(scores: "np.ndarray[tuple[int], np.dtype[np.float64]]", recall: float) -> None:
    threshold = threshold_for_recall(LABELS, scores, recall)
    risky = scores[LABELS == 1]
    assert (risky >= threshold).sum() >= round(recall * 20, 9)
    assert (risky > threshold).sum() < max(1, round(recall * 20, 9))


@settings(max_examples=100, deadline=None)
@given(SCORES)
def test_the_bands_keep_their_promises_after_rounding(scores: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> None:
    alert, review = thresholds(LABELS, scores)
    assert 0 < review <= alert < 1
    assert (scores[LABELS == 0] >= alert).mean() <= ALERT_FALSE_ALARMS or alert == 0.9999
    assert (scores[LABELS == 1] >= review).mean() >= REVIEW_RECALL or review == 0.0001


def test_the_weakest_slice_comes_first() -> None:
    assert worst_first({"b": 0.5, "c": 0.1, "a": 0.5}) == [("c", 0.1), ("a", 0.5), ("b", 0.5)]
