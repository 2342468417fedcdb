"""Applying rules to a tokenised text."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter

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
            for match in islice(self.candidates(rule), _CANDIDATES_MAX):
                if not self.silence(match):
                    yield match

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
        if concepts not in self._gathered:
            found = {hit for concept in concepts for hit in self.terms.hits.get(concept, ())}
            self._gathered[concepts] = sorted(found, key=attrgetter("start", "end"))
        return self._gathered[concepts]

    def _around(self, anchor: Hit, rule: Rule) -> tuple[Hit, ...] | None:
        parts = [anchor]
        for concepts in rule.find[1:]:
            near = min(self._neighbours(concepts, parts, rule.order), key=lambda hit: _gap(hit, anchor), default=None)
            if near is None:
                return None
            parts.append(near)
        return tuple(parts) if rule.whole_text or self._together(parts, rule.within) else None

    def _neighbours(self, concepts: frozenset[str], parts: Sequence[Hit], order: bool) -> Iterator[Hit]:  # noqa: FBT001  a rule's own setting
        """The nearest hits before and after the anchor that overlap no part yet taken."""
        hits = self._hits(concepts)
        begin = parts[-1].end if order else parts[0].end
        at = bisect_left(hits, begin, key=attrgetter("start"))
        yield from (hit for hit in hits[at : at + 3] if not _overlaps(hit, parts))
        if not order:
            yield from (hit for hit in reversed(hits[max(0, at - 3) : at]) if not _overlaps(hit, parts))

    def _together(self, parts: Sequence[Hit], within: int) -> bool:
        first, last = min(parts, key=attrgetter("start")), max(parts, key=attrgetter("end"))
        same = self.layout.sentence(first.start) == self.layout.sentence(last.start)
        return same and last.start - first.end <= within

    def _wrong_negation(self, match: Match) -> str:
        if match.rule.negated == "same":
            return ""
        negated = self.layout.negated(match.first, match.last - 1)
        if match.rule.negated == "needed":
            return "" if negated else "not negated"
        return "negated" if negated else ""

    def _blocked(self, match: Match) -> bool:
        if any(self.terms.hits.get(concept) for concept in match.rule.unless_anywhere):
            return True
        sentence = self.layout.sentence(match.first)
        near = (between(self.terms.hits.get(c, ()), match.first - 30, match.last + 30) for c in match.rule.unless)
        return any(self.layout.sentence(hit.start) == sentence for hits in near for hit in hits)


def _gap(hit: Hit, anchor: Hit) -> int:
    return hit.start - anchor.end if hit.start >= anchor.end else anchor.start - hit.end


def _overlaps(hit: Hit, parts: Iterable[Hit]) -> bool:
    return any(hit.start < part.end and part.start < hit.end for part in parts)


class RuleIndex:
    """Rules by the concepts of their rarest part, so that a text tries only those that can hold in it."""

    def __init__(self, rules: Iterable[Rule], sizes: Mapping[str, int]) -> None:
        """`sizes` says how many forms each concept has: the fewer, the rarer it is taken to be."""
        self._rules = tuple(rules)
        self._by_concept: dict[str, list[int]] = {}
        for number, rule in enumerate(self._rules):
            rarest = min(rule.find, key=lambda part: sum(sizes.get(concept, 0) for concept in part))
            for concept in rarest:
                self._by_concept.setdefault(concept, []).append(number)

    def possible(self, terms: Terms) -> list[Rule]:
        """The rules of which every part has a hit in the text, in their order."""
        present = frozenset(terms.hits)
        numbers = {number for concept in present for number in self._by_concept.get(concept, ())}
        rules = (self._rules[number] for number in sorted(numbers))
        return [rule for rule in rules if not any(part.isdisjoint(present) for part in rule.find)]


def by_scope(rules: Iterable[Rule], sizes: Mapping[str, int]) -> Mapping[Scope, RuleIndex]:
    """The index of the rules that count in each scope."""
    rules = tuple(rules)
    return {scope: RuleIndex((rule for rule in rules if scope in rule.scopes), sizes) for scope in Scope}
