"""Contract lengths, and durations that rules measure."""

import time
from pathlib import Path

import pytest

from screener import detect
from screener.detect import Detector
from screener.detect.facts.conditions import find_conditions
from screener.detect.facts.reference import load_reference
from screener.detect.scope import Layout
from screener.records import FactKind
from tests.detect.facts.reading_facts import measured, values

REFERENCE = load_reference(Path(detect.__file__).parent / "data")
CONTRACTS = {
    "kontrak 2 thn": "P2Y",
    "Kontrak kerja selama tiga tahun": "P3Y",
    "perjanjian kerja 24 bulan": "P2Y",
    "a two-year contract": "P2Y",
    "contract: 9 months": "P9M",
    "kontrak 7–9 bulan": "P7M-P9M",
    "kontrake rong taun": "P2Y",
}
NO_CONTRACT = [
    "pengalaman 2 tahun",
    "sewa rumah kontrak 1 tahun",
    "garansi 6 bulan",
    "tanpa kontrak 2 tahun",
    "masa percobaan 3 bulan",
    "pendidikan 3 tahun",
    "gaji 5 juta sebulan, kontrak menyusul",
    "mengakhiri kontrak sebelum 12 bulan",
]


@pytest.mark.parametrize(("text", "value"), CONTRACTS.items(), ids=CONTRACTS.keys())
def test_a_contract_has_its_length(detector: Detector, text: str, value: str) -> None:
    assert values(detector, text, FactKind.CONTRACT_LENGTH) == [value]


@pytest.mark.parametrize("text", NO_CONTRACT)
def test_other_durations_are_no_contract(detector: Detector, text: str) -> None:
    assert values(detector, text, FactKind.CONTRACT_LENGTH) == []


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("7 bulan", {"duration", "months-few", "months-several"}),
        ("1 bulan", {"duration", "months-few", "within-month"}),
        ("14 bulan", {"duration"}),
        ("dua minggu", {"duration", "days-few", "within-month"}),
        ("20 hari", {"duration", "within-month"}),
        ("16 jam", {"duration", "hours-many"}),
        ("7 juta", set()),
    ],
)
def test_durations_are_measured_by_their_length(detector: Detector, text: str, concepts: set[str]) -> None:
    names = {"duration", "months-few", "months-several", "days-few", "within-month", "hours-many"}
    assert {name for name in names if measured(detector, text, name)} == concepts


@pytest.mark.parametrize(
    "text",
    [
        "terbang 3 hari " * 14_000, "kerja 12 jam sehari libur " * 8_000, "usia 17-25 wanita " * 11_000, "9" * 200_000,
        "8 pagi - " * 22_000, "libur minggu " * 15_000, "( " * 100_000, "kontrak 2 tahun " * 12_000,
    ],
    ids=lambda text: str(text)[:12],
)  # fmt: skip
def test_hostile_text_takes_linear_time(detector: Detector, text: str) -> None:
    terms = detector.terms(text)
    start = time.process_time()
    list(find_conditions(terms, Layout(terms), REFERENCE))
    assert time.process_time() - start < 6
