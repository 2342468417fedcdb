"""Texts that are nearly the same: MinHash finds who may be, the exact share of common shingles decides.

MinHash with banding (Broder 1997; Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", section 3.4): 128
hashes in 32 bands of 4. Case, look-alike letters, punctuation and the digits of numbers make no difference.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from screener.text import LENGTH_MAX, fold

SIMILARITY_MIN = 0.45
_BANDS, _BAND_ROWS = 32, 4
_SHINGLE_WORDS = 3
_CHUNK = 512
# In a fuller bucket each text is held against the first and the next one only: all pairs would be too many, and the
# other bands have the texts in other company.
_ALL_PAIRS_MAX = 24
# Scripts written without blanks: there a sign counts as a word.
_SIGNS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(f"[{_SIGNS}]|[^\\W_{_SIGNS}]+")
_DIGIT = re.compile(r"\d")
_SHINGLE_WEIGHTS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)

Hashes = npt.NDArray[np.uint64]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, order=True)
class Pair:
    """Two texts by their place in the list, `left` before `right`, and the Jaccard similarity of their shingles."""

    left: int
    right: int
    similarity: float


def near_duplicates(texts: Sequence[str]) -> list[Pair]:
    """The pairs of texts of which at least 0.45 of the shingles of three words are common, in order."""
    shingles = _shingles(texts)
    pairs = (
        Pair(left=left, right=right, similarity=_jaccard(shingles[left], shingles[right]))
        for left, right in _candidates(_signatures(shingles)).tolist()
    )
    return [pair for pair in pairs if pair.similarity >= SIMILARITY_MIN]


def joined(count: int, pairs: Iterable[tuple[int, int]]) -> Indices:
    """A number for each of `count` items, the same for all that pairs connect, directly or through others."""
    ends = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    links = coo_matrix((np.ones(len(ends), dtype=np.int8), (ends[:, 0], ends[:, 1])), shape=(count, count))
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)


def words_of(text: str) -> list[str]:
    """The folded words of a text; each digit reads 0."""
    return _WORD.findall(_DIGIT.sub("0", fold(text[:LENGTH_MAX]).text))


def _shingles(texts: Sequence[str]) -> list[Hashes]:
    """The different shingles of each text, hashed to 64 bits and sorted; a shorter text is one shingle."""
    known: dict[str, int] = {}
    return [_shingles_of([_hash(word, known) for word in words_of(text)]) for text in texts]


def _hash(word: str, known: dict[str, int]) -> int:
    # Not Python's hash, which another run salts otherwise.
    number = known.get(word)
    if number is None:
        digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        number = known[word] = int.from_bytes(digest, "little")
    return number


def _shingles_of(hashes: Sequence[int]) -> Hashes:
    width = min(_SHINGLE_WORDS, max(1, len(hashes)))
    row = np.array(hashes or [0], dtype=np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view(row, width)
    mixed = (windows * _SHINGLE_WEIGHTS[:width]).sum(axis=1, dtype=np.uint64)
    return np.unique(mixed ^ (mixed >> np.uint64(29)))


def _signatures(shingles: Sequence[Hashes]) -> Hashes:
    """One row a text: the least value of each of 128 multiplied hashes over its shingles."""
    # With 32-bit multipliers the same shingle wins in every row: they are of 64 bits, and odd.
    chance = np.random.default_rng(20261122)
    factors = chance.integers(0, 2**64, size=_BANDS * _BAND_ROWS, dtype=np.uint64) | np.uint64(1)
    made = np.empty((len(shingles), len(factors)), dtype=np.uint64)
    for start in range(0, len(shingles), _CHUNK):
        rows = shingles[start : start + _CHUNK]
        offsets = np.concatenate([[0], np.cumsum([len(row) for row in rows])[:-1]])
        spread = np.concatenate(rows)[:, None] * factors
        made[start : start + len(rows)] = np.minimum.reduceat(spread, offsets, axis=0)
    return made


def _candidates(signatures: Hashes) -> Indices:
    """The pairs, one a row and none twice, that agree in all four hashes of at least one band."""
    count = max(1, len(signatures))
    keys = [_keys(band, count) for band in np.split(signatures, _BANDS, axis=1)]
    left, right = np.divmod(np.unique(np.concatenate(keys)), count)
    return np.stack([left, right], axis=1)


def _keys(band: Hashes, count: int) -> Indices:
    """A number for each pair that agrees in the band."""
    return np.unique(np.array([left * count + right for left, right in _alike(band)], dtype=np.int64))


def _alike(band: Hashes) -> Iterator[tuple[int, int]]:
    weights = np.array([1, *_SHINGLE_WEIGHTS], dtype=np.uint64)
    keys = (band * weights).sum(axis=1, dtype=np.uint64)
    order = np.argsort(keys, kind="stable")
    borders = np.flatnonzero(np.diff(keys[order])) + 1
    for bucket in np.split(order, borders):
        if len(bucket) > 1:
            yield from _pairs(bucket.tolist())


def _pairs(bucket: Sequence[int]) -> Iterator[tuple[int, int]]:
    if len(bucket) <= _ALL_PAIRS_MAX:
        yield from ((left, right) for at, left in enumerate(bucket) for right in bucket[at + 1 :])
        return
    yield from ((bucket[0], right) for right in bucket[1:])
    yield from pairwise(bucket[1:])


def _jaccard(left: Hashes, right: Hashes) -> float:
    common = len(np.intersect1d(left, right, assume_unique=True))
    return common / (len(left) + len(right) - common)
