import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.report.prevalence import in_words, percent, restate

_SHARES = st.floats(min_value=0.001, max_value=0.999)


@pytest.mark.parametrize(
    ("probability", "prevalence", "expected"),
    [
        (0.5, 0.01, 0.01),
        (0.9, 0.5, 0.9),
        (0.9, 0.01, 0.0833),
        (0.99, 0.01, 0.5),
        (0.0, 0.01, 0.0),
        (1.0, 0.01, 1.0),
    ],
)
def test_a_probability_is_restated_by_bayes_on_the_odds(probability: float, prevalence: float, expected: float) -> None:
    assert restate(probability, prevalence) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(("specificity", "expected"), [(0.95, 0.08), (0.99, 0.31), (0.999, 0.82)])
def test_the_printed_error_costs_follow_from_the_formula(specificity: float, expected: float) -> None:
    likelihood_ratio = 0.9 / (1 - specificity)
    assert restate(likelihood_ratio / (1 + likelihood_ratio), 0.005) == pytest.approx(expected, abs=0.005)


@given(_SHARES, _SHARES, _SHARES)
def test_restating_keeps_the_order(one: float, other: float, prevalence: float) -> None:
    low, high = sorted((one, other))
    assert restate(low, prevalence) <= restate(high, prevalence) + 1e-12


@pytest.mark.parametrize("prevalence", [0.0, 1.0, -0.1, float("nan")])
def test_an_impossible_prevalence_is_refused(prevalence: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        restate(0.5, prevalence)


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (1.0, "more than 99 in 100"),
        (0.124, "about 12 in 100"),
        (0.01, "about 1 in 100"),
        (0.004, "about 4 in 1,000"),
        (0.0, "fewer than 1 in 1,000"),
    ],
)
def test_a_probability_is_said_as_a_natural_frequency(probability: float, words: str) -> None:
    assert in_words(probability) == words


SHOWN = [
    (1.0, "> 99 %"),
    (0.995, "> 99 %"),
    (0.99, "99 %"),
    (0.5, "50 %"),
    (0.006, "1 %"),
    (0.0049, "< 1 %"),
    (0.0, "< 1 %"),
]


@pytest.mark.parametrize(("probability", "shown"), SHOWN)
def test_no_probability_is_shown_as_certain(probability: float, shown: str) -> None:
    assert percent(probability) == shown
