"""What a listing leads to: the items on it, and the further listings to read."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from screener.discover.markup import PAGE_BYTES_MAX, TAGS_MAX, refused, text_of, xml_of
from screener.discover.sitemaps import URLS_MAX, locations
from screener.discover.urls import canonical, host_of
from screener.errors import SettingsError
from screener.records import Page, Source, SourceKind

_PROLOG = re.compile(r"<\?(?=xml)", re.IGNORECASE)
# The last part of a path that leads to one item has a number or several words in it.
_DETAIL = re.compile(r"[^/]*(?:\d{3,}|[^/-]+-[^/-]+-[^/-]+)[^/]*")
_QUERY_DETAIL = re.compile(r"(?:^|&)(?:id|p|post|job|jobid|job_id|lowongan|vacancy|artikel|news)=[\w-]{1,80}(?:&|$)")
_ELSEWHERE = re.compile(
    r"(?:^|/)(?:tags?|kategori|category|author|penulis|page|halaman|search|cari|login|masuk|daftar|register|about|tentang|kontak"
    r"|contact|privacy|privasi|terms|ketentuan|wp-admin|wp-login|feed|rss|cdn-cgi)(?:[/.?]|$)|\.(?:jpe?g|png|gif|webp|svg|css|js|pdf|zip)$"
)


@dataclass(frozen=True, kw_only=True)
class Listing:
    """Canonical addresses in the order of the page, each once: items, and further listings to read."""

    items: tuple[str, ...]
    indexes: tuple[str, ...]


def links_of(page: Page, source: Source) -> Listing:
    """The links of a listing, feed or sitemap.

    Raises ExtractError(UNPARSED) for one that cannot be read or would cost too much, SettingsError for a
    source that
    is a file or has a wrong selector. A broken feed still gives what it has.
    """
    if source.kind is SourceKind.LISTING:
        return _of_listing(page, source)
    if source.kind is SourceKind.FEED:
        return _of_feed(page)
    if source.kind is SourceKind.SITEMAP:
        return _of_sitemap(page)
    raise SettingsError(f"source {source.name}: files have no listing; allowed here: listing, feed, sitemap")


def _of_listing(page: Page, source: Source) -> Listing:
    html = text_of(page.body, PAGE_BYTES_MAX, TAGS_MAX).replace("\0", "\ufffd")
    soup = _soup(html)
    base = _base(soup, page.final_url)
    anchors = _selected(soup, source, source.selectors.links) if source.selectors.links else soup.find_all("a")
    items = _canonical(_addresses(anchors), base)
    if not source.selectors.links:
        items = [item for item in items if _looks_like_detail(item, page.final_url)]
    nexts = _selected(soup, source, source.selectors.next or "a[rel~=next], link[rel~=next]")
    indexes = [url for url in _canonical(_addresses(nexts), base) if host_of(url) == host_of(page.final_url)]
    return _listing(page, items, indexes)


def _of_feed(page: Page) -> Listing:
    import feedparser  # noqa: PLC0415  only feeds pay for it

    xml = xml_of(page.body, PAGE_BYTES_MAX, TAGS_MAX)
    # Always a stream: feedparser takes a text for an address or a file name.
    feed = feedparser.parse(
        io.BytesIO(xml),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    if not feed.entries and not feed.get("version"):
        raise refused(f"it is no feed: {str(feed.get('bozo_exception', 'no entries'))[:200]}")
    return _listing(page, _canonical((str(entry.get("link") or "") for entry in feed.entries), page.final_url), [])


def _of_sitemap(page: Page) -> Listing:
    kind, found = locations(page.body)
    own = [url for url in _canonical(found, page.final_url) if host_of(url) == host_of(page.final_url)]
    return _listing(page, own if kind == "urlset" else [], own if kind == "sitemapindex" else [])


def _listing(page: Page, items: Iterable[str], indexes: Iterable[str]) -> Listing:
    """A listing never leads to itself."""
    own = {canonical(page.url, page.url), canonical(page.final_url, page.final_url)}
    later = tuple(url for url in dict.fromkeys(indexes) if url not in own)
    seen = own.union(later)
    return Listing(items=tuple(url for url in dict.fromkeys(items) if url not in seen)[:URLS_MAX], indexes=later)


def _soup(html: str) -> BeautifulSoup:
    try:
        return BeautifulSoup(_PROLOG.sub("<?-", html) if "<" in html else f"<p>{html}</p>", "lxml")
    except (RecursionError, AssertionError, ValueError) as error:
        raise refused(f"the parser gave up: {error}") from error


def _base(soup: BeautifulSoup, url: str) -> str:
    tag = soup.find("base", href=True)
    return (canonical(str(tag["href"]), url) if isinstance(tag, Tag) else None) or url


def _selected(soup: BeautifulSoup, source: Source, selector: str) -> list[Tag]:
    from soupsieve import SelectorSyntaxError  # noqa: PLC0415  bs4 loads it only once a selector is used

    try:
        return list(soup.select(selector))
    except (SelectorSyntaxError, NotImplementedError) as error:  # the latter for "a::before" and "@page"
        raise SettingsError(f"source {source.name}: selector {selector!r}: {error}") from error


def _addresses(tags: Iterable[Tag]) -> list[str]:
    """A selector may point at a link, or at a box with a link in it."""
    linked = (tag if tag.get("href") else tag.find("a", href=True) for tag in tags)
    return [str(tag["href"]) for tag in linked if isinstance(tag, Tag) and tag.get("href")]


def _canonical(addresses: Iterable[str], base: str) -> list[str]:
    return [url for address in addresses if (url := canonical(address, base))]


def _looks_like_detail(url: str, listing: str) -> bool:
    """On the same host, and named like one item: a number or several words, or one step below the listing."""
    parts, own = urlsplit(url), urlsplit(listing)
    path = parts.path.lower().rstrip("/")
    if host_of(url) != host_of(listing) or _ELSEWHERE.search(path):
        return False
    folder, _, last = path.rpartition("/")
    below = folder == own.path.lower().rstrip("/") != "" and not parts.query
    return bool(last and _DETAIL.fullmatch(last)) or bool(_QUERY_DETAIL.search(parts.query)) or (below and bool(last))
