"""Counts of hours, days, weeks, months and years."""

import time

import pytest

from screener.detect.facts.shapes import counts, duration_range

COUNTS = {
    "mess 5 bulan saja": (5, 5, "month"),
    "jadi 4 hr lagi": (4, 4, "day"),
    "10-hr shifts at the dock": (10, 10, "hour"),
    "tunggu empat hari": (4, 4, "day"),
    "dua minggu lagi": (2, 2, "week"),
    "telung sasi": (3, 3, "month"),
    "rong taun": (2, 2, "year"),
    "a nine-month season": (9, 9, "month"),
    "9-11 jam": (9, 11, "hour"),
    "18 s/d 20 bulan": (18, 20, "month"),
    "24 (dua puluh empat) bulan": (24, 24, "month"),
    "dua belas jam": (12, 12, "hour"),
    "tiga puluh enam bulan": (36, 36, "month"),
    "7bln": (7, 7, "month"),
    "1,5 tahun": (1.5, 1.5, "year"),
    "sebulan penuh": (1, 1, "month"),
    "seven weeks": (7, 7, "week"),
}
NO_COUNTS = [
    "Rp4.500 hari raya",
    "Jl. Merdeka 12 Bulanan",
    "0812-0000-3 jamu",
    "kelas 3 tahunan",
    "12 juta",
    "hari Minggu",
]


@pytest.mark.parametrize(("text", "count"), COUNTS.items(), ids=COUNTS.keys())
def test_a_count_has_its_unit(text: str, count: tuple[float, float, str]) -> None:
    assert [(one.low, one.high, one.unit) for one in counts(text)] == [count]


@pytest.mark.parametrize("text", NO_COUNTS)
def test_other_numbers_are_no_counts(text: str) -> None:
    assert list(counts(text)) == []


def test_the_word_for_one_month_is_marked_as_it_also_says_a_rate() -> None:
    assert [one.bare for one in counts("sebulan, 2 bulan")] == [True, False]


@pytest.mark.parametrize(
    ("text", "duration"),
    [("24 bulan", "P2Y"), ("9 bulan", "P9M"), ("7-9 months", "P7M-P9M"), ("dua tahun", "P2Y"), ("3 hari", "P3D")],
)
def test_durations_are_iso_8601_in_whole_years_where_they_are(text: str, duration: str) -> None:
    assert [duration_range(one) for one in counts(text)] == [duration]


@pytest.mark.parametrize("text", ["1" * 200_000, "3 " * 100_000, "dua " * 50_000, "- " * 100_000, "1-" * 100_000])
def test_hostile_text_takes_linear_time(text: str) -> None:
    start = time.process_time()
    list(counts(text))
    assert time.process_time() - start < 3
