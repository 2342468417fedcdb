"""`screener train` and `screener evaluate`: for researchers."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screener.cli.app import plain, say

if TYPE_CHECKING:
    from screener.detect import Detector

Corpus = Annotated[Path | None, typer.Option(help="A folder of JSONL files, or one; the shipped corpus when left out.")]


def train(
    corpus: Corpus = None,
    output: Annotated[Path, typer.Option(help="The folder of models.")] = Path("models"),
    make_default: Annotated[bool, typer.Option(help="Use this model from now on when none is named.")] = True,
    evaluation: Annotated[
        bool, typer.Option(help="Write evaluation.html into the model folder; takes some minutes.")
    ] = True,
) -> None:
    """Train a model on a labelled corpus and write it to OUTPUT/<version>/.

    The same corpus and rules give the same model, byte for byte on one machine. It becomes the one in use when it is
    above the floors of corpus/floors.json; otherwise it is kept, and the one in use stays.
    """
    from screener.cli.measuring import evaluation_pages
    from screener.detect import load_detector
    from screener.places import shipped
    from screener.train.publish import no_pages, train_model

    detector = load_detector()
    pages = evaluation_pages(detector) if evaluation else no_pages
    folder = train_model(corpus or shipped("examples"), output, detector, tell=say, pages=pages)
    print(plain(f"Model:  {folder}"))
    if make_default:
        promote_or_keep(folder, detector)
    print("Next:   screener evaluate")


def promote_or_keep(folder: Path, detector: "Detector") -> None:
    """Use the model from now on if it is above the floors, and say which one is in use either way."""
    from screener.bootstrap import now
    from screener.places import shipped
    from screener.score.registry import default_version
    from screener.train.promotion import promote, read_floors, weigh

    weighed = weigh(folder, detector, read_floors(shipped("floors.json")), time.process_time)
    if weighed.shortfalls:
        say(f"{folder.name} is kept, but it is not used: it is below the floors of corpus/floors.json")
        for one in weighed.shortfalls:
            say(f"  {one}")
        say(f"to use it all the same: screener model promote {folder.name} --models {folder.parent} --override REASON")
    else:
        promote(folder.parent, weighed, None, now())
    print(plain(f"In use: {default_version(folder.parent) or 'no model'} in {folder.parent}"))
    if folder.parent.resolve() != shipped("models").resolve():
        say(f"other commands read {shipped('models')}: name this model to them with --model {folder}")


def evaluate(  # noqa: PLR0913, PLR0917  typer reads an option off each argument
    corpus: Corpus = None,
    output: Annotated[Path | None, typer.Option(help="Write the page with plots, such as evaluation.html.")] = None,
    json: Annotated[Path | None, typer.Option(help="Write all figures as JSON.")] = None,
    model: Annotated[
        str | None, typer.Option(help="With --data: a version or model folder; the one in use when left out.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="Labelled texts, JSONL or CSV, to measure a finished model on.")
    ] = None,
    disguises: Annotated[bool, typer.Option(help="Read a sample disguised in every way as well.")] = True,
) -> None:
    """Measure how well training works on what was left out of it, or how well a finished model does on labelled DATA.

    Authors, moduses, campaigns and later texts are left out, never texts at random. The weakest slices come first;
    simple baselines are measured in the same run.
    """
    from screener.cli.measuring import check_places, evaluated, measured, write
    from screener.errors import SettingsError
    from screener.places import shipped

    if (data is None and model is not None) or (data is not None and corpus is not None):
        raise SettingsError("--model goes with --data FILE, the labelled texts to measure it on, and not with --corpus")
    check_places(output, json)
    started = time.monotonic()
    done = evaluated(corpus or shipped("examples"), disguises=disguises) if data is None else measured(model, data)

    from screener.train.evaluation import as_json
    from screener.train.evaluationlines import lines

    for line in lines(done):
        print(plain(line))
    if output is not None:
        from screener.train.evaluationpage import page

        write(page(done), output)
        print(plain(f"Page:   {output}"))
    if json is not None:
        write(as_json(done), json)
        print(plain(f"JSON:   {json}"))
    say(f"done in {time.monotonic() - started:.0f} seconds")
