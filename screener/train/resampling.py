"""Intervals by the bootstrap over groups: texts of one campaign are drawn together, as they were written together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screener.train.evaluation import Interval
from screener.train.measures import Ranked

Floats = npt.NDArray[np.float64]
Measure = Callable[[Floats, Floats], Floats]
"""From what is raised at each step (ads to follow up, others; one row a resample) to one figure a resample."""
RESAMPLES = 1000
SEED = 20261122
_CHUNK = 100
_LIMITS = (0.025, 0.975)


@dataclass(frozen=True, kw_only=True)
class Resamples:
    """The groups of some texts as numbers, to be drawn with replacement; the same draws for the same groups."""

    group_of: npt.NDArray[np.int64]

    @classmethod
    def of(cls, groups: Sequence[str]) -> "Resamples":
        """The resamples of texts that belong to these groups."""
        return cls(group_of=np.unique(np.array(groups), return_inverse=True)[1].reshape(-1))

    def times(self) -> Iterator[Floats]:
        """How often each text is drawn (a column a text), one row a resample, some rows at a time."""
        chance, groups = np.random.default_rng(SEED), int(self.group_of.max()) + 1
        for _ in range(0, RESAMPLES, _CHUNK):
            drawn = chance.multinomial(groups, np.full(groups, 1 / groups), size=_CHUNK)
            yield drawn[:, self.group_of].astype(np.float64)


def intervals(ranked: Ranked, resamples: Resamples, measures: Sequence[Measure]) -> list[Interval]:
    """The figure of each measure and the limits of 95 % of its resamples (Efron and Tibshirani 1993, percentiles).

    Resamples without a text of both labels are left out.
    """
    risky, ordinary = ranked.counts()
    values = [np.asarray(measure(risky, ordinary)).item() for measure in measures]
    drawn: list[list[Floats]] = [[] for _ in values]
    for times in resamples.times():
        risky, ordinary = ranked.counts(times)
        both = (risky[:, -1] > 0) & (ordinary[:, -1] > 0)
        for kept, measure in zip(drawn, measures, strict=True):
            kept.append(measure(risky[both], ordinary[both]))
    return [_interval(value, np.concatenate(kept)) for value, kept in zip(values, drawn, strict=True)]


def _interval(value: float, drawn: Floats) -> Interval:
    low, high = np.quantile(drawn, _LIMITS) if len(drawn) else (value, value)
    return Interval(value=value, low=float(low), high=float(high))
