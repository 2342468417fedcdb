"""Places: the names under which ads mention them, and which countries are closed to which kind of work."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from screener.detect.tables import read_table
from screener.errors import RuleError
from screener.text import fold

HOME = "ID"
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")


class _WrittenPlace(BaseModel):
    """A country as written; `cued` words count only after a word of place, `hotspot_words` are its only hotspots."""

    model_config = ConfigDict(extra="forbid")

    iso: str = Field(pattern=r"^[A-Z]{2}$")
    name: str
    words: list[str] = Field(min_length=1)
    cued: list[str] = []
    hotspot: bool = False
    hotspot_words: list[str] = []
    source: str = Field(min_length=3)


class _WrittenHome(BaseModel):
    """A place in Indonesia as written."""

    model_config = ConfigDict(extra="forbid")

    name: str
    province: str
    words: list[str] = []
    cued: list[str] = []
    source: str = Field(min_length=3)


class _WrittenMoratorium(BaseModel):
    """One country and family of work to which placement is stopped."""

    model_config = ConfigDict(extra="forbid")

    iso: str = Field(pattern=r"^[A-Z]{2}$")
    name: str
    family: str
    since: date
    until: date | None = None
    law: str
    certainty: Literal["high", "medium", "low"]
    source: str = Field(min_length=3)
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place by its names: `iso` is its ISO 3166-1 code, `name` the place in Indonesia, or the country abroad."""

    iso: str
    name: str
    words: tuple[str, ...]
    cued: tuple[str, ...] = ()
    hotspot: bool = False
    hotspot_words: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """The code, with the place itself in Indonesia: "KH", "ID: Batam"."""
        return f"{HOME}: {self.name}" if self.iso == HOME else self.iso

    @cached_property
    def cued_keys(self) -> frozenset[str]:
        """The keys of the names that are ordinary words too."""
        return frozenset(map(form_key, self.cued))

    @cached_property
    def hotspot_keys(self) -> frozenset[str]:
        """The keys of the names that are hotspots in a country which is none."""
        return frozenset(map(form_key, self.hotspot_words))

    @property
    def forms(self) -> tuple[str, ...]:
        """All names that count by themselves; a flag emoji is folded to one of them."""
        flag = () if self.iso == HOME else (f"flag{self.iso.lower()}",)
        return (*self.words, *self.hotspot_words, *flag)


@dataclass(frozen=True, kw_only=True)
class Moratorium:
    """A ban on placing a `family` of work in a country; `law` is a key of the laws."""

    iso: str
    family: str
    since: date
    law: str
    certainty: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Gazetteer:
    """All places, and the bans in force, by country and family of work."""

    places: tuple[Place, ...]
    moratoria: Mapping[tuple[str, str], Moratorium]

    def by_form(self) -> Mapping[str, Place]:
        """The place of each name, keyed by the folded tokens of the name joined by one blank."""
        return {form_key(form): place for place in self.places for form in (*place.forms, *place.cued)}

    def bans(self, iso: str) -> tuple[Moratorium, ...]:
        """The bans in force for a country, one for each family of work."""
        return tuple(ban for (country, _), ban in self.moratoria.items() if country == iso)


_PLACES = TypeAdapter(list[_WrittenPlace])
_HOMES = TypeAdapter(list[_WrittenHome])
_MORATORIA = TypeAdapter(list[_WrittenMoratorium])


def form_key(form: str) -> str:
    """A name as it is looked up: folded, its tokens joined by one blank."""
    return " ".join(_TOKEN.findall(fold(form).text))


def load_gazetteer(folder: Path) -> Gazetteer:
    """The gazetteer of `places.toml` and `moratorium.toml` in a folder.

    Raises RuleError that names file, row and reason when a row does not fit, or a name or a ban stands twice.
    """
    places = (*_countries(folder / "places.toml"), *_homes(folder / "places.toml"))
    _refuse_twice(folder / "places.toml", places)
    return Gazetteer(places=places, moratoria=_moratoria(folder / "moratorium.toml", {place.iso for place in places}))


def _countries(path: Path) -> Iterator[Place]:
    for row in read_table(path, _PLACES, "place"):
        yield Place(
            iso=row.iso,
            name=row.name,
            words=tuple(row.words),
            cued=tuple(row.cued),
            hotspot=row.hotspot,
            hotspot_words=tuple(row.hotspot_words),
        )


def _homes(path: Path) -> Iterator[Place]:
    for row in read_table(path, _HOMES, "home"):
        yield Place(iso=HOME, name=row.name, words=tuple(row.words), cued=tuple(row.cued))


def _refuse_twice(path: Path, places: tuple[Place, ...]) -> None:
    owner: dict[str, str] = {}
    for place in places:
        for form in (*place.forms, *place.cued):
            key = form_key(form)
            if owner.setdefault(key, place.value) != place.value:
                raise RuleError(f"{path.name}: {place.value}: the name {form!r} belongs to {owner[key]} too")


def _moratoria(path: Path, known: set[str]) -> Mapping[tuple[str, str], Moratorium]:
    bans: dict[tuple[str, str], Moratorium] = {}
    for row in read_table(path, _MORATORIA, "moratorium"):
        if row.iso not in known or (row.iso, row.family) in bans:
            raise RuleError(f"{path.name}: {row.iso} {row.family}: a ban stands once, for a country of places.toml")
        if row.until is None:
            ban = row.model_dump(include={"iso", "family", "since", "law", "certainty", "note"})
            bans[row.iso, row.family] = Moratorium(**ban)
    return bans
