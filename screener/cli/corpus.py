"""`screener corpus`: for those who write and label texts; `corpus check` and `corpus agreement`."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screener.cli.app import Exit, plain, say

if TYPE_CHECKING:
    from screener.train.agreement import Agreement
    from screener.train.audit import CueFigure, Giveaway
    from screener.train.balance import Table
    from screener.train.check import Checked

_WORDS_SHOWN = 20
_WARNINGS_SHOWN = 60

app = typer.Typer(help="Check a corpus of labelled texts.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def corpus() -> None:
    """Check a corpus of labelled texts."""


@app.command("check")
def check(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[FOLDER]", help="A folder of JSONL or CSV files, or one; the shipped corpus if none."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail for warnings and cues outside the goal too.")] = False,
) -> None:
    """Tell what is wrong with a corpus, what it gives away, and how its texts are spread.

    Rows that do not fit, ids used twice, flags whose quote is not in the text and (near-)duplicates in two groups are
    named with file and line, and the exit code is 1. Shared sentences and contacts, cues that tell the labels apart
    alone, and words that tell their author are warnings.
    """
    from screener.places import shipped
    from screener.train.check import check_corpus

    checked = check_corpus(folder or shipped("examples"), tell=say)
    for line in _lines(checked):
        print(plain(line))
    outside = sum(cue.outside for cue in checked.cues)
    print(
        f"Examples: {checked.examples}, groups: {checked.groups}; problems: {len(checked.problems)}, "
        f"warnings: {len(checked.warnings)}, cues outside the goal: {outside}"
    )
    failed = checked.problems or (strict and (checked.warnings or outside))
    raise typer.Exit(Exit.FAILED if failed else Exit.DONE)


@app.command("agreement")
def agreement(
    second: Annotated[
        Path | None, typer.Argument(metavar="[SECOND]", help="A JSONL file of second labels; the shipped one if none.")
    ] = None,
    corpus: Annotated[Path | None, typer.Option(help="The labelled corpus; the shipped one when left out.")] = None,
) -> None:
    """Tell how far a second labeller, who saw no label, agrees with the corpus.

    Cohen's kappa of each field, and of each indicator the marks that both made, the least agreed upon first.
    """
    from screener.detect import load_detector
    from screener.places import shipped
    from screener.train.agreement import agreement, read_second
    from screener.train.corpus import read_corpus

    rows = read_second(second or shipped("second") / "labels.jsonl")
    examples = read_corpus(corpus or shipped("examples"), load_detector().indicators, groups_min=0).examples
    for line in _agreement(agreement(examples, rows)):
        print(plain(line))


def _agreement(found: "Agreement") -> Iterator[str]:
    yield f"Texts labelled twice: {found.texts}"
    yield ""
    yield f"{'':12}{'alike':>8}{'kappa':>8}"
    for field in found.fields:
        kappa = "-" if field.kappa is None else f"{field.kappa:.3f}"
        yield f"{field.field:12}{field.share:8.3f}{kappa:>8}"
    yield ""
    yield "Marks of risk on words in common, the least agreed upon first"
    yield f"{'indicator':28}{'first':>7}{'met':>7}{'second':>8}{'met':>7}"
    for one in found.indicators:
        yield f"{one.indicator:28}{one.first:7}{one.first_met:7}{one.second:8}{one.second_met:7}"
    first, second = sum(one.first for one in found.indicators), sum(one.second for one in found.indicators)
    met, met_second = sum(one.first_met for one in found.indicators), sum(one.second_met for one in found.indicators)
    yield f"{'all':28}{first:7}{met:7}{second:8}{met_second:7}"


def _lines(checked: "Checked") -> Iterator[str]:
    for table in checked.tables:
        yield from _table(table)
    yield from _words(checked.giveaways)
    yield from _cues(checked.cues)
    yield from _listed("Warnings", checked.warnings, _WARNINGS_SHOWN)
    yield from _listed("Notes", checked.notes, len(checked.notes))
    yield from _listed("Problems", checked.problems, len(checked.problems))
    yield ""


def _table(table: "Table") -> Iterator[str]:
    yield ""
    yield f"{table.field:24}{'texts':>8}{'groups':>8}" + "".join(f"{label:>12}" for label in table.labels)
    for value, groups, counts in table.rows:
        yield f"{value[:22]:24}{sum(counts):8}{groups:8}" + "".join(f"{count:12}" for count in counts)


def _cues(cues: "Sequence[CueFigure]") -> Iterator[str]:
    from screener.train.audit import AUC_GOAL

    if not cues:
        return
    yield ""
    goal = f"goal {AUC_GOAL[0]} to {AUC_GOAL[1]}"
    yield f"Cues: ROC-AUC of each alone, ads to follow up against ordinary ones, {goal}, worst first"
    yield f"{'':10}{'AUC':>6}{'follow up':>12}{'ordinary':>12}  cue (mean in each)"
    for cue in cues:
        mark = "OUTSIDE" if cue.outside else ""
        yield f"{mark:10}{cue.auc:6.2f}{cue.in_follow_up:12.2f}{cue.in_ordinary:12.2f}  {cue.name}"


def _words(found: "Sequence[Giveaway]") -> Iterator[str]:
    if not found:
        return
    yield ""
    yield f"Words that tell their author ({len(found)} in all), worst first: z-score, author, texts of theirs of all"
    for one in found[:_WORDS_SHOWN]:
        yield f"{one.score:8.1f}  {one.author[:20]:20} {one.own_texts:4} of {one.texts:<4} {one.word}"


def _listed(heading: str, lines: Sequence[str], shown: int) -> Iterator[str]:
    if lines:
        yield ""
        yield f"{heading} ({len(lines)})"
        yield from (f"  {line}" for line in lines[:shown])
        if len(lines) > shown:
            yield f"  and {len(lines) - shown} more"
