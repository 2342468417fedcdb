"""Expressions searched for together match what each matches alone."""

import re

import pytest

from screener.detect.expressions import Expressions, together

NEEDED, EITHER, AHEAD = re.compile("paspor"), re.compile("gaji|upah"), re.compile("kerja(?! di rumah)")
ALL = (AHEAD, NEEDED, EITHER)
TEXTS = ["", "gaji besar, paspor dipegang", "kerja di rumah", "kerja di kapal, upah bulanan", "\udcff paspor"]


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_together_they_match_where_each_matches_alone(text: str) -> None:
    assert set(Expressions(ALL).matching(text)) == {pattern for pattern in ALL if pattern.search(text)}


def test_no_expressions_match_nothing() -> None:
    assert Expressions([]).matching("paspor") == []


def test_the_same_expressions_are_made_ready_once() -> None:
    assert together(ALL) is together(tuple(ALL))
