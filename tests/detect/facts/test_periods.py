"""The period of a sum of pay."""

import pytest

from screener.detect.facts.periods import period_of

TABLE = {
    "RM2.000|/bln": "month",
    "RM2.000| nett per bulan": "month",
    "USD 900| a month": "month",
    "€13|/hour": "hour",
    "12 ringgit| sejam": "hour",
    "200rb| per hari": "day",
    "1 juta| semalam": "day",
    "A$900| a week": "week",
    "CAD 50,000| per annum": "year",
    "RM90| per tan": "piece",
    "Rp3.000.000|, kerja 8 jam sehari": "not stated",
    "5 juta|, libur tiap minggu": "not stated",
}


@pytest.mark.parametrize(("text", "period"), TABLE.items(), ids=TABLE.keys())
def test_the_words_after_a_sum_state_its_period(text: str, period: str) -> None:
    amount, after = text.lower().split("|")
    assert period_of(amount + after, 0, len(amount)) == period


@pytest.mark.parametrize(
    ("before", "period"),
    [("sehari bisa ", "day"), ("gaji bulanan ", "month"), ("kerja 10 jam sehari gaji ", "not stated")],
)
def test_the_words_before_a_sum_state_its_period_too(before: str, period: str) -> None:
    assert period_of(f"{before}2 juta", len(before), len(before) + 6) == period
