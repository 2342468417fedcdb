"""`screener explain`: one text with its flags, what was silenced and why, its facts, and what its score is made of."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screener.cli.app import Exit, say, tell_notes, tell_refused
from screener.cli.folders import Config, RuleFolders, own_folders, settings_near

if TYPE_CHECKING:
    from screener.detect import Detector
    from screener.discover import Row
    from screener.records import Document
    from screener.score.model import Model
    from screener.settings import Settings

_STDIN = "-"
_STDIN_BYTES_MAX = 10 * 1024 * 1024
_IDS_NAMED = 5


def explain(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="TXT, HTML, JSONL or CSV; - for text on standard input.")
    ],
    row: Annotated[str | None, typer.Option("--id", help="The id of the row, in a file that holds several.")] = None,
    model: Annotated[Path | None, typer.Option(help="A model folder; that of the settings when left out.")] = None,
    rules: RuleFolders = None,
    config: Config = None,
) -> None:
    """Print one text with its flags, and why each was raised or not raised.

    Flags are underlined on a terminal and [[marked]]{1} elsewhere. Below stand what was silenced and by which words,
    disguises undone, facts, combinations, kind and scope with their cues, and the score's reasons, which add up.
    """
    from screener.cli.explanation import explanation_lines, score_lines

    document = _document(file, row)
    settings = settings_near(config)
    detector, scorer = _parts(model, own_folders(rules, settings), settings)
    explanation = detector.explained(document)
    kinds = detector.kind_reasons(document)
    for line in explanation_lines(explanation, kinds, detector.indicators, underline=os.isatty(1)):
        print(line)
    for line in score_lines(scorer.score(explanation.reading)) if scorer else ():
        print(line)
    refused = tell_refused(detector.refusals)
    raise typer.Exit(Exit.FAILED if scorer is None else Exit.PARTLY if refused else Exit.DONE)


def _parts(
    model: Path | None, folders: tuple[Path, ...], settings: "Settings | None"
) -> "tuple[Detector, Model | None]":
    """The detector and the model; a model that does not fit is told, and the text is explained without its score."""
    from screener.bootstrap import make_screener
    from screener.detect import load_detector
    from screener.errors import ModelError

    thresholds = (settings.alert_threshold, settings.review_threshold) if settings else (None, None)
    try:
        screener = make_screener(model or (settings.model_folder if settings else None), folders, thresholds)
    except ModelError as error:
        say(f"screener: there is no score: {error}")
        return load_detector(folders), None
    tell_notes(screener.notes)
    return screener.detector, screener.model


def _document(file: Path, wanted: str | None) -> "Document":
    """The document of a file. Raises SettingsError when it cannot be read, or holds several and none is named."""
    from screener.bootstrap import now
    from screener.errors import ExtractError, SettingsError
    from screener.extract import LanguageIdentifier, document_from_row

    row = _standard_input() if str(file) == _STDIN else _row(file, wanted)
    try:
        return document_from_row(row.values, identify=LanguageIdentifier(), now=now())
    except ExtractError as error:
        raise SettingsError(f"{file}: line {row.line_number}: {error.detail or error.reason.value}") from error


def _standard_input() -> "Row":
    from screener.discover import Row
    from screener.errors import SettingsError

    if os.isatty(0):
        say("screener: reading from the terminal; Ctrl-D ends the text")
    with open(0, "rb", closefd=False) as stream:
        content = stream.read(_STDIN_BYTES_MAX + 1)
    if len(content) > _STDIN_BYTES_MAX:
        raise SettingsError(f"standard input: has more than {_STDIN_BYTES_MAX} bytes")
    try:
        return Row(path="<stdin>", line_number=1, values={"id": "<stdin>", "text": content.decode("utf-8-sig")})
    except UnicodeDecodeError as error:
        raise SettingsError("standard input: is not UTF-8 text") from error


def _row(file: Path, wanted: str | None) -> "Row":
    """The row with the wanted id, or the only one."""
    from screener.cli.screens import rows_at
    from screener.discover import BadRow
    from screener.errors import SettingsError

    ids: list[str] = []
    first = None
    for row in rows_at([file]):
        if isinstance(row, BadRow):
            if wanted is None:
                raise SettingsError(f"{file}: line {row.line_number}: {row.detail}")
            continue
        ids.append(str(row.values.get("id")))
        first = first or row
        if ids[-1] == wanted:
            return row
        if wanted is None and len(ids) == _IDS_NAMED:
            break
    if wanted is None and first and len(ids) == 1:
        return first
    raise SettingsError(_none_chosen(file, wanted, ids))


def _none_chosen(file: Path, wanted: str | None, ids: list[str]) -> str:
    if not ids:
        return f"{file}: there is no text in it"
    some = ", ".join(repr(name) for name in ids[:_IDS_NAMED])
    if wanted is None:
        return f"{file}: holds several texts; name one with --id ({some} ...)"
    return f"{file}: there is no row with the id {wanted!r}; the first are {some}"
