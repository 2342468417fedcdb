"""Learning the marks of labellers, which clauses of an ad carry which indicator, and how clauses vote.

The texts that rules carry as hits and misses are learnt from besides: each says something of its own indicator.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from screener.detect.clausehashing import BLOCKS_ALONE, FLAG_BUCKETS, Buckets, weighed
from screener.detect.learntflags import FlagModel, coarse
from screener.detect.opinions import Votes
from screener.train.callings import Called, called
from screener.train.clausetable import ClauseTable, Said
from screener.train.votes import Voters, learn_vote, means_by_text

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
_FOLDS = 4
_STRENGTH = 10.0
_MARK_WEIGHT = 3
_WEIGHT_KEPT = 0.035
_FOLLOW_UP, _AD = (Votes._fields.index(name) for name in ("follow_up", "ad"))


@dataclass(frozen=True, kw_only=True)
class LearntFlags:
    """The model of all examples; models of part of the authors, and for each example which of these met its author not.

    Their callings, too, are told without these authors. `voters` vote on whether a text is to follow up; `votes_on_ads`
    are the votes on whether each example is an ad, by models that met its author not.
    """

    model: FlagModel
    held_out: tuple[FlagModel, ...]
    fold_of: npt.NDArray[np.int64]
    voters: Voters
    votes_on_ads: Floats


def learn_flags(table: ClauseTable) -> LearntFlags:
    """The flag models, their callings chosen on authors left out."""
    folds = _folds(table.authors)
    fitted = [_fit_without(table, test) for test in folds]
    indicators, texts = table.marked.shape[1], len(table.authors)
    log_odds = np.zeros((len(table.of_example), indicators + table.answers.shape[1]))
    for test, one in zip(folds, fitted, strict=True):
        rows = test[table.of_example]
        log_odds[rows] = one.log_odds(table, rows)
    said = log_odds[:, :indicators]
    of_all = _fit_without(table, np.zeros(texts, dtype=bool))
    return LearntFlags(
        model=of_all.model(called(table, said)),
        held_out=tuple(
            one.model(called(replace(table, telling=table.telling & ~test), said))
            for test, one in zip(folds, fitted, strict=True)
        ),
        fold_of=np.argmax(folds, axis=0),
        voters=Voters(
            matrix=_matrix([own[:BLOCKS_ALONE] for own in table.blocks], of_all.rarity),
            of_example=table.of_example,
            answers=table.answers[:, _FOLLOW_UP],
        ),
        votes_on_ads=means_by_text(log_odds[:, indicators + _AD], table.of_example, texts),
    )


@dataclass(frozen=True, kw_only=True)
class _Fitted:
    """Weights (buckets by indicators and votes), the base of each of these and the rarity of each bucket."""

    weights: Floats
    base: Floats
    rarity: Floats

    def log_odds(self, table: ClauseTable, rows: Bools) -> Floats:
        blocks, flags = _some(table, rows), len(table.indicators)
        of_flags = _matrix(blocks, self.rarity) @ self.weights[:, :flags]
        votes = _matrix([own[:BLOCKS_ALONE] for own in blocks], self.rarity) @ self.weights[:, flags:]
        return np.asarray(np.hstack([of_flags, votes]) + self.base, dtype=np.float64)

    def model(self, called_from: Called) -> FlagModel:
        """The model as it is shipped: weights too small to matter are dropped, the file is several times smaller."""
        kept = np.where(np.abs(self.weights) < _WEIGHT_KEPT, 0.0, self.weights)
        base = np.round(self.base, 6)
        return FlagModel(
            callings=called_from.callings,
            rules=called_from.rules,
            weights=coarse(kept),
            base=base,
            rarity=self.rarity,
        )


def _fit_without(table: ClauseTable, left_out: Bools) -> _Fitted:
    """What is learnt of all examples but some."""
    rows = ~left_out[table.of_example]
    rarity = _rarity(table.blocks, rows)
    heard = rows & table.heard[table.of_example]
    weights, base = _fit(_matrix(_some(table, heard), rarity), table.marked[heard], _Examples(table.said, rarity))
    voting = _matrix([blocks[:BLOCKS_ALONE] for blocks in _some(table, rows)], rarity)
    votes = [learn_vote(voting, table.of_example[rows], answers) for answers in table.answers.T]
    return _Fitted(
        weights=np.column_stack([weights, *(of_vote for of_vote, _ in votes)]),
        base=np.array([*base, *(base_of for _, base_of in votes)]),
        rarity=rarity,
    )


def _some(table: ClauseTable, rows: Bools) -> list[tuple[Buckets, ...]]:
    """The blocks of some clauses."""
    return [table.blocks[number] for number in np.flatnonzero(rows).tolist()]


def _folds(authors: npt.NDArray[np.str_]) -> list[Bools]:
    """The examples of each part of the authors."""
    order = sorted(set(authors.tolist()), key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    return [np.isin(authors, order[start::_FOLDS]) for start in range(min(_FOLDS, len(order)))]


def _rarity(blocks: Sequence[Sequence[npt.NDArray[np.int64]]], rows: Bools) -> Floats:
    """The inverse document frequency of each bucket, smoothed as scikit-learn does it."""
    counts = np.zeros(FLAG_BUCKETS)
    for number in np.flatnonzero(rows).tolist():
        counts[np.unique(np.concatenate(blocks[number]))] += 1
    return np.asarray(np.log((1 + rows.sum()) / (1 + counts)) + 1, dtype=np.float32).astype(np.float64)


def _matrix(blocks: Sequence[Sequence[npt.NDArray[np.int64]]], rarity: Floats) -> "csr_matrix[np.float64]":
    if not blocks:
        return csr_matrix((0, FLAG_BUCKETS))
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
