import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.report.visible import defang, defang_inside, show


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a‹U+202E›b"),
        ("a\u2066b\u2069", "a‹U+2066›b‹U+2069›"),
        ("k\u200ba\u200cm\u200d", "k‹U+200B›a‹U+200C›m‹U+200D›"),
        ("\ufeffx", "‹U+FEFF›x"),
        ("a\u00adb", "a‹U+00AD›b"),
        ("x\U000e0041", "x‹U+E0041›"),
        ("x\ud800y", "x‹U+D800›y"),
        ("x\x00\x1b[2J", "x‹U+0000›‹U+001B›[2J"),
        ("x\ue000\U000f0000", "x‹U+E000›‹U+F0000›"),
        ("x\u3164\u2800", "x‹U+3164›‹U+2800›"),
        ("a\ufe0f", "a‹U+FE0F›"),
        ("a\r\nb\rc\td", "a\nb\nc\td"),
        ("⚠\ufe0f 👩\u200d👧 1\ufe0f", "⚠\ufe0f 👩\u200d👧 1\ufe0f"),
        ("kérja 工作 काम", "kérja 工作 काम"),
    ],
)
def test_hidden_characters_become_tokens_and_honest_ones_stay(text: str, shown: str) -> None:
    assert show(text) == shown


def test_a_pile_of_combining_marks_is_cut() -> None:
    assert show("a" + "\u0301" * 500) == "a" + "\u0301" * 3 + "‹+497 combining marks›"


@given(st.text(st.characters(categories=["Cc", "Cf", "Cs", "Co"])))
def test_no_character_of_a_hidden_category_survives(text: str) -> None:
    left = {character for character in show(f"a{text}") if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co"}}
    assert left <= {"\n", "\t"}


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.test/x?u=http://b", "hxxps://a.test/x?u=http://b"),
        ("data:text/html,<b>", "data[:]text/html,<b>"),
        ("http://[::1", "hxxp://[::1"),
        ("http://bank.go.id@evil.test/", "hxxp://bank.go.id@evil.test/"),
        ("not an address", "not an address"),
        ("C:\\ads.jsonl", "C:\\ads.jsonl"),
        ("", ""),
    ],
)
def test_an_address_becomes_text(url: str, shown: str) -> None:
    assert defang(url) == shown


@given(st.text())
def test_any_text_can_be_shown_and_defanged(text: str) -> None:
    show(defang(text)).encode()
    assert len(defang_inside(text)) == len(text)


@pytest.mark.parametrize("unit", ["\u200b", "a\u0301", "http:", "\ufe0f", " "])
def test_a_long_text_takes_linear_time(unit: str) -> None:
    start = time.process_time()
    show(defang_inside(unit * 50_000))
    assert time.process_time() - start < 20
