import time
from contextlib import suppress

import pytest

from screener.discover import Listing, links_of
from screener.errors import ExtractError, SettingsError
from screener.records import SkipReason, SourceKind

from .factory import ADDRESS, page, source

BOARD = """<html><head><base href="/lowongan/"><?xml version="1.0"?></head><body>
<nav><a href="/">Beranda</a> <a href="/masuk">Masuk</a> <a href="/tentang-kami-dan-mitra/tentang">Tentang</a></nav>
<div class=kartu><h2><a class=judul href="perawat-riyadh?utm_source=x">Perawat</a></h2></div>
<div class=kartu><h2><a class=judul href="/lowongan/perawat-riyadh">Perawat lagi</a></h2></div>
<div class=kartu><h2><a class=judul href="http://papan.test/iklan/4711">Admin</a></h2></div>
<a href="/detail?id=77">Rinci</a> <a href="/foto/besar-1234.jpg">Foto</a> <a href="/kategori/asia-timur-raya">Asia</a>
<a href="https://lain.test/lowongan/satu-dua-tiga">Mitra</a> <a href="javascript:void(0)">x</a> <a>kosong</a>
<a href="/lowongan/">Muat ulang</a> <a class=next rel="next nofollow" href="?page=2">Berikutnya</a>
<a rel=next href="https://lain.test/?page=2">Berikutnya</a></body></html>"""


def test_a_listing_without_selectors_gives_what_looks_like_items_of_its_host() -> None:
    assert links_of(page(BOARD), source(SourceKind.LISTING)) == Listing(
        items=(f"{ADDRESS}perawat-riyadh", "http://papan.test/iklan/4711", "http://papan.test/detail?id=77"),
        indexes=(f"{ADDRESS}?page=2",),
    )


@pytest.mark.parametrize("selector", ["a.judul", "div.kartu", "h2"])
def test_a_selector_may_point_at_links_or_at_boxes_around_them(selector: str) -> None:
    found = links_of(page(BOARD), source(SourceKind.LISTING, links=selector, next="a.next"))
    assert found == Listing(
        items=(f"{ADDRESS}perawat-riyadh", "http://papan.test/iklan/4711"), indexes=(f"{ADDRESS}?page=2",)
    )


def test_a_declared_selector_may_lead_elsewhere_but_the_next_page_may_not() -> None:
    found = links_of(page(BOARD), source(SourceKind.LISTING, links="a", next="a"))
    assert "https://lain.test/lowongan/satu-dua-tiga" in found.items
    assert not any("lain.test" in url for url in found.indexes)


def test_a_wrong_selector_is_a_wrong_setting() -> None:
    with pytest.raises(SettingsError, match=r"source papan: selector 'a\[\['"):
        links_of(page(BOARD), source(SourceKind.LISTING, links="a[["))


def test_files_have_no_listing() -> None:
    with pytest.raises(SettingsError, match="allowed here: listing, feed, sitemap"):
        links_of(page(BOARD), source(SourceKind.FILE))


@pytest.mark.parametrize("body", [b"", b"x", b"\xff\xfea\0", b"<" * 10, b"\0", b"<a href='http://['>x</a>"])
def test_a_page_without_links_is_an_empty_listing(body: bytes) -> None:
    assert links_of(page(body), source(SourceKind.LISTING)) == Listing(items=(), indexes=())


FEEDS = {
    "rss": '<?xml version="1.0" encoding="zip"?><rss version="2.0"><channel><item><link>/a?utm_x=1</link></item>',
    "atom": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="http://papan.test/a"/></entry></feed>',
    "cut off": '<rss version="2.0"><channel><item><link>http://papan.test/a</link></item><item><link>http://pa',
    "loose ampersand": '<rss version="2.0"><channel><title>A & B</title><item><link>http://papan.test/a</link></item>',
    "undefined entity": '<rss version="2.0"><channel><item><title>a&nbsp;b</title><link>http://papan.test/a</link></item>',
}


@pytest.mark.parametrize("body", FEEDS.values(), ids=FEEDS)
def test_a_feed_gives_what_it_has_even_when_broken(body: str) -> None:
    found = links_of(page(body), source(SourceKind.FEED))
    assert found.items[0] == "http://papan.test/a"


def test_a_feed_with_legacy_letters_is_read() -> None:
    body = (
        "<rss version='2.0'><channel><item><title>Café</title><link>http://papan.test/a</link></item></channel></rss>"
    )
    assert links_of(page(body.encode("cp1252")), source(SourceKind.FEED)).items == ("http://papan.test/a",)


def test_an_empty_feed_is_no_error() -> None:
    body = "<rss version='2.0'><channel><title>x</title></channel></rss>"
    assert links_of(page(body), source(SourceKind.FEED)).items == ()


NO_FEEDS = {
    "html": "<html><body><p>Masuk dahulu</p></body></html>",
    "nothing": "",
    "an address": "http://127.0.0.1:9/feed",
    "a file name": "/etc/passwd",
    "entities": '<!DOCTYPE r [<!ENTITY a "aa">]><rss version="2.0"><channel><item><link>&a;</link></item></channel>',
    "too large": " " * (5 * 1024 * 1024 + 1),
    "too many tags": "<a>" * 100_001,
}


@pytest.mark.parametrize("body", NO_FEEDS.values(), ids=NO_FEEDS)
def test_what_is_no_feed_or_a_bomb_is_unparsed(body: str) -> None:
    with pytest.raises(ExtractError) as caught:
        links_of(page(body), source(SourceKind.FEED))
    assert caught.value.reason is SkipReason.UNPARSED


@pytest.mark.parametrize("kind", [SourceKind.LISTING, SourceKind.FEED])
@pytest.mark.parametrize("piece", ["<i><b>", "<?", "<!--", "<a href=/x-y-z>"])
def test_forty_thousand_tags_take_seconds_at_most(kind: SourceKind, piece: str) -> None:
    began = time.process_time()
    with suppress(ExtractError):
        links_of(page(piece * (40_000 // piece.count("<"))), source(kind))
    assert time.process_time() - began < 20
