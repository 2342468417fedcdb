import pytest

from screener.errors import FetchError
from screener.fetch import Limits, Request
from screener.fetch.robots import parse_rules
from screener.records import SkipReason

from .conftest import Clock, Make, Start
from .hostile import HEAD, Hostile, Script, drips, in_turn, page, redirect, resets, says, sleeps, status

DISALLOW = b"User-agent: *\nDisallow: /x\n"
TEXT = b"text/plain"
FOUND = None

OUTCOMES: list[tuple[str, Script, SkipReason | None]] = [
    ("200 allows", says(page(b"User-agent: *\nDisallow: /other\n", kind=TEXT)), FOUND),
    ("200 disallows", says(page(DISALLOW, kind=TEXT)), SkipReason.ROBOTS_DISALLOWED),
    ("200 of any type", says(page(DISALLOW, kind=b"image/gif")), SkipReason.ROBOTS_DISALLOWED),
    ("200 empty", says(page(b"")), FOUND),
    ("204", says(b"HTTP/1.1 204 No Content\r\n\r\n"), FOUND),
    ("200 HTML", says(page(b"<html>not found</html>")), FOUND),
    ("400", status(b"400 Bad"), FOUND),
    ("401", status(b"401 Who"), FOUND),
    ("403", status(b"403 No"), FOUND),
    ("404", status(b"404 Not Found"), FOUND),
    ("410", status(b"410 Gone"), FOUND),
    ("429", status(b"429 Slow"), FOUND),
    ("429 with a time", status(b"429 Slow", b"Retry-After: 60"), SkipReason.RETRY_LATER),
    ("500", status(b"500 Oops"), SkipReason.ROBOTS_UNREACHABLE),
    ("503", status(b"503 Down"), SkipReason.ROBOTS_UNREACHABLE),
    ("503 with a time", status(b"503 Down", b"Retry-After: 60"), SkipReason.ROBOTS_UNREACHABLE),
    ("304", says(b"HTTP/1.1 304 Same\r\n\r\n"), SkipReason.ROBOTS_UNREACHABLE),
    ("301 without Location", status(b"301 Moved"), SkipReason.ROBOTS_UNREACHABLE),
    ("silence", sleeps(1), SkipReason.ROBOTS_UNREACHABLE),
    ("drip", drips(HEAD + b"\r\n", b"#"), SkipReason.ROBOTS_UNREACHABLE),
    ("RST", resets(), SkipReason.ROBOTS_UNREACHABLE),
    ("cut", says(HEAD + b"Content-Length: 99\r\n\r\n" + DISALLOW), SkipReason.ROBOTS_UNREACHABLE),
    ("no HTTP", says(b"nonsense\r\n\r\n"), SkipReason.ROBOTS_UNREACHABLE),
    ("zstd", says(page(b"x", b"Content-Encoding: zstd")), SkipReason.ROBOTS_UNREACHABLE),
    ("to itself for ever", redirect("/robots.txt", 301), FOUND),
    ("to a private address", redirect("http://10.0.0.1/robots.txt", 301), SkipReason.BLOCKED_ADDRESS),
    ("to file:", redirect("file:///etc/passwd"), SkipReason.ROBOTS_UNREACHABLE),
    ("rule at the end of 4 KiB", says(page(b"#" * 4068 + b"\n" + DISALLOW)), SkipReason.ROBOTS_DISALLOWED),
    ("rule after 4 KiB", says(page(b"#" * 4096 + b"\n" + DISALLOW)), FOUND),
]


def outcome(fetch: Make, server: Hostile) -> SkipReason | None:
    try:
        fetch(server).fetch(Request(url=f"{server.origin}/x", source="s", delay_seconds=0))
    except FetchError as error:
        return error.reason
    return FOUND


@pytest.mark.parametrize(("script", "expected"), [row[1:] for row in OUTCOMES], ids=[row[0] for row in OUTCOMES])
def test_each_outcome_of_robots_txt_has_its_meaning(
    hostile: Start, fetcher: Make, script: Script, expected: SkipReason | None
) -> None:
    server = hostile({"/robots.txt": script, "/x": says(page(b"text"))})
    assert outcome(fetcher, server) is expected
    assert ("/x" in server.paths) == (expected is FOUND)


@pytest.mark.parametrize(("hops", "expected"), [(5, SkipReason.ROBOTS_DISALLOWED), (6, FOUND)])
def test_robots_txt_is_followed_for_five_redirects(
    hostile: Start, fetcher: Make, hops: int, expected: SkipReason | None
) -> None:
    chain = {f"/{hop}": redirect(f"/{hop + 1}") for hop in range(1, hops)}
    server = hostile({**chain, "/robots.txt": redirect("/1"), f"/{hops}": says(page(DISALLOW)), "/x": says(page(b"t"))})
    assert outcome(fetcher, server) is expected


RULES = [
    ("BOM", b"\xef\xbb\xbfUser-agent: *\nDisallow: /x", False),
    ("CR only", b"User-agent: *\rDisallow: /x\r", False),
    ("CRLF", b"User-agent: *\r\nDisallow: /x\r\n", False),
    ("blanks round the colon", b"user-agent : *\n disallow : /x", False),
    ("our token", b"User-agent: *\nDisallow:\n\nUser-agent: Screener\nDisallow: /", False),
    (
        "our token and more words",
        b"User-agent: screener bot 2\nDisallow: /\n\nUser-agent: *\nAllow: /",
        False,
    ),
    ("star and more words", b"User-agent: * everybody\nDisallow: /", False),
    ("a comment after the token", b"User-agent: screener # us\nDisallow: /", False),
    ("another's token", b"User-agent: ngo\nDisallow: /", True),
    ("a token that ours ends with", b"User-agent: reener\nDisallow: /", True),
    ("the longer rule wins", b"User-agent: *\nDisallow: /\nAllow: /x", True),
    ("a wildcard", b"User-agent: *\nDisallow: /*x$", False),
    ("not UTF-8", b"User-agent: *\nDisallow: /\xff\nDisallow: /x", False),
    ("binary", bytes(range(256)) * 4, True),
]


@pytest.mark.parametrize(("body", "allowed"), [row[1:] for row in RULES], ids=[row[0] for row in RULES])
def test_rules_are_read_as_the_big_crawlers_read_them(body: bytes, allowed: bool) -> None:
    assert parse_rules(body).can_fetch("http://a.test/x", "screener") is allowed


def test_robots_txt_is_asked_for_once_per_origin(hostile: Start, fetcher: Make) -> None:
    server = hostile({"*": says(page(b"text"))})
    client = fetcher(server)
    for path in ("a", "b", "c"):
        client.fetch(Request(url=f"{server.origin}/{path}", source="s", delay_seconds=0))
    assert server.paths.count("/robots.txt") == 1


def test_an_unreachable_robots_txt_is_not_asked_for_again(hostile: Start, fetcher: Make) -> None:
    server = hostile({"/robots.txt": in_turn(*[status(b"503 Down")] * 3, says(page(b"")))})
    client = fetcher(server, limits=Limits())
    for path in ("a", "b"):
        with pytest.raises(FetchError, match="robots_unreachable"):
            client.fetch(Request(url=f"{server.origin}/{path}", source="s", delay_seconds=0))
    assert server.paths == ["/robots.txt"] * 3


def test_each_hop_asks_the_robots_txt_of_its_origin(hostile: Start, fetcher: Make) -> None:
    there = hostile({"/robots.txt": says(page(DISALLOW)), "/x": says(page(b"text"))})
    here = hostile({"/x": redirect(f"{there.origin}/x")})
    with pytest.raises(FetchError, match="robots_disallowed"):
        fetcher(here, there).fetch(Request(url=f"{here.origin}/x", source="s", delay_seconds=0))
    assert there.paths == ["/robots.txt"]


@pytest.mark.parametrize(("asked", "waited"), [(b"3", 3.0), (b"0.5", 1.0), (b"86400", 30.0), (b"never", 1.0)])
def test_crawl_delay_raises_the_delay_up_to_its_cap(hostile: Start, fetcher: Make, asked: bytes, waited: float) -> None:
    rules = b"User-agent: *\nCrawl-delay: " + asked
    server = hostile({"/robots.txt": says(page(rules)), "/x": says(page(b"text"))})
    clock = Clock()
    client = fetcher(server, sleep=clock.sleep, clock=clock.time)
    client.fetch(Request(url=f"{server.origin}/x", source="s", delay_seconds=1.0))
    assert clock.ahead == pytest.approx(waited, abs=0.05)
