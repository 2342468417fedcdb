"""The fetcher: a URL in, a page or the reason why not out."""

import hashlib
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType, TracebackType
from typing import Literal, Self

import httpx

from screener.errors import FetchError
from screener.fetch import guard as guarding
from screener.fetch.answer import Answer, Intake
from screener.fetch.deadline import Deadline
from screener.fetch.limits import Limits
from screener.fetch.outcome import body_of
from screener.fetch.pace import Pace
from screener.fetch.redirects import walk
from screener.fetch.robots import Robots
from screener.fetch.transport import GuardedTransport
from screener.fetch.urls import origin, parse
from screener.fetch.wire import Question, Wire
from screener.records import Page

NO_ROUTES: Mapping[str, str] = MappingProxyType({})
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.8,text/*;q=0.7,*/*;q=0.1"


@dataclass(frozen=True, kw_only=True)
class Request:
    """A page that is wanted: validators make it conditional, the role decides how large it may be."""

    url: str
    source: str
    delay_seconds: float = 2.0
    etag: str | None = None
    last_modified: str | None = None
    role: Literal["item", "feed", "robots"] = "item"


class Fetcher:
    """Fetches pages politely and within limits; usable from several threads, closed by `with`."""

    def __init__(  # noqa: PLR0913  the parts arrive as arguments
        self,
        limits: Limits,
        user_agent: str,
        *,
        allow: frozenset[str] = frozenset(),
        routes: Mapping[str, str] = NO_ROUTES,
        resolve: guarding.Resolve = guarding.resolve,
        connect: guarding.Connect = guarding.connect,
        ssl_context: ssl.SSLContext | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._limits = limits
        self.sleep = sleep
        self.clock = clock
        self._now = now
        guard = guarding.Guard(
            allow=allow,
            routes=routes,
            resolve=resolve,
            connect=connect,
            connect_seconds=limits.connect_seconds,
        )
        self._client = _client(guard, ssl_context, user_agent)
        self.pace = Pace(sleep, clock)
        self._wire = Wire(client=self._client, pace=self.pace, limits=limits, sleep=sleep, now=now)
        self._robots = Robots(self._ask_robots, user_agent)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the client; connections are closed after each answer anyway."""
        self._client.close()

    def fetch(self, request: Request) -> Page:
        """The page, decoded and whole, or with status 304 and no body; raises FetchError with its reason."""
        start = parse(request.url)
        deadline = self._deadline()
        url, answer = walk(start, lambda hop: self._ask(request, start, hop, deadline), self._limits.redirects)
        body = body_of(answer, conditional=bool(_validators(request, start, url)))
        return Page(
            url=request.url,
            final_url=str(url),
            status=answer.status,
            headers=answer.headers,
            body=body,
            digest=hashlib.sha256(body).hexdigest(),
            fetched_at=self._now(),
            source=request.source,
        )

    def is_prepared(self, request: Request) -> bool:
        """Whether nothing but the page itself has to be asked for; True for a URL that is none."""
        try:
            return request.role == "robots" or self._robots.knows(parse(request.url))
        except FetchError:
            return True

    def prepare(self, request: Request) -> None:
        """Get robots.txt of the request's origin; what is wrong with it is raised by `fetch`, not here."""
        try:
            self._robots.check(parse(request.url), self._deadline(), request.delay_seconds)
        except FetchError:
            return

    def due_in(self, request: Request) -> float:
        """The seconds until politeness allows the request; 0 for URLs that cannot be asked at all."""
        try:
            url = parse(request.url)
        except FetchError:
            return 0.0
        return self.pace.due_in(url.host, max(request.delay_seconds, self._robots.delay(url)))

    def _deadline(self) -> Deadline:
        return Deadline(self._limits.total_seconds, self.clock)

    def _ask(self, request: Request, start: httpx.URL, url: httpx.URL, deadline: Deadline) -> Answer:
        delay = request.delay_seconds
        if request.role != "robots":
            delay = max(delay, self._robots.check(url, deadline, delay))
        return self._wire.ask(
            Question(
                url=url,
                headers=_validators(request, start, url),
                intake=self._intake(request.role),
                delay_seconds=delay,
                deadline=deadline,
            )
        )

    def _ask_robots(self, url: httpx.URL, deadline: Deadline, delay_seconds: float) -> Answer:
        request = Request(url=str(url), source="", delay_seconds=delay_seconds, role="robots")
        _, answer = walk(url, lambda hop: self._ask(request, url, hop, deadline), self._limits.redirects)
        return answer

    def _intake(self, role: str) -> Intake:
        if role == "robots":
            return Intake(body_bytes=self._limits.robots_bytes, cut=True, any_type=True)
        return Intake(body_bytes=self._limits.feed_bytes if role == "feed" else self._limits.body_bytes)


def _client(guard: guarding.Guard, ssl_context: ssl.SSLContext | None, user_agent: str) -> httpx.Client:
    context = ssl_context or httpx.create_ssl_context(trust_env=False)
    return httpx.Client(
        transport=GuardedTransport(guard, context),
        headers={
            "User-Agent": user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        },
        timeout=None,  # noqa: S113  the stream keeps the deadline
        trust_env=False,
    )


def _validators(request: Request, start: httpx.URL, url: httpx.URL) -> dict[str, str]:
    """The conditional headers; another origin gets none, since an ETag can carry an identity."""
    if origin(start) != origin(url):
        return {}
    validators = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {name: value for name, value in validators.items() if value and _is_header_text(value)}


def _is_header_text(value: str) -> bool:
    return value.isascii() and value.isprintable()
