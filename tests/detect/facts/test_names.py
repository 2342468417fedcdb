"""Companies by their form: those that send, and those that employ."""

import pytest

from screener.detect import Detector
from screener.records import FactKind
from tests.detect.facts.reading_facts import facts, values

SENDS, EMPLOYS = FactKind.AGENCY, FactKind.EMPLOYER
NAMED = [
    ("placing firm", "Kerja Jepang bareng PT Uji Samudra Kerja, Tegal", SENDS, ["PT Uji Samudra Kerja"]),
    ("all capitals", "PT. CONTOH RANTAU MEMBUKA LOKER TAIWAN", SENDS, ["PT. CONTOH RANTAU"]),
    ("training centre", "LPK Sakura Uji, kelas kaigo Jepang", SENDS, ["LPK Sakura Uji"]),
    ("crewing cv", "ABK Taiwan lewat CV Tirta Uji", SENDS, ["CV Tirta Uji"]),
    ("malay agency", "Agensi Pekerjaan Teratai Sdn Bhd, Klang", SENDS, ["Agensi Pekerjaan Teratai Sdn Bhd"]),
    ("english agency", "Sunny Helpers Manpower Pte Ltd, Singapore", SENDS, ["Sunny Helpers Manpower Pte Ltd"]),
    ("the curriculum vitae", "kirim CV ke kantor, kerja Taiwan", SENDS, []),
    ("no name", "PT maupun CV di Malang, kerja Taiwan", SENDS, []),
    ("malay employer", "kilang Ipoh, Zamrud Plastik Sdn Bhd", EMPLOYS, ["Zamrud Plastik Sdn Bhd"]),
    ("east asia", "pabrik Hsing Tai Bolt Co., Ltd Taichung", EMPLOYS, ["Hsing Tai Bolt Co., Ltd"]),
    ("europe", "Zelene Pole d.o.o. di Kroasia", EMPLOYS, ["Zelene Pole d.o.o"]),
    ("house", "Amber Cove Resort, Maldives, butuh terapis", EMPLOYS, ["Amber Cove Resort"]),
    ("house named after", "ditempatkan di Hotel Melur Biru, Langkawi", EMPLOYS, ["Hotel Melur Biru"]),
    ("at home", "PT Uji Pangan buka loker kasir di Bekasi", EMPLOYS, ["PT Uji Pangan"]),
    ("any house", "hotel bintang lima di Dubai", EMPLOYS, []),
    ("a house by its city", "Hotel di Dubai, Hospital in Riyadh", EMPLOYS, []),
    ("where a meeting is", "kerja Jepang, temu info Hotel Kenanga Malang", EMPLOYS, []),
    ("malay, any", "kilang besar di Klang", EMPLOYS, []),
]


@pytest.mark.parametrize(("text", "kind", "expected"), [c[1:] for c in NAMED], ids=[c[0] for c in NAMED])
def test_a_company_is_named_with_its_form(detector: Detector, text: str, kind: FactKind, expected: list[str]) -> None:
    assert values(detector, text, kind) == expected


def test_a_name_ends_with_its_line(detector: Detector) -> None:
    assert values(detector, "PT Uji Rantau\nTaiwan Oke", SENDS) == ["PT Uji Rantau"]


def test_a_name_is_a_fact_once(detector: Detector) -> None:
    text = "PT Uji Rantau ke Taiwan. Daftar di PT Uji Rantau."
    assert [fact.quote for fact in facts(detector, text, SENDS)] == ["PT Uji Rantau"]


@pytest.mark.parametrize("seed", ["PT ", "PT.&-.", "Hotel & ", "Abc Sdn Bhd ", "& - . "])
def test_a_hostile_text_is_read(detector: Detector, seed: str) -> None:
    facts(detector, seed * (20_000 // len(seed)), SENDS)
