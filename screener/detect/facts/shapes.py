"""Shapes that numbers take in ads: counts with a unit of time, in figures or words, one or a range."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from screener.detect.facts.numerals import WORDS, spoken

_UNIT_WORDS = {
    "hour": "jam jem j4m hour hours hrs h",
    "day": "hari hri hr ari dina dinten poe day days",
    "week": "minggu mggu mgg mg minggon pekan week weeks wk wks",
    "month": "bulan bln bl sasi wulan month months mth mths",
    "year": "tahun taun taon tahon thn th warsa year years yr yrs",
}
_UNITS = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()}
_ONE_OF = {
    "sejam": "hour", "sehari": "day", "sedino": "day", "sedina": "day", "sadinten": "day", "sapoe": "day",
    "seminggu": "week", "seminggon": "week", "sepekan": "week", "saminggu": "week", "sebulan": "month",
    "sesasi": "month", "sabulan": "month", "sasasi": "month", "setahun": "year", "setaun": "year", "sataun": "year",
    "sataon": "year",
}  # fmt: skip
_DAYS = {"hour": 0.0, "day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0}


def either(words: Iterable[str]) -> str:
    """An alternation of words for a regular expression, longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


NUMBER = rf"(?:\d{{1,3}}(?:[.,]5)?|{WORDS})"
"""A small number in figures or words."""

TO = r" ?(?:[-\u2013\u2014~]|s/d|s\.d\.?|sd|sampai|sampe|smp|hingga|to|atau|or) ?"
"""What stands between the two ends of a range."""

_COUNT = re.compile(
    rf"(?<![^\W_])(?<!\d[.,])(?:({NUMBER})(?:{TO}({NUMBER}))?(?: ?\([a-z ]{{3,24}}\))?[ -]{{0,2}}({either(_UNITS)})"
    rf"|({either(_ONE_OF)}))(?![^\W_])"
)


# "hr" is a day in Indonesian chat ("3 hr lagi") and an hour in English ("12-hr shifts", "10 hr a day").
_HR_IS_HOUR = re.compile(r"-hr|.hr ?(?:shift|duty|/ ?day|a day|per day|daily)")


@dataclass(frozen=True, kw_only=True)
class Count:
    """A number or range of hours, days, weeks, months or years at `start` to `end` (exclusive) of a folded text.

    `bare` says that it is the Indonesian word for one of the unit ("sebulan"), which also says "a month" of a rate.
    """

    start: int
    end: int
    low: float
    high: float
    unit: str
    bare: bool = False

    @property
    def days(self) -> float:
        """The longest it can be, in days; a month counts as 30."""
        return self.high * _DAYS[self.unit]


def number(words: str) -> float:
    """The number that a match of `NUMBER` says."""
    return float(words.replace(",", ".") if words[0].isdigit() else spoken(words))


def counts(text: str) -> Iterator[Count]:
    """The counts of time in a folded text, in order."""
    for match in _COUNT.finditer(text):
        low, high, unit, one = match.groups()
        if one:
            yield Count(start=match.start(), end=match.end(), low=1, high=1, unit=_ONE_OF[one], bare=True)
            continue
        first, last = number(low), number(high or low)
        hour = unit == "hr" and _HR_IS_HOUR.match(text, match.end(3) - 3)
        yield Count(
            start=match.start(),
            end=match.end(),
            low=first,
            high=max(first, last),
            unit="hour" if hour else _UNITS[unit],
        )


def duration(amount: float, unit: str) -> str:
    """An ISO 8601 duration; whole years are written as years, whatever they were counted in."""
    if unit == "month" and amount % 12 == 0:
        amount, unit = amount / 12, "year"
    return f"P{amount:g}{unit[0].upper()}"


def duration_range(count: Count) -> str:
    """The ISO 8601 duration of a count, or the two ends of its range joined by a dash."""
    low, high = duration(count.low, count.unit), duration(count.high, count.unit)
    return low if low == high else f"{low}-{high}"
