"""Flags from the proposals of the flag model, shown as such."""

from collections.abc import Sequence

from screener.detect.opinions import Proposal
from screener.detect.terms import Terms
from screener.records import Flag, Indicator, Span

RULE = "model"
_UNSURE_SEVERITY_MAX = 2


def proposed(
    proposal: Proposal, terms: Terms, indicator: Indicator, raised: Sequence[Flag], doubted: Sequence[Flag]
) -> Flag | None:
    """The flag of a proposal, or None where a rule already raised its indicator on these words, or was doubted there.

    It counts as severity 3 only when it was right nine times in ten on authors left out, or when a rule raises the
    indicator elsewhere.
    """
    span = _words(proposal, terms)
    same = [flag for flag in raised if flag.indicator == indicator.key]
    told = (*same, *(flag for flag in doubted if flag.indicator == indicator.key))
    if span is None or any(flag.span.start < span.end and span.start < flag.span.end for flag in told):
        return None
    trusted = proposal.sure or bool(same)
    return Flag(
        indicator=indicator.key,
        severity=indicator.severity if trusted else min(indicator.severity, _UNSURE_SEVERITY_MAX),
        rule=RULE,
        span=span,
        quote=terms.folded.original[span.start : span.end],
        polarity=indicator.polarity,
        detail=f"confidence {proposal.confidence:.2f}",
    )


def _words(proposal: Proposal, terms: Terms) -> Span | None:
    """The span from the first to the last word of the clause, signs at its ends left out."""
    text = terms.folded.text
    words = [n for n in range(proposal.start, proposal.end) if text[terms.starts[n] : terms.ends[n]].isalnum()]
    return terms.folded.span(terms.starts[words[0]], terms.ends[words[-1]]) if words else None
