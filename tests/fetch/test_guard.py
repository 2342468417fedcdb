import itertools
import socket
import time

import pytest

from screener.errors import FetchError
from screener.fetch import Request
from screener.fetch.guard import blocking_network
from screener.records import SkipReason

from .conftest import Make, Start
from .hostile import page, redirect, says

BLOCKED_ADDRESSES = [
    "0.0.0.0",  # noqa: S104  judged, never bound to
    "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",
    "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1",
    "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1",
    "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1",
    "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:2::1", "2001:10::1",
    "2001:db8::1", "2002:7f00:1::", "3fff::1", "4000::1", "5f00::1", "fc00::1", "fd00:ec2::254",
    "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
]  # fmt: skip
PUBLIC_ADDRESSES = [
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "172.32.0.1",
    "223.255.255.255",
    "2001:200::1",
    "2606:4700::1",
]

SPELLINGS = [
    "127.0.0.1", "127.1", "127.0.1", "0",
    "0.0.0.0",  # noqa: S104  judged, never bound to
    "2130706433", "0x7f.1", "0x7f000001",
    "017700000001", "10.0.0.1", "192.168.0.1", "169.254.169.254", "2852039166", "0xa9fea9fe",
    "１２７.０.０.１", "127。0。0。1", "①②⑦.0.0.1", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "[fd00:ec2::254]", "[0:0:0:0:0:0:0:1]",
    "localhost", "LOCALHOST", "evil\\@127.0.0.1", "evil@127.0.0.1", "a:b@[::1]",
]  # fmt: skip
REFUSED_AS_BAD = [
    "0177.0.0.1",
    "127.0.0.01",
    "256.0.0.1",
    "[fe80::1%25eth0]",
    "%31%32%37.0.0.1",
    "127.0.0.1 ",
    "[::1",
    "::1",
]


class Recorder:
    """A connect that writes down where it would go, and lets through to the loopback what a test declares."""

    def __init__(self, port: int = 0) -> None:
        self.port = port
        self.asked: list[tuple[str, int]] = []

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        self.asked.append((address, port))
        if not self.port:
            raise ConnectionRefusedError("recorded only")
        return socket.create_connection(("127.0.0.1", self.port), timeout)


def real_numbers(host: str, port: int) -> list[str]:
    """Numeric spellings as the system reads them, without asking any name server."""
    if host.lower() == "localhost":
        return ["127.0.0.1"]
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    return [str(answer[4][0]) for answer in answers]


def reason(fetch: Make, url: str, **parts: object) -> SkipReason:
    with pytest.raises(FetchError) as caught:
        fetch(**parts).fetch(Request(url=url, source="s", delay_seconds=0))
    return caught.value.reason


@pytest.mark.parametrize("address", BLOCKED_ADDRESSES)
def test_an_inner_address_is_in_a_blocked_network(address: str) -> None:
    assert blocking_network(address) is not None


@pytest.mark.parametrize("address", PUBLIC_ADDRESSES)
def test_a_public_address_is_in_none(address: str) -> None:
    assert blocking_network(address) is None


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_of_an_inner_address_is_connected_to(fetcher: Make, spelling: str) -> None:
    recorder = Recorder()
    got = reason(fetcher, f"http://{spelling}:8080/x", resolve=real_numbers, connect=recorder.connect)
    assert (got, recorder.asked) == (SkipReason.BLOCKED_ADDRESS, [])


@pytest.mark.parametrize("spelling", REFUSED_AS_BAD)
def test_a_spelling_that_no_url_may_have_is_a_bad_url(fetcher: Make, spelling: str) -> None:
    recorder = Recorder()
    got = reason(fetcher, f"http://{spelling}:80/x", resolve=real_numbers, connect=recorder.connect)
    assert (got, recorder.asked) == (SkipReason.BAD_URL, [])


@pytest.mark.parametrize("spelling", SPELLINGS + REFUSED_AS_BAD)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_redirect_leads_to_an_inner_address(hostile: Start, fetcher: Make, spelling: str, scheme: str) -> None:
    server = hostile({"/x": redirect(f"{scheme}://{spelling}:8080/canary")})
    recorder = Recorder(server.port)
    parts = {"resolve": real_numbers, "connect": recorder.connect, "routes": {"a.test:80": server.key}}
    got = reason(fetcher, "http://a.test/x", **parts)
    assert got is SkipReason.BLOCKED_ADDRESS or (got is SkipReason.BAD_URL and spelling in REFUSED_AS_BAD)
    assert {port for _, port in recorder.asked} == {server.port}


def test_a_user_name_that_looks_like_a_host_is_not_the_host(hostile: Start, fetcher: Make) -> None:
    server = hostile({"/x": says(page(b"text"))})
    recorder = Recorder(server.port)
    client = fetcher(resolve=lambda host, _: {"evil.test": ["1.2.3.4"]}[host], connect=recorder.connect)
    got = client.fetch(Request(url="http://127.0.0.1:80@evil.test/x", source="s", delay_seconds=0))
    assert got.final_url == "http://evil.test/x"
    assert set(recorder.asked) == {("1.2.3.4", 80)}


@pytest.mark.parametrize("answer", [["8.8.8.8", "127.0.0.1"], ["8.8.8.8", "8.8.4.4", "::1"]])
def test_one_inner_address_condemns_the_whole_answer(fetcher: Make, answer: list[str]) -> None:
    recorder = Recorder()
    got = reason(fetcher, "http://mixed.test/", resolve=lambda *_: answer, connect=recorder.connect)
    assert (got, recorder.asked) == (SkipReason.BLOCKED_ADDRESS, [])


def test_a_rebinding_name_is_judged_at_every_connect(hostile: Start, fetcher: Make) -> None:
    server = hostile({"/x": says(page(b"text"))})
    recorder = Recorder(server.port)
    answers = itertools.cycle([["8.8.8.8"], ["127.0.0.1"]])
    client = fetcher(resolve=lambda *_: next(answers), connect=recorder.connect)
    request = Request(url="http://rebind.test/x", source="s", delay_seconds=0)
    refused = 0
    for _ in range(200):
        try:
            client.fetch(request)
        except FetchError as error:
            refused += error.reason is SkipReason.BLOCKED_ADDRESS
    assert (refused, set(recorder.asked)) == (100, {("8.8.8.8", 80)})


def test_the_judged_address_is_the_one_connected_to(hostile: Start, fetcher: Make) -> None:
    server = hostile({"/x": says(page(b"text"))})
    recorder = Recorder(server.port)
    answers = iter([["8.8.8.8"], ["8.8.4.4"]])
    client = fetcher(resolve=lambda *_: next(answers), connect=recorder.connect)
    client.fetch(Request(url="http://name.test/x", source="s", delay_seconds=0))
    assert recorder.asked == [("8.8.8.8", 80), ("8.8.4.4", 80)]


def test_the_next_address_is_tried_when_one_refuses(hostile: Start, fetcher: Make) -> None:
    server = hostile({"/x": says(page(b"text"))})

    def connect(address: str, port: int, timeout: float) -> socket.socket:
        if address == "8.8.8.8":
            raise ConnectionRefusedError
        return Recorder(server.port).connect(address, port, timeout)

    client = fetcher(resolve=lambda *_: ["8.8.8.8", "8.8.4.4"], connect=connect)
    assert client.fetch(Request(url="http://name.test/x", source="s", delay_seconds=0)).body == b"text"


@pytest.mark.parametrize("allowed", ["127.0.0.1:{other}", "localhost:{port}", "127.0.0.1"])
def test_only_the_exact_host_and_port_are_let_through(hostile: Start, fetcher: Make, allowed: str) -> None:
    server = hostile({"/x": says(page(b"text"))})
    allow = frozenset({allowed.format(port=server.port, other=server.port + 1)})
    assert reason(fetcher, f"{server.origin}/x", allow=allow) is SkipReason.BLOCKED_ADDRESS
    assert server.heads == []


def test_a_routed_host_keeps_its_name_and_is_never_looked_up(hostile: Start, fetcher: Make) -> None:
    server = hostile({"/x": says(page(b"text"))})
    client = fetcher(routes={"a.test:80": server.key}, resolve=lambda *_: pytest.fail("looked up"))
    client.fetch(Request(url="http://A.test/x", source="s", delay_seconds=0))
    assert "Host: a.test\r\n" in server.heads[-1]


@pytest.mark.parametrize(
    ("error", "expected"),
    [(socket.gaierror(-2, "unknown"), "net_error"), (UnicodeError("label too long"), "bad_url")],
    ids=["unknown", "no name"],
)
def test_a_name_without_an_address_is_told_apart(fetcher: Make, error: Exception, expected: str) -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        raise error

    with pytest.raises(FetchError, match=expected):
        fetcher(resolve=resolve).fetch(Request(url="http://name.test/", source="s", delay_seconds=0))


def test_a_slow_resolver_does_not_outlast_the_deadline(fetcher: Make) -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        time.sleep(1.5)
        return []

    started = time.monotonic()
    assert reason(fetcher, "http://slow.test/", resolve=resolve) is SkipReason.ROBOTS_UNREACHABLE
    assert time.monotonic() - started < 1.1


def test_a_slow_connect_is_a_timeout_for_the_page(hostile: Start, fetcher: Make) -> None:
    server = hostile({})
    calls: list[float] = []

    def connect(_address: str, _port: int, timeout: float) -> socket.socket:
        calls.append(timeout)
        if len(calls) == 1:
            return socket.create_connection(("127.0.0.1", server.port))
        raise TimeoutError

    assert reason(fetcher, "http://name.test/x", resolve=lambda *_: ["8.8.8.8"], connect=connect) is SkipReason.TIMEOUT
    assert max(calls) <= 0.5
