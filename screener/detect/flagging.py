"""From documents made ready to flags: what rules find, what is written in disguise, what the flag model proposes.

The flag model is a second reader of what rules find: rules see words and their order, it sees the clause and the text.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from screener.detect.clauses import clauses
from screener.detect.kinds import flags_count
from screener.detect.learntflags import FlagModel
from screener.detect.matching import Match, Matching, RuleIndex
from screener.detect.opinions import DOUBTED_BELOW, NO_OPINION, Opinion
from screener.detect.proposed import proposed
from screener.detect.scope import Layout
from screener.detect.terms import Terms
from screener.detect.view import View
from screener.records import Flag, Indicator, Kind, Scope

_DISGUISE = "obfuscated-text"
_DISGUISES_SHOWN = 2


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is known of a document before its flags.

    Of one about work at home the flag model flags nothing. Of one that names no place abroad it is sure of nothing: it
    has learnt from ads for work abroad, and where it was sure there, plain ads at home have a guard and guests who tip.
    """

    view: View
    kind: Kind
    scope: Scope
    opinion: Opinion = NO_OPINION

    @property
    def on_flags(self) -> Opinion:
        """What the flag model thinks where its flags count."""
        if self.scope is Scope.DOMESTIC or not flags_count(self.kind, self.view.document):
            return NO_OPINION
        return self.opinion if self.scope is Scope.OVERSEAS else self.opinion.unsure()


class Raised(NamedTuple):
    """The flags of a document, and those of rules that the flag model doubts too much for them to be shown."""

    flags: tuple[Flag, ...]
    doubted: tuple[Flag, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Flagger:
    """Raises flags by rules and, when there is one, by a flag model."""

    indicators: Mapping[str, Indicator]
    by_scope: Mapping[Scope, RuleIndex]
    own_rules: frozenset[str] = frozenset()
    flag_model: FlagModel | None = None

    def flags(self, asked: Sequence[Asked]) -> list[Raised]:
        """The flags of each document; all go through a step together (see `Viewer`)."""
        ruled = [self._ruled(one) for one in asked]
        return [
            Raised((*by_rules, *self._by_model(one, by_rules, doubted)), doubted)
            for one, (by_rules, doubted) in zip(asked, ruled, strict=True)
        ]

    def opinion(self, view: View) -> Opinion:
        """What the flag model thinks of a text; nothing when there is no model."""
        if self.flag_model is None:
            return NO_OPINION
        return self.flag_model.opinion(clauses(view.text, view.layouts["text"]))

    def _ruled(self, asked: Asked) -> Raised:
        view = asked.view
        if not flags_count(asked.kind, view.document):
            return Raised(())
        in_text, doubted = self._flags_in(view.text, view.layouts["text"], "text", asked.scope, asked.on_flags)
        said = {flag.indicator for flag in in_text}
        in_title, _ = self._flags_in(view.title, view.layouts["title"], "title", asked.scope, NO_OPINION)
        # A title mostly says again what the text says: one sighting is one flag.
        return Raised((*(flag for flag in in_title if flag.indicator not in said), *in_text), doubted)

    def _by_model(self, asked: Asked, raised: Iterable[Flag], doubted: Sequence[Flag]) -> Iterator[Flag]:
        """The flags that only the model proposes, where a sentence speaks for itself."""
        view, in_text = asked.view, [flag for flag in raised if flag.field == "text"]
        for proposal in asked.on_flags.proposals():
            if not view.layouts["text"].silenced(proposal.start):
                made = proposed(proposal, view.text, self.indicators[proposal.indicator], in_text, doubted)
                if made is not None:
                    yield made

    def sightings(self, view: View, scope: Scope) -> list[Flag]:
        """What rules raise in a text, each by itself: of several on the same words none stands for the others."""
        return [flag for flag, _ in self._judged(view.text, view.layouts["text"], "text", scope, NO_OPINION)]

    def _flags_in(self, terms: Terms, layout: Layout, field: str, scope: Scope, opinion: Opinion) -> Raised:
        judged = self._judged(terms, layout, field, scope, opinion)
        shown = [flag for flag, sure in judged if sure >= DOUBTED_BELOW]
        return Raised(_in_order(shown), tuple(flag for flag, sure in judged if sure < DOUBTED_BELOW))

    def _judged(
        self, terms: Terms, layout: Layout, field: str, scope: Scope, opinion: Opinion
    ) -> list[tuple[Flag, float]]:
        """Every flag with how sure it is; of words in disguise nobody doubts that they are."""
        if not terms.starts:
            return []
        matches = Matching(terms, layout).matches(self.by_scope[scope].possible(terms))
        judged = [(self._flag(match, terms, field), self._sure(match, opinion)) for match in matches]
        if scope is not Scope.DOMESTIC:
            judged += [(flag, 1.0) for flag in self._disguised(terms, field)]
        return judged

    def _sure(self, match: Match, opinion: Opinion) -> float:
        """How sure the flag of a rule is; those of the user's own rules, and protective claims, nobody doubts."""
        if match.rule.name in self.own_rules:
            return 1.0
        return opinion.of_rule(match.rule.name, match.rule.indicator, match.first, match.last)

    def _disguised(self, terms: Terms, field: str) -> Iterator[Flag]:
        """A flag for the first words whose spelling is meant to hide them: two show the manner."""
        indicator = self.indicators[_DISGUISE]
        meant = (disguise for disguise in terms.folded.disguises if disguise.deliberate)
        for disguise in islice(meant, _DISGUISES_SHOWN):
            yield Flag(
                indicator=indicator.key,
                severity=indicator.severity,
                rule=f"{_DISGUISE}/unmasked",
                span=disguise.span,
                quote=terms.folded.original[disguise.span.start : disguise.span.end],
                polarity=indicator.polarity,
                field=field,
                detail=disguise.plain,
            )

    def _flag(self, match: Match, terms: Terms, field: str) -> Flag:
        indicator = self.indicators[match.rule.indicator]
        span = terms.folded.span(terms.starts[match.first], terms.ends[match.last - 1])
        return Flag(
            indicator=indicator.key,
            severity=indicator.severity,
            rule=match.rule.name,
            span=span,
            quote=terms.folded.original[span.start : span.end],
            polarity=indicator.polarity,
            field=field,
            detail=_elsewhere(match, terms),
        )


def _in_order(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    return tuple(merged(sorted(flags, key=lambda flag: (flag.span.start, -flag.span.end))))


def _elsewhere(match: Match, terms: Terms) -> str:
    """The words of the other parts of a rule that spans the whole text."""
    if not match.rule.whole_text:
        return ""
    spans = (terms.folded.span(terms.starts[part.start], terms.ends[part.end - 1]) for part in match.parts[1:])
    return "; ".join(terms.folded.original[span.start : span.end] for span in spans)


def merged(flags: Iterable[Flag]) -> list[Flag]:
    """The flags without those that an earlier flag of the same indicator overlaps: one sighting, one flag.

    What is left has the highest severity of those that it stands for.
    """
    kept: list[Flag] = []
    last: dict[str, tuple[int, int]] = {}  # of each indicator the place of its latest flag, and how far it reaches
    for flag in flags:
        at, reach = last.get(flag.indicator, (-1, 0))
        if flag.span.start >= reach:
            at = len(kept)
            kept.append(flag)
        elif flag.severity > kept[at].severity:
            kept[at] = replace(kept[at], severity=flag.severity)
        last[flag.indicator] = at, max(reach, flag.span.end)
    return kept
