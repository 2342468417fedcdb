"""The flag model at work on a text: what its words add is worked out once for each word, then added up by clause."""

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from screener.detect.clausehashing import (
    BLOCK_SCALES,
    FLAG_BUCKETS,
    NEIGHBOUR_WORDS,
    Floats,
    concept_bucket,
    hashed,
)
from screener.detect.clauses import Clause
from screener.ngrams import Rows, WordRows, pair_buckets, run_sums

_KEPT_WORDS = 20_000
_PARTS = 4
"""What a word adds itself, by its letters, beside a clause and around it."""
_WORDS, _LETTERS, _CONCEPTS, _BESIDE, _AROUND = range(len(BLOCK_SCALES))
Indices = npt.NDArray[np.int64]


class ClauseSums:
    """Adds up the weights of clauses; `steps` (buckets by indicators) times `size` are the weights.

    A row of sums holds one number for each column of weights, and last the squared length of what was added. To the
    last `alone` columns only the clause itself adds, nothing that stands beside or around it.
    """

    def __init__(
        self, steps: npt.NDArray[np.int8], size: npt.NDArray[np.float32], rarity: Floats, alone: int = 0
    ) -> None:
        self._steps, self._size, self._rarity = steps, size, rarity
        self._beside_counts = (np.arange(len(size)) < len(size) - alone).astype(np.float32)
        self._width = len(size) + 1
        self._words = WordRows(_PARTS * self._width, self._of_words, kept=_KEPT_WORDS)
        self._concepts = WordRows(self._width, self._of_each_concept, kept=_KEPT_WORDS)

    def log_odds(self, clauses: Sequence[Clause]) -> Floats:
        """What the words of each clause (rows) say of each indicator (columns)."""
        words = list(chain.from_iterable(clause.words for clause in clauses))
        ends = np.cumsum([len(clause.words) for clause in clauses])
        borders = np.concatenate([[0], ends])
        of_words = self._words.of(words)
        itself, letters, beside, _ = np.split(of_words, _PARTS, axis=1)
        own = {
            _WORDS: run_sums(itself, borders[:-1], ends) + self._of_pairs(words, borders),
            _LETTERS: run_sums(letters, borders[:-1], ends),
            _CONCEPTS: self._of_concepts(clauses),
        }
        others = {_BESIDE: _beside(beside, borders), _AROUND: self._around(words)}
        return np.asarray(_total(own) + _total(others) * self._beside_counts, dtype=np.float64)

    def _of_words(self, words: Sequence[str]) -> Rows:
        """What each word adds itself, by its letters, beside a clause and around it."""
        known = [hashed(word) for word in words]
        ends = np.cumsum([len(word.letters) for word in known])
        letters = self._table(np.concatenate([word.letters for word in known]))
        return np.hstack(
            [
                self._table(np.array([word.itself for word in known])),
                run_sums(letters, np.concatenate([[0], ends[:-1]]), ends),
                self._table(np.array([word.beside for word in known])),
                self._table(np.array([word.around for word in known])),
            ]
        )

    def _of_each_concept(self, concepts: Sequence[str]) -> Rows:
        return self._table(np.array([concept_bucket(concept) for concept in concepts]))

    def _table(self, buckets: npt.NDArray[np.integer[Any]]) -> Rows:
        """The weighted weights of buckets, and their squared lengths."""
        values = self._rarity[buckets].astype(np.float32)
        rows = np.empty((len(buckets), self._width), dtype=np.float32)
        np.multiply(self._steps[buckets], values[:, np.newaxis], out=rows[:, :-1])
        rows[:, :-1] *= self._size
        np.square(values, out=rows[:, -1])
        return rows

    def _of_pairs(self, words: Sequence[str], borders: Indices) -> Rows:
        buckets = pair_buckets([hashed(word).checksum for word in words], FLAG_BUCKETS)
        rows = self._table(buckets)
        # A clause has a pair fewer than words: none goes on into the next.
        return run_sums(rows, np.minimum(borders[:-1], len(rows)), np.maximum(borders[1:] - 1, 0))

    def _of_concepts(self, clauses: Sequence[Clause]) -> Rows:
        borders = np.concatenate([[0], np.cumsum([len(clause.concepts) for clause in clauses])])
        found = list(chain.from_iterable(clause.concepts for clause in clauses))
        return run_sums(self._concepts.of(found), borders[:-1], borders[1:])

    def _around(self, words: Sequence[str]) -> Rows:
        """The sum of the different words of the text, one row for all clauses."""
        rows = self._words.of(list(dict.fromkeys(words)))[:, -self._width :]
        return np.asarray(rows.sum(axis=0, dtype=np.float64), dtype=np.float32)[np.newaxis]


def _beside(rows: Rows, borders: Indices) -> Rows:
    """The sums of the last words of the clause before and the first of the clause after."""
    starts, ends = borders[:-1], borders[1:]
    begins, closes = np.concatenate([[0], starts[:-1]]), np.concatenate([ends[1:], ends[-1:]])
    before = run_sums(rows, np.maximum(begins, starts - NEIGHBOUR_WORDS), starts)
    return before + run_sums(rows, ends, np.minimum(closes, ends + NEIGHBOUR_WORDS))


def _total(sums: Mapping[int, Rows]) -> Rows:
    """The sums of blocks, each at its scale, added up."""
    first, *others = (_scaled(one, BLOCK_SCALES[block]) for block, one in sums.items())
    return reduce(np.add, others, first)


def _scaled(sums: Rows, scale: float) -> Rows:
    """The sums without their squared lengths, brought to the scale of their block."""
    lengths = np.sqrt(np.maximum(np.float32(1e-9), sums[:, -1:]))
    return np.asarray(sums[:, :-1] * (np.float32(scale) / lengths), dtype=np.float32)
