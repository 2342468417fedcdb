from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from screener.records import FactKind, Kind
from screener.report.html import render
from screener.report.statements import value_in_words
from tests import factory

TEXT = factory.TEXT
PASSPORT = factory.flag(TEXT, "paspor dipegang agen")
PAY = factory.pay(TEXT, "gaji 15 juta", detail="2.3 times the usual maximum")
TOGETHER = factory.combination(
    factory.part(TEXT, "paspor dipegang agen"),
    factory.part(TEXT, "gaji 15 juta", of="fact:pay"),
    factory.part(TEXT, "admin", of="vague-job"),
)


def cards(*, selector: str = "article", **fields: Any) -> list[Tag]:
    made = {"flags": (PASSPORT,), "facts": (PAY,), "combinations": (TOGETHER,), **fields}
    page = render(factory.report([factory.finding(**made)]), prevalence=0.01, generated_at=factory.NOW)
    return list(BeautifulSoup(page, "lxml").select(selector))


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("P2Y", "2 years"),
        ("P1Y", "1 year"),
        ("P6M-P1Y", "6 months-1 year"),
        ("P0.5Y", "0.5 years"),
        ("P10D", "10 days"),
        ("SIP2MI 123456", "SIP2MI 123456"),
        ("18-35", "18-35"),
        ("PT Maju", "PT Maju"),
    ],
)
def test_durations_are_said_in_words_and_all_else_stays(value: str, shown: str) -> None:
    assert value_in_words(factory.fact(TEXT, "admin", value=value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("MYR 1700-2900 a month", "MYR 1,700-2,900 a month"),
        ("IDR 10000000 or more", "IDR 10,000,000 or more"),
        ("USD 900.50", "USD 900.50"),
        ("none", "none"),
        ("9" * 100, "9" * 100),
    ],
)
def test_amounts_are_grouped_by_thousands(value: str, shown: str) -> None:
    assert value_in_words(factory.pay(TEXT, "gaji", value=value)) == shown


def test_combinations_stand_before_flags_and_flags_before_what_is_stated() -> None:
    (card,) = cards()
    order = [str(tag["class"]) for tag in card.select(".together, .evidence, .statements")]
    assert order == ["['together', 'alert']", "['evidence']", "['statements']"]


def test_each_part_of_a_combination_is_quoted_and_leads_to_its_flag_or_fact() -> None:
    (card,) = cards()
    parts = card.select(".together li")
    assert [words(part) for part in parts] == [
        "“paspor dipegang agen” Passport or papers kept flag 1",
        "“gaji 15 juta” pay see below",
        "“admin” vague-job",
    ]
    targets = [str(link["href"])[1:] for link in card.select(".together a")]
    assert [target.split("-", 2)[2] for target in targets] == ["1", "fact-pay"]
    assert all(card.select(f"[id='{target}']") for target in targets)


@pytest.mark.parametrize(
    ("effect", "about", "shown"),
    [
        ("raises", "", "together enough for a look today"),
        ("cancels", "document-retention", "so this is not counted: Passport or papers kept"),
        ("lowers", "no-longer-known", "so this counts for little: no-longer-known"),
        ("notes", "", "a note that changes no score"),
        ("{about}", "x", "{about}"),
    ],
)
def test_the_effect_of_a_combination_is_said_in_words(effect: str, about: str, shown: str) -> None:
    (card,) = cards(combinations=(factory.combination(effect=effect, about=about),))
    assert words(card.select(".together h4")[0]) == f"High pay and kept papers · {shown}"


def test_every_kind_of_fact_has_a_line_and_what_is_missing_is_seen() -> None:
    (card,) = cards()
    lines = {words(row.select("th")[0]): row for row in card.select(".stated tbody tr")}
    assert list(lines) == [kind.value.capitalize() for kind in FactKind]
    assert words(lines["Pay"].select("td")[0]) == ("IDR 15,000,000 a month “gaji 15 juta” 2.3 times the usual maximum")
    assert [name for name, row in lines.items() if row.select(".missing")] == [name for name in lines if name != "Pay"]


def test_a_clear_ad_shows_what_it_states_and_leaves_the_rest_out() -> None:
    (table,) = cards(selector="#clear .stated > tbody", probability=0.1)
    assert [words(row.select("th")[0]) for row in table.select("tr")] == ["Pay"]


def test_a_raising_combination_comes_first_among_the_strongest_signs() -> None:
    (row,) = cards(selector="#worklist .stack tbody tr")
    assert "High pay and kept papers; Passport or papers kept" in words(row)


def test_a_testimony_is_called_one() -> None:
    (card,) = cards(selector="#other article", kind=Kind.TESTIMONY)
    assert "Kind testimony" in words(card)


def test_facts_of_one_kind_that_say_the_same_are_shown_once() -> None:
    (card,) = cards(facts=(PAY, PAY, factory.pay(TEXT, "15 juta")))
    assert len(card.select(".stated p")) == 2
