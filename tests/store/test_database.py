import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from screener.errors import StoreError
from screener.store import Store
from screener.store.database import Database, journal_mode

from .factory import URL, finding, item, page


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "delete"),
        ((3, 51, 2), "delete"),
        ((3, 51, 3), "wal"),
        ((3, 52, 0), "wal"),
        ((4, 0), "wal"),
    ],
    ids=["old", "last-with-the-bug", "first-without", "newer", "next-major"],
)
def test_wal_is_used_only_where_it_is_safe(version: tuple[int, ...], mode: str) -> None:
    assert journal_mode(version) == mode


@pytest.mark.parametrize(("pragma", "value"), [("foreign_keys", 1), ("synchronous", 2), ("busy_timeout", 30_000)])
def test_every_connection_is_set_up_for_safety(store: Store, path: Path, pragma: str, value: int) -> None:
    assert store.check() == []
    for unit in (Database(path).reading, Database(path).writing):
        with unit() as connection:
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_reader_does_not_see_half_a_unit_of_work(store: Store, run: int, path: Path) -> None:
    store.enqueue(run, [item()])
    with Database(path).reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM run")
        with Store.open(path) as other:
            assert other.pending(run) == [item()]


def test_two_stores_of_one_file_see_each_others_writes(store: Store, run: int, path: Path) -> None:
    with Store.open(path) as other:
        other.enqueue(run, [item(), item(URL + "2")])
        store.finish_finding(run, URL, finding(), page())
        assert other.pending(run) == [item(URL + "2")]
        assert list(other.findings(run)) == [finding()]


def test_no_descriptor_of_the_file_is_open_between_two_units(store: Store, path: Path) -> None:
    store.runs()
    targets = [entry.resolve() for entry in Path("/proc/self/fd").iterdir()]
    assert path.resolve() not in targets


def test_a_closed_store_says_so(path: Path) -> None:
    with Store.open(path) as store:
        pass
    with pytest.raises(StoreError, match="closed"):
        store.runs()


def test_a_folder_in_the_place_of_the_file_is_named(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StoreError, match="is a folder"):
        Store.open(path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="check that its folder exists"):
        Store.open(tmp_path / "missing" / "screener.sqlite")


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"\x00" * 4096], ids=["text", "zeros"])
def test_a_file_that_is_no_database_is_refused_untouched(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError, match="put a backup in its place"):
        Store.open(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("size", [100, 4096, 20_000], ids=["in-the-header", "after-a-page", "in-the-middle"])
def test_a_cut_off_file_never_passes_for_sound(store: Store, path: Path, size: int) -> None:
    assert store.check() == []
    os.truncate(path, size)
    try:
        with Store.open(path) as cut:
            assert cut.check() != []
    except StoreError as error:
        assert "damaged" in str(error)  # noqa: PT017  either way of finding it out will do


def test_a_damaged_body_is_not_given_out(store: Store, run: int, path: Path) -> None:
    store.enqueue(run, [item()])
    store.finish_finding(run, URL, finding(), page())
    with Database(path).writing() as connection:
        connection.exec_driver_sql("UPDATE body SET content = x'789c030000000001'")
    with pytest.raises(StoreError, match="damaged"):
        store.stored_page(URL)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE finding SET band = 'moonphase'",
        "UPDATE document SET carried = '{'",
        "UPDATE document SET links = '{}'",
        "UPDATE document SET published = 'soon'",
    ],
)
def test_a_damaged_value_is_never_read_as_a_record(store: Store, run: int, path: Path, damage: str) -> None:
    store.enqueue(run, [item()])
    store.finish_finding(run, URL, finding(), None)
    with Database(path).writing() as connection:
        connection.exec_driver_sql(damage)
    with pytest.raises(StoreError, match="damaged"):
        list(store.findings(run))


READ_ONLY = """
import subprocess, sys
from datetime import UTC, datetime
from pathlib import Path
from screener.errors import StoreError
from screener.store import Store
disk = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "none", disk], check=True)
Store.open(disk / "s.sqlite").close()
subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
try:
    with Store.open(disk / "s.sqlite") as store:
        assert store.runs() == []
        now = datetime.now(UTC)
        store.begin_run(code_version="1", model="m", ruleset="r", settings_digest="s", now=now)
except StoreError as error:
    print(error)
"""

FULL = """
import hashlib, random, subprocess, sys
from datetime import UTC, datetime
from pathlib import Path
from screener.errors import StoreError
from screener.records import Page, Skip, SkipReason
from screener.store import QueueItem, Store
disk, now = Path(sys.argv[1]), datetime.now(UTC)
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", disk], check=True)
store = Store.open(disk / "s.sqlite")
run = store.begin_run(code_version="1", model="m", ruleset="r", settings_digest="s", now=now).id
urls = [f"https://a.example/{n}" for n in range(100)]
store.enqueue(run, [QueueItem(url=url, source="a", role="item") for url in urls])
done = 0
try:
    for url in urls:
        body = random.randbytes(30_000)
        digest = hashlib.sha256(body).hexdigest()
        fields = dict(url=url, final_url=url, status=200, headers={}, fetched_at=now, source="a")
        skip = Skip(url=url, reason=SkipReason.EMPTY)
        store.finish_skip(run, skip, Page(body=body, digest=digest, **fields))
        done += 1
except StoreError as error:
    print(error)
subprocess.run(["mount", "-o", "remount,size=8m", disk], check=True)
assert store.check() == [], store.check()
assert len(store.pending(run)) == 100 - done, done
"""


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.defpath}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)  # noqa: S603  our own words


def _on_an_own_disk(script: str, folder: Path) -> str:
    """What the script prints in a mount namespace of its own; skips the test where none can be made."""
    unshare = shutil.which("unshare")
    if unshare is None or _run(unshare, "-rm", "true").returncode:
        pytest.skip("no mount namespace can be made here")
    ended = _run(unshare, "-rm", sys.executable, "-c", script, str(folder))
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_a_read_only_disk_is_told_as_such(tmp_path: Path) -> None:
    assert "its disk is not read-only" in _on_an_own_disk(READ_ONLY, tmp_path)


def test_a_full_disk_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    assert "free some space" in _on_an_own_disk(FULL, tmp_path)
