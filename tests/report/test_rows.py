import json

from screener.report.rows import as_row
from tests import factory

CONTRACT = [
    "id",
    "kind",
    "scope",
    "language",
    "probability",
    "band",
    "flags",
    "reasons",
    "contacts",
    "model",
    "ruleset",
]


def test_a_row_has_the_keys_of_the_contract_in_order() -> None:
    assert list(as_row(factory.finding())) == CONTRACT


def test_a_row_survives_json() -> None:
    flag = factory.flag(factory.TEXT, "paspor dipegang agen")
    row = as_row(factory.finding(flags=(flag,)))
    assert json.loads(json.dumps(row)) == row
    assert row["reasons"] == [{"feature": "flag:document-retention", "value": 1.0, "contribution": 2.1}]


def test_the_offsets_of_a_flag_point_at_its_quote() -> None:
    row = json.loads(json.dumps(as_row(factory.finding(flags=(factory.flag(factory.TEXT, "gaji 15 juta"),)))))
    flag = row["flags"][0]
    assert factory.TEXT[flag["start"] : flag["end"]] == flag["quote"] == "gaji 15 juta"


def test_an_input_row_keeps_its_own_id() -> None:
    assert as_row(factory.finding(factory.document(id="a-002")))["id"] == "a-002"
