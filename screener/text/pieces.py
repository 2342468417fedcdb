"""Words in two or three pieces: "kam boja", "pas por", "ko mit men", also over the end of a line."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import add
from typing import NamedTuple

from screener.text.readings import Manner
from screener.text.runs import Hit
from screener.text.vocabulary import Vocabulary

_BETWEEN = re.compile(r" ?\n|  ?")
_PARTICLES = frozenset({"di", "ke", "ku", "si"})
_PREFIXES = frozenset({"me", "pe", "ber", "ter"})
_SUFFIXES = frozenset({"an", "kan", "nya", "lah"})
_UNSPOKEN = re.compile(r"^[^aeiou]+$|^(?:[jlmrwy]|n(?![gyj]))[^aeiouy]|^[^aeiou]{4}")
_WORD_MIN = 5
_WORD_SURE = 8
_PIECE_MIN = 2
_COMMONER = 2


class Tokens(NamedTuple):
    """The words of a text: where they stand, how they are written, and which of them are no known words."""

    places: Sequence[re.Match[str]]
    written: Sequence[str]
    unknown: Sequence[int]


def in_pieces(text: str, tokens: Tokens, words: Vocabulary) -> Iterator[Hit]:
    """The known words whose pieces stand side by side as if they were words, which they hardly are."""
    written, known = tokens.written, words.words
    pairs = [
        at for at, joined in enumerate(map(add, written, written[1:])) if joined in known and len(joined) >= _WORD_MIN
    ]
    triples = [at for at in tokens.unknown if "".join(written[at : at + 3]) in known]
    for first, count in (*((at, 2) for at in pairs), *((at, 3) for at in triples)):
        pieces = tokens.places[first : first + count]
        if len(pieces) == count and _is_one(text, pieces, words):
            joined = "".join(piece[0] for piece in pieces)
            yield Hit(pieces[0].start(), pieces[-1].end(), joined, Manner.PLAIN)


def _is_one(text: str, pieces: Sequence[re.Match[str]], words: Vocabulary) -> bool:
    parts = [piece[0] for piece in pieces]
    gaps = (text[a.end() : b.start()] for a, b in pairwise(pieces))
    return (
        min(map(len, parts)) >= _PIECE_MIN
        and sum(map(len, parts)) >= (_WORD_SURE if _stand_apart(parts) else _WORD_MIN)
        and all(map(str.isalpha, parts))
        and all(map(_BETWEEN.fullmatch, gaps))
        and not _are_words(parts, words)
    )


def _stand_apart(parts: Sequence[str]) -> bool:
    """Whether a particle is among the pieces: "ke meja" is no "kemeja", unless the rest cannot be spoken: "ke rja"."""
    return not _PARTICLES.isdisjoint(parts) and not any(map(_UNSPOKEN.search, parts))


def _are_words(parts: Sequence[str], words: Vocabulary) -> bool:
    """Whether all pieces are words, none an affix, none much rarer than the whole ("orang tua"; not so "hot el")."""
    if parts[0] in _PREFIXES or parts[-1] in _SUFFIXES or not all(part in words.words for part in parts):
        return False
    rarest = min(words.frequency(part) for part in parts)
    return not _PARTICLES.isdisjoint(parts) or words.frequency("".join(parts)) <= _COMMONER * rarest
