import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from screener.store import Store

from .factory import URL, finding, item

ONE_FINDING = "finding_key = (SELECT key FROM finding), screened_at = '2026-11-01'"
ONE_SKIP = "skip_reason = 'timeout', skip_detail = '', skip_source = ''"
OUTCOMELESS = "UPDATE item SET finding_key = NULL, screened_at = NULL"
FORBIDDEN = {
    "done-without-outcome": OUTCOMELESS,
    "finding-and-skip": "UPDATE item SET skip_reason = 'timeout', skip_detail = '', skip_source = ''",
    "pending-with-outcome": "UPDATE item SET state = 'pending'",
    "index-with-finding": "UPDATE item SET role = 'index'",
    "finding-without-time": "UPDATE item SET screened_at = NULL",
    "half-a-skip": OUTCOMELESS + ", skip_reason = 'timeout'",
    "unknown-state": "UPDATE item SET state = 'lost'",
    "url-twice": "INSERT INTO item (run_id, url, source, role, state)"
    " SELECT run_id, url, '', 'item', 'pending' FROM item",
    "missing-finding": "UPDATE item SET finding_key = 'none'",
    "orphan-flag": "DELETE FROM finding",
    "half-an-amount": "UPDATE fact SET period = NULL WHERE period IS NOT NULL",
    "amount-without-currency": "UPDATE fact SET minimum = '1' WHERE currency IS NULL",
    "missing-quote": "UPDATE fact SET quote = NULL",
    "fact-of-no-finding": "UPDATE fact SET finding_key = 'none'",
    "combination-of-no-finding": "UPDATE combination SET finding_key = 'none'",
    "combination-without-parts": "UPDATE combination SET parts = NULL",
    "two-running-runs": "INSERT INTO run (state, started_at, code_version, model, ruleset, settings_digest)"
    " VALUES ('running', '', '', '', '', '')",
    "finished-without-time": "UPDATE run SET state = 'finished'",
    "probability-above-one": "UPDATE finding SET probability = 1.01",
}


@pytest.fixture
def raw(store: Store, run: int, path: Path) -> Iterator[sqlite3.Connection]:
    store.enqueue(run, [item()])
    store.finish_finding(run, URL, finding(), None)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys=ON")
    yield connection
    connection.close()


@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN)
def test_the_database_itself_forbids(raw: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute(statement)


def test_an_outcome_may_be_a_skip_instead(raw: sqlite3.Connection) -> None:
    statement = OUTCOMELESS + ", " + ONE_SKIP
    assert raw.execute(statement).rowcount == 1


def test_the_same_url_may_be_in_the_next_run(raw: sqlite3.Connection) -> None:
    raw.execute("UPDATE run SET state = 'interrupted'")
    added = raw.execute(
        "INSERT INTO run (state, started_at, code_version, model, ruleset, settings_digest)"
        " VALUES ('running', '', '', '', '', '')"
    )
    row = (added.lastrowid, URL)
    inserted = raw.execute(
        "INSERT INTO item (run_id, url, source, role, state) VALUES (?, ?, '', 'item', 'pending')", row
    )
    assert inserted.rowcount == 1
