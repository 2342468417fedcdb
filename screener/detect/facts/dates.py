"""Times that ads name without a clock: days from now, weekdays and calendar dates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from screener.detect.facts.shapes import either

_MONTH_WORDS = (
    "januari jan january", "februari feb february pebruari", "maret mar march mac", "april apr", "mei may",
    "juni jun june", "juli jul july julai", "agustus agu agt aug august ogos", "september sep sept",
    "oktober okt oct october", "november nov nop", "desember des dec december disember",
)  # fmt: skip
_MONTHS = {word: month for month, words in enumerate(_MONTH_WORDS, start=1) for word in words.split()}
_RELATIVE_WORDS = {
    "today": ("hari ini", "hr ini", "hari ni", "hari ini juga", "today", "poe ieu", "dino iki"),
    "tonight": ("malam ini", "malem ini", "mlm ini", "nanti malam", "ntar malem", "malam ni", "tonight"),
    "tomorrow": (
        "besok", "bsk", "bsok", "besuk", "besok pagi", "besok malam", "besok malem", "besok lusa", "sesuk", "sesok",
        "isukan", "enjing", "esok", "esok pagi", "malam esok", "tomorrow",
    ),
    "P2D": ("lusa", "pageto", "suk emben", "the day after tomorrow"),
    "this week": (
        "minggu ini", "mgg ini", "mggu ini", "pekan ini", "minggu ni", "akhir minggu", "akhir pekan ini",
        "weekend ini", "this week", "this weekend",
    ),
    "next week": (
        "minggu depan", "mggu depan", "minggu dpn", "mgg depan", "mg depan", "pekan depan", "minggu ngarep",
        "minggon ngarep", "minggu payun", "minggu hareup", "next week", "coming week",
    ),
    "this month": ("bulan ini", "bln ini", "akhir bulan", "this month", "end of the month"),
    "next month": ("bulan depan", "bln depan", "bulan dpn", "sasi ngarep", "next month"),
}  # fmt: skip
_RELATIVE = {word: value for value, words in _RELATIVE_WORDS.items() for word in words}
_SOON = frozenset({"today", "tonight", "tomorrow", "P2D", "this week", "next week"})
_WEEKDAY_WORDS = {
    "Monday": "senin senen isnin monday", "Tuesday": "selasa tuesday", "Wednesday": "rabu rebo wednesday",
    "Thursday": "kamis kemis khamis thursday", "Friday": "jumat jum'at jmat jmt jumaat friday",
    "Saturday": "sabtu setu saturday", "Sunday": "ahad sunday",
}  # fmt: skip
_WEEKDAYS = {word: day for day, words in _WEEKDAY_WORDS.items() for word in words.split()}

_NAMED = re.compile(
    rf"(?<![^\W_])(?:(?P<relative>{either(_RELATIVE)})"
    rf"|(?:(?:hari |tiap |setiap |every |on |malam )?(?P<weekday>{either(_WEEKDAYS)})s?"
    rf"(?: ini| depan| dpn| payun| ngarep)?)"
    rf"|(?P<iso>20\d\d-[01]\d-[0-3]\d)"
    rf"|(?:(?:tgl|tanggal|tggl|date)\.? ?)?(?P<day>[0-3]?\d)[ /.-]"
    rf"(?P<month>{either(_MONTHS)}|[01]?\d)(?:[ /.-](?P<year>20\d\d))?"
    rf"|(?:awal |akhir |pertengahan |early |late |mid )?(?P<of>{either(_MONTHS)})(?: (?P<of_year>20\d\d))?"
    rf"|(?:tgl|tanggal|tggl|tarikh)\.? ?(?P<only>[0-3]?\d)(?![\d.,]))(?![^\W_])"
)
_SAYS_DATE = re.compile(r"tgl|tanggal|tggl|[a-z]{3}|20\d\d")
_MONTH_MAX, _DAY_MAX = 12, 31


@dataclass(frozen=True, kw_only=True)
class NamedTime:
    """A named time at `start` to `end` (exclusive) of a text.

    `value` is a word ("tomorrow", "this week", "Friday"), or a date in ISO 8601 with a dash for the year or month that
    is not named; `soon` says that it is within two weeks, `day_only` that no month is named.
    """

    start: int
    end: int
    value: str
    soon: bool
    day_only: bool


def named_times(text: str) -> Iterator[NamedTime]:
    """The named times of a folded text, in order."""
    for match in _NAMED.finditer(text):
        value = _value(match)
        if value:
            soon = bool(match["weekday"]) or value in _SOON
            yield NamedTime(start=match.start(), end=match.end(), value=value, soon=soon, day_only=bool(match["only"]))


def _value(match: re.Match[str]) -> str:
    if match["relative"]:
        return _RELATIVE[match["relative"]]
    if match["weekday"]:
        return _WEEKDAYS[match["weekday"]]
    if match["only"]:
        return f"---{int(match['only']):02d}"
    if match["of"]:
        return f"{match['of_year'] or '-'}-{_MONTHS[match['of']]:02d}"
    return match["iso"] or _date(match)


def _date(match: re.Match[str]) -> str:
    """A day and month; figures alone are a date only beside a word or year that says so ("tgl 12/10", not "12/10")."""
    month = int(match["month"]) if match["month"].isdigit() else _MONTHS[match["month"]]
    if not _SAYS_DATE.search(match[0]) or not 1 <= month <= _MONTH_MAX or not 1 <= int(match["day"]) <= _DAY_MAX:
        return ""
    return f"{match['year'] or '-'}-{month:02d}-{int(match['day']):02d}"
