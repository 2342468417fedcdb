"""Politeness: one request at a time to a host, and a pause between two."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Hold:
    """A host's wish to be left alone: when it was heard, and when it ends, both on the pace's clock."""

    heard_at: float
    until: float


class Pace:
    """Who was asked when; usable from several threads."""

    def __init__(self, sleep: Callable[[float], None], clock: Callable[[], float]) -> None:
        self._sleep = sleep
        self._clock = clock
        self._lock = threading.Lock()
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._last: dict[str, float] = {}
        self._holds: dict[str, Hold] = {}

    @contextmanager
    def turn(self, host: str, delay_seconds: float) -> Iterator[float]:
        """The right to send one request to a host; gives the seconds that were waited for it."""
        asked_at = self._clock()
        with self._lock:
            turn = self._turns[host]
        with turn:
            wait = self.due_in(host, delay_seconds)
            if wait > 0:
                self._sleep(wait)
            try:
                yield self._clock() - asked_at
            finally:
                self._last[host] = self._clock()

    def due_in(self, host: str, delay_seconds: float) -> float:
        """The seconds until the host may be asked again, counted from the end of the last answer."""
        last = self._last.get(host)
        return 0.0 if last is None else max(0.0, last + delay_seconds - self._clock())

    def hold(self, host: str, seconds: float) -> None:
        """Remember that a host asked to be left alone."""
        now = self._clock()
        self._holds[host] = Hold(heard_at=now, until=now + seconds)

    def held(self, host: str) -> Hold | None:
        """The last hold heard from a host, over or not."""
        return self._holds.get(host)

    def hold_left(self, host: str) -> float:
        """The seconds for which a host still wants no request."""
        hold = self._holds.get(host)
        return 0.0 if hold is None else max(0.0, hold.until - self._clock())
