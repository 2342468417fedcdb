"""Corpus files to placed examples, with everything that is wrong in them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from screener.discover.jsonlines import json_rows
from screener.discover.lines import Line, lines_of
from screener.discover.rows import BadRow, Row
from screener.discover.tables import csv_rows
from screener.extract import LanguageIdentifier
from screener.train.filling import PlacedRow, filled
from screener.train.rows import Placed, Problem, example_of
from screener.train.tabular import id_of, lacking_columns, own_row_of, unread_columns

_FORMAT = {"format_version": 1}
_READERS: dict[str, Callable[[str, Iterable[Line]], Iterator[Row | BadRow]]] = {
    ".jsonl": json_rows,
    ".ndjson": json_rows,
    ".csv": csv_rows,
}
_COLUMNS_SHOWN = 20
_SHOWN = 60
_Got = Placed | PlacedRow | Problem


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """What files give: examples in their order, problems in theirs, and what was filled in, a sentence each."""

    rows: tuple[Placed, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()


def files_of(path: Path) -> list[Path]:
    """The file itself, or the corpus files of a folder by name."""
    return sorted(file for file in path.iterdir() if file.suffix.lower() in _READERS) if path.is_dir() else [path]


def gather(paths: Sequence[Path], indicators: Mapping[str, object]) -> Gathered:
    """The examples and problems of the files.

    A JSONL file whose first line is `{"format_version": 1}` is held to the format of this corpus; all others are a
    researcher's own, and what they leave out is filled in.
    """
    reader = _Reader(indicators=indicators)
    got = [one for path in paths for one in reader.of_file(path)]
    own, notes = filled([one for one in got if isinstance(one, PlacedRow)], LanguageIdentifier().language_of)
    return Gathered(
        rows=tuple(_in_order(got, iter(own))),
        problems=tuple(one for one in got if isinstance(one, Problem)),
        notes=(*notes, *_unread(reader.columns)),
    )


def _in_order(got: Iterable[_Got], own: Iterator[Placed]) -> Iterator[Placed]:
    for one in got:
        if isinstance(one, PlacedRow):
            yield next(own)
        elif isinstance(one, Placed):
            yield one


def _unread(columns: Iterable[str]) -> Iterator[str]:
    unread = unread_columns(columns)
    if unread:
        more = f" and {len(unread) - _COLUMNS_SHOWN} more" if len(unread) > _COLUMNS_SHOWN else ""
        yield f"columns not read: {', '.join(unread[:_COLUMNS_SHOWN])}{more}"


@dataclass(frozen=True, kw_only=True)
class _Reader:
    """Reads file after file; remembers where each id was used, and the columns of a researcher's own files."""

    indicators: Mapping[str, object]
    taken: dict[str, str] = field(default_factory=dict)
    columns: set[str] = field(default_factory=set)

    def of_file(self, path: Path) -> Iterator[_Got]:
        read = _READERS.get(path.suffix.lower())
        if read is None:
            yield Problem(place=str(path), reason=f"this kind of file is not read; allowed: {', '.join(_READERS)}")
            return
        try:
            with path.open("rb") as stream:
                yield from self._rows(path, read(str(path), lines_of(stream)))
        except OSError as error:
            yield Problem(place=str(path), reason=f"cannot be read: {error.strerror}")

    def _rows(self, path: Path, rows: Iterator[Row | BadRow]) -> Iterator[_Got]:
        first = next(rows, None)
        if isinstance(first, Row) and "format_version" in first.values:
            if dict(first.values) != _FORMAT:
                found = str(dict(first.values))[:_SHOWN]
                yield Problem(place=_place(first), reason=f"this program reads format_version 1, found {found}")
            yield from self._each(rows, self._declared)
        elif first is not None:
            yield from self._own([first, *rows], path)

    def _own(self, rows: Sequence[Row | BadRow], path: Path) -> Iterator[_Got]:
        here = dict.fromkeys(name for row in rows if isinstance(row, Row) for name in row.values)
        lacking = lacking_columns(here)
        if here and lacking:
            there = ", ".join(list(here)[:_COLUMNS_SHOWN])
            yield Problem(place=f"{path}:1", reason=f"there is no column {' and no '.join(lacking)}; columns: {there}")
            return
        self.columns.update(here)
        yield from self._each(rows, self._own_row)

    def _each(
        self, rows: Iterable[Row | BadRow], read: "Callable[[Row], tuple[_Got | None, list[Problem]]]"
    ) -> Iterator[_Got]:
        for row in rows:
            if isinstance(row, BadRow):
                yield Problem(place=_place(row), reason=row.detail)
                continue
            one, problems = read(row)
            problems = [*self._used_before(row), *problems]
            yield from problems
            if one and not problems:
                yield one

    def _used_before(self, row: Row) -> Iterator[Problem]:
        name = id_of(row.values)
        first = self.taken.setdefault(name, _place(row)) if name else _place(row)
        if first != _place(row):
            yield Problem(place=_place(row), reason=f"id {name[:_SHOWN]!r} is used twice, first in {first}")

    def _declared(self, row: Row) -> tuple[_Got | None, list[Problem]]:
        example, problems = example_of(_place(row), row.values, self.indicators)
        return (Placed(place=_place(row), example=example) if example else None), problems

    def _own_row(self, row: Row) -> tuple[_Got | None, list[Problem]]:
        read, problems = own_row_of(_place(row), row.values, self.indicators)
        return (PlacedRow(place=_place(row), row=read) if read else None), problems


def _place(row: Row | BadRow) -> str:
    return f"{row.path}:{row.line_number}"
