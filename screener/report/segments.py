"""A text cut at the edges of its flags: overlapping ones can be marked, and long texts shown around them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

LONG_TEXT = 4_000
_OPENING = 700
_AROUND = 250
_FLAG_SHOWN_MAX = 1_000


@dataclass(frozen=True, kw_only=True)
class NumberedSpan:
    """Where the flag of this number stands: `start` inclusive, `end` exclusive, in characters."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Segment:
    """Text under the same flags: their numbers, those that end here, and how much left out."""

    text: str = ""
    numbers: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    left_out: int = 0


def segment(text: str, spans: Sequence[NumberedSpan]) -> list[Segment]:
    """The text in order as segments; a text of more than 4,000 characters is left out far from its flags.

    `spans` come most important first: where not all of them fit, the first are shown.
    """
    cut: list[Segment] = []
    shown_to = 0
    for start, end in _windows(len(text), spans):
        cut += _gap(start - shown_to)
        cut += _stretches(text, start, end, spans)
        shown_to = end
    return cut + _gap(len(text) - shown_to)


def _gap(left_out: int) -> list[Segment]:
    return [Segment(left_out=left_out)] if left_out > 0 else []


def _stretches(text: str, start: int, end: int, spans: Sequence[NumberedSpan]) -> Iterator[Segment]:
    inside = [span for span in spans if span.start < end and span.end > start]
    edges = {start, end} | {edge for span in inside for edge in (span.start, span.end) if start < edge < end}
    places = sorted(edges)
    for left, right in pairwise(places):
        over = [span for span in inside if span.start <= left and span.end >= right]
        yield Segment(
            text=text[left:right],
            numbers=tuple(sorted(span.number for span in over)),
            ends=tuple(sorted(span.number for span in over if right in {span.end, end})),
        )


def _windows(length: int, spans: Sequence[NumberedSpan]) -> list[tuple[int, int]]:
    """The stretches to show: all, or the opening and the surroundings of flags within 4,000 characters."""
    if length <= LONG_TEXT:
        return [(0, length)] if length else []
    opening = _OPENING if spans else LONG_TEXT
    windows = [(0, opening)]
    budget = LONG_TEXT - opening
    for span in spans:
        window = max(0, span.start - _AROUND), min(length, span.start + _FLAG_SHOWN_MAX, span.end + _AROUND)
        new = window[1] - window[0] - _covered(window, windows)
        if new <= budget:
            budget -= new
            windows = _merge([*windows, window])
    return windows


def _covered(window: tuple[int, int], windows: Sequence[tuple[int, int]]) -> int:
    return sum(max(0, min(window[1], end) - max(window[0], start)) for start, end in windows)


def _merge(windows: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(windows):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
