"""When people are to leave: days away, a weekday, a date, or once the visa is there."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from screener.detect.facts.dates import NamedTime, named_times
from screener.detect.facts.found import Found
from screener.detect.facts.nearby import Nearby
from screener.detect.facts.shapes import Count, duration_range
from screener.detect.terms import Hit
from screener.records import FactKind

SOON = "departure-soon"
WITHIN_MONTH = "departure-within-month"
DATED = "departure-dated"
AFTER_VISA = "departure-after-visa"
MEASURED = frozenset({SOON, WITHIN_MONTH, DATED, AFTER_VISA})

_SOON_DAYS = 14
_MONTH_DAYS = 31
_WAIT_DAYS_MAX = 400
_GAP = 22
"""Characters between the time and the word for leaving."""

_COUNT_REACH = 60
_NOT_LEAVING = re.compile(
    r"(?:sebelum|sblm|before|pra|pre|biaya|tiket|untuk|utk|ongkos|untill?|sampai|prior to|syarat|jika|kalau|bila|waktu"
    r"|saat|yang|yg|pernah)[ -]$"
)
_VISA = re.compile(
    r"(?<![^\W_])(?:setelah|sesudah|stlh|habis|begitu|selepas|lepas|tunggu|nunggu|menunggu|after|once|when|upon)"
    r"(?: \w{1,12}){0,2} (?:e?visa|vaf|calling|coe|permit|paspor)(?: kerja| work)?"
    r"(?: (?:sudah |udah |is )?(?:turun|keluar|terbit|jadi|siap|issued|approved|ready|out))?"
)
_BETWEEN = re.compile(
    r"[ /-]{0,3}(?:(?!kontrak|contract|setiap|tiap|per|libur|kerja|sekali|hari|sebelum|before|setelah|after|gaji|dari"
    r"|of|and|dan|termasuk|plus)[a-z0-9]{1,12}[ -]{0,2}){0,3}"
)
_NOT_A_WAIT = re.compile(r" ?(?:sekali|kerja|pertama|sebelum|before|pp\b|/|malam|2 malam|libur|kaki|setelah visa)")
_SINCE = re.compile(r"(?:setelah|sesudah|selama|after|for|sejak|since|tiap|setiap|every|lalu) $")
_BY = re.compile(r"(?:sebelum|before|paling lambat|by) $")
_CUT = re.compile(r"[^\w\s/:.-]|\b(?:lalu|terus|kemudian|then|setelah|after|sebelum|before|interview|tes|medical)\b")


def departures_found(counts: Sequence[Count], near: Nearby) -> Iterator[Found]:
    """The times of departure: "P3D", "tomorrow", "Friday", "--10-09", "2026-10-09", "after visa"."""
    reach = -1
    for hit in near.terms.hits.get("sets-out", ()):
        found = _departure(hit, counts, near)
        if found and found.start >= reach:
            reach = found.end
            yield found


def _departure(hit: Hit, counts: Sequence[Count], near: Nearby) -> Found | None:
    start, end = near.terms.starts[hit.start], near.terms.ends[hit.end - 1]
    if near.layout.silenced(hit.start) or near.negated(start, end):
        return None
    before, after = near.left(start), near.right(end)
    for text, offset in ((after, end), (before, start - len(before))):
        if visa := _VISA.search(text):
            return _fact(offset + visa.start(), offset + visa.end(), "after visa", AFTER_VISA)
    if _NOT_LEAVING.search(before) or near.says_in_clause("departure-else", start, end, before=5, after=5):
        return None
    return _away(start, end, counts, near) or _after(start, end, after) or _before(start, end, before)


def _away(start: int, end: int, counts: Sequence[Count], near: Nearby) -> Found | None:
    """So many days, weeks or months until the leaving."""
    low = bisect_left(counts, start - _COUNT_REACH, key=attrgetter("start"))
    high = bisect_left(counts, end + _GAP + 1, key=attrgetter("start"))
    for count in counts[low:high]:
        if count.unit != "hour" and count.days <= _WAIT_DAYS_MAX and _said_of(count, start, end, near):
            return _fact(min(start, count.start), max(end, count.end), duration_range(count), _nearness(count))
    return None


def _nearness(count: Count) -> str:
    if count.days <= _SOON_DAYS:
        return SOON
    return WITHIN_MONTH if count.days <= _MONTH_DAYS else ""


def _said_of(count: Count, start: int, end: int, near: Nearby) -> bool:
    low, high = (count.end, start) if count.end <= start else (end, count.start)
    if not 0 <= high - low <= _GAP or _NOT_A_WAIT.match(near.right(count.end)) or _SINCE.search(near.left(count.start)):
        return False
    return bool(_BETWEEN.fullmatch(near.text, low, high))


def _after(start: int, end: int, text: str) -> Found | None:
    for time in named_times(text):
        if time.start <= _GAP and not _CUT.search(_BY.sub("", text[: time.start])):
            return _fact(start, end + time.end, time.value, _measure(time))
    return None


def _before(start: int, end: int, text: str) -> Found | None:
    base = start - len(text)
    for time in named_times(text):
        if len(text) - time.end <= _GAP and not _CUT.search(text[time.end :]):
            return _fact(base + time.start, end, time.value, _measure(time))
    return None


def _measure(time: NamedTime) -> str:
    if time.soon:
        return SOON
    return DATED if time.day_only else ""


def _fact(start: int, end: int, value: str, measure: str) -> Found:
    measures = frozenset({measure}) if measure else frozenset[str]()
    return Found(kind=FactKind.DEPARTURE, start=start, end=end, value=value, measures=measures)
