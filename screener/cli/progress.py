"""How long work shows: a bar on a terminal, plain lines everywhere else."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from screener.cli.app import plain, say

if TYPE_CHECKING:
    from screener.pipeline import Progress

_LINE_EVERY_SECONDS = 30.0


@contextmanager
def reporter(task: str) -> "Iterator[Progress]":
    """Something that shows found and done items while the work goes on."""
    from screener.pipeline import Progress

    if sys.stderr.isatty():
        with _bar(task) as progress:
            yield progress
        return
    log = _Log(task, time.monotonic)
    log.line("started")
    yield Progress(found=log.found, done=log.done)
    log.line(f"done: {log.count} outcomes")


@contextmanager
def _bar(task: str) -> "Iterator[Progress]":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    from screener.pipeline import Progress

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[last]}", markup=False),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        number = bar.add_task(task, total=0, last="")

        def found(count: int) -> None:
            bar.update(number, total=bar.tasks[0].completed + count)

        def done(url: str, outcome: str) -> None:
            bar.update(number, advance=1, last=plain(f"{outcome} {url}")[:60])

        yield Progress(found=found, done=done)


class _Log:
    """Plain lines with a time, not more than one in half a minute."""

    def __init__(self, task: str, clock: Callable[[], float]) -> None:
        self._task = task
        self._clock = clock
        self._next = clock() + _LINE_EVERY_SECONDS
        self._total = 0
        self.count = 0

    def found(self, count: int) -> None:
        self._total = self.count + count

    def done(self, _url: str, _outcome: str) -> None:
        self.count += 1
        if self._clock() >= self._next:
            self._next = self._clock() + _LINE_EVERY_SECONDS
            self.line(f"{self.count} of {self._total}")

    def line(self, text: str) -> None:
        say(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {self._task} {text}")
