"""Where a text says that the work is, which way there, and where the people or the office are."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from screener.detect.facts.found import Found
from screener.detect.facts.reference import Reference
from screener.detect.gazetteer import HOME, Gazetteer, Place
from screener.detect.scope import Layout, between
from screener.detect.terms import Hit, Terms
from screener.records import FactKind

MEASURED = frozenset(
    {"transit-place", "origin-place", "destination-place", "destination-moratorium", "destination-hotspot"}
)
"""`destination-moratorium` is a destination closed to some family of work, `destination-hotspot` one known for
scam compounds."""

_NAMES = ("overseas-place", "home-place", "unsure-place")
_REACH = 4
"""Tokens before a place in which a word can say what the place is."""


@dataclass(frozen=True)
class _Mention:
    """A name of a place in a text."""

    terms: Terms
    layout: Layout
    hit: Hit
    place: Place
    abroad: bool

    def after(self, concept: str, reach: int = 1) -> bool:
        """Whether a concept begins in the `reach` tokens after the name, in its sentence."""
        hits = between(self.terms.hits.get(concept, ()), self.hit.end, self.hit.end + reach)
        return any(self._same_sentence(hit) for hit in hits)

    def before(self, concept: str, reach: int = 1) -> bool:
        """Whether a concept ends at most `reach` tokens before the name, in its sentence."""
        hits = between(self.terms.hits.get(concept, ()), self.hit.start - reach - 3, self.hit.start)
        return any(0 <= self.hit.start - hit.end < reach and self._same_sentence(hit) for hit in hits)

    def _same_sentence(self, hit: Hit) -> bool:
        return self.layout.sentence(hit.start) == self.layout.sentence(self.hit.start)

    @property
    def key(self) -> str:
        """The name as the gazetteer has it."""
        return _key(self.terms, self.hit)


def places(terms: Terms, layout: Layout, reference: Reference) -> Iterator[Found]:
    """A fact for the first mention of each destination, transit and origin: ISO 3166-1 codes ("KH", "ID: Batam").

    Later mentions are measured only.
    """
    said: set[tuple[FactKind, str]] = set()
    for mention in _mentions(terms, layout, reference):
        if not _is_place(mention) or layout.negated(mention.hit.start, mention.hit.end - 1):
            continue
        kind = _kind(mention)
        found = _found(mention, kind, reference.gazetteer)
        yield found if (kind, mention.place.value) not in said else replace(found, kind=None)
        said.add((kind, mention.place.value))


def _mentions(terms: Terms, layout: Layout, reference: Reference) -> Iterator[_Mention]:
    """Every name of a place, in order; of overlapping names the longest."""
    hits = {hit for name in _NAMES for hit in terms.hits.get(name, ())}
    abroad = bool(terms.hits.get("overseas-place") or terms.hits.get("overseas-cue"))
    reach = 0
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        place = reference.places.get(_key(terms, hit))
        if place and hit.start >= reach:
            yield _Mention(terms, layout, hit, place, abroad)
            reach = hit.end


def _key(terms: Terms, hit: Hit) -> str:
    text = terms.folded.text
    return " ".join(text[terms.starts[token] : terms.ends[token]] for token in range(hit.start, hit.end))


def _is_place(mention: _Mention) -> bool:
    if mention.before("not-place-before") or mention.before("street-cue", 2) or mention.after("not-place-after"):
        return False
    if mention.key in mention.place.cued_keys:
        return mention.before("place-cue")
    return not _counted(mention)


def _counted(mention: _Mention) -> bool:
    """Whether a short name stands after a number and so is something counted: "26 HK" is working days."""
    if len(mention.key) > len("hk") or not mention.hit.start:
        return False
    at = mention.hit.start - 1
    return mention.terms.folded.text[mention.terms.starts[at]].isdigit()


def _kind(mention: _Mention) -> FactKind:
    way = mention.before("via-cue") or (mention.before("via-cue", _REACH - 1) and not mention.before("toward-cue"))
    if (way or mention.after("via-after")) and not mention.before("desk-cue", 2):
        return FactKind.TRANSIT
    if mention.place.iso != HOME:
        return FactKind.ORIGIN if mention.before("back-from-cue", 2) else FactKind.DESTINATION
    if mention.before("work-there-cue", 2):
        return FactKind.DESTINATION
    cue = "origin-cue" if mention.abroad else "people-cue"
    return FactKind.ORIGIN if mention.abroad or mention.before(cue, _REACH) else FactKind.DESTINATION


def _found(mention: _Mention, kind: FactKind, gazetteer: Gazetteer) -> Found:
    detail, measures = _standing(mention, gazetteer) if kind is FactKind.DESTINATION else ("", set())
    return Found(
        kind=kind,
        start=mention.terms.starts[mention.hit.start],
        end=mention.terms.ends[mention.hit.end - 1],
        value=mention.place.value,
        detail=detail,
        measures=frozenset({f"{kind.value}-place", *measures}),
    )


def _standing(mention: _Mention, gazetteer: Gazetteer) -> tuple[str, set[str]]:
    """What the gazetteer holds against a destination, in words and as measured concepts."""
    details, measures = [], set()
    for ban in gazetteer.bans(mention.place.iso):
        since = f"since {ban.since.isoformat()} ({ban.law}, certainty {ban.certainty})"
        details.append(f"closed to {ban.family} work {since}")
        measures.add("destination-moratorium")
    if mention.place.hotspot or mention.key in mention.place.hotspot_keys:
        details.append("known for scam compounds or without lawful placement")
        measures.add("destination-hotspot")
    return "; ".join(details), measures
