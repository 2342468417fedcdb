import csv
import json
import re
import time
from collections.abc import Callable
from dataclasses import replace
from io import StringIO

import pytest

from screener.records import FactKind, Report
from screener.report.rows import as_row
from screener.report.tables import CELL_MAX, COLUMNS, csv_lines, jsonl_lines, safe_cell
from tests import factory

from .hostile import FIELDS, XSS, base

_LEADS = ("", " ", "\t", "\r", "\x00", '"')
_FORMULAS = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-1+1",
    "@SUM(A1)",
    "＝1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "%0A=1",
    "|calc",
)
TRIGGERS = tuple(lead + formula for lead in _LEADS for formula in _FORMULAS)
_STARTS_FORMULA = re.compile(r"[\s\"\ufeff\x00]*[=+\-@|%＝＋－＠]|[\t\r\n\x00]")
_OF_A_FINDING = {
    name: put
    for name, put in FIELDS.items()
    if name.startswith(("document", "flag", "fact", "comb", "part", "cont", "sc", "fi"))
}


def rows(report: Report, delimiter: str = ",") -> list[list[str]]:
    text = "".join(csv_lines(report)).removeprefix("\ufeff")
    return list(csv.reader(StringIO(text), delimiter=delimiter))


@pytest.mark.parametrize("put", _OF_A_FINDING.values(), ids=_OF_A_FINDING.keys())
def test_no_cell_is_a_formula_whatever_a_field_holds(put: Callable[[Report, str], Report]) -> None:
    for trigger in TRIGGERS:
        cells = [cell for row in rows(put(base(), trigger)) for cell in row]
        assert [cell for cell in cells if _STARTS_FORMULA.match(cell)] == [], trigger


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_no_cell_is_a_formula_where_semicolons_separate(trigger: str) -> None:
    made = FIELDS["document.title"](base(), f"a;{trigger}\n;{trigger}")
    cells = [cell for row in rows(made, ";") for cell in row[1:]]
    assert [cell for cell in cells if _STARTS_FORMULA.match(cell)] == []


@pytest.mark.parametrize("text", ["Gaji 5 - 7 juta", "a=b", "x@y.test", "tes; ok", "", "C++"])
def test_an_ordinary_cell_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


@pytest.mark.parametrize(("length", "is_cut"), [(CELL_MAX - 1, False), (CELL_MAX, False), (CELL_MAX + 1, True)])
def test_a_cell_is_cut_at_32000_with_a_mark(length: int, is_cut: bool) -> None:
    cell = safe_cell("a" * length)
    assert len(cell) == min(length, CELL_MAX)
    assert ("cut here" in cell) is is_cut


@pytest.mark.parametrize("unit", ["\n", ";", " ", '"', "=", "\u200b"])
def test_a_long_cell_takes_linear_time(unit: str) -> None:
    start = time.process_time()
    safe_cell(unit * 100_000)
    assert time.process_time() - start < 20


def test_each_finding_has_one_row_and_every_row_every_column() -> None:
    made = rows(base())
    assert made[0] == list(COLUMNS)
    assert [len(row) for row in made] == [len(COLUMNS)] * 4


def test_the_file_begins_with_a_byte_order_mark_for_spreadsheets() -> None:
    assert "".join(csv_lines(base())).encode().startswith(b"\xef\xbb\xbf")


def test_contacts_are_starred_in_every_column() -> None:
    doc = factory.document(contacts=(factory.contact(factory.TEXT, "0812-0000-7890"),))
    found = factory.finding(doc, flags=(factory.flag(factory.TEXT, "WA 0812-0000-7890"),))
    row = dict(zip(COLUMNS, rows(factory.report([found]))[1], strict=True))
    assert row["contacts_masked"] == "whatsapp: +6281*****7890"
    assert "0812-****-7890" in row["text"]
    assert not re.search("0000-?7890", "".join(row.values()))


@pytest.mark.parametrize("payload", [*XSS, *TRIGGERS[:20], "\u2028", "a\nb", "x" * 40_000])
def test_jsonl_gives_every_value_back_whole(payload: str) -> None:
    made = FIELDS["document.title"](FIELDS["document.text"](base(), payload), payload)
    lines = "".join(jsonl_lines(made))
    assert lines.isascii()
    assert len(lines.splitlines()) == len(made.findings)
    back = [json.loads(line) for line in lines.splitlines()]
    assert {row["title"] for row in back} == {payload}
    assert {row["text"] for row in back} == {"x" + payload}


def test_a_jsonl_row_is_the_contract_with_its_document() -> None:
    row = json.loads(next(jsonl_lines(base())))
    assert list(row)[:3] == ["id", "url", "title"]
    assert set(row) == set(as_row(base().findings[0])) | {
        "url",
        "title",
        "new",
        "published",
        "source",
        "text",
    }
    assert row["published"] == "2026-03-01T00:00:00+00:00"
    assert set(row["flags"][0]) == {
        "indicator",
        "severity",
        "polarity",
        "start",
        "end",
        "quote",
        "field",
        "rule",
    }


def test_contacts_are_whole_in_jsonl() -> None:
    doc = factory.document(contacts=(factory.contact(factory.TEXT, "0812-0000-7890"),))
    row = json.loads(next(jsonl_lines(factory.report([factory.finding(doc)]))))
    assert row["contacts"][0]["value"] == "+6281200007890"
    assert row["text"][row["contacts"][0]["start"] : row["contacts"][0]["end"]] == "0812-0000-7890"


_STATED = ["job", "destination", "employer", "agency", "licence", "pay", "cost"]


def test_what_an_ad_states_has_columns_of_its_own() -> None:
    facts = (
        factory.pay(factory.TEXT, "gaji 15 juta", detail="2.3 times the usual maximum"),
        factory.fact(factory.TEXT, "admin", kind=FactKind.JOB, value="admin"),
    )
    row = dict(zip(COLUMNS, rows(factory.report([factory.finding(facts=facts)]))[1], strict=True))
    assert row["pay"] == "IDR 15,000,000 a month “gaji 15 juta” (2.3 times the usual maximum)"
    assert row["job"] == "admin “admin”"
    assert {row[name] for name in _STATED if name not in {"pay", "job"}} == {"not stated"}


def test_combinations_are_named_with_their_words() -> None:
    parts = (factory.part(factory.TEXT, "gaji 15 juta"), factory.part(factory.TEXT, "paspor dipegang agen"))
    found = factory.finding(combinations=(factory.combination(*parts),))
    row = dict(zip(COLUMNS, rows(factory.report([found]))[1], strict=True))
    assert row["combinations"] == "High pay and kept papers (raises): “gaji 15 juta” + “paspor dipegang agen”"


def test_contacts_in_facts_and_combinations_are_starred() -> None:
    doc = factory.document(contacts=(factory.contact(factory.TEXT, "0812-0000-7890"),))
    words = "WA 0812-0000-7890"
    fact = factory.fact(factory.TEXT, words, kind=FactKind.AGENCY, value=words, detail=words)
    together = factory.combination(factory.part(factory.TEXT, words), title=words)
    row = rows(factory.report([factory.finding(doc, facts=(fact,), combinations=(together,))]))[1]
    assert not re.search("0000-?7890", "".join(row))


def test_what_is_new_is_said_in_both_tables() -> None:
    made = replace(base(), new=frozenset({base().findings[0].id}))
    assert [json.loads(line)["new"] for line in jsonl_lines(made)] == [True, False, False]
    assert [row[1] for row in rows(made)] == ["new", "yes", "no", "no"]


def test_a_score_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        list(jsonl_lines(factory.report([factory.finding(probability=float("nan"))])))
