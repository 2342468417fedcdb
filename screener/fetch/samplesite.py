"""The sample site: folders served as hosts on the loopback, for a first scan and for tests."""

import hashlib
import threading
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from screener.errors import SettingsError

LOOPBACK = "127.0.0.1"
_POLL_SECONDS = 0.02
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/json; charset=utf-8",
}
_RSS = "application/rss+xml; charset=utf-8"
_UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True, kw_only=True)
class SampleSite:
    """A running site: `routes` for a `Fetcher`, and the (host, path, status) of each request so far."""

    port: int
    routes: Mapping[str, str]
    requests: list[tuple[str, str, int]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer of the site."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """What the site has to offer: a folder per host, and the special answers of responses.toml."""

    hosts: Mapping[str, Path]
    special: Mapping[tuple[str, str], Mapping[str, Any]]

    def reply(self, host: str, target: str) -> Reply:
        """The answer for a path with its query; 404 for what is not there or not in the host's folder."""
        root = self.hosts.get(host)
        if root is None:
            return Reply(status=HTTPStatus.NOT_FOUND)
        table = self.special.get((host, target))
        if table is not None:
            return _special(root, table)
        path = None if "?" in target else _lookup(root, target)
        return Reply(status=HTTPStatus.NOT_FOUND) if path is None else _file(path)


@contextmanager
def serve(folder: Path) -> Iterator[SampleSite]:
    """The site in a folder, on a free port of the loopback; raises SettingsError for a bad responses.toml."""
    shelf = _shelf(folder)
    requests: list[tuple[str, str, int]] = []
    server = ThreadingHTTPServer((LOOPBACK, 0), partial(_Handler, shelf, requests))
    port = int(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(_POLL_SECONDS,), daemon=True)
    thread.start()
    try:
        routes = {f"{host}:80": f"{LOOPBACK}:{port}" for host in shelf.hosts}
        yield SampleSite(port=port, routes=routes, requests=requests)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, shelf: Shelf, requests: list[tuple[str, str, int]], *args: Any) -> None:  # noqa: ANN401  http.server's own
        self._shelf = shelf
        self._requests = requests
        super().__init__(*args)

    def do_GET(self) -> None:
        """Answer from the shelf."""
        host = self.headers.get("Host", "").partition(":")[0].lower()
        reply = _conditional(self._shelf.reply(host, self.path), self.headers.get("If-None-Match", ""))
        self._requests.append((host, self.path, int(reply.status)))
        try:
            self._send(reply)
        except ConnectionError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  http.server's own name
        """Print nothing; requests are in the site's list."""

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)


def _shelf(folder: Path) -> Shelf:
    hosts = {path.name.lower(): path.resolve() for path in sorted(folder.iterdir()) if path.is_dir()}
    tables = _tables(folder / "responses.toml")
    return Shelf(hosts=hosts, special={(table["host"], table["path"]): table for table in tables})


def _tables(path: Path) -> list[Mapping[str, Any]]:
    if not path.exists():
        return []
    try:
        tables: list[Mapping[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8")).get("response", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
    if any("host" not in table or "path" not in table for table in tables):
        raise SettingsError(f"{path}: each response needs a host and a path")
    return tables


def _special(root: Path, table: Mapping[str, Any]) -> Reply:
    path = _within(root, str(table["file"])) if "file" in table else None
    if path is None and "file" in table:
        return Reply(status=HTTPStatus.NOT_FOUND)
    found = Reply(status=HTTPStatus.OK) if path is None else _file(path)
    headers = {**found.headers, **{name: str(value) for name, value in table.get("headers", {}).items()}}
    if "location" in table:
        headers["Location"] = table["location"]
    if "content_type" in table:
        headers["Content-Type"] = table["content_type"]
    return Reply(status=int(table.get("status", HTTPStatus.OK)), headers=headers, body=found.body)


def _lookup(root: Path, target: str) -> Path | None:
    plain = unquote(target).strip("/")
    names = (plain, f"{plain}.html", f"{plain}/index.html")
    return next((path for name in names if (path := _within(root, name)) is not None), None)


def _within(root: Path, name: str) -> Path | None:
    """The file of that name, if it is in the folder once `..` and links are resolved."""
    try:
        path = (root / name.lstrip("/")).resolve()
        return path if path.is_relative_to(root) and path.is_file() else None
    except (OSError, ValueError):
        return None


def _file(path: Path) -> Reply:
    body = path.read_bytes()
    kind = _RSS if path.name == "rss.xml" else _TYPES.get(path.suffix, _UNKNOWN_TYPE)
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    return Reply(status=HTTPStatus.OK, headers={"Content-Type": kind, "ETag": etag}, body=body)


def _conditional(reply: Reply, if_none_match: str) -> Reply:
    etag = reply.headers.get("ETag", "")
    asked = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    if reply.status != HTTPStatus.OK or not etag or asked.isdisjoint({etag, "*"}):
        return reply
    return Reply(status=HTTPStatus.NOT_MODIFIED, headers={"ETag": etag})
