"""Ages that are asked for, and numbers of years that are none."""

import pytest

from screener.detect import Detector
from screener.records import FactKind
from tests.detect.facts.reading_facts import measured, values

STATED = {
    "usia 19-34": "19-34",
    "umur 20 s/d 41 th": "20-41",
    "berusia antara 21 sampai 39 tahun": "21-39",
    "aged 22 to 44": "22-44",
    "Perempuan 23–46 tahun, sehat": "23-46",
    "pria 18-33, kuat angkat": "18-33",
    "17-24 years old": "17-24",
    "usia maksimal 37": "max 37",
    "umur bawah 29": "max 29",
    "age below 31": "max 31",
    "usia minimal 19 tahun": "min 19",
    "umur 18 ke atas": "min 18",
    "umur 17 th boleh": "17",
    "minimum age of 22": "min 22",
    "umr 16 jg ok": "16",
    "maks 28 th, wanita": "max 28",
    "kelahiran 1994-2006": "born 1994-2006",
    "lahir 2008 ke atas": "born 2008 or later",
}
NO_AGE = [
    "pengalaman 15 - 20 tahun",
    "kontrak 24-36 bulan",
    "perusahaan berusia 20 tahun",
    "jaga anak umur 12",
    "merawat nenek umur 68",
    "Tidak menerima usia 17",
    "umur 16 tidak boleh, tunggu 18",
    "17 Agustus",
    "kursus untuk usia 17+",
    "jam 15 - 20",
    "gaji 15-20 juta",
    "garansi 12 tahun",
    "HP 0812-17-25",
]


@pytest.mark.parametrize(("text", "value"), STATED.items(), ids=STATED.keys())
def test_ages_are_ranges_or_bounds(detector: Detector, text: str, value: str) -> None:
    assert values(detector, text, FactKind.AGE) == [value]


@pytest.mark.parametrize("text", NO_AGE)
def test_other_years_and_other_people_are_no_age(detector: Detector, text: str) -> None:
    assert values(detector, text, FactKind.AGE) == []


@pytest.mark.parametrize(
    ("text", "minor"),
    [("usia 16-24", True), ("usia 18-24", False), ("umur 15 diterima", True), ("umur 17 tak boleh", False)],
)
def test_an_accepted_age_below_eighteen_is_measured(detector: Detector, text: str, minor: bool) -> None:
    assert measured(detector, text, "age-minor") is minor


@pytest.mark.parametrize(
    ("text", "young"),
    [
        ("cewek 18-24 tahun", True), ("wanita maks 27 th", True), ("cowok 18-24 tahun", False),
        ("cewek/cowok umur 18-25", False), ("wanita 18-35 tahun", False),
    ],
)  # fmt: skip
def test_only_young_women_are_measured_as_such(detector: Detector, text: str, young: bool) -> None:
    assert measured(detector, text, "age-young-only") is young
