"""What belongs together is never on both sides of a split."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pytest

from screener.records import Example
from screener.train.corpus import Corpus, author_of
from screener.train.split import AUTHOR_FOLDS, AUTHORS_APART, UNSEEN_MIN, by_author, by_campaign, honest
from tests.train.factory import example

Rows = npt.NDArray[np.int64]
Split = Callable[[Sequence[Example]], Iterator[tuple[str, Rows, Rows]]]
SPLITS: list[tuple[str, Split, Callable[[Example], str]]] = [
    ("by author", by_author, author_of),
    ("by campaign", by_campaign, lambda example: example.group),
]


@pytest.mark.parametrize(("split", "belongs"), [c[1:] for c in SPLITS], ids=[c[0] for c in SPLITS])
def test_nothing_that_belongs_together_is_on_both_sides(
    shipped_corpus: Corpus, split: Split, belongs: Callable[[Example], str]
) -> None:
    examples = shipped_corpus.examples
    for _, train, test in split(examples):
        assert {belongs(examples[i]) for i in train}.isdisjoint({belongs(examples[i]) for i in test})
        assert sorted([*train, *test]) == list(range(len(examples)))


@pytest.mark.parametrize("split", [c[1] for c in SPLITS], ids=[c[0] for c in SPLITS])
def test_every_example_is_left_out_once(shipped_corpus: Corpus, split: Split) -> None:
    left_out = [int(i) for _, _, test in split(shipped_corpus.examples) for i in test]
    assert sorted(left_out) == list(range(len(shipped_corpus.examples)))


def test_the_fold_of_a_campaign_does_not_hang_on_the_other_examples() -> None:
    examples = [example(n, group=f"a1/c{n}") for n in range(40)]
    folds = {examples[i].group: name for name, _, test in by_campaign(examples) for i in test}
    again = {examples[10:][i].group: name for name, _, test in by_campaign(examples[10:]) for i in test}
    assert again.items() <= folds.items()


def test_a_fold_without_examples_is_left_out() -> None:
    assert [len(test) for _, _, test in by_campaign([example(1), example(2)])] == [2]


@pytest.mark.parametrize(("authors", "folds"), [(AUTHORS_APART, AUTHORS_APART), (AUTHORS_APART * 5, AUTHOR_FOLDS)])
def test_many_authors_are_left_out_in_parts_and_none_is_on_both_sides(authors: int, folds: int) -> None:
    examples = [example(n, group=f"a{n % authors}/c{n}") for n in range(authors * 2)]
    split = list(by_author(examples))
    assert len(split) == folds
    for _, train, test in split:
        assert {author_of(examples[i]) for i in train}.isdisjoint({author_of(examples[i]) for i in test})
    assert sorted(int(i) for _, _, test in split for i in test) == list(range(len(examples)))


def texts(number: int, *, seen: bool, label: str) -> list[Example]:
    return [example(n, label=label, seen_by_rules=seen) for n in range(number)]


HONEST = [
    ("enough of both labels", UNSEEN_MIN, UNSEEN_MIN, range(10, 10 + 2 * UNSEEN_MIN)),
    ("too few to follow up", UNSEEN_MIN - 1, UNSEEN_MIN, range(10 + 2 * UNSEEN_MIN - 1)),
    ("too few others", UNSEEN_MIN, UNSEEN_MIN - 1, range(10 + 2 * UNSEEN_MIN - 1)),
    ("none", 0, 0, range(10)),
]


@pytest.mark.parametrize(("risky", "other", "rows"), [c[1:] for c in HONEST], ids=[c[0] for c in HONEST])
def test_figures_come_from_texts_the_rules_never_saw_when_there_are_enough(
    risky: int, other: int, rows: Sequence[int]
) -> None:
    seen = texts(10, seen=True, label="follow_up")
    unseen = texts(risky, seen=False, label="follow_up") + texts(other, seen=False, label="ordinary")
    assert honest([*seen, *unseen]).tolist() == list(rows)
