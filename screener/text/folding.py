"""Folding: one plain spelling for matching, while every offset still maps back to the original."""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import chain, islice, repeat

from screener.text.folded import Folded, edited
from screener.text.lookalikes import LOOK_ALIKES, look_alike

_REGIONAL_A = 0x1F1E6
_REGIONAL_Z = 0x1F1FF
_INVISIBLE = {"Cf", "Mn", "Me", "Cc", "Cs", "Co", "Cn"}
_FLAG = re.compile(f"[{chr(_REGIONAL_A)}-{chr(_REGIONAL_Z)}]{{1,2}}")
# So that no text can be made much longer; a real one has a few.
_FLAGS_MAX = 5_000
_CONTROL = re.compile(r"[^\n\t -~]")


class _FoldTable(dict[str, str]):
    """The plain spelling of each character, worked out the first time it is met."""

    def __missing__(self, character: str) -> str:
        plain = _plain(character)
        self[character] = plain
        return plain


def _plain(character: str) -> str:
    if character in "\n\t " or _REGIONAL_A <= ord(character) <= _REGIONAL_Z:
        return character
    if unicodedata.category(character) in _INVISIBLE:
        return " " if character in "\r\v\f\x85" else ""
    dressed = look_alike(character)
    if dressed:
        return dressed
    decomposed = unicodedata.normalize("NFKD", character).lower()
    kept = "".join(c for c in decomposed if unicodedata.category(c) not in _INVISIBLE)
    return "".join(LOOK_ALIKES.get(c, c) for c in kept)


_TABLE = _FoldTable()


def fold(text: str) -> Folded:
    """The text in plain lower-case spelling, with the way back; never fails, whatever the characters.

    It undoes what changes no word: case, full-width and styled letters, look-alike letters of other scripts, accents,
    invisible characters. A flag emoji is read as a word: " flagkh ".
    """
    if text.isascii() and not _CONTROL.search(text):
        return Folded(original=text, text=text.lower())
    pieces = list(map(_TABLE.__getitem__, text))
    lengths = list(map(len, pieces))
    if lengths.count(1) == len(lengths):
        return _with_flags(Folded(original=text, text="".join(pieces)))
    starts = array("I", chain.from_iterable(map(repeat, range(len(text)), lengths)))
    return _with_flags(Folded(original=text, text="".join(pieces), starts=starts, ends=_ends(text, starts, lengths)))


def _ends(text: str, starts: "array[int]", lengths: Sequence[int]) -> "array[int]":
    """Where each folded character ends in the original: after the marks that stand on it."""
    ends = array("I", chain.from_iterable(map(repeat, range(1, len(text) + 1), lengths)))
    marks = (i for i, length in enumerate(lengths) if not length and unicodedata.category(text[i]) in {"Mn", "Me"})
    for mark in marks:
        carrier = bisect_right(starts, mark) - 1
        if carrier >= 0:
            ends[carrier] = mark + 1
    return ends


def _with_flags(folded: Folded) -> Folded:
    """A pair of regional indicators becomes the word of its flag, a lone one its letter."""
    if not _FLAG.search(folded.text):
        return folded
    flags = islice(_FLAG.finditer(folded.text), _FLAGS_MAX)
    return edited(folded, [(match.start(), match.end(), _flag(match[0])) for match in flags])


@cache
def _flag(pair: str) -> str:
    letters = "".join(chr(ord(c) - _REGIONAL_A + ord("a")) for c in pair)
    return f" flag{letters} " if len(letters) > 1 else letters
