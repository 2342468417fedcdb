"""Corpus rows and examples in one call."""

import json
from pathlib import Path
from typing import Any

from screener.records import Example

TEXT = "Dicari admin Kamboja, paspor dipegang bos. WA 0812-0000-0001"
HEADER = '{"format_version": 1}'


def row(**fields: Any) -> dict[str, Any]:
    return {
        "id": "a1-1",
        "text": TEXT,
        "kind": "ad",
        "scope": "overseas",
        "language": "id",
        "source_type": "facebook",
        "label": "follow_up",
        "tier": "typical",
        "modus": "scam-compound",
        "group": "a1/one",
        "written_on": "2026-01-01",
        "flags": [mark()],
        **fields,
    }


def mark(**fields: Any) -> dict[str, Any]:
    quote = "paspor dipegang bos"
    start = TEXT.index(quote)
    values = {"indicator": "document-retention", "polarity": "risk", "quote": quote}
    return {**values, "start": start, "end": start + len(quote), **fields}


def write(path: Path, *rows: dict[str, Any], header: str = HEADER) -> Path:
    lines = [header, *(json.dumps(written, ensure_ascii=False) for written in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def example(number: int, **fields: Any) -> Example:
    written = row(id=f"a1-{number}", title="", **fields)
    del written["flags"]
    return Example(**written, marks=())
