"""What a final answer means for the page that was asked for."""

from http import HTTPStatus

from screener.errors import FetchError
from screener.fetch.answer import Answer
from screener.fetch.retry import REFUSALS
from screener.records import SkipReason

_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_WHOLE = range(200, 300)


def body_of(answer: Answer, *, conditional: bool) -> bytes:
    """The body of a usable answer, empty for a 304 that was asked for; raises FetchError for all others."""
    if answer.status == HTTPStatus.NOT_MODIFIED:
        if not conditional:
            raise FetchError(SkipReason.EMPTY, "HTTP 304 without being asked")
        return b""
    if answer.status not in _WHOLE or answer.status == HTTPStatus.PARTIAL_CONTENT:
        raise _failure(answer)
    if not answer.body:
        raise FetchError(SkipReason.EMPTY, f"HTTP {answer.status} without a body")
    return answer.body


def _failure(answer: Answer) -> FetchError:
    detail = f"HTTP {answer.status}"
    if answer.status in _GONE:
        return FetchError(SkipReason.NOT_FOUND, detail)
    if answer.status in REFUSALS and answer.retry_after_seconds is not None:
        return FetchError(SkipReason.RETRY_LATER, detail, answer.retry_after_seconds)
    if answer.status >= HTTPStatus.BAD_REQUEST:
        return FetchError(SkipReason.HTTP_ERROR, detail)
    return FetchError(SkipReason.BAD_HTTP, f"{detail} makes no sense here")
