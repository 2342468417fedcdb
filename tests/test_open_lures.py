"""Lures that say in a line what they are: the words stand in warnings, too, and must not be taken for one."""

import json
from pathlib import Path

import pytest

from screener.records import Band, Finding
from screener.screening import Screener, plain_document

LURES = Path(__file__).parent.parent / "corpus" / "plain" / "lures.jsonl"
CLEAR_MAX = 3
"""Of 34, all moduses among them."""


@pytest.fixture(scope="module")
def findings(screener: Screener) -> list[Finding]:
    _, *rows = LURES.read_text(encoding="utf-8").splitlines()
    return [screener.screen(plain_document(json.loads(row)["text"])) for row in rows]


def test_next_to_no_open_lure_is_passed_over(findings: list[Finding]) -> None:
    clear = [one.document.text for one in findings if one.score.band is Band.CLEAR]
    assert len(findings) == 34
    assert len(clear) <= CLEAR_MAX, clear


def test_what_is_not_passed_over_is_flagged(findings: list[Finding]) -> None:
    raised = [one for one in findings if one.score.band is not Band.CLEAR]
    assert [one.document.text for one in raised if not one.flags] == []
