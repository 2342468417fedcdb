"""Ages that an ad asks for, as numbers or years of birth."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from screener.detect.facts.found import Found
from screener.detect.facts.nearby import Nearby
from screener.detect.facts.shapes import either
from screener.records import FactKind

MINOR = "age-minor"
YOUNG = "age-young"
YOUNG_WOMEN = "age-young-only"
MEASURED = frozenset({MINOR, YOUNG, YOUNG_WOMEN})

_ADULT = 18
_YOUNG_MAX = 27
_WORKING = range(12, 71)

_YEARS = r"(?:tahunan|tahun|taun|taon|tahon|thn|th|years? old|year olds|years?|yrs?|y/?o|t)(?![^\W_])"
_TEEN_WORDS = {
    "lima belas": 15, "enam belas": 16, "tujuh belas": 17, "delapan belas": 18, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "pitulas": 17, "nembelas": 16, "limolas": 15,
}  # fmt: skip
_FIGURE = rf"(?:[1-6]\d|{either(_TEEN_WORDS)})"
_TO = r"(?:[-\u2013\u2014~/]|s/d|s\.d\.?|sd|sampai(?: dengan)?|sampe|sampek|hingga|to|until|through|and|dan)"
_AGE = re.compile(
    rf"(?<![^\W_])(?<![\d/][.,:/])({_FIGURE})(?:-?an)?"
    rf"(?: ?(?:{_YEARS} ?)?{_TO} ?(?:maks?\.? ?)?({_FIGURE})(?!\d))?"
    rf" ?-?({_YEARS})?( ?\+(?! ?\d)| ?(?:ke ?atas|and (?:up|above|over|older)|or (?:above|older|over)|up(?:wards)?\b))?"
    rf"( ?(?:ke ?bawah|and below|or (?:under|below|younger)))?(?![^\W_])(?![.,:/]\d)"
)
_FROM = re.compile(
    r"(?:min(?:imal|imum)?|mulai|bermula|seawal|dari|from|at least|paling (?:muda|rendah|kurang)|above|over|di ?atas|"
    r"lebih dari|sekurang-kurangnya|start(?:ing)?(?: from| at)?)(?: (?:usia|umur|age|of)){0,2}[ .:]{0,3}$"
)
_UP_TO = re.compile(
    r"(?:ma(?:x|ks)(?:imal|imum)?|below|under|(?:di ?)?bawah|kurang dari|less than|paling (?:tua|tinggi|lama)|up to|"
    r"not over|sampai|hingga|until)(?: (?:usia|umur|age|of)){0,2}[ .:]{0,3}$"
)
_SAID_REACH = 4
_BORN = re.compile(
    r"(?:lahir|kelahiran|lahiran|born)[ :]{0,2}(?:(?:tahun|thn|th|in|from) )?(19[5-9]\d|20[01]\d)"
    r"(?: ?(?:-|\u2013|s/d|sd|sampai|hingga|to) ?(19[5-9]\d|20[01]\d))?"
    r"( ?(?:ke ?atas|onwards?|or later|and later))?( ?(?:ke ?bawah|or earlier|and earlier))?(?!\d)"
)


@dataclass(frozen=True, kw_only=True)
class _Age:
    """An age as asked for; a bound that is not named is None."""

    start: int
    end: int
    low: int | None
    high: int | None

    @property
    def value(self) -> str:
        if self.low == self.high:
            return str(self.low)
        if self.low and self.high:
            return f"{self.low}-{self.high}"
        return f"min {self.low}" if self.low else f"max {self.high}"

    @property
    def minor(self) -> bool:
        return self.low < _ADULT if self.low else (self.high or _ADULT) < _ADULT


def ages_found(near: Nearby) -> Iterator[Found]:
    """The ages that are asked for or accepted: "18-35", "min 21", "max 45", "17", and years of birth."""
    text = near.text
    for match in _AGE.finditer(text):
        age = _read(match, near)
        if age and not _refused(age, near):
            yield _found(age, near)
    for match in _BORN.finditer(text) if "lahir" in text or "born" in text else ():
        if match[2] or match[3] or match[4]:
            yield _fact(FactKind.AGE, match.start(), match.end(), _born(match))


def _read(match: re.Match[str], near: Nearby) -> _Age | None:
    before = near.left(match.start(), 28)
    low, high = _figure(match[1]), _figure(match[2] or match[1])
    if low not in _WORKING or high not in _WORKING or low > high or not _is_age(match, near):
        return None
    age = _Age(start=match.start(), end=match.start() + len(match[0].rstrip()), low=low, high=high)
    if match[2]:
        return age
    if match[4] or _FROM.search(before):
        return replace(age, high=None)
    if match[5] or _UP_TO.search(before):
        return replace(age, low=None)
    welcome = near.says("age-welcome", *match.span(), after=3)
    return age if low < _ADULT or welcome else None


def _figure(words: str) -> int:
    return int(words) if words.isdigit() else _TEEN_WORDS[words]


def _is_age(match: re.Match[str], near: Nearby) -> bool:
    """Whether an age word stands before, or years after, and neither is somebody else's."""
    start, end = match.span()
    if near.says("age-said", start, start, before=_SAID_REACH):
        return not near.says("age-of-others", start, end, before=_SAID_REACH + 2)
    if not (
        match[3] or (match[2] and _sexed(start, near)) or (match[4] and match[1].isdigit() and _teen_plus(match, near))
    ):
        return False
    if match[3] and "old" in match[3]:
        return not near.says("age-of-others", start, end, before=5)
    years_else = near.says_in_clause("years-else", start, end, before=4, after=3)
    others = near.says("age-of-others", start, end, before=4)
    return not years_else and not others and (bool(match[2]) or _bounded(match, near))


def _sexed(start: int, near: Nearby) -> bool:
    return any(near.says(word, start, start, before=3) for word in ("female-word", "male-word"))


def _bounded(match: re.Match[str], near: Nearby) -> bool:
    """A single number of years is an age when it has a bound or is said to be welcome: "maks 28 th", "16 th boleh"."""
    before = near.left(match.start(), 28)
    return bool(
        match[4]
        or match[5]
        or _FROM.search(before)
        or _UP_TO.search(before)
        or _sexed(match.start(), near)
        or near.says("age-welcome", *match.span(), after=2)
    )


def _teen_plus(match: re.Match[str], near: Nearby) -> bool:
    return _sexed(match.start(), near) or near.says("age-welcome", *match.span(), before=2, after=2)


def _refused(age: _Age, near: Nearby) -> bool:
    if near.negated(age.start, age.end):
        return True
    return age.minor and near.says("age-refused", age.start, age.end, before=12, after=12)


def _found(age: _Age, near: Nearby) -> Found:
    measures = {MINOR} if age.minor else set[str]()
    if age.high and age.high <= _YOUNG_MAX:
        measures.add(YOUNG)
        if _around("female-word", age, near) and not _around("male-word", age, near):
            measures.add(YOUNG_WOMEN)
    return _fact(FactKind.AGE, age.start, age.end, age.value, frozenset(measures))


def _around(concept: str, age: _Age, near: Nearby) -> bool:
    return near.says(concept, age.start, age.end, before=8, after=8)


def _born(match: re.Match[str]) -> str:
    if match[2]:
        return f"born {match[1]}-{match[2]}"
    return f"born {match[1]} or {'later' if match[3] else 'earlier'}"


def _fact(kind: FactKind, start: int, end: int, value: str, measures: frozenset[str] = frozenset()) -> Found:
    return Found(kind=kind, start=start, end=end, value=value, measures=measures)
