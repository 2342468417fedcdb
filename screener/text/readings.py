"""What one disguised word may stand for, and whether it looks meant."""

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from screener.text.spellings import LEET, MISREAD, WORD_MAX, leet, misread, squeezed
from screener.text.vocabulary import WORD_MIN, Vocabulary


class Manner(IntEnum):
    """How a spelling came about, as far as the word alone tells; UNSURE is meant if others in the text are."""

    PLAIN = 0
    UNSURE = 1
    DELIBERATE = 2


class Read(NamedTuple):
    """A plain word, and the manner of its disguise."""

    plain: str
    manner: Manner


STARS = "*#"
_COUNTED = re.compile(r"([1-9]\d*)([a-z]{3,})|([a-z]{3,})(\d+)")
_SHORT_LEET = re.compile(r"[a-z][0134@!][a-z]")
_STARRED = re.compile(rf"[a-z0-9@$!]+(?:[{STARS}]{{1,3}}[a-z0-9@$!]+)+")
_STAR_RUN = re.compile(f"[{STARS}]+")
_MISPRINT = re.compile(r"rn|vv")
_UNSPOKEN = re.compile(r"[cjqv]$|^ij|[jqv][^aeiouy]|[bdgpt][bdgjkmpt]")
_SURE_LENGTH = 6
_SHORT = 5


@lru_cache(maxsize=1 << 16)
def read(word: str, words: Vocabulary) -> Read | None:
    """What a word in lower case stands for, when it is none of the vocabulary itself; None when nothing."""
    if len(word) > WORD_MAX or word.isdigit() or word in words.words:
        return None
    if word.isalpha():
        return _of_letters(word, words) if len(word) >= WORD_MIN else None
    return _starred(word, words) if any(star in word for star in STARS) else _with_signs(word, words)


def _of_letters(word: str, words: Vocabulary) -> Read | None:
    """A word with letters too many or wrong ("gajiii", "pazpor", "rnudah", "jvdol"), or backwards."""
    chat = chain(squeezed(word), [word.replace("z", "s")], misread(word) if _MISPRINT.search(word) else ())
    if plain := words.likeliest(chat):
        return Read(plain, Manner.PLAIN)
    if "v" in word and (plain := words.likeliest(leet(word))):
        return Read(plain, Manner.DELIBERATE)
    return _reversed(word, words) or _slipped(word, words)


def _slipped(word: str, words: Vocabulary) -> Read | None:
    """A longer word with one l for i or i for l ("sesual")."""
    if len(word) < _SURE_LENGTH:
        return None
    other = {"l": "i", "i": "l"}
    plain = words.likeliest(f"{word[:at]}{other[c]}{word[at + 1 :]}" for at, c in enumerate(word) if c in other)
    return Read(plain, Manner.PLAIN) if plain else None


def _reversed(word: str, words: Vocabulary) -> Read | None:
    """A word written backwards; a short one only if no one could speak it as it stands ("ijag")."""
    plain = word[::-1]
    if not words.has(plain):
        return None
    unspoken, long = bool(_UNSPOKEN.search(word)), len(word) >= _SURE_LENGTH
    if unspoken and long:
        return Read(plain, Manner.DELIBERATE)
    return Read(plain, Manner.UNSURE) if unspoken or long else None


@lru_cache(maxsize=1 << 14)
def confused(word: str, words: Vocabulary) -> str:
    """The word that one of letters with l for I or i for l stands for ("tldak", "iegal"); empty when there is none."""
    return words.likeliest(misread(word)) if len(word) >= WORD_MIN else ""


def _with_signs(word: str, words: Vocabulary) -> Read | None:
    plain = words.likeliest(leet(word))
    if plain and not _counts(word, plain, words) and (len(plain) >= WORD_MIN or _SHORT_LEET.fullmatch(word)):
        return Read(plain, _manner(word, plain))
    if _counts(word, "", words):
        return None
    plain = words.likeliest(short for long in leet(word) for short in squeezed(long))
    if len(plain) >= WORD_MIN:
        return Read(plain, Manner.DELIBERATE)
    plain = words.likeliest(misread(word))
    return Read(plain, Manner.PLAIN) if len(plain) > WORD_MIN else None


def _counts(word: str, plain: str, words: Vocabulary) -> bool:
    """Whether digits before or after a word count it or double it ("3orang", "bos2"): it is no rarer than `plain`."""
    counted = _COUNTED.fullmatch(word)
    times = words.frequency(counted[2] or counted[3]) if counted else 0
    return times > 0 and times >= words.frequency(plain)


def _manner(word: str, plain: str) -> Manner:
    """One sign that a scanner misreads too proves nothing, unless in a short word, where evasion is likelier."""
    signs = [(sign, letter) for sign, letter in zip(word, plain, strict=True) if not sign.isalpha()]
    if any(sign not in MISREAD for sign, _ in signs) or len(signs) > 1:
        return Manner.DELIBERATE
    return Manner.DELIBERATE if len(plain) <= _SHORT and signs != [("1", "l")] else Manner.UNSURE


def _starred(word: str, words: Vocabulary) -> Read | None:
    """A word with stars for letters ("k*mboja", "kambo**ja"): each star one letter, or else one or none."""
    stars = sum(word.count(star) for star in STARS)
    if not _STARRED.fullmatch(word) or stars * 2 > len(word):
        return None
    likely = [plain for edge in _edges(word) for plain in words.by_edges.get(edge, ())]
    exact = [plain for plain in likely if len(plain) == len(word) and _fits(word, plain)]
    if len(exact) != 1 and len(word) <= WORD_MIN:
        return None
    plain = words.likeliest(exact) or words.likeliest(_with_fewer(word, stars, likely))
    return Read(plain, Manner.DELIBERATE) if plain else None


def _edges(word: str) -> Iterator[tuple[str, str]]:
    yield from ((first, last) for first in LEET.get(word[0], word[0]) for last in LEET.get(word[-1], word[-1]))


def _fits(word: str, plain: str) -> bool:
    return all(sign in STARS or letter in LEET.get(sign, sign) for sign, letter in zip(word, plain, strict=True))


def _with_fewer(word: str, stars: int, likely: Iterable[str]) -> Iterator[str]:
    """The words that fit when some of the stars stand for no letter."""
    head, *middle, tail = _STAR_RUN.split(word)
    lengths = range(max(WORD_MIN + 1, len(word) - stars), len(word))
    near = (plain for plain in likely if len(plain) in lengths)
    near = (plain for plain in near if _fits(head, plain[: len(head)]) and _fits(tail, plain[-len(tail) :]))
    # To compile an expression costs more than all the rest, so few words may need one.
    yield from (plain for plain in near if not middle or _loose(word).fullmatch(plain))


def _loose(word: str) -> re.Pattern[str]:
    return re.compile("".join("[a-z]?" if c in STARS else f"[{LEET.get(c, c)}]" for c in word))
