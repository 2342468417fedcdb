"""Learning the marks of labellers: which clauses of an ad carry which indicator.

The texts that rules carry as hits and misses are learnt from besides: each says something of its own indicator.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from screener.detect.clausehashing import FLAG_BUCKETS, weighed
from screener.detect.learntflags import FlagModel, coarse
from screener.detect.opinions import NO_OPINION, Calling, Opinion
from screener.train.callings import callings
from screener.train.clausetable import ClauseTable, Said

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
_FOLDS = 4
_STRENGTH = 10.0
_MARK_WEIGHT = 3
_WEIGHT_KEPT = 0.035


@dataclass(frozen=True, kw_only=True)
class LearntFlags:
    """The model of all examples, and for each example what one that had not read its author thinks of it."""

    model: FlagModel
    opinions: tuple[Opinion, ...]


def learn_flags(table: ClauseTable) -> LearntFlags:
    """The flag model, its callings chosen on authors left out."""
    held_out = _held_out(table)
    called_from = callings(table, held_out)
    return LearntFlags(model=_fitted(table, called_from), opinions=tuple(_opinions(table, held_out, called_from)))


def _opinions(table: ClauseTable, log_odds: Floats, called_from: Mapping[str, Calling]) -> Iterator[Opinion]:
    for number, own in enumerate(table.clauses):
        here = table.of_example == number
        yield Opinion(clauses=own, log_odds=log_odds[here], callings=called_from) if own else NO_OPINION


def _held_out(table: ClauseTable) -> Floats:
    log_odds = np.zeros(table.marked.shape)
    authors = table.authors[table.of_example]
    for test in _folds(authors):
        rarity = _rarity(table.blocks, ~test)
        matrix = _matrix(table.blocks, rarity)
        weights, base = _fit(matrix[~test], table.marked[~test], _Examples(table.said, rarity))
        log_odds[test] = matrix[test] @ weights + base
    return log_odds


def _folds(authors: npt.NDArray[np.str_]) -> list[Bools]:
    order = sorted(set(authors.tolist()), key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    return [np.isin(authors, order[start::_FOLDS]) for start in range(min(_FOLDS, len(order)))]


def _rarity(blocks: Sequence[Sequence[npt.NDArray[np.int64]]], rows: Bools) -> Floats:
    """The inverse document frequency of each bucket, smoothed as scikit-learn does it."""
    counts = np.zeros(FLAG_BUCKETS)
    for number in np.flatnonzero(rows).tolist():
        counts[np.unique(np.concatenate(blocks[number]))] += 1
    return np.asarray(np.log((1 + rows.sum()) / (1 + counts)) + 1, dtype=np.float32).astype(np.float64)


def _matrix(blocks: Sequence[Sequence[npt.NDArray[np.int64]]], rarity: Floats) -> "csr_matrix[np.float64]":
    rows = [weighed(row, rarity) for row in blocks]
    offsets = np.concatenate([[0], np.cumsum([len(buckets) for buckets, _ in rows])])
    columns, values = np.concatenate([row[0] for row in rows]), np.concatenate([row[1] for row in rows])
    made = csr_matrix((values, columns, offsets), shape=(len(rows), FLAG_BUCKETS))
    made.sum_duplicates()
    return made


class _Examples:
    """What the rules' own texts add to the clauses of one indicator."""

    def __init__(self, said: Said, rarity: Floats) -> None:
        self._said = said
        self._matrix = _matrix(said.blocks, rarity) if said.blocks else csr_matrix((0, FLAG_BUCKETS))

    def of(self, column: int) -> "tuple[csr_matrix[np.float64], Bools]":
        """Rows and marks of the texts that say something of an indicator."""
        rows = self._said.columns == column
        return self._matrix[rows], self._said.marked[rows]


def _fit(matrix: "csr_matrix[np.float64]", marked: Bools, examples: _Examples) -> tuple[Floats, Floats]:
    """Weights (buckets by indicators) and base of one model an indicator."""
    columns = range(marked.shape[1])
    fitted = Parallel(n_jobs=2)(delayed(_fit_one)(matrix, marked[:, at], *examples.of(at)) for at in columns)
    weights = np.array([weights for weights, _ in fitted], dtype=np.float64).reshape(-1, FLAG_BUCKETS).T
    return weights, np.array([base for _, base in fitted], dtype=np.float64)


def _fit_one(
    matrix: "csr_matrix[np.float64]", marked: Bools, said: "csr_matrix[np.float64]", said_marked: Bools
) -> tuple[Floats, float]:
    if len({*marked.tolist(), *said_marked.tolist()}) < 2:  # noqa: PLR2004  nothing to tell apart
        return np.zeros(FLAG_BUCKETS), 20.0 if marked.any() else -20.0
    weights = np.concatenate([np.where(marked, float(_MARK_WEIGHT), 1.0), np.ones(len(said_marked))])
    with threadpool_limits(limits=1):
        model = LogisticRegression(C=_STRENGTH, solver="liblinear", random_state=0).fit(
            vstack([matrix, said]).tocsr(), np.concatenate([marked, said_marked]), sample_weight=weights
        )
    return model.coef_[0], float(model.intercept_[0])


def _fitted(table: ClauseTable, called_from: Mapping[str, Calling]) -> FlagModel:
    rarity = _rarity(table.blocks, np.ones(len(table.blocks), dtype=bool))
    weights, base = _fit(_matrix(table.blocks, rarity), table.marked, _Examples(table.said, rarity))
    # Weights too small to matter are dropped: the file is several times smaller.
    kept = np.where(np.abs(weights) < _WEIGHT_KEPT, 0.0, weights)
    return FlagModel(callings=called_from, weights=coarse(kept), base=np.round(base, 6), rarity=rarity)
