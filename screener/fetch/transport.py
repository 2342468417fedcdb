"""The wire under httpx: one guarded connection a request."""

import ssl
from collections.abc import Iterable, Iterator

import httpcore
import httpx

from screener.fetch.guard import Guard
from screener.fetch.stream import GuardedBackend, Meter

# httpx builds the next request of a redirect even when told not to follow it, and raises outside its own tree
# of errors for a bad Location; a cookie jar would keep what we must not send. So httpx never sees these.
_WITHHELD = frozenset({b"location", b"set-cookie", b"set-cookie2"})


class _OnceStream(httpx.SyncByteStream):
    """A body that takes its connection with it when it is closed."""

    def __init__(self, chunks: Iterable[bytes], pool: httpcore.ConnectionPool) -> None:
        self._chunks = chunks
        self._pool = pool

    def __iter__(self) -> Iterator[bytes]:
        yield from self._chunks

    def close(self) -> None:
        close = getattr(self._chunks, "close", None)
        if close is not None:
            close()
        self._pool.close()


class GuardedTransport(httpx.BaseTransport):
    """Sends each request over a fresh connection, so that its address is judged now and not an hour ago.

    A request carries its `Meter` in `extensions["meter"]`, the answer Location in `extensions["location"]`.
    """

    def __init__(self, guard: Guard, ssl_context: ssl.SSLContext) -> None:
        self._guard = guard
        self._ssl_context = ssl_context

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer with its body still on the wire; raises FetchError or an error of httpcore."""
        meter: Meter = request.extensions["meter"]
        pool = self._pool(meter)
        try:
            answer = pool.handle_request(_wire_request(request))
        except BaseException:
            pool.close()
            raise
        meter.in_headers = False
        return _wire_response(answer, pool)

    def _pool(self, meter: Meter) -> httpcore.ConnectionPool:
        return httpcore.ConnectionPool(
            ssl_context=self._ssl_context,
            max_connections=1,
            max_keepalive_connections=0,
            network_backend=GuardedBackend(self._guard, meter),
        )


def _wire_request(request: httpx.Request) -> httpcore.Request:
    url = httpcore.URL(
        scheme=request.url.raw_scheme,
        host=request.url.raw_host,
        port=request.url.port,
        target=request.url.raw_path,
    )
    return httpcore.Request(method=request.method, url=url, headers=request.headers.raw)


def _wire_response(answer: httpcore.Response, pool: httpcore.ConnectionPool) -> httpx.Response:
    kept = [(name, value) for name, value in answer.headers if name.lower() not in _WITHHELD]
    locations = [value for name, value in answer.headers if name.lower() == b"location"]
    return httpx.Response(
        status_code=answer.status,
        headers=kept,
        stream=_OnceStream(answer.iter_stream(), pool),
        extensions={
            "location": locations[0] if locations else None,
            "http_version": answer.extensions["http_version"],
        },
    )
