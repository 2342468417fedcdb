"""Files to rows: JSONL, CSV, plain text, saved pages, and folders of them; read as a stream."""

from collections.abc import Callable, Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from screener.discover.jsonlines import json_rows
from screener.discover.lines import LINE_BYTES_MAX, Line, lines_of
from screener.discover.rows import BadRow, Row
from screener.discover.tables import csv_rows
from screener.errors import SettingsError

STREAM_NAME = "<stdin>"


def rows_of(path: Path) -> Iterator[Row | BadRow]:
    """The rows of a file, or of every file in a folder, in the order of their names; memory stays constant.

    Text files and saved pages are one row each, with their name as id. Raises SettingsError at once for a
    path that
    is not there, a kind of file that is not read, or a folder without any.
    """
    if path.is_dir():
        files = [file for file in sorted(path.rglob("*")) if file.is_file() and file.suffix.lower() in _READERS]
        if not files:
            raise SettingsError(f"{path}: no file to read in this folder; allowed: {_ALLOWED}")
        return (row for file in files for row in _rows(file, str(file.relative_to(path))))
    if not path.is_file():
        raise SettingsError(f"{path}: no such file or folder")
    if path.suffix.lower() not in _READERS:
        raise SettingsError(f"{path}: a {path.suffix or 'file without suffix'} is not read; allowed: {_ALLOWED}")
    return _rows(path, path.name)


def _rows(path: Path, name: str) -> Iterator[Row | BadRow]:
    try:
        yield from _READERS[path.suffix.lower()](path, name)
    except OSError as error:
        yield BadRow(path=name, line_number=1, detail=f"cannot be read: {error.strerror}")


def rows_of_stream(stream: TextIO) -> Iterator[Row | BadRow]:
    """The rows of JSON Lines on a text stream, such as standard input; a line that is not UTF-8 is a bad row."""
    # The bytes below a text stream tell which line is broken; the stream itself would only stop there.
    lines = lines_of(stream.buffer) if isinstance(stream, TextIOWrapper) else _lines_of_text(stream)
    return json_rows(STREAM_NAME, lines)


def _lines_of_text(stream: TextIO) -> Iterator[Line]:
    number = 0
    while text := stream.readline(LINE_BYTES_MAX):
        number += 1
        plain = text.removeprefix("\ufeff") if number == 1 else text
        yield Line(number=number, text=plain)


def _jsonl(path: Path, name: str) -> Iterator[Row | BadRow]:
    with path.open("rb") as stream:
        yield from json_rows(name, lines_of(stream))


def _csv(path: Path, name: str) -> Iterator[Row | BadRow]:
    with path.open("rb") as stream:
        yield from csv_rows(name, lines_of(stream))


def _text(path: Path, name: str) -> Iterator[Row | BadRow]:
    """The whole file is one document, so one bad line is told and none of it is used."""
    if bad := _too_large(path, name):
        yield bad
        return
    with path.open("rb") as stream:
        lines = list(lines_of(stream))
    faulty = next((line for line in lines if line.fault), None)
    if faulty:
        yield BadRow(path=name, line_number=faulty.number, detail=faulty.fault)
    else:
        yield Row(path=name, line_number=1, values={"id": name, "text": "".join(line.text for line in lines)})


def _html(path: Path, name: str) -> Iterator[Row | BadRow]:
    """Bytes, since only the extraction knows how to find a page's encoding."""
    yield _too_large(path, name) or Row(path=name, line_number=1, values={"id": name, "html": path.read_bytes()})


def _too_large(path: Path, name: str) -> BadRow | None:
    if path.stat().st_size <= LINE_BYTES_MAX:
        return None
    return BadRow(path=name, line_number=1, detail=f"the file has more than {LINE_BYTES_MAX} bytes")


_READERS: dict[str, Callable[[Path, str], Iterator[Row | BadRow]]] = {
    ".jsonl": _jsonl,
    ".ndjson": _jsonl,
    ".csv": _csv,
    ".txt": _text,
    ".html": _html,
    ".htm": _html,
}
_ALLOWED = ", ".join(_READERS)
