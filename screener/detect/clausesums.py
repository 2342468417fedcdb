"""The flag model at work on a text: what its words add is worked out once for each word, then added up by clause."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from screener.detect.clausehashing import (
    BLOCK_SCALES,
    FLAG_BUCKETS,
    NEIGHBOUR_WORDS,
    Floats,
    HashedWord,
    concept_bucket,
    hashed,
)
from screener.detect.clauses import Clause
from screener.ngrams import WordRows, pair_buckets

_KEPT_WORDS = 20_000
_PARTS = 4
"""What a word adds itself, by its letters, beside a clause and around it."""
_WORDS, _LETTERS, _CONCEPTS, _BESIDE, _AROUND = range(len(BLOCK_SCALES))
Indices = npt.NDArray[np.int64]
Rows = npt.NDArray[np.float32]


class ClauseSums:
    """Adds up the weights of clauses; `steps` (buckets by indicators) times `size` are the weights.

    A row of sums holds one number for each indicator, and last the squared length of what was added.
    """

    def __init__(self, steps: npt.NDArray[np.int8], size: npt.NDArray[np.float32], rarity: Floats) -> None:
        self._steps, self._size, self._rarity = steps, size, rarity
        self._width = len(size) + 1
        self._words = WordRows(_PARTS * self._width, self._of_word, kept=_KEPT_WORDS)
        self._concepts = WordRows(self._width, lambda concept: self._sum([concept_bucket(concept)]), kept=_KEPT_WORDS)

    def log_odds(self, clauses: Sequence[Clause]) -> Floats:
        """What the words of each clause (rows) say of each indicator (columns)."""
        words = list(chain.from_iterable(clause.words for clause in clauses))
        ends = np.cumsum([len(clause.words) for clause in clauses])
        borders = np.concatenate([[0], ends])
        of_words = self._words.of(words)
        itself, letters, beside, _ = np.split(of_words, _PARTS, axis=1)
        sums = {
            _WORDS: _added(itself, borders[:-1], ends) + self._of_pairs(words, borders),
            _LETTERS: _added(letters, borders[:-1], ends),
            _CONCEPTS: self._of_concepts(clauses),
            _BESIDE: _beside(beside, borders),
            _AROUND: self._around(words),
        }
        return np.asarray(sum(_scaled(one, BLOCK_SCALES[block]) for block, one in sums.items()), dtype=np.float64)

    def _of_word(self, word: str) -> Floats:
        known: HashedWord = hashed(word)
        blocks = ([known.itself], known.letters, [known.beside], [known.around])
        return np.concatenate([self._sum(buckets) for buckets in blocks])

    def _sum(self, buckets: Sequence[int]) -> Floats:
        values = self._rarity[list(buckets)]
        return np.append((values @ self._steps[list(buckets)]) * self._size, values @ values)

    def _of_pairs(self, words: Sequence[str], borders: Indices) -> Rows:
        buckets = pair_buckets([hashed(word).checksum for word in words], FLAG_BUCKETS)
        values = self._rarity[buckets].astype(np.float32)
        rows = np.empty((len(buckets), self._width), dtype=np.float32)
        np.multiply(self._steps[buckets], values[:, np.newaxis], out=rows[:, :-1])
        np.square(values, out=rows[:, -1])
        # A clause has a pair fewer than words: none goes on into the next.
        sums = _added(rows, np.minimum(borders[:-1], len(rows)), np.maximum(borders[1:] - 1, 0))
        sums[:, :-1] *= self._size
        return sums

    def _of_concepts(self, clauses: Sequence[Clause]) -> Rows:
        borders = np.concatenate([[0], np.cumsum([len(clause.concepts) for clause in clauses])])
        found = list(chain.from_iterable(clause.concepts for clause in clauses))
        return _added(self._concepts.of(found), borders[:-1], borders[1:])

    def _around(self, words: Sequence[str]) -> Rows:
        """The sum of the different words of the text, one row for all clauses."""
        rows = self._words.of(list(dict.fromkeys(words)))[:, -self._width :]
        return np.asarray(rows.sum(axis=0, dtype=np.float64), dtype=np.float32)[np.newaxis]


def _beside(rows: Rows, borders: Indices) -> Rows:
    """The sums of the last words of the clause before and the first of the clause after."""
    starts, ends = borders[:-1], borders[1:]
    begins, closes = np.concatenate([[0], starts[:-1]]), np.concatenate([ends[1:], ends[-1:]])
    before = _added(rows, np.maximum(begins, starts - NEIGHBOUR_WORDS), starts)
    return before + _added(rows, ends, np.minimum(closes, ends + NEIGHBOUR_WORDS))


def _added(rows: Rows, starts: Indices, ends: Indices) -> Rows:
    """The sum of the rows from each start to each end (exclusive)."""
    padded = np.concatenate([rows, np.zeros((1, rows.shape[1]), dtype=np.float32)])
    # Every second sum is of what lies between an end and the next start.
    sums: Rows = np.add.reduceat(padded, np.column_stack([starts, ends]).ravel())[::2]
    sums[starts >= ends] = 0.0
    return sums


def _scaled(sums: Rows, scale: float) -> Rows:
    """The sums without their squared lengths, brought to the scale of their block."""
    lengths = np.sqrt(np.maximum(np.float32(1e-9), sums[:, -1:]))
    return np.asarray(sums[:, :-1] * (np.float32(scale) / lengths), dtype=np.float32)
