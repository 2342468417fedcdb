"""When the flag model proposes an indicator and how far it believes rules, told by authors left out."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from screener.detect.opinions import ALWAYS, CONFIDENCE_WANTED, NEVER, Calling, Platt
from screener.train.clausetable import ClauseTable

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
PRECISION_SURE = 0.9
_CALLS_MIN = 20
_STRENGTH = 1.0


def callings(table: ClauseTable, log_odds: Floats) -> Mapping[str, Calling]:
    """The calling of each indicator, by name; `log_odds` of clauses come from models that left their authors out.

    Told by the clauses of `telling` texts: what the model says alone where no rule speaks, and beside rules where one
    does. A model that has learnt nothing of rules doubts none.
    """
    telling, marked = table.telling[table.of_example][:, None], table.marked
    free, ruled = ~table.ruled & telling, table.ruled & telling
    alone = _calibrated(log_odds, marked, free) or [Platt(0.0, 0.0)] * len(table.indicators)
    beside = _believed(log_odds, marked, ruled)
    return {
        name: _calling(log_odds[free[:, at], at], marked[free[:, at], at], alone[at], beside[at])
        for at, name in enumerate(table.indicators)
    }


def _believed(log_odds: Floats, marked: Bools, ruled: Bools) -> list[Platt]:
    """How far rules are believed; always, where they spoke too seldom to tell."""
    counts = ruled.sum(axis=0).tolist()
    calibrated = _calibrated(log_odds, marked, ruled) or [ALWAYS] * len(counts)
    return [
        one if one.slope > 0 and count >= _CALLS_MIN else ALWAYS for one, count in zip(calibrated, counts, strict=True)
    ]


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
    which = csr_matrix((np.ones(len(columns)), (np.arange(len(columns)), columns)), shape=(len(rows), free.shape[1]))
    design = csr_matrix(hstack([csr_matrix(log_odds[rows, columns][:, None]), which]))
    model = LogisticRegression(C=_STRENGTH, max_iter=1000)
    with threadpool_limits(limits=1):
        model.fit(design, marked[rows, columns])
    slope, *offsets = model.coef_[0].tolist()
    return [Platt(slope, offset + float(model.intercept_[0])) for offset in offsets]


def _sure_from(log_odds: Floats, marked: Bools) -> float:
    """The lowest log-odds from which proposals are right nine times in ten; `NEVER` when they are too few to tell."""
    order = np.argsort(-log_odds, kind="stable")
    right = np.cumsum(marked[order]) / np.arange(1, len(order) + 1)
    places = np.flatnonzero(right >= PRECISION_SURE)
    places = places[places >= _CALLS_MIN - 1]
    return float(log_odds[order][places[-1]]) if len(places) else NEVER
