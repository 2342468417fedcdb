"""A loopback server that says exactly what a test wants, byte for byte."""

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Script = Callable[[socket.socket], None]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


@dataclass(kw_only=True)
class Hostile:
    """A running server: where it is, and each request with the time it came."""

    listener: socket.socket
    scripts: Mapping[str, Script]
    port: int
    tls: ssl.SSLContext | None = None
    heads: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    @property
    def key(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [head.split(" ")[1] for head in self.heads]


@contextmanager
def listening(scripts: Mapping[str, Script], tls: ssl.SSLContext | None = None) -> Iterator[Hostile]:
    """A server with a script per path; robots.txt is 404 unless a script says otherwise."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Hostile(listener=listener, scripts=scripts, port=listener.getsockname()[1], tls=tls)
    thread = threading.Thread(target=_accept, args=(server,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def says(answer: bytes) -> Script:
    return lambda sock: sock.sendall(answer)


def page(body: bytes, *headers: bytes, status: bytes = b"200 OK", kind: bytes = b"text/html") -> bytes:
    lines = [b"HTTP/1.1 " + status, b"Content-Type: " + kind, b"Content-Length: %d" % len(body), *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def status(line: bytes, *headers: bytes) -> Script:
    return says(b"\r\n".join([b"HTTP/1.1 " + line, b"Content-Length: 0", *headers]) + b"\r\n\r\n")


def redirect(location: str, code: int = 302) -> Script:
    return status(b"%d Found" % code, b"Location: " + location.encode())


def drips(start: bytes, drop: bytes, seconds: float = 0.05) -> Script:
    def script(sock: socket.socket) -> None:
        sock.sendall(start)
        while True:
            sock.sendall(drop)
            time.sleep(seconds)

    return script


def floods(start: bytes, block: bytes) -> Script:
    return drips(start, block, 0.0)


def sleeps(seconds: float) -> Script:
    return lambda _: time.sleep(seconds)


def in_turn(*scripts: Script) -> Script:
    """Another script for each request; the last one for all that follow."""
    left = list(scripts)

    def script(sock: socket.socket) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(sock)

    return script


def resets(start: bytes = b"") -> Script:
    def script(sock: socket.socket) -> None:
        sock.sendall(start)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return script


def _accept(server: Hostile) -> None:
    while True:
        try:
            sock, _ = server.listener.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(server, sock), daemon=True).start()


def _serve(server: Hostile, plain: socket.socket) -> None:
    with plain, suppress(OSError), _secured(server, plain) as sock:
        head = b""
        while b"\r\n\r\n" not in head:
            received = sock.recv(65536)
            if not received:
                return
            head += received
        server.times.append(time.monotonic())
        server.heads.append(head.decode("latin-1"))
        _script(server, server.paths[-1])(sock)


def _secured(server: Hostile, plain: socket.socket) -> socket.socket:
    return plain if server.tls is None else server.tls.wrap_socket(plain, server_side=True)


def _script(server: Hostile, path: str) -> Script:
    default = says(NOT_FOUND) if path == "/robots.txt" else status(b"404 Not Found")
    return server.scripts.get(path, server.scripts.get("*", default) if path != "/robots.txt" else default)
