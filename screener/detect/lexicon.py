"""Concepts: classes of words that say the same thing, shared by all rules and kept as data."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from screener.detect.gazetteer import HOME, Gazetteer
from screener.detect.inflection import inflections
from screener.detect.tables import read_table
from screener.errors import RuleError
from screener.text import SEPARATORS, fold


class _Concept(BaseModel):
    """One concept as written: `words` are taken as they stand, `stems` with all their Indonesian forms."""

    model_config = ConfigDict(extra="forbid")

    words: list[str] = []
    stems: list[str] = []
    has: list[str] = []
    not_words: list[str] = []


PLACE_GROUPS = ("overseas-place", "home-place", "moratorium-place", "hotspot-place", "unsure-place")
"""Concepts of places; `unsure-place` holds the names that are ordinary words too."""


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


_CONCEPTS = TypeAdapter(dict[str, _Concept])


def load_lexicon(folder: Path, gazetteer: Gazetteer, bodies: Iterable[str] = ()) -> Lexicon:
    """The lexicon of every `*.toml` in `folder` and of the places of a gazetteer.

    `bodies` are the names of official bodies, which become the concept `official-body`.

    Raises RuleError that names the file and the entry when one does not fit, or a concept is defined twice.
    """
    written: dict[str, _Concept] = {}
    files = {path.name: read_table(path, _CONCEPTS) for path in sorted(folder.glob("*.toml"))}
    official = {"official-body": _Concept(words=list(bodies))}
    for file, concepts in {**files, "places.toml": _place_concepts(gazetteer), "agencies.toml": official}.items():
        for name, concept in concepts.items():
            if name in written:
                raise RuleError(f"{file}: concept {name!r} is defined twice")
            written[name] = concept
    return _expanded({name: _forms(name, written, ()) for name in written})


def _place_concepts(gazetteer: Gazetteer) -> dict[str, _Concept]:
    """The concepts of the places: their groups, and `place-<iso, lower case>` for each country."""
    groups: dict[str, list[str]] = {name: [] for name in PLACE_GROUPS}
    for place in gazetteer.places:
        groups["home-place" if place.iso == HOME else "overseas-place"] += place.forms
        groups["unsure-place"] += place.cued
        groups["moratorium-place"] += place.forms if gazetteer.bans(place.iso) else ()
        groups["hotspot-place"] += place.forms if place.hotspot else place.hotspot_words
        groups.setdefault(f"place-{place.iso.lower()}", []).extend(place.forms)
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
