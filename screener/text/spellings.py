"""The ways in which one word may have been spelled: what each sign and letter can stand for."""

import re
from collections.abc import Iterator, Mapping
from itertools import product

LEET = {
    "0": "o", "1": "il", "2": "z", "3": "e", "4": "a", "5": "s", "6": "gb", "7": "t", "8": "b", "9": "g", "v": "vu",
    "@": "a", "$": "s", "!": "i", "|": "li", "+": "t", "€": "e", "£": "l", "¥": "y", "₳": "a", "฿": "b", "₵": "c",
    "₣": "f", "₲": "g", "₭": "k", "₦": "n", "₱": "p", "₴": "s", "₮": "t", "₩": "w", "§": "s", "¢": "c",
}  # fmt: skip
LEET_SIGNS = "".join(sign for sign in LEET if not sign.isalnum())
MISREAD = {"0": "o", "1": "il", "5": "s", "8": "b", "|": "li", "l": "il", "i": "li"}
"""What a scanner or a sloppy typist puts for letters."""
WORD_MAX = 40
_COMBINATIONS_MAX = 64
_CONFUSIONS_MAX = 16
_RUNS_MAX = 5
_SHORT = 5
_REPEAT = re.compile(r"([a-z])\1+")
_LONG_VOWEL = re.compile(r"ee|oo")
_TRIPLE = re.compile(r"([a-z])\1\1")


def leet(word: str) -> Iterator[str]:
    """The word with its signs as letters, the likeliest first; none when there are too many ways."""
    return _spelled(word, LEET, _COMBINATIONS_MAX)


def misread(word: str) -> Iterator[str]:
    """The word as it was before a scanner took l for i, rn for m or vv for w; none when there are too many ways."""
    without_rn = word.replace("rn", "m")
    for base in dict.fromkeys((word, without_rn, word.replace("vv", "w"), without_rn.replace("vv", "w"))):
        yield from _spelled(base, MISREAD, _CONFUSIONS_MAX)


def _spelled(word: str, table: Mapping[str, str], most: int) -> Iterator[str]:
    options = [table.get(character, character) for character in word]
    doubtful = sum(len(option) > 1 for option in options)
    if len(word) <= WORD_MAX and 2**doubtful <= most:
        yield from map("".join, product(*options))


def squeezed(word: str) -> Iterator[str]:
    """A stretched or doubled word with each run of a letter as one or two of it; none when it has no such run.

    English doubles e and o, so a short word keeps them ("career"), unless a run of three shows that it was stretched.
    """
    stretched = bool(_TRIPLE.search(word))
    runs = len(_REPEAT.findall(word))
    if not 0 < runs <= _RUNS_MAX or not (stretched or len(word) > _SHORT):
        return
    for lengths in product((1, 2), repeat=runs):
        given = iter(lengths)
        plain = _REPEAT.sub(lambda match: match[1] * next(given), word)  # noqa: B023  called at once
        if stretched or len(plain) > _SHORT or not _LONG_VOWEL.search(word):
            yield plain
