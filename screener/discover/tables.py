"""CSV to rows, with `,` or `;` as its header has it."""

import csv
from collections.abc import Iterable, Iterator

from screener.discover.lines import LINE_BYTES_MAX, Line
from screener.discover.rows import BadRow, Row


class _Feed:
    """Lines for the csv module, which remembers the faulty ones of the row that is being read."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = iter(lines)
        self.number = 0
        self.faults: list[Line] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.number = line.number
            if line.fault:
                self.faults.append(line)
            yield line.text.replace("\0", "\ufffd")


def csv_rows(path: str, lines: Iterable[Line]) -> Iterator[Row | BadRow]:
    """A row for each record of a CSV file whose first line names the columns.

    Records with more cells than columns, and those on a line that is not UTF-8, are bad rows; cells that are
    missing
    at the end of a record are left out.
    """
    # One limit for the whole process; it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), LINE_BYTES_MAX))
    feed = _Feed(lines)
    text = iter(feed)
    header = next(text, "")
    reader = csv.reader(text, delimiter=_delimiter(header), strict=False)
    columns = _columns(header)
    if feed.faults:
        yield _fault(path, feed.faults)
    yield from _records(path, feed, reader, columns)


def _columns(header: str) -> list[str]:
    """The names in the first line; a stray carriage return in it ends no line, as none does in `lines`."""
    cells = csv.reader([header.replace("\r", " ")], delimiter=_delimiter(header))
    return [name.strip() for name in next(cells, [])]


def _records(path: str, feed: _Feed, reader: Iterator[list[str]], columns: list[str]) -> Iterator[Row | BadRow]:
    while True:
        feed.faults.clear()
        began = feed.number + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield BadRow(path=path, line_number=began, detail=f"not CSV: {error}")
            continue
        if cells is None:
            return
        if cells:
            yield _row(path, began, cells, columns, feed.faults)


def _row(path: str, began: int, cells: list[str], columns: list[str], faults: list[Line]) -> Row | BadRow:
    if faults:
        return _fault(path, faults)
    if len(cells) > len(columns):
        detail = f"{len(cells)} cells for {len(columns)} columns"
        return BadRow(path=path, line_number=began, detail=detail)
    return Row(path=path, line_number=began, values=dict(zip(columns, cells, strict=False)))


def _fault(path: str, faults: list[Line]) -> BadRow:
    return BadRow(path=path, line_number=faults[0].number, detail=faults[0].fault)


def _delimiter(header: str) -> str:
    return ";" if header.count(";") > header.count(",") else ","
