"""Reading the labelled corpus; a row that does not fit is named with file and line."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from screener.errors import SettingsError
from screener.extract import contacts
from screener.records import Document, Example, Mark, Polarity, Span

FOLLOW_UP = "follow_up"
_PROBLEMS_SHOWN = 20
_HEADER = re.compile(r'\s*\{\s*"format_version"')
_HEADER_READ = re.compile(r'\s*\{\s*"format_version"\s*:\s*1\s*\}\s*')


class _WrittenMark(BaseModel):
    model_config = ConfigDict(extra="forbid")

    indicator: str
    polarity: Polarity
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    quote: str = Field(min_length=1)


class _WrittenExample(BaseModel):
    """One line of a corpus file."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(min_length=1)
    text: str = Field(min_length=1)
    title: str = ""
    kind: Literal["ad", "warning", "news", "question", "testimony", "other"]
    scope: Literal["overseas", "domestic", "unknown"]
    language: Literal["id", "en", "ms", "mixed"]
    source_type: str
    label: Literal["follow_up", "ordinary", "job_fraud"]
    tier: str
    modus: str
    group: str = Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")
    written_on: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    flags: list[_WrittenMark] = []
    seen_by_rules: bool = False


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """The examples in the order of the files, and the hex SHA-256 of those files."""

    examples: tuple[Example, ...]
    digest: str


def read_corpus(folder: Path, indicators: Mapping[str, object]) -> Corpus:
    """The corpus of every `*.jsonl` in `folder` (or of one file).

    Raises SettingsError that lists file, line and reason of each row that does not fit.
    """
    paths = sorted(folder.glob("*.jsonl")) if folder.is_dir() else [folder]
    taken: set[str] = set()
    rows = [row for path in paths for row in _rows(path, indicators, taken)]
    problems = [row for row in rows if isinstance(row, str)]
    if problems or not rows:
        shown = "\n".join(problems[:_PROBLEMS_SHOWN]) or f"{folder}: there is no .jsonl file with examples here"
        more = len(problems) - _PROBLEMS_SHOWN
        raise SettingsError(shown + (f"\nand {more} more" if more > 0 else ""))
    examples = tuple(row for row in rows if isinstance(row, Example))
    return Corpus(examples=examples, digest=_digest(paths))


def _rows(path: Path, indicators: Mapping[str, object], taken: set[str]) -> Iterator[Example | str]:
    try:
        # Not splitlines: JSON strings may hold U+2028 and other signs that it takes for line ends.
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        yield f"{path}: {error}"
        return
    for number, line in enumerate(lines, start=1):
        if number == 1 and _HEADER.match(line):
            if _HEADER_READ.fullmatch(line) is None:
                yield f"{path}:1: this program reads format_version 1, found {line[:60]}"
        elif line.strip():
            place = f"{path}:{number}"
            yield _once(place, _example(place, line, indicators), taken)


def _once(place: str, row: Example | str, taken: set[str]) -> Example | str:
    if isinstance(row, str):
        return row
    if row.id in taken:
        return f"{place}: id {row.id!r} is used twice"
    taken.add(row.id)
    return row


def _example(place: str, line: str, indicators: Mapping[str, object]) -> Example | str:
    try:
        written = _WrittenExample.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        return f"{place}: {'.'.join(map(str, first['loc'])) or 'row'}: {first['msg']}"
    wrong = [m for m in written.flags if written.text[m.start : m.end] != m.quote or m.indicator not in indicators]
    if wrong:
        return f"{place}: flag {wrong[0].indicator!r}: {_mark_problem(wrong[0], indicators)}"
    marks = tuple(
        Mark(indicator=m.indicator, polarity=m.polarity, span=Span(start=m.start, end=m.end), quote=m.quote)
        for m in written.flags
    )
    return Example(**written.model_dump(exclude={"flags"}), marks=marks)


def _mark_problem(mark: _WrittenMark, indicators: Mapping[str, object]) -> str:
    if mark.indicator not in indicators:
        return "there is no such indicator"
    return f"the text from {mark.start} to {mark.end} is not {mark.quote[:60]!r}"


def _digest(paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def document_of(example: Example) -> Document:
    """The example as the document that would be screened; labels stay behind."""
    return Document(
        id=example.id,
        url="",
        text=example.text,
        title=example.title,
        language=example.language,
        contacts=contacts(example.text),
    )


def author_of(example: Example) -> str:
    """Who wrote the example: the part of its group before the slash."""
    return example.group.split("/", maxsplit=1)[0]
