"""The store as the rest of the program knows it: each method is one unit of work and raises only StoreError.

`finish_finding` may also raise ItemError, when an input row carried a value that cannot be stored.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from screener.errors import StoreError
from screener.records import Finding, Page, Run, Skip
from screener.store import checks, reads, writes
from screener.store.database import Database
from screener.store.migrate import migrate
from screener.store.queue import QueueItem, RunStart, RunState, SourceCounts, StoredPage

_BATCH = 100


class Store:
    """Runs, their URLs with one outcome each, and the evidence, in one SQLite file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path) -> Self:
        """The store in this file, made or brought to the newest schema if need be.

        Raises StoreError when the file is damaged, not ours, a newer screener's, or cannot be written.
        """
        if path.is_dir():
            raise StoreError(f"{path} is a folder; give the path of a file in it")
        database = Database(path)
        migrate(database)
        return cls(database)

    def close(self) -> None:
        """The end of all use of this store."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def begin_run(
        self, *, code_version: str, model: str, ruleset: str, settings_digest: str, now: datetime
    ) -> RunStart:
        """The run to work on: the newest, if it is unfinished and has the same model, ruleset and settings.

        Otherwise a new one; an unfinished one of other settings is then closed as interrupted, and kept.
        """
        plan = writes.Plan(code_version=code_version, model=model, ruleset=ruleset, settings_digest=settings_digest)
        with self._database.writing() as connection:
            return writes.begin_run(connection, plan, now)

    def finish_run(self, run: int, now: datetime) -> None:
        """The run closed as finished; raises StoreError while one of its URLs has no outcome."""
        with self._database.writing() as connection:
            writes.finish_run(connection, run, now)

    def enqueue(self, run: int, items: Sequence[QueueItem]) -> None:
        """The items queued in their order; a URL that the run knows already stays as it is."""
        with self._database.writing() as connection:
            writes.enqueue(connection, run, items)

    def finish_index(self, run: int, url: str, found: Sequence[QueueItem], page: Page | None) -> None:
        """The index done and the items it lists queued, both or neither."""
        with self._database.writing() as connection:
            writes.finish_index(connection, run, url, found, page)

    def fail_index(self, run: int, skip: Skip) -> None:
        """The index done, with the reason why it listed nothing."""
        with self._database.writing() as connection:
            writes.finish_skip(connection, run, skip, "index", None)

    def finish_finding(self, run: int, url: str, finding: Finding, page: Page | None) -> None:
        """The item done with its finding, page and all that hangs on them, or nothing of it.

        Raises ItemError when the document carries a value that cannot be stored.
        """
        with self._database.writing() as connection:
            writes.finish_finding(connection, run, url, finding, page)

    def finish_skip(self, run: int, skip: Skip, page: Page | None = None) -> None:
        """The item done, with the reason why it has no finding."""
        with self._database.writing() as connection:
            writes.finish_skip(connection, run, skip, "item", page)

    def pending(self, run: int) -> list[QueueItem]:
        """The URLs of a run without an outcome, in the order of discovery."""
        with self._database.reading() as connection:
            return reads.pending(connection, run)

    def count_items(self, run: int) -> int:
        """How many items a run discovered, done or not; indexes are not counted."""
        with self._database.reading() as connection:
            return reads.count_items(connection, run)

    def stored_page(self, url: str) -> StoredPage | None:
        """The newest page stored for a URL with status 200, for a conditional request and its 304."""
        with self._database.reading() as connection:
            return reads.stored_page(connection, url)

    def latest_run(self) -> Run | None:
        """The newest run, whatever its state; None in a new database."""
        with self._database.reading() as connection:
            return reads.latest_run(connection)

    def run(self, run_id: int) -> Run:
        """The run of this number; raises StoreError when there is none."""
        with self._database.reading() as connection:
            return reads.run(connection, run_id)

    def run_state(self, run_id: int) -> RunState:
        """How far the run of this number is; raises StoreError when there is none."""
        with self._database.reading() as connection:
            return reads.run_state(connection, run_id)

    def runs(self) -> list[Run]:
        """All runs, newest first."""
        with self._database.reading() as connection:
            return reads.runs(connection)

    def abandoned_runs(self) -> list[Run]:
        """The runs that were closed as interrupted, newest first."""
        with self._database.reading() as connection:
            return reads.runs(connection, [RunState.INTERRUPTED])

    def findings(self, run: int) -> Iterator[Finding]:
        """The findings of a run, highest probability first, as they were when the first was asked for.

        They are read in batches, and nothing is locked between two of them.
        """
        with self._database.reading() as connection:
            order = reads.finding_order(connection, run)
        for first in range(0, len(order), _BATCH):
            with self._database.reading() as connection:
                batch = reads.findings(connection, order[first : first + _BATCH])
            yield from batch

    def skips(self, run: int) -> list[Skip]:
        """The skipped items of a run, in the order of discovery."""
        with self._database.reading() as connection:
            return reads.skips(connection, run, "item")

    def index_skips(self, run: int) -> list[Skip]:
        """The failed indexes of a run, in the order of discovery."""
        with self._database.reading() as connection:
            return reads.skips(connection, run, "index")

    def new_findings(self, run: int) -> frozenset[str]:
        """The ids of a run's findings whose document id no earlier finished run had."""
        with self._database.reading() as connection:
            return reads.new_findings(connection, run)

    def source_counts(self, run: int) -> dict[str, SourceCounts]:
        """The items of a run by source; `index_skips` has the failed indexes."""
        with self._database.reading() as connection:
            return reads.source_counts(connection, run)

    def check(self) -> list[str]:
        """What is wrong with the database, one line each; empty when all is well."""
        return checks.check(self._database)
