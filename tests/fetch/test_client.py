import gzip
import hashlib
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

import pytest

from screener.errors import FetchError
from screener.fetch import Fetcher, Limits, Request
from screener.records import SkipReason

from .conftest import KIB, QUICK, Clock, Make, Start
from .hostile import (
    HEAD,
    Hostile,
    Script,
    drips,
    floods,
    in_turn,
    page,
    redirect,
    resets,
    says,
    sleeps,
    status,
)

Role = Literal["item", "feed", "robots"]
LONG = Limits(total_seconds=10)
ZEROS = bytes(1000 * KIB)
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


def coded(coding: bytes, body: bytes) -> Script:
    return says(page(body, b"Content-Encoding: " + coding))


def stacked(times: int) -> Script:
    body = b"<p>text</p>"
    for _ in range(times):
        body = gzip.compress(body)
    return coded(b", ".join([b"gzip"] * times), body)


GZIP = gzip.compress(b"<p>text</p>" * 100)

HOSTILE: list[tuple[str, Script, SkipReason]] = [
    ("drip body", drips(HEAD + b"\r\n", b"x"), SkipReason.TIMEOUT),
    ("drip headers", drips(HEAD, b"X-Y: z\r\n"), SkipReason.TIMEOUT),
    ("drip header byte by byte", drips(HEAD + b"X-Y: ", b"z"), SkipReason.TIMEOUT),
    ("drip 1xx", drips(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"), SkipReason.TIMEOUT),
    ("endless 1xx", floods(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100), SkipReason.BAD_HTTP),
    ("drip chunks", drips(CHUNKED, b"1\r\nx\r\n"), SkipReason.TIMEOUT),
    (
        "drip gzip",
        drips(HEAD + b"Content-Encoding: gzip\r\n\r\n" + GZIP[:10], b"\0"),
        SkipReason.BAD_ENCODING,
    ),
    (
        "drip gzip members",
        drips(HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"")),
        SkipReason.TIMEOUT,
    ),
    ("silence", sleeps(2), SkipReason.TIMEOUT),
    ("silence in body", drips(HEAD + b"\r\n<p>", b"", 2), SkipReason.TIMEOUT),
    ("endless chunked", floods(CHUNKED, b"1000\r\n" + b"x" * 4096 + b"\r\n"), SkipReason.TOO_LARGE),
    ("endless small chunks", floods(CHUNKED, (b"10\r\n" + b"x" * 16 + b"\r\n") * 200), SkipReason.TOO_LARGE),
    ("endless chunk extension", floods(CHUNKED + b"1;", b"x" * 4096), SkipReason.BAD_HTTP),
    ("endless without length", floods(HEAD + b"\r\n", b"x" * 4096), SkipReason.TOO_LARGE),
    ("announced too large", says(HEAD + b"Content-Length: 70000\r\n\r\n"), SkipReason.TOO_LARGE),
    ("gzip bomb", coded(b"gzip", gzip.compress(ZEROS)), SkipReason.TOO_LARGE),
    ("deflate bomb", coded(b"deflate", zlib.compress(ZEROS)), SkipReason.TOO_LARGE),
    ("stacked gzip", stacked(2), SkipReason.BAD_ENCODING),
    ("gzip x200", stacked(200), SkipReason.BAD_ENCODING),
    ("gzip that is none", coded(b"gzip", b"<p>text</p>"), SkipReason.BAD_ENCODING),
    ("gzip bad in the middle", coded(b"gzip", GZIP[:10] + b"\xff" * 20), SkipReason.BAD_ENCODING),
    ("gzip bad CRC", coded(b"gzip", GZIP[:-8] + bytes(4) + GZIP[-4:]), SkipReason.TRUNCATED),
    ("gzip early end", coded(b"gzip", GZIP[:-9]), SkipReason.TRUNCATED),
    ("zstd unasked", coded(b"zstd", b"\x28\xb5\x2f\xfd\x00"), SkipReason.BAD_ENCODING),
    ("brotli unasked", coded(b"br", b"\x0b\x02\x80text\x03"), SkipReason.BAD_ENCODING),
    ("unknown coding", coded(b"x-rot13", b"text"), SkipReason.BAD_ENCODING),
    ("two lengths", says(HEAD + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\ntext"), SkipReason.BAD_HTTP),
    ("length 10^23", says(HEAD + b"Content-Length: 1" + b"0" * 23 + b"\r\n\r\n"), SkipReason.BAD_HTTP),
    ("length 20 digits", says(HEAD + b"Content-Length: " + b"9" * 20 + b"\r\n\r\n"), SkipReason.TOO_LARGE),
    ("length -1", says(HEAD + b"Content-Length: -1\r\n\r\ntext"), SkipReason.BAD_HTTP),
    ("length too long", says(HEAD + b"Content-Length: 9\r\n\r\ntext"), SkipReason.TRUNCATED),
    ("chunks cut", says(CHUNKED + b"9\r\ntext"), SkipReason.TRUNCATED),
    ("chunk size no number", says(CHUNKED + b"zz\r\ntext\r\n0\r\n\r\n"), SkipReason.BAD_HTTP),
    ("unknown transfer coding", says(HEAD + b"Transfer-Encoding: gzip\r\n\r\ntext"), SkipReason.BAD_HTTP),
    ("HTTP/0.9", says(b"<html>text</html>"), SkipReason.BAD_HTTP),
    ("HTTP/9.9", says(b"HTTP/9.9 200 OK\r\n\r\n"), SkipReason.BAD_HTTP),
    ("binary", says(bytes(range(256))), SkipReason.BAD_HTTP),
    ("status 99", says(b"HTTP/1.1 99 No\r\n\r\n"), SkipReason.BAD_HTTP),
    ("NUL in header", says(HEAD + b"X: a\0b\r\n\r\n"), SkipReason.BAD_HTTP),
    ("CR in header", says(HEAD + b"X: a\rb\r\n\r\n"), SkipReason.BAD_HTTP),
    ("header without colon", says(HEAD + b"nonsense\r\n\r\n"), SkipReason.BAD_HTTP),
    ("headers cut", says(HEAD), SkipReason.BAD_HTTP),
    ("huge headers", floods(HEAD, b"X: " + b"y" * 1000 + b"\r\n"), SkipReason.BAD_HTTP),
    ("one huge header", floods(HEAD + b"X: ", b"y" * 4096), SkipReason.BAD_HTTP),
    ("101 switch", says(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"), SkipReason.BAD_HTTP),
    ("RST", resets(), SkipReason.NET_ERROR),
    ("RST in body", resets(HEAD + b"Content-Length: 9\r\n\r\ntext"), SkipReason.NET_ERROR),
    ("closed at once", says(b""), SkipReason.NET_ERROR),
    ("redirect loop", redirect("/x"), SkipReason.REDIRECT_LIMIT),
    ("redirect without Location", status(b"301 Moved"), SkipReason.BAD_HTTP),
    ("redirect to file:", redirect("file:///etc/passwd"), SkipReason.BLOCKED_SCHEME),
    ("redirect to ftp:", redirect("ftp://example.test/"), SkipReason.BLOCKED_SCHEME),
    ("redirect to javascript:", redirect("javascript:alert(1)"), SkipReason.BAD_URL),
    ("redirect to data:", redirect("data:text/html,x"), SkipReason.BAD_URL),
    ("redirect to [::1", redirect("http://[::1"), SkipReason.BAD_URL),
    ("redirect to a control", redirect("http://a.test/\x01"), SkipReason.BAD_URL),
    ("redirect to no host", redirect("http:///x"), SkipReason.BAD_URL),
    ("redirect to port 99999", redirect("http://a.test:99999/"), SkipReason.BAD_URL),
    ("redirect to 127.0.0.1", redirect("http://127.0.0.1:1/"), SkipReason.BLOCKED_ADDRESS),
    ("redirect to metadata", redirect("http://169.254.169.254/"), SkipReason.BLOCKED_ADDRESS),
    ("204", says(b"HTTP/1.1 204 No Content\r\n\r\n"), SkipReason.EMPTY),
    ("205", status(b"205 Reset Content"), SkipReason.EMPTY),
    ("206 unasked", says(page(b"part", status=b"206 Partial Content")), SkipReason.BAD_HTTP),
    ("304 unasked", says(b"HTTP/1.1 304 Not Modified\r\n\r\n"), SkipReason.EMPTY),
    ("empty body", says(page(b"")), SkipReason.EMPTY),
    ("empty gzip", coded(b"gzip", gzip.compress(b"")), SkipReason.EMPTY),
    ("nothing said to be gzip", coded(b"gzip", b""), SkipReason.EMPTY),
    ("image", says(page(b"GIF89a", kind=b"image/gif")), SkipReason.UNSUPPORTED_TYPE),
    ("script", says(page(b"x", kind=b"text/javascript")), SkipReason.UNSUPPORTED_TYPE),
    ("pdf", says(page(b"%PDF", kind=b"application/pdf; charset=utf-8")), SkipReason.UNSUPPORTED_TYPE),
    ("type of two blanks", says(page(b"x", kind=b"image / html")), SkipReason.UNSUPPORTED_TYPE),
    ("404", status(b"404 Not Found"), SkipReason.NOT_FOUND),
    ("410", status(b"410 Gone"), SkipReason.NOT_FOUND),
    ("403", status(b"403 Forbidden"), SkipReason.HTTP_ERROR),
    ("500", status(b"500 Oops"), SkipReason.HTTP_ERROR),
    ("999", status(b"999 Denied"), SkipReason.HTTP_ERROR),
    ("429", status(b"429 Slow", b"Retry-After: 60"), SkipReason.RETRY_LATER),
    ("503", status(b"503 Down", b"Retry-After: abc"), SkipReason.RETRY_LATER),
]


def failure(fetcher: Fetcher, request: Request) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(request)
    return caught.value


def ask(server: Hostile, role: Role = "item", **validators: str) -> Request:
    return Request(url=f"{server.origin}/x", source="test", delay_seconds=0.0, role=role, **validators)


@pytest.mark.parametrize(("script", "reason"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_each_hostile_answer_ends_in_its_reason_and_in_time(
    hostile: Start, fetcher: Make, script: Script, reason: SkipReason
) -> None:
    server = hostile({"/x": script})
    started = time.monotonic()
    assert failure(fetcher(server), ask(server)).reason is reason
    assert time.monotonic() - started < QUICK.total_seconds + 5


GOOD: list[tuple[str, Script, bytes]] = [
    ("plain", says(page(b"text")), b"text"),
    ("without type", says(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntext"), b"text"),
    ("until close", says(HEAD + b"\r\ntext"), b"text"),
    ("HTTP/1.0", says(b"HTTP/1.0 200 OK\r\n\r\ntext"), b"text"),
    ("gzip", coded(b"gzip", GZIP), b"<p>text</p>" * 100),
    ("gzip of two members", coded(b"x-gzip", gzip.compress(b"te") + gzip.compress(b"xt")), b"text"),
    ("gzip and rubbish", coded(b"gzip", gzip.compress(b"text") + b"\0\0rubbish"), b"text"),
    ("deflate", coded(b"deflate", zlib.compress(b"text")), b"text"),
    ("raw deflate", coded(b"deflate", zlib.compress(b"text", wbits=-15)), b"text"),
    ("identity", coded(b"identity", b"text"), b"text"),
    (
        "length and chunks",
        says(HEAD + b"Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ntext\r\n0\r\n\r\n"),
        b"text",
    ),
    ("after a 103", says(b"HTTP/1.1 103 Hints\r\n\r\n" + page(b"text")), b"text"),
    ("3,000 cookies", says(page(b"text", *[b"Set-Cookie: a"] * 1000)), b"text"),
    ("rss", says(page(b"<rss/>", kind=b"application/rss+xml; charset=utf-8")), b"<rss/>"),
    ("json", says(page(b"{}", kind=b"application/ld+json")), b"{}"),
    ("at the cap", says(page(b"x" * 64 * KIB)), b"x" * 64 * KIB),
    ("gzip to the cap", coded(b"gzip", gzip.compress(b"x" * 64 * KIB)), b"x" * 64 * KIB),
]


@pytest.mark.parametrize(("script", "body"), [row[1:] for row in GOOD], ids=[row[0] for row in GOOD])
def test_a_usable_answer_becomes_a_page_with_its_decoded_body(
    hostile: Start, fetcher: Make, script: Script, body: bytes
) -> None:
    server = hostile({"/x": script})
    page = fetcher(server).fetch(ask(server))
    assert (page.status, page.body, page.source) == (200, body, "test")
    assert page.digest == hashlib.sha256(body).hexdigest()
    assert "set-cookie" not in page.headers


ROLES: list[tuple[Role, int]] = [("item", 64 * KIB), ("feed", 128 * KIB)]


@pytest.mark.parametrize(("role", "cap"), ROLES)
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_the_cap_depends_on_the_role(
    hostile: Start, fetcher: Make, role: Role, cap: int, pack: Callable[[bytes], bytes]
) -> None:
    coding = b"identity" if pack is bytes else b"gzip"
    server = hostile({"/x": in_turn(coded(coding, pack(b"x" * cap)), coded(coding, pack(b"x" * (cap + 1))))})
    client = fetcher(server)
    assert len(client.fetch(ask(server, role)).body) == cap
    assert failure(client, ask(server, role)).reason is SkipReason.TOO_LARGE


def test_a_page_says_where_and_when_it_came_from(hostile: Start, fetcher: Make) -> None:
    moment = datetime(2026, 1, 2, tzinfo=UTC)
    server = hostile({"/x": redirect("/y#part"), "/y": says(page(b"text", b"X-Two: a", b"x-two: b"))})
    got = fetcher(server, now=lambda: moment).fetch(ask(server))
    assert (got.url, got.final_url) == (f"{server.origin}/x", f"{server.origin}/y")
    assert (got.fetched_at, got.headers["x-two"]) == (moment, "a, b")


def test_a_conditional_request_that_is_not_modified_has_no_body(hostile: Start, fetcher: Make) -> None:
    server = hostile({"/x": says(b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n')})
    got = fetcher(server).fetch(ask(server, etag='"a"', last_modified="Thu, 01 Jan 2026 00:00:00 GMT"))
    assert (got.status, got.body) == (304, b"")
    assert 'If-None-Match: "a"' in server.heads[-1]
    assert "If-Modified-Since: Thu, 01 Jan 2026" in server.heads[-1]


@pytest.mark.parametrize("etag", ['"a\r\nX-Evil: 1"', '"é"', "\0", ""])
def test_a_validator_that_is_no_header_text_is_not_sent(hostile: Start, fetcher: Make, etag: str) -> None:
    server = hostile({"/x": says(page(b"text"))})
    assert fetcher(server).fetch(ask(server, etag=etag)).status == 200
    assert "If-None-Match" not in server.heads[-1]
    assert "X-Evil" not in server.heads[-1]


def test_nothing_that_identifies_crosses_to_another_origin(hostile: Start, fetcher: Make) -> None:
    there = hostile({"/y": says(page(b"text"))})
    here = hostile(
        {
            "/x": says(
                page(
                    b"",
                    b"Set-Cookie: id=1; Path=/",
                    f"Location: {there.origin}/y".encode(),
                    status=b"302 Found",
                )
            )
        }
    )
    request = Request(url=f"http://me:secret@{here.key}/x", source="s", delay_seconds=0, etag='"a"')
    got = fetcher(here, there).fetch(request)
    assert got.final_url == f"{there.origin}/y"
    assert not [word for word in ("Cookie", "Authorization", "If-None-Match", "Referer") if word in there.heads[-1]]


def test_a_request_names_its_agent_and_the_codings_it_reads(hostile: Start, fetcher: Make) -> None:
    server = hostile({"/x": says(page(b"text"))})
    fetcher(server).fetch(ask(server))
    assert "User-Agent: screener/0.1 (+mailto:desk@ngo.test)\r\n" in server.heads[-1]
    assert "Accept-Encoding: gzip, deflate\r\n" in server.heads[-1]


def test_cookies_are_not_sent_back(hostile: Start, fetcher: Make) -> None:
    server = hostile({"/x": says(page(b"text", b"Set-Cookie: id=1; Path=/"))})
    client = fetcher(server)
    client.fetch(ask(server))
    client.fetch(ask(server))
    assert "Cookie:" not in server.heads[-1]


def test_a_proxy_in_the_environment_is_ignored(hostile: Start, fetcher: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = hostile({"*": says(page(b"proxied"))})
    server = hostile({"/x": says(page(b"text"))})
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, proxy.origin)
    assert fetcher(server).fetch(ask(server)).body == b"text"
    assert proxy.heads == []


@pytest.mark.parametrize(
    ("first", "tries"),
    [
        (resets(), 3),
        (status(b"500 Oops"), 3),
        (status(b"429 Slow"), 3),
        (status(b"503 Down", b"Retry-After: 2"), 3),
        (status(b"502 Down", b"Retry-After: 6"), 1),
        (status(b"503 Down", b"Retry-After: 6"), 1),
        (status(b"403 No"), 1),
        (says(b"nonsense\r\n\r\n"), 1),
    ],
    ids=["RST", "500", "429", "short wait", "502 with a long wait", "long wait", "403", "no HTTP"],
)
def test_only_passing_faults_are_tried_again(hostile: Start, fetcher: Make, first: Script, tries: int) -> None:
    clock = Clock()
    server = hostile({"/x": first})
    failure(fetcher(server, sleep=clock.sleep, clock=clock.time, limits=LONG), ask(server))
    assert server.paths.count("/x") == tries


def test_a_second_try_that_works_gives_the_page(hostile: Start, fetcher: Make) -> None:
    server = hostile({"/x": in_turn(resets(), status(b"500 Oops"), says(page(b"text")))})
    slept: list[float] = []
    assert fetcher(server, sleep=slept.append, limits=LONG).fetch(ask(server)).body == b"text"
    assert slept == [0.5, 1.0]


def test_a_host_that_asked_for_peace_gets_no_request_until_then(hostile: Start, fetcher: Make) -> None:
    clock = Clock()
    server = hostile({"/x": in_turn(status(b"429 Slow", b"Retry-After: 60"), says(page(b"text")))})
    client = fetcher(server, sleep=clock.sleep, clock=clock.time)
    assert failure(client, ask(server)).retry_after_seconds == 60
    clock.sleep(59)
    assert failure(client, ask(server)).retry_after_seconds == pytest.approx(1, abs=0.5)
    assert server.paths.count("/x") == 1
    clock.sleep(2)
    assert client.fetch(ask(server)).body == b"text"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "http://",
        "//a.test/",
        "http://[::1",
        "http://a b/",
        "http://a..b/",
        "mailto:a@b.test",
        "http://%31/",
    ],
)
def test_what_is_no_url_is_a_bad_url(fetcher: Make, url: str) -> None:
    assert failure(fetcher(), Request(url=url, source="s")).reason is SkipReason.BAD_URL
