"""Many requests at once: hosts side by side, each host at its own pace."""

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from screener.errors import FetchError
from screener.fetch.client import Fetcher, Request
from screener.fetch.urls import host_of
from screener.records import Page, SkipReason

# A job that takes this long is waiting for its host, not for us: its place goes to another host.
STALLED_SECONDS = 1.0
# The threads that stalled hosts may hold, as a multiple of the workers.
THREADS_PER_WORKER = 4

Outcome = tuple[Request, Page | FetchError]


class _Lane:
    """The requests to one host that still wait, in order."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.waiting: deque[Request] = deque()
        self.prepared: set[str] = set()


class _Round:
    """The state of one `fetch_many` call; only the calling thread touches it."""

    def __init__(self, fetcher: Fetcher, requests: Iterable[Request], pool: ThreadPoolExecutor, workers: int) -> None:
        self._fetcher = fetcher
        self._pool = pool
        self._workers = workers
        self._started_at = fetcher.clock()
        self._lanes = _lanes(requests)
        self._idle = deque(self._lanes)
        self._flying: dict[Future[Page | FetchError | None], tuple[_Lane, Request, float]] = {}
        self._refusals: set[str] = set()

    def run(self) -> Iterator[Outcome]:
        """Each request with its outcome, as they come in."""
        while self._idle or self._flying:
            self._launch()
            for request, outcome in self._landed():
                self._note(outcome)
                yield request, outcome
            yield from self._spared()

    def _launch(self) -> None:
        """Start what politeness allows now; lanes take turns, and empty ones leave."""
        for _ in range(len(self._idle)):
            if not self._has_room():
                return
            lane = self._idle.popleft()
            if not lane.waiting:
                continue
            if self._fetcher.due_in(lane.waiting[0]) > 0:
                self._idle.append(lane)
            else:
                self._start(lane)

    def _has_room(self) -> bool:
        """Whether fewer jobs than workers are moving, and a thread is left."""
        stalled_since = self._fetcher.clock() - STALLED_SECONDS
        moving = sum(started_at > stalled_since for _, _, started_at in self._flying.values())
        return moving < self._workers and len(self._flying) < self._workers * THREADS_PER_WORKER

    def _start(self, lane: _Lane) -> None:
        """robots.txt goes ahead as a job of its own, so that no worker sleeps between it and the page."""
        request = lane.waiting[0]
        if self._fetcher.is_prepared(request) or request.url in lane.prepared:
            lane.waiting.popleft()
            job = self._pool.submit(_attempt, self._fetcher, request)
        else:
            lane.prepared.add(request.url)
            job = self._pool.submit(_prepare, self._fetcher, request)
        self._flying[job] = (lane, request, self._fetcher.clock())

    def _landed(self) -> list[Outcome]:
        """What has come back; waits until something has, or until a lane may start."""
        if not self._flying:
            self._fetcher.sleep(self._next_due() or 0.0)
            return []
        patience = self._next_due() if self._has_room() else STALLED_SECONDS
        done, _ = wait(self._flying, patience, FIRST_COMPLETED)
        return [outcome for job in done if (outcome := self._outcome(job)) is not None]

    def _outcome(self, job: "Future[Page | FetchError | None]") -> Outcome | None:
        lane, request, _ = self._flying.pop(job)
        self._idle.append(lane)
        result = job.result()
        return None if result is None else (request, result)

    def _next_due(self) -> float | None:
        """The seconds until the first idle lane may start, or None when none is idle."""
        dues = [self._fetcher.due_in(lane.waiting[0]) for lane in self._idle if lane.waiting]
        return min(dues, default=None)

    def _note(self, outcome: Page | FetchError) -> None:
        """After a refusal, find out which host refused: a redirect may have led to another one."""
        if not isinstance(outcome, FetchError) or outcome.reason is not SkipReason.RETRY_LATER:
            return
        for lane in self._lanes:
            hold = self._fetcher.pace.held(lane.host)
            if hold is not None and (hold.heard_at >= self._started_at or self._fetcher.pace.hold_left(lane.host) > 0):
                self._refusals.add(lane.host)

    def _spared(self) -> Iterator[Outcome]:
        """The requests that are not sent because their host asked to be left alone."""
        for lane in [lane for lane in self._idle if lane.host in self._refusals]:
            while lane.waiting:
                request = lane.waiting.popleft()
                seconds = self._fetcher.pace.hold_left(lane.host)
                yield (
                    request,
                    FetchError(SkipReason.RETRY_LATER, f"{lane.host} asked to be left alone", seconds),
                )


def fetch_many(
    fetcher: Fetcher, requests: Iterable[Request], *, workers: int = 8
) -> Generator[tuple[Request, Page | FetchError], None, None]:
    """Each request with its page or its error, as they come in; closing the generator early is safe.

    At most `workers` requests are moving at a time; a stalled one gives up its place, not its connection.
    """
    pool = ThreadPoolExecutor(workers * THREADS_PER_WORKER, thread_name_prefix="fetch")
    try:
        yield from _Round(fetcher, requests, pool, workers).run()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _lanes(requests: Iterable[Request]) -> list[_Lane]:
    lanes: dict[str, _Lane] = {}
    for request in requests:
        host = host_of(request.url)
        lanes.setdefault(host, _Lane(host)).waiting.append(request)
    return list(lanes.values())


def _prepare(fetcher: Fetcher, request: Request) -> Page | FetchError | None:
    fetcher.prepare(request)
    return None


def _attempt(fetcher: Fetcher, request: Request) -> Page | FetchError | None:
    try:
        return fetcher.fetch(request)
    except FetchError as error:
        return error
