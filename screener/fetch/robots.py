"""robots.txt as RFC 9309 reads it, one per origin, kept as long as the fetcher lives."""

import re
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

import httpx
from protego import Protego

from screener.errors import FetchError
from screener.fetch.answer import Answer
from screener.fetch.deadline import Deadline
from screener.fetch.urls import origin
from screener.records import SkipReason

CRAWL_DELAY_MAX_SECONDS = 30.0

# The page would fail for the same reason, and the reader of the report should see which.
_OWN_REASONS = frozenset({SkipReason.BLOCKED_ADDRESS, SkipReason.TLS_ERROR})
# Only the product token counts (RFC 9309, 2.2.1): what follows its blank would hide a group from Protego.
_GROUP = re.compile(r"^([ \t]*user-?agent[ \t]*:[ \t]*[^\s#]+)[ \t]+[^\s#].*$", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z_-]+")

Ask = Callable[[httpx.URL, Deadline, float], Answer]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What is known about an origin: its rules, or the reason why nothing may be fetched from it."""

    rules: Protego | None = None
    reason: SkipReason = SkipReason.ROBOTS_UNREACHABLE
    detail: str = ""


class Robots:
    """The rules of all origins met so far; usable from several threads."""

    def __init__(self, ask: Ask, user_agent: str) -> None:
        token = _TOKEN.match(user_agent)
        self._token = token[0] if token else user_agent
        self._ask = ask
        self._lock = threading.Lock()
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._verdicts: dict[str, Verdict] = {}

    def knows(self, url: httpx.URL) -> bool:
        """Whether the origin's robots.txt needs no request any more."""
        return origin(url) in self._verdicts

    def check(self, url: httpx.URL, deadline: Deadline, delay_seconds: float) -> float:
        """The delay that the origin wants (0 if none); raises FetchError when the URL may not be fetched."""
        verdict = self._verdict(url, deadline, delay_seconds)
        if verdict.rules is None:
            raise FetchError(verdict.reason, verdict.detail)
        if not verdict.rules.can_fetch(str(url), self._token):
            raise FetchError(SkipReason.ROBOTS_DISALLOWED, str(url)[:300])
        return self._delay(verdict.rules)

    def delay(self, url: httpx.URL) -> float:
        """The delay that a known origin wants, in seconds; 0 for an unknown one."""
        verdict = self._verdicts.get(origin(url))
        return self._delay(verdict.rules) if verdict is not None and verdict.rules is not None else 0.0

    def _delay(self, rules: Protego) -> float:
        return min(rules.crawl_delay(self._token) or 0.0, CRAWL_DELAY_MAX_SECONDS)

    def _verdict(self, url: httpx.URL, deadline: Deadline, delay_seconds: float) -> Verdict:
        key = origin(url)
        with self._lock:
            lock = self._locks[key]
        with lock:
            if key not in self._verdicts:
                return self._fetched(url, deadline, delay_seconds)
            return self._verdicts[key]

    def _fetched(self, url: httpx.URL, deadline: Deadline, delay_seconds: float) -> Verdict:
        # A timeout is the origin's fault only when it had most of the time to itself.
        fair = deadline.is_fresh()
        try:
            answer = self._ask(url.copy_with(path="/robots.txt", query=None), deadline, delay_seconds)
            verdict = verdict_of_answer(answer)
        except FetchError as error:
            if error.reason is SkipReason.RETRY_LATER:
                raise
            verdict = verdict_of_failure(error)
            if error.reason is SkipReason.TIMEOUT and not fair:
                return verdict
        self._verdicts[origin(url)] = verdict
        return verdict


def verdict_of_answer(answer: Answer) -> Verdict:
    """What an answer to robots.txt means (RFC 9309, 2.3.1): 2xx its rules, 4xx no rules, else unreachable."""
    if HTTPStatus.BAD_REQUEST <= answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return Verdict(rules=Protego.parse(""))
    if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        return Verdict(rules=parse_rules(answer.body))
    return Verdict(detail=f"robots.txt: HTTP {answer.status}")


def verdict_of_failure(error: FetchError) -> Verdict:
    """What a failure to get robots.txt means; too many redirects: there is none (RFC 9309, 2.3.1.2)."""
    if error.reason is SkipReason.REDIRECT_LIMIT:
        return Verdict(rules=Protego.parse(""))
    reason = error.reason if error.reason in _OWN_REASONS else SkipReason.ROBOTS_UNREACHABLE
    return Verdict(reason=reason, detail=f"robots.txt: {error}")


def parse_rules(body: bytes) -> Protego:
    """The rules of a robots.txt; lines end at CR, LF or both, and a group's name ends at its first blank."""
    text = body.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    lines = [_GROUP.sub(r"\1", line) for line in re.split(r"\r\n|\r|\n", text)]
    return Protego.parse("\n".join(lines))
