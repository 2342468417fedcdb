"""An answer as it is taken in: its headers in order, its body decoded and never larger than allowed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

import httpx

from screener.errors import FetchError
from screener.fetch.decode import Inflater, Plain, decoder
from screener.records import SkipReason

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_READABLE = frozenset({"html", "xhtml", "xml", "json", "rss", "atom", "plain", "text"})


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What is taken in: at most `body_bytes`, cut there or refused; of any type or only what can be read."""

    body_bytes: int
    cut: bool = False
    any_type: bool = False


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One HTTP answer; header names are in lower case, `body` is decoded and read for 2xx only."""

    status: int
    headers: Mapping[str, str]
    location: str | None
    body: bytes
    retry_after_seconds: float | None

    @property
    def redirects(self) -> bool:
        """Whether the answer sends elsewhere."""
        return self.status in _REDIRECTS and self.location is not None


def receive(response: httpx.Response, intake: Intake, retry_after_seconds: float | None) -> Answer:
    """The answer with its body read; raises FetchError and errors of the wire."""
    headers = _headers(response)
    if not response.http_version.startswith("HTTP/1."):
        raise FetchError(SkipReason.BAD_HTTP, response.http_version)
    return Answer(
        status=response.status_code,
        headers=headers,
        location=_location(response),
        body=_body(response, headers, intake) if _has_body(response.status_code) else b"",
        retry_after_seconds=retry_after_seconds,
    )


def readable(content_type: str) -> bool:
    """Whether a Content-Type is html, xml, json, text, rss or atom; a missing one may be anything."""
    media = content_type.partition(";")[0].strip().lower()
    kind, _, name = media.partition("/")
    if not media:
        return True
    return kind in {"text", "application"} and not _READABLE.isdisjoint(re.split(r"[+.-]", name))


def _has_body(status: int) -> bool:
    # Without a Range header nobody may send a part (206).
    bodiless = {HTTPStatus.NO_CONTENT, HTTPStatus.RESET_CONTENT, HTTPStatus.PARTIAL_CONTENT}
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES and status not in bodiless


def _headers(response: httpx.Response) -> dict[str, str]:
    joined: dict[str, list[str]] = {}
    for name, value in response.headers.raw:
        joined.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return {name: ", ".join(values) for name, values in joined.items()}


def _location(response: httpx.Response) -> str | None:
    raw: bytes | None = response.extensions["location"]
    if raw is None:
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _body(response: httpx.Response, headers: Mapping[str, str], intake: Intake) -> bytes:
    content_type = headers.get("content-type", "")
    if not intake.any_type and not readable(content_type):
        raise FetchError(SkipReason.UNSUPPORTED_TYPE, content_type[:100])
    announced = headers.get("content-length", "")
    if not intake.cut and announced.isdigit() and int(announced) > intake.body_bytes:
        raise _too_large(intake)
    return _collected(response, decoder(headers.get("content-encoding", "")), intake)


def _collected(response: httpx.Response, coding: Plain | Inflater, intake: Intake) -> bytes:
    kept = bytearray()
    raw_bytes = 0
    for chunk in response.iter_raw():
        raw_bytes += len(chunk)
        for piece in coding.feed(chunk):
            kept += piece
            if len(kept) > intake.body_bytes:
                return _cut(kept, intake)
        if raw_bytes > intake.body_bytes:
            return _cut(kept, intake)
    if kept or raw_bytes:
        coding.finish()
    return bytes(kept)


def _cut(kept: bytearray, intake: Intake) -> bytes:
    if not intake.cut:
        raise _too_large(intake)
    return bytes(kept[: intake.body_bytes])


def _too_large(intake: Intake) -> FetchError:
    return FetchError(SkipReason.TOO_LARGE, f"more than {intake.body_bytes} bytes")
