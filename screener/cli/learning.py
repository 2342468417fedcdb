"""`screener train` and `screener evaluate`: for researchers."""

from pathlib import Path
from typing import Annotated

import typer

from screener.cli.app import plain, say

Corpus = Annotated[Path | None, typer.Option(help="A folder of JSONL files, or one; the shipped corpus when left out.")]


def train(
    corpus: Corpus = None,
    output: Annotated[Path, typer.Option(help="The folder of models.")] = Path("models"),
    make_default: Annotated[bool, typer.Option(help="Use this model from now on when none is named.")] = True,
) -> None:
    """Train a model on a labelled corpus and write it to OUTPUT/<version>/.

    The same corpus and rules give the same model, byte for byte on one machine.
    """
    from screener.bootstrap import shipped
    from screener.detect import load_detector
    from screener.train.publish import train_model

    folder = train_model(corpus or shipped("examples"), output, load_detector(), make_default=make_default, tell=say)
    print(f"Model:  {folder}")
    print("Next:   screener evaluate")


def evaluate(
    corpus: Corpus = None,
) -> None:
    """Measure how well training on this corpus works on authors and campaigns that were left out of it.

    The weakest slices come first; simple baselines are measured in the same run.
    """
    from screener.bootstrap import shipped
    from screener.detect import load_detector
    from screener.train.evaluate import evaluation

    for line in evaluation(corpus or shipped("examples"), load_detector(), tell=say):
        print(plain(line))
