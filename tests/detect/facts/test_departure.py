"""When people are to leave."""

import pytest

from screener.detect import Detector
from screener.records import FactKind
from tests.detect.facts.reading_facts import facts, measured, values

STATED = {
    "berangkat minggu depan": "next week",
    "besok pagi jalan dari Dumai": "tomorrow",
    "fly in 6 days": "P6D",
    "12 hari terbang": "P12D",
    "terbang dua minggu lagi": "P2W",
    "brgkt 7-10 hari": "P7D-P10D",
    "sabtu ini terbang": "Saturday",
    "We fly every Tuesday": "Tuesday",
    "lusa budal": "P2D",
    "gerak malam ni": "tonight",
    "terbang tgl 17": "---17",
    "berangkat tanggal 9 Oktober": "--10-09",
    "departure 3 May 2026": "2026-05-03",
    "keberangkatan 2026-08-21": "2026-08-21",
    "berangkat Maret 2027": "2027-03",
    "berangkat setelah visa turun": "after visa",
    "you fly after your visa is issued": "after visa",
    "terbang akhir bulan": "this month",
}
NO_DEPARTURE = [
    "pembekalan 5 hari sebelum berangkat",
    "wawancara Kamis, terbang menyusul",
    "jalan kaki 10 menit, 6 hari kerja",
    "kantor buka Senin",
    "gajian tanggal 5",
    "tidak berangkat minggu depan",
    "libur seminggu sekali",
    "free flight and two weeks lodging",
]


@pytest.mark.parametrize(("text", "value"), STATED.items(), ids=STATED.keys())
def test_departures_are_relative_words_or_iso_dates(detector: Detector, text: str, value: str) -> None:
    assert values(detector, text, FactKind.DEPARTURE) == [value]


@pytest.mark.parametrize("text", NO_DEPARTURE)
def test_other_dates_and_waits_are_no_departure(detector: Detector, text: str) -> None:
    assert values(detector, text, FactKind.DEPARTURE) == []


@pytest.mark.parametrize(
    ("text", "soon"),
    [("terbang 14 hari lagi", True), ("terbang 15 hari lagi", False), ("berangkat besok", True),
     ("berangkat bulan depan", False), ("terbang setelah visa keluar", False)],
)  # fmt: skip
def test_soon_is_within_two_weeks(detector: Detector, text: str, soon: bool) -> None:
    assert measured(detector, text, "departure-soon") is soon


def test_the_quote_spans_the_leaving_and_its_time(detector: Detector) -> None:
    quotes = [fact.quote for fact in facts(detector, "Kabar baik: TERBANG 5 HARI lagi", FactKind.DEPARTURE)]
    assert quotes == ["TERBANG 5 HARI"]
