"""Days off by the week or month, none at all, and leave."""

import pytest

from screener.detect import Detector
from screener.records import FactKind
from tests.detect.facts.reading_facts import measured, values

STATED = {
    "libur 4x sebulan": "4 a month",
    "off sebulan 2 kali": "2 a month",
    "preine saben Jumat": "1 a week",
    "tiap Ahad cuti": "1 a week",
    "Sabtu dan Minggu libur": "2 a week",
    "two rest days a week": "2 a week",
    "dua hari libur setiap minggu": "2 a week",
    "one day off per month": "1 a month",
    "2 days off after 45 days": "2 every 45 days",
    "4 hari kerja 2 hari libur": "2 every 6 days",
    "libur dua minggu sekali": "1 every 2 weeks",
    "libur seminggu sekali": "1 a week",
    "hari libur setiap Senin": "1 a week",
    "weekly rest day": "1 a week",
    "kerja enam hari seminggu": "1 a week",
    "5 days a week": "2 a week",
    "tanpa libur setahun": "none",
    "Cuti tiada, majikan sibuk": "none",
    "gak ada hari libur": "none",
    "tak ada off day": "none",
    "no vacation for two years": "none",
}
NO_DAY_OFF_FACT = [
    "cuti tahunan 14 hari",
    "annual leave 21 days",
    "kantor libur hari Minggu",
    "lembur hari libur dibayar",
    "visa liburan 30 hari",
    "you sign off in Busan",
    "proses dalam 5 hari kerja",
    "kedai buka 7 hari seminggu",
]


@pytest.mark.parametrize(("text", "value"), STATED.items(), ids=STATED.keys())
def test_days_off_are_read_by_week_or_month(detector: Detector, text: str, value: str) -> None:
    assert values(detector, text, FactKind.DAYS_OFF) == [value]


@pytest.mark.parametrize("text", NO_DAY_OFF_FACT)
def test_leave_office_days_and_overtime_are_no_days_off(detector: Detector, text: str) -> None:
    assert values(detector, text, FactKind.DAYS_OFF) == []


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("libur 8 hari sebulan", "day-off-given"), ("day off every Friday", "day-off-given"),
        ("off 1x sebulan", "day-off-rare"), ("libur setahun sekali", "day-off-rare"),
        ("rest day each week is paid out", "day-off-rare"), ("tiada cuti", "no-day-off"),
    ],
)  # fmt: skip
def test_days_off_are_measured(detector: Detector, text: str, concept: str) -> None:
    names = {"day-off-given", "day-off-rare", "no-day-off"}
    assert {name for name in names if measured(detector, text, name)} == {concept}
