"""What the flag model sees of a clause: hashed features of its words, its concepts and the words around it."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from screener.detect.clauses import Clause
from screener.ngrams import distinct

FLAG_BUCKETS = 65_536
_LETTER_RUNS = (3, 4, 5)
_KEPT_WORDS = 200_000
_WORD_LENGTH_MAX = 40
_NEIGHBOUR_WORDS = 8
KEPT_TYPE = np.dtype("i4")

Floats = npt.NDArray[np.float64]
Buckets = npt.NDArray[np.int64]


class _Word(NamedTuple):
    """What is kept of a word: buckets as bytes, and what is hashed for a pair of words before and after it."""

    itself: bytes
    letters: bytes
    beside: bytes
    around: bytes
    checksum: int
    following: bytes


Blocks = tuple[bytes, bytes, bytes, bytes, bytes]


@dataclass(frozen=True)
class ClauseHasher:
    """Turns clauses into hashed features in blocks, one for each of `BLOCK_SCALES`; remembers words."""

    _kept: dict[str, _Word] = field(default_factory=dict)

    def rows(self, clauses: Sequence[Clause], *, alone: bool = False) -> Iterator[tuple[Buckets, ...]]:
        """The buckets of each clause, block by block; a bucket may come more than once.

        Clauses that stand `alone` are no text together: their last block is empty.
        """
        *each, (*_, text) = self.blocks(clauses)
        for blocks in each:
            whole = (*blocks[:-1], b"" if alone else text)
            yield tuple(np.frombuffer(one, KEPT_TYPE).astype(np.int64) for one in whole)

    def blocks(self, clauses: Sequence[Clause]) -> Iterator[Blocks]:
        """The same as 32-bit integers in bytes, which are put together faster than arrays.

        What all clauses share, the last block, comes once at the end with all other blocks empty.
        """
        known = [[self._of_word(word) for word in clause.words] for clause in clauses]
        for before, words, clause, after in zip([[], *known], known, clauses, [*known[1:], []], strict=False):
            # CRC-32 of "a b" goes on from that of "a".
            pairs = [crc32(b.following, a.checksum) % FLAG_BUCKETS for a, b in pairwise(words)]
            beside = (*before[-_NEIGHBOUR_WORDS:], *after[:_NEIGHBOUR_WORDS])
            yield (
                b"".join([word.itself for word in words]) + array("i", pairs).tobytes(),
                b"".join([word.letters for word in words]),
                b"".join(map(_of_concept, clause.concepts)),
                b"".join([word.beside for word in beside]),
                b"",
            )
        yield b"", b"", b"", b"", b"".join([word.around for words in known for word in words])

    def _of_word(self, word: str) -> _Word:
        kept = self._kept.get(word)
        if kept is None:
            kept = _word(word)
            if len(self._kept) >= _KEPT_WORDS:
                self._kept.clear()
            if len(word) <= _WORD_LENGTH_MAX:
                self._kept[word] = kept
        return kept


def _word(word: str) -> _Word:
    padded = f" {word[:_WORD_LENGTH_MAX]} "
    runs = [padded[i : i + n] for n in _LETTER_RUNS for i in range(len(padded) - n + 1)]
    return _Word(
        itself=_bucket(f"={word}"),
        letters=b"".join(map(_bucket, runs)),
        beside=_bucket(f"n{word}"),
        around=_bucket(f"d{word}"),
        checksum=crc32(_encoded(f"={word}")),
        following=_encoded(f" {word}"),
    )


@lru_cache(maxsize=4096)
def _of_concept(concept: str) -> bytes:
    return _bucket(f"k{concept}")


def _bucket(name: str) -> bytes:
    return array("i", [crc32(_encoded(name)) % FLAG_BUCKETS]).tobytes()


def _encoded(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass")


BLOCK_SCALES = (1.0, 1.0, 1.0, 0.4, 0.5)
"""How much each block counts: words, letter runs, concepts, words of neighbours and of the whole text."""


def weighed(blocks: Sequence[Buckets], rarity: Floats) -> tuple[Buckets, Floats]:
    """The different buckets of a clause and their values: each block weighed by rarity and brought to its scale."""
    parts = [_of_block(block, scale, rarity) for block, scale in zip(blocks, BLOCK_SCALES, strict=True) if len(block)]
    if not parts:
        return np.array([], dtype=np.int64), np.array([], dtype=np.float64)
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])


def _of_block(block: Buckets, scale: float, rarity: Floats) -> tuple[Buckets, Floats]:
    unique = distinct(block)
    values = rarity[unique]
    return unique, values * (scale / max(1e-9, float(np.sqrt(values @ values))))
