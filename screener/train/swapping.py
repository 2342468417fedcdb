"""The same offer with other sums, other places of the same kind, and other ways to reach the advertiser."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from screener.detect.tables import read_table
from screener.records import Contact, Example, Fact, FactKind, Reading
from screener.train.edits import Edit, any_of, apart, applied, cased_like, rewritten

_TABLE = Path(__file__).parent / "swaps.toml"
PAY_CHANGE_MAX = 0.3
_NUMBER = re.compile(r"(?<![\d.,])[1-9]\d{0,11}(?:[.,]\d{1,3}){0,3}(?![\d.,]*\d)")
_PLACES = frozenset({FactKind.DESTINATION, FactKind.TRANSIT, FactKind.ORIGIN})
_ANYWHERE = frozenset({"", "IDR", "USD", "EUR"})
"""Currencies in which pay is stated for any country."""
_DIGITS_CHANGED = 4
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,}")
_KEPT_NAMES = frozenset(
    {"http", "https", "www", "com", "net", "org", "test", "example", "info", "gmail", "yahoo", "mailto", "whatsapp"}
)


class _Country(BaseModel):
    """A country, its group, its names and places in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    group: str
    iso: str = Field(pattern=r"^[A-Z]{2}$")
    id: str
    en: str
    also: list[str] = []
    towns: list[str] = Field(min_length=1)
    source: str = Field(min_length=3)


@cache
def load_countries() -> Mapping[str, _Country]:
    """The countries of the table that comes with the program, by ISO 3166-1 code."""
    rows: list[_Country] = read_table(_TABLE, TypeAdapter(list[_Country]), "country")
    return {row.iso: row for row in rows}


@cache
def _load_names() -> tuple[str, ...]:
    return tuple(read_table(_TABLE, TypeAdapter(list[str]), "names"))


def with_other_facts(example: Example, reading: Reading, chance: Random) -> Example:
    """The example with its pay, places and contacts changed for others of the same kind and format."""
    places = dict(_renamed(reading.facts, chance))
    edits = [
        *_pay(reading.facts, chance),
        *_places(example.text, places),
        *(edit for contact in reading.document.contacts for edit in _contact(contact, chance)),
    ]
    return rewritten(example, apart(edits), applied(example.title, apart(_places(example.title, places))))


def _pay(facts: Sequence[Fact], chance: Random) -> Iterator[Edit]:
    """Every sum of pay in the text times one ratio, so that they still fit each other."""
    ratio = chance.uniform(1 - PAY_CHANGE_MAX, 1 + PAY_CHANGE_MAX)
    for fact in facts:
        if fact.kind is FactKind.PAY and fact.field == "text":
            for match in _NUMBER.finditer(fact.quote):
                start = fact.span.start + match.start()
                yield Edit(start, start + len(match[0]), scaled(match[0], ratio))


def scaled(number: str, ratio: float) -> str:
    """A number times a ratio, as round as it was and with its signs in their places.

    As it was where no number as round lies within PAY_CHANGE_MAX of it, or its signs would need other places.
    """
    digits = re.sub(r"[.,]", "", number)
    step = 10 ** (len(digits) - len(digits.rstrip("0")))
    if int(digits) < 10 * step:
        step = max(1, step // 10)
    new = round(int(digits) * ratio / step) * step
    if abs(new - int(digits)) > PAY_CHANGE_MAX * int(digits):
        return number
    if digits == number:
        return str(new)
    given = iter(str(new))
    return re.sub(r"\d", lambda _: next(given), number) if len(str(new)) == len(digits) else number


def _renamed(facts: Sequence[Fact], chance: Random) -> Iterator[tuple[str, str]]:
    """What each name of a country of the text, and of a place in it, is changed for; keys are in small letters."""
    countries = load_countries()
    bound = any(fact.money.currency not in _ANYWHERE for fact in facts if fact.money is not None)
    isos = dict.fromkeys(fact.value[:2] for fact in facts if fact.kind in _PLACES)
    for old in (countries[iso] for iso in isos if iso in countries):
        group = [country for country in countries.values() if country.group == old.group]
        new = old if bound else chance.choice(group)
        towns = chance.sample(new.towns, len(new.towns))
        yield from ((name.lower(), new.en) for name in (old.en, *(old.also if new is not old else ())))
        yield old.id.lower(), new.id
        yield from ((town.lower(), towns[number % len(towns)]) for number, town in enumerate(old.towns))


def _places(text: str, places: Mapping[str, str]) -> Iterator[Edit]:
    for match in any_of(places).finditer(text) if places else ():
        yield Edit(match.start(), match.end(), cased_like(places[match[0].lower()], match[0]))


def _contact(contact: Contact, chance: Random) -> Iterator[Edit]:
    """The last digits of a number, or the names in an address, a handle or a link, for others."""
    at = contact.span.start
    if contact.kind in {"phone", "whatsapp"} and "/" not in contact.quote:
        digits = list(re.finditer(r"\d", contact.quote))[-_DIGITS_CHANGED:]
        yield from (Edit(at + one.start(), at + one.end(), str(chance.randrange(10))) for one in digits)
        return
    for match in _NAME.finditer(contact.quote):
        if match[0].lower() not in _KEPT_NAMES:
            yield Edit(at + match.start(), at + match.end(), cased_like(chance.choice(_load_names()), match[0]))
