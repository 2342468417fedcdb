"""`screener model`: which models there are, whether they can be trusted, and which one is in use."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screener.cli import comparing
from screener.cli.app import Exit, plain, say
from screener.cli.modelfolders import Model, Models, folder_named, models_folder

if TYPE_CHECKING:
    from screener.score.manifest import Manifest

app = typer.Typer(help="List, check, compare and promote models.", no_args_is_help=True, rich_markup_mode=None)

_FIGURES = {"ap": "AP", "auc": "AUC", "alert_recall": "alert recall", "alert_false_alarms": "false alarms"}
_WIDTH = 14


@app.command("list")
def list_models(models: Models = None) -> None:
    """List the models: until when their texts were written, their figures, and whether their files are as they were.

    A star marks the one in use. Whether a model fits this program is told by `screener model verify`.
    """
    from screener.errors import ModelError
    from screener.score.registry import default_version, versions

    folder = models_folder(models)
    names = versions(folder)
    try:
        default = default_version(folder)
    except ModelError as error:
        say(f"screener: {error}")
        default = None
    width = max(map(len, [*names, "version"]))
    print(
        f"  {'version':{width}}  {'texts until':11}"
        + "".join(f"{told:>{_WIDTH}}" for told in _FIGURES.values())
        + "  files"
    )
    for name in names:
        print(plain(f"{'*' if name == default else ' '} {name:{width}}  {_row(folder / name)}"))
    if default not in names:
        print(plain(f"In use: {default or 'none'}{', which is not there' if default else ''}"))


def _row(folder: Path) -> str:
    """Date, figures and state of one model; a model that cannot be read has only the reason."""
    from screener.errors import ModelError
    from screener.score.archive import checked_files
    from screener.score.manifest import read_manifest

    try:
        manifest = read_manifest(folder)
    except ModelError as error:
        return str(error).splitlines()[0]
    try:
        checked_files(folder, manifest)
        state = "as trained"
    except ModelError as error:
        state = f"DAMAGED: {str(error).splitlines()[0]}"
    figures = (manifest.figures.get(name) for name in _FIGURES)
    told = "".join(f"{'-' if figure is None else f'{figure:.3f}':>{_WIDTH}}" for figure in figures)
    return f"{manifest.examples_until:11}{told}  {state}"


@app.command("show")
def show(model: Model = None, models: Models = None) -> None:
    """Show a model's card with its figures, its thresholds and what they were chosen for, and all digests."""
    from screener.score.manifest import CARD, read_manifest

    folder = folder_named(model, models)
    manifest = read_manifest(folder)
    print(plain(_text(folder / CARD)))
    for line in _lines(manifest):
        print(plain(line))


def _text(path: Path) -> str:
    from screener.score.archive import read_whole

    return read_whole(path).decode("utf-8", "backslashreplace").rstrip()


def _lines(manifest: "Manifest") -> Iterator[str]:
    """Thresholds, digests, versions and figures of a manifest."""
    yield ""
    yield f"format          {manifest.format_version}"
    yield f"alert from      {manifest.alert_threshold}  {manifest.alert_chosen_for}"
    yield f"review from     {manifest.review_threshold}  {manifest.review_chosen_for}"
    yield f"calibrated for  {manifest.prevalence} of texts to follow up"
    yield f"corpus          {manifest.corpus}  {manifest.corpus_examples} texts until {manifest.examples_until}"
    yield f"ruleset         {manifest.ruleset}"
    yield f"features        {manifest.features_digest or '-'}  {len(manifest.features)} features"
    yield f"code            {manifest.code_digest or '-'}  {manifest.code_version}"
    yield f"seal            {manifest.seal or '-'}"
    for name, digest in manifest.files.items():
        yield f"{name:15} {digest}"
    for name, version in manifest.libraries.items():
        yield f"{name:15} {version}"
    yield f"golden texts    {len(manifest.golden)}"
    for name, value in manifest.figures.items():
        yield f"{name:40} {value:.4f}"


@app.command("verify")
def verify(model: Model = None, models: Models = None) -> None:
    """Check all that a model must prove before it is used, and score its golden texts again; exit 1 when it fails.

    A library of another version than it was trained with is a warning.
    """
    from screener.detect import load_detector
    from screener.train.verification import verify as checks

    folder = folder_named(model, models)
    failed = False
    for check in checks(folder, load_detector()):
        print(plain(f"{check.outcome:4}  {check.told}"))
        failed = failed or check.outcome == "FAIL"
    print(plain(f"{folder}: {'does NOT verify' if failed else 'verifies'}"))
    raise typer.Exit(Exit.FAILED if failed else Exit.DONE)


@app.command("promote")
def promote(
    model: Annotated[str, typer.Argument(metavar="M", help="The version of the model, as `model list` names it.")],
    override: Annotated[
        str | None, typer.Option(metavar="REASON", help="Why it should be used although it is below a floor; recorded.")
    ] = None,
    models: Models = None,
) -> None:
    """Use a model from now on when none is named; only one that verifies and is above the floors of corpus/floors.json.

    With --override a model below them is used all the same; the reason is written into models/HISTORY.jsonl.
    """
    from screener.bootstrap import now
    from screener.detect import load_detector
    from screener.places import shipped
    from screener.train.promotion import promote as bring_into_use
    from screener.train.promotion import read_floors, weigh

    floors = read_floors(shipped("floors.json"))
    weighed = weigh(folder_named(model, models), load_detector(), floors, time.process_time)
    change = bring_into_use(models_folder(models), weighed, override, now())
    print(
        plain(f"In use: {change.after}, before: {change.before or 'none'}" if change else f"{model} is in use already")
    )
    for one in weighed.shortfalls if change else ():
        print(plain(f"Below a floor: {one}"))


@app.command("rollback")
def rollback(models: Models = None) -> None:
    """Use the model again that was in use before this one."""
    from screener.bootstrap import now
    from screener.detect import load_detector
    from screener.train.promotion import previous
    from screener.train.promotion import rollback as go_back

    folder = models_folder(models)
    say(f"going back to {previous(folder).name}")  # says at once when there is none: rules take seconds to load
    change = go_back(folder, load_detector(), now())
    print(plain(f"In use: {change.after}, before: {change.before}"))


app.command("compare")(comparing.compare)
