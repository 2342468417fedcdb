"""Applying rules to a tokenised text."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import islice
from operator import and_, attrgetter, or_

from screener.detect.rules import Rule
from screener.detect.scope import Layout, between
from screener.detect.terms import Hit, Terms
from screener.records import Scope

# Of one rule in one text, so that no text can make this slow; a real one has a few.
_CANDIDATES_MAX = 5_000


@dataclass(frozen=True, kw_only=True)
class Match:
    """One place where a rule holds: its parts in the order of the rule."""

    rule: Rule
    parts: tuple[Hit, ...]

    @property
    def first(self) -> int:
        """The first token of the quote: of all parts, or of the first part when the rule spans the whole text."""
        return self.parts[0].start if self.rule.whole_text else min(part.start for part in self.parts)

    @property
    def last(self) -> int:
        """The token after the quote."""
        return self.parts[0].end if self.rule.whole_text else max(part.end for part in self.parts)


@dataclass(frozen=True)
class Matching:
    """Rules at work on one text; hits of a part are gathered once and shared by all rules."""

    terms: Terms
    layout: Layout
    _gathered: dict[frozenset[str], Sequence[Hit]] = field(default_factory=dict)

    def matches(self, rules: Iterable[Rule]) -> Iterator[Match]:
        """Every match of the rules that is neither negated, blocked, warned of nor quoted."""
        for rule in rules:
            if self._blocked_anywhere(rule):
                continue
            for match in islice(self.candidates(rule), _CANDIDATES_MAX):
                if not self.silence(match):
                    yield match

    def _blocked_anywhere(self, rule: Rule) -> bool:
        return bool(rule.unless_anywhere) and any(self.terms.hits.get(concept) for concept in rule.unless_anywhere)

    def silence(self, match: Match) -> str:
        """Why a match raises no flag: "warning", "quotation", "negated", "not negated", "unless", or empty."""
        return (
            next(filter(None, (self._unheard(part, match.rule) for part in match.parts)), "")
            or self._wrong_negation(match)
            or ("unless" if self._blocked(match) else "")
        )

    def _unheard(self, part: Hit, rule: Rule) -> str:
        reason = self.layout.silenced(part.start)
        # A notice against fraud is itself a warning.
        return "" if reason == "warning" and rule.warned == "same" else reason

    def candidates(self, rule: Rule) -> Iterator[Match]:
        """Every match of a rule, also those that `silence` keeps from raising a flag."""
        last_end = -1
        for anchor in self._hits(rule.find[0]):
            parts = self._around(anchor, rule)
            if parts and (rule.whole_text or anchor.start >= last_end):
                match = Match(rule=rule, parts=parts)
                last_end = match.last
                yield match
                if rule.whole_text:
                    return

    def _hits(self, concepts: frozenset[str]) -> Sequence[Hit]:
        gathered = self._gathered.get(concepts)
        if gathered is None:
            found = set[Hit]().union(*(self.terms.hits.get(concept, ()) for concept in concepts))
            gathered = self._gathered[concepts] = sorted(found)
        return gathered

    def _around(self, anchor: Hit, rule: Rule) -> tuple[Hit, ...] | None:
        parts = [anchor]
        for concepts in rule.find[1:]:
            near = _nearest(self._neighbours(concepts, parts, rule), anchor)
            if near is None:
                return None
            parts.append(near)
        return tuple(parts) if rule.whole_text or self._together(parts, rule.within) else None

    def _neighbours(self, concepts: frozenset[str], parts: Sequence[Hit], rule: Rule) -> Sequence[Hit]:
        """The nearest hits before and after the anchor that overlap no part yet taken."""
        hits = self._hits(concepts)
        begin = parts[-1].end if rule.order else parts[0].end
        # A tuple of only the start sorts right before every hit that starts there.
        at = bisect_left(hits, (begin,))
        near = hits[at : at + 3] if rule.order else [*hits[at : at + 3], *reversed(hits[max(0, at - 3) : at])]
        return [hit for hit in near if not _overlaps(hit, parts)]

    def _together(self, parts: Sequence[Hit], within: int) -> bool:
        first, last = min(parts, key=attrgetter("start")), max(parts, key=attrgetter("end"))
        if last.start - first.end > within:
            return False
        return self.layout.sentence(first.start) == self.layout.sentence(last.start)

    def _wrong_negation(self, match: Match) -> str:
        if match.rule.negated == "same":
            return "negated" if self.layout.asked_and_denied(match.last - 1) else ""
        negated = self.layout.negated(match.first, match.last - 1)
        if match.rule.negated == "needed":
            return "" if negated else "not negated"
        return "negated" if negated else ""

    def _blocked(self, match: Match) -> bool:
        if self._blocked_anywhere(match.rule):
            return True
        if self.terms.hits.keys().isdisjoint(match.rule.unless):
            return False
        sentence = self.layout.sentence(match.first)
        near = (between(self.terms.hits.get(c, ()), match.first - 30, match.last + 30) for c in match.rule.unless)
        return any(self.layout.sentence(hit.start) == sentence for hits in near for hit in hits)


def _gap(hit: Hit, anchor: Hit) -> int:
    return hit.start - anchor.end if hit.start >= anchor.end else anchor.start - hit.end


def _nearest(hits: Sequence[Hit], anchor: Hit) -> Hit | None:
    """The hit nearest to an anchor, the first of equals; None without hits."""
    if len(hits) <= 1:
        return hits[0] if hits else None
    return min(hits, key=lambda hit: _gap(hit, anchor))


def _overlaps(hit: Hit, parts: Sequence[Hit]) -> bool:
    start, end = hit
    for first, last in parts:  # noqa: SIM110  a generator for each hit takes three times as long
        if start < last and first < end:
            return True
    return False


class RuleIndex:
    """Rules by the concepts of their parts, so that a text tries only those that can hold in it.

    A set of rules is an integer with a bit for each: a concept adds the rules that it can be the first part of, the
    second, and so on; what all parts allow is possible.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        places = max((len(rule.find) for rule in self._rules), default=0)
        self._short = [self._of_length(at) for at in range(places)]
        self._by_concept: list[dict[str, int]] = [{} for _ in range(places)]
        for number, rule in enumerate(self._rules):
            for allowed, part in zip(self._by_concept, rule.find, strict=False):
                for concept in part:
                    allowed[concept] = allowed.get(concept, 0) | 1 << number

    def _of_length(self, most: int) -> int:
        """The rules of at most so many parts: they ask for nothing in a further place."""
        return sum(1 << number for number, rule in enumerate(self._rules) if len(rule.find) <= most)

    def possible(self, terms: Terms) -> list[Rule]:
        """The rules of which every part has a hit in the text, in their order."""
        allowed = (self._allowed(at, terms.hits) for at in range(len(self._short)))
        left = reduce(and_, allowed) if self._short else 0
        return [self._rules[number] for number in _numbers(left)]

    def _allowed(self, at: int, hits: Mapping[str, object]) -> int:
        by_concept = self._by_concept[at]
        return reduce(or_, map(by_concept.__getitem__, by_concept.keys() & hits.keys()), self._short[at])


def _numbers(bits: int) -> Iterator[int]:
    """The places of the bits that are set, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def by_scope(rules: Iterable[Rule]) -> Mapping[Scope, RuleIndex]:
    """The index of the rules that count in each scope."""
    rules = tuple(rules)
    return {scope: RuleIndex(rule for rule in rules if scope in rule.scopes) for scope in Scope}
