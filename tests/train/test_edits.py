"""Edits move what stands behind them, and a mark stays on its words for as long as these are there."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.records import Span
from screener.train.edits import Edit, any_of, apart, applied, cased_like, moved, rewritten
from tests.train.factory import TEXT, example
from tests.train.test_disguise import marks_on

WORDS = st.lists(st.text(alphabet="abc ", min_size=1, max_size=6), min_size=1, max_size=8)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and edits of some of the pieces that it is made of."""
    edits, at = [], 0
    pieces = draw(WORDS)
    for piece in pieces:
        if draw(st.booleans()):
            edits.append(Edit(at, at + len(piece), draw(st.text(alphabet="xyz", max_size=4))))
        at += len(piece)
    return "".join(pieces), edits


@given(edited())
def test_what_was_not_edited_is_found_where_it_has_moved(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    new = applied(text, edits)
    bounds = [0, *(offset for edit in edits for offset in (edit.start, edit.end)), len(text)]
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        span = moved(Span(start=start, end=end), edits)
        assert (new[span.start : span.end] if span else "") == text[start:end]


@given(edited())
def test_a_span_over_the_whole_text_is_over_the_whole_new_text(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    new = applied(text, edits)
    assert moved(Span(start=0, end=len(text)), edits) == (Span(start=0, end=len(new)) if new else None)


def test_a_mark_whose_words_were_all_left_out_goes_with_them() -> None:
    start, end = TEXT.index("paspor"), TEXT.index(" WA")
    marks = tuple(marks_on(TEXT, "paspor dipegang bos", "Kamboja", "dipegang"))
    marked = replace(example(1, text=TEXT), marks=marks)
    left = rewritten(marked, [Edit(start, end, "")])
    assert [mark.quote for mark in left.marks] == ["Kamboja"]
    assert left.text == "Dicari admin Kamboja,  WA 0812-0000-0001"


def test_a_mark_on_a_changed_word_covers_the_new_word() -> None:
    one = replace(example(1, text=TEXT), marks=tuple(marks_on(TEXT, "paspor dipegang bos")))
    start = TEXT.index("dipegang")
    new = rewritten(one, [Edit(0, 6, "Dibutuhkan"), Edit(start, start + 8, "disimpan")])
    assert [mark.quote for mark in new.marks] == ["paspor disimpan bos"]


def test_of_edits_that_overlap_the_first_and_longest_is_kept() -> None:
    edits = [Edit(4, 6, "c"), Edit(0, 2, "d"), Edit(0, 3, "a"), Edit(2, 5, "b")]
    assert apart(edits) == [Edit(0, 3, "a"), Edit(4, 6, "c")]


@pytest.mark.parametrize(
    ("word", "model", "cased"),
    [
        ("Korea", "JEPANG", "KOREA"),
        ("korea", "Jepang", "Korea"),
        ("Phnom Penh", "poipet", "phnom penh"),
        ("u", "You", "U"),
        ("you", "U", "You"),
    ],
)
def test_a_word_takes_the_case_of_the_one_it_stands_for(word: str, model: str, cased: str) -> None:
    assert cased_like(word, model) == cased


def test_the_longest_word_is_found_and_none_within_addresses_and_longer_words() -> None:
    text = "Korea Selatan, korea.test, @korea, hr@korea.test, https://korea.test/korea, koreanya, KOREA!"
    assert any_of(["korea", "korea selatan"]).findall(text) == ["Korea Selatan", "KOREA"]
