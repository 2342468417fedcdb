"""Hashed n-grams of a plain text's words: single words, pairs of words, and runs of 3 to 5 letters inside a word.

Each word's letter runs are hashed once and kept, which makes hashing several times faster than a vectoriser's
(libraries survey, section 2). CRC-32 is stable over processes and machines.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal
from zlib import crc32

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from screener.records import Grams

BUCKETS: Literal[262144] = 262144
_LETTER_RUNS = (3, 4, 5)
_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
_KEPT_WORDS = 200_000
_WORD_LENGTH_MAX = 40

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Hasher:
    """Turns plain text into n-grams; remembers the words it has met."""

    _kept: dict[str, Indices] = field(default_factory=dict)

    def grams(self, plain: str) -> Grams:
        """The n-grams of a folded text; digits count as 0, so that no phone number is learnt."""
        words = _DIGIT.sub("0", " ".join(_WORD.findall(plain))).split(" ")
        words = [word[:_WORD_LENGTH_MAX] for word in words if word]
        own = [self._of_word(word) for word in words]
        pairs = np.array([_bucket(f"{a} {b}") for a, b in pairwise(words)], dtype=np.int64)
        owners = np.repeat(np.arange(len(words)), [len(grams) for grams in own])
        return Grams(
            words=words,
            buckets=np.concatenate([*own, pairs]) if own else pairs,
            owners=np.concatenate([owners, np.arange(len(pairs))]),
        )

    def _of_word(self, word: str) -> Indices:
        if word not in self._kept:
            if len(self._kept) >= _KEPT_WORDS:
                self._kept.clear()
            self._kept[word] = np.array([_bucket(gram) for gram in _word_grams(word)], dtype=np.int64)
        return self._kept[word]


def _word_grams(word: str) -> list[str]:
    padded = f" {word} "
    return [f"={word}"] + [padded[i : i + n] for n in _LETTER_RUNS for i in range(len(padded) - n + 1)]


def _bucket(gram: str) -> int:
    return crc32(gram.encode("utf-8", "surrogatepass")) % BUCKETS


def matrix(all_grams: Sequence[Grams]) -> "csr_matrix[np.float64]":
    """One row a text, one column a bucket: presence, each row of length 1."""
    rows = [np.unique(grams.buckets) for grams in all_grams]
    lengths = np.array([len(row) for row in rows], dtype=np.int64)
    data = np.repeat(1 / np.sqrt(np.maximum(lengths, 1)), lengths)
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    columns = np.concatenate(rows) if rows else np.array([], dtype=np.int64)
    return csr_matrix((data, columns, offsets), shape=(len(rows), BUCKETS))


def word_contributions(grams: Grams, coefficients: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Each word's part of the n-grams' log-odds; a bucket that several words share is divided among them."""
    if not len(grams.buckets):
        return np.zeros(len(grams.words))
    unique, inverse, counts = np.unique(grams.buckets, return_inverse=True, return_counts=True)
    shares = (coefficients[unique] / counts)[inverse] / np.sqrt(len(unique))
    return np.bincount(grams.owners, weights=shares, minlength=len(grams.words)).astype(np.float64)
