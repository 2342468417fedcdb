"""Intervals hold their figure, are the same each time, and widen when texts hang together."""

import numpy as np

from screener.train.evaluation import Interval
from screener.train.measures import Ranked, area_under_roc, average_precision
from screener.train.resampling import RESAMPLES, Resamples, intervals

RANDOM = np.random.default_rng(4)
LABELS = RANDOM.integers(0, 2, 200)
SCORES = LABELS + RANDOM.normal(size=200)
ALONE = [f"g{n}" for n in range(200)]


def interval(groups: list[str]) -> Interval:
    return intervals(Ranked.of(LABELS, SCORES), Resamples.of(groups), [average_precision])[0]


def test_an_interval_holds_its_figure_and_is_the_same_each_time() -> None:
    one = interval(ALONE)
    assert one == interval(ALONE)
    assert 0 < one.low < one.value < one.high < 1


def test_texts_of_one_group_are_drawn_together() -> None:
    groups = [f"g{n // 20}" for n in range(200)]
    for times in Resamples.of(groups).times():
        assert all((times[:, start : start + 20] == times[:, [start]]).all() for start in range(0, 200, 20))
        assert (times.sum(axis=1) == 200).all()


def test_texts_that_hang_together_tell_less() -> None:
    order = np.argsort(SCORES, kind="stable")
    together = [""] * 200
    for place, row in enumerate(order.tolist()):
        together[row] = f"g{place // 20}"
    alone, grouped = interval(ALONE), interval(together)
    assert grouped.high - grouped.low > alone.high - alone.low


def test_there_are_a_thousand_resamples() -> None:
    assert sum(len(times) for times in Resamples.of(["a", "b"]).times()) == RESAMPLES == 1000


def test_where_no_resample_holds_both_labels_the_interval_is_the_figure() -> None:
    # One of the groups is drawn alone, or both: then the labels are both there. With one text each, half of the time.
    ranked = Ranked.of(np.array([1, 0]), np.array([0.9, 0.1]))
    (one,) = intervals(ranked, Resamples.of(["a", "b"]), [area_under_roc])
    assert (one.low, one.value, one.high) == (1.0, 1.0, 1.0)
