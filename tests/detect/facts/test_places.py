"""Where the work is, which way there, where the people are: and what only sounds like a place."""

import pytest

from screener.detect import Detector
from screener.records import FactKind
from tests.detect.facts.reading_facts import facts, measured, values

GO, VIA, FROM = FactKind.DESTINATION, FactKind.TRANSIT, FactKind.ORIGIN
SAID = [
    ("country", "butuh 4 orang utk resto di Doha", GO, ["QA"]),
    ("misspelt", "loker Kambodja, admin malam", GO, ["KH"]),
    ("nickname", "open tim baru negara K", GO, ["KH"]),
    ("flag", "posisi 🇲🇲 lantai 2", GO, ["MM"]),
    ("disguised", "kerja t4iw4n kontrak 3 th", GO, ["TW"]),
    ("city of a country said once", "pabrik di Taichung, Taiwan", GO, ["TW"]),
    ("two", "job ready Kuwait dan Bahrain", GO, ["KW", "BH"]),
    ("compound", "penempatan KPS, mess dalam", GO, ["KH"]),
    ("ordinary word after a cue", "berangkat ke Jordan bulan depan", GO, ["JO"]),
    ("english", "Pickers wanted in Kent and Tasmania", GO, ["AU"]),
    ("malay", "kerja kilang kat Johor Bahru", GO, ["MY"]),
    ("work at home", "kasir toko roti di Sidoarjo", GO, ["ID: Sidoarjo"]),
    ("transit", "terbang via Singapura ke Selandia Baru", VIA, ["SG"]),
    ("stays there first", "Batam dulu, baru ke Malaysia naik bot", VIA, ["ID: Batam"]),
    ("singgah", "kerja Polandia, singgah Istanbul semalam", VIA, ["TR"]),
    ("english transit", "work in Serbia, you fly through Doha", VIA, ["QA"]),
    ("office", "ke Taiwan, daftar di kantor Ponorogo", FROM, ["ID: Ponorogo"]),
    ("office is no transit", "ke Jepang, daftar lewat kantor Malang", FROM, ["ID: Malang"]),
    ("people", "khusus warga NTB, penempatan Sabah", FROM, ["ID: Nusa Tenggara Barat"]),
    ("people at home", "dicari sopir, domisili Depok", FROM, ["ID: Depok"]),
    ("returned", "eks Hongkong diutamakan, kerja di Makau", FROM, ["HK"]),
    ("two places of one name", "ke Johor dari Tanjung Balai Karimun", FROM, ["ID: Karimun"]),
]


@pytest.mark.parametrize(("text", "kind", "expected"), [c[1:] for c in SAID], ids=[c[0] for c in SAID])
def test_a_place_is_read_by_the_words_beside_it(
    detector: Detector, text: str, kind: FactKind, expected: list[str]
) -> None:
    assert values(detector, text, kind) == expected


NO_PLACE = [
    ("language", "bisa bahasa Korea dikit"),
    ("dish", "warung nasi Padang dan kari Thailand"),
    ("people", "bos orang Jepang, baik"),
    ("person", "hubungi Pak Jordan ya"),
    ("currency", "dibayar dolar Singapura"),
    ("denied", "bukan Kamboja kok"),
    ("malay denied", "tiada penempatan ke Laos"),
    ("ordinary word", "a georgia typeface and kiwi juice"),
    ("working days", "laporan paling lambat 14 HK"),
    ("street", "alamat Jl. Kamboja no 3"),
    ("english language", "basic Korea language class"),
]


@pytest.mark.parametrize("text", [c[1] for c in NO_PLACE], ids=[c[0] for c in NO_PLACE])
def test_what_only_sounds_like_a_place_is_none(detector: Detector, text: str) -> None:
    assert [fact for fact in facts(detector, text, GO, VIA, FROM) if not fact.value.startswith("ID")] == []


def test_a_place_is_a_fact_once_with_the_words_it_was_written_with(detector: Detector) -> None:
    text = "Kerja di 𝐃𝐮𝐛𝐚𝐢. Gaji Dubai naik. Hidup di Dubai enak."
    assert [(fact.value, fact.quote) for fact in facts(detector, text, GO)] == [("AE", "𝐃𝐮𝐛𝐚𝐢")]


def test_a_destination_says_what_is_held_against_it(detector: Detector) -> None:
    riyadh, bavet = facts(detector, "PRT ke Riyadh atau CS di Bavet", GO)
    assert "household" in riyadh.detail
    assert "2015-07-01" in riyadh.detail
    assert "scam" in bavet.detail


MEASURES = [
    ("destination-moratorium", "nanny ke Oman", "nanny ke Taipei"),
    ("destination-hotspot", "mess di Mae Sot", "hotel di Bangkok"),
    ("transit-place", "lewat Bangkok saja", "kerja di Bangkok"),
    ("origin-place", "kerja Jepang, kantor Kendal", "kerja Jepang"),
]


@pytest.mark.parametrize(("concept", "has", "lacks"), MEASURES, ids=[c[0] for c in MEASURES])
def test_rules_can_use_what_a_place_is(detector: Detector, concept: str, has: str, lacks: str) -> None:
    assert measured(detector, has, concept)
    assert not measured(detector, lacks, concept)
