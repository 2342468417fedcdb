"""A network stream that keeps the deadline and counts what comes in, header by header and byte by byte."""

import socket
import ssl
from collections.abc import Iterable
from typing import Any

import httpcore

from screener.errors import FetchError
from screener.fetch.deadline import Deadline
from screener.fetch.guard import Guard, network_faults
from screener.records import SkipReason


class Meter:
    """What one answer has cost so far; `at_end` says whether the server has closed its side."""

    def __init__(self, *, deadline: Deadline, header_bytes: int, read_seconds: float) -> None:
        self.deadline = deadline
        self.at_end = False
        self.in_headers = True
        self._read_seconds = read_seconds
        self._header_bytes = header_bytes
        self._received = 0

    def allowance(self, wanted: int) -> int:
        """How many bytes may be read now; raises FetchError(BAD_HTTP) when the headers do not end."""
        if not self.in_headers:
            return wanted
        left = self._header_bytes - self._received
        if left <= 0:
            raise FetchError(SkipReason.BAD_HTTP, f"headers of more than {self._header_bytes} bytes")
        return min(wanted, left)

    def patience(self) -> float:
        """The seconds that one read or write may take; raises FetchError(TIMEOUT)."""
        return min(self._read_seconds, self.deadline.left())

    def note(self, received: int) -> None:
        """Count a read; raises FetchError(NET_ERROR) when the server closed without a word."""
        self._received += received
        self.at_end = received == 0
        if self.at_end and self._received == 0:
            raise FetchError(SkipReason.NET_ERROR, "the connection was closed without an answer")


class BoundedStream(httpcore.NetworkStream):
    """A socket as httpcore wants it; the timeouts are the meter's, whatever httpcore asks for."""

    def __init__(self, sock: socket.socket, meter: Meter) -> None:
        self._sock = sock
        self._meter = meter

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002  httpcore's signature
        """The next bytes, empty at the end; raises FetchError."""
        allowance = self._meter.allowance(max_bytes)
        self._sock.settimeout(self._meter.patience())
        with network_faults("reading"):
            received = self._sock.recv(allowance)
        self._meter.note(len(received))
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002  httpcore's signature
        """Send all bytes; raises FetchError."""
        with network_faults("writing"):
            while buffer:
                self._sock.settimeout(self._meter.patience())
                buffer = buffer[self._sock.send(buffer) :]

    def close(self) -> None:
        """Close the socket."""
        self._sock.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002  httpcore's signature
    ) -> httpcore.NetworkStream:
        """The stream over TLS, its certificate checked; raises FetchError."""
        try:
            self._sock.settimeout(self._meter.patience())
            with network_faults("the TLS handshake"):
                secured = ssl_context.wrap_socket(self._sock, server_hostname=server_hostname)
        except (FetchError, ValueError):
            self.close()
            raise
        return BoundedStream(secured, self._meter)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401, ARG002  httpcore's signature
        """None: a connection is used once, so nothing needs to be known about it later."""
        return None


class GuardedBackend(httpcore.NetworkBackend):
    """The only way to a socket: through the guard, for one request."""

    def __init__(self, guard: Guard, meter: Meter) -> None:
        self._guard = guard
        self._meter = meter

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002  httpcore's signature
        local_address: str | None = None,  # noqa: ARG002  httpcore's signature
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002  httpcore's signature
    ) -> httpcore.NetworkStream:
        """A stream to a judged address; raises FetchError."""
        return BoundedStream(self._guard.reach(host, port, self._meter.deadline), self._meter)
