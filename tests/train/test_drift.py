"""The stability index is nothing for the same values and grows as they move."""

import numpy as np
import pytest

from screener.train.drift import stability_index

RANDOM = np.random.default_rng(2)
BEFORE = RANDOM.normal(size=2000)


@pytest.mark.parametrize(
    ("after", "low", "high"),
    [
        (BEFORE, 0.0, 0.0),
        (RANDOM.normal(size=2000), 0.0, 0.1),
        (RANDOM.normal(0.3, size=2000), 0.05, 0.25),
        (RANDOM.normal(1.5, size=2000), 0.25, 9.0),
    ],
    ids=["the same", "another draw", "a little moved", "far away"],
)
def test_the_index_says_how_far_values_moved(
    after: "np.ndarray[tuple[int], np.dtype[np.float64]]", low: float, high: float
) -> None:
    assert low <= stability_index(BEFORE, after) <= high


def test_the_index_is_that_of_the_formula() -> None:
    # 3, 0 and 1 of 4 against 1, 0 and 3 of 4 in the parts to 0, to 0.4 and above, half a text added to each.
    share, other = 3.5 / 5.5, 1.5 / 5.5
    expected = (other - share) * np.log(other / share) + (share - other) * np.log(share / other)
    assert stability_index([0, 0, 0, 1], [0, 1, 1, 1]) == pytest.approx(expected)
