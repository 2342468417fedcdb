import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from screener.errors import StoreError
from screener.records import SkipReason
from screener.store import RunState, Store

from .factory import NOW, URL, begin, document, finding, index, item, page, skip

INDEX = index().url


@pytest.mark.parametrize(
    "changes",
    [{}, {"settings_digest": "s2"}, {"model": "m2"}, {"ruleset": "r2"}],
    ids=["same", "other-settings", "other-model", "other-ruleset"],
)
def test_an_unfinished_run_is_resumed_only_when_all_is_the_same(
    store: Store, run: int, changes: dict[str, str]
) -> None:
    start = begin(store, **changes)
    assert start.resumed is (not changes)
    assert (start.id == run) is (not changes)


def test_a_run_of_other_settings_is_closed_but_stays_visible(store: Store, run: int) -> None:
    begin(store, settings_digest="s2")
    assert store.run_state(run) is RunState.INTERRUPTED
    assert [left.id for left in store.abandoned_runs()] == [run]
    assert store.run(run).finished_at is None


def test_an_interrupted_run_is_never_resumed(store: Store, run: int) -> None:
    second = begin(store, settings_digest="s2")
    third = begin(store)
    assert not third.resumed
    assert len({run, second.id, third.id}) == 3


def test_a_finished_run_is_followed_by_a_new_one(store: Store, run: int) -> None:
    store.finish_run(run, NOW)
    start = begin(store)
    assert (start.id > run, start.resumed) == (True, False)


def test_a_resumed_run_keeps_its_queue(path: Path) -> None:
    with Store.open(path) as store:
        run = begin(store).id
        store.enqueue(run, [index(), item()])
        store.finish_index(run, INDEX, [item(URL + "2")], None)
    with Store.open(path) as store:
        assert begin(store).id == run
        assert store.pending(run) == [item(), item(URL + "2")]


WRITES: dict[str, Callable[[Store, int], None]] = {
    "enqueue": lambda store, run: store.enqueue(run, [item(), item(URL + "2"), index()]),
    "finish_index": lambda store, run: store.finish_index(run, INDEX, [item(URL + "3")], page(INDEX)),
    "fail_index": lambda store, run: store.fail_index(run, skip(INDEX)),
    "finish_finding": lambda store, run: store.finish_finding(run, URL, finding(), page()),
    "finish_skip": lambda store, run: store.finish_skip(run, skip(), page(status=500)),
}


def _contents(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        lines = list(connection.iterdump())
    connection.close()
    return lines


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_repeated_write_changes_nothing(
    store: Store, run: int, path: Path, write: Callable[[Store, int], None]
) -> None:
    store.enqueue(run, [item(), index()])
    write(store, run)
    once = _contents(path)
    write(store, run)
    assert _contents(path) == once


@pytest.mark.parametrize("second", ["finish_finding", "finish_skip"])
@pytest.mark.parametrize("first", ["finish_finding", "finish_skip"])
def test_the_first_outcome_of_a_url_stands(store: Store, run: int, first: str, second: str) -> None:
    store.enqueue(run, [item()])
    WRITES[first](store, run)
    before = store.run(run)
    WRITES[second](store, run)
    assert store.run(run) == before
    assert before.findings + sum(before.skips.values()) == 1


def test_a_repeated_finish_keeps_the_first_time(store: Store, run: int) -> None:
    store.finish_run(run, NOW)
    store.finish_run(run, NOW + timedelta(hours=1))
    assert store.run(run).finished_at == NOW


def test_a_clock_set_back_makes_no_run_of_negative_length(store: Store, run: int) -> None:
    store.finish_run(run, NOW - timedelta(days=1))
    assert store.run(run).finished_at == NOW


def _nothing(_store: Store, _run: int) -> None:
    """For a write that is out of turn on its own."""


def _interrupt(store: Store, run: int) -> None:
    store.enqueue(run, [item()])
    begin(store, settings_digest="s2")


Step = Callable[[Store, int], None]
REFUSED: dict[str, tuple[Step, Step]] = {
    "finish-with-pending-urls": (
        lambda store, run: store.enqueue(run, [item()]),
        lambda store, run: store.finish_run(run, NOW),
    ),
    "finish-an-interrupted-run": (_interrupt, lambda store, run: store.finish_run(run, NOW)),
    "finding-in-an-interrupted-run": (_interrupt, WRITES["finish_finding"]),
    "queue-in-a-finished-run": (lambda store, run: store.finish_run(run, NOW), WRITES["enqueue"]),
    "unknown-run": (_nothing, lambda store, run: store.enqueue(run + 1, [item()])),
    "url-never-queued": (_nothing, WRITES["finish_skip"]),
    "index-as-item": (
        lambda store, run: store.enqueue(run, [index()]),
        lambda store, run: store.finish_skip(run, skip(INDEX)),
    ),
    "item-as-index": (
        lambda store, run: store.enqueue(run, [item()]),
        lambda store, run: store.fail_index(run, skip()),
    ),
}


@pytest.mark.parametrize(("prepare", "write"), REFUSED.values(), ids=REFUSED)
def test_a_write_out_of_turn_is_refused(store: Store, run: int, prepare: Step, write: Step) -> None:
    prepare(store, run)
    with pytest.raises(StoreError):
        write(store, run)
    assert store.check() == []


def test_a_failing_index_page_leaves_its_items_unqueued(store: Store, run: int) -> None:
    store.enqueue(run, [index()])
    with pytest.raises(StoreError):
        store.finish_index(run, INDEX, [item()], page(INDEX, digest="wrong"))
    assert store.pending(run) == [index()]


def test_one_body_is_stored_once(store: Store, run: int, path: Path) -> None:
    urls = [f"{URL}/{number}" for number in range(5)]
    store.enqueue(run, [item(url) for url in urls])
    for url in urls:
        store.finish_skip(run, skip(url, SkipReason.EMPTY), page(url, b"x" * 100_000))
    with sqlite3.connect(path) as connection:
        stored = connection.execute("SELECT count(*), max(length(content)) < 1000 FROM body").fetchone()
    connection.close()
    assert stored == (1, 1)


def test_a_text_seen_in_two_runs_is_stored_once(store: Store, path: Path) -> None:
    for _ in range(2):
        run = begin(store).id
        store.enqueue(run, [item()])
        store.finish_finding(run, URL, finding(document()), None)
        store.finish_run(run, NOW)
    with sqlite3.connect(path) as connection:
        stored = connection.execute("SELECT (SELECT count(*) FROM document), count(*) FROM item").fetchone()
    connection.close()
    assert stored == (1, 2)
