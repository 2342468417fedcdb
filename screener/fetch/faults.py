"""What went wrong on the wire, in the words of the report: no error of a library leaves this room."""

from collections.abc import Iterator
from contextlib import contextmanager

import h11
import httpcore
import httpx

from screener.errors import FetchError
from screener.fetch.stream import Meter
from screener.records import SkipReason

# The first row that fits decides; ValueError (UnicodeError too) is what is no HTTP in a header.
_REASONS: tuple[tuple[tuple[type[Exception], ...], SkipReason], ...] = (
    ((httpx.InvalidURL,), SkipReason.BAD_URL),
    ((httpcore.UnsupportedProtocol, httpx.UnsupportedProtocol), SkipReason.BLOCKED_SCHEME),
    ((httpcore.TimeoutException, httpx.TimeoutException, TimeoutError), SkipReason.TIMEOUT),
    ((httpcore.NetworkError, httpx.NetworkError, OSError), SkipReason.NET_ERROR),
    ((httpcore.ConnectionNotAvailable, httpcore.ProxyError, httpx.ProxyError), SkipReason.NET_ERROR),
    ((httpcore.ProtocolError, httpx.HTTPError, h11.ProtocolError, ValueError), SkipReason.BAD_HTTP),
    ((httpx.StreamError, httpx.CookieConflict), SkipReason.BAD_HTTP),
)
FAULTS = tuple(kind for kinds, _ in _REASONS for kind in kinds)


@contextmanager
def mapped(meter: Meter) -> Iterator[None]:
    """A context in which each error of httpx, httpcore and h11 becomes a FetchError."""
    try:
        yield
    except FAULTS as error:
        raise FetchError(_reason(error, meter), str(error)[:300]) from error


def _reason(error: Exception, meter: Meter) -> SkipReason:
    reason = next(reason for kinds, reason in _REASONS if isinstance(error, kinds))
    if reason is SkipReason.BAD_HTTP and meter.at_end and not meter.in_headers:
        return SkipReason.TRUNCATED
    return reason
