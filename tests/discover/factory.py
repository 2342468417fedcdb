"""Listing pages and their sources in one call."""

from datetime import UTC, datetime

from screener.records import Page, Selectors, Source, SourceKind

ADDRESS = "http://papan.test/lowongan/"


def page(body: bytes | str, url: str = ADDRESS) -> Page:
    return Page(
        url=url,
        final_url=url,
        status=200,
        headers={},
        body=body.encode() if isinstance(body, str) else body,
        digest="",
        fetched_at=datetime(2026, 11, 22, tzinfo=UTC),
        source="papan",
    )


def source(kind: SourceKind, **selectors: str) -> Source:
    return Source(name="papan", kind=kind, seeds=(ADDRESS,), selectors=Selectors(**selectors))
