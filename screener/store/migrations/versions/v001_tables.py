"""The tables: runs, their URLs with one outcome each, pages, documents and findings."""

import sqlalchemy as sa
from alembic import op

revision = "v001"
down_revision = None

_OUTCOME = (
    "(state = 'pending' AND finding_key IS NULL AND skip_reason IS NULL)"
    " OR (state = 'done' AND role = 'index' AND finding_key IS NULL)"
    " OR (state = 'done' AND role = 'item' AND (finding_key IS NULL) <> (skip_reason IS NULL))"
)
_SKIP = "(skip_reason IS NULL) = (skip_detail IS NULL) AND (skip_reason IS NULL) = (skip_source IS NULL)"


def upgrade() -> None:
    """The tables made, those first that others refer to."""
    _run()
    _pages()
    _documents()
    _findings()
    _items()


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _part_of(owner: str) -> list[sa.Column[str] | sa.Column[int] | sa.Constraint]:
    return [
        _text(f"{owner}_key"),
        sa.Column("position", sa.Integer, autoincrement=False, nullable=False),
    ]


def _part_keys(table: str, owner: str) -> list[sa.Constraint]:
    key = f"{owner}_key"
    return [
        sa.PrimaryKeyConstraint(key, "position", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint([key], [f"{owner}.key"], name=op.f(f"fk_{table}_{key}")),
    ]


def _run() -> None:
    op.create_table(
        "run",
        _whole("id"),
        _text("state"),
        _text("started_at"),
        _text("finished_at", nullable=True),
        _text("code_version"),
        _text("model"),
        _text("ruleset"),
        _text("settings_digest"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
        sa.CheckConstraint("state IN ('running', 'finished', 'interrupted')", name=op.f("ck_run_state")),
        sa.CheckConstraint("(state = 'finished') = (finished_at IS NOT NULL)", name=op.f("ck_run_finished")),
        sqlite_autoincrement=True,
    )


def _pages() -> None:
    op.create_table(
        "body",
        _text("digest"),
        _whole("size"),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_body")),
    )
    op.create_table(
        "page",
        _text("id"),
        _text("url"),
        _text("final_url"),
        _whole("status"),
        _text("headers"),
        _text("digest"),
        _text("fetched_at"),
        _text("source"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page")),
        sa.ForeignKeyConstraint(["digest"], ["body.digest"], name=op.f("fk_page_digest")),
    )


def _documents() -> None:
    op.create_table(
        "document",
        _text("key"),
        _text("id"),
        _text("url"),
        _text("text"),
        _text("title"),
        _text("language"),
        _text("published", nullable=True),
        _text("page_digest", nullable=True),
        _text("source"),
        _text("posting", nullable=True),
        _text("links"),
        _text("carried"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_document")),
    )
    op.create_table(
        "contact",
        *_part_of("document"),
        _text("kind"),
        _text("value"),
        _whole("span_start"),
        _whole("span_end"),
        _text("quote"),
        *_part_keys("contact", "document"),
    )


def _findings() -> None:
    op.create_table(
        "finding",
        _text("key"),
        _text("id"),
        _text("document_key"),
        _text("kind"),
        _text("scope"),
        _text("ruleset"),
        sa.Column("probability", sa.Float, nullable=False),
        _text("band"),
        _text("model"),
        sa.Column("threshold", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_finding")),
        sa.ForeignKeyConstraint(["document_key"], ["document.key"], name=op.f("fk_finding_document_key")),
        sa.CheckConstraint("probability >= 0 AND probability <= 1", name=op.f("ck_finding_probability")),
    )
    op.create_table(
        "flag",
        *_part_of("finding"),
        _text("indicator"),
        _whole("severity"),
        _text("rule"),
        _whole("span_start"),
        _whole("span_end"),
        _text("quote"),
        _text("polarity"),
        _text("field"),
        _text("detail"),
        *_part_keys("flag", "finding"),
    )
    op.create_table(
        "reason",
        *_part_of("finding"),
        _text("feature"),
        sa.Column("value", sa.Float, nullable=False),
        sa.Column("contribution", sa.Float, nullable=False),
        *_part_keys("reason", "finding"),
    )


def _items() -> None:
    op.create_table(
        "item",
        _whole("id"),
        _whole("run_id"),
        _text("url"),
        _text("source"),
        _text("role"),
        _text("state"),
        _text("finding_key", nullable=True),
        _text("screened_at", nullable=True),
        _text("skip_reason", nullable=True),
        _text("skip_detail", nullable=True),
        _text("skip_source", nullable=True),
        _text("page_id", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_item_run_id")),
        sa.ForeignKeyConstraint(["finding_key"], ["finding.key"], name=op.f("fk_item_finding_key")),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_item_page_id")),
        sa.UniqueConstraint("run_id", "url", name=op.f("uq_item_run_id_url")),
        sa.CheckConstraint("role IN ('index', 'item')", name=op.f("ck_item_role")),
        sa.CheckConstraint(_OUTCOME, name=op.f("ck_item_outcome")),
        sa.CheckConstraint("(finding_key IS NULL) = (screened_at IS NULL)", name=op.f("ck_item_screened")),
        sa.CheckConstraint(_SKIP, name=op.f("ck_item_skip")),
    )
