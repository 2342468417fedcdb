"""What money in an ad is for, by the words beside it."""

import pytest

from screener.detect import Detector, load_detector
from screener.records import FactKind
from tests.factory import document

DETECTOR = load_detector()
ROLES = {
    "Upah Rp4.800.000 sebulan": (FactKind.PAY, "IDR 4800000 a month"),
    "gajinya 2.100 ringgit /bln": (FactKind.PAY, "MYR 2100 a month"),
    "dibayar RM9 per jam": (FactKind.PAY, "MYR 9 an hour"),
    "gaji harian 180rb": (FactKind.PAY, "IDR 180000 a day"),
    "Salary: SAR 2,050": (FactKind.PAY, "SAR 2050"),
    "gaji 11-13 all in": (FactKind.PAY, "IDR 11000000-13000000"),
    "Gaji asas RM1,850 sebulan": (FactKind.PAY, "MYR 1850 a month"),
    "uang saku 2,2 juta per bulan": (FactKind.ALLOWANCE, "IDR 2200000 a month"),
    "tunjangan makan QAR 250": (FactKind.ALLOWANCE, "QAR 250"),
    "biaya proses 17 juta": (FactKind.COST, "IDR 17000000"),
    "DP 6jt dulu": (FactKind.COST, "IDR 6000000"),
    "placement fee of USD 1,900": (FactKind.COST, "USD 1900"),
    "yuran RM650": (FactKind.COST, "MYR 650"),
    "potong gaji 1,5 juta tiap bulan": (FactKind.DEDUCTION, "IDR 1500000 a month"),
    "salary deduction of SGD 480": (FactKind.DEDUCTION, "SGD 480"),
    "kabur denda 45 juta": (FactKind.PENALTY, "IDR 45000000"),
    "resign sebelum setahun bayar 2.700 dolar": (FactKind.PENALTY, "USD 2700"),
    "KUR PMI sampai 30 juta": (FactKind.LOAN, "IDR 30000000"),
    "kasbon 900 ribu": (FactKind.LOAN, "IDR 900000"),
    "uang fit 3,5jt": (FactKind.ALLOWANCE, "IDR 3500000"),
}
NONE_OF_THESE = [
    "omzet toko 80 juta sebulan",
    "bukti dana 120 juta di bank",
    "sewa kamar RM350 sebulan",
    "Rumah dijual Rp450.000.000",
    "fee sponsor 5 juta per kepala",
]
DENIED = ["tidak ada potongan 2 juta", "tanpa biaya 15 juta", "tidak ada denda 30 juta kalau mundur"]


@pytest.fixture(scope="module")
def detector() -> Detector:
    return DETECTOR


def money_in(detector: Detector, text: str) -> list[tuple[FactKind, str]]:
    facts = detector.read(document(text=text, title="")).facts
    return [(fact.kind, fact.value) for fact in facts if fact.money or fact.value == "none"]


@pytest.mark.parametrize(("text", "fact"), ROLES.items(), ids=ROLES.keys())
def test_the_words_beside_an_amount_give_its_role(detector: Detector, text: str, fact: tuple[FactKind, str]) -> None:
    assert money_in(detector, text) == [fact]


@pytest.mark.parametrize("text", NONE_OF_THESE)
def test_other_money_is_no_fact(detector: Detector, text: str) -> None:
    assert money_in(detector, text) == []


@pytest.mark.parametrize("text", DENIED)
def test_a_denied_charge_is_not_an_amount_of_it(detector: Detector, text: str) -> None:
    assert [value for _, value in money_in(detector, text) if value != "none"] == []


@pytest.mark.parametrize("text", ["biaya penempatan nol rupiah", "Tidak dipungut biaya", "zero cost for the worker"])
def test_a_stated_zero_is_a_cost_of_none(detector: Detector, text: str) -> None:
    assert (FactKind.COST, "none") in money_in(detector, text)


def test_only_the_start_free_is_no_zero(detector: Detector) -> None:
    assert money_in(detector, "tanpa biaya di muka, potongan menyusul") == []


def test_cash_for_the_family_before_work_says_so(detector: Detector) -> None:
    facts = detector.read(document(text="Keluarga terima Rp4.000.000 tunai sebelum terbang", title="")).facts
    assert [fact.detail for fact in facts if fact.kind is FactKind.ALLOWANCE] == [
        "money for the recruit or the family before any work"
    ]


def test_a_quote_is_the_amount_alone(detector: Detector) -> None:
    facts = detector.read(document(text="Gaji bersih RM 2.250 /bln, mess ada", title="")).facts
    assert [fact.quote for fact in facts if fact.kind is FactKind.PAY] == ["RM 2.250"]


def test_a_dollar_in_an_ad_for_one_country_is_its_dollar(detector: Detector) -> None:
    assert money_in(detector, "ART Singapura gaji $640") == [(FactKind.PAY, "SGD 640")]


def test_each_country_of_a_list_keeps_its_pay(detector: Detector) -> None:
    text = "Gaji:\n- Kuwait, jaga anak, 115 dinar\n- Bahrain, masak, 95 dinar\n"
    assert [value for _, value in money_in(detector, text)] == ["KWD 115", "BHD 95"]
