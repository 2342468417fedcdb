"""A folder of models: which are there, which is in use (`DEFAULT`), and how that came about (`HISTORY.jsonl`).

A change is written into the history first and then into DEFAULT, each file whole or not at all: a process that is
killed in between leaves an entry that never took effect, and readers pass over it.
"""

import fcntl
import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

from screener.errors import ModelError, SettingsError
from screener.score.manifest import MANIFEST

DEFAULT = "DEFAULT"
HISTORY = "HISTORY.jsonl"
_HEADER = {"format_version": 1}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Change(BaseModel):
    """One line of the history: when the model in use went from one to another, why, and the figures of the new one.

    `override` is the reason that a person gave for a model below the floors, `shortfalls` says in what it is below.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    time: AwareDatetime
    event: Literal["promote", "rollback"]
    before: str | None = Field(validation_alias="from", serialization_alias="from")
    after: str = Field(validation_alias="to", serialization_alias="to")
    override: str | None = None
    shortfalls: tuple[str, ...] = ()
    figures: dict[str, FiniteFloat] = {}


def versions(models: Path) -> list[str]:
    """The names of the models in the folder, in order; those that are still being written are not among them."""
    return sorted(path.parent.name for path in models.glob(f"*/{MANIFEST}") if _NAME.fullmatch(path.parent.name))


def default_version(models: Path) -> str | None:
    """The name of the model in use; None when none is. Raises ModelError when DEFAULT names no model."""
    path = models / DEFAULT
    try:
        name = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"{path} cannot be read: {error}") from error
    if not _NAME.fullmatch(name):
        raise ModelError(f"{path} does not name a model: remove it, and choose one with `screener model promote`")
    return name


def default_folder(models: Path) -> Path:
    """The folder of the model in use. Raises ModelError when none is."""
    name = default_version(models)
    if name is None:
        raise ModelError(f"there is no model in use in {models}: make one with `screener train`")
    return models / name


def model_folder(models: Path, name: str | None) -> Path:
    """The folder of a model by its name, or by its path; of the one in use without a name.

    Raises SettingsError when there is none.
    """
    if name is None:
        return default_folder(models)
    known = versions(models)
    if name in known:
        return models / name
    if (Path(name) / MANIFEST).is_file():
        return Path(name)
    raise SettingsError(f"there is no model {name} in {models}; there are: {', '.join(known) or 'none'}")


def history(models: Path) -> tuple[Change, ...]:
    """Every change that was written down, the oldest first. Raises ModelError that names the line that does not fit."""
    path = models / HISTORY
    try:
        # Not splitlines: JSON strings may hold U+2028 and other signs that it takes for line ends.
        header, *lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
        if json.loads(header) != _HEADER:
            raise ModelError(f"{path}:1: this program reads format_version 1, found {header[:60]}")
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read: {error}") from error
    return tuple(_change(path, number, line) for number, line in enumerate(lines, start=2))


def _change(path: Path, number: int, line: str) -> Change:
    try:
        return Change.model_validate_json(line)
    except ValidationError as error:
        raise ModelError(f"{path}:{number}: {error.errors()[0]['msg']}") from error


def trail(models: Path) -> list[str]:
    """The models in use up to now, the newest last; what was rolled back is not among them."""
    made: list[str] = []
    for change in _effective(history(models), default_version(models)):
        if change.before and made[-1:] != [change.before]:  # DEFAULT was written by hand in between
            made.append(change.before)
        made = made[:-1] if change.event == "rollback" else [*made, change.after]
    return made


def ever_in_use(models: Path) -> list[str]:
    """Every model that ever was in use, the last one first. Raises ModelError as `history` does."""
    named = [name for change in reversed(history(models)) for name in (change.after, change.before) if name]
    return list(dict.fromkeys(named))


def _effective(changes: Sequence[Change], default: str | None) -> Iterator[Change]:
    followers = [*(change.before for change in changes[1:]), default]
    yield from (change for change, follower in zip(changes, followers, strict=False) if change.after == follower)


def switch(models: Path, change: Change) -> None:
    """Write the change down and put it into effect.

    Raises ModelError when the folder cannot be written, or another process was quicker.
    """
    try:
        with _alone(models):
            if default_version(models) != change.before:
                raise ModelError(f"the model in use in {models} was changed by another process: look, and try again")
            lines = [json.dumps(_HEADER), *(each.model_dump_json(by_alias=True) for each in (*history(models), change))]
            _replace(models / HISTORY, "\n".join(lines) + "\n")
            _replace(models / DEFAULT, change.after + "\n")
    except OSError as error:
        raise ModelError(f"{models} cannot be written: {error.strerror}") from error


@contextmanager
def _alone(models: Path) -> Iterator[None]:
    """Nobody else changes the folder until the block ends."""
    number = os.open(models, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield
        os.fsync(number)
    finally:
        os.close(number)


def _replace(path: Path, text: str) -> None:
    """Bring the text under its name whole: a crash at any instant leaves either the old one or the new one."""
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
