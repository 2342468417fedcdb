"""Visas by class, and numbers by the label they follow."""

import pytest

from screener.detect import Detector
from screener.records import FactKind
from tests.detect.facts.reading_facts import facts, measured, values

VISAS = [
    ("work", "visa kerja diurus kantor", ["work"]),
    ("work by its name", "calling visa keluar dulu", ["work"]),
    ("words between", "visanya mah ziarah heula", ["umrah"]),
    ("visit", "cop pelancong 30 hari aja", ["visit"]),
    ("two, in their order", "visa turis dulu ntar jadi visa kerja", ["visit", "work"]),
    ("english", "enter on a visit visa", ["visit"]),
    ("student", "pake visa pelajar sambil kerja", ["student"]),
    ("holiday", "lolos WHV 462", ["working-holiday"]),
    ("none at all", "ke sana bebas visa", ["none"]),
    ("none, for work", "berangkat tanpa visa kerja", ["none"]),
    ("denied", "bukan visa turis", []),
    ("malay denied", "tidak guna visa pelancong", []),
    ("not of a visa", "kartu kunjungan keluarga", []),
    ("another clause", "visa, hotel dan kerja sampingan", []),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in VISAS], ids=[c[0] for c in VISAS])
def test_a_visa_is_its_class(detector: Detector, text: str, expected: list[str]) -> None:
    assert values(detector, text, FactKind.VISA) == expected


NUMBERS = [
    ("licence", "PT Uji Rantau, SIP3MI No. 00000123", FactKind.LICENCE, ["00000123"]),
    ("grouped", "SIP3MI 00000 7719 02.", FactKind.LICENCE, ["00000 7719 02"]),
    ("old decree", "SIPPTKIS KEP.123/MEN/2002", FactKind.LICENCE, ["KEP.123/MEN/2002"]),
    ("by who gave it", "izin Kemnaker No. 12/2019", FactKind.LICENCE, ["12/2019"]),
    ("by whose it is", "PT Uji Laut, izin 0000012300045", FactKind.LICENCE, ["0000012300045"]),
    ("crew licence", "SIUPPAK no 00.12/2021", FactKind.LICENCE, ["00.12/2021"]),
    ("english", "our partner PT Uji Kota, permit no. 00000982", FactKind.LICENCE, ["00000982"]),
    ("no number", "SIP3MI resmi dong", FactKind.LICENCE, []),
    ("a phone number after a stop", "sudah SIP3MI. WA 0812-0000-1111", FactKind.LICENCE, []),
    ("somebody else's permit", "izin suami, 00000123", FactKind.LICENCE, []),
    ("order", "SIP2MI No. B.00/SIP2MI/I/2026", FactKind.JOB_ORDER, ["B.00/SIP2MI/I/2026"]),
    ("demand letter", "demand letter no. DL-00123", FactKind.JOB_ORDER, ["DL-00123"]),
    ("a count", "job order: 6 orang", FactKind.JOB_ORDER, []),
]


@pytest.mark.parametrize(("text", "kind", "expected"), [c[1:] for c in NUMBERS], ids=[c[0] for c in NUMBERS])
def test_a_number_is_what_its_label_says(detector: Detector, text: str, kind: FactKind, expected: list[str]) -> None:
    assert values(detector, text, kind) == expected


def test_the_quote_holds_label_and_number_and_no_more(detector: Detector) -> None:
    (fact,) = facts(detector, "ini PT Uji (SIP3MI No. 00000456), kantor Tegal", FactKind.LICENCE)
    assert (fact.quote, fact.detail) == ("SIP3MI No. 00000456", "SIP3MI")


MEASURES = [
    ("work-visa-fact", "visa kerja", "visa turis"),
    ("visit-visa-fact", "visa umroh", "visa kerja"),
    ("licence-number", "SIP3MI 00000123", "SIP3MI ada"),
    ("job-order-number", "SIP2MI 00/12/TW", "SIP2MI ada"),
]


@pytest.mark.parametrize(("concept", "has", "lacks"), MEASURES, ids=[c[0] for c in MEASURES])
def test_rules_can_use_papers(detector: Detector, concept: str, has: str, lacks: str) -> None:
    assert measured(detector, has, concept)
    assert not measured(detector, lacks, concept)


@pytest.mark.parametrize("seed", ["SIP3MI no ", "izin Kemnaker ", "visa ", "SIP3MI " + "9" * 90 + " "])
def test_a_hostile_text_is_read(detector: Detector, seed: str) -> None:
    facts(detector, seed * (20_000 // len(seed)), FactKind.LICENCE)
