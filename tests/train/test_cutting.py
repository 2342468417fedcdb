"""Less of a text: whole sentences go, something is left, and a text to follow up keeps a reason to."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.detect import Detector
from screener.records import Example
from screener.train.corpus import document_of
from screener.train.cutting import in_part, sentences, together_with, without_a_fact
from tests.train.factory import drawn, example
from tests.train.test_disguise import marks_on

TEXT = (
    "Dicari tenaga pabrik di Johor untuk bulan depan. Gaji 6 juta per bulan.\n"
    "Paspor nanti dipegang mandor selama kontrak. Tempat tidur di gudang, makan ditanggung.\n"
    "Minat silakan chat WA 0812-0000-1180"
)


def told(text: str, *quotes: str) -> Example:
    return replace(example(1, text=text), marks=tuple(marks_on(text, *quotes)))


@given(st.text(alphabet="ab .!?\n…", max_size=60))
def test_sentences_are_the_whole_text_but_for_blank_lines_before_it(text: str) -> None:
    found = sentences(text)
    assert "".join(text[one.start : one.end] for one in found).strip() == text.strip()
    assert all(left.end == right.start for left, right in pairwise(found))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("SIP3MI No. 0000 dari Jl. Contoh. Gaji Rp 1.500.000 sebulan! Mau?", 3),
        ("baris satu\nbaris dua\n\nbaris tiga", 3),
        ("buka jam 08.00 di kantor.test ya", 1),
        ("", 0),
    ],
)
def test_a_sentence_ends_at_a_sign_before_a_blank_or_at_its_line(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_a_line_that_holds_one_fact_is_left_out(detector: Detector) -> None:
    reading = detector.read(document_of(told(TEXT)))
    without = {without_a_fact(told(TEXT), reading, drawn(seed)).text for seed in range(12)}
    assert without == {TEXT.replace("Gaji 6 juta per bulan.\n", ""), TEXT.replace(TEXT.splitlines()[-1], "")}


def test_a_text_without_such_a_line_stays_as_it_is(detector: Detector) -> None:
    one = told("Gaji 6 juta, chat WA 0812-0000-1180, semua dalam satu kalimat yang tidak dapat dibagi lagi")
    assert without_a_fact(one, detector.read(document_of(one)), drawn(1)) == one


def test_the_parts_are_beginnings_and_ends_of_whole_sentences() -> None:
    parts = {in_part(told(TEXT), drawn(seed)).text for seed in range(30)}
    ends = [one.end for one in sentences(TEXT)]
    assert len(parts) >= 4
    assert parts <= {part for end in ends for part in (TEXT[:end], TEXT[end:])}
    assert all(0.2 * len(TEXT) < len(part) < 0.8 * len(TEXT) for part in parts)


def test_a_text_with_a_marked_risk_is_cut_to_a_part_that_has_one() -> None:
    one = told(TEXT, "dipegang mandor")
    parts = [in_part(one, drawn(seed)) for seed in range(20)]
    assert all([mark.quote for mark in part.marks] == ["dipegang mandor"] for part in parts)
    assert any(part.text != TEXT for part in parts)


def test_the_only_marked_risk_is_never_left_out_as_a_fact(detector: Detector) -> None:
    one = told(TEXT, "Gaji 6 juta per bulan")
    reading = detector.read(document_of(one))
    copies = {without_a_fact(one, reading, drawn(seed)).text for seed in range(12)}
    assert copies == {TEXT.replace(TEXT.splitlines()[-1], "")}


def test_a_short_text_is_not_cut() -> None:
    one = told("Dicari admin. Chat saja.")
    assert in_part(one, drawn(1)) == one


def test_two_texts_together_hold_both_and_the_marks_of_the_first() -> None:
    one, other = told(TEXT, "dipegang mandor"), told("Juga dicari tukang kebun.", "tukang")
    copies = [together_with(one, other, drawn(seed)) for seed in range(8)]
    assert {copy.text.startswith(TEXT) for copy in copies} == {True, False}
    for copy in copies:
        assert TEXT in copy.text
        assert other.text in copy.text
        assert [copy.text[mark.span.start : mark.span.end] for mark in copy.marks] == ["dipegang mandor"]
