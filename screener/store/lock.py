"""One scan at a time in a data folder, kept by the kernel: it ends with the process, however that ends."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from screener.errors import BusyError, StoreError

LOCK_NAME = "scan.lock"
_PATIENCE = 20
_PAUSE_SECONDS = 0.01


class _Descriptor:
    """An open file that a forked child lets go of, so that no worker keeps a dead scan's lock."""

    def __init__(self, path: Path) -> None:
        self.number: int | None = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        os.register_at_fork(after_in_child=self._let_go)

    def close(self) -> None:
        if self.number is not None:
            # Unlocked by name: a child forked this instant may still have its copy of the file open.
            fcntl.flock(self.number, fcntl.LOCK_UN)
        self._let_go()

    def _let_go(self) -> None:
        number, self.number = self.number, None
        if number is not None:
            os.close(number)


@contextmanager
def scan_lock(folder: Path, sleep: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """The only scan of a data folder, until the block ends.

    Raises BusyError at once, with the number of the other process, when one is running; StoreError when the
    folder is missing, cannot be written, or lies on a disk that knows no locks.
    """
    path = folder / LOCK_NAME
    try:
        lock = _Descriptor(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be made; check that its folder exists and can be written ({error})") from error
    try:
        _take(lock, path, sleep)
        yield
    finally:
        lock.close()


def _take(lock: _Descriptor, path: Path, sleep: Callable[[float], None]) -> None:
    number = lock.number
    if number is None:
        raise StoreError(f"{path} was closed before it was locked")
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _write_pid(number)
    except BlockingIOError as error:
        raise BusyError(_busy(path, _holder(number, sleep))) from error
    except OSError as error:
        raise StoreError(f"{path} cannot be locked; keep the data folder on a local disk ({error})") from error


def _write_pid(number: int) -> None:
    os.ftruncate(number, 0)
    os.pwrite(number, f"{os.getpid()}\n".encode(), 0)


def _busy(path: Path, holder: int | None) -> str:
    who = "another process" if holder is None else f"process {holder}"
    return f"another scan of {path.parent} is running ({who}); wait until it has ended, and run again"


def _holder(number: int, sleep: Callable[[float], None]) -> int | None:
    # The winner has the lock a moment before its number is in the file; a killed one leaves its number there.
    for _ in range(_PATIENCE):
        text = os.pread(number, 32, 0).strip()
        if text.isdigit() and _is_alive(int(text)):
            return int(text)
        sleep(_PAUSE_SECONDS)
    return None


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # alive, and another user's
        return True
    return True
