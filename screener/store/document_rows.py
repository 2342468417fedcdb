"""Documents and pages as rows of the tables, and rows as the very records they were made from."""

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from sqlalchemy import RowMapping

from screener.errors import StoreError
from screener.records import Contact, Document, JobPosting, Money, Page, Span
from screener.store.codec import digest, dumps, loads
from screener.store.parts import Row, numbered, of_type


def document_rows(document: Document) -> tuple[Row, tuple[Row, ...]]:
    """The row of `document`, keyed by its content, and those of `contact`; raises ItemError for odd `carried`."""
    own: Row = {
        "id": document.id,
        "url": document.url,
        "text": document.text,
        "title": document.title,
        "language": document.language,
        "published": document.published,
        "page_digest": document.page_digest,
        "source": document.source,
        "posting": None if document.posting is None else dumps(asdict(document.posting)),
        "links": dumps(list(document.links)),
        "carried": dumps(document.carried),
    }
    contacts = [_contact_row(contact) for contact in document.contacts]
    key = digest([own, contacts])
    return {"key": key, **own}, numbered("document_key", key, contacts)


def _contact_row(contact: Contact) -> Row:
    return {
        "kind": contact.kind,
        "value": contact.value,
        "span_start": contact.span.start,
        "span_end": contact.span.end,
        "quote": contact.quote,
    }


def document_of(row: RowMapping, contacts: Iterable[Contact]) -> Document:
    """The document of a row and its contacts; raises ValueError when a stored value is damaged."""
    return Document(
        id=row["id"],
        url=row["url"],
        text=row["text"],
        title=row["title"],
        language=row["language"],
        published=row["published"],
        page_digest=row["page_digest"],
        source=row["source"],
        posting=None if row["posting"] is None else _posting_of(loads(row["posting"])),
        contacts=tuple(contacts),
        links=tuple(of_type(list, loads(row["links"]))),
        carried=of_type(dict, loads(row["carried"])),
    )


def _posting_of(value: object) -> JobPosting:
    fields = dict(of_type(dict, value))
    salary = fields.pop("base_salary")
    return JobPosting(base_salary=None if salary is None else Money(**salary), **fields)


def contact_of(row: RowMapping) -> Contact:
    """The contact of a row."""
    span = Span(start=row["span_start"], end=row["span_end"])
    return Contact(kind=row["kind"], value=row["value"], span=span, quote=row["quote"])


def page_rows(page: Page) -> tuple[Row, Row]:
    """The rows of `page` and `body`, the body compressed; StoreError when the digest is another body's."""
    if hashlib.sha256(page.body).hexdigest() != page.digest:
        raise StoreError(f"the digest of {page.url} does not fit its body; please report this as a defect")
    own: Row = {
        "url": page.url,
        "final_url": page.final_url,
        "status": page.status,
        "headers": dumps(page.headers),
        "digest": page.digest,
        "fetched_at": page.fetched_at,
        "source": page.source,
    }
    return {"id": digest(own), **own}, {
        "digest": page.digest,
        "size": len(page.body),
        "content": zlib.compress(page.body),
    }


def page_of(row: RowMapping) -> Page:
    """The page of a row of `page` joined with `body`; raises ValueError or zlib.error when it is damaged."""
    body = zlib.decompress(row["content"], bufsize=max(row["size"], 1))
    if hashlib.sha256(body).hexdigest() != row["digest"]:
        raise ValueError(f"the stored body of {row['url']} is not the one that was fetched")
    headers: Mapping[str, str] = of_type(dict, loads(row["headers"]))
    return Page(
        url=row["url"],
        final_url=row["final_url"],
        status=row["status"],
        headers=headers,
        body=body,
        digest=row["digest"],
        fetched_at=row["fetched_at"],
        source=row["source"],
    )
