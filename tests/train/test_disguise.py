"""Disguises: words change, marks stay on them, and the detector reads most of it as it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.records import Mark, Polarity, Span
from screener.text import fold, unmask
from screener.train.disguise import disguised
from screener.train.disguises import KINDS

TEXT = (
    "Butuh 5 admin chat buat kantor Kamboja. Paspor dipegang leader, makan tidur di gedung, ga boleh keluar!\n"
    "Gaji delapan ratus dollar, tiket ditanggung. Minat chat 0812-0000-3344 sekarang juga"
)
KNOWN = frozenset(word for word in fold(TEXT).text.replace(",", "").replace(".", "").split() if word.isalpha())
UNDONE = sorted(set(KINDS) - {"flags", "nicknames", "numbers"})


def marks_on(text: str, *quotes: str) -> list[Mark]:
    return [
        Mark(
            indicator="document-retention",
            polarity=Polarity.RISK,
            span=Span(start=text.index(quote), end=text.index(quote) + len(quote)),
            quote=quote,
        )
        for quote in quotes
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_changes_a_word_it_can_change(kind: str) -> None:
    assert disguised(TEXT, (), 9, 3, [kind])[0] != TEXT


@pytest.mark.parametrize("kind", UNDONE)
def test_a_disguised_word_that_is_known_is_read_again(kind: str) -> None:
    text = "paspor dipegang leader"
    new = disguised(text, (), 1, 5, [kind])[0]
    assert unmask(fold(new), KNOWN).text.replace("sleader", "leader") == text


def test_the_same_seed_gives_the_same_text_and_another_seed_another() -> None:
    first, again, other = (disguised(TEXT, (), 3, seed) for seed in (4, 4, 5))
    assert first == again
    assert first != other


def test_no_disguise_is_no_change() -> None:
    marks = tuple(marks_on(TEXT, "Kamboja"))
    assert disguised(TEXT, marks, 0, 1) == (TEXT, marks)


def test_words_that_carry_signs_change_first() -> None:
    text = "Semua paspor nanti dipegang leader kantor pusat"
    new, marks = disguised(text, marks_on(text, "dipegang"), 1, 2, ["spaced out"])
    assert new == text.replace("dipegang", "d i p e g a n g")
    assert marks[0].quote == "d i p e g a n g"


def test_a_mark_on_part_of_a_word_grows_to_the_word() -> None:
    _, marks = disguised("paspor", marks_on("paspor", "spo"), 1, 2, ["dotted out"])
    assert fold(marks[0].quote).text.replace("·", ".")[1::2] in {"." * 5, "-" * 5, "_" * 5}


def test_no_more_words_change_than_asked_for_in_a_sentence() -> None:
    new, _ = disguised("Paspor dipegang leader. Gaji delapan ratus dollar.", (), 1, 1, ["full-width"])
    assert sum(not word.isascii() for word in new.split()) == 2


@pytest.mark.parametrize(
    "text", ["wa.me/62812000033", "cs@kantor.example", "https://loker.example/kerja", "@kantor_pusat"]
)
def test_addresses_stay_as_they_are(text: str) -> None:
    assert disguised(text, (), 5, 1, ["full-width", "spaced out", "numbers"])[0] == text


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        disguised(TEXT, (), 1, 1, ["invisible ink"])


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 9), st.integers(), st.sampled_from([*KINDS, "all"]))
def test_every_quote_is_the_text_at_its_mark(per_sentence: int, seed: int, kind: str) -> None:
    marks = marks_on(TEXT, "Paspor dipegang leader", "Kamboja", "ga boleh keluar!\nGaji", "0812", "di")
    new, moved = disguised(TEXT, marks, per_sentence, seed, list(KINDS) if kind == "all" else [kind])
    assert [new[mark.span.start : mark.span.end] for mark in moved] == [mark.quote for mark in moved]
    assert all(mark.quote for mark in moved)
