"""Records as rows of the tables, and rows as the very records they were made from."""

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import RowMapping

from screener.errors import StoreError
from screener.records import (
    Band,
    Contact,
    Document,
    Finding,
    Flag,
    JobPosting,
    Kind,
    Money,
    Page,
    Polarity,
    Reason,
    Scope,
    Score,
    Span,
)
from screener.store.codec import digest, dumps, loads

Row = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class FindingRows:
    """A finding taken apart: one row each of `document` and `finding`, and the rows that hang on them."""

    document: Row
    contacts: tuple[Row, ...]
    finding: Row
    flags: tuple[Row, ...]
    reasons: tuple[Row, ...]


def finding_rows(finding: Finding) -> FindingRows:
    """The rows of a finding, keyed by their content; raises ItemError when `carried` cannot be stored."""
    document, contacts = _document_rows(finding.document)
    own = _finding_row(finding, str(document["key"]))
    flags = [_flag_row(flag) for flag in finding.flags]
    reasons = [_reason_row(reason) for reason in finding.score.reasons]
    key = digest([own, flags, reasons])
    return FindingRows(
        document=document,
        contacts=contacts,
        finding={"key": key, **own},
        flags=_numbered("finding_key", key, flags),
        reasons=_numbered("finding_key", key, reasons),
    )


def _document_rows(document: Document) -> tuple[Row, tuple[Row, ...]]:
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
    return {"key": key, **own}, _numbered("document_key", key, contacts)


def _numbered(owner: str, key: str, rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple({owner: key, "position": position, **row} for position, row in enumerate(rows))


def _finding_row(finding: Finding, document_key: str) -> Row:
    return {
        "id": finding.id,
        "document_key": document_key,
        "kind": finding.kind.value,
        "scope": finding.scope.value,
        "ruleset": finding.ruleset,
        "probability": float(finding.score.probability),
        "band": finding.score.band.value,
        "model": finding.score.model,
        "threshold": float(finding.score.threshold),
    }


def _contact_row(contact: Contact) -> Row:
    return {
        "kind": contact.kind,
        "value": contact.value,
        "span_start": contact.span.start,
        "span_end": contact.span.end,
        "quote": contact.quote,
    }


def _flag_row(flag: Flag) -> Row:
    return {
        "indicator": flag.indicator,
        "severity": flag.severity,
        "rule": flag.rule,
        "span_start": flag.span.start,
        "span_end": flag.span.end,
        "quote": flag.quote,
        "polarity": flag.polarity.value,
        "field": flag.field,
        "detail": flag.detail,
    }


def _reason_row(reason: Reason) -> Row:
    # float(): the scorer's numbers may be NumPy's, which neither JSON nor SQLite takes.
    return {
        "feature": reason.feature,
        "value": float(reason.value),
        "contribution": float(reason.contribution),
    }


def finding_of(
    item: RowMapping,
    finding: RowMapping,
    document: Document,
    flags: Iterable[Flag],
    reasons: Iterable[Reason],
) -> Finding:
    """The finding of one item; the time of screening is the item's, all else was stored once per content."""
    return Finding(
        id=finding["id"],
        document=document,
        kind=Kind(finding["kind"]),
        scope=Scope(finding["scope"]),
        flags=tuple(flags),
        score=_score_of(finding, reasons),
        ruleset=finding["ruleset"],
        screened_at=item["screened_at"],
    )


def _score_of(finding: RowMapping, reasons: Iterable[Reason]) -> Score:
    return Score(
        probability=finding["probability"],
        band=Band(finding["band"]),
        model=finding["model"],
        threshold=finding["threshold"],
        reasons=tuple(reasons),
    )


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
        links=tuple(_of_type(list, loads(row["links"]))),
        carried=_of_type(dict, loads(row["carried"])),
    )


def _posting_of(value: object) -> JobPosting:
    fields = dict(_of_type(dict, value))
    salary = fields.pop("base_salary")
    return JobPosting(base_salary=None if salary is None else Money(**salary), **fields)


def _of_type(kind: type[Any], value: object) -> Any:  # noqa: ANN401  JSON has no type before this check
    if not isinstance(value, kind):
        raise ValueError(f"a {kind.__name__} was stored here, not {value!r}")  # noqa: TRY004  damage, not misuse
    return value


def contact_of(row: RowMapping) -> Contact:
    """The contact of a row."""
    span = Span(start=row["span_start"], end=row["span_end"])
    return Contact(kind=row["kind"], value=row["value"], span=span, quote=row["quote"])


def flag_of(row: RowMapping) -> Flag:
    """The flag of a row."""
    return Flag(
        indicator=row["indicator"],
        severity=row["severity"],
        rule=row["rule"],
        span=Span(start=row["span_start"], end=row["span_end"]),
        quote=row["quote"],
        polarity=Polarity(row["polarity"]),
        field=row["field"],
        detail=row["detail"],
    )


def reason_of(row: RowMapping) -> Reason:
    """The reason of a row."""
    return Reason(feature=row["feature"], value=row["value"], contribution=row["contribution"])


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
    headers: Mapping[str, str] = _of_type(dict, loads(row["headers"]))
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
