"""When the flag model proposes an indicator and how far it believes rules, told by authors left out."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from screener.detect.opinions import ALWAYS, CONFIDENCE_WANTED, NEVER, Calling, Platt
from screener.train.clausetable import ClauseTable

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]
PRECISION_SURE = 0.9
_CALLS_MIN = 20
_STRENGTH = 1.0
_DIGITS = 4


class Called(NamedTuple):
    """The calling of each indicator, and what each rule is worth (`Opinion.rules`), by name."""

    callings: Mapping[str, Calling]
    rules: Mapping[str, float]


def called(table: ClauseTable, log_odds: Floats) -> Called:
    """When flags are proposed and rules believed; `log_odds` of clauses come from models that left their authors out.

    Told by `telling` texts: by the clauses of which no rule speaks, what the model says alone; by the flags of rules,
    how far these are believed. A model that has learnt nothing of rules doubts none.
    """
    free = ~table.ruled & table.telling[table.of_example][:, None]
    alone = _calibrated(log_odds, table.marked, free) or [Platt(0.0, 0.0)] * len(table.indicators)
    beside, rules = _believed(table, log_odds)
    callings = {
        name: _calling(log_odds[free[:, at], at], table.marked[free[:, at], at], alone[at], beside[at])
        for at, name in enumerate(table.indicators)
    }
    return Called(callings, rules)


def _believed(table: ClauseTable, log_odds: Floats) -> tuple[list[Platt], Mapping[str, float]]:
    """How far rules are believed, by indicator, and each rule more or less than that.

    Always, where rules of an indicator spoke too seldom to tell.
    """
    flags = [flag for flag in table.raised if table.telling[table.of_example[flag.first]]]
    marked = np.array([flag.marked for flag in flags], dtype=bool)
    if marked.all() or not marked.any():
        return [ALWAYS] * len(table.indicators), {}
    columns, names = np.array([flag.column for flag in flags]), sorted({flag.rule for flag in flags})
    highest = np.array([log_odds[flag.first : flag.last, flag.column].max() for flag in flags])
    of_rules = np.array([names.index(flag.rule) for flag in flags])
    slope, offsets = _sigmoids(highest, marked, (columns, len(table.indicators)), (of_rules, len(names)))
    counts = np.bincount(columns, minlength=len(table.indicators))
    known = (counts >= _CALLS_MIN) & (slope > 0)
    sigmoids = [Platt(slope, offset) for offset in offsets[: len(counts)].tolist()]
    return [one if tells else ALWAYS for one, tells in zip(sigmoids, known, strict=True)], {
        name: round(worth, _DIGITS) for name, worth in zip(names, offsets[len(counts) :].tolist(), strict=True)
    }


def _calling(log_odds: Floats, marked: Bools, alone: Platt, ruled: Platt) -> Calling:
    wanted = np.log(CONFIDENCE_WANTED / (1 - CONFIDENCE_WANTED))
    # A model that has learnt nothing has no slope: then nothing is proposed.
    limit = float((wanted - alone.offset) / alone.slope) if alone.slope > 0 and marked.any() else NEVER
    return Calling(log_odds=limit, alone=alone, sure_from=max(limit, _sure_from(log_odds, marked)), ruled=ruled)


def _calibrated(log_odds: Floats, marked: Bools, free: Bools) -> list[Platt]:
    """A sigmoid for each indicator: one slope for all, and an offset for each that is held to a common one.

    Empty when the clauses tell nothing apart.
    """
    rows, columns = np.nonzero(free)
    if not marked[free].any() or marked[free].all():
        return []
    slope, offsets = _sigmoids(log_odds[rows, columns], marked[rows, columns], (columns, free.shape[1]))
    return [Platt(slope, offset) for offset in offsets.tolist()]


def _sigmoids(log_odds: Floats, marked: Bools, *groups: tuple[Rows, int]) -> tuple[float, Floats]:
    """A slope, and the offset of each member of each group (the member at each place, and how many there are).

    The first group's offsets hold the common one.
    """
    rows = np.arange(len(marked))
    which = [csr_matrix((np.ones(len(rows)), (rows, of)), shape=(len(rows), size)) for of, size in groups]
    model = LogisticRegression(C=_STRENGTH, max_iter=1000)
    with threadpool_limits(limits=1):
        model.fit(csr_matrix(hstack([csr_matrix(log_odds[:, None]), *which])), marked)
    offsets = np.array(model.coef_[0][1:], dtype=np.float64)
    offsets[: groups[0][1]] += model.intercept_[0]
    return float(model.coef_[0][0]), offsets


def _sure_from(log_odds: Floats, marked: Bools) -> float:
    """The lowest log-odds from which proposals are right nine times in ten; `NEVER` when they are too few to tell."""
    order = np.argsort(-log_odds, kind="stable")
    right = np.cumsum(marked[order]) / np.arange(1, len(order) + 1)
    places = np.flatnonzero(right >= PRECISION_SURE)
    places = places[places >= _CALLS_MIN - 1]
    return float(log_odds[order][places[-1]]) if len(places) else NEVER
