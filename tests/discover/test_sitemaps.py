import pytest

from screener.discover import Listing, links_of
from screener.discover.sitemaps import URLS_MAX
from screener.errors import ExtractError
from screener.records import SkipReason, SourceKind

from .factory import page, source

SITEMAP = "http://papan.test/sitemap.xml"
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def read(body: bytes | str) -> Listing:
    return links_of(page(body, SITEMAP), source(SourceKind.SITEMAP))


def urls(*locations: str) -> str:
    return "".join(f"<url><loc>{location}</loc></url>" for location in locations)


WELL_FORMED = {
    "plain": f"<urlset {NAMESPACE}>{urls('http://papan.test/a')}</urlset>",
    "declaration": f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {NAMESPACE}>{urls("http://papan.test/a")}</urlset>',
    "lying declaration": f"<?xml version='1.0' encoding='zip'?><urlset>{urls('http://papan.test/a')}</urlset>",
    "no namespace": f"<urlset>{urls('http://papan.test/a')}</urlset>",
    "blanks": f"<urlset>{urls('  http://papan.test/a  ')}</urlset>",
    "comments": f"<urlset><!-- x -->{urls('http://papan.test/a')}<?php ?></urlset>",
    "www": f"<urlset>{urls('http://papan.test/a')}</urlset>".replace("papan", "www.papan"),
    "images": "<urlset><url><image><loc>http://papan.test/b.jpg</loc></image><loc>http://papan.test/a</loc></url></urlset>",
    "empty ones": f"<urlset><url/><url><loc/></url>{urls('http://papan.test/a')}</urlset>",
    "twice": f"<urlset>{urls('http://papan.test/a', 'http://papan.test/a#x')}</urlset>",
    "foreign hosts": f"<urlset>{urls('http://lain.test/b', 'http://papan.test/a', 'http://127.0.0.1/')}</urlset>",
    "not addresses": f"<urlset>{urls('javascript:x', 'http://papan.test/a', 'http://[')}</urlset>",
}


@pytest.mark.parametrize("body", WELL_FORMED.values(), ids=WELL_FORMED)
def test_the_addresses_of_its_own_host_are_items(body: str) -> None:
    found = read(body)
    assert [url.replace("www.", "") for url in found.items] == ["http://papan.test/a"]
    assert found.indexes == ()


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_is_obeyed(codec: str) -> None:
    assert read(WELL_FORMED["declaration"].encode(codec)).items == ("http://papan.test/a",)


def test_a_sitemap_of_sitemaps_gives_indexes_and_never_itself() -> None:
    listed = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in (SITEMAP, "http://papan.test/s1.xml"))
    assert read(f"<sitemapindex>{listed}</sitemapindex>") == Listing(items=(), indexes=("http://papan.test/s1.xml",))


def test_no_more_than_fifty_thousand_addresses_are_taken() -> None:
    many = urls(*(f"http://papan.test/{number}" for number in range(URLS_MAX + 1_000)))
    assert len(read(f"<urlset>{many}</urlset>").items) == URLS_MAX


BOMBS = {
    "billion laughs": '<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>',
    "quadratic": '<!DOCTYPE l [<!ENTITY a "' + "a" * 100_000 + '">]><urlset>' + "&a;" * 20_000 + "</urlset>",
    "external entity": '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset>&a;</urlset>',
    "parameter entity": '<!DOCTYPE l [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x">%a;]><urlset/>',
    "lower case": '<!doctype l [<!entity a "b">]><urlset/>',
    "deep": "<urlset>" * 100_000,
    "deep and closed": "<urlset>" + "<a>" * 100_000 + "</a>" * 100_000 + "</urlset>",
    "large": "<urlset>" + " " * (10 * 1024 * 1024),
    "many tags": "<urlset>" + "<a/>" * 1_000_001 + "</urlset>",
}
BROKEN = {
    "nothing": "",
    "html": "<html><body>Tidak ditemukan</body></html>",
    "cut off": f"<urlset>{urls('http://papan.test/a')}",
    "nul": "<urlset>\0</urlset>",
    "undefined entity": "<urlset><url><loc>&nbsp;</loc></url></urlset>",
    "text": "http://papan.test/a",
}


@pytest.mark.parametrize("body", [*BOMBS.values(), *BROKEN.values()], ids=[*BOMBS, *BROKEN])
def test_bombs_and_what_is_no_sitemap_are_unparsed(body: str) -> None:
    with pytest.raises(ExtractError) as caught:
        read(body)
    assert caught.value.reason is SkipReason.UNPARSED


def test_an_external_document_type_is_not_fetched() -> None:
    body = f'<!DOCTYPE urlset SYSTEM "http://127.0.0.1:9/x.dtd"><urlset>{urls("http://papan.test/a")}</urlset>'
    assert read(body).items == ("http://papan.test/a",)
