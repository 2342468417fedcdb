import multiprocessing
import os
import signal
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from screener.errors import BusyError, StoreError
from screener.store import scan_lock

FORK = multiprocessing.get_context("fork")


def _hold(folder: Path, told: Connection) -> None:
    with scan_lock(folder):
        told.send(os.getpid())
        signal.pause()


def _hold_with_a_worker(folder: Path, told: Connection) -> None:
    with scan_lock(folder):
        if os.fork() == 0:
            told.send(os.getpid())
        signal.pause()


def _compete(folder: Path, start: Barrier, end: Barrier, told: Connection) -> None:
    start.wait(10)
    try:
        with scan_lock(folder):
            told.send((os.getpid(), None))
            end.wait(10)
    except BusyError as error:
        told.send((os.getpid(), str(error)))
        end.wait(10)


def test_a_second_scan_is_told_the_process_of_the_first(tmp_path: Path) -> None:
    with (
        scan_lock(tmp_path),
        pytest.raises(BusyError, match=rf"process {os.getpid()}\b"),
        scan_lock(tmp_path),
    ):
        pass


def test_the_lock_is_free_after_the_block(tmp_path: Path) -> None:
    for _ in range(2):
        with scan_lock(tmp_path):
            pass


def test_the_lock_is_free_after_an_error_in_the_block(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), scan_lock(tmp_path):
        raise ZeroDivisionError
    with scan_lock(tmp_path):
        pass


def test_two_folders_may_be_scanned_at_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with scan_lock(tmp_path / "a"), scan_lock(tmp_path / "b"):
        pass


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="missing"), scan_lock(tmp_path / "missing"):
        pass


def test_a_killed_scan_frees_its_lock(tmp_path: Path) -> None:
    here, there = FORK.Pipe()
    child = FORK.Process(target=_hold, args=(tmp_path, there))
    child.start()
    assert here.recv() == child.pid
    with pytest.raises(BusyError, match=f"process {child.pid}"), scan_lock(tmp_path):
        pass
    child.kill()
    child.join()
    with scan_lock(tmp_path):
        pass


def test_the_lock_is_free_after_the_block_though_a_forked_worker_lives(tmp_path: Path) -> None:
    with scan_lock(tmp_path):
        worker = FORK.Process(target=signal.pause)
        worker.start()
    try:
        with scan_lock(tmp_path):
            pass
    finally:
        worker.kill()
        worker.join()


def test_a_forked_worker_does_not_keep_a_killed_scans_lock(tmp_path: Path) -> None:
    here, there = FORK.Pipe()
    scan = FORK.Process(target=_hold_with_a_worker, args=(tmp_path, there))
    scan.start()
    worker = here.recv()
    scan.kill()
    scan.join()
    try:
        with scan_lock(tmp_path):
            pass
    finally:
        os.kill(worker, signal.SIGKILL)


@pytest.mark.parametrize("race", range(10))
def test_a_race_of_two_has_exactly_one_winner(tmp_path: Path, race: int) -> None:
    (tmp_path / "scan.lock").write_text(f"{race}" * 9)  # what a killed scan may have left
    here, there = FORK.Pipe()
    start, end = FORK.Barrier(2), FORK.Barrier(2)
    children = [FORK.Process(target=_compete, args=(tmp_path, start, end, there)) for _ in range(2)]
    for child in children:
        child.start()
    told = dict(here.recv() for _ in children)
    for child in children:
        child.join(10)
    winners = [pid for pid, refusal in told.items() if refusal is None]
    assert len(winners) == 1
    assert [f"process {winners[0]}" in refusal for refusal in told.values() if refusal] == [True]
