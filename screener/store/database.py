"""Every difference between databases, and the border that no exception of a database library crosses.

SQLite today; PostgreSQL would need another engine, its own dialect's insert and its own integrity questions,
all of them here.
"""

import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, NullPool, Table, create_engine, event
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError, StatementError
from sqlalchemy.pool import ConnectionPoolEntry

from screener.errors import StoreError

BUSY_TIMEOUT_MS = 30_000
# Before this release, two connections that write and checkpoint at once can corrupt a WAL file.
# https://sqlite.org/wal.html, "The WAL-reset bug"
WAL_SAFE_SINCE = (3, 51, 3)

_IN_USE = "is in use by another program; wait until it has ended, and run again"
_ADVICE = {
    sqlite3.SQLITE_BUSY: _IN_USE,
    sqlite3.SQLITE_LOCKED: _IN_USE,
    sqlite3.SQLITE_READONLY: "cannot be written; check its permissions, and that its disk is not read-only",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened or made; check that its folder exists and can be written",
    sqlite3.SQLITE_PERM: "cannot be opened; check its permissions",
    sqlite3.SQLITE_FULL: "does not fit on its disk; free some space, and run again",
    sqlite3.SQLITE_IOERR: "lies on a disk that reports a fault; check the disk, and run again",
    sqlite3.SQLITE_CORRUPT: "is damaged; put a backup in its place, or move it away to begin anew",
    sqlite3.SQLITE_NOTADB: "is damaged or no database; put a backup in its place, or move it away",
    sqlite3.SQLITE_CONSTRAINT: "refused a record that breaks its rules; please report this as a defect",
}
_PRIMARY_CODE = 0xFF


def journal_mode(version: tuple[int, ...]) -> str:
    """The journal mode that is safe with this SQLite version: "wal", or "delete" before WAL_SAFE_SINCE."""
    return "wal" if version >= WAL_SAFE_SINCE else "delete"


class Database:
    """One database file; each unit of work has its own connection, so none is carried over a fork."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = _engine(path)
        self._closed = False

    def close(self) -> None:
        """The end of all use; a unit of work begun after it raises StoreError."""
        self._closed = True
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database; whatever fails in it raises StoreError."""
        with self._unit("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that alone may write, committed at the end; after a StoreError nothing was written."""
        # IMMEDIATE waits for the lock here: a read that turns into a write would fail at once instead.
        with self._unit("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _unit(self, begin: str) -> Iterator[Connection]:
        if self._closed:
            raise StoreError(f"{self.path} was closed already; open it again")
        with (
            translated(self.path),
            self._engine.connect().execution_options(begin=begin) as connection,
            connection.begin(),
        ):
            yield connection

    def choose_journal(self) -> None:
        """The file switched to the journal mode that fits this SQLite; StoreError when it cannot be."""
        wanted = journal_mode(sqlite3.sqlite_version_info)
        with translated(self.path), self._engine.connect() as connection:
            driver = connection.connection.cursor()
            mode = driver.execute(f"PRAGMA journal_mode={wanted}").fetchone()
            if mode != (wanted,):
                raise StoreError(f"{self.path} {_IN_USE}")

    def faults(self) -> list[str]:
        """What SQLite itself finds wrong in the file, one line each; empty when all is well."""
        with self.reading() as connection:
            lines = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        faults = [f"the file is damaged: {line}" for line in lines if line != "ok"]
        return faults + [f"row {row[1]} of {row[0]} refers to a missing row of {row[2]}" for row in orphans]


def insert_once(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """The rows inserted; one whose key is there already changes nothing."""
    if rows:
        connection.execute(insert(table).on_conflict_do_nothing(), list(rows))


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """A stretch of work in which whatever a database or a damaged value raises becomes a StoreError."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise StoreError(_sentence(path, error)) from error
    except OverflowError as error:
        raise StoreError(f"{path} cannot hold a number of this size ({error})") from error
    except (zlib.error, ValueError) as error:
        advice = _ADVICE[sqlite3.SQLITE_CORRUPT]
        raise StoreError(f"{path} {advice} ({error})") from error


def _sentence(path: Path, error: SQLAlchemyError | sqlite3.Error) -> str:
    cause = error.orig if isinstance(error, StatementError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    if code is None:
        return f"{path} cannot hold a record as it was given; please report this as a defect ({cause})"
    return f"{path} {_ADVICE.get(code & _PRIMARY_CODE, 'cannot be used')} ({cause})"


def _engine(path: Path) -> Engine:
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _configure(driver: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver would begin transactions of its own, late and deferred; `_begin` does it instead.
    driver.isolation_level = None
    cursor = driver.cursor()
    # FULL: acknowledged means on the disk, also when the power fails a moment later.
    for pragma in ("foreign_keys=ON", "synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
