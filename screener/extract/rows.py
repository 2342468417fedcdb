"""Rows of a file to Documents; their text is screened exactly as it was given."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath

from screener.errors import ExtractError
from screener.extract.contacts import contacts
from screener.extract.dates import date_of
from screener.extract.language import LanguageIdentifier
from screener.extract.page import content_of
from screener.records import Document, Page, Selectors, SkipReason

_KNOWN = frozenset({"id", "text", "html", "title", "url", "published", "language"})


def document_from_row(
    row: Mapping[str, object], *, identify: LanguageIdentifier, now: datetime, source: str = ""
) -> Document:
    """The document of one row; keys it does not know, or cannot read, are in `carried`.

    A row has `id` and `text`, or `id` and `html` (bytes of a saved page); `title`, `url`, `published` and
    `language` are optional. Raises ExtractError(BAD_ROW) for what is no object or has no usable id or text,
    and
    what `extract` raises for a saved page.
    """
    if not isinstance(row, Mapping):
        raise _bad("the row is not an object")
    name = _id(row)
    if isinstance(row.get("html"), bytes):
        return _saved_page(row, name, identify=identify, now=now, source=source)
    text = _text(row)
    title, url = _string(row, "title"), _string(row, "url")
    published = date_of(_string(row, "published"), now)
    language = _string(row, "language").strip().lower()
    return Document(
        id=name,
        url=url,
        text=text,
        title=title,
        language=language or identify.language_of(text),
        published=published,
        source=source,
        contacts=contacts(text),
        carried=_carried(row, has_date=published is not None),
    )


def _saved_page(
    row: Mapping[str, object], name: str, *, identify: LanguageIdentifier, now: datetime, source: str
) -> Document:
    body = row["html"]
    body = body if isinstance(body, bytes) else b""
    url = _string(row, "url")
    digest = hashlib.sha256(body).hexdigest()
    headers = {"content-type": "text/html"}
    page = Page(
        url=url,
        final_url=url,
        status=200,
        headers=headers,
        body=body,
        digest=digest,
        fetched_at=now,
        source=source,
    )
    content = content_of(page, Selectors(), now)
    return Document(
        id=name,
        url=url,
        text=content.text,
        title=content.title or PurePath(name).stem,
        language=identify.language_of(content.text),
        published=content.published,
        page_digest=digest,
        source=source,
        posting=content.posting,
        contacts=contacts(content.text),
        links=content.links,
        carried=_carried(row, has_date=False),
    )


def _id(row: Mapping[str, object]) -> str:
    value = row.get("id")
    if value is None or (isinstance(value, str) and not value.strip()):
        raise _bad("the row has no id")
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise _bad("the id is neither text nor a whole number")
    return str(value)


def _text(row: Mapping[str, object]) -> str:
    value = row.get("text")
    if value is None:
        raise _bad("the row has no text")
    if not isinstance(value, str):
        raise _bad("the text is not a string")
    if not value.strip():
        raise _bad("the text is blank")
    return value


def _string(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else ""


def _carried(row: Mapping[str, object], *, has_date: bool) -> dict[str, object]:
    """What the document has no field for, and known keys whose values are of no use as they stand."""
    carried = {key: value for key, value in row.items() if key not in _KNOWN}
    for key in ("title", "url", "language"):
        if row.get(key) is not None and not isinstance(row[key], str):
            carried[key] = row[key]
    if row.get("published") not in (None, "") and not has_date:
        carried["published"] = row["published"]
    return carried


def _bad(why: str) -> ExtractError:
    return ExtractError(SkipReason.BAD_ROW, why)
