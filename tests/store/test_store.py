import multiprocessing
import random
import time
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest

from screener.records import SkipReason
from screener.store import Store

from .factory import NOW, begin, document, finding, item, page, skip

FORK = multiprocessing.get_context("fork")
URLS = [f"https://papan.example/lowongan/{number}" for number in range(200)]
KILLS = 20


def _write_outcomes(path: Path, told: Connection, share: int = 0, shares: int = 1) -> None:
    """Finds and skips by turns; each URL is told once its outcome is acknowledged."""
    with Store.open(path) as store:
        run = begin(store).id
        store.enqueue(run, [item(url) for url in URLS])
        for queued in store.pending(run):
            if URLS.index(queued.url) // 2 % shares == share:
                _finish(store, run, queued.url)
                told.send(queued.url)


def _finish(store: Store, run: int, url: str) -> None:
    if URLS.index(url) % 2:
        store.finish_skip(run, skip(url, SkipReason.EMPTY), page(url))
    else:
        store.finish_finding(run, url, finding(document(url)), page(url, body=url.encode()))


def _start(path: Path, share: int = 0, shares: int = 1) -> tuple[ForkProcess, Connection]:
    here, there = FORK.Pipe(duplex=False)
    child = FORK.Process(target=_write_outcomes, args=(path, there, share, shares))
    child.start()
    there.close()  # so that the end of the child is the end of the pipe
    return child, here


def _drained(pipe: Connection) -> list[str]:
    told = []
    try:
        while True:
            told.append(pipe.recv())
    except (EOFError, OSError):
        return told


def _killed(path: Path, chance: random.Random) -> list[str]:
    """The URLs that a child acknowledged before it was killed at a random instant."""
    child, pipe = _start(path)
    told = [pipe.recv() for _ in range(chance.randrange(15)) if pipe.poll(10)]
    time.sleep(chance.uniform(0, 0.01))
    child.kill()
    child.join()
    return told + _drained(pipe)


def _outcomes(store: Store, run: int) -> list[str]:
    return [one.document.url for one in store.findings(run)] + [one.url for one in store.skips(run)]


@pytest.fixture
def told(path: Path) -> list[str]:
    """What twenty children acknowledged, each killed, each going on where the last one was stopped."""
    chance = random.Random()  # noqa: S311  instants, not secrets
    acknowledged = []
    for _ in range(KILLS):
        acknowledged += _killed(path, chance)
        with Store.open(path) as store:
            assert store.check() == []
            assert set(acknowledged) <= set(_outcomes(store, begin(store).id))
    return acknowledged


def test_twenty_kills_lose_nothing_and_double_nothing(path: Path, told: list[str]) -> None:
    assert len(told) == len(set(told))
    child, pipe = _start(path)
    _drained(pipe)
    child.join()
    with Store.open(path) as store:
        start = begin(store)
        assert (start.id, start.resumed) == (1, True)
        assert sorted(_outcomes(store, 1)) == sorted(URLS)
        store.finish_run(1, NOW)
        assert store.check() == []


def test_two_processes_write_one_run_without_a_lock_error(path: Path) -> None:
    with Store.open(path) as store:
        run = begin(store).id
    children = [_start(path, share, 2) for share in range(2)]
    told = [url for _, pipe in children for url in _drained(pipe)]
    for child, _ in children:
        child.join()
        assert child.exitcode == 0
    with Store.open(path) as store:
        assert sorted(_outcomes(store, run)) == sorted(told) == sorted(URLS)
        assert store.check() == []
