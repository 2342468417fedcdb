"""Pay held against what is usual for the job in the country."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from screener.detect.facts.pay_tables import ANY, ANYWHERE, SKILLED, PayTables, UsualPay, job_of
from screener.detect.scope import Layout
from screener.detect.terms import Hit, Terms
from screener.records import NOT_STATED, Money

_NOT_A_PLACE = re.compile(
    r"(?:bahasa|basa|berbahasa|bisa|perlu|market|klien|customer|drama|warga|orang|bos|boss|owner|milik|punya"
    r"|toke|tauke|eks|ex) $"
)
_SHOWN_AS = {"MYR": "RM", "SGD": "S$", "HKD": "HK$", "TWD": "NT$", "USD": "US$", "IDR": "Rp"}
A_PERIOD = {
    "hour": "an hour", "day": "a day", "week": "a week", "month": "a month", "year": "a year", "piece": "a piece",
}  # fmt: skip
"""A period as it is said."""

_WORK = {
    "factory": "factory work", "plantation": "plantation work", "domestic": "household work", "cruise": "cruise ships",
    "construction": "construction work", "fishing": "fishing vessels", "skilled": "skilled work",
    "office": "office work", ANY: "unskilled work",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """How a sum of pay compares: in words, and whether it is clearly above what is usual."""

    detail: str
    above: bool


@dataclass(frozen=True)
class Surroundings:
    """The countries and the job families that one text names."""

    terms: Terms
    layout: Layout
    tables: PayTables

    @cached_property
    def _by_sentence(self) -> Mapping[int, frozenset[str]]:
        """The countries abroad that each sentence names; `place-<iso>` concepts say which country a word means."""
        named = self.tables.place_concepts.intersection(self.terms.hits)
        found: dict[int, frozenset[str]] = {}
        for name in named:
            for hit in self.terms.hits[name]:
                if not self._else(hit):
                    sentence = self.layout.sentence(hit.start)
                    found[sentence] = found.get(sentence, frozenset()) | {name[-2:].upper()}
        return found

    def _else(self, hit: Hit) -> bool:
        """Whether the name is that of a language or a market, not of the place of work."""
        text, start = self.terms.folded.text, self.terms.starts[hit.start]
        return bool(_NOT_A_PLACE.search(text[max(0, start - 12) : start]))

    def countries(self, token: int) -> frozenset[str]:
        """The countries named in the sentence of a token, or else in the whole text."""
        return self._by_sentence.get(self.layout.sentence(token)) or self._countries

    @cached_property
    def _countries(self) -> frozenset[str]:
        return frozenset().union(*self._by_sentence.values())

    @cached_property
    def jobs(self) -> frozenset[str]:
        """The job families of `pay_ranges.toml` that are named."""
        return frozenset(map(job_of, self.tables.job_concepts.intersection(self.terms.hits)))

    def abroad(self, currency: str) -> bool:
        """Whether the work is abroad, by the words of the text or the currency of the pay."""
        named = "overseas-place" in self.terms.hits or "overseas-cue" in self.terms.hits
        return named or currency not in {"IDR", NOT_STATED}

    @cached_property
    def well_paid(self) -> bool:
        """Whether a programme is named whose pay is lawfully high."""
        return "paid-well-abroad" in self.terms.hits


def compared(pay: Money, token: int, around: Surroundings, tables: PayTables) -> Comparison | None:
    """Pay stated at a token against the best-paid of the countries and jobs around it, so that doubt favours the ad.

    The country of the currency stands in when none is named; skilled trades are compared only where a row names them;
    None when there is nothing to compare with. Source of the ratio: `above` in pay_ranges.toml.
    """
    stated = pay.maximum or pay.minimum
    rupiah = _monthly(stated, pay.currency, pay.period, tables) if stated else None
    if not rupiah:
        return None
    jobs, countries = around.jobs, around.countries(token) or tables.countries_of(pay.currency)
    rows = [row for country in sorted(countries) or [ANYWHERE] for row in tables.usual_for(country, jobs)]
    if SKILLED in jobs and all(row.job != SKILLED for row in rows):
        return None
    if not rows:
        comparable = pay.period != "hour" and not around.well_paid
        return _against_none(rupiah, tables) if comparable and not countries else None
    best = max(rows, key=lambda row: _usual_maximum(row, tables))
    return _against(rupiah, best, sorted(countries), tables)


def _monthly(amount: Decimal, currency: str, period: str, tables: PayTables) -> Decimal | None:
    worth = tables.rupiah.get(currency)
    monthly = tables.month.of(amount, period)
    return None if worth is None or monthly is None else monthly * worth


def _usual_maximum(row: UsualPay, tables: PayTables) -> Decimal:
    return _monthly(row.maximum, row.currency, row.period, tables) or Decimal(0)


def _against(rupiah: Decimal, row: UsualPay, countries: list[str], tables: PayTables) -> Comparison:
    ratio = rupiah / _usual_maximum(row, tables)
    sign = _SHOWN_AS.get(row.currency, row.currency)
    where = row.country if row.country != ANYWHERE else next(iter(countries), "")
    place = f" in {tables.countries.get(where, where)}" if where and row.country != ANYWHERE else ""
    usual = (
        f"{sign} {row.minimum:,f} to {row.maximum:,f} {A_PERIOD[row.period]} for {_WORK.get(row.job, row.job)}{place}"
    )
    how = f"{ratio:.1f} times the usual maximum of" if ratio > 1 else "not above the usual"
    return Comparison(detail=f"{how} {usual} ({row.as_of})", above=ratio >= tables.above.ratio)


def _against_none(rupiah: Decimal, tables: PayTables) -> Comparison | None:
    limit = tables.above.rupiah
    if rupiah < limit:
        return None
    return Comparison(
        detail=f"Rp {limit:,f} a month or more for work abroad in no named country ({tables.above.as_of[:4]})",
        above=True,
    )


def currency_of_pay(pay: Money, countries: frozenset[str], tables: PayTables) -> str:
    """The currency of pay without one: the local one or the rupiah, whichever makes the sum a likely month's pay."""
    stated = pay.minimum or pay.maximum
    local = tables.local_currency(countries)
    for currency in filter(None, (local, "IDR")):
        rupiah = _monthly(stated, currency, pay.period, tables) if stated else None
        if rupiah and _LIKELY_MIN <= rupiah <= _LIKELY_MAX:
            return currency
    return NOT_STATED


_LIKELY_MIN = Decimal(500_000)
_LIKELY_MAX = Decimal(150_000_000)
