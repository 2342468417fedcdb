import socket
import threading
import time

import pytest

from screener.errors import FetchError
from screener.fetch import Fetcher, Limits, Request, fetch_many
from screener.fetch.schedule import Outcome
from screener.records import Page, SkipReason

from .conftest import Clock, Make, Start
from .hostile import HEAD, Hostile, drips, in_turn, page, redirect, says, sleeps, status

TEXT = says(page(b"text"))


def requests(host: str, number: int, delay: float = 0.0) -> list[Request]:
    return [Request(url=f"http://{host}/{n}", source="s", delay_seconds=delay) for n in range(number)]


def routed(fetch: Make, **hosts: Hostile) -> Fetcher:
    return fetch(routes={f"{name}.test:80": server.key for name, server in hosts.items()}, sleep=time.sleep)


def reasons(outcomes: list[Outcome]) -> list[SkipReason | None]:
    return [got.reason if isinstance(got, FetchError) else None for _, got in outcomes]


def test_each_request_ends_in_one_outcome(hostile: Start, fetcher: Make) -> None:
    one, two = hostile({"*": TEXT}), hostile({"*": status(b"404 No")})
    asked = [*requests("one.test", 5), *requests("two.test", 5), Request(url="no url", source="s")]
    got = dict(fetch_many(routed(fetcher, one=one, two=two), asked))
    assert set(got) == set(asked)
    assert sum(isinstance(outcome, Page) for outcome in got.values()) == 5


def test_requests_to_a_host_are_apart_by_its_delay(hostile: Start, fetcher: Make) -> None:
    one, two = hostile({"*": TEXT}), hostile({"*": TEXT})
    client = routed(fetcher, one=one, two=two)
    started = time.monotonic()
    list(fetch_many(client, [*requests("one.test", 3, 0.2), *requests("two.test", 3, 0.2)]))
    list(fetch_many(client, requests("one.test", 1, 0.2)))
    for server in (one, two):
        gaps = [later - earlier for earlier, later in zip(server.times, server.times[1:], strict=False)]
        assert min(gaps) >= 0.2
    assert time.monotonic() - started < 0.2 * 5 + 0.3


def test_the_delay_holds_for_redirects_and_retries_too(hostile: Start, fetcher: Make) -> None:
    server = hostile({"/0": redirect("/1"), "/1": in_turn(status(b"500 Oops"), TEXT)})
    clock = Clock()
    client = fetcher(routes={"a.test:80": server.key}, sleep=clock.sleep, clock=clock.time)
    client.fetch(Request(url="http://a.test/0", source="s", delay_seconds=20))
    assert server.paths == ["/robots.txt", "/0", "/1", "/1"]
    assert clock.ahead == pytest.approx(60, abs=0.5)


def test_one_request_at_a_time_is_in_flight_to_a_host(hostile: Start, fetcher: Make) -> None:
    flying, most, lock = [0], [0], threading.Lock()

    def count(sock: socket.socket) -> None:
        with lock:
            flying[0] += 1
            most[0] = max(most[0], flying[0])
        time.sleep(0.01)
        with lock:
            flying[0] -= 1
        TEXT(sock)

    server = hostile({"*": count})
    outcomes = list(fetch_many(routed(fetcher, a=server), requests("a.test", 10)))
    assert (len(outcomes), most[0]) == (10, 1)


def test_a_slow_host_does_not_delay_others(hostile: Start, fetcher: Make) -> None:
    slow, quick = hostile({"*": sleeps(0.8)}), hostile({"*": TEXT})
    client = routed(fetcher, slow=slow, quick=quick)
    asked = [*requests("slow.test", 2), *requests("quick.test", 20)]
    order = [request.url for request, _ in fetch_many(client, asked, workers=2)]
    assert order[-1] == "http://slow.test/1"


def test_more_stalled_hosts_than_workers_do_not_delay_others(hostile: Start, fetcher: Make) -> None:
    stalled, quick = hostile({"*": drips(HEAD + b"\r\n", b"x")}), hostile({"*": TEXT})
    hosts = {f"slow{n}": stalled for n in range(2)} | {"quick": quick}
    routes = {f"{name}.test:80": server.key for name, server in hosts.items()}
    client = fetcher(routes=routes, limits=Limits(total_seconds=1.8), sleep=time.sleep)
    asked = [request for name in hosts for request in requests(f"{name}.test", 1)]
    outcomes = fetch_many(client, asked, workers=2)
    first, _ = next(outcomes)
    outcomes.close()
    assert first.url == "http://quick.test/0"


def test_after_a_refusal_the_host_gets_no_more_requests(hostile: Start, fetcher: Make) -> None:
    busy = hostile({"/0": TEXT, "*": status(b"429 Slow", b"Retry-After: 60")})
    other = hostile({"*": TEXT})
    asked = [*requests("busy.test", 6), *requests("other.test", 3)]
    outcomes = list(fetch_many(routed(fetcher, busy=busy, other=other), asked))
    assert sorted(reasons(outcomes), key=str) == [None] * 4 + [SkipReason.RETRY_LATER] * 5
    assert busy.paths == ["/robots.txt", "/0", "/1"]
    waits = [got.retry_after_seconds for _, got in outcomes if isinstance(got, FetchError)]
    assert all(wait is not None and 59 < wait <= 60 for wait in waits)


def test_a_refusal_at_the_end_of_a_redirect_counts_for_the_host_that_refused(hostile: Start, fetcher: Make) -> None:
    busy = hostile({"*": status(b"429 Slow", b"Retry-After: 60")})
    here = hostile({"/0": redirect("http://busy.test/"), "*": TEXT})
    outcomes = list(fetch_many(routed(fetcher, busy=busy, here=here), requests("here.test", 3)))
    assert reasons(outcomes) == [SkipReason.RETRY_LATER, None, None]


def test_closing_early_leaves_no_thread_and_sends_nothing_more(hostile: Start, fetcher: Make) -> None:
    server = hostile({"*": TEXT})
    outcomes = fetch_many(routed(fetcher, a=server), requests("a.test", 50))
    next(iter(outcomes))
    outcomes.close()
    asked = len(server.paths)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("fetch")]
    time.sleep(0.05)
    assert len(server.paths) == asked < 10


def test_a_fetcher_may_be_used_from_several_threads(hostile: Start, fetcher: Make) -> None:
    server = hostile({"*": TEXT})
    client = routed(fetcher, a=server)
    got: list[Page] = []
    threads = [
        threading.Thread(target=lambda request=request: got.append(client.fetch(request)))
        for request in requests("a.test", 12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 12
    assert server.paths.count("/robots.txt") == 1
