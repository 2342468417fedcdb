"""Figures over a ranking: the library's where it has them, weighted and resampled ones by what they must come to."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, roc_auc_score

from screener.train.measures import (
    Ranked,
    area_under_roc,
    average_precision,
    balanced,
    calibration_error,
    found_in_budget,
    precision_at,
    ranking,
)

Floats = npt.NDArray[np.float64]
LABELS = np.array([1, 0, 1, 0, 0, 1, 0, 0, 0, 1] * 4, dtype=np.int64)
# Few different scores, so that many are tied.
SCORES = st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.7, 1.0]), min_size=40, max_size=40).map(np.array)
TIMES = st.lists(st.integers(0, 3), min_size=40, max_size=40).map(lambda drawn: np.array(drawn, dtype=np.float64))


@settings(max_examples=60, deadline=None)
@given(SCORES)
def test_the_figures_are_those_of_the_library_ties_included(scores: Floats) -> None:
    counts = Ranked.of(LABELS, scores).counts()
    assert average_precision(*counts) == pytest.approx(average_precision_score(LABELS, scores))
    assert area_under_roc(*counts) == pytest.approx(roc_auc_score(LABELS, scores))


@settings(max_examples=60, deadline=None)
@given(SCORES, TIMES)
def test_a_text_drawn_twice_counts_like_two_texts(scores: Floats, times: Floats) -> None:
    often = np.repeat(np.arange(40), times.astype(int))
    if len(set(LABELS[often].tolist())) < 2:
        return
    drawn = Ranked.of(LABELS, scores).counts(times[None, :])
    weighed = Ranked.of(LABELS, scores, times).counts()
    expected = average_precision_score(LABELS[often], scores[often])
    assert average_precision(*drawn)[0] == pytest.approx(expected)
    assert average_precision(*weighed) == pytest.approx(expected)


@settings(max_examples=60, deadline=None)
@given(SCORES, st.sampled_from([0.01, 0.05]))
def test_the_recall_at_a_share_of_false_alarms_is_that_of_the_roc_curve(scores: Floats, share: float) -> None:
    ranked = Ranked.of(LABELS, scores)
    risky, ordinary = ranked.counts()
    step = ranked.step_for(share)
    assert ordinary[step - 1] <= share * ordinary[-1] if step else ordinary[0] > share * ordinary[-1]
    recall = risky[step - 1] / risky[-1] if step else 0.0
    assert recall == pytest.approx(ranking(LABELS, scores)[f"recall_at_{share * 100:.0f}pct_false_alarms"])


BUDGETS = [
    ("the best half", [4, 3, 2, 1], 0.5, 1.0),
    ("all", [4, 3, 2, 1], 1.0, 2.0),
    ("within a tie: as by chance", [1, 1, 1, 1], 0.5, 1.0),
    ("half of a text", [4, 3, 2, 1], 0.125, 0.5),
]


@pytest.mark.parametrize(("scores", "share", "found"), [c[1:] for c in BUDGETS], ids=[c[0] for c in BUDGETS])
def test_a_budget_finds_what_is_ranked_within_it(scores: list[float], share: float, found: float) -> None:
    counts = Ranked.of(np.array([1, 0, 0, 1]), np.array(scores, dtype=np.float64)).counts()
    assert found_in_budget(*counts, share) == pytest.approx(found)


PREVALENCES = [
    ("one in 200, 90 % found, 5 % false alarms", 0.005, 0.9, 0.05, 0.0829),
    ("balanced", 0.5, 0.9, 0.05, 0.9474),
    ("no false alarms", 0.001, 0.2, 0.0, 1.0),
    ("nothing raised", 0.01, 0.0, 0.0, 0.0),
]


@pytest.mark.parametrize(
    ("prevalence", "recall", "alarms", "precision"), [c[1:] for c in PREVALENCES], ids=[c[0] for c in PREVALENCES]
)
def test_precision_at_a_prevalence_follows_bayes(
    prevalence: float, recall: float, alarms: float, precision: float
) -> None:
    assert precision_at(prevalence, np.array(recall), np.array(alarms)) == pytest.approx(precision, abs=1e-4)


def test_balanced_weights_make_half_of_the_texts_ads_to_follow_up() -> None:
    weights = balanced(LABELS)
    assert [weights[LABELS == 1].sum(), weights[LABELS == 0].sum()] == pytest.approx([20, 20])


def test_a_probability_that_is_right_at_the_balance_of_one_half_has_no_error_when_weighed() -> None:
    labels = np.array([1] * 10 + [0] * 90)
    undecided = np.full(100, 0.5)
    assert calibration_error(labels, undecided, balanced(labels)) == pytest.approx(0)
    assert calibration_error(labels, undecided) == pytest.approx(0.4)
