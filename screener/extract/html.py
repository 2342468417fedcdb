"""The main text of an HTML page: by the selectors its source declares, or found without being told."""

import re
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from lxml import etree

from screener.errors import ExtractError
from screener.extract.boilerplate import without_boilerplate
from screener.extract.refusals import refuse_empty, visible
from screener.extract.visible import Lines, parse, remove_unseen, text_of, tidy
from screener.records import NO_TITLE, Selectors, SkipReason

LINKS_MAX = 200
TITLE_MAX = 500
# Below this share of what the page shows, the main text is taken for a miss.
SHARE_MIN = 0.25
# So many frames, one in another, that each hold most of a page are a trap.
FRAMES_KEPT_MAX = 20

_FRAME = frozenset({"nav", "header", "footer", "aside", "form", "button", "dialog"})
_FRAME_WORDS = (
    "sidebar widget footer masthead menu navbar nav breadcrumb breadcrumbs share related terkait populer "
    "komentar comments kolom-samping cookie-banner"
)
_FRAME_NAMES = frozenset(_FRAME_WORDS.split())
_ARTICLE = re.compile(r"NewsArticle|Article|BlogPosting|ReportageNewsArticle")
_TITLE_END = re.compile(r"\s[|»·-]\s(?:(?!\s[|»·-]\s).){1,60}$")
# The TEI names of trafilatura's tree, and what they were in HTML.
_HTML_NAMES = {
    "p": "p",
    "head": "h2",
    "list": "ul",
    "item": "li",
    "row": "tr",
    "cell": "td",
    "quote": "blockquote",
}
_HTML_NAMES |= {"table": "table", "code": "pre", "ab": "div", "fw": "div", "div": "div"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class MainText(NamedTuple):
    """What an HTML page says: title, text, and its date as written; title and date may be empty."""

    title: str
    text: str
    published: str


def main_text(html: str, selectors: Selectors) -> MainText:
    """The title, main text and written date of a page, as `read` gives them."""
    return read(parse(html), html, selectors)


def read(soup: BeautifulSoup, html: str, selectors: Selectors) -> MainText:
    """The title, main text and written date of a parsed page, which loses its hidden elements.

    Raises ExtractError: EMPTY for a page without text, whose declared text selector matches nothing, or that
    is a
    captcha, consent, sign-in or "not found" page; UNPARSED for a selector or page that cannot be read.
    """
    is_article = _is_article(soup, html)
    title = _title(soup, selectors)
    published = _published(soup, selectors)
    remove_unseen(soup)
    text = _selected(soup, selectors.text) if selectors.text else _found(soup)
    refuse_empty(title, text)
    if is_article:
        text = without_boilerplate(text)
        refuse_empty("", text)
    return MainText(title, text, published)


def links(soup: BeautifulSoup, selectors: Selectors, base: str) -> tuple[str, ...]:
    """The http(s) addresses on other hosts that the main part of a page links to, in order, each once."""
    roots = _matches(soup, selectors.text) if selectors.text else []
    anchors = [anchor for root in roots or [soup] for anchor in root.find_all("a", href=True)]
    own = urlsplit(base).netloc.lower()
    found = (_absolute(base, anchor) for anchor in anchors if roots or not anchor.find_parent(_is_frame))
    return tuple(dict.fromkeys(link for link in found if link and urlsplit(link).netloc.lower() != own))[:LINKS_MAX]


def _absolute(base: str, anchor: Tag) -> str:
    try:
        link = urljoin(base, str(anchor["href"]).strip())
        return link if urlsplit(link).scheme in {"http", "https"} and urlsplit(link).hostname else ""
    except ValueError:
        return ""


def _matches(soup: BeautifulSoup, selector: str) -> list[Tag]:
    from soupsieve import SelectorSyntaxError  # noqa: PLC0415  bs4 loads it only once a selector is used

    try:
        return list(soup.select(selector))
    except (SelectorSyntaxError, NotImplementedError, RecursionError) as error:
        raise ExtractError(SkipReason.UNPARSED, f"selector {selector!r}: {error}") from error


def _selected(soup: BeautifulSoup, selector: str) -> str:
    matches = _matches(soup, selector)
    if not matches:
        raise ExtractError(SkipReason.EMPTY, f"the text selector {selector!r} matches nothing on this page")
    # By identity: two elements that say the same are equal to bs4, and comparing nested ones never ends.
    matched = {id(tag) for tag in matches}
    outermost = [tag for tag in matches if not any(id(parent) in matched for parent in tag.parents)]
    return tidy("\n\n".join(text_of(tag) for tag in outermost))


def _found(soup: BeautifulSoup) -> str:
    body = soup.body or soup
    _remove_frames(body)
    whole = text_of(body)
    main = _trafilatura(str(soup))
    return main if visible(main) >= SHARE_MIN * visible(whole) else whole


def _remove_frames(body: Tag) -> None:
    """Some sites put everything into one <form> or "menu": what holds most of the page is no frame."""
    all_shown = visible(text_of(body))
    kept = 0
    for frame in body.find_all(_is_frame):
        if kept == FRAMES_KEPT_MAX:
            return
        if not frame.decomposed and visible(text_of(frame)) * 2 < all_shown:
            frame.decompose()
        else:
            kept += not frame.decomposed


def _is_frame(tag: Tag) -> bool:
    names = {
        str(tag.get("id", "")).lower(),
        *(name.lower() for name in tag.get_attribute_list("class") if name),
    }
    return tag.name in _FRAME or not _FRAME_NAMES.isdisjoint(names)


def _trafilatura(html: str) -> str:
    import trafilatura  # noqa: PLC0415  heavy, and sources with selectors never need it

    try:
        found = trafilatura.bare_extraction(html, include_comments=False, include_tables=True, favor_recall=True)
    except (RecursionError, ValueError, AttributeError, TypeError, AssertionError):
        return ""  # the whole body is read instead
    body = getattr(found, "body", None)
    return "" if body is None else _rendered(body)


def _rendered(body: etree._Element) -> str:
    """The text of trafilatura's tree; its own rendering would put bars and bullets into the words."""
    lines = Lines()
    for event, element in etree.iterwalk(body, events=("start", "end")):
        # A line break is empty: only its beginning counts.
        names = {"lb": "br"} if event == "start" else {}
        lines.edge((_HTML_NAMES | names).get(str(element.tag), "span"))
        lines.write((element.text if event == "start" else element.tail) or "")
    return lines.tidied()


def _title(soup: BeautifulSoup, selectors: Selectors) -> str:
    if selectors.title == NO_TITLE:
        return ""
    if selectors.title and (matches := _matches(soup, selectors.title)):
        return _first_line(matches[0])
    declared = _one_line(soup.title.get_text()) if soup.title else ""
    headings = [_one_line(text_of(heading)) for heading in soup.find_all(["h1", "h2"], limit=20)]
    # A heading that the window title begins with is the item's own; other headings may be the site's.
    own = next((heading for heading in headings if heading and declared.startswith(heading)), "")
    return own or _one_line(_meta(soup, "og:title")) or _TITLE_END.sub("", declared)


def _published(soup: BeautifulSoup, selectors: Selectors) -> str:
    if selectors.published and (matches := _matches(soup, selectors.published)):
        return _one_line(str(matches[0].get("datetime") or matches[0].get("content") or text_of(matches[0])))
    names = ("article:published_time", "datePublished", "date", "dc.date.issued", "pubdate")
    declared = next((value for name in names if (value := _meta(soup, name))), "")
    time = soup.find("time", datetime=True)
    return _one_line(declared or (str(time["datetime"]) if isinstance(time, Tag) else ""))


def _meta(soup: BeautifulSoup, name: str) -> str:
    for attribute in ("property", "name", "itemprop"):
        tag = soup.find("meta", attrs={attribute: name, "content": True})
        if isinstance(tag, Tag):
            return str(tag["content"])
    return ""


def _is_article(soup: BeautifulSoup, html: str) -> bool:
    if _meta(soup, "og:type").lower() == "article":
        return '"JobPosting"' not in html
    item = soup.find(attrs={"itemtype": _ARTICLE})
    return item is not None


def _first_line(tag: Tag) -> str:
    """A heading is a title as a whole; of a message, the first line is."""
    text = text_of(tag)
    return _one_line(text if tag.name in _HEADINGS else text.partition("\n")[0])


def _one_line(text: str) -> str:
    return " ".join(text.split())[:TITLE_MAX].strip()
