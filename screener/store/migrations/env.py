"""What Alembic runs: the caller brings the connection and its transaction, and logging is left as it is."""

from alembic import context

given = context.config.attributes
context.configure(connection=given["connection"], version_table=given["version_table"])
context.run_migrations()
