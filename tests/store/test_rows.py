import tempfile
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.errors import ItemError, StoreError
from screener.records import (
    Contact,
    Document,
    Fact,
    FactKind,
    Finding,
    JobPosting,
    Kind,
    Money,
    Page,
    Part,
    Polarity,
    Span,
)
from screener.store import Store

from .factory import COMBINATION, FACTS, FLAG, NOW, URL, begin, document, finding, item, page, sha

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
BARE_PART = Part(of="fact:pay", span=SPAN, quote="\ud800\x00")


def _amount(minimum: str | None, maximum: str | None, currency: str = "IDR") -> Finding:
    bounds = [None if digits is None else Decimal(digits) for digits in (minimum, maximum)]
    money = Money(minimum=bounds[0], maximum=bounds[1], currency=currency, period="not stated", quote="")
    return replace(finding(), facts=(replace(FACTS[1], money=money),))


def _every_kind() -> tuple[Fact, ...]:
    return tuple(replace(FACTS[0], kind=kind, field="title", value="\ud800") for kind in FactKind)


FINDINGS = {
    "testimony": replace(finding(), kind=Kind.TESTIMONY),
    "no-facts": replace(finding(), facts=(), combinations=()),
    "every-kind-of-fact": replace(finding(), facts=_every_kind()),
    "facts-keep-order": replace(finding(), facts=(FACTS[1], FACTS[0], FACTS[1])),
    "amount-from": _amount("0.10", None),
    "amount-to": _amount(None, "1E+7"),
    "amount-unknown": _amount(None, None),
    "amount-without-currency": _amount("5", "7", ""),
    "combination-without-parts": replace(finding(), combinations=(replace(COMBINATION, parts=(), about=""),)),
    "combinations-keep-order": replace(
        finding(),
        combinations=tuple(replace(COMBINATION, key=key, parts=(BARE_PART,)) for key in ("c", "a", "c")),
    ),
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
    facts = (replace(FACTS[1], value=key, quote=quote, detail=text),)
    combination = replace(COMBINATION, title=key, parts=(Part(of=key, span=SPAN, quote=quote, field=text),))
    flags = (replace(FLAG, quote=quote, rule=key),)
    written = replace(finding(of, flags=flags), facts=facts, combinations=(combination,))
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


def test_the_amount_of_a_fact_keeps_the_digits_it_was_written_with(store: Store) -> None:
    money = _back(store, _amount("900.00", "1E+3")).facts[0].money
    assert money is not None
    assert [str(money.minimum), str(money.maximum)] == ["900.00", "1E+3"]


CHANGES = {
    "fact": replace(finding(), facts=FACTS[:1]),
    "amount": _amount("901", None, "USD"),
    "combination": replace(finding(), combinations=()),
    "part": replace(finding(), combinations=(replace(COMBINATION, parts=(BARE_PART,)),)),
}


@pytest.mark.parametrize("changed", CHANGES.values(), ids=CHANGES)
def test_findings_that_differ_in_facts_or_combinations_are_stored_apart(store: Store, changed: Finding) -> None:
    run, urls = begin(store).id, (URL, URL + "2")
    store.enqueue(run, [item(url) for url in urls])
    for url, one in zip(urls, (finding(), changed), strict=True):
        store.finish_finding(run, url, one, None)
    assert list(store.findings(run)) == [finding(), changed]


DAMAGES = {
    "kind": "UPDATE fact SET kind = 'horoscope'",
    "amount": "UPDATE fact SET minimum = 'many'",
    "parts-no-list": "UPDATE combination SET parts = '{}'",
    "part-no-object": "UPDATE combination SET parts = '[1]'",
    "part-without-span": 'UPDATE combination SET parts = \'[{"of":"x","quote":"x"}]\'',
    "part-with-odd-span": 'UPDATE combination SET parts = \'[{"of":"x","quote":"x","span":3}]\'',
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged_facts_and_combinations_are_named_as_such(store: Store, damage: str) -> None:
    _back(store, _amount("1", "2"))
    with store._database.writing() as connection:  # noqa: SLF001  what a fault of the disk would do
        connection.exec_driver_sql(damage)
    run = store.latest_run()
    assert run is not None
    with pytest.raises(StoreError, match=r"screener\.sqlite"):
        list(store.findings(run.id))


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
        replace(finding(), facts=(replace(FACTS[0], span=Span(start=0, end=2**63)),)),
    ],
    ids=["nan", "above-one", "beyond-64-bits", "no-time-zone", "fact-beyond-64-bits"],
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
