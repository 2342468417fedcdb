import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from screener.errors import FetchError, SettingsError
from screener.fetch import Request, SampleSite, serve

from .conftest import Make

RESPONSES = """
[[response]]
host = "a.test"
path = "/old"
status = 301
location = "/page"

[[response]]
host = "a.test"
path = "/list/?page=2"
file = "list/second.html"

[[response]]
host = "a.test"
path = "/busy"
status = 503
headers = {Retry-After = "3600"}

[[response]]
host = "a.test"
path = "/legacy"
file = "legacy.html"
content_type = "text/html"

[[response]]
host = "a.test"
path = "/outside"
file = "../secret.html"
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SampleSite]:
    files = {
        "secret.html": b"secret",
        "a.test/robots.txt": b"User-agent: *\nDisallow: /privat/\n",
        "a.test/page.html": b"<p>page</p>",
        "a.test/list/index.html": b"first",
        "a.test/list/second.html": b"second",
        "a.test/legacy.html": b"caf\xe9",
        "a.test/rss.xml": b"<rss/>",
        "a.test/privat/ad.html": b"private",
        "b.test/page.html": b"other page",
    }
    for name, body in files.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    (tmp_path / "site/a.test/link.html").symlink_to(tmp_path / "site/secret.html")
    (tmp_path / "site/responses.toml").write_text(RESPONSES)
    with serve(tmp_path / "site") as running:
        yield running


def raw(site: SampleSite, target: str, host: str = "a.test") -> bytes:
    """The answer as bytes: a client would tidy up the path before sending it."""
    with socket.create_connection(("127.0.0.1", site.port), 2) as sock:
        sock.sendall(f"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        with sock.makefile("rb") as stream:
            return stream.read()


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("/page", b"<p>page</p>", "text/html; charset=utf-8"),
        ("/page.html", b"<p>page</p>", "text/html; charset=utf-8"),
        ("/list/", b"first", "text/html; charset=utf-8"),
        ("/list/?page=2", b"second", "text/html; charset=utf-8"),
        ("/rss.xml", b"<rss/>", "application/rss+xml; charset=utf-8"),
        ("/legacy", b"caf\xe9", "text/html"),
        ("/old", b"<p>page</p>", "text/html; charset=utf-8"),
    ],
)
def test_a_path_is_served_as_the_folder_says(
    site: SampleSite, fetcher: Make, path: str, body: bytes, kind: str
) -> None:
    page = fetcher(routes=site.routes).fetch(Request(url=f"http://a.test{path}", source="s", delay_seconds=0))
    assert (page.body, page.headers["content-type"]) == (body, kind)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/nothing", "not_found"),
        ("/page?x=1", "not_found"),
        ("/busy", "retry_later"),
        ("/privat/ad", "robots_disallowed"),
        ("/link", "not_found"),
        ("/outside", "not_found"),
    ],
)
def test_what_is_not_served_has_its_reason(site: SampleSite, fetcher: Make, path: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason):
        fetcher(routes=site.routes).fetch(Request(url=f"http://a.test{path}", source="s", delay_seconds=0))


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.html",
        "/%2e%2e/secret.html",
        "/..%2fsecret.html",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/a/../../secret",
        "/link.html",
        "/%00",
        "/" + "x" * 5000,
        "/../b.test/page.html",
    ],
)
def test_no_path_leaves_its_folder(site: SampleSite, target: str) -> None:
    assert raw(site, target).startswith(b"HTTP/1.1 404 ")


@pytest.mark.parametrize("host", ["c.test", "", "..", "127.0.0.1", "site"])
def test_an_unknown_host_has_no_pages(site: SampleSite, host: str) -> None:
    assert raw(site, "/page", host).startswith(b"HTTP/1.1 404 ")


def test_hosts_are_told_apart_by_name(site: SampleSite) -> None:
    assert raw(site, "/page", "B.test:80").endswith(b"other page")
    assert site.routes == {f"{name}.test:80": f"127.0.0.1:{site.port}" for name in "ab"}


def test_an_unchanged_page_is_not_sent_twice(site: SampleSite, fetcher: Make) -> None:
    client = fetcher(routes=site.routes)
    request = Request(url="http://a.test/page", source="s", delay_seconds=0)
    etag = client.fetch(request).headers["etag"]
    again = client.fetch(Request(url=request.url, source="s", delay_seconds=0, etag=etag))
    assert (again.status, again.body) == (304, b"")
    assert site.requests == [
        ("a.test", "/robots.txt", 200),
        ("a.test", "/page", 200),
        ("a.test", "/page", 304),
    ]


@pytest.mark.parametrize("text", ["[[response", '[[response]]\nhost = "a.test"\n'])
def test_a_bad_responses_file_is_a_settings_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "responses.toml").write_text(text)
    with pytest.raises(SettingsError, match=r"responses\.toml"), serve(tmp_path):
        pass
