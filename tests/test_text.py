"""Folding and unmasking keep every quote exact."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.text import fold, unmask

KNOWN = frozenset({"kamboja", "judol", "gaji", "paspor", "dubai", "loker", "thailand", "visa", "turis", "bandar"})

SAME_WORDS = [
    ("capitals", "PASPOR", "paspor"),
    ("full-width", "ｐａｓｐｏｒ", "paspor"),
    ("mathematical bold", "𝗴𝗮𝗷𝗶", "gaji"),
    ("negative squared", "🅚🅐🅜🅑🅞🅙🅐", "kamboja"),
    ("small capitals", "ɢᴀᴊɪ", "gaji"),
    ("cyrillic", "Кamboja", "kamboja"),
    ("greek", "ραspοr", "paspor"),
    ("accents", "pãspór", "paspor"),
    ("zero width", "kam\u200bbo\u200dja", "kamboja"),
    ("soft hyphen", "pas\u00adpor", "paspor"),
    ("combining marks", "v̶i̶s̶a̶", "visa"),
    ("bidi override", "\u202epaspor\u202c", "paspor"),
    ("keycap digits", "0️⃣8️⃣", "08"),
]
DISGUISES = [
    ("leet", "k4mb0j4", "kamboja"),
    ("leet one for i", "g4j1", "gaji"),
    ("at sign", "th@iland", "thailand"),
    ("star", "D*bai", "dubai"),
    ("two stars", "kambo**ja", "kamboja"),
    ("spaced", "k a m b o j a", "kamboja"),
    ("dotted", "j.u.d.o.l", "judol"),
    ("split", "ga.ji", "gaji"),
    ("hyphens", "kam-bo-ja", "kamboja"),
    ("stretched", "kambojaaaa", "kamboja"),
    ("spaced leet", "k 4 m b 0 j 4", "kamboja"),
]
ORDINARY = [
    "15jt/bln",
    "s/d 20jt",
    "e-9",
    "ha ha ha",
    "2-3 hari",
    "yg dgn krj",
    "wa.me/628120000",
    "mantap!!!",
    "PT. A B C",
    "1.500.000",
    "k-pop",
]
UNITS = [
    "a",
    " ",
    "1",
    "a ",
    "a.a",
    "*a",
    "🇰🇭",
    "a1",
    "a-",
    "g4ji kamboja ",
    "a\u0301",
    "\u200b",
    "\ud800",
    "😀",
    "1|",
    "k*",
]


@pytest.mark.parametrize(("written", "plain"), [c[1:] for c in SAME_WORDS], ids=[c[0] for c in SAME_WORDS])
def test_a_word_in_another_dress_folds_to_the_plain_word(written: str, plain: str) -> None:
    folded = fold(f"ada {written} ya")
    start = folded.text.index(plain)
    span = folded.span(start, start + len(plain))
    assert folded.original[span.start : span.end].strip("\u202e\u202c") in {
        written,
        written.strip("\u202e\u202c"),
    }


@pytest.mark.parametrize(("written", "plain"), [c[1:] for c in DISGUISES], ids=[c[0] for c in DISGUISES])
def test_a_disguised_word_is_found_and_quoted_as_written(written: str, plain: str) -> None:
    folded = unmask(fold(f"kerja {written} aman"), KNOWN)
    assert plain in folded.text
    assert [folded.original[d.span.start : d.span.end] for d in folded.disguises] == [written]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_writing_is_no_disguise(text: str) -> None:
    assert unmask(fold(text), KNOWN).disguises == ()


def test_a_flag_emoji_becomes_a_word_that_maps_back_to_the_flag() -> None:
    folded = fold("kerja 🇰🇭 yuk")
    start = folded.text.index("flagkh")
    span = folded.span(start, start + 6)
    assert folded.original[span.start : span.end] == "🇰🇭"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_every_folded_character_maps_into_the_original_in_order(text: str) -> None:
    folded = unmask(fold(text), KNOWN)
    spans = [folded.span(i, i + 1) for i in range(len(folded.text))]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert [span.start for span in spans] == sorted(span.start for span in spans)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="abk4m0*.- jo@🇰🇭\u200b", max_size=200))
def test_disguises_lie_inside_the_text_and_do_not_overlap(text: str) -> None:
    spans = [d.span for d in unmask(fold(text), KNOWN).disguises]
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.timeout(20)
@pytest.mark.parametrize("unit", UNITS)
def test_a_megabyte_of_anything_is_folded_and_unmasked(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    folded = unmask(fold(text), KNOWN)
    assert folded.original == text
    assert all(disguise.plain in KNOWN for disguise in folded.disguises)
