"""From which log-odds on the flag model proposes an indicator, and how sure it is, told by authors left out."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from screener.detect.learntflags import NEVER, Calling
from screener.train.clausetable import ClauseTable

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
# Recall and precision of rules and model together, on authors that no writer of rules had read, as the confidence asked
# for falls from 0.60 to 0.35 and to 0.25: 0.53 and 0.74, 0.58 and 0.72, 0.62 and 0.70. Asking for a precision of each
# indicator by itself leaves out the rarer ones altogether: 0.50 and 0.73.
CONFIDENCE_WANTED = 0.35
PRECISION_SURE = 0.9
_CALLS_MIN = 8
_STRENGTH = 1.0


def callings(table: ClauseTable, log_odds: Floats) -> Mapping[str, Calling]:
    """The calling of each indicator, by name; `log_odds` of clauses come from models that left their authors out.

    Told by the clauses of `telling` texts where no rule speaks.
    """
    free, marked = ~table.ruled & table.telling[table.of_example][:, None], table.marked
    slope, offsets = _calibrated(log_odds, marked, free)
    return {
        name: _calling(log_odds[free[:, at], at], marked[free[:, at], at], slope, float(offsets[at]))
        for at, name in enumerate(table.indicators)
    }


def _calling(log_odds: Floats, marked: Bools, slope: float, offset: float) -> Calling:
    wanted = np.log(CONFIDENCE_WANTED / (1 - CONFIDENCE_WANTED))
    # A model that has learnt nothing has no slope: then nothing is proposed.
    limit = float((wanted - offset) / slope) if slope > 0 and marked.any() else NEVER
    return Calling(log_odds=limit, slope=slope, offset=offset, sure_from=max(limit, _sure_from(log_odds, marked)))


def _calibrated(log_odds: Floats, marked: Bools, free: Bools) -> tuple[float, Floats]:
    """Platt's sigmoid (1999) with one slope for all indicators, and an offset for each that is held to a common one."""
    rows, columns = np.nonzero(free)
    if not marked[free].any() or marked[free].all():
        return 0.0, np.zeros(free.shape[1])
    which = csr_matrix((np.ones(len(columns)), (np.arange(len(columns)), columns)), shape=(len(rows), free.shape[1]))
    design = csr_matrix(hstack([csr_matrix(log_odds[rows, columns][:, None]), which]))
    model = LogisticRegression(C=_STRENGTH, max_iter=1000)
    with threadpool_limits(limits=1):
        model.fit(design, marked[rows, columns])
    return float(model.coef_[0][0]), np.asarray(model.coef_[0][1:] + model.intercept_[0], dtype=np.float64)


def _sure_from(log_odds: Floats, marked: Bools) -> float:
    """The lowest log-odds from which proposals are right nine times in ten; `NEVER` when they are too few to tell."""
    order = np.argsort(-log_odds, kind="stable")
    right = np.cumsum(marked[order]) / np.arange(1, len(order) + 1)
    places = np.flatnonzero(right >= PRECISION_SURE)
    places = places[places >= _CALLS_MIN - 1]
    return float(log_odds[order][places[-1]]) if len(places) else NEVER
