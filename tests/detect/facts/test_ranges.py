"""Pay held against the usual range of the country and job."""

import pytest

from screener.detect import load_detector
from screener.records import FactKind
from tests.factory import document

DETECTOR = load_detector()
ABOVE = {
    "chat staff for Poipet, salary USD 1,250": "3.1 times the usual maximum of US$ 208 to 400 a month",
    "pabrik di Penang, gaji RM 9.000 sebulan": "3.2 times the usual maximum of RM 1,700 to 2,800 a month for factory",
    "waitress Dubai, sehari bisa 1,5 juta": "times the usual maximum of AED 1,200 to 3,000 a month",
    "kerja kantor luar negeri, gaji 19 juta": "Rp 15,000,000 a month or more for work abroad in no named country",
    "Operator di Vientiane gaji 17 juta": "in Laos (2025)",
    "Kerja kilang di Johor gaji RM8,500": "for factory work in Malaysia (2025)",
}
USUAL = [
    "pabrik Taiwan, gaji NT$29.900",
    "kebun sawit Sabah, upah RM 2.700",
    "care worker Jepang gaji ¥198.000",
    "EPS Korea, gaji 2.200.000 won",
    "helper Hong Kong, salary HK$5,300",
    "welder di Qatar, gaji QAR 6.500",
    "buah di Mildura Australia, A$27 per jam",
    "kapal pesiar, gaji USD 1,350",
]


def details(text: str) -> list[str]:
    facts = DETECTOR.read(document(text=text, title="")).facts
    return [fact.detail for fact in facts if fact.kind is FactKind.PAY]


def above(text: str) -> bool:
    return "pay-above-range" in DETECTOR.measured_terms(text).hits


@pytest.mark.parametrize(("text", "detail"), ABOVE.items(), ids=ABOVE.keys())
def test_pay_clearly_above_is_measured_and_says_above_what(text: str, detail: str) -> None:
    assert above(text)
    assert [detail in one for one in details(text)] == [True]


@pytest.mark.parametrize("text", USUAL)
def test_usual_or_lawfully_high_pay_is_not_above(text: str) -> None:
    assert details(text)
    assert not above(text)


def test_a_domestic_ad_is_compared_with_nothing() -> None:
    assert details("Supervisor toko di Bekasi gaji 19 juta sebulan") == [""]


def test_a_cost_is_never_compared() -> None:
    assert not above("biaya kerja ke Poipet 25 juta")


def test_the_name_of_a_language_is_no_country() -> None:
    assert "Cambodia" in details("CS Phnom Penh, bisa bahasa Jepang, gaji 1.100 dolar")[0]


def test_the_best_paid_country_decides() -> None:
    assert not above("buka Taiwan dan Malaysia, gaji 15 juta")
