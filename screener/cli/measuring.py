"""What `screener evaluate` does: retrain and measure what was left out, or measure a finished model."""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from screener.cli.app import plain, say

if TYPE_CHECKING:
    from screener.detect import Detector
    from screener.train.corpus import Corpus
    from screener.train.evaluation import Evaluation
    from screener.train.prepare import Prepared
    from screener.train.publish import Pages

Step = TypeVar("Step")
_LINE_EVERY_SECONDS = 30.0


def evaluated(corpus: Path, *, disguises: bool) -> "Evaluation":
    """What training on a corpus comes to on what was left out."""
    from screener.detect import load_detector
    from screener.train.corpus import read_corpus
    from screener.train.evaluate import evaluate
    from screener.train.prepare import prepare

    detector = load_detector()
    read = read_corpus(corpus, detector.indicators)
    ready = prepare(read.examples, detector, say)
    return evaluate(read, ready, detector, follow=follow, disguises=disguises)


def evaluation_pages(detector: "Detector") -> "Pages":
    """What training writes into a model's folder besides: its evaluation as a page, and as JSON."""
    from screener.train.evaluate import evaluate
    from screener.train.evaluation import as_json
    from screener.train.evaluationpage import page

    def pages(corpus: "Corpus", ready: "Prepared") -> dict[str, str]:
        done = evaluate(corpus, ready, detector, follow=follow)
        return {"evaluation.html": page(done), "evaluation.json": as_json(done)}

    return pages


def measured(name: str | None, data: Path) -> "Evaluation":
    """What a model, or the one in use, comes to on labelled texts. Raises SettingsError when there is no such model."""
    from screener.bootstrap import open_model
    from screener.cli.modelfolders import folder_named
    from screener.detect import load_detector
    from screener.train.corpus import read_corpus
    from screener.train.finished import measure

    detector = load_detector()
    # Any number of groups will do where nothing is learnt.
    corpus = read_corpus(data, detector.indicators, groups_min=0)
    detector, model = open_model(detector, folder_named(name, None))
    return measure(corpus, detector, model, follow=follow, trained_on=_shipped_corpus(detector.indicators))


def _shipped_corpus(indicators: "Iterable[str]") -> "Corpus | None":
    """The corpus that comes with the program, if it can be read."""
    from screener.errors import SettingsError
    from screener.places import shipped
    from screener.train.corpus import read_corpus

    try:
        return read_corpus(shipped("examples"), dict.fromkeys(indicators), groups_min=0)
    except (OSError, SettingsError):  # an installed program may come without its corpus
        return None


def check_places(*paths: Path | None) -> None:
    """Raises SettingsError when a file could not be written later for want of its folder: before minutes of work."""
    from screener.errors import SettingsError

    for path in filter(None, paths):
        if path.is_dir() or not path.absolute().parent.is_dir():
            raise SettingsError(f"{path} cannot be written: it is a folder, or its folder is not there")


def write(text: str, path: Path) -> None:
    """Write a file, whole. Raises SettingsError when it cannot be written."""
    from screener.errors import SettingsError

    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error.strerror}") from error


def follow(steps: Sequence[Step], task: str) -> Iterable[Step]:
    """The steps of a task: with a bar on a terminal, with a line now and then everywhere else."""
    return _with_bar(steps, task) if sys.stderr.isatty() else _with_lines(steps, task)


def _with_bar(steps: Sequence[Step], task: str) -> Iterator[Step]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield from bar.track(steps, description=plain(task))


def _with_lines(steps: Sequence[Step], task: str) -> Iterator[Step]:
    say(f"{task}: {len(steps)} steps")
    due = time.monotonic() + _LINE_EVERY_SECONDS
    for number, step in enumerate(steps):
        if time.monotonic() >= due:
            due = time.monotonic() + _LINE_EVERY_SECONDS
            say(f"{task}: {number} of {len(steps)}")
        yield step
