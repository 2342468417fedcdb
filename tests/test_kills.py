"""Twenty kills of a real scan, at instants spread over its run; nothing is lost and nothing is doubled."""

import multiprocessing
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

import pytest

from screener.bootstrap import open_store
from screener.cli import main
from screener.settings import load_settings

from .scans import outcomes, rows, sample_copy

CHAINS = 2
KILLS = 10
LAST_LEFT = 4
EXTRA_SECONDS = 0.03
TABLES = ("run", "item", "page", "body", "document", "contact", "finding", "flag", "reason", "fact", "combination")
PATIENCE_SECONDS = 90.0
POLL_SECONDS = 0.02
# Imported once by the server that every killed child is forked from; the child does the rest of its start itself.
PRELOADED = ["pytest", "screener.cli", "screener.bootstrap", "screener.cli.commands", __name__]


def short_config(folder: Path) -> Path:
    """The sample without the host that asks for a second between two requests."""
    config = sample_copy(folder / "sample")
    head, *sources = re.split(r"(?m)^(?=\[\[source\]\])", config.read_text(encoding="utf-8"))
    kept = [source for source in sources if "cahaya-mandiri" not in source]
    text = (head + "".join(kept)).replace('"../../data/sample', '"../data')
    config.write_text(text, encoding="utf-8")
    return config


@pytest.fixture
def forks() -> ForkServerContext:
    """A server of fresh processes with the program imported, so that twenty starts fit into a test."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


def command(config: Path) -> None:
    """The command line of a scan, in a process of its own, with nothing on the terminal."""
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    sys.argv = ["screener", "scan", "--config", str(config)]
    main()


def whole_scan(config: Path) -> None:
    """A scan that nobody kills."""
    arguments = [sys.executable, "-m", "screener", "scan", "--config", str(config)]
    ended = subprocess.run(arguments, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)  # noqa: S603  our own command
    assert ended.returncode == 0, ended.stderr


def done(data: Path) -> int:
    """How many URLs have their outcome; -1 while the database cannot be read."""
    try:
        with closing(sqlite3.connect(f"file:{data}/screener.sqlite?mode=ro", uri=True, timeout=0)) as connection:
            return int(connection.execute("SELECT count(*) FROM item WHERE state = 'done'").fetchone()[0])
    except sqlite3.OperationalError:
        return -1


def kill_at(scan: ForkServerProcess, data: Path, count: int, extra_seconds: float) -> int | None:
    """The exit code of a scan that is killed a moment after it has brought so many URLs to their outcome."""
    scan.start()
    until = time.monotonic() + PATIENCE_SECONDS
    while done(data) < count and scan.is_alive() and time.monotonic() < until:
        time.sleep(POLL_SECONDS)
    time.sleep(extra_seconds)
    scan.kill()
    scan.join()
    return scan.exitcode


def chain(forks: ForkServerContext, folder: Path, seed: int, total: int) -> tuple[Path, int]:
    """A scan that was killed ten times and then left alone, and how many of the kills met it alive."""
    config, chance = short_config(folder), random.Random(seed)  # noqa: S311  spreads kills, guards nothing
    # Not the very end: a scan that is killed when its run is closed is over, and the next one is another.
    counts = [int((number + chance.random()) * (total - LAST_LEFT) / KILLS) for number in range(KILLS)]
    codes = [
        kill_at(forks.Process(target=command, args=(config,)), folder / "data", count, chance.random() * EXTRA_SECONDS)
        for count in counts
    ]
    if rows(folder / "data", "SELECT state FROM run") != [("finished",)]:
        whole_scan(config)
    return config, codes.count(-signal.SIGKILL)


@pytest.mark.timeout(300)
def test_twenty_kills_lose_and_double_nothing(forks: ForkServerContext, tmp_path: Path) -> None:
    whole = short_config(tmp_path / "whole")
    whole_scan(whole)
    expected, total = state(whole), done(tmp_path / "whole" / "data")
    with ThreadPoolExecutor(CHAINS) as pool:
        chains = list(pool.map(lambda seed: chain(forks, tmp_path / f"chain-{seed}", seed, total), range(CHAINS)))
    assert [kills for _, kills in chains] == [KILLS] * CHAINS
    for config, _ in chains:
        assert state(config) == expected
        assert faults(config) == []


def state(config: Path) -> dict[str, object]:
    """The outcome of each URL, and how many rows each table has."""
    data = config.parent.parent / "data"
    counts: dict[str, object] = {table: rows(data, f"SELECT count(*) FROM {table}") for table in TABLES}  # noqa: S608  names from above
    return {**counts, "outcomes": outcomes(data, 1), "states": rows(data, "SELECT state FROM run")}


def faults(config: Path) -> list[str]:
    with open_store(load_settings(config, {})) as store:
        checked = rows(config.parent.parent / "data", "PRAGMA integrity_check")
        return store.check() + [line for (line, *_) in checked if line != "ok"]
