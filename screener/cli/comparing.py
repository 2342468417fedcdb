"""`screener model compare`: two models side by side."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screener.cli.app import plain, say, tell_notes
from screener.cli.modelfolders import Models, folder_named

if TYPE_CHECKING:
    from screener.detect import Detector
    from screener.train.comparison import Pair, Scorer

_MOVED_SHOWN = 15
_GOLDEN_SHOWN = 5
_TEXT_SHOWN = 70


def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="A version, or the path of a model folder.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    data: Annotated[
        Path | None, typer.Option(help="Labelled texts (JSONL or CSV) that both models read, to be held side by side.")
    ] = None,
    models: Models = None,
) -> None:
    """Compare two models: figures, thresholds, the weights that are furthest apart, and their golden texts.

    A model that does not fit the rules of this program is compared by what it says of itself only.
    """
    from screener.detect import load_detector
    from screener.errors import ModelError
    from screener.train.comparison import Scorer, figures, moved, scorers, stored

    folders = [folder_named(name, models) for name in (first, second)]
    one, other = (stored(folder) for folder in folders)
    print(plain(f"A  {one.manifest.version}\nB  {other.manifest.version}"))
    _tell("figures and thresholds", figures(one.manifest, other.manifest))
    _tell("weights furthest apart", moved(one, other, _MOVED_SHOWN))
    detector = load_detector()
    fitting = list(scorers(folders, detector))
    for error in (each for each in fitting if isinstance(each, ModelError)):
        say(f"not scored: {error}")
    ready = [each for each in fitting if isinstance(each, Scorer)]
    if len(ready) == len(folders):
        _scored(ready[0], ready[1], data, detector)


def _scored(one: "Scorer", other: "Scorer", data: Path | None, detector: "Detector") -> None:
    from screener.train.comparison import golden, pairs
    from screener.train.corpus import read_corpus

    scores = golden(one, other)
    apart = [abs(pair.difference or 0.0) for pair in scores]
    if scores:
        print(f"\n{len(scores)} golden texts of both: {sum(apart) / len(apart):.4f} apart on average; the furthest:")
        _tell("", [pair for pair in scores[:_GOLDEN_SHOWN] if pair.difference])
    if data:
        corpus = read_corpus(data, detector.indicators, groups_min=0)
        tell_notes(corpus.notes)
        examples = corpus.examples
        say(f"reading {len(examples)} texts twice")
        _tell(f"{len(examples)} texts of {data}", pairs(one.figures(examples), other.figures(examples)))


def _tell(title: str, rows: "Iterable[Pair]") -> None:
    """A table of both models' numbers with their differences."""
    if title:
        print(plain(f"\n{title:{_TEXT_SHOWN}}{'A':>10}{'B':>10}{'B - A':>10}"))
    for row in rows:
        name = " ".join(row.name.split())[:_TEXT_SHOWN]
        numbers = (_number(row.first, ""), _number(row.second, ""), _number(row.difference, "+"))
        print(plain(f"{name:{_TEXT_SHOWN}}" + "".join(f"{number:>10}" for number in numbers)))


def _number(value: float | None, sign: str) -> str:
    return "-" if value is None else f"{value:{sign}.4f}"
