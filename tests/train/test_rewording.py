"""Rewording: chat spellings and back; marks stay on their words, addresses stay as they are."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from screener.records import Example
from screener.train.rewording import in_chat, load_slang, out_of_chat
from tests.train.factory import drawn, example
from tests.train.test_disguise import marks_on

PLAIN = "Saya tidak dapat gaji yang dijanjikan, teman-teman sudah pulang dengan tiket sendiri."
CHAT = "sy gak dpt gaji yg dijanjikan, tmn2 udah plg dgn tiket sndiri"


def told(text: str, *quotes: str) -> Example:
    return replace(example(1, text=text), marks=tuple(marks_on(text, *quotes)))


def words(text: str) -> list[str]:
    return text.lower().replace(",", "").replace(".", "").split()


def test_chat_spells_most_words_in_its_own_way() -> None:
    new = words(in_chat(told(PLAIN), drawn(1)).text)
    assert len(new) == len(words(PLAIN))
    changed = [(old, now) for old, now in zip(words(PLAIN), new, strict=True) if old != now]
    assert len(changed) >= 5
    assert all(now in {*load_slang().chat.get(old, ()), "teman2", "tmn-tmn"} or "-" in old for old, now in changed)


def test_chat_written_out_holds_plain_words() -> None:
    new = words(out_of_chat(told(CHAT), drawn(3)).text)
    changed = [(old, now) for old, now in zip(words(CHAT), new, strict=True) if old != now]
    assert len(changed) >= 3
    assert set(changed) <= {
        ("sy", "saya"), ("gak", "tidak"), ("dpt", "dapat"), ("yg", "yang"), ("tmn2", "tmn-tmn"),
        ("udah", "sudah"), ("plg", "pulang"), ("dgn", "dengan"), ("sndiri", "sendiri"),
    }  # fmt: skip


@pytest.mark.parametrize("change", [in_chat, out_of_chat])
def test_marks_stay_on_their_words_and_the_same_draws_give_the_same_copy(
    change: Callable[[Example, Random], Example],
) -> None:
    one = told(f"{PLAIN} {CHAT}", "tidak dapat gaji", "yg dijanjikan", "tmn2")
    copies = [change(one, drawn(seed)) for seed in (5, 5, 6)]
    assert copies[0] == copies[1] != copies[2]
    for copy in copies:
        assert [copy.text[mark.span.start : mark.span.end] for mark in copy.marks] == [one.quote for one in copy.marks]
        assert len(copy.marks) == len(one.marks)
        assert copy.marks[0].quote.count(" ") >= 2


@pytest.mark.parametrize("text", ["yang@saya.test", "https://yg.test/untuk", "@saya_dgn", "#yg", "Dubai, Kamboja 2026"])
def test_addresses_and_words_that_the_table_lacks_stay(text: str) -> None:
    for seed in range(5):
        assert in_chat(told(text), drawn(seed)).text.replace("#yang", "#yg") == text
        assert out_of_chat(told(text), drawn(seed)).text.replace("#yang", "#yg") == text


def test_no_spelling_is_a_plain_word_itself_and_none_is_written_out_as_two() -> None:
    slang = load_slang()
    assert not set(slang.plain) & set(slang.chat)
    assert all(spelling in slang.chat[plain] for spelling, plain in slang.plain.items())
    assert len(slang.chat) > 100
