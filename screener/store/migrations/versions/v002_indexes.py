"""The indexes that the reads follow, and the one that allows no second running run."""

import sqlalchemy as sa
from alembic import op

revision = "v002"
down_revision = "v001"


def upgrade() -> None:
    """The indexes made."""
    running = sa.text("state = 'running'")
    op.create_index("ix_run_running", "run", ["state"], unique=True, sqlite_where=running, postgresql_where=running)
    op.create_index("ix_page_url_fetched_at", "page", ["url", "fetched_at"])
    op.create_index("ix_document_id", "document", ["id"])
    op.create_index("ix_finding_document_key", "finding", ["document_key"])
    op.create_index("ix_item_finding_key", "item", ["finding_key"])
