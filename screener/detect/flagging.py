"""From documents made ready to flags: what rules find, what is written in disguise, what the flag model proposes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from screener.detect.clauses import clauses
from screener.detect.kinds import flags_count
from screener.detect.learntflags import FlagModel, Proposal
from screener.detect.matching import Match, Matching, RuleIndex
from screener.detect.proposed import proposed
from screener.detect.scope import Layout
from screener.detect.terms import Terms
from screener.detect.view import View
from screener.records import Flag, Indicator, Kind, Scope

_DISGUISE = "obfuscated-text"
_DISGUISES_SHOWN = 2


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is known of a document before its flags; without `proposals` the flag model is asked for them."""

    view: View
    kind: Kind
    scope: Scope
    proposals: Sequence[Proposal] | None = None


@dataclass(frozen=True, kw_only=True)
class Flagger:
    """Raises flags by rules and, when there is one, by a flag model."""

    indicators: Mapping[str, Indicator]
    by_scope: Mapping[Scope, RuleIndex]
    flag_model: FlagModel | None = None

    def flags(self, asked: Sequence[Asked]) -> list[tuple[Flag, ...]]:
        """The flags of each document; all go through a step together (see `Viewer`)."""
        heard = [flags_count(one.kind, one.view.document) for one in asked]
        ruled = [self._ruled(one) if counts else () for one, counts in zip(asked, heard, strict=True)]
        proposals = [self._proposals(one) if counts else () for one, counts in zip(asked, heard, strict=True)]
        return [
            (*raised, *self._by_model(one.view, raised, proposed_here))
            for one, raised, proposed_here in zip(asked, ruled, proposals, strict=True)
        ]

    def _ruled(self, asked: Asked) -> tuple[Flag, ...]:
        view = asked.view
        in_text = self._flags_in(view.text, view.layouts["text"], "text", asked.scope)
        said = {flag.indicator for flag in in_text}
        in_title = self._flags_in(view.title, view.layouts["title"], "title", asked.scope)
        # A title mostly says again what the text says: one sighting is one flag.
        return (*(flag for flag in in_title if flag.indicator not in said), *in_text)

    def _proposals(self, asked: Asked) -> Sequence[Proposal]:
        """What the flag model proposes; nothing for work at home."""
        if asked.scope is Scope.DOMESTIC:
            return ()
        if asked.proposals is None and self.flag_model:
            return self.flag_model.proposals(clauses(asked.view.text, asked.view.layouts["text"]))
        return asked.proposals or ()

    def _by_model(self, view: View, raised: Iterable[Flag], proposals: Iterable[Proposal]) -> Iterator[Flag]:
        """The flags that only the model proposes, where a sentence speaks for itself."""
        in_text = [flag for flag in raised if flag.field == "text"]
        for proposal in proposals:
            if not view.layouts["text"].silenced(proposal.start):
                made = proposed(proposal, view.text, self.indicators[proposal.indicator], in_text)
                if made is not None:
                    yield made

    def _flags_in(self, terms: Terms, layout: Layout, field: str, scope: Scope) -> list[Flag]:
        if not terms.starts:
            return []
        matching, rules = Matching(terms, layout), self.by_scope[scope].possible(terms)
        flags = [self._flag(match, terms, field) for match in matching.matches(rules)]
        if scope is not Scope.DOMESTIC:
            flags += self._disguised(terms, field)
        return merged(sorted(flags, key=lambda flag: (flag.span.start, -flag.span.end)))

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


def _elsewhere(match: Match, terms: Terms) -> str:
    """The words of the other parts of a rule that spans the whole text."""
    if not match.rule.whole_text:
        return ""
    spans = (terms.folded.span(terms.starts[part.start], terms.ends[part.end - 1]) for part in match.parts[1:])
    return "; ".join(terms.folded.original[span.start : span.end] for span in spans)


def merged(flags: Iterable[Flag]) -> list[Flag]:
    """The flags without those that an earlier flag of the same indicator overlaps: one sighting, one flag."""
    kept: list[Flag] = []
    reach: dict[str, int] = {}
    for flag in flags:
        if flag.span.start >= reach.get(flag.indicator, 0):
            kept.append(flag)
        reach[flag.indicator] = max(reach.get(flag.indicator, 0), flag.span.end)
    return kept
