"""Sitemaps and sitemap indexes (sitemaps.org protocol 0.9), read without entities, network or deep trees."""

from collections.abc import Iterator

from lxml import etree

from screener.discover.markup import SITEMAP_BYTES_MAX, SITEMAP_TAGS_MAX, refused, xml_of

URLS_MAX = 50_000
_ROOTS = {"urlset": "url", "sitemapindex": "sitemap"}


def locations(body: bytes) -> tuple[str, tuple[str, ...]]:
    """Which kind of sitemap a body is, "urlset" or "sitemapindex", and its locations: no more than 50,000.

    Raises ExtractError(UNPARSED) for what is no sitemap, is not well-formed, too large or too deep.
    """
    root = _root(xml_of(body, SITEMAP_BYTES_MAX, SITEMAP_TAGS_MAX))
    kind = _local(root)
    if kind not in _ROOTS:
        raise refused(f"<{kind[:40]}> is neither a urlset nor a sitemapindex")
    found = []
    for location in _locations(root, _ROOTS[kind]):
        found.append(location)
        if len(found) == URLS_MAX:
            break
    return kind, tuple(found)


def _root(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=False,
    )
    try:
        return etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refused(f"broken XML: {str(error)[:200]}") from error


def _locations(root: etree._Element, item: str) -> Iterator[str]:
    for child in root:
        if _local(child) == item:
            location = next((part.text for part in child if _local(part) == "loc" and part.text), None)
            if location:
                yield location.strip()


def _local(element: etree._Element) -> str:
    """The name without its namespace; comments have none."""
    return str(element.tag).rpartition("}")[2]
