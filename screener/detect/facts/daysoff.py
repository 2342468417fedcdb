"""Days off: how many a week or month, and none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from screener.detect.facts.found import Found
from screener.detect.facts.nearby import Nearby
from screener.detect.facts.shapes import NUMBER, Count, number
from screener.detect.terms import Hit
from screener.records import FactKind

GIVEN = "day-off-given"
RARE = "day-off-rare"
NONE = "no-day-off"
MEASURED = frozenset({GIVEN, RARE, NONE})

_A_MONTH = 4
"""Days off a month that make one a week."""

_IN_A_MONTH = {"day": 30, "week": 4, "month": 1, "year": 1 / 12}

_WEEKDAYS = (
    r"(?:senin|selasa|rabu|kamis|jum'?at|jumaat|sabtu|minggu|ahad|isnin|khamis|mondays?|tuesdays?|wednesdays?|thursdays?|"
    r"fridays?|saturdays?|sundays?|sun|sat|fri)"
)
_EACH = r"(?:/|per|dalam|tiap|setiap|saben|unggal|tiap-tiap|a|each|every|in a|in|se) ?"
_WEEK = r"(?:minggu|mgg|mggu|pekan|week|seminggu|sepekan|saminggu|weekly)"
_MONTH = r"(?:bulan|bln|month|sebulan|sesasi|sabulan|sasasi|sasi|monthly)"
_YEAR = r"(?:tahun|thn|year|setahun|sataun)"
_PERIOD = rf"(?:{_EACH})?(?:({_WEEK})|({_MONTH})|({_YEAR}))(?![^\W_])"
_TIMES = rf"(?: ?(?:x|kali|times|hari|days?|hr)| {_WEEKDAYS})"

_AND = r"(?: dan |[ ,&+/-]{1,3}| and )"
_OR = rf"(?:{_AND}| or )"

_AFTER = re.compile(
    rf"[ :=]{{0,3}}(?:cuma |hanya |cm |only |penuh )?(?:"
    rf"(?P<k>{NUMBER})? ?(?P<span>minggu|bulan|mgg|bln|tahun|sasi) sekali"
    rf"|(?P<n>{NUMBER}){_TIMES}?,? ?{_PERIOD}"
    rf"|(?P<sekali>sekali|sehari|satu hari|pisan|sakali|once) ?(?:dalam )?{_PERIOD}"
    rf"|{_PERIOD},? ?(?:(?P<m>{NUMBER}){_TIMES}|(?P<once>sekali|pisan|sakali|sehari|once))"
    rf"|(?:penuh )?(?:every|tiap|setiap|saben|unggal|on|hari|tiap hari|setiap hari|day is|is)? ?"
    rf"(?P<day>{_WEEKDAYS}(?:{_AND}(?:hari )?{_WEEKDAYS})?)(?![^\W_])(?! depan)"
    rf"|(?P<every>tiap|setiap|saben|every|each) (?:minggu|pekan|week)"
    rf"|(?P<weekly>mingguan|weekly)"
    rf")"
)
_BEFORE = re.compile(
    rf"(?:(?P<n>{NUMBER})(?: ?(?:x|kali|hari|full))?"
    rf"|(?P<weekly>weekly|{_WEEK} (?:sekali|1 ?x)|seminggu|sepekan)"
    rf"|(?:(?:tiap|setiap|saben|hari|every|on|tiap hari|setiap hari) )?(?P<day>{_WEEKDAYS}(?:{_OR}{_WEEKDAYS})?)"
    rf"|(?P<weekend>weekends?|sabtu[- ]minggu|akhir pekan))"
    rf"[ :=]{{0,3}}(?:hari |nya |your |is your |is |boleh |tetap |are )?$"
)
_RATE_AFTER = re.compile(rf"[ ,]{{0,2}}{_PERIOD}")
_NONE_BEFORE = re.compile(
    r"(?<![^\W_])(?:tanpa|tnp|tidak|tdk|gak|ga|gk|nggak|ngga|ndak|ora|ra|teu|tak|no|without|tiada|takde|takda|zero|nol"
    r"|ndeq|tadek|never|0)(?: (?:ada|ono|ana|aya|araq|dapat|dpt|dapet|ambil|mengambil|minta|any|more|weekly|hari"
    r"|dikasih|diberi|mendapat|get|have)){0,3} ?$"
)
_NONE_AFTER = re.compile(
    r"[ :=]{1,3}(?:hari )?(?:langsung )?(?:tiada|tidak ada|tdk ada|gak ada|ga ada|tak ada|tadek|takde|none|nol|0(?!\d)"
    r"|belum ada)(?![^\W_])"
)
_DAYS_AFTER = re.compile(rf" (?:after|every|setelah|setiap|tiap|in) ({NUMBER}) (?:days?|hari)(?![^\W_])")
_WORKED_BEFORE = re.compile(rf"({NUMBER}) (?:hari kerja|hari masuk|days on|on),? ?$")
_WAIT = re.compile(r"(?:dalam|within|in|setelah|selama|after|maks?\.?|max|sekitar|kurang|proses)\W{0,2}$")
_WORK_DAYS = re.compile(rf" ?(?:kerja |work |working |se)?{_PERIOD}|(?: ?(?:kerja|work))")
_FEW_DAYS = 5  # fewer are no working week
_ALL_DAYS = 7
_UNNAMED_MAX = 2
"""More days off without a week or month beside them are leave."""


@dataclass(frozen=True, kw_only=True)
class _Rest:
    """So many days off in so many weeks or months; `times` 0 is none."""

    start: int
    end: int
    times: float
    period: str = ""
    every: float = 1

    @property
    def value(self) -> str:
        if not self.times:
            return "none"
        if self.period == "day" or self.every > 1:
            return f"{self.times:g} every {self.every:g} {self.period}s"
        return f"{self.times:g} a {self.period}" if self.period else f"{self.times:g}"

    @property
    def measure(self) -> str:
        if not self.times:
            return NONE
        often = not self.period or self.times / self.every * _IN_A_MONTH[self.period] >= _A_MONTH
        return GIVEN if often else RARE


def days_off_found(counts: Sequence[Count], near: Nearby) -> Iterator[Found]:
    """The days off of a text: "4 a month", "1 a week", "none"."""
    reach = -1
    for hit in sorted(near.terms.hits.get("rest-day", ()), key=lambda hit: (hit.start, -hit.end)):
        rest = _rest(hit, near) if near.terms.starts[hit.start] >= reach else None
        if rest and rest.start >= reach:
            reach = rest.end
            yield from _fact(rest, near)
    for count in counts:
        if count.unit == "day":
            yield from _of_work_days(count, near)


def _rest(hit: Hit, near: Nearby) -> _Rest | None:
    start, end = near.terms.starts[hit.start], near.terms.ends[hit.end - 1]
    before, after = near.left(start), near.right(end)
    if near.says("leave-not-rest", start, end, before=1, after=1):
        return None
    none_before, none_after = _NONE_BEFORE.search(before), _NONE_AFTER.match(after)
    if none_before:
        return _Rest(start=start - len(none_before[0]), end=end, times=0)
    if none_after:
        return _Rest(start=start, end=end + none_after.end(), times=0)
    return _counted(start, end, before, after) or _read_after(start, end, after) or _read_before(start, end, before)


def _counted(start: int, end: int, before: str, after: str) -> _Rest | None:
    """A number before the word: "two rest days a week", "2 days off after 60 days", "4 hari kerja 2 hari libur"."""
    match = _BEFORE.search(before)
    if not match or not match["n"]:
        return None
    times, begin = number(match["n"]), start - len(before) + match.start()
    if rate := _RATE_AFTER.match(after):
        return _Rest(start=begin, end=end + rate.end(), times=times, period=_named_period(rate))
    if cycle := _DAYS_AFTER.match(after):
        return _Rest(start=begin, end=end + cycle.end(), times=times, period="day", every=number(cycle[1]))
    if worked := _WORKED_BEFORE.search(before[: match.start()]):
        return _Rest(start=begin, end=end, times=times, period="day", every=number(worked[1]) + times)
    return _Rest(start=begin, end=end, times=times) if times <= _UNNAMED_MAX and end - start > len("off") else None


def _read_after(start: int, end: int, after: str) -> _Rest | None:
    match = _AFTER.match(after)
    if not match:
        return None
    end += match.end()
    if match["day"] or match["every"] or match["weekly"]:
        return _Rest(start=start, end=end, times=_weekdays(match["day"] or ""), period="week")
    if match["span"]:
        period = _period(match["span"])
        return _Rest(start=start, end=end, times=1, period=period, every=number(match["k"]) if match["k"] else 1)
    times = match["n"] or match["m"]
    return _Rest(start=start, end=end, times=number(times) if times else 1, period=_named_period(match))


def _read_before(start: int, end: int, before: str) -> _Rest | None:
    match = _BEFORE.search(before)
    if not match or match["n"]:
        return None
    times = 2 if match["weekend"] else _weekdays(match["day"] or "")
    return _Rest(start=start - len(before) + match.start(), end=end, times=times, period="week")


def _weekdays(words: str) -> int:
    return len(re.findall(_WEEKDAYS, words)) or 1


def _named_period(match: re.Match[str]) -> str:
    return _period(next(group for group in match.groups() if group and _UNIT.fullmatch(group)))


_UNIT = re.compile(rf"{_WEEK}|{_MONTH}|{_YEAR}")


def _period(word: str) -> str:
    if re.fullmatch(_WEEK, word):
        return "week"
    return "year" if re.fullmatch(_YEAR, word) else "month"


def _fact(rest: _Rest, near: Nearby) -> Iterator[Found]:
    if rest.period == "year" and rest.times > _A_MONTH:
        return
    undone = near.says_in_clause("rest-undone", rest.start, rest.end, after=5)
    if rest.times and near.negated(rest.start, rest.end):
        return
    measure = RARE if undone and rest.times else rest.measure
    yield Found(
        kind=FactKind.DAYS_OFF,
        start=rest.start,
        end=rest.end,
        value=rest.value,
        detail="paid out or conditional" if undone else "",
        measures=frozenset({measure}),
    )


def _of_work_days(count: Count, near: Nearby) -> Iterator[Found]:
    """The days off that a number of working days a week leaves: "6 hari seminggu"."""
    rate = _WORK_DAYS.match(near.right(count.end))
    if not rate or count.bare or not _FEW_DAYS <= count.low == count.high <= _ALL_DAYS or (rate[2] or rate[3]):
        return
    if not (rate[1] or rate[2] or rate[3]) and _WAIT.search(near.left(count.start)):
        return
    if near.says("shop-week", count.start, count.end, before=6, after=6) or near.negated(count.start, count.end):
        return
    rest = _Rest(start=count.start, end=count.end + rate.end(), times=_ALL_DAYS - count.low, period="week")
    yield from _fact(rest, near)
