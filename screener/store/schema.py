"""The tables as the newest migration leaves them.

Documents and findings are stored once per content: `key` is the digest of the whole row and of all that
hangs on it, `id` is the public id, which leaves out what may change between two runs, such as links.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    CheckConstraint,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator

from screener.store.codec import escape, unescape

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


class ExactText(TypeDecorator[str]):
    """Text of any characters, NUL and lone surrogates included; see `codec.escape`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  SQLAlchemy's signature
        """The text as it is stored."""
        return None if value is None else escape(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  SQLAlchemy's signature
        """The text as it was given."""
        return None if value is None else unescape(value)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime as ISO 8601 text of one width, so that text order is time order."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002  SQLAlchemy's signature
        """The time as text; raises ValueError for a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"the time {value} has no time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy's signature
        """The time as aware UTC; raises ValueError when the text is damaged."""
        return None if value is None else datetime.fromisoformat(value)


run = Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("state", Text, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("code_version", ExactText, nullable=False),
    Column("model", ExactText, nullable=False),
    Column("ruleset", ExactText, nullable=False),
    Column("settings_digest", ExactText, nullable=False),
    CheckConstraint("state IN ('running', 'finished', 'interrupted')", name="state"),
    CheckConstraint("(state = 'finished') = (finished_at IS NOT NULL)", name="finished"),
    sqlite_autoincrement=True,
)
Index(
    "ix_run_running",
    run.c.state,
    unique=True,
    sqlite_where=text("state = 'running'"),
    postgresql_where=text("state = 'running'"),
)

body = Table(
    "body",
    metadata,
    Column("digest", ExactText, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

page = Table(
    "page",
    metadata,
    Column("id", Text, primary_key=True),
    Column("url", ExactText, nullable=False),
    Column("final_url", ExactText, nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", ExactText, nullable=False),
    Column("digest", ExactText, ForeignKey("body.digest"), nullable=False),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("source", ExactText, nullable=False),
)
Index(None, page.c.url, page.c.fetched_at)

document = Table(
    "document",
    metadata,
    Column("key", Text, primary_key=True),
    Column("id", ExactText, nullable=False),
    Column("url", ExactText, nullable=False),
    Column("text", ExactText, nullable=False),
    Column("title", ExactText, nullable=False),
    Column("language", ExactText, nullable=False),
    Column("published", UtcDateTime),
    Column("page_digest", ExactText),
    Column("source", ExactText, nullable=False),
    Column("posting", ExactText),
    Column("links", ExactText, nullable=False),
    Column("carried", ExactText, nullable=False),
)
Index(None, document.c.id)

contact = Table(
    "contact",
    metadata,
    Column("document_key", Text, ForeignKey("document.key"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", ExactText, nullable=False),
    Column("value", ExactText, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("quote", ExactText, nullable=False),
)

finding = Table(
    "finding",
    metadata,
    Column("key", Text, primary_key=True),
    Column("id", ExactText, nullable=False),
    Column("document_key", Text, ForeignKey("document.key"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("ruleset", ExactText, nullable=False),
    Column("probability", Float, nullable=False),
    Column("band", Text, nullable=False),
    Column("model", ExactText, nullable=False),
    Column("threshold", Float, nullable=False),
    CheckConstraint("probability >= 0 AND probability <= 1", name="probability"),
)
Index(None, finding.c.document_key)

flag = Table(
    "flag",
    metadata,
    Column("finding_key", Text, ForeignKey("finding.key"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("indicator", ExactText, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("rule", ExactText, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("quote", ExactText, nullable=False),
    Column("polarity", Text, nullable=False),
    Column("field", ExactText, nullable=False),
    Column("detail", ExactText, nullable=False),
)

reason = Table(
    "reason",
    metadata,
    Column("finding_key", Text, ForeignKey("finding.key"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("feature", ExactText, nullable=False),
    Column("value", Float, nullable=False),
    Column("contribution", Float, nullable=False),
)

fact = Table(
    "fact",
    metadata,
    Column("finding_key", Text, ForeignKey("finding.key"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("value", ExactText, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("quote", ExactText, nullable=False),
    Column("field", ExactText, nullable=False),
    Column("detail", ExactText, nullable=False),
    # The digits of a Decimal, as text: no database keeps 900.00 and 9E+2 apart as numbers.
    Column("minimum", Text),
    Column("maximum", Text),
    Column("currency", ExactText),
    Column("period", ExactText),
    Column("money_quote", ExactText),
    CheckConstraint(
        "(currency IS NULL) = (period IS NULL) AND (currency IS NULL) = (money_quote IS NULL)"
        " AND (currency IS NOT NULL OR (minimum IS NULL AND maximum IS NULL))",
        name="money",
    ),
)

combination = Table(
    "combination",
    metadata,
    Column("finding_key", Text, ForeignKey("finding.key"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("key", ExactText, nullable=False),
    Column("title", ExactText, nullable=False),
    Column("explanation", ExactText, nullable=False),
    Column("effect", ExactText, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("about", ExactText, nullable=False),
    Column("parts", ExactText, nullable=False),
)

# One row is one URL of one run. The outcome stands in the row itself, so that "done without an outcome" and
# "two outcomes" are not merely forbidden, but cannot be written down.
item = Table(
    "item",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("run_id", Integer, ForeignKey("run.id"), nullable=False),
    Column("url", ExactText, nullable=False),
    Column("source", ExactText, nullable=False),
    Column("role", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("finding_key", Text, ForeignKey("finding.key")),
    Column("screened_at", UtcDateTime),
    Column("skip_reason", Text),
    Column("skip_detail", ExactText),
    Column("skip_source", ExactText),
    Column("page_id", Text, ForeignKey("page.id")),
    UniqueConstraint("run_id", "url"),
    CheckConstraint("role IN ('index', 'item')", name="role"),
    CheckConstraint(
        "(state = 'pending' AND finding_key IS NULL AND skip_reason IS NULL)"
        " OR (state = 'done' AND role = 'index' AND finding_key IS NULL)"
        " OR (state = 'done' AND role = 'item' AND (finding_key IS NULL) <> (skip_reason IS NULL))",
        name="outcome",
    ),
    CheckConstraint("(finding_key IS NULL) = (screened_at IS NULL)", name="screened"),
    CheckConstraint(
        "(skip_reason IS NULL) = (skip_detail IS NULL) AND (skip_reason IS NULL) = (skip_source IS NULL)",
        name="skip",
    ),
)
Index(None, item.c.finding_key)
