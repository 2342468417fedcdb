"""The jobs that a text offers."""

from collections.abc import Iterator

from screener.detect.facts.found import Found
from screener.detect.facts.reference import Reference
from screener.detect.scope import Layout, between
from screener.detect.terms import Hit, Terms
from screener.records import FactKind

_PREFIX = "post-"
_PEOPLE = frozenset({"admin", "driver", "teacher", "nurse", "family-driver", "security-guard", "translator"})
"""Families whose words also name somebody in the ad: the admin to write to, the driver who picks up."""


def jobs(terms: Terms, layout: Layout, _reference: Reference) -> Iterator[Found]:
    """A fact for the first mention of each family of work; of overlapping names the longest counts."""
    said: set[str] = set()
    for hit, family in _longest(terms):
        if family in said or layout.negated(hit.start, hit.end - 1) or _of_somebody(terms, hit, family):
            continue
        said.add(family)
        start, end = terms.starts[hit.start], terms.ends[hit.end - 1]
        yield Found(kind=FactKind.JOB, start=start, end=end, value=family.replace("-", " "))


def _longest(terms: Terms) -> Iterator[tuple[Hit, str]]:
    families = [name for name in terms.hits if name.startswith(_PREFIX)]
    named = [(hit, name.removeprefix(_PREFIX)) for name in families for hit in terms.hits[name]]
    reach = 0
    for hit, family in sorted(named, key=lambda one: (one[0].start, -one[0].end)):
        if hit.start >= reach:
            yield hit, family
            reach = hit.end


def _of_somebody(terms: Terms, hit: Hit, family: str) -> bool:
    """Whether the word is past experience, part of a paper ("buku pelaut"), or a person who deals with the reader."""
    if _at(terms, "not-a-post", hit.start - 1):
        return True
    return family in _PEOPLE and (_at(terms, "person-before", hit.start - 1) or _at(terms, "person-after", hit.end))


def _at(terms: Terms, concept: str, token: int) -> bool:
    return bool(between(terms.hits.get(concept, ()), token, token + 1))
