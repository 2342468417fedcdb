"""Rule files as their authors wrote them: read with care, each `[[rule]]` table with the lines it stands on."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import tomli

from screener.errors import RuleError

FILE_BYTES_MAX = 1024 * 1024
"""A larger file is refused: the largest of our own has 30 kB."""

_TOKENS = re.compile(
    r"""\#[^\n]*|"{3}(?:[^\\]|\\.)*?"{3,5}|'{3}.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'"""
    r"""|(?P<table>^[ \t]*\[\[[ \t]*rule[ \t]*\]\])|^[ \t]*(?P<key>[A-Za-z_]+)[ \t]*=""",
    re.MULTILINE | re.DOTALL,
)
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why a rule file is not used; `line` is 0 when it is about the file as a whole."""

    path: Path
    line: int = 0
    reason: str

    def __str__(self) -> str:
        """The refusal as one line: file, line, reason."""
        return f"{self.path}: {f'line {self.line}: ' if self.line else ''}{self.reason}"


@dataclass(frozen=True, kw_only=True)
class Table:
    """One `[[rule]]` table: its values, the line it begins on, and the lines of its keys."""

    values: Mapping[str, object]
    line: int
    key_lines: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, key: str) -> int:
        """The line of a key, or that of the table when the key is not found."""
        return self.key_lines.get(key, self.line)


def rule_files(folder: Path) -> list[Path]:
    """The `*.toml` of a folder in the order of their names, or the file itself when `folder` is one.

    Names that begin with a dot are passed over: editors keep their own files under them. Raises RuleError for a
    folder that is not there or cannot be listed.
    """
    if folder.is_file():
        return [folder]
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise RuleError(f"{folder}: there is no such folder of rules ({error.strerror})") from error
    return [path for path in paths if path.suffix.lower() == ".toml" and not path.name.startswith(".")]


def read_tables(path: Path) -> list[Table] | Refusal:
    """The `[[rule]]` tables of a file, or why it cannot be read as such; never raises for what is in it."""
    content = _content(path)
    if isinstance(content, Refusal):
        return content
    try:
        written = tomli.loads(content)
    except (ValueError, RecursionError) as error:
        return _no_toml(path, content, error)
    entries = written.pop("rule", [])
    if written or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return Refusal(path=path, reason="a rule file holds [[rule]] tables and nothing else")
    if not entries:
        return Refusal(path=path, reason="there is no [[rule]] table in it")
    return list(_placed(entries, content))


def _content(path: Path) -> str | Refusal:
    try:
        if path.is_dir():
            return Refusal(path=path, reason="is a folder, not a file")
        size = path.stat().st_size
        if not path.is_file():
            return Refusal(path=path, reason="is not an ordinary file")
        if size > FILE_BYTES_MAX:
            return Refusal(path=path, reason=f"has {size} bytes, allowed are {FILE_BYTES_MAX}")
        content = path.read_bytes()
    except OSError as error:
        return Refusal(path=path, reason=f"cannot be read: {error.strerror}")
    return _decoded(path, content)


def _decoded(path: Path, content: bytes) -> str | Refusal:
    try:
        # Windows editors put a byte order mark before UTF-8.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Refusal(path=path, line=line, reason="is not UTF-8 text: save it with the encoding UTF-8")


def _no_toml(path: Path, content: str, error: Exception) -> Refusal:
    if isinstance(error, RecursionError):
        return Refusal(path=path, reason="is nested too deep")
    place = _PLACE.search(str(error))
    line = (int(place[1]) if place[1] else content.count("\n") + 1) if place else 0
    return Refusal(path=path, line=line, reason=f"is not TOML: {_PLACE.sub('', str(error))}")


def _placed(entries: list[dict[str, object]], content: str) -> Iterator[Table]:
    """The tables with their lines; where they were not written as [[rule]], all of them are on line 1."""
    lines = _lines(content)
    if len(lines) != len(entries):
        lines = [(1, {})] * len(entries)
    for values, (line, key_lines) in zip(entries, lines, strict=True):
        yield Table(values=values, line=line, key_lines=key_lines)


def _lines(content: str) -> list[tuple[int, dict[str, int]]]:
    """The line of each [[rule]] and of the keys below it; strings and comments are passed over."""
    found: list[tuple[int, dict[str, int]]] = []
    line, last = 1, 0
    for token in _TOKENS.finditer(content.replace("\r\n", "\n")):
        line += token.string.count("\n", last, token.start())
        last = token.start()
        if token["table"]:
            found.append((line, {}))
        elif token["key"] and found:
            found[-1][1].setdefault(token["key"], line)
    return found
