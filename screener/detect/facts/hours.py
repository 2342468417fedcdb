"""Working hours: counts ("12 jam sehari"), clock times ("7 pagi - 9 malam") and standing by around the clock."""

import re
from collections.abc import Iterator, Sequence

from screener.detect.facts.clock import ClockSpan, clock_spans
from screener.detect.facts.found import Found
from screener.detect.facts.nearby import Nearby
from screener.detect.facts.shapes import Count
from screener.records import FactKind

LONG = "hours-long"
MEASURED = frozenset({LONG})

_DAY_LONG = 11
_WEEK_LONG = 66
_DAY_MAX = 24
_WEEK_MAX = 112
_DAY_MIN = 3
_CLOCK_MAX = 21
_OVERTIME_MAX = 5
"""Hours of overtime named beside the regular ones are not the working day."""

_PER = (
    r"(?:(?:/|per|a|tiap|setiap|saben|each|every|dalam|in a) ?"
    r"(?:hari|hr|dina|day|d|shift|minggu|mgg|pekan|week|wk|bulan|bln|month)|sehari|sedino|sadinten|sapoe|daily|seminggu|sepekan|weekly|sebulan|monthly)(?![^\W_])"
)
_PER_AFTER = re.compile(rf" ?(?:kerja |work )?({_PER})")
_PER_BEFORE = re.compile(rf"({_PER})\W{{0,2}}(?:(?:kerja|krj|gawe|masuk|work|shift) ?)?$")
_WEEKLY = re.compile(r"minggu|mgg|pekan|week|wk")
_MONTHLY = re.compile(r"bulan|bln|month")
_ADDED = re.compile(r"[^\n,;+(\d]{0,14}\+ ?\d")
_SHIFTS_OF = "shifts of "
_PLUS_OVERTIME = re.compile(r" ?\+ ?(?:ot\b|lembur|overtime)")
_OVERTIME = re.compile(r"-?n?y?a? ?(?:lembur|ot\b|overtime|over ?time|ekstra|extra)")


def hours_found(counts: Sequence[Count], near: Nearby) -> Iterator[Found]:
    """The working hours of a text as hours a day or a week."""
    for count in counts:
        if count.unit == "hour" and not count.bare:
            yield from _counted(count, near)
    yield from _clocked(near)
    yield from _standing_by(near)


def _counted(count: Count, near: Nearby) -> Iterator[Found]:
    before, after = near.left(count.start), near.right(count.end)
    if before.endswith(("+ ", "+", "= ", "=")) or _ADDED.match(after):
        return
    if count.high <= _OVERTIME_MAX and _OVERTIME.match(after):
        return
    per = _PER_AFTER.match(after)
    said = per or _PER_BEFORE.search(before)
    week = bool(_WEEKLY.search(said[1])) and not before.endswith(_SHIFTS_OF) if said else count.high > _DAY_MAX
    if (
        (said and _MONTHLY.search(said[1]))
        or not _plausible(count, week=week)
        or not _of_work(count, near, rate=bool(said or _PLUS_OVERTIME.match(after)))
    ):
        return
    end = count.end + per.end() if per else count.end
    yield _hours(range(count.start, end), count.low, count.high, week=week)


def _plausible(count: Count, *, week: bool) -> bool:
    if week:
        return count.low > _DAY_MIN and count.high <= _WEEK_MAX
    return count.low >= _DAY_MIN and count.high < _DAY_MAX


def _of_work(count: Count, near: Nearby, *, rate: bool) -> bool:
    if near.says_in_clause("hours-else", count.start, count.end, before=3, after=3):
        return False
    return rate or near.says("work-hours", count.start, count.end, before=6, after=3)


def _hours(stretch: range, low: float, high: float, *, week: bool = False, detail: str = "") -> Found:
    amount = f"{low:g}" if low == high else f"{low:g}-{high:g}"
    long = high >= (_WEEK_LONG if week else _DAY_LONG)
    return Found(
        kind=FactKind.HOURS,
        start=stretch.start,
        end=stretch.stop,
        value=f"{amount} h/{'week' if week else 'day'}",
        detail=detail,
        measures=frozenset({LONG}) if long else frozenset(),
    )


def _clocked(near: Nearby) -> Iterator[Found]:
    for span in clock_spans(near.text):
        if _DAY_MIN < span.hours <= _CLOCK_MAX and not _of_opening(span, near):
            quote = near.text[span.start : span.end]
            yield _hours(range(span.start, span.end), span.hours, span.hours, detail=quote)


def _of_opening(span: ClockSpan, near: Nearby) -> bool:
    """Whether the times are those of a shop, an office or a call rather than of the work."""
    if near.says("work-hours", span.start, span.end, before=3):
        return near.says_in_clause("clock-else", span.start, span.end, before=3)
    return near.says("clock-else", span.start, span.end, before=8, after=3)


def _standing_by(near: Nearby) -> Iterator[Found]:
    hits = near.terms.hits
    for hit in hits.get("all-day", ()):
        start, end = near.terms.starts[hit.start], near.terms.ends[hit.end - 1]
        to_call = near.says("contact-trade", start, end, before=8, after=4)
        if near.says("stand-by", start, start, before=3) and not to_call and not near.negated(start, end):
            yield _hours(range(start, end), _DAY_MAX, _DAY_MAX, detail="standing by")
