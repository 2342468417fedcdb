"""Hashed n-grams of a plain text's words: single words, pairs of words, and runs of 3 to 5 letters inside a word.

Each word's letter runs are hashed once and kept, which makes hashing several times faster than a vectoriser's
(libraries survey, section 2). CRC-32 is stable over processes and machines.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from screener.records import Grams

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

BLOCK: Literal[262144] = 262144
"""Buckets of a block: letter runs fill the first, words and pairs of words the second."""
BUCKETS: Literal[524288] = 524288
_LETTER_RUNS = (3, 4, 5)
_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
_KEPT_WORDS = 200_000
_WORD_LENGTH_MAX = 40

_KEPT_TYPE = np.dtype("<i4")
EVIDENCE = 20_000.0
"""What is added to the squared length of each block of a text's n-grams, that of about a hundred words.

Brought to length 1 alone, each word of a text of ten words would weigh three times as much as in one of a hundred,
and a terse open lure read as ordinary, since most of its words stand in lawful ads as well.
"""

Indices = npt.NDArray[np.int64]


class _Word(NamedTuple):
    """What is kept of a word: the buckets of its n-grams as bytes, what is hashed for a pair before and after it."""

    buckets: bytes
    checksum: int
    following: bytes


@dataclass(frozen=True)
class Hasher:
    """Turns plain text into n-grams; remembers the words it has met."""

    _kept: dict[str, _Word] = field(default_factory=dict)

    def grams(self, plain: str) -> Grams:
        """The n-grams of a folded text; digits count as 0, so that no phone number is learnt."""
        words = _DIGIT.sub("0", " ".join(_WORD.findall(plain))).split(" ")
        words = [word[:_WORD_LENGTH_MAX] for word in words if word]
        known = [self._of_word(word) for word in words]
        # CRC-32 of "a b" goes on from that of "a".
        pairs = [crc32(b.following, a.checksum) % BLOCK + BLOCK for a, b in pairwise(known)]
        own = np.frombuffer(b"".join([word.buckets for word in known]), dtype=_KEPT_TYPE)
        counts = [len(word.buckets) // _KEPT_TYPE.itemsize for word in known]
        return Grams(
            words=words,
            buckets=np.concatenate([own, np.array(pairs, dtype=np.int64)]),
            owners=np.concatenate([np.repeat(np.arange(len(words)), counts), np.arange(len(pairs))]),
        )

    def _of_word(self, word: str) -> _Word:
        kept = self._kept.get(word)
        if kept is None:
            if len(self._kept) >= _KEPT_WORDS:
                self._kept.clear()
            buckets = np.array([_bucket(f"={word}") + BLOCK, *map(_bucket, _letter_runs(word))], dtype=_KEPT_TYPE)
            kept = self._kept[word] = _Word(buckets.tobytes(), crc32(_encoded(word)), _encoded(f" {word}"))
        return kept


def _letter_runs(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[i : i + n] for n in _LETTER_RUNS for i in range(len(padded) - n + 1)]


def _bucket(gram: str) -> int:
    return crc32(_encoded(gram)) % BLOCK


def _encoded(gram: str) -> bytes:
    return gram.encode("utf-8", "surrogatepass")


def distinct(buckets: Indices) -> Indices:
    """The different buckets in ascending order; several times as fast as numpy's own, which hashes, for one text."""
    ordered = np.sort(buckets)
    return ordered[np.diff(ordered, prepend=-1) > 0]


def matrix(all_grams: Sequence[Grams]) -> "csr_matrix[np.float64]":
    """One row a text, one column a bucket: 1 where the text has it."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415  only training needs it, and it takes long to import

    rows = [distinct(grams.buckets) for grams in all_grams]
    offsets = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    columns = np.concatenate(rows) if rows else np.array([], dtype=np.int64)
    return csr_matrix((np.ones(len(columns)), columns, offsets), shape=(len(rows), BUCKETS))


def word_contributions(
    grams: Grams, coefficients: npt.NDArray[np.float32], rarity: npt.NDArray[np.float32]
) -> npt.NDArray[np.float64]:
    """Each word's part of the n-grams' log-odds; a bucket that several words share is divided among them.

    `coefficients` hold the rarity of each bucket already; `rarity` brings each block of a text to a common length.
    """
    if not len(grams.buckets):
        return np.zeros(len(grams.words))
    order = np.argsort(grams.buckets)
    ordered = grams.buckets[order]
    first = np.diff(ordered, prepend=-1) > 0
    unique, which = ordered[first], np.cumsum(first) - 1
    values = rarity[unique].astype(np.float64)
    split = int(np.searchsorted(unique, BLOCK))
    scales = np.empty(len(unique))
    for block in (slice(split), slice(split, None)):
        scales[block] = 1 / math.sqrt(EVIDENCE + float(values[block] @ values[block]))
    shares = coefficients[unique] * scales / np.bincount(which)
    of_words = np.bincount(grams.owners[order], weights=shares[which], minlength=len(grams.words))
    return of_words.astype(np.float64)
