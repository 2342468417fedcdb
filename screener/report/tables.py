"""The findings as tables: CSV for a spreadsheet, where no cell is ever a formula, and JSONL for programs."""

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO

from screener.records import NOT_STATED, Combination, Fact, FactKind, Finding, Flag, Polarity, Report
from screener.report.build import order_flags
from screener.report.rows import as_report_row
from screener.report.shown import Shown
from screener.report.statements import value_in_words
from screener.report.visible import show

CELL_MAX = 32_000
# OWASP "CSV Injection", and full-width twins. A formula may also begin after a separator, when a spreadsheet
# reads the file with another one; a run of separators is taken whole, so that a long one costs linear time.
_CELL_START = re.compile(r"(?:\A|[;,\n])[\s;,\"'`]*+(?P<trigger>[=+\-@|%＝＋－＠﹢﹣﹦﹫−])?")
_STATED = (
    FactKind.JOB,
    FactKind.DESTINATION,
    FactKind.EMPLOYER,
    FactKind.AGENCY,
    FactKind.LICENCE,
    FactKind.PAY,
    FactKind.COST,
)
COLUMNS = (
    "id",
    "new",
    "band",
    "probability",
    "kind",
    "scope",
    "language",
    "published",
    "source",
    "title",
    "url",
    *(kind.value for kind in _STATED),
    "combinations",
    "flags",
    "claims_to_check",
    "reasons",
    "contacts_masked",
    "model",
    "ruleset",
    "text",
)


def csv_lines(report: Report, *, masked: bool = True) -> Iterator[str]:
    """The lines of findings.csv: a BOM so that spreadsheets read UTF-8, a header, and one row a finding."""
    yield "\ufeff" + _line(COLUMNS)
    for finding in report.findings:
        yield _line(_cells(finding, is_new=finding.id in report.new, masked=masked))


def jsonl_lines(report: Report) -> Iterator[str]:
    """The lines of findings.jsonl in plain ASCII, one whole object for each finding.

    Raises ValueError for a score that is not a number, which JSON cannot carry.
    """
    for finding in report.findings:
        row = as_report_row(finding, new=finding.id in report.new)
        yield json.dumps(row, ensure_ascii=True, allow_nan=False, default=str) + "\n"


def safe_cell(text: str) -> str:
    """The text as a cell that stays text: no formula, hidden characters shown, 32,000 characters at most."""
    cell = _CELL_START.sub(_disarm, show(text).replace("\t", " "))
    return _cut("'" + cell if cell.startswith("\n") else cell)


def _disarm(match: re.Match[str]) -> str:
    return f"{match[0][:-1]}'{match['trigger']}" if match["trigger"] else match[0]


def _cut(cell: str) -> str:
    if len(cell) <= CELL_MAX:
        return cell
    mark = f" … [cut here: {len(cell):,} characters; whole in findings.jsonl]"
    return cell[: CELL_MAX - len(mark)] + mark


def _cells(finding: Finding, *, is_new: bool, masked: bool) -> tuple[str, ...]:
    document, shown = finding.document, Shown(finding.document, masked=masked)
    cells = (
        finding.id,
        "yes" if is_new else "no",
        finding.score.band.value,
        f"{finding.score.probability:.3f}",
        finding.kind.value,
        finding.scope.value,
        document.language,
        document.published.date().isoformat() if document.published else NOT_STATED,
        document.source,
        shown.title,
        shown.url,
        *(_join_facts(finding, shown, kind) for kind in _STATED),
        "; ".join(_combination(combination, shown) for combination in finding.combinations),
        _join_flags(finding, shown, Polarity.RISK),
        _join_flags(finding, shown, Polarity.PROTECTIVE),
        "; ".join(f"{shown.plain(reason.feature)} {reason.contribution:+.2f}" for reason in finding.score.reasons[:8]),
        "; ".join(f"{contact.kind}: {shown.contact(contact)}" for contact in document.contacts),
        finding.score.model,
        finding.ruleset,
        shown.text,
    )
    return tuple(map(safe_cell, cells))


def _join_facts(finding: Finding, shown: Shown, kind: FactKind) -> str:
    told = (_fact(fact, shown) for fact in finding.facts if fact.kind is kind)
    return "; ".join(dict.fromkeys(told)) or NOT_STATED


def _fact(fact: Fact, shown: Shown) -> str:
    detail = f" ({shown.plain(fact.detail)})" if fact.detail else ""
    return f"{shown.plain(value_in_words(fact))} “{shown.quote(fact)}”{detail}"


def _combination(combination: Combination, shown: Shown) -> str:
    parts = " + ".join(f"“{shown.quote(part)}”" for part in combination.parts)
    return f"{shown.plain(combination.title)} ({combination.effect}): {parts}"


def _join_flags(finding: Finding, shown: Shown, polarity: Polarity) -> str:
    flags = order_flags(flag for flag in finding.flags if flag.polarity is polarity)
    return "; ".join(_flag(flag, shown) for flag in flags)


def _flag(flag: Flag, shown: Shown) -> str:
    return f"{flag.indicator} ({flag.severity}): “{shown.quote(flag)}”"


def _line(cells: tuple[str, ...]) -> str:
    buffer = StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerow(cells)
    return buffer.getvalue()
