"""The same text in other spellings: those of chat for plain ones, and back."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from screener.detect.tables import read_table
from screener.records import Example
from screener.train.edits import WORD_END, WORD_START, Edit, any_of, apart, cased_like, rewritten

_TABLE = Path(__file__).parent / "slang.toml"
_SHARE_REWORDED = 0.6
_TWICE = re.compile(rf"{WORD_START}([a-z]{{3,}})-\1{WORD_END}", re.IGNORECASE)
_TWICE_IN_CHAT = re.compile(rf"{WORD_START}([a-z]{{3,}})2{WORD_END}", re.IGNORECASE)


class _Spelling(BaseModel):
    """A word and how chat spells it; `back` says that those spellings stand for no other word."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    plain: str = Field(pattern=r"^[a-z ]+$")
    chat: list[str] = Field(min_length=1)
    back: bool = True
    source: str = Field(min_length=3)


@dataclass(frozen=True, kw_only=True)
class Slang:
    """What each plain word is spelled like in chat, and the plain word of each chat spelling."""

    chat: Mapping[str, tuple[str, ...]]
    plain: Mapping[str, str]
    to_chat: "re.Pattern[str]"
    to_plain: "re.Pattern[str]"


@cache
def load_slang() -> Slang:
    """The table of chat spellings that comes with the program."""
    rows: list[_Spelling] = read_table(_TABLE, TypeAdapter(list[_Spelling]), "spelling")
    words = dict.fromkeys(row.plain for row in rows)
    chat = {plain: tuple(one for row in rows if row.plain == plain for one in row.chat) for plain in words}
    plain = {spelling: row.plain for row in reversed(rows) if row.back for spelling in row.chat}
    return Slang(chat=chat, plain=plain, to_chat=any_of(chat), to_plain=any_of(plain))


def in_chat(example: Example, chance: Random) -> Example:
    """The example with most of the words that chat spells in its own way spelled so."""
    slang = load_slang()
    edits = [
        *_swapped(example.text, slang.to_chat, lambda word: chance.choice(slang.chat[word]), chance),
        *_swapped(example.text, _TWICE, lambda word: f"{word.split('-')[0]}2", chance),
    ]
    return rewritten(example, apart(edits))


def out_of_chat(example: Example, chance: Random) -> Example:
    """The example with most of its chat spellings written out."""
    slang = load_slang()
    edits = [
        *_swapped(example.text, slang.to_plain, slang.plain.__getitem__, chance),
        *_swapped(example.text, _TWICE_IN_CHAT, lambda word: f"{word[:-1]}-{word[:-1]}", chance),
    ]
    return rewritten(example, apart(edits))


def _swapped(text: str, pattern: "re.Pattern[str]", new: Callable[[str], str], chance: Random) -> Iterator[Edit]:
    """Edits of most of the words that a pattern finds; `new` is told a word in small letters."""
    for match in pattern.finditer(text):
        if chance.random() < _SHARE_REWORDED:
            yield Edit(match.start(), match.end(), cased_like(new(match[0].lower()), match[0]))
