"""All finders of facts at work on one text."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from screener.detect.facts import conditions, jobs, money, names, papers, places
from screener.detect.facts.found import Found
from screener.detect.facts.reference import Reference
from screener.detect.scope import Layout
from screener.detect.terms import Hit, Terms
from screener.records import Fact

# So that no text can make this slow; a real one states a few dozen facts.
_FACTS_MAX = 5_000
Finder = Callable[[Terms, Layout, Reference], Iterator[Found]]
FINDERS: tuple[Finder, ...] = (
    places.places,
    jobs.jobs,
    papers.papers,
    names.names,
    money.find_money,
    conditions.find_conditions,
)
"""Every finder, in the order in which facts are read; a later one does not see the facts of an earlier one."""

MEASURED: frozenset[str] = money.MEASURED | places.MEASURED | papers.MEASURED | names.MEASURED | conditions.MEASURED
"""Concepts that no list of words can hold, since they are read off numbers: rules use them like any other."""


def found_in(terms: Terms, layout: Layout, reference: Reference) -> list[Found]:
    """The facts of a text, in the order of their places."""
    found = [one for finder in FINDERS for one in islice(finder(terms, layout, reference), _FACTS_MAX)]
    return sorted(found, key=lambda one: (one.start, one.end, one.kind or ""))


def facts_of(found: list[Found], terms: Terms, field: str) -> Iterator[Fact]:
    """The facts with their places and words in the original."""
    for one in found:
        if one.kind is None:
            continue
        span = terms.folded.span(one.start, one.end)
        quote = terms.folded.original[span.start : span.end]
        yield Fact(
            kind=one.kind, value=one.value, span=span, quote=quote, field=field, money=one.money, detail=one.detail
        )


def with_measures(terms: Terms, found: list[Found]) -> Terms:
    """The terms with the measured concepts of the facts among their hits."""
    hits: dict[str, list[Hit]] = {}
    for one in found:
        place = Hit(start=terms.token_at(one.start), end=terms.token_at(one.end))
        for name in one.measures:
            hits.setdefault(name, []).append(place)
    return replace(terms, hits={**terms.hits, **hits}) if hits else terms
