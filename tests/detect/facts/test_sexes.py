"""Sexes that are asked for, and men and women who are only spoken of."""

import pytest

from screener.detect import Detector
from screener.records import FactKind
from tests.detect.facts.reading_facts import measured, values

STATED = {
    "khusus wanita": ["female"],
    "butuh 9 cewek jaga stan": ["female"],
    "Ladies only": ["female"],
    "Perawat perempuan di Abu Dhabi": ["female"],
    "• Laki-laki, 20-38 tahun": ["male"],
    "male workers for the farm": ["male"],
    "cowok 14 org": ["male"],
    "pria & wanita, usia 20-40": ["any"],
    "cewek/cowok bebas daftar": ["any"],
    "lelaki atau perempuan diperlukan": ["any"],
    "Operator produksi (L/P)": ["any"],
    "men and women wanted": ["any"],
    "loader pria 10 org, kasir wanita 4 org": ["male", "female"],
}
SPOKEN_OF = [
    "melayani tamu pria",
    "toko pakaian wanita",
    "merawat lansia perempuan",
    "PT Buana Wanita Sejahtera",
    "calon istri untuk pria Tiongkok",
    "mess wanita terpisah",
    "Ladies drink tiap malam",
]


@pytest.mark.parametrize(("text", "expected"), STATED.items(), ids=STATED.keys())
def test_the_sex_asked_for_is_read(detector: Detector, text: str, expected: list[str]) -> None:
    assert values(detector, text, FactKind.SEX) == expected


@pytest.mark.parametrize("text", SPOKEN_OF)
def test_people_who_are_spoken_of_are_no_condition(detector: Detector, text: str) -> None:
    assert values(detector, text, FactKind.SEX) == []


@pytest.mark.parametrize(
    ("text", "only"), [("khusus wanita", True), ("butuh wanita 3 org. Pria 5 org juga", False), ("pria/wanita", False)]
)
def test_women_only_means_that_men_are_nowhere_asked_for(detector: Detector, text: str, only: bool) -> None:
    assert measured(detector, text, "sex-female-only") is only
