from datetime import timedelta

import pytest

from screener.errors import StoreError
from screener.records import SkipReason
from screener.store import Store

from .factory import NOW, URL, begin, document, finding, finished_run, index, item, page, skip

INDEX = index().url


def test_a_new_database_has_no_run(store: Store) -> None:
    assert store.latest_run() is None
    assert store.runs() == []


@pytest.mark.parametrize("read", ["run", "run_state"])
def test_a_run_that_is_not_there_is_named(store: Store, read: str) -> None:
    with pytest.raises(StoreError, match="no run 7"):
        getattr(store, read)(7)


def test_runs_come_newest_first(store: Store) -> None:
    ids = [finished_run(store, {}) for _ in range(3)]
    assert [run.id for run in store.runs()] == ids[::-1]
    assert store.latest_run() == store.run(ids[-1])


def test_a_run_counts_its_items_and_not_its_indexes(store: Store, run: int) -> None:
    store.enqueue(run, [index(), item(URL + "1"), item(URL + "2"), item(URL + "3")])
    store.fail_index(run, skip(INDEX))
    store.finish_skip(run, skip(URL + "1"))
    store.finish_finding(run, URL + "2", finding(), None)
    found = store.run(run)
    assert (found.findings, found.skips) == (1, {SkipReason.TIMEOUT: 1})
    assert store.count_items(run) == 3


def test_pending_urls_come_in_the_order_of_discovery(store: Store, run: int) -> None:
    store.enqueue(run, [index(), item("https://z.example/")])
    store.finish_index(run, INDEX, [item("https://b.example/"), item("https://a.example/")], None)
    store.enqueue(run, [item("https://0.example/")])
    hosts = [queued.url[8] for queued in store.pending(run)]
    assert hosts == ["z", "b", "a", "0"]


def test_a_url_queued_again_keeps_its_place_and_source(store: Store, run: int) -> None:
    store.enqueue(run, [item(), item(URL + "2")])
    store.enqueue(run, [item(URL + "2", source="other"), item(source="other")])
    assert store.pending(run) == [item(), item(URL + "2")]


def test_findings_come_highest_probability_first_over_all_batches(store: Store, run: int) -> None:
    urls = {f"{URL}/{number}": (number * 37 % 120) / 120 for number in range(120)}
    store.enqueue(run, [item(url) for url in urls])
    for url, probability in urls.items():
        store.finish_finding(run, url, finding(document(url), probability), None)
    found = [one.score.probability for one in store.findings(run)]
    assert found == sorted(urls.values(), reverse=True)


def test_findings_of_one_probability_come_as_discovered(store: Store, run: int) -> None:
    urls = [URL + "b", URL + "a", URL + "c"]
    store.enqueue(run, [item(url) for url in urls])
    for url in reversed(urls):
        store.finish_finding(run, url, finding(document(url)), None)
    assert [one.document.url for one in store.findings(run)] == urls


def test_findings_can_be_read_while_others_are_written(store: Store, run: int) -> None:
    store.enqueue(run, [item(), item(URL + "2")])
    store.finish_finding(run, URL, finding(), None)
    reading = store.findings(run)
    first = next(reading)
    store.finish_finding(run, URL + "2", finding(document(URL + "2")), None)
    assert [first, *reading] == [finding()]


def test_a_text_found_under_two_urls_is_given_for_each(store: Store, run: int) -> None:
    store.enqueue(run, [item(), item(URL + "?utm=1")])
    for queued in store.pending(run):
        store.finish_finding(run, queued.url, finding(), None)
    assert list(store.findings(run)) == [finding(), finding()]


def test_each_run_keeps_its_own_time_of_screening(store: Store) -> None:
    later = NOW + timedelta(days=1)
    runs = [finished_run(store, {URL: finding(screened_at=time)}) for time in (NOW, later)]
    assert [next(store.findings(run)).screened_at for run in runs] == [NOW, later]


def test_skips_and_failed_indexes_are_listed_apart(store: Store, run: int) -> None:
    store.enqueue(run, [index(), item()])
    store.fail_index(run, skip(INDEX, SkipReason.ROBOTS_DISALLOWED))
    store.finish_skip(run, skip())
    assert store.skips(run) == [skip()]
    assert store.index_skips(run) == [skip(INDEX, SkipReason.ROBOTS_DISALLOWED)]


@pytest.mark.parametrize("reason", SkipReason)
def test_every_reason_of_a_skip_is_read_back(store: Store, run: int, reason: SkipReason) -> None:
    store.enqueue(run, [item()])
    store.finish_skip(run, skip(reason=reason))
    assert store.skips(run) == [skip(reason=reason)]


def test_a_document_is_new_until_a_finished_run_had_it(store: Store) -> None:
    old, new = finding(), finding(document(URL + "2"))
    first = finished_run(store, {URL: old})
    second = finished_run(store, {URL: old, URL + "2": new})
    assert store.new_findings(first) == {old.id}
    assert store.new_findings(second) == {new.id}


def test_a_document_of_an_interrupted_run_is_still_new(store: Store, run: int) -> None:
    store.enqueue(run, [item()])
    store.finish_finding(run, URL, finding(), None)
    begin(store, settings_digest="s2")
    second = finished_run(store, {URL: finding()})
    assert store.new_findings(second) == {finding().id}


def test_a_document_scored_anew_is_not_new(store: Store) -> None:
    finished_run(store, {URL: finding(probability=0.2)})
    second = finished_run(store, {URL: finding(document(carried={"seen": 2}), probability=0.9)})
    assert store.new_findings(second) == frozenset()


def test_a_source_whose_index_failed_is_counted_with_zeros(store: Store, run: int) -> None:
    store.enqueue(run, [index(source="down"), item(), item(URL + "2"), item(URL + "3")])
    store.fail_index(run, skip(INDEX))
    store.finish_finding(run, URL, finding(), None)
    store.finish_skip(run, skip(URL + "2"))
    assert store.source_counts(run) == {"down": (0, 0, 0), "papan": (3, 1, 1)}


def test_a_url_never_fetched_has_no_stored_page(store: Store) -> None:
    assert store.stored_page(URL) is None


@pytest.mark.parametrize(
    ("headers", "etag", "last_modified"),
    [
        ({"etag": 'W/"1"'}, 'W/"1"', None),
        ({"last-modified": "Sun, 01 Nov 2026 08:00:00 GMT"}, None, "Sun, 01 Nov 2026 08:00:00 GMT"),
        ({}, None, None),
    ],
    ids=["etag", "last-modified", "neither"],
)
def test_a_stored_page_knows_its_validators(
    store: Store, run: int, headers: dict[str, str], etag: str | None, last_modified: str | None
) -> None:
    store.enqueue(run, [item()])
    store.finish_finding(run, URL, finding(), page(headers=headers))
    found = store.stored_page(URL)
    assert found is not None
    assert (found.etag, found.last_modified) == (etag, last_modified)


@pytest.mark.parametrize(
    ("hours", "status", "expected"),
    [(1, 200, b"second"), (-1, 200, b"first"), (1, 404, b"first")],
    ids=["newer", "older", "newer-but-an-error"],
)
def test_the_stored_page_is_the_newest_good_one(
    store: Store, run: int, hours: int, status: int, expected: bytes
) -> None:
    second = page(body=b"second", fetched_at=NOW + timedelta(hours=hours), status=status)
    store.enqueue(run, [item(), item(URL + "2")])
    store.finish_finding(run, URL, finding(), page(body=b"first"))
    store.finish_skip(run, skip(URL + "2"), second)
    found = store.stored_page(URL)
    assert found is not None
    assert found.page.body == expected
