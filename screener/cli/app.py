"""The command `screener`: its commands, its exit codes, and what a user sees when something goes wrong."""

import sys
from collections.abc import Iterable
from enum import IntEnum
from typing import TYPE_CHECKING

import typer

from screener.errors import BusyError, ScreenerError, SettingsError

if TYPE_CHECKING:
    from screener.detect import Refusal

_EPILOG = (
    "Exit codes: 0 done, 1 failed, 2 bad use, 3 done but some sources, rows or rule files, or the model in use, "
    "failed, 75 another scan is running."
)


_INTERRUPTED = 130


class Exit(IntEnum):
    """What the exit code tells cron and scripts (75 is EX_TEMPFAIL of sysexits.h)."""

    DONE = 0
    FAILED = 1
    BAD_USE = 2
    PARTLY = 3
    BUSY = 75


app = typer.Typer(
    name="screener",
    help="Screens overseas job advertisements and news for trafficking (TPPO) red flags. "
    "A flag is a reason to look, never a finding that a crime happened; a person decides.",
    epilog=_EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich takes a quarter of a second to draw the boxes round the help
)


def say(line: str) -> None:
    """One line for the user, on standard error, with nothing in it that could steer a terminal."""
    sys.stderr.write(plain(line) + "\n")
    sys.stderr.flush()


def tell_refused(refusals: "Iterable[Refusal]") -> bool:
    """Name each rule file that is not used; says whether there is one."""
    told = [f"rule file left out: {refusal}" for refusal in refusals]
    for line in told:
        say(line)
    return bool(told)


def tell_notes(notes: "Iterable[str]") -> bool:
    """Tell each note on what is not as it should be; says whether there is one."""
    told = [f"note: {note}" for note in notes]
    for line in told:
        say(line)
    return bool(told)


def plain(text: str) -> str:
    """The text with every control character but the line break written out."""
    return "".join(c if c == "\n" or (c.isprintable()) else c.encode("unicode_escape").decode() for c in text)


def main() -> None:
    """Run the command line; errors raised on purpose end in one clear message and their exit code."""
    from screener.cli import commands

    commands.register(app)
    try:
        app()
    except ScreenerError as error:
        say(f"screener: {error}")
        sys.exit(_code(error))
    except SystemExit as end:
        # Typer turns Ctrl-C into this code, and a broken pipe into 1, both without a word.
        if end.code == _INTERRUPTED:
            say("screener: stopped; what a scan had done is kept, the next one goes on from there")
        raise


def _code(error: ScreenerError) -> Exit:
    if isinstance(error, BusyError):
        return Exit.BUSY
    return Exit.BAD_USE if isinstance(error, SettingsError) else Exit.FAILED
