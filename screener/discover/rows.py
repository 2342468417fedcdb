"""What a file gives: rows to screen, and the lines that are none."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: `values` as the file has them (`id`, `text`, ... or `html` as bytes), and where it began."""

    path: str
    line_number: int
    values: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class BadRow:
    """A line that is no row, and why; the reading goes on behind it."""

    path: str
    line_number: int
    detail: str
