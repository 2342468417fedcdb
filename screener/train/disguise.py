"""Disguises: what writers do to words so that filters do not find them, for training and for measuring.

Pure and seeded. The kinds are those that ads show: see the desk's notes on evasion.
"""

import random
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from screener.records import Mark, Span
from screener.train.disguises import KINDS, Make

_SENTENCE = re.compile(r"[^.!?\n]+")
_TARGET = re.compile(r"(?<![\w@/.:])(?:[A-Za-z]{3,24}|\+?\d[\d -]{7,15}\d)(?![\w@/]|\.\w|://)")

_Edit = tuple[int, int, str]


def disguised(
    text: str, marks: Sequence[Mark], per_sentence: int, seed: int, kinds: Iterable[str] = tuple(KINDS)
) -> tuple[str, tuple[Mark, ...]]:
    """The text with words of each sentence disguised, and the marks at their new places with their new quotes.

    Up to `per_sentence` words change in a sentence, words within marks first; each by one of `kinds`. The same for a
    seed. Raises KeyError for a kind that is not among KINDS.
    """
    makes = {kind: KINDS[kind] for kind in kinds}
    edits = list(_edits(text, marks, per_sentence, random.Random(seed), makes))  # noqa: S311  no secret is made of it
    new = _applied(text, edits)
    return new, tuple(_moved(mark, edits, new) for mark in marks)


def _edits(
    text: str, marks: Sequence[Mark], per_sentence: int, chance: random.Random, makes: Mapping[str, Make]
) -> Iterator[_Edit]:
    """Start, end and new spelling of the words that change, in the order of the text."""
    sentences = _SENTENCE.finditer(text)
    for sentence in sentences:
        targets = [match.span() for match in _TARGET.finditer(text, *sentence.span())]
        chance.shuffle(targets)
        targets.sort(key=lambda target: not _is_marked(target, marks))
        changes = (change for target in targets for change in _change(text, target, chance, makes))
        yield from sorted(change for change, _ in zip(changes, range(per_sentence), strict=False))


def _is_marked(target: tuple[int, int], marks: Sequence[Mark]) -> bool:
    return any(target[0] < mark.span.end and mark.span.start < target[1] for mark in marks)


def _change(text: str, target: tuple[int, int], chance: random.Random, makes: Mapping[str, Make]) -> Iterator[_Edit]:
    """The word at one place by the first kind, in a random order, that can be done to it; nothing when none can."""
    start, end = target
    word = text[start:end]
    for kind in chance.sample(list(makes), len(makes)):
        new = makes[kind](word, chance)
        if new != word:
            yield start, end, new
            return


def _applied(text: str, edits: Sequence[_Edit]) -> str:
    ends = [0, *(end for _, end, _ in edits)]
    pieces = (text[last:start] + new for last, (start, _, new) in zip(ends, edits, strict=False))
    return "".join(pieces) + text[ends[-1] :]


def _moved(mark: Mark, edits: Sequence[_Edit], new: str) -> Mark:
    span = Span(start=_place(mark.span.start, edits, 0), end=_place(mark.span.end, edits, 1))
    return replace(mark, span=span, quote=new[span.start : span.end])


def _place(offset: int, edits: Sequence[_Edit], side: int) -> int:
    """Where an offset has gone; one within a word that changed goes to its start (side 0) or end (side 1)."""
    shifts = [0, *accumulate(len(word) - (end - start) for start, end, word in edits)]
    number = bisect_right(edits, offset - side, key=lambda edit: edit[0])
    if number and offset < edits[number - 1][1] + side:
        start, _, word = edits[number - 1]
        return start + shifts[number - 1] + side * len(word)
    return offset + shifts[number]
