"""The tables of facts and combinations; findings stored before have none."""

import sqlalchemy as sa
from alembic import op

revision = "v003"
down_revision = "v002"

_MONEY = (
    "(currency IS NULL) = (period IS NULL) AND (currency IS NULL) = (money_quote IS NULL)"
    " AND (currency IS NOT NULL OR (minimum IS NULL AND maximum IS NULL))"
)


def upgrade() -> None:
    """The tables made."""
    _facts()
    _combinations()


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _part_of_finding(table: str) -> list[sa.Column[str] | sa.Column[int] | sa.Constraint]:
    return [
        _text("finding_key"),
        sa.Column("position", sa.Integer, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("finding_key", "position", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["finding_key"], ["finding.key"], name=op.f(f"fk_{table}_finding_key")),
    ]


def _facts() -> None:
    op.create_table(
        "fact",
        *_part_of_finding("fact"),
        _text("kind"),
        _text("value"),
        _whole("span_start"),
        _whole("span_end"),
        _text("quote"),
        _text("field"),
        _text("detail"),
        _text("minimum", nullable=True),
        _text("maximum", nullable=True),
        _text("currency", nullable=True),
        _text("period", nullable=True),
        _text("money_quote", nullable=True),
        sa.CheckConstraint(_MONEY, name=op.f("ck_fact_money")),
    )


def _combinations() -> None:
    op.create_table(
        "combination",
        *_part_of_finding("combination"),
        _text("key"),
        _text("title"),
        _text("explanation"),
        _text("effect"),
        _whole("severity"),
        _text("about"),
        _text("parts"),
    )
