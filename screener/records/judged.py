"""What is read out of documents: indicators, flags, scores, findings, and why a URL has none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from screener.records.collected import NOT_STATED, Document, Money, Span
from screener.records.vocabulary import Band, FactKind, Kind, Polarity, Scope, SkipReason


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
class Fact:
    """One thing a text states, with the very words. `field` says which text the span is in: title or text.

    `value` is its normal form (an ISO 3166 code for a country, an ISO 8601 duration or date, "18-35" for an age),
    `money` the amount where it is one, `detail` what it was compared with.
    """

    kind: FactKind
    value: str
    span: Span
    quote: str
    field: str = "text"
    money: Money | None = None
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a combination: an indicator, or "fact:" and a kind of fact, with the very words."""

    of: str
    span: Span
    quote: str
    field: str = "text"


@dataclass(frozen=True, kw_only=True)
class Combination:
    """Signs that mean more together than each alone, every part quoted.

    `effect` is "raises" (an alert, at severity 3), "cancels" or "lowers" (the flags of `about`), or "notes".
    """

    key: str
    title: str
    explanation: str
    effect: str
    severity: int
    parts: tuple[Part, ...]
    about: str = ""


def stated(facts: Iterable[Fact], kind: FactKind) -> str:
    """The values of the facts of a kind, or "not stated", which is a value of its own."""
    return "; ".join(dict.fromkeys(fact.value for fact in facts if fact.kind is kind)) or NOT_STATED


@dataclass(frozen=True, kw_only=True)
class Grams:
    """The `words` of a text in order, and the hash bucket of each pair of words that follow each other."""

    words: Sequence[str]
    pairs: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A document as the detector read it.

    `plain_title` and `plain_text` are folded, with disguised words undone; `disguises` says where in the text those
    stood that are meant to hide a word; `truncated` that the text was longer than what is read. `doubted` are flags of
    rules that the flag model doubts too much for them to be shown. `doubtful` says that the document is read as an ad
    although something else is twice as likely: then no sign counts as severity 3. `vote` is what the clauses of the
    text say on the mean, each read by itself, in log-odds: whether a careful officer would follow it up.
    """

    document: Document
    kind: Kind
    scope: Scope
    flags: tuple[Flag, ...]
    plain_title: str
    plain_text: str
    disguises: tuple[Span, ...]
    truncated: bool
    grams: Grams
    facts: tuple[Fact, ...] = ()
    combinations: tuple[Combination, ...] = ()
    doubted: tuple[Flag, ...] = ()
    doubtful: bool = False
    vote: float = 0.0


class Reason(NamedTuple):
    """One feature's part of the score, in log-odds; all reasons of a score add up to its log-odds.

    A score has some thirty, which takes a third longer to make as dataclasses.
    """

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
    facts: tuple[Fact, ...] = ()
    combinations: tuple[Combination, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Skip:
    """A URL or row that ended without a finding."""

    url: str
    reason: SkipReason
    detail: str = ""
    source: str = ""
