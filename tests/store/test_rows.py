import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.errors import ItemError, StoreError
from screener.records import Contact, Document, Finding, JobPosting, Page, Polarity, Span
from screener.store import Store

from .factory import FLAG, NOW, URL, begin, document, finding, item, page, sha

ANY_TEXT = st.text(st.characters(), max_size=40)
SPAN = Span(start=0, end=1)
POSTING = JobPosting(title="\x00", description="\ud800")
DOCUMENTS = {
    "all-fields": document(),
    "bare": Document(id=sha("bare"), url=URL, text=""),
    "lone-surrogate": document(text="gaji \ud800 besar \udfff"),
    "split-pair": document(text="\ud83d\ude00"),
    "nul": document(text="a\x00b", url=URL + "\x00"),
    "escape-look-alike": document(text="\x1ad800"),
    "carried": document(carried={"n": 1, "x": [0.1, None, {"$": "t"}], "\ud800": (1,), "big": 2**70}),
    "posting": replace(document(), posting=POSTING),
    "other-zone": replace(document(), published=NOW.astimezone()),
}
FINDINGS = {
    "no-flags": finding(flags=()),
    "flags-keep-order": finding(flags=tuple(replace(FLAG, rule=rule, field="title") for rule in ("c", "a", "b", "a"))),
    "protective": finding(flags=(replace(FLAG, polarity=Polarity.PROTECTIVE, detail="\ud800"),)),
    "certain": finding(probability=1.0),
    "smallest-float": finding(probability=5e-324),
}


def _back(store: Store, written: Finding) -> Finding:
    run = begin(store).id
    store.enqueue(run, [item()])
    store.finish_finding(run, URL, written, None)
    return next(iter(store.findings(run)))


@pytest.mark.parametrize("of", DOCUMENTS.values(), ids=DOCUMENTS)
def test_every_document_is_read_back_as_it_was_written(store: Store, of: Document) -> None:
    assert _back(store, finding(of)) == finding(of)


@pytest.mark.parametrize("written", FINDINGS.values(), ids=FINDINGS)
def test_every_finding_is_read_back_as_it_was_written(store: Store, written: Finding) -> None:
    assert _back(store, written) == written


@settings(max_examples=30, deadline=None)
@given(text=ANY_TEXT, url=ANY_TEXT, quote=ANY_TEXT, key=ANY_TEXT)
def test_any_text_in_any_place_is_read_back_as_it_was_written(
    newest: bytes, text: str, url: str, quote: str, key: str
) -> None:
    contact = Contact(kind=key, value=text, span=SPAN, quote=quote)
    of = replace(document(url, text, {key: quote}), title=quote, links=(url, key), contacts=(contact,))
    written = finding(of, flags=(replace(FLAG, quote=quote, rule=key),))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "screener.sqlite"
        path.write_bytes(newest)
        with Store.open(path) as store:
            assert _back(store, written) == written


def test_amounts_keep_the_digits_they_were_written_with(store: Store) -> None:
    posting = _back(store, finding()).document.posting
    assert posting is not None
    assert posting.base_salary is not None
    assert [str(posting.base_salary.minimum), str(posting.base_salary.maximum)] == ["900.00", "1E+3"]


def test_times_are_read_back_in_utc(store: Store) -> None:
    found = _back(store, finding(screened_at=NOW.astimezone()))
    assert found.screened_at.utcoffset() == timedelta(0)


def test_the_stored_text_can_be_written_as_utf_8(store: Store) -> None:
    _back(store, finding(document(text="a\ud800b\x00c")))
    with store._database.reading() as connection:  # noqa: SLF001  what other programs would see
        raw = connection.exec_driver_sql("SELECT text FROM document").scalar_one()
    assert raw == "a\x1ad800b\x1a0000c"


PAGES = {
    "plain": page(),
    "empty-body": page(body=b""),
    "any-bytes": page(body=bytes(range(256)) * 100),
    "odd-headers": page(headers={"x": "\ud800\x00", "etag": 'W/"ü"'}),
    "odd-url": page(url="https://papan.example/\ud800"),
}


@pytest.mark.parametrize("written", PAGES.values(), ids=PAGES)
def test_every_page_is_read_back_as_it_was_written(store: Store, run: int, written: Page) -> None:
    store.enqueue(run, [item()])
    store.finish_finding(run, URL, finding(), written)
    found = store.stored_page(written.url)
    assert found is not None
    assert found.page == written


def test_a_page_whose_digest_is_of_another_body_is_refused(store: Store, run: int) -> None:
    store.enqueue(run, [item()])
    with pytest.raises(StoreError, match="digest"):
        store.finish_finding(run, URL, finding(), page(digest=sha("other")))
    assert store.pending(run) == [item()]


@pytest.mark.parametrize(
    "wrong",
    [
        finding(probability=float("nan")),
        finding(probability=1.5),
        finding(flags=(replace(FLAG, severity=2**63),)),
        finding(screened_at=NOW.replace(tzinfo=None)),
    ],
    ids=["nan", "above-one", "beyond-64-bits", "no-time-zone"],
)
def test_a_finding_against_the_rules_is_refused_whole(store: Store, run: int, wrong: Finding) -> None:
    store.enqueue(run, [item()])
    with pytest.raises(StoreError, match=r"screener\.sqlite"):
        store.finish_finding(run, URL, wrong, page())
    assert store.pending(run) == [item()]
    assert store.stored_page(URL) is None


def test_a_row_that_cannot_be_stored_leaves_nothing_behind(store: Store, run: int) -> None:
    store.enqueue(run, [item()])
    with pytest.raises(ItemError):
        store.finish_finding(run, URL, finding(document(carried={"x": object()})), page())
    assert store.stored_page(URL) is None
    assert store.pending(run) == [item()]
