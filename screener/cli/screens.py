"""`screener screen`: files in, findings out; no database and no network."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from screener.cli.app import Exit, say, tell_notes, tell_refused

if TYPE_CHECKING:
    from screener.discover import BadRow, Row


def screen(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...", help="JSONL, CSV, TXT or HTML files, folders of them, or - for JSONL on standard input."
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Where the findings go, as JSONL; - for standard output.")
    ],
    model: Annotated[Path | None, typer.Option(help="A model folder; the default model when left out.")] = None,
    rules: Annotated[
        list[Path] | None, typer.Option(help="A folder with rules of your own; may be given again.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Processes to use.")] = 1,
) -> None:
    """Screen texts from files: one line of JSON for each, in the same order.

    A row needs `id` and `text`; `title`, `url`, `published` and `language` are used, other keys are carried along.
    A bad row is named with its line number and counted, the others are screened, and the exit code is 3; so it is
    with a rule file that does not fit, and with an earlier model that stands in for one that does not verify.
    """
    from functools import partial

    from screener.batch import screen_rows, settle
    from screener.bootstrap import make_screener
    from screener.discover import BadRow
    from screener.report import as_row

    bad = 0
    maker = partial(make_screener, model, tuple(rules or ()))
    # Made here as well when others do the work: what is wrong with model and rules is told once.
    screener = maker()
    settle()
    noted = [tell_notes(screener.notes), tell_refused(screener.detector.refusals)]
    with opened(output) as out:
        for result in screen_rows(rows_at(paths), maker if jobs > 1 else lambda: screener, jobs=jobs):
            if isinstance(result, BadRow):
                bad += 1
                say(f"{result.path}: line {result.line_number}: {result.detail}")
            else:
                out.write(json.dumps({**result.document.carried, **as_row(result)}, ensure_ascii=False) + "\n")
    if bad:
        say(f"{bad} bad rows were left out")
    raise typer.Exit(Exit.PARTLY if bad or any(noted) else Exit.DONE)


def rows_at(paths: list[Path]) -> "Iterator[Row | BadRow]":
    """The rows of files and folders; "-" is JSON Lines on standard input. Raises SettingsError as `rows_of` does."""
    from screener.discover import rows_of, rows_of_stream
    from screener.errors import SettingsError

    for path in paths:
        try:
            if str(path) == "-":
                # Bytes that are not UTF-8 must arrive, to be told as a bad row; lines end where those of files end.
                with open(0, encoding="utf-8", errors="surrogateescape", newline="\n", closefd=False) as stream:
                    yield from rows_of_stream(stream)
            else:
                yield from rows_of(path)
        except OSError as error:
            raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """A file that appears under its name only when it is whole, or standard output."""
    if str(path) == "-":
        with open(1, "w", encoding="utf-8", errors="backslashreplace", closefd=False) as out:
            yield out
        return
    from screener.errors import SettingsError

    if path.is_dir():
        raise SettingsError(f"--output {path}: is a folder; name a file in it")
    # A pipe or a device is written to as it is: renaming a file onto it would replace it.
    special = path.exists() and not path.is_file()
    part = path if special else path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", errors="backslashreplace") as out:
            yield out
        if not special:
            part.replace(path)
    except OSError as error:
        raise SettingsError(f"--output {path}: cannot be written: {error.strerror}") from error
    finally:
        if not special:
            # Where it could not be made, the error above has said so.
            with suppress(OSError):
                part.unlink(missing_ok=True)
