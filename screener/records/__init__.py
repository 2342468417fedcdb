"""The records that walk through the house: frozen, keyword-only, without behaviour beyond their own shape.

Times are aware UTC datetimes, amounts are Decimal, spans are offsets in characters.
"""

from screener.records.collected import (
    NO_TITLE,
    NOT_STATED,
    Contact,
    Document,
    JobPosting,
    Money,
    Page,
    Selectors,
    Source,
    Span,
)
from screener.records.judged import (
    Authority,
    Combination,
    Fact,
    Finding,
    Flag,
    Grams,
    Indicator,
    Law,
    Part,
    Reading,
    Reason,
    Score,
    Skip,
    stated,
)
from screener.records.learnt import Example, Mark
from screener.records.reported import Report, Run, SourceHealth
from screener.records.vocabulary import Band, FactKind, Kind, Polarity, Scope, SkipReason, SourceKind

__all__ = [
    "NOT_STATED",
    "NO_TITLE",
    "Authority",
    "Band",
    "Combination",
    "Contact",
    "Document",
    "Example",
    "Fact",
    "FactKind",
    "Finding",
    "Flag",
    "Grams",
    "Indicator",
    "JobPosting",
    "Kind",
    "Law",
    "Mark",
    "Money",
    "Page",
    "Part",
    "Polarity",
    "Reading",
    "Reason",
    "Report",
    "Run",
    "Scope",
    "Score",
    "Selectors",
    "Skip",
    "SkipReason",
    "Source",
    "SourceHealth",
    "SourceKind",
    "Span",
    "stated",
]
