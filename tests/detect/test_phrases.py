"""Every indicator is raised by ways to say it, and not by its false friends, in each language it is used in.

The texts are in `phrases/<indicator>.toml`; they were written before the rules were made to fit them.
"""

import tomllib
from pathlib import Path

import pytest

from screener.detect import Detector, load_detector
from screener.records import Kind
from screener.screening import plain_document

FOLDER = Path(__file__).parent / "phrases"
TABLES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
CASES = [(indicator, language) for indicator, table in TABLES.items() for language in table]
HITS_MIN, MISSES_MIN = 12, 8


@pytest.fixture(scope="module")
def detector() -> Detector:
    return load_detector()


def raises(detector: Detector, indicator: str, text: str) -> bool:
    return indicator in {flag.indicator for flag in detector.read(plain_document(text), Kind.AD).flags}


@pytest.mark.parametrize(("indicator", "language"), CASES, ids=[f"{i}-{lang}" for i, lang in CASES])
def test_hits_are_raised_and_misses_are_not(detector: Detector, indicator: str, language: str) -> None:
    table = TABLES[indicator][language]
    assert [text for text in table["hits"] if not raises(detector, indicator, text)] == []
    assert [text for text in table["misses"] if raises(detector, indicator, text)] == []


def test_every_indicator_has_its_texts_in_indonesian(detector: Detector) -> None:
    assert {indicator for indicator, table in TABLES.items() if "id" in table} == set(detector.indicators)


@pytest.mark.parametrize(("indicator", "language"), CASES, ids=[f"{i}-{lang}" for i, lang in CASES])
def test_there_are_enough_different_texts(indicator: str, language: str) -> None:
    table = TABLES[indicator][language]
    assert len({*table["hits"]}) >= HITS_MIN
    assert len({*table["misses"]}) >= MISSES_MIN
