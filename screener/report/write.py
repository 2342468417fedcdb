"""Report → three files that appear whole or not at all."""

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from screener.errors import RunError
from screener.records import Report
from screener.report.html import render_parts
from screener.report.tables import csv_lines, jsonl_lines


def write(  # noqa: PLR0913  what, where, and the four things a reader of the page is told
    report: Report,
    folder: Path,
    *,
    prevalence: float,
    generated_at: datetime,
    title: str = "Job ad screening",
    masked: bool = True,
) -> list[Path]:
    """The paths of index.html, findings.csv and findings.jsonl, renamed to that only when all are on disk.

    Raises RunError, and leaves earlier files as they were, when the folder cannot be written to.
    """
    page = render_parts(report, prevalence=prevalence, generated_at=generated_at, title=title, masked=masked)
    parts = {
        "index.html": page,
        "findings.csv": csv_lines(report, masked=masked),
        "findings.jsonl": jsonl_lines(report),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return list(_write_all(folder, parts))
    except OSError as error:
        raise RunError(
            f"The report cannot be written to {folder} ({error.strerror}): free space or name another folder."
        ) from error


def _write_all(folder: Path, parts: Mapping[str, Iterable[str]]) -> Iterator[Path]:
    staged = {folder / f".{name}.{token_hex(4)}.part": folder / name for name in parts}
    try:
        for path, lines in zip(staged, parts.values(), strict=True):
            _write_synced(path, lines)
        for path, final in staged.items():
            yield path.replace(final)
        _sync_folder(folder)
    finally:
        for path in staged:
            path.unlink(missing_ok=True)


def _write_synced(path: Path, lines: Iterable[str]) -> None:
    with path.open("x", encoding="utf-8", newline="") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # Elsewhere a folder cannot be opened, and renames are on disk when they return.
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
