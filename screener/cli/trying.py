"""`screener rules try`: rules of one's own on the texts of a file, before they count."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from screener.cli.app import Exit, plain, say, tell_refused
from screener.cli.folders import Config, RuleFolders, own_folders, settings_near

if TYPE_CHECKING:
    from screener.detect import Detector, Rule
    from screener.detect.ruletrial import Firing
    from screener.records import Document

_AROUND = 40


def try_rules(  # noqa: PLR0913, PLR0917  typer reads an option off each argument
    file: Annotated[
        Path, typer.Argument(help="JSONL, CSV, TXT or HTML, or a folder of them; - for JSONL on standard input.")
    ],
    rules: RuleFolders = None,
    rule: Annotated[list[str] | None, typer.Option(help="Only the rule of this name; may be given again.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where every hit goes, as JSONL; - for standard output.")
    ] = None,
    quotes: Annotated[int, typer.Option(min=0, help="How many quotes to show of each rule.")] = 3,
    config: Config = None,
) -> None:
    """Apply your rules to the texts of a file: where each fires, and what it flags that the shipped rules do not.

    Without --rules these are the rules of the data folder and of the settings; a shipped rule can be named with
    --rule. A rule that fires may still raise no flag, as in a text that is no ad: the reason is told.
    """
    from screener.detect import load_detector

    shipped = load_detector()
    detector = shipped.with_rules(own_folders(rules, settings_near(config)))
    refused = tell_refused(detector.refusals)
    trial = _Trial(_chosen(rule, detector), quotes)
    with _opened(output) as out:
        for document in trial.documents(file):
            trial.take(document, detector, shipped, out)
    tell = say if str(output) == "-" else _print
    for line in trial.told():
        tell(line)
    raise typer.Exit(Exit.PARTLY if refused or trial.counts["bad rows"] else Exit.DONE)


def _print(line: str) -> None:
    print(plain(line))


def _chosen(names: list[str] | None, detector: "Detector") -> "Sequence[Rule]":
    from screener.errors import SettingsError

    if not names and not detector.own_rules:
        raise SettingsError("there is no rule of your own to try: name a folder with --rules, or a rule with --rule")
    known = {rule.name: rule for rule in detector.rules}
    unknown = [name for name in names or () if name not in known]
    if unknown:
        raise SettingsError(f"--rule {unknown[0]}: there is no such rule{_nearest(unknown[0], list(known))}")
    return [known[name] for name in dict.fromkeys(names)] if names else detector.own_rules


def _nearest(name: str, known: list[str]) -> str:
    import difflib

    close = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _opened(path: Path | None) -> "AbstractContextManager[TextIO | None]":
    from screener.cli.screens import opened

    return opened(path) if path else nullcontext(None)


class _Trial:
    """What rules did on the texts so far; keeps counts and a few quotes, so that memory does not grow."""

    def __init__(self, rules: "Sequence[Rule]", quotes: int) -> None:
        self._rules = rules
        self._quotes = quotes
        self._texts: dict[str, Counter[str]] = {rule.name: Counter() for rule in rules}
        self._heard: dict[str, list[str]] = {rule.name: [] for rule in rules}
        self._unheard: dict[str, list[str]] = {rule.name: [] for rule in rules}
        self.counts: Counter[str] = Counter()

    def documents(self, file: Path) -> "Iterator[Document]":
        """The documents of a file; a row that is none is named and counted."""
        from screener.bootstrap import now
        from screener.cli.screens import rows_at
        from screener.discover import BadRow
        from screener.errors import ExtractError
        from screener.extract import LanguageIdentifier, document_from_row

        identify = LanguageIdentifier()
        for row in rows_at([file]):
            try:
                if isinstance(row, BadRow):
                    self._bad(row.path, row.line_number, row.detail)
                else:
                    yield document_from_row(row.values, identify=identify, now=now())
            except ExtractError as error:
                self._bad(row.path, row.line_number, error.detail or error.reason.value)

    def _bad(self, path: str, line: int, detail: str) -> None:
        self.counts["bad rows"] += 1
        say(f"{path}: line {line}: {detail}")

    def take(self, document: "Document", detector: "Detector", shipped: "Detector", out: TextIO | None) -> None:
        """Try the rules on one document."""
        from screener.detect.ruletrial import firings

        found = firings(document, self._rules, detector, shipped)
        self.counts["texts"] += 1
        self.counts["with a new flag"] += any(firing.is_new for firing in found)
        for name in {firing.rule.name for firing in found}:
            self._count(document, [firing for firing in found if firing.rule.name == name])
        if out:
            out.writelines(json.dumps(_row(document, firing), ensure_ascii=False) + "\n" for firing in found)

    def _count(self, document: "Document", found: "list[Firing]") -> None:
        name, heard = found[0].rule.name, [firing for firing in found if not firing.unheard]
        self._texts[name].update(fires=1, raises=int(bool(heard)), new=int(any(firing.is_new for firing in found)))
        kept = self._heard[name] if heard else self._unheard[name]
        kept += [_quote(document, firing) for firing in (heard or found)[: self._quotes - len(kept)]]

    def told(self) -> Iterator[str]:
        """The outcome for the user, the rule that fires most often first."""
        for rule in sorted(self._rules, key=lambda rule: (-self._texts[rule.name]["fires"], rule.name)):
            count = self._texts[rule.name]
            yield f"{rule.name} ({rule.path.name}, line {rule.line}; indicator {rule.indicator})"
            raised = f"raises a flag in: {count['raises']}, a new one in: {count['new']}"
            yield f"  fires in texts: {count['fires']}, {raised}"
            quotes = [*self._heard[rule.name], *self._unheard[rule.name]]
            yield from (f"  {quote}" for quote in quotes[: self._quotes])
        bad = f", bad rows left out: {self.counts['bad rows']}" if self.counts["bad rows"] else ""
        yield f"Texts: {self.counts['texts']}{bad}; with a new flag: {self.counts['with a new flag']}"


def _quote(document: "Document", firing: "Firing") -> str:
    text = document.title if firing.field == "title" else document.text
    start, end = firing.span.start, firing.span.end
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    line = " ".join(f"{before}[[{firing.quote}]]{after}".split())
    unheard = f" (no flag: {firing.unheard})" if firing.unheard else ""
    return f"- {document.id}: {line}{unheard}{' (new)' if firing.is_new else ''}"


def _row(document: "Document", firing: "Firing") -> dict[str, object]:
    return {
        "id": document.id,
        "rule": firing.rule.name,
        "indicator": firing.rule.indicator,
        "field": firing.field,
        "start": firing.span.start,
        "end": firing.span.end,
        "quote": firing.quote,
        "raised": not firing.unheard,
        "why_not": firing.unheard,
        "new": firing.is_new,
    }
