"""The one clock that all parts of a fetch look at."""

from collections.abc import Callable

from screener.errors import FetchError
from screener.records import SkipReason


class Deadline:
    """The time one fetch has left; used by one thread."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._seconds = seconds
        self._end = clock() + seconds

    def left(self) -> float:
        """The seconds left; raises FetchError(TIMEOUT) when there are none."""
        left = self._end - self._clock()
        if left <= 0:
            raise FetchError(SkipReason.TIMEOUT, f"not done within {self._seconds:g} seconds")
        return left

    def allows(self, seconds: float) -> bool:
        """Whether more than this many seconds are left."""
        return self._end - self._clock() > seconds

    def push_back(self, seconds: float) -> None:
        """Give back seconds that were spent waiting for politeness, not for the network."""
        self._end += seconds

    def is_fresh(self) -> bool:
        """Whether at least half of the time is left."""
        return self.allows(self._seconds / 2)
