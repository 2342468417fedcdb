"""What two places of a corpus have in common: whole texts, sentences, contacts; and which splits that goes across."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from screener.extract import contacts
from screener.records import Example
from screener.text import fold
from screener.train.nearduplicates import Indices, near_duplicates, words_of
from screener.train.rows import Placed
from screener.train.split import Rows, by_author, by_campaign

_SENTENCE_END = re.compile(r"[\n.!?;]+")
_WORDS_MIN, _LETTERS_MIN = 5, 20
_SHOWN = 80
_SPLITS: Mapping[str, Callable[[Sequence[Example]], Iterable[tuple[str, Rows, Rows]]]] = {
    "authors left out": by_author,
    "campaigns left out": by_campaign,
}


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """Two rows that share something, and the splits that put them on both sides, which lets a model cheat."""

    left: Placed
    right: Placed
    what: str
    leaks: tuple[str, ...]

    def __str__(self) -> str:
        """The later row first: that is the one to change."""
        groups = f"groups {self.left.example.group} and {self.right.example.group}"
        told = f"{self.right.place}: {self.what} {self.left.place} ({groups})"
        return f"{told}; on both sides of: {', '.join(self.leaks)}" if self.leaks else told


def repeated(rows: Sequence[Placed]) -> Iterator[Overlap]:
    """Every row whose text stands before it already, and every near-duplicate in another group, in order."""
    sides = _sides(rows)
    plain = [" ".join(fold(row.example.text).text.split()) for row in rows]
    first: dict[str, int] = {}
    for number, text in enumerate(plain):
        if first.setdefault(text, number) != number:
            yield _overlap(rows, sides, (first[text], number), "the same text as")
    for pair in near_duplicates([row.example.text for row in rows]):
        left, right = pair.left, pair.right
        if plain[left] != plain[right] and rows[left].example.group != rows[right].example.group:
            what = f"nearly the same text ({pair.similarity:.0%} of the shingles in common) as"
            yield _overlap(rows, sides, (left, right), what)


def shared_sentences(rows: Sequence[Placed]) -> Iterator[Overlap]:
    """Every sentence of five words and more, numbers aside, that stands in two groups."""
    yield from _shared(rows, _sentences, "a sentence in common with")


def shared_contacts(rows: Sequence[Placed]) -> Iterator[Overlap]:
    """Every number, address, handle or link that two groups give: they look like one campaign."""
    yield from _shared(rows, lambda text: {c.value: c.quote for c in contacts(text)}, "a contact in common with")


def _sentences(text: str) -> dict[str, str]:
    found = {}
    for sentence in _SENTENCE_END.split(text):
        words = words_of(sentence)
        spoken = [word for word in words if not word.isdigit()]
        if len(spoken) >= _WORDS_MIN and sum(map(len, spoken)) >= _LETTERS_MIN:
            found[" ".join(words)] = sentence.strip()
    return found


def _shared(rows: Sequence[Placed], parts_of: Callable[[str], Mapping[str, str]], what: str) -> Iterator[Overlap]:
    """One overlap for a part and a further group that has it, by what it shares with the first group."""
    first_in: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
    for number, row in enumerate(rows):
        for key, quote in parts_of(row.example.text).items():
            first_in[key].setdefault(row.example.group, (number, quote))
    sides = _sides(rows)
    for places in first_in.values():
        (left, _), *others = places.values()
        for right, quote in others:
            yield _overlap(rows, sides, (left, right), f"{quote[:_SHOWN]!r}: {what}")


def _overlap(rows: Sequence[Placed], sides: Mapping[str, Indices], pair: tuple[int, int], what: str) -> Overlap:
    left, right = pair
    leaks = tuple(name for name, side in sides.items() if side[left] != side[right])
    return Overlap(left=rows[left], right=rows[right], what=what, leaks=leaks)


def _sides(rows: Sequence[Placed]) -> dict[str, Indices]:
    """For each split, the fold in which each row is tested."""
    examples = [row.example for row in rows]
    return {name: _fold_of(split(examples), len(rows)) for name, split in _SPLITS.items()}


def _fold_of(folds: Iterable[tuple[str, Rows, Rows]], count: int) -> Indices:
    found = np.full(count, -1, dtype=np.int64)
    for number, (_, _, test) in enumerate(folds):
        found[test] = number
    return found


def torn_groups(rows: Sequence[Placed]) -> Iterator[Overlap]:
    """Every row that a split keeps apart from the first of its campaign; none, unless splitting is broken."""
    sides = _sides(rows)
    first: dict[str, int] = {}
    for number, row in enumerate(rows):
        overlap = _overlap(rows, sides, (first.setdefault(row.example.group, number), number), "one campaign with")
        if overlap.leaks:
            yield overlap
