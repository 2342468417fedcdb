"""When to ask again."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from screener.fetch.limits import Limits

PAUSE_SECONDS = 0.5
# A wait this short is waited out within the fetch; a longer one is left to a later run.
SHORT_SECONDS = 5.0
REFUSALS = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_SERVER_ERRORS = range(500, 600)


def pauses(retries: int) -> list[float]:
    """The seconds to wait before each retry: each twice the one before."""
    return [PAUSE_SECONDS * 2**attempt for attempt in range(retries)]


def retry_after_seconds(value: str | None, now: datetime, limits: Limits) -> float | None:
    """The seconds that a Retry-After header asks for (RFC 9110, 10.2.3), capped; None without the header.

    Garbage and negative numbers count as the default, a date in the past as now.
    """
    if value is None:
        return None
    seconds = _seconds(value.strip(), now)
    if seconds is None:
        return limits.retry_after_default_seconds
    return min(max(seconds, 0.0), limits.retry_after_max_seconds)


def wait_seconds(status: int, retry_after: float | None, pause: float) -> float | None:
    """The seconds to wait before asking again for this status, or None when the answer is final."""
    if status != HTTPStatus.TOO_MANY_REQUESTS and status not in _SERVER_ERRORS:
        return None
    if retry_after is None:
        return pause
    return max(pause, retry_after) if retry_after <= SHORT_SECONDS else None


def _seconds(value: str, now: datetime) -> float | None:
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        date = parsedate_to_datetime(value)
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - now.timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
