"""Edits of a text: what is written anew, and where the marks of the text have gone."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from screener.records import Example, Span

WORD_START, WORD_END = r"(?<![\w@/.:])", r"(?![\w@/]|\.\w|://)"
"""Around a word that is no part of an address, a handle or a link."""


class Edit(NamedTuple):
    """Characters `start` to `end` (exclusive) of a text, and what stands there instead."""

    start: int
    end: int
    new: str


def applied(text: str, edits: Sequence[Edit]) -> str:
    """The text with all edits made; they are in its order and none overlaps another."""
    ends = [0, *(edit.end for edit in edits)]
    pieces = (text[last : edit.start] + edit.new for last, edit in zip(ends, edits, strict=False))
    return "".join(pieces) + text[ends[-1] :]


def place(offset: int, edits: Sequence[Edit], side: int) -> int:
    """Where an offset has gone; one within what changed goes to its start (side 0) or end (side 1)."""
    shifts = [0, *accumulate(len(edit.new) - (edit.end - edit.start) for edit in edits)]
    number = bisect_right(edits, offset - side, key=lambda edit: edit.start)
    if number and offset < edits[number - 1].end + side:
        edit = edits[number - 1]
        return edit.start + shifts[number - 1] + side * len(edit.new)
    return offset + shifts[number]


def moved(span: Span, edits: Sequence[Edit]) -> Span | None:
    """Where a span has gone; None when all its words were left out."""
    now = Span(start=place(span.start, edits, 0), end=place(span.end, edits, 1))
    return now if now.start < now.end else None


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in the order of the text; of those that overlap the one that begins first, and then the longest."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def rewritten(example: Example, edits: Sequence[Edit], title: str | None = None) -> Example:
    """The example with its text edited; marks move along, those whose words were all left out go with them."""
    text = applied(example.text, edits)
    places = ((mark, moved(mark.span, edits)) for mark in example.marks)
    marks = tuple(
        replace(mark, span=span, quote=text[span.start : span.end]) for mark, span in places if span is not None
    )
    return replace(example, text=text, title=example.title if title is None else title, marks=marks)


def cased_like(word: str, model: str) -> str:
    """A word in capitals, with a first capital, or in small letters where the model is."""
    if model.islower():
        return word.lower()
    return word.upper() if model.isupper() and len(model) > 1 else word[:1].upper() + word[1:]


def any_of(words: Iterable[str]) -> "re.Pattern[str]":
    """An expression for any of some words, the longest first, upper and lower case alike."""
    listed = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return re.compile(f"{WORD_START}(?:{listed}){WORD_END}", re.IGNORECASE)
