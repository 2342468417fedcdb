from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screener.errors import ExtractError
from screener.extract import LanguageIdentifier, document_id, extract
from screener.extract.guard import BODY_BYTES_MAX
from screener.records import Document, SkipReason

from .factory import NOW, page, source

LONG = "Dibutuhkan dua puluh orang operator pabrik di luar negeri."
IDENTIFY = LanguageIdentifier()


def read(body: bytes | str, content_type: str = "text/html", **selectors: str) -> Document:
    return extract(page(body, content_type=content_type), source(**selectors), identify=IDENTIFY, now=NOW)


def posting(description: str) -> str:
    block = f'{{"@type":"JobPosting","title":"Iklan","description":"{description}"}}'
    return f'<script type="application/ld+json">{block}</script>'


def test_a_document_knows_where_it_came_from() -> None:
    found = read(f"<title>Iklan</title><p>{LONG}</p>")
    assert (found.url, found.source, found.language) == ("http://papan.test/lowongan/1", "papan", "id")
    assert found.page_digest == page(f"<title>Iklan</title><p>{LONG}</p>").digest
    assert found.id == document_id(found.url, "Iklan", LONG)


def test_the_address_is_the_one_after_redirects() -> None:
    moved = replace(page(f"<p>{LONG}</p>"), final_url="http://papan.test/baru")
    assert extract(moved, source(), identify=IDENTIFY, now=NOW).url == "http://papan.test/baru"


def test_an_id_lets_surrogates_pass() -> None:
    assert document_id("", "", "\ud800") != document_id("", "", "\ud801")


def test_plain_text_is_taken_as_it_is() -> None:
    assert read(f"  {LONG}\r\n\r\n\r\n\r\n<b>akhir</b>  \n", "text/plain").text == f"{LONG}\n\n<b>akhir</b>"


def test_html_without_a_type_is_known_by_its_tags() -> None:
    assert read(f"<div>{LONG}</div>", "").text == LONG


@pytest.mark.parametrize("content_type", ["application/json", "application/rss+xml", "text/xml", "image/png"])
def test_what_is_neither_html_nor_text_is_unparsed(content_type: str) -> None:
    with pytest.raises(ExtractError) as caught:
        read(LONG, content_type)
    assert caught.value.reason is SkipReason.UNPARSED


DESCRIBED = {
    "page has it": (f"<main><p>{LONG}</p> Tambahan.</main>", LONG, f"{LONG}\n\nTambahan."),
    "page lacks it and says less": (f"<main>{LONG}</main>", f"{LONG} Gaji 15jt.", f"{LONG} Gaji 15jt."),
    "page says more": (f"<main>{LONG} Gaji 15jt.</main>", LONG.rstrip("."), f"{LONG} Gaji 15jt."),
    "each says something else": (
        f"<main>{LONG} Gaji 15jt.</main>",
        "Resmi dan aman saja.",
        f"{LONG} Gaji 15jt.\n\nResmi dan aman saja.",
    ),
    "page is empty": ("<main></main>", LONG, LONG),
    "page has no such element": ("<div></div>", LONG, LONG),
}


@pytest.mark.parametrize(("html", "description", "expected"), DESCRIBED.values(), ids=DESCRIBED)
def test_neither_page_nor_posting_hides_the_other(html: str, description: str, expected: str) -> None:
    assert read(posting(description) + html, text="main").text == expected


def test_the_title_of_a_posting_fills_a_gap() -> None:
    assert read(f"{posting(LONG)}<p>{LONG}</p>").title == "Iklan"


DATED = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-02-02T00:00:00Z"}</script>'
TIMED = f'<i class=t>3 Maret 2026 07:00 WIB</i><time datetime="2026-01-01T00:00:00Z">x</time><p>{LONG}</p>'


@pytest.mark.parametrize(
    ("html", "selector", "month"),
    [(DATED + TIMED, ".t", 3), (DATED + TIMED, "", 2), (TIMED, "", 1), (DATED + TIMED, ".fehlt", 1)],
    ids=["selector", "json-ld", "time", "selector without match"],
)
def test_the_most_trusted_date_wins(html: str, selector: str, month: int) -> None:
    assert read(html, published=selector, text="p").published == datetime(2026, month, min(3, month), tzinfo=UTC)


def test_a_source_tells_the_language_of_texts_too_short_to_tell() -> None:
    declared = replace(source(), language="id")
    found = extract(page("<p>💵 15.000.000 💵 0812-3456-7890</p>"), declared, identify=IDENTIFY, now=NOW)
    assert found.language == "id"


BOMBS = {
    "large": b"a" * (BODY_BYTES_MAX + 1),
    "deep": b"<i>" * 100_000,
    "tags": b"<?" * 500_000,
    "attributes": b"<p " + b" ".join(b"a%d=1" % i for i in range(100_000)) + b">",
}


@pytest.mark.parametrize("body", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_unparsed(body: bytes) -> None:
    with pytest.raises(ExtractError) as caught:
        read(body)
    assert caught.value.reason is SkipReason.UNPARSED


def test_a_hundred_levels_are_parsed() -> None:
    assert read("<div>" * 100 + LONG).text == LONG


@pytest.mark.parametrize("selector", ["", "div"])
def test_two_thousand_levels_do_not_stop_the_run(selector: str) -> None:
    assert read("<div>" * 1_990 + LONG, text=selector).text == LONG


CASES = [path.read_bytes() for path in sorted((Path(__file__).parent.parent / "pages").glob("*/input.html"))]
PIECES = [
    b"<", b">", b"</", b"<!--", b"<![CDATA[", b"<?xml version='1.0'?>", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"<p>",
    b"<div hidden>", b"<script>", b"<template>", b"<table>", b"<svg>", b"<select>", b"&#0;", b"&#xD800;",
    b"\xed\xa0\x80", b"<meta charset=utf-16>", b"<plaintext>", b"<frameset>",
    b'<script type="application/ld+json">', b'{"@type":"JobPosting","datePosted":"9999-99-99"', b"}</script>",
    b"0812-3456-7890", b"<form>", b"<title>", b"<base href='::'>", b"<a href='http://['>x</a>",
    b"<time datetime=x>",
]  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    base=st.sampled_from([b"", *CASES]),
    cuts=st.lists(
        st.tuples(st.integers(0, 4000), st.integers(0, 40), st.sampled_from(PIECES) | st.binary(max_size=9)),
        max_size=12,
    ),
    content_type=st.sampled_from(["text/html", "", "text/plain", "text/html; charset=rot13", "text/html; charset=gbk"]),
    selector=st.sampled_from(["", "p", "main, body"]),
)
def test_any_bytes_give_a_document_or_an_extract_error(
    base: bytes, cuts: list[tuple[int, int, bytes]], content_type: str, selector: str
) -> None:
    body = base
    for start, length, piece in cuts:
        body = body[:start] + piece + body[start + length :]
    try:
        found = read(body, content_type, text=selector)
    except ExtractError:
        return
    assert all(found.text[contact.span.start : contact.span.end] == contact.quote for contact in found.contacts)
