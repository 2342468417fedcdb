"""The figures of a ranking and of its probabilities."""

import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score, roc_auc_score, roc_curve

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
_BINS = 10


def ranking(labels: Rows, scores: Floats) -> dict[str, float]:
    """Area under the ROC curve, average precision, and recall at 5 % and 1 % false alarms."""
    false_alarms, recall, _ = roc_curve(labels, scores)
    return {
        "auc": float(roc_auc_score(labels, scores)),
        "ap": float(average_precision_score(labels, scores)),
        "recall_at_5pct_false_alarms": float(recall[false_alarms <= 0.05].max()),  # noqa: PLR2004  named by it
        "recall_at_1pct_false_alarms": float(recall[false_alarms <= 0.01].max()),  # noqa: PLR2004  named by it
    }


def calibration_error(labels: Rows, probabilities: Floats) -> float:
    """The expected calibration error over ten equal bins (Naeini et al. 2015)."""
    bins = np.clip((probabilities * _BINS).astype(int), 0, _BINS - 1)
    parts = [
        abs(labels[bins == b].mean() - probabilities[bins == b].mean()) * float((bins == b).mean())
        for b in range(_BINS)
        if (bins == b).any()
    ]
    return float(sum(parts))


def threshold_for_false_alarms(labels: Rows, scores: Floats, share: float) -> float:
    """The lowest score above which at most `share` of the ordinary texts lie."""
    ordinary = np.sort(scores[labels == 0])
    allowed = min(_whole(share * len(ordinary)), len(ordinary) - 1)
    return float(np.nextafter(ordinary[len(ordinary) - 1 - allowed], np.inf))


def threshold_for_recall(labels: Rows, scores: Floats, recall: float) -> float:
    """The highest score at or above which at least `recall` of the ads to follow up lie."""
    risky = np.sort(scores[labels == 1])
    missed = min(_whole((1 - recall) * len(risky)), len(risky) - 1)
    return float(risky[missed])


def _whole(number: float) -> int:
    """The number without its fraction; 0.1 * 30 counts as 3, although floats make it less or more."""
    return math.floor(round(number, 9))


def worst_first(slices: Mapping[str, float]) -> list[tuple[str, float]]:
    """The slices, the weakest first."""
    return sorted(slices.items(), key=lambda entry: (entry[1], entry[0]))
