"""Bringing a database file to the newest schema, and refusing one that is newer, or not ours."""

from sqlalchemy import Connection, column, inspect, select, table

from screener.errors import StoreError
from screener.store.database import Database, translated

# Appended with each migration, oldest first.
VERSIONS = ("v001", "v002", "v003")
# Not Alembic's own name, so that the database of another program that uses Alembic is told apart.
VERSION_TABLE = "screener_version"


def migrate(database: Database) -> None:
    """The database at the newest version, in one unit of work.

    Raises StoreError, with the file untouched, when it was made by a newer program or by another one.
    """
    with database.reading() as connection:
        version = _known_version(database, connection)
    database.choose_journal()
    if version != VERSIONS[-1]:
        with database.writing() as connection:
            # Another process may have migrated it between the two looks.
            _known_version(database, connection)
            _upgrade(database, connection)


def _known_version(database: Database, connection: Connection) -> str | None:
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if VERSION_TABLE not in tables:
        raise StoreError(f"{database.path} is a database of another program; give another path")
    version = connection.execute(select(column("version_num")).select_from(table(VERSION_TABLE))).scalar_one_or_none()
    if version not in VERSIONS:
        raise StoreError(
            f"{database.path} was made by a newer screener (schema {version}, known here: {VERSIONS[-1]});"
            " update screener, or give another path",
        )
    return str(version)


def _upgrade(database: Database, connection: Connection) -> None:
    # Alembic takes longer to load than an up-to-date database takes to open.
    from alembic import command  # noqa: PLC0415  only a migration pays for it
    from alembic.config import Config  # noqa: PLC0415  only a migration pays for it
    from alembic.util import CommandError  # noqa: PLC0415  only a migration pays for it

    config = Config(attributes={"connection": connection, "version_table": VERSION_TABLE})
    config.set_main_option("script_location", "screener.store:migrations")
    config.set_main_option("path_separator", "os")
    with translated(database.path):
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StoreError(f"{database.path} cannot be brought up to date ({error})") from error
