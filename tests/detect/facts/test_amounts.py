"""Amounts of money in folded text, and what only looks like one."""

import time

import pytest

from screener.detect.facts.amounts import amounts
from screener.text import fold

INDONESIAN = {
    "12 jt": ("IDR", 12_000_000, 12_000_000),
    "dari 9-11 juta": ("IDR", 9_000_000, 11_000_000),
    "Rp 4.250.000,-": ("IDR", 4_250_000, 4_250_000),
    "rp6jt": ("IDR", 6_000_000, 6_000_000),
    "650rb": ("IDR", 650_000, 650_000),
    "9500 ribu": ("IDR", 9_500_000, 9_500_000),
    "2,5 jt": ("IDR", 2_500_000, 2_500_000),
    "13 jutaan": ("IDR", 13_000_000, 13_000_000),
    "3 juta 750 ribu": ("IDR", 3_750_000, 3_750_000),
    "tujuh belas juta": ("IDR", 17_000_000, 17_000_000),
    "patang puluh juta": ("IDR", 40_000_000, 40_000_000),
    "Rp 700.000 s/d 1,2 juta": ("IDR", 700_000, 1_200_000),
    "gajinya dua digit": ("IDR", 10_000_000, None),
    "belasan juta": ("IDR", 11_000_000, None),
    "puluhan juta": ("IDR", 20_000_000, None),
    "g4ji 1O-12jt": ("IDR", 10_000_000, 12_000_000),
}
FOREIGN = {
    "$650": ("dollar", 650, 650),
    "USD 2,350": ("USD", 2350, 2350),
    "950 dolar": ("dollar", 950, 950),
    "RM2300": ("MYR", 2300, 2300),
    "2.300 ringgit": ("MYR", 2300, 2300),
    "NT$ 31,000": ("TWD", 31_000, 31_000),
    "SAR 1900": ("SAR", 1900, 1900),
    "1900 riyal": ("riyal", 1900, 1900),
    "1.650 dirham": ("AED", 1650, 1650),
    "EUR 1.350 to 1.500": ("EUR", 1350, 1500),
    "S$640-720": ("SGD", 640, 720),
    "HK$5,400": ("HKD", 5400, 5400),
    "¥211.000": ("JPY", 211_000, 211_000),
    "2,4 juta won": ("KRW", 2_400_000, 2_400_000),
    "18 ribu baht": ("THB", 18_000, 18_000),
    "three thousand dollars": ("dollar", 3000, 3000),
    "lima ratus ringgit": ("MYR", 500, 500),
    "€12,75": ("EUR", 12.75, 12.75),
    "ribuan dolar": ("dollar", 1000, None),
}
NO_MONEY = [
    "WA 0813-0000-2211",
    "+62 857 0000 4141",
    "12/08/2026",
    "tanggal 5-10",
    "umur 19-38 tahun",
    "SIP3MI No. 00000312",
    "30 orang",
    "komisi 7%",
    "jam 08.00-17.00",
    "pengalaman 15 tahun",
    "tinggi 160 cm",
    "lima belas orang",
    "kontrak 24 bulan",
    "ribuan pelamar",
]


def stated(text: str) -> list[tuple[str, float, float | None]]:
    found = (one for one in amounts(fold(text).text) if not one.bare)
    return [(one.currency, float(one.minimum), None if one.maximum is None else float(one.maximum)) for one in found]


@pytest.mark.parametrize(("text", "amount"), INDONESIAN.items(), ids=INDONESIAN.keys())
def test_an_amount_in_rupiah_is_read_in_every_spelling(text: str, amount: tuple[str, float, float | None]) -> None:
    assert stated(text) == [amount]


@pytest.mark.parametrize(("text", "amount"), FOREIGN.items(), ids=FOREIGN.keys())
def test_an_amount_in_foreign_currency_is_read(text: str, amount: tuple[str, float, float | None]) -> None:
    assert stated(text) == [amount]


@pytest.mark.parametrize("text", NO_MONEY)
def test_a_phone_a_date_an_age_or_a_licence_is_no_amount(text: str) -> None:
    assert stated(text) == []


def test_a_range_shares_the_unit_of_its_second_number() -> None:
    assert stated("800-950 ribu") == [("IDR", 800_000, 950_000)]


def test_a_range_shares_the_currency_of_its_first_number() -> None:
    assert stated("RM 1.900 sampai 2.400") == [("MYR", 1900, 2400)]


def test_two_currencies_are_two_amounts() -> None:
    assert [currency for currency, *_ in stated("1.400 dirham atau 380 dolar")] == ["AED", "dollar"]


@pytest.mark.parametrize("piece", ["9", "1,", "1-", "$", "rp 1", "satu ", "1o", "puluhan ", "12 juta-"])
def test_any_long_text_is_read_in_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    started = time.process_time()
    list(amounts(text))
    assert time.process_time() - started < 20
