"""Hashed n-grams of a plain text's words: single words, pairs of words, and runs of 3 to 5 letters inside a word.

What a word adds hangs on that word alone, so that it is worked out once and kept (`WordRows`): a text then costs a
look-up a word, several times less than a vectoriser's hashing (libraries survey, section 2). CRC-32 is stable over
processes and machines.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal
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
_KEPT_BUCKETS = 50_000
WORD_LENGTH_MAX = 40
_ROWS_FIRST = 256

EVIDENCE = 20_000.0
"""What is added to the squared length of each block of a text's n-grams, that of about a hundred words.

Brought to length 1 alone, each word of a text of ten words would weigh three times as much as in one of a hundred,
and a terse open lure read as ordinary, since most of its words stand in lawful ads as well.
"""

Indices = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.float32]


def grams(plain: str) -> Grams:
    """The n-grams of a folded text; digits count as 0, so that no phone number is learnt."""
    words = _DIGIT.sub("0", " ".join(_WORD.findall(plain))).split(" ")
    words = [word[:WORD_LENGTH_MAX] for word in words if word]
    pairs = pair_buckets(list(map(_checksum, words)), BLOCK) + BLOCK
    return Grams(words=words, pairs=pairs.tolist())


def pair_buckets(checksums: Sequence[int], buckets: int) -> Indices:
    """A bucket for each pair of neighbours, one fewer than words, from the 32-bit checksums of the words.

    The multiplications and shifts are those that xxHash ends with (Collet 2012): every bit of both words counts.
    """
    values = np.array(checksums, dtype=np.uint32)
    mixed = values[:-1] * np.uint32(0x9E3779B1) + values[1:]
    mixed = (mixed ^ (mixed >> np.uint32(15))) * np.uint32(0x85EBCA77)
    mixed = (mixed ^ (mixed >> np.uint32(13))) * np.uint32(0xC2B2AE3D)
    return (mixed ^ (mixed >> np.uint32(16))).astype(np.int64) % buckets


@lru_cache(maxsize=_KEPT_WORDS)
def _checksum(word: str) -> int:
    return crc32(_encoded(word))


def letter_runs(word: str) -> list[str]:
    """The runs of three to five letters of a word between blanks, each once."""
    padded = f" {word} "
    return list(dict.fromkeys(padded[i : i + n] for n in _LETTER_RUNS for i in range(len(padded) - n + 1)))


@lru_cache(maxsize=_KEPT_BUCKETS)
def letter_buckets(word: str) -> npt.NDArray[np.int32]:
    """The buckets of a word's letter runs, in the first block; not to be written to."""
    return np.array([_bucket(run) for run in letter_runs(word)], dtype=np.int32)


def word_bucket(word: str) -> int:
    """The bucket of a word itself, in the second block."""
    return _bucket(f"={word}") + BLOCK


def _bucket(gram: str) -> int:
    return crc32(_encoded(gram)) % BLOCK


def _encoded(gram: str) -> bytes:
    return gram.encode("utf-8", "surrogatepass")


class WordRows:
    """A row of `width` numbers for each word, worked out by `rows` when the word is first met, then kept.

    For one thread. From `kept` words on it starts anew with the next text that brings a new one.
    """

    def __init__(self, width: int, rows: Callable[[Sequence[str]], Rows], *, kept: int = _KEPT_WORDS) -> None:
        self._rows_of = rows
        self._kept = kept
        self._place: dict[str, int] = {}
        self._rows = np.zeros((_ROWS_FIRST, width), dtype=np.float32)

    def of(self, words: Sequence[str]) -> npt.NDArray[np.float32]:
        """The rows of some words, in their order."""
        try:
            places = list(map(self._place.__getitem__, words))
        except KeyError:
            self._learn(words)
            places = list(map(self._place.__getitem__, words))
        # numpy takes three times as long to index by a list.
        return self._rows[np.array(places, dtype=np.int64)]

    def _learn(self, words: Sequence[str]) -> None:
        if len(self._place) >= self._kept:
            self._place.clear()
        unknown = [word for word in dict.fromkeys(words) if word not in self._place]
        start, end = len(self._place), len(self._place) + len(unknown)
        while end > len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        self._rows[start:end] = self._rows_of(unknown)
        self._place.update(zip(unknown, range(start, end), strict=True))


def run_sums(rows: Rows, starts: Indices, ends: Indices) -> Rows:
    """The sum of the rows from each start to each end (exclusive)."""
    padded = np.concatenate([rows, np.zeros((1, rows.shape[1]), dtype=np.float32)])
    # Every second sum is of what lies between an end and the next start.
    sums: Rows = np.add.reduceat(padded, np.column_stack([starts, ends]).ravel())[::2]
    sums[starts >= ends] = 0.0
    return sums


def sums_by_word(words: Sequence[str], table: Callable[[Indices], Rows]) -> Rows:
    """For each word, of at least one, the sum of what a table has for its letter runs."""
    runs = [letter_buckets(word) for word in words]
    ends = np.cumsum([len(buckets) for buckets in runs])
    return run_sums(table(np.concatenate(runs).astype(np.int64)), np.concatenate([[0], ends[:-1]]), ends)


def present(grams: Grams) -> Indices:
    """The buckets of the different words and pairs of a text; a letter run comes once for each word that has it."""
    words = dict.fromkeys(grams.words)
    of_words = [bucket for word in words for bucket in (word_bucket(word), *letter_buckets(word))]
    return np.array([*of_words, *dict.fromkeys(grams.pairs)], dtype=np.int64)


def matrix(all_grams: Sequence[Grams]) -> "csr_matrix[np.float64]":
    """One row a text, one column a bucket: how often it is `present`."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415  only training needs it, and it takes long to import

    rows = [present(grams) for grams in all_grams]
    offsets = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    columns = np.concatenate(rows) if rows else np.array([], dtype=np.int64)
    made = csr_matrix((np.ones(len(columns)), columns, offsets), shape=(len(rows), BUCKETS))
    made.sum_duplicates()
    return made


class WordScorer:
    """What each word of a text adds to log-odds, by a weight and a rarity for each bucket.

    The weights hold the rarity already; it brings each block of a text to a common length, but for `EVIDENCE`.
    """

    def __init__(self, weights: npt.NDArray[np.float32], rarity: npt.NDArray[np.float32]) -> None:
        self._weights, self._squared = weights, np.square(rarity)
        self._rows = WordRows(4, self._of_words)

    def _of_words(self, words: Sequence[str]) -> Rows:
        """What each word's letter runs, then the word itself, add, each before its squared length."""
        itself = np.array([word_bucket(word) for word in words], dtype=np.int64)
        return np.hstack([sums_by_word(words, self._table), self._table(itself)])

    def _table(self, buckets: Indices) -> Rows:
        return np.column_stack([self._weights[buckets], self._squared[buckets]])

    def parts(self, grams: Grams) -> dict[str, float]:
        """The log-odds of each different word, in the order of the text; a pair belongs to its first word."""
        words = dict.fromkeys(grams.words)
        if not words:
            return {}
        rows = self._rows.of(list(words)).astype(np.float64)
        owners, pairs = self._pairs(grams, words)
        of_letters, of_words = EVIDENCE + rows[:, 1].sum(), EVIDENCE + rows[:, 3].sum() + self._squared[pairs].sum()
        itself = rows[:, 2] + np.bincount(owners, self._weights[pairs], len(words))
        totals = rows[:, 0] / np.sqrt(of_letters) + itself / np.sqrt(of_words)
        return dict(zip(words, totals.tolist(), strict=True))

    @staticmethod
    def _pairs(grams: Grams, words: dict[str, None]) -> tuple[Indices, Indices]:
        """For each different pair of words the place of its first word among the different words, and its bucket."""
        place = dict(zip(words, range(len(words)), strict=True))
        first = dict(zip(grams.pairs, grams.words, strict=False))
        owners = np.array([place[word] for word in first.values()], dtype=np.int64)
        return owners, np.array(list(first), dtype=np.int64)
