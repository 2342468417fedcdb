"""The dated tables that pay is compared with: usual pay by country and job, and what currencies are worth."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from screener.detect.gazetteer import HOME
from screener.detect.tables import read_table
from screener.errors import RuleError

ANY = "any"
SKILLED = "skilled"
"""The family of trades whose pay is compared only where a row names them."""
ANYWHERE = "*"
_WORLD_CURRENCY = "USD"


class Rate(BaseModel):
    """Rupiah per unit of a currency, the countries that state pay in it, and a name it shares with others."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    currency: str = Field(pattern=r"^[A-Z]{3}$")
    rupiah: Decimal = Field(gt=0)
    countries: tuple[str, ...]
    shared_name: str = ""
    as_of: str = Field(pattern=r"^\d{4}-\d{2}$")
    source: str = Field(min_length=1)


class UsualPay(BaseModel):
    """The usual pay for a job family in a country (ISO 3166, or "*"), gross, in its currency and for its period."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    country: str = Field(pattern=r"^(?:[A-Z]{2}|\*)$")
    job: str = Field(pattern=r"^[a-z]+$")
    minimum: Decimal = Field(gt=0)
    maximum: Decimal = Field(gt=0)
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    period: Literal["hour", "day", "week", "month"]
    as_of: str = Field(pattern=r"^\d{4}$")
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> "UsualPay":
        if self.minimum > self.maximum:
            raise ValueError("minimum is above maximum")
        return self


class Month(BaseModel):
    """How many hours, days and weeks are paid in a month."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hours: Decimal = Field(gt=0)
    days: Decimal = Field(gt=0)
    weeks: Decimal = Field(gt=0)

    def of(self, amount: Decimal, period: str) -> Decimal | None:
        """An amount for a period as an amount for a month; pay without a period is monthly, by the piece is None."""
        if period == "piece":
            return None
        times = {"hour": self.hours, "day": self.days, "week": self.weeks, "year": Decimal(1) / 12}
        return amount * times.get(period, Decimal(1))


class Above(BaseModel):
    """From what ratio to the usual maximum, or what sum a month in no named country, pay is clearly above."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ratio: Decimal = Field(gt=1)
    rupiah: Decimal = Field(gt=0)
    as_of: str = Field(pattern=r"^\d{4}-\d{2}$")
    source: str = Field(min_length=1)


@dataclass(frozen=True, kw_only=True)
class PayTables:
    """Usual pay, exchange rates, and the names of countries by ISO 3166 code."""

    rates: tuple[Rate, ...]
    usual: tuple[UsualPay, ...]
    month: Month
    above: Above
    countries: Mapping[str, str]

    @cached_property
    def rupiah(self) -> Mapping[str, Decimal]:
        """Rupiah per unit by ISO 4217 code; the rupiah itself is 1."""
        return {"IDR": Decimal(1), **{rate.currency: rate.rupiah for rate in self.rates}}

    @cached_property
    def place_concepts(self) -> frozenset[str]:
        """The concepts of the words for each country abroad."""
        return frozenset(f"place-{country.lower()}" for country in self.countries if country != HOME)

    @cached_property
    def job_concepts(self) -> frozenset[str]:
        """The concepts of the words for each job family."""
        return frozenset(f"{_FAMILY}{job}" for job in (SKILLED, *(row.job for row in self.usual)))

    @cached_property
    def _usual_by_place(self) -> Mapping[tuple[str, str], UsualPay]:
        return {(row.country, row.job): row for row in self.usual}

    def usual_for(self, country: str, jobs: Collection[str]) -> tuple[UsualPay, ...]:
        """The rows for the job families in a country, or else those that hold anywhere and that for any job."""
        local = [row for job in sorted(jobs) if (row := self._usual_by_place.get((country, job)))]
        if local:
            return tuple(local)
        elsewhere = (self._usual_by_place.get((ANYWHERE, job)) for job in sorted(jobs))
        return tuple(row for row in (*elsewhere, self._usual_by_place.get((country, ANY))) if row)

    def currency(self, name: str, countries: Collection[str]) -> str:
        """The code that a shared name ("dollar") stands for in an ad for these countries; other codes as they are."""
        if not name:
            return ""
        sharing = [rate for rate in self.rates if rate.shared_name == name]
        local = (rate.currency for rate in sharing if any(country in rate.countries for country in countries))
        return next(local, sharing[0].currency if sharing else name)

    def countries_of(self, currency: str) -> frozenset[str]:
        """Where pay is stated in a currency; none for the US dollar, which is used everywhere."""
        if currency == _WORLD_CURRENCY:
            return frozenset()
        return frozenset(country for rate in self.rates if rate.currency == currency for country in rate.countries)

    def local_currency(self, countries: Collection[str]) -> str:
        """The currency of the one country named; empty when there are more, or it has no rate."""
        found = {rate.currency for rate in self.rates if any(country in rate.countries for country in countries)}
        return found.pop() if len(found) == 1 else ""


_FAMILY = "job-family-"


def job_of(concept: str) -> str:
    """The job family of a concept of words for it."""
    return concept.removeprefix(_FAMILY)


_USUAL = TypeAdapter(list[UsualPay])
_RATES = TypeAdapter(list[Rate])
_MONTH = TypeAdapter(Month)
_ABOVE = TypeAdapter(Above)


def load_pay_tables(folder: Path, countries: Mapping[str, str]) -> PayTables:
    """The tables of a folder. Raises RuleError that names file, row and reason when one does not fit."""
    ranges = folder / "pay_ranges.toml"
    rates: list[Rate] = read_table(folder / "exchange_rates.toml", _RATES, "rate")
    usual: list[UsualPay] = read_table(ranges, _USUAL, "range")
    tables = PayTables(
        rates=tuple(rates),
        usual=tuple(usual),
        month=read_table(ranges, _MONTH, "month"),
        above=read_table(ranges, _ABOVE, "above"),
        countries=countries,
    )
    _check(ranges, tables)
    return tables


def _check(path: Path, tables: PayTables) -> None:
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(tables.usual):
        if row.currency not in tables.rupiah:
            raise RuleError(f"{path.name}: range {number}: there is no exchange rate for {row.currency}")
        if (row.country, row.job) in seen:
            raise RuleError(f"{path.name}: range {number}: {row.country} {row.job} stands twice")
        seen.add((row.country, row.job))
