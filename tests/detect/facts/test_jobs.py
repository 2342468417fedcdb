"""The job of an ad by its family, in three languages; people in the ad are not jobs."""

import pytest

from screener.detect import Detector
from screener.records import FactKind
from tests.detect.facts.reading_facts import values

OFFERED = [
    ("chat", "butuh ART ama momong bayi", ["housekeeper", "child carer"]),
    ("javanese", "golek wong kerja kebon sawit", ["plantation worker"]),
    ("the longer name counts", "dicari perawat lansia", ["elderly carer"]),
    ("family driver", "sopir keluarga Jeddah", ["family driver"]),
    ("english", "welders and pipe fitters needed", ["welder"]),
    ("malay", "jawatan orang gaji dan jurujual", ["housekeeper", "shop assistant"]),
    ("vessel", "loker ABK longline 6 org", ["fishing crew"]),
    ("office", "posisi CS online sama ngetik", ["customer service", "typist"]),
    ("said twice", "operator pabrik. Kerja pabrik enak", ["factory worker"]),
    ("disguised", "l0ker t3l3marketing", ["telemarketer"]),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in OFFERED], ids=[c[0] for c in OFFERED])
def test_a_job_is_its_family(detector: Detector, text: str, expected: list[str]) -> None:
    assert [value for value in values(detector, text, FactKind.JOB) if value in expected] == expected


NOT_OFFERED = [
    ("who to write to", "minat? chat admin ya", "admin"),
    ("who fetches", "nanti dijemput driver", "driver"),
    ("past", "eks perawat boleh daftar", "nurse"),
    ("paper", "punya buku pelaut", "seafarer"),
    ("denied", "bukan hostess", "hostess"),
    ("denied in english", "this is not telemarketing", "telemarketer"),
    ("malay denied", "bukan orang gaji", "housekeeper"),
]


@pytest.mark.parametrize(("text", "family"), [c[1:] for c in NOT_OFFERED], ids=[c[0] for c in NOT_OFFERED])
def test_a_job_of_somebody_else_is_none(detector: Detector, text: str, family: str) -> None:
    assert family not in values(detector, text, FactKind.JOB)
