from dataclasses import dataclass, field

import numpy as np
import pytest

from tests.nested_systems import Fitted, Floats, Parts, Rows, System
from tests.span_alternative import window

PARTS = Parts(part_of=np.array([0, 1, 2, 0, 1, 2]))
EVERY_ROW = np.arange(6)


@dataclass(frozen=True, kw_only=True)
class Copycat:
    """Knows the rows it was fitted on: a text scores 1 when it is among them."""

    rows: Rows
    inputs: Floats = field(default_factory=lambda: np.zeros((0, 0)))

    def log_odds(self, rows: Rows, _: Floats) -> Floats:
        return np.isin(rows, self.rows).astype(np.float64)

    def kept(self) -> object:
        return self.rows


def learn(rows: Rows, inputs: Floats) -> Fitted:
    return Copycat(rows=rows, inputs=inputs)


def standing(depth: int) -> System:
    bases = (standing(depth - 1),) if depth else ()
    return System(name=f"depth {depth}", parts=PARTS, learn=learn, bases=bases)


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_no_text_is_scored_by_a_system_that_saw_its_part(depth: int) -> None:
    system = standing(depth)
    assert not system.out_of_fold().any()
    for one in system.family():
        for left, (fitted, _) in one.fitted.items():
            assert isinstance(fitted, Copycat)
            assert not set(PARTS.part_of[fitted.rows].tolist()) & left
            assert not fitted.inputs.any()


def test_a_system_on_others_is_fitted_on_scores_without_the_part_to_be_scored() -> None:
    system = standing(1)
    system.out_of_fold()
    base = system.bases[0]
    assert {left for left in base.fitted if 0 in left} == {frozenset({0}), frozenset({0, 1}), frozenset({0, 2})}


def test_what_a_system_stands_on_is_fitted_without_every_choice_of_parts() -> None:
    system = standing(2)
    system.out_of_fold()
    left = frozenset({0})
    needed = [one for one, _ in set(system.needed(left))]
    assert [needed.count(one) for one in system.family()] == [1, 3, 4]


@pytest.mark.parametrize(
    ("tokens", "length", "expected"),
    [
        pytest.param((4, 7), 20, (4, 7), id="a size that is suggested is found as it is"),
        pytest.param((4, 8), 20, (4, 7), id="the size nearest to it otherwise"),
        pytest.param((0, 30), 30, (0, 10), id="part of what is longer than all sizes"),
        pytest.param((1, 2), 2, (0, 0), id="none in a text shorter than all sizes"),
        pytest.param((18, 20), 20, (17, 20), id="never beyond the end"),
    ],
)
def test_a_mark_is_moved_to_the_suggested_span_most_like_it(
    tokens: tuple[int, int], length: int, expected: tuple[int, int]
) -> None:
    assert window(tokens, length) == expected


def test_rows_inside_and_outside_of_parts_are_all_rows() -> None:
    left = frozenset({1})
    both = np.concatenate([PARTS.rows(left, inside=True), PARTS.rows(left, inside=False)])
    assert sorted(both.tolist()) == EVERY_ROW.tolist()
