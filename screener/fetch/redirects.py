"""Redirects, followed by hand: each hop is a question of its own, asked like the first."""

from collections.abc import Callable

import httpx

from screener.errors import FetchError
from screener.fetch.answer import Answer
from screener.fetch.urls import follow
from screener.records import SkipReason


def walk(start: httpx.URL, ask: Callable[[httpx.URL], Answer], redirects: int) -> tuple[httpx.URL, Answer]:
    """The last URL and its answer; raises FetchError(REDIRECT_LIMIT) after so many redirects."""
    url = start
    for _ in range(redirects + 1):
        answer = ask(url)
        if answer.location is None or not answer.redirects:
            return url, answer
        url = follow(url, answer.location)
    raise FetchError(SkipReason.REDIRECT_LIMIT, f"more than {redirects} redirects")
