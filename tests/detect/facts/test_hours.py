"""Working hours in counts and clock times, and hours of other things."""

import pytest

from screener.detect import Detector
from screener.detect.facts.clock import clock_spans
from screener.records import FactKind
from tests.detect.facts.reading_facts import facts, measured, values

STATED = {
    "kerjane 13 jam sedino nang warung": ["13 h/day"],
    "Jam kerja: 9 jam, lembur dihitung": ["9 h/day"],
    "sehari 10 jam kerja di ladang": ["10 h/day"],
    "shift 8-10 jam": ["8-10 h/day"],
    "dua belas jam per hari di pabrik es": ["12 h/day"],
    "You work 45 hours a week": ["45 h/week"],
    "jam kerja 40 jam/minggu": ["40 h/week"],
    "five shifts of eleven hours a week": ["11 h/day"],
    "Syif 12 jam, kilang biskut": ["12 h/day"],
    "Alakoh 12 jam (8 jam + 4 jam lembur)": ["12 h/day"],
    "jam kerja 08.30-20.30 di toko emas": ["12 h/day"],
    "kerja dari jam 5 pagi sampai 9 malam": ["16 h/day"],
    "Work runs from 9 am to 11 pm": ["14 h/day"],
    "shift 6 sore - 6 pagi": ["12 h/day"],
    "kerja 2 siang sampai 1 malam": ["11 h/day"],
    "pukul 10 hingga 7": ["9 h/day"],
    "standby 24 jam di rumah nyonya": ["24 h/day"],
}
SOMETHING_ELSE = [
    "penerbangan 14 jam, kerja mulai lusa",
    "kantor buka 08.00-16.00",
    "admin balas chat jam 8 pagi sampai 9 malam",
    "wawancara pukul 09.00-15.00 di aula",
    "pelatihan 200 jam di BLK",
    "istirahat minimal 10 jam",
    "HP boleh 2 jam tiap Jumat",
    "refund within 48 hours",
    "admin siap 24 jam menjawab",
    "Kedai kami buka 7 pagi hingga 10 malam",
    "NT$29.500-31.000",
    "WA 0812-0000-1200",
    "mes 2 kamar, 4 jam dari kota naik bus",
]


@pytest.mark.parametrize(("text", "expected"), STATED.items(), ids=STATED.keys())
def test_hours_are_read_as_hours_a_day_or_week(detector: Detector, text: str, expected: list[str]) -> None:
    assert values(detector, text, FactKind.HOURS) == expected


@pytest.mark.parametrize("text", SOMETHING_ELSE)
def test_hours_of_ways_offices_and_courses_are_no_working_hours(detector: Detector, text: str) -> None:
    assert values(detector, text, FactKind.HOURS) == []


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("kerja 11 jam", True), ("kerja 10 jam", False), ("70 hours a week on duty", True), ("60 jam seminggu", False),
        ("jam kerja 7 pagi - 8 malam", True), ("kerja 8 pagi - 5 sore", False), ("siap kerja 24 jam", True),
    ],
)  # fmt: skip
def test_long_hours_are_eleven_a_day_or_sixty_six_a_week(detector: Detector, text: str, long: bool) -> None:
    assert measured(detector, text, "hours-long") is long


def test_the_quote_is_the_number_with_its_rate(detector: Detector) -> None:
    assert [fact.quote for fact in facts(detector, "Kerja 12 JAM / HARI ya", FactKind.HOURS)] == ["12 JAM / HARI"]


def test_times_that_could_mean_two_things_are_left_out() -> None:
    assert list(clock_spans("jam 8 sampai 10 malam")) == []


@pytest.mark.parametrize("text", ["99 pagi - 88 malam", "1.5-2 jt", "tgl 10-12", "3-4 orang", "08.00"])
def test_figures_that_are_no_times_are_no_pair(text: str) -> None:
    assert list(clock_spans(text)) == []
