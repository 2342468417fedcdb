"""What is collected: sources, pages, documents and what they state."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from screener.records.vocabulary import SourceKind

NOT_STATED = "not stated"
NO_TITLE = "-"


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
