"""Concepts: classes of words that say the same thing, shared by all rules and kept as data."""

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from screener.detect.inflection import inflections
from screener.errors import RuleError
from screener.text import SEPARATORS, fold


class _Concept(BaseModel):
    """One concept as written: `words` are taken as they stand, `stems` with all their Indonesian forms."""

    model_config = ConfigDict(extra="forbid")

    words: list[str] = []
    stems: list[str] = []
    has: list[str] = []
    not_words: list[str] = []


class _Place(BaseModel):
    """A country with the names under which ads mention it, and what its placement rules say."""

    model_config = ConfigDict(extra="forbid")

    iso: str
    name: str
    words: list[str]
    moratorium: bool = False
    hotspot: bool = False
    hotspot_words: list[str] = []


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """`forms` maps each folded phrase to the concepts it stands for; `words` are these forms as `unmask` wants them."""

    forms: Mapping[str, frozenset[str]]
    words: frozenset[str]
    concepts: frozenset[str]

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """How many forms each concept has."""
        return Counter(concept for concepts in self.forms.values() for concept in concepts)


_T = TypeVar("_T")
_CONCEPTS = TypeAdapter(dict[str, _Concept])
_PLACES = TypeAdapter(list[_Place])


def load_lexicon(folder: Path, places: Path) -> Lexicon:
    """The lexicon of every `*.toml` in `folder` and of the gazetteer `places`.

    Raises RuleError that names the file and the entry when one does not fit, or a concept is defined twice.
    """
    written: dict[str, _Concept] = {}
    files = {path.name: _read(path, _CONCEPTS) for path in sorted(folder.glob("*.toml"))}
    for file, concepts in {**files, places.name: _place_concepts(_read(places, _PLACES, "place"))}.items():
        for name, concept in concepts.items():
            if name in written:
                raise RuleError(f"{file}: concept {name!r} is defined twice")
            written[name] = concept
    return _expanded({name: _forms(name, written, ()) for name in written})


def _read(path: Path, adapter: TypeAdapter[_T], key: str | None = None) -> _T:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return adapter.validate_python(data[key] if key else data)
    except (tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError) as error:
        raise RuleError(f"{path.name}: {error}") from error
    except KeyError as error:
        raise RuleError(f"{path.name}: there is no [[{key}]] table") from error


def _place_concepts(places: list[_Place]) -> dict[str, _Concept]:
    groups: dict[str, list[str]] = {
        "overseas-place": [],
        "moratorium-place": [],
        "hotspot-place": [],
        "home-place": [],
    }
    for place in places:
        words = [*place.words, *place.hotspot_words, f"flag{place.iso.lower()}"]
        groups["home-place" if place.iso == "ID" else "overseas-place"] += words
        groups["moratorium-place"] += words if place.moratorium else []
        groups["hotspot-place"] += words if place.hotspot else place.hotspot_words
    return {name: _Concept(words=words) for name, words in groups.items()}


def _forms(name: str, written: Mapping[str, _Concept], above: tuple[str, ...]) -> frozenset[str]:
    if name not in written or name in above:
        raise RuleError(f"concept {above[-1] if above else name!r} names {name!r}, which is unknown or contains itself")
    concept = written[name]
    own = {fold(word).text.strip() for word in concept.words}
    own |= {form for stem in concept.stems for form in inflections(stem)}
    inherited = {form for part in concept.has for form in _forms(part, written, (*above, name))}
    return frozenset((own | inherited) - {fold(word).text for word in concept.not_words} - {""})


def _expanded(by_concept: Mapping[str, frozenset[str]]) -> Lexicon:
    forms: dict[str, set[str]] = {}
    for concept, words in by_concept.items():
        for word in words:
            forms.setdefault(word, set()).add(concept)
    return Lexicon(
        forms={form: frozenset(concepts) for form, concepts in forms.items()},
        words=frozenset(SEPARATORS.sub(" ", form) for form in forms),
        concepts=frozenset(by_concept),
    )
