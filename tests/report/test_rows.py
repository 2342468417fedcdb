import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from screener.records import FactKind, Money
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
    "title_flags",
    "facts",
    "combinations",
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


def test_a_sign_in_the_title_is_kept_apart_so_that_offsets_of_flags_are_in_the_text() -> None:
    in_title = replace(factory.flag(factory.TEXT, "gaji 15 juta"), field="title")
    row = as_row(factory.finding(flags=(factory.flag(factory.TEXT, "gaji 15 juta"), in_title)))
    assert (
        [flag["field"] for flag in _listed(row["flags"])],
        [flag["field"] for flag in _listed(row["title_flags"])],
    ) == (
        ["text"],
        ["title"],
    )


def _listed(flags: object) -> list[dict[str, Any]]:
    assert isinstance(flags, list)
    return flags


def _row(**fields: object) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(json.dumps(as_row(factory.finding(**fields)), allow_nan=False))  # type: ignore[arg-type]
    return row


def test_every_kind_of_fact_is_a_key_in_order_and_none_is_left_out() -> None:
    facts = _row()["facts"]
    assert list(facts) == [kind.value for kind in FactKind]
    assert set(facts.values()) == {"not stated"}


def test_a_fact_has_its_words_and_its_amount_as_decimal_text() -> None:
    (pay,) = _row(facts=(factory.pay(factory.TEXT, "gaji 15 juta", detail="above"),))["facts"]["pay"]
    assert factory.TEXT[pay["start"] : pay["end"]] == pay["quote"] == "gaji 15 juta"
    assert (pay["value"], pay["field"], pay["detail"]) == ("IDR 15000000 a month", "text", "above")
    assert pay["money"] == {"minimum": "15000000", "maximum": "15000000", "currency": "IDR", "period": "month"}


@pytest.mark.parametrize("maximum", [None, Decimal("1E+999999"), Decimal("Infinity")], ids=str)
def test_any_amount_is_valid_json(maximum: Decimal | None) -> None:
    money = Money(minimum=None, maximum=maximum, currency="IDR", period="month", quote="")
    (pay,) = _row(facts=(factory.pay(factory.TEXT, "gaji", money=money),))["facts"]["pay"]
    assert pay["money"]["maximum"] == (None if maximum is None else str(maximum))


def test_a_fact_without_an_amount_has_no_key_for_it() -> None:
    (place,) = _row(facts=(factory.fact(factory.TEXT, "agen"),))["facts"]["destination"]
    assert list(place) == ["value", "quote", "start", "end", "field", "detail"]


def test_a_combination_quotes_each_of_its_parts() -> None:
    parts = (factory.part(factory.TEXT, "paspor"), factory.part(factory.TEXT, "gaji", of="fact:pay"))
    (together,) = _row(combinations=(factory.combination(*parts),))["combinations"]
    assert list(together) == ["key", "title", "effect", "severity", "parts"]
    assert [part["of"] for part in together["parts"]] == ["document-retention", "fact:pay"]
    assert [factory.TEXT[part["start"] : part["end"]] for part in together["parts"]] == ["paspor", "gaji"]
    assert list(together["parts"][0]) == ["of", "quote", "start", "end", "field"]


def test_an_input_row_keeps_its_own_id() -> None:
    assert as_row(factory.finding(factory.document(id="a-002")))["id"] == "a-002"
