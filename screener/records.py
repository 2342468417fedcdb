"""The records that walk through the house: frozen, keyword-only, without behaviour beyond their own shape.

Times are aware UTC datetimes, amounts are Decimal, spans are offsets in characters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

NOT_STATED = "not stated"
NO_TITLE = "-"


class Kind(StrEnum):
    """What a text is; flags count only in ads."""

    AD = "ad"
    WARNING = "warning"
    NEWS = "news"
    QUESTION = "question"
    OTHER = "other"


class Scope(StrEnum):
    """Where the work offered in a text would be."""

    OVERSEAS = "overseas"
    DOMESTIC = "domestic"
    UNKNOWN = "unknown"


class Polarity(StrEnum):
    """Whether a flag raises the risk, or is a claim that speaks for the ad."""

    RISK = "risk"
    PROTECTIVE = "protective"


class Band(StrEnum):
    """What is asked of the analyst: nothing, a look when there is time, a look now."""

    CLEAR = "clear"
    REVIEW = "review"
    ALERT = "alert"


class SourceKind(StrEnum):
    """How a source lists its items."""

    LISTING = "listing"
    FEED = "feed"
    SITEMAP = "sitemap"
    FILE = "file"


class SkipReason(StrEnum):
    """Why a URL ended without a finding; each is shown and counted in the report."""

    ROBOTS_DISALLOWED = "robots_disallowed"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    NOT_FOUND = "not_found"
    HTTP_ERROR = "http_error"
    RETRY_LATER = "retry_later"
    REDIRECT_LIMIT = "redirect_limit"
    BLOCKED_ADDRESS = "blocked_address"
    BLOCKED_SCHEME = "blocked_scheme"
    BAD_URL = "bad_url"
    BAD_HTTP = "bad_http"
    BAD_ENCODING = "bad_encoding"
    TLS_ERROR = "tls_error"
    NET_ERROR = "net_error"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"
    UNSUPPORTED_TYPE = "unsupported_type"
    EMPTY = "empty"
    UNPARSED = "unparsed"
    BAD_ROW = "bad_row"
    SITE_LIMIT = "site_limit"


@dataclass(frozen=True, kw_only=True)
class Selectors:
    """CSS selectors of a source; an empty string means "find it without being told".

    `title` may also be "-": the items have none, and the page's own title (a channel's name) is not theirs.
    """

    links: str = ""
    next: str = ""
    title: str = ""
    text: str = ""
    published: str = ""


@dataclass(frozen=True, kw_only=True)
class Source:
    """One place that lists items: a board, a feed, a sitemap, or files on this machine."""

    name: str
    kind: SourceKind
    seeds: tuple[str, ...]
    selectors: Selectors = Selectors()
    language: str | None = None
    delay_seconds: float = 2.0
    expected_min: int = 0
    pages_max: int = 500


@dataclass(frozen=True, kw_only=True)
class Page:
    """What came over the wire: the decoded body and how it was got.

    `digest` is the hex SHA-256 of `body`; header names are in lower case.
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    digest: str
    fetched_at: datetime
    source: str


@dataclass(frozen=True, kw_only=True)
class Span:
    """A stretch of a text: `start` inclusive, `end` exclusive, in characters."""

    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A way to reach the advertiser.

    `kind` is phone, whatsapp, email, telegram, line, wechat or link; `value` is its normal form (E.164 for numbers).
    """

    kind: str
    value: str
    span: Span
    quote: str


@dataclass(frozen=True, kw_only=True)
class Money:
    """An amount as stated: a range, an ISO 4217 currency, and hour, day, week, month, year or piece."""

    minimum: Decimal | None
    maximum: Decimal | None
    currency: str
    period: str
    quote: str


@dataclass(frozen=True, kw_only=True)
class JobPosting:
    """The fields of schema.org JobPosting that a page declares; "not stated" is a value of its own."""

    title: str = NOT_STATED
    hiring_organization: str = NOT_STATED
    job_location: str = NOT_STATED
    base_salary: Money | None = None
    employment_type: str = NOT_STATED
    description: str = NOT_STATED
    date_posted: datetime | None = None
    valid_through: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Document:
    """One text to screen. `id` is the hex SHA-256 over url, title and text (see `document_id`).

    `page_digest` is None for texts that came from a file. `carried` holds the other keys of an input row.
    """

    id: str
    url: str
    text: str
    title: str = ""
    language: str = "und"
    published: datetime | None = None
    page_digest: str | None = None
    source: str = ""
    posting: JobPosting | None = None
    contacts: tuple[Contact, ...] = ()
    links: tuple[str, ...] = ()
    carried: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Authority:
    """Why an indicator matters: ILO/UNODC keys, and laws, each with how certain its citation is."""

    keys: tuple[str, ...]
    laws: tuple["Law", ...]


@dataclass(frozen=True, kw_only=True)
class Law:
    """One article of law; `certainty` is high, medium or low, `checked_on` the ISO date of the citation."""

    reference: str
    article: str
    content: str
    certainty: str
    checked_on: str


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


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A flag as a labeller marked it in an example; offsets are in the example's text."""

    indicator: str
    polarity: Polarity
    span: Span
    quote: str


@dataclass(frozen=True, kw_only=True)
class Example:
    """One labelled text of the corpus. `group` is author and campaign; label is follow_up, ordinary or job_fraud."""

    id: str
    text: str
    title: str
    kind: str
    scope: str
    language: str
    source_type: str
    label: str
    tier: str
    modus: str
    group: str
    written_on: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, kw_only=True)
class Run:
    """One scan: when, with what, and how each URL ended. `finished_at` is None while it is under way."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    code_version: str
    model: str
    ruleset: str
    findings: int
    skips: Mapping[SkipReason, int]


@dataclass(frozen=True, kw_only=True)
class SourceHealth:
    """How one source did in a run; `found` counts items discovered, `note` is empty when all is well."""

    source: str
    expected_min: int
    found: int
    findings: int
    skips: int
    note: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """All that the report shows of one run. `new` holds the ids of findings no earlier run had."""

    run: Run
    findings: tuple[Finding, ...]
    skips: tuple[Skip, ...]
    new: frozenset[str]
    health: tuple[SourceHealth, ...]
    indicators: Mapping[str, Indicator]
    alert_threshold: float
    review_threshold: float
