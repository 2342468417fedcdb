"""Drift: how far the values of new texts have moved from those that a model was trained on."""

import numpy as np
import numpy.typing as npt

_PARTS = 5


def stability_index(before: npt.ArrayLike, after: npt.ArrayLike) -> float:
    """The population stability index of a measure between two sets of texts, 0 where they are spread alike.

    Over five parts of equal size of the first set, half a text added to each (Siddiqi, Credit Risk Scorecards, 2006:
    below 0.1 nothing changed, above 0.25 the model needs a new look).
    """
    first, second = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    edges = np.unique(np.quantile(first, np.linspace(0, 1, _PARTS + 1)[1:-1]))
    shares = [_shares(values, edges) for values in (first, second)]
    return float(((shares[1] - shares[0]) * np.log(shares[1] / shares[0])).sum())


def _shares(values: npt.NDArray[np.float64], edges: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    counts = np.bincount(np.searchsorted(edges, values), minlength=len(edges) + 1) + 0.5
    return np.asarray(counts / counts.sum(), dtype=np.float64)
