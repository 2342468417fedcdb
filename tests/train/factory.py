"""Corpus rows and examples in one call."""

import json
from pathlib import Path
from random import Random
from typing import Any

from screener.records import Example
from screener.train.augment import chance_of

TEXT = "Dicari admin Kamboja, paspor dipegang bos. WA 0812-0000-0001"
HEADER = '{"format_version": 1}'
# Job fraud is rare: with every tenth text it would be in too few groups to be learnt.
RARE, EVERY_RARE = '"label": "job_fraud"', 3


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


def drawn(seed: int) -> Random:
    """The draws of a seed."""
    return chance_of(example(0), seed)


def thinned(corpus: Path, folder: Path, every: int) -> Path:
    """Writes every so many examples of each file of a corpus, and more of the rare ones, to files of the same names."""
    for path in corpus.glob("*.jsonl"):
        header, *rows = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
        rare = [row for row in rows if RARE in row]
        kept = {*rows[::every], *rare[::EVERY_RARE]}
        lines = [header, *(row for row in rows if row in kept)]
        (folder / path.name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
