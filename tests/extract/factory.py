"""Pages and sources in one call, with good defaults."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from screener.records import Page, Selectors, Source, SourceKind

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def page(body: bytes | str, *, content_type: str = "text/html; charset=utf-8", **fields: Any) -> Page:
    raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    values: dict[str, Any] = {
        "url": "http://papan.test/lowongan/1",
        "final_url": "http://papan.test/lowongan/1",
        "status": 200,
        "headers": {"content-type": content_type},
        "body": raw,
        "digest": hashlib.sha256(raw).hexdigest(),
        "fetched_at": NOW,
        "source": "papan",
        **fields,
    }
    return Page(**values)


def source(**selectors: str) -> Source:
    return Source(
        name="papan",
        kind=SourceKind.LISTING,
        seeds=("http://papan.test/",),
        selectors=Selectors(**selectors),
    )
