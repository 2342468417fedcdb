"""What the flag model sees of a clause: hashed features of its words, its concepts and the words around it."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from screener.detect.clauses import Clause
from screener.ngrams import letter_buckets, pair_buckets

FLAG_BUCKETS = 65_536
_KEPT_WORDS = 200_000
NEIGHBOUR_WORDS = 8
"""How many words of the clause before, and of the one after, a clause sees."""
BLOCK_SCALES = (1.0, 1.0, 1.0, 0.4, 0.5)
"""How much each block counts: words, letter runs, concepts, words of neighbours and of the whole text."""
BLOCKS_ALONE = 3
"""The first blocks are the clause's own: by these it votes."""

Floats = npt.NDArray[np.float64]
Buckets = npt.NDArray[np.int64]


class HashedWord(NamedTuple):
    """Buckets: the word itself, its letter runs, as one beside a clause, as one around it; `checksum` is for pairs."""

    itself: int
    letters: npt.NDArray[np.int32]
    beside: int
    around: int
    checksum: int


@lru_cache(maxsize=_KEPT_WORDS)
def hashed(word: str) -> HashedWord:
    """The buckets of a word of a `Clause`."""
    return HashedWord(
        itself=_bucket(f"={word}"),
        letters=letter_buckets(word) % FLAG_BUCKETS,
        beside=_bucket(f"n{word}"),
        around=_bucket(f"d{word}"),
        checksum=_checksum(word),
    )


def concept_bucket(concept: str) -> int:
    """The bucket of a concept that begins in a clause."""
    return _bucket(f"k{concept}")


def rows(clauses: Sequence[Clause], *, alone: bool = False) -> Iterator[tuple[Buckets, ...]]:
    """The buckets of each clause in blocks, one for each of `BLOCK_SCALES`; a bucket may come more than once.

    Clauses that stand `alone` are no text together: their last block is empty.
    """
    known = [[hashed(word) for word in clause.words] for clause in clauses]
    different = dict.fromkeys(chain.from_iterable(clause.words for clause in clauses))
    around = [] if alone else [hashed(word).around for word in different]
    for before, words, clause, after in zip([[], *known], known, clauses, [*known[1:], []], strict=False):
        beside = (*before[-NEIGHBOUR_WORDS:], *after[:NEIGHBOUR_WORDS])
        yield (
            np.concatenate([_array([word.itself for word in words]), _pairs(words)]),
            np.concatenate([_array([]), *(word.letters for word in words)]),
            _array([concept_bucket(concept) for concept in clause.concepts]),
            _array([word.beside for word in beside]),
            _array(around),
        )


def _pairs(words: Sequence[HashedWord]) -> Buckets:
    return pair_buckets([word.checksum for word in words], FLAG_BUCKETS)


def weighed(blocks: Sequence[Buckets], rarity: Floats) -> tuple[Buckets, Floats]:
    """The buckets of a clause and their values: each block, or the first of them, weighed and brought to its scale."""
    values = [_scaled(rarity[block], scale) for block, scale in zip(blocks, BLOCK_SCALES, strict=False)]
    return np.concatenate(blocks), np.concatenate(values)


def _scaled(values: Floats, scale: float) -> Floats:
    return values * (scale / max(1e-9, float(np.sqrt(values @ values))))


def _array(buckets: Sequence[int]) -> Buckets:
    return np.array(buckets, dtype=np.int64)


def _bucket(name: str) -> int:
    return _checksum(name) % FLAG_BUCKETS


def _checksum(name: str) -> int:
    return crc32(name.encode("utf-8", "surrogatepass"))
