"""Other facts: pay within 30 percent in the same format, places of the same group, contacts of the same kind."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.detect import Detector
from screener.detect import gazetteer as gazetteer_module
from screener.detect.gazetteer import load_gazetteer
from screener.records import Example, FactKind
from screener.train.corpus import document_of
from screener.train.swapping import PAY_CHANGE_MAX, load_countries, scaled, with_other_facts
from tests.train.factory import drawn, example

NUMBERS = ["15", "1.400", "12,5", "6.000.000", "1,700", "900", "27", "1.4", "29.500", "8"]


def changed(one: Example, detector: Detector, seed: int) -> Example:
    return with_other_facts(one, detector.read(document_of(one)), drawn(seed))


def told(text: str, **fields: Any) -> Example:
    return replace(example(1, text=text), **fields)


def value(number: str) -> int:
    return int(re.sub(r"\D", "", number))


@given(st.sampled_from(NUMBERS) | st.integers(1, 10**9).map(str), st.floats(0.7, 1.3))
def test_a_scaled_number_keeps_its_signs_and_stays_within_30_percent(number: str, ratio: float) -> None:
    new = scaled(number, ratio)
    assert re.sub(r"\d+", "0", new) == re.sub(r"\d+", "0", number)
    assert abs(value(new) - value(number)) <= PAY_CHANGE_MAX * value(number)


@pytest.mark.parametrize(
    ("number", "ratio", "new"),
    [
        ("15", 1.2, "18"),
        ("1.400", 0.8, "1.100"),
        ("6.000.000", 1.25, "7.500.000"),
        ("12,5", 0.9, "11,2"),
        ("900", 1.2, "1080"),
        ("1", 1.3, "1"),
    ],
)
def test_a_scaled_number_is_about_as_round_as_it_was(number: str, ratio: float, new: str) -> None:
    assert scaled(number, ratio) == new


def test_all_sums_of_pay_change_by_one_ratio_and_nothing_else_does(detector: Detector) -> None:
    text = "Dicari operator pabrik, gaji 10 juta sampai 20 juta per bulan, umur 18 sampai 35 tahun"
    news = {changed(told(text), detector, seed).text for seed in range(8)}
    assert len(news) > 3
    for new in news:
        low, high = map(int, re.findall(r"(\d+) juta", new))
        assert low == pytest.approx(high / 2, abs=1)
        assert new.endswith("umur 18 sampai 35 tahun")


def test_places_change_for_others_of_their_group_in_text_and_title_alike(detector: Detector) -> None:
    one = told("Dicari admin di Poipet, KAMBOJA. Berangkat ke kamboja besok.", title="Admin Kamboja")
    hotspots = [country for country in load_countries().values() if country.group == "hotspots"]
    for seed in range(6):
        new = changed(one, detector, seed)
        name = new.title.removeprefix("Admin ")
        country = next(country for country in hotspots if name in country.id)
        assert new.text.endswith(f", {name.upper()}. Berangkat ke {name.lower()} besok.")
        assert new.text.removeprefix("Dicari admin di ").split(",")[0] in country.towns


def test_with_pay_in_its_currency_a_country_stays_and_only_its_towns_change(detector: Detector) -> None:
    one = told("Dicari perawat di Riyadh, Arab Saudi, gaji 4300 riyal sebulan")
    news = [changed(one, detector, seed).text for seed in range(8)]
    assert all("Arab Saudi" in new for new in news)
    assert any("Riyadh" not in new for new in news)


@pytest.mark.parametrize(
    ("contact", "shape"),
    [
        ("0812-0000-1180", r"0812-0000-\d{4}"),
        ("+852 0000 1234", r"\+852 0000 \d{4}"),
        ("rekrut@globaltalentdesk.example", r"[a-z]+@[a-z]+\.example"),
        ("@agen_kamboja88", r"@[a-z]+"),
    ],
)
def test_contacts_change_for_others_of_their_kind(contact: str, shape: str, detector: Detector) -> None:
    text = f"Dicari perawat, hubungi {contact} ya"
    before = [one.kind for one in document_of(told(text)).contacts]
    news = [changed(told(text), detector, seed) for seed in range(6)]
    assert len({new.text for new in news}) > 1
    for new in news:
        assert re.fullmatch(f"Dicari perawat, hubungi {shape} ya", new.text)
        assert [one.kind for one in document_of(new).contacts] == before != []


def test_a_text_without_such_facts_stays_as_it_is(detector: Detector) -> None:
    one = told("Rapat warga jam tujuh malam di balai")
    assert changed(one, detector, 1) == one


def test_groups_do_not_mix_hotspots_bans_and_others() -> None:
    gazetteer = load_gazetteer(Path(gazetteer_module.__file__).parent / "data")
    hotspots = {place.iso for place in gazetteer.places if place.hotspot}
    by_group: dict[str, set[tuple[bool, bool]]] = {}
    for country in load_countries().values():
        by_group.setdefault(country.group, set()).add((country.iso in hotspots, bool(gazetteer.bans(country.iso))))
    assert {group: len(kinds) for group, kinds in by_group.items()} == dict.fromkeys(by_group, 1)


def test_every_name_that_is_put_is_read_as_a_place_of_its_country(detector: Detector) -> None:
    for country in load_countries().values():
        for name in {country.id, country.en, *country.towns} - {"Indonesia"}:
            reading = detector.read(document_of(told(f"Dicari perawat, penempatan di {name}")))
            facts = [fact.value[:2] for fact in reading.facts if fact.kind is FactKind.DESTINATION]
            assert facts == [country.iso], name
