"""What is read out of documents: indicators, flags, scores, findings, and why a URL has none."""

from dataclasses import dataclass
from datetime import datetime

from screener.records.collected import Document, Span
from screener.records.vocabulary import Band, Kind, Polarity, Scope, SkipReason


@dataclass(frozen=True, kw_only=True)
class Law:
    """One article of law; `certainty` is high, medium or low, `checked_on` the ISO date of the citation."""

    reference: str
    article: str
    content: str
    certainty: str
    checked_on: str


@dataclass(frozen=True, kw_only=True)
class Authority:
    """Why an indicator matters: ILO/UNODC keys, and laws, each with how certain its citation is."""

    keys: tuple[str, ...]
    laws: tuple[Law, ...]


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A sign that the field knows; severity 3 is enough for a look on its own, 1 only supports others."""

    key: str
    title: str
    explanation: str
    severity: int
    polarity: Polarity
    authority: Authority


@dataclass(frozen=True, kw_only=True)
class Flag:
    """One sighting of an indicator, with the very words. `field` says which text the span is in: title or text."""

    indicator: str
    severity: int
    rule: str
    span: Span
    quote: str
    polarity: Polarity
    field: str = "text"
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A document as the detector read it.

    `plain_title` and `plain_text` are folded, with disguised words undone; `disguises` says where in the text those
    stood; `truncated` that the text was longer than what is read.
    """

    document: Document
    kind: Kind
    scope: Scope
    flags: tuple[Flag, ...]
    plain_title: str
    plain_text: str
    disguises: tuple[Span, ...]
    truncated: bool


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One feature's part of the score, in log-odds; all reasons of a score add up to its log-odds."""

    feature: str
    value: float
    contribution: float


@dataclass(frozen=True, kw_only=True)
class Score:
    """The calibrated probability that a careful officer would follow the ad up, and where it comes from."""

    probability: float
    band: Band
    model: str
    threshold: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One screened document. `id` is the hex SHA-256 over document id, model and ruleset."""

    id: str
    document: Document
    kind: Kind
    scope: Scope
    flags: tuple[Flag, ...]
    score: Score
    ruleset: str
    screened_at: datetime


@dataclass(frozen=True, kw_only=True)
class Skip:
    """A URL or row that ended without a finding."""

    url: str
    reason: SkipReason
    detail: str = ""
    source: str = ""
