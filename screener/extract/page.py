"""Page to Document: what a page says, with its date, language, contacts and declared posting."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bs4 import BeautifulSoup

from screener.errors import ExtractError
from screener.extract.charset import decode
from screener.extract.contacts import contacts
from screener.extract.dates import date_of
from screener.extract.guard import BODY_BYTES_MAX
from screener.extract.html import MainText, links, read
from screener.extract.identity import document_id
from screener.extract.jsonld import nodes
from screener.extract.language import UNDETERMINED, LanguageIdentifier
from screener.extract.refusals import VISIBLE_MIN, refuse_empty, visible
from screener.extract.structured import article_date, posting_of
from screener.extract.visible import parse, tidy
from screener.records import NOT_STATED, Document, JobPosting, Page, Selectors, SkipReason, Source

SNIFFED_CHARACTERS = 2_000
# Page and posting tell the same when so much of the words of one are in the other.
_SAME_SHARE = 0.7
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Content:
    """What was read from a body, before it is a document; dates are in the order of trust."""

    title: str
    text: str
    published: datetime | None
    posting: JobPosting | None = None
    links: tuple[str, ...] = ()


def extract(page: Page, source: Source, *, identify: LanguageIdentifier, now: datetime) -> Document:
    """The document that a page holds; its `url` is where the page was found in the end.

    Raises ExtractError: EMPTY when there is no text (see `screener.extract.html.read`), UNPARSED when the
    body is no
    text or HTML, or would cost too much to read.
    """
    content = content_of(page, source.selectors, now)
    language = identify.language_of(content.text)
    return Document(
        id=document_id(page.final_url, content.title, content.text),
        url=page.final_url,
        text=content.text,
        title=content.title,
        language=(source.language or language) if language == UNDETERMINED else language,
        published=content.published,
        page_digest=page.digest,
        source=source.name,
        posting=content.posting,
        contacts=contacts(content.text),
        links=content.links,
    )


def content_of(page: Page, selectors: Selectors, now: datetime) -> Content:
    """Title, text, date, posting and links of a page; raises ExtractError as `extract` does."""
    if len(page.body) > BODY_BYTES_MAX:
        raise ExtractError(SkipReason.UNPARSED, f"the page has more than {BODY_BYTES_MAX} bytes")
    content_type = page.headers.get("content-type", "")
    text = decode(page.body, content_type)
    if not _is_html(text, content_type):
        return _plain(text)
    try:
        return _html(text, page.final_url, selectors, now)
    except RecursionError as error:
        raise ExtractError(SkipReason.UNPARSED, "the page is nested too deep") from error


def _is_html(text: str, content_type: str) -> bool:
    media = content_type.partition(";")[0].strip().lower()
    if "html" in media:
        return True
    if media == "text/plain":
        return False
    if media:
        raise ExtractError(SkipReason.UNPARSED, f"{media[:60]!r} is neither HTML nor plain text")
    head = text[:SNIFFED_CHARACTERS].lower()
    return any(mark in head for mark in ("<!doctype html", "<html", "<head", "<body", "<p", "<div", "<br", "</"))


def _plain(text: str) -> Content:
    tidied = tidy(text)
    refuse_empty("", tidied)
    return Content(title="", text=tidied, published=None)


def _html(html: str, base: str, selectors: Selectors, now: datetime) -> Content:
    declared = nodes(html)
    posting = posting_of(declared, now)
    soup = parse(html)
    linked = links(soup, selectors, base)
    main = _main(soup, html, selectors, posting)
    told = (posting.date_posted if posting else None) or article_date(declared, now)
    dates = _dates(main, selectors, told, now)
    title = main.title or (posting.title if posting and posting.title != NOT_STATED else "")
    text = _whole(main.text, posting)
    return Content(title=title, text=text, published=next(filter(None, dates), None), posting=posting, links=linked)


def _main(soup: BeautifulSoup, html: str, selectors: Selectors, posting: JobPosting | None) -> MainText:
    """The main text; what the page declares stands in where it shows nothing."""
    try:
        return read(soup, html, selectors)
    except ExtractError as error:
        declared = _described(posting)
        if error.reason is not SkipReason.EMPTY or visible(declared) < VISIBLE_MIN:
            raise
        return MainText("", declared, "")


def _whole(text: str, posting: JobPosting | None) -> str:
    """The page's own text, and what the posting says beyond it: neither may hide the other from the screening."""
    declared = _described(posting)
    if not declared or " ".join(declared.split()) in " ".join(text.split()):
        return text
    shown, told = set(_WORD.findall(text.lower())), set(_WORD.findall(declared.lower()))
    if len(shown & told) >= _SAME_SHARE * len(shown):
        return declared if len(told) > len(shown) else text
    return f"{text}\n\n{declared}" if len(told - shown) > (1 - _SAME_SHARE) * len(told) else text


def _described(posting: JobPosting | None) -> str:
    return "" if posting is None or posting.description == NOT_STATED else posting.description


def _dates(main: MainText, selectors: Selectors, told: datetime | None, now: datetime) -> Iterator[datetime | None]:
    """The date a source's selector points at, then what JSON-LD tells, then meta or `<time>`."""
    written = date_of(main.published, now)
    yield from (written, told) if selectors.published else (told, written)
