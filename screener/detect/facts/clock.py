"""Clock times in pairs: "7 pagi - 9 malam", "09.00-22.00", "6 pm to 6 am"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from screener.detect.facts.shapes import TO

_PART = (
    r"pagi|isuk|esuk|enjing|subuh|siang|awan|sore|petang|malam|malem|mlm|bengi|wengi|peuting|am|a\.m\.?|pm|p\.m\.?|noon"
)
_TIME = rf"(\d{{1,2}})(?:[.:]([0-5]\d))?(?![\d%]) ?({_PART})?(?![^\W_])"
_PAIR = re.compile(
    rf"(?<![\w.,:/$+])(?:{_TIME}|(noon))(?:{TO}|->| ?(?:until|till|nganti|tekan|dugi|nepi ka) )(?:ke )?(?:jam |pukul )?"
    rf"(?:{_TIME}|(midnight|noon|tengah malam|subuh|dini hari|dawn))"
)
_NAMED = {"noon": 12.0, "midnight": 24.0, "tengah malam": 24.0, "subuh": 28.5, "dini hari": 26.0, "dawn": 29.0}
_CLOCK_WORD = re.compile(r"(?:jam(?: kerja\w{0,3})?|pukul|pkl|hours)[ :.]{0,2}$")
_CLOCK_WORD_REACH = 16

_HALF = 12
_DAY = 24
_NOON = frozenset({"siang", "awan", "noon"})
_AFTER_NOON = frozenset({"sore", "petang", "pm", "p.m", "p.m."})
_NIGHT = frozenset({"malam", "malem", "mlm", "bengi", "wengi", "peuting"})
_MIDNIGHT = frozenset({"am", "a.m", "a.m."})
_EVENING = 5


@dataclass(frozen=True, kw_only=True)
class ClockSpan:
    """Two clock times at `start` to `end` (exclusive) of a folded text, and the hours from the first to the second."""

    start: int
    end: int
    hours: float


def clock_spans(text: str) -> Iterator[ClockSpan]:
    """The pairs of clock times in a folded text; pairs that could mean two things are left out."""
    for match in _PAIR.finditer(text):
        first, last = match.groups()[:4], match.groups()[4:]
        spoken = bool(_CLOCK_WORD.search(text[max(0, match.start() - _CLOCK_WORD_REACH) : match.start()]))
        hours = _hours(first, last) if spoken or _is_clock(first, last) else None
        if hours is not None:
            yield ClockSpan(start=match.start(), end=match.end(), hours=hours)


_Time = tuple[str | None, ...]
"""Hour, minutes, part of the day, and a word that names a time; None where it is not said."""


def _is_clock(first: _Time, last: _Time) -> bool:
    """Whether the figures show themselves to be times: by a part of the day, or by minutes on both sides."""
    named = any((*first[2:], *last[2:]))
    return named or bool(first[1] and last[1])


def _hours(first: _Time, last: _Time) -> float | None:
    start, end = _at(first), _at(last)
    if start > _DAY or end > _NAMED["dawn"]:
        return None
    if not any((first[1], first[2], first[3])) and last[2] and start < _HALF < end and start + _HALF < end:
        return None  # "8-10 malam" may begin in the morning or at night
    if not any(last[1:]) and end < _HALF and (first[2] or end <= start):
        end += _HALF
    return end - start if end > start else end - start + _DAY


def _at(time: _Time) -> float:
    """The hours since midnight; a night that ends after midnight goes on counting."""
    hour, minutes, part, named = time
    if named:
        return _NAMED[named]
    at = int(hour or 0) + int(minutes or 0) / 60
    if part in _MIDNIGHT and at == _HALF:
        return 0.0
    if part in _NIGHT and at == _HALF:
        return _DAY
    later = part in _AFTER_NOON or (part in _NIGHT and at >= _EVENING) or (part in _NOON and at < _HALF - 2)
    return at + _HALF if later and at < _HALF else at
