import sqlite3
from pathlib import Path

import pytest

from screener.store import Store

from .factory import URL, finding, item, page, skip

BROKEN = {
    "done without exactly one outcome": "UPDATE item SET finding_key = NULL, screened_at = NULL",
    "has an outcome, but is not done": "UPDATE item SET state = 'pending'",
    "missing row of finding": "DELETE FROM finding",
    "missing row of body": "DELETE FROM body",
    "no outcome, though its run is finished": "UPDATE item SET state = 'pending', finding_key = NULL;"
    "UPDATE run SET state = 'finished', finished_at = ''",
}


@pytest.fixture
def filled(store: Store, run: int) -> Store:
    store.enqueue(run, [item(), item(URL + "2")])
    store.finish_finding(run, URL, finding(), page())
    store.finish_skip(run, skip(URL + "2"))
    return store


def _force(path: Path, script: str) -> None:
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON;" + script)
    connection.close()


def test_a_sound_database_has_nothing_to_tell(filled: Store) -> None:
    assert filled.check() == []


@pytest.mark.parametrize(("line", "script"), BROKEN.items(), ids=BROKEN)
def test_a_broken_rule_is_told(filled: Store, path: Path, line: str, script: str) -> None:
    _force(path, script)
    assert any(line in told for told in filled.check())


def test_overwritten_pages_of_the_file_are_told(filled: Store, path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xa5" * (len(content) - 8192)
    path.write_bytes(content)
    assert "damaged" in filled.check()[0]
