"""Conditions of the work: what the counts of a text say of hours, rest, contract, age and departure."""

import re
from collections.abc import Iterator, Sequence

from screener.detect.facts import ages, daysoff, departure, hours, sexes
from screener.detect.facts.found import Found
from screener.detect.facts.nearby import Nearby
from screener.detect.facts.reference import Reference
from screener.detect.facts.shapes import Count, counts, duration_range
from screener.detect.scope import Layout
from screener.detect.terms import Terms
from screener.records import FactKind

CONTRACT = "contract-length"
DURATION = "duration"
MONTHS_FEW = "months-few"
MONTHS_SEVERAL = "months-several"
HOURS_MANY = "hours-many"
DAYS_FEW = "days-few"
WITHIN_MONTH = "within-month"
_OWN = frozenset({CONTRACT, DURATION, MONTHS_FEW, MONTHS_SEVERAL, DAYS_FEW, WITHIN_MONTH, HOURS_MANY})
MEASURED = _OWN | hours.MEASURED | daysoff.MEASURED | ages.MEASURED | sexes.MEASURED | departure.MEASURED

_MONTHS_FEW_MAX = 12
_DAYS_FEW_MAX = 14
_HOURS_MANY_MIN, _HOURS_MANY_MAX = 11, 24
_MONTH_DAYS_MAX = 31
_CONTRACT_DAYS_MIN, _CONTRACT_DAYS_MAX = 28, 365 * 6
_RATE = re.compile(r" ?(?:sekali|kali|[1-9] ?x)(?![^\W_])")
_TIMES_BEFORE = re.compile(r"(?:/|(?<![^\W\d_])(?:x|kali|per|tiap|setiap|saben|every)) ?$")
_NO_CONTRACT = re.compile(r" ?(?:tanpa|tnp|no|without|belum ada|tidak ada|gak ada|tiada)(?![^\W_])")

_EXTENDED = re.compile(
    r"(?:diperpanjang|perpanjang\w{0,3}|extend\w{0,6}|sampai|hingga|sebelum|before|sambung|tambah)(?: \w{1,12})? $"
)


def find_conditions(terms: Terms, layout: Layout, _reference: Reference) -> Iterator[Found]:
    """The facts about conditions in a text, and its durations; the counts of time are read once for all of them."""
    near, counted = Nearby(terms, layout), tuple(counts(terms.folded.text))
    yield from _durations(counted)
    yield from hours.hours_found(counted, near)
    yield from daysoff.days_off_found(counted, near)
    yield from _contracts(counted, near)
    yield from ages.ages_found(near)
    yield from sexes.sexes_found(near)
    yield from departure.departures_found(counted, near)


def _durations(counted: Sequence[Count]) -> Iterator[Found]:
    for count in counted:
        yield Found(kind=None, start=count.start, end=count.end, value="", measures=_measures(count))


def _measures(count: Count) -> frozenset[str]:
    holds = {
        DURATION: True,
        MONTHS_FEW: count.unit == "month" and 1 <= count.high <= _MONTHS_FEW_MAX,
        MONTHS_SEVERAL: count.unit == "month" and 1 < count.high <= _MONTHS_FEW_MAX,
        WITHIN_MONTH: 1 <= count.days <= _MONTH_DAYS_MAX,
        DAYS_FEW: 1 <= count.days <= _DAYS_FEW_MAX,
        HOURS_MANY: count.unit == "hour" and _HOURS_MANY_MIN <= count.high < _HOURS_MANY_MAX,
    }
    return frozenset(name for name, held in holds.items() if held)


def _contracts(counted: Sequence[Count], near: Nearby) -> Iterator[Found]:
    for count in counted:
        if _CONTRACT_DAYS_MIN <= count.days <= _CONTRACT_DAYS_MAX:
            yield from _contract(count, near)


def _contract(count: Count, near: Nearby) -> Iterator[Found]:
    start, end = count.start, count.end
    if count.unit not in ("month", "year") or _RATE.match(near.right(end)) or _TIMES_BEFORE.search(near.left(start)):
        return
    before = near.says("contract-term", start, start, before=5)
    if not before and not near.says_in_clause("contract-term", start, end, after=2):
        return
    if near.says_in_clause("contract-else", start, end, before=4, after=2) or _EXTENDED.search(near.left(start)):
        return
    if near.negated(start, end) or _NO_CONTRACT.match(near.right(end)):
        return
    yield Found(
        kind=FactKind.CONTRACT_LENGTH,
        start=start,
        end=end,
        value=duration_range(count),
        measures=frozenset({CONTRACT}),
    )
