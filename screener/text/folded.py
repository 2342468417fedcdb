"""A text in plain spelling, with the way back to every character of the original."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from screener.records import Span

Edit = tuple[int, int, str]
LENGTH_MAX = 200_000
"""Characters of a text that are read, for flags, facts and contacts alike; longer texts are cut here."""


@dataclass(frozen=True, kw_only=True)
class Disguise:
    """A word that was written so that it is not read at once: where it stands in the original, and the plain word.

    `deliberate` tells evasion ("k4mb0j4", "g.a.j.i") from chat ("gajiii"), compounds ("Wi-Fi"), letter-spaced
    headings and misread print ("P0LANDIA", "TlDAK").
    """

    span: Span
    plain: str
    deliberate: bool = True


@dataclass(frozen=True, kw_only=True)
class Folded:
    """A text in plain spelling; `starts[i]` and `ends[i]` are the original offsets of its character i.

    Both are None while nothing moved, which is the common case.
    """

    original: str
    text: str
    starts: "array[int] | None" = None
    ends: "array[int] | None" = None
    disguises: tuple[Disguise, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The span in the original that the folded characters `start` to `end` (exclusive) came from."""
        if self.starts is None or self.ends is None or start >= end:
            return Span(start=start, end=end)
        return Span(start=self.starts[start], end=self.ends[end - 1])

    def written(self, start: int, end: int) -> str:
        """The original words that the folded characters `start` to `end` (exclusive) came from."""
        span = self.span(start, end)
        return self.original[span.start : span.end]


def edited(folded: Folded, edits: Iterable[Edit]) -> Folded:
    """The folded text with stretches replaced; a new character maps back to the whole stretch it came from.

    The edits are start, end and new text, in the order of the text and without overlaps.
    """
    edits = list(edits)
    if not edits:
        return folded
    text, starts, ends, last = [], array("I"), array("I"), 0
    old_starts = folded.starts if folded.starts is not None else array("I", range(len(folded.text)))
    old_ends = folded.ends if folded.ends is not None else array("I", range(1, len(folded.text) + 1))
    for start, end, plain in edits:
        text += [folded.text[last:start], plain]
        starts += old_starts[last:start] + old_starts[start : start + 1] * len(plain)
        ends += old_ends[last:start] + old_ends[end - 1 : end] * len(plain)
        last = end
    text.append(folded.text[last:])
    return Folded(
        original=folded.original,
        text="".join(text),
        starts=starts + old_starts[last:],
        ends=ends + old_ends[last:],
        disguises=folded.disguises,
    )
