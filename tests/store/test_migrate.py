import logging
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from screener.errors import StoreError
from screener.records import SkipReason
from screener.store import Store, schema
from screener.store.database import Database
from screener.store.migrate import VERSION_TABLE, VERSIONS

VERSION_1 = Path(__file__).with_name("version1.sql")


def _execute(path: Path, script: str) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()


def _version(path: Path) -> str:
    connection = sqlite3.connect(path)
    version = connection.execute("SELECT version_num FROM screener_version").fetchone()[0]
    connection.close()
    return str(version)


@pytest.mark.parametrize("content", [None, b""], ids=["no-file", "empty-file"])
def test_a_new_file_gets_the_newest_schema(path: Path, content: bytes | None) -> None:
    if content is not None:
        path.write_bytes(content)
    with Store.open(path) as store:
        assert store.check() == []
    assert _version(path) == VERSIONS[-1]


def test_the_migrations_make_the_very_tables_of_the_schema(store: Store, path: Path) -> None:
    assert store.check() == []
    with Database(path).reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, schema.metadata) == []


def test_every_migration_is_a_known_version() -> None:
    config = Config()
    config.set_main_option("script_location", "screener.store:migrations")
    config.set_main_option("path_separator", "os")
    revisions = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(script.revision for script in revisions)[::-1] == VERSIONS


# What the second migration did to a database of version 1.
TO_VERSION_2 = """
CREATE UNIQUE INDEX ix_run_running ON run (state) WHERE state = 'running';
CREATE INDEX ix_page_url_fetched_at ON page (url, fetched_at);
CREATE INDEX ix_document_id ON document (id);
CREATE INDEX ix_finding_document_key ON finding (document_key);
CREATE INDEX ix_item_finding_key ON item (finding_key);
UPDATE screener_version SET version_num = 'v002';
"""


@pytest.mark.parametrize("script", ["", TO_VERSION_2], ids=["version-1", "version-2"])
def test_an_older_database_keeps_all_it_had_and_its_findings_have_no_facts(path: Path, script: str) -> None:
    _execute(path, VERSION_1.read_text() + script)
    with Store.open(path) as store:
        finding = next(store.findings(1))
        assert (finding.document.title, finding.flags[0].quote) == ("Operator Kamboja", "paspor")
        assert (finding.facts, finding.combinations) == ((), ())
        assert store.run(1).skips == {SkipReason.TIMEOUT: 1}
        assert store.check() == []
    assert _version(path) == VERSIONS[-1]


def test_a_migration_that_fails_leaves_the_old_version_whole(path: Path) -> None:
    _execute(path, VERSION_1.read_text() + "CREATE TABLE ix_document_id (x);")
    with pytest.raises(StoreError):
        Store.open(path)
    assert _version(path) == "v001"


def test_a_newer_database_is_refused_untouched(store: Store, path: Path) -> None:
    assert store.check() == []
    _execute(path, "UPDATE screener_version SET version_num = 'v999'")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"newer screener \(schema v999.*update screener"):
        Store.open(path)
    assert path.read_bytes() == before
    assert [left.name for left in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("table", ["customer", "alembic_version"])
def test_the_database_of_another_program_is_refused_untouched(path: Path, table: str) -> None:
    _execute(path, f"CREATE TABLE {table} (version_num TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_migration_leaves_logging_as_it_is(path: Path) -> None:
    root = logging.getLogger()
    own = logging.getLogger("screener.test")
    before = (root.level, list(root.handlers))
    Store.open(path).close()
    assert (root.level, list(root.handlers)) == before
    assert not own.disabled
