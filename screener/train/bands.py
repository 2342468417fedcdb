"""Where the bands begin, and what they come to."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from screener.records import Band, Reading
from screener.score.model import band_of
from screener.train.measures import threshold_for_false_alarms, threshold_for_recall

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
ALERT_FALSE_ALARMS = 0.05
REVIEW_RECALL = 0.95
ALERT_CHOSEN_FOR = f"at most {ALERT_FALSE_ALARMS:.0%} false alarms on left-out authors"
REVIEW_CHOSEN_FOR = f"at least {REVIEW_RECALL:.0%} of the ads to follow up"
_STEPS = 10_000


def thresholds(labels: Rows, probabilities: Floats) -> tuple[float, float]:
    """Alert and review thresholds on left-out authors: at most 5 % false alarms, and at least 95 % recall."""
    alert = threshold_for_false_alarms(labels, probabilities, ALERT_FALSE_ALARMS)
    review = min(threshold_for_recall(labels, probabilities, REVIEW_RECALL), alert)
    # Four digits, rounded to the side on which both promises still hold.
    return _rounded_up(alert), _rounded_down(review)


def _rounded_up(threshold: float) -> float:
    steps = math.ceil(threshold * _STEPS)
    steps += steps / _STEPS < threshold  # the product itself is rounded
    return min(steps, _STEPS - 1) / _STEPS


def _rounded_down(threshold: float) -> float:
    steps = math.floor(threshold * _STEPS)
    steps -= steps / _STEPS > threshold
    return max(steps, 1) / _STEPS


def band_figures(
    labels: Rows, probabilities: Floats, readings: Sequence[Reading], limits: tuple[float, float]
) -> dict[str, float]:
    """What the bands come to, severe flags included: shares of the texts to follow up, and of the others."""
    pairs = zip(probabilities.tolist(), readings, strict=True)
    bands = [band_of(probability, reading, *limits) for probability, reading in pairs]
    alert = np.array([band is Band.ALERT for band in bands])
    raised = np.array([band is not Band.CLEAR for band in bands])
    return {
        "alert_recall": float(alert[labels == 1].mean()),
        "alert_false_alarms": float(alert[labels == 0].mean()),
        "raised_recall": float(raised[labels == 1].mean()),
        "raised_false_alarms": float(raised[labels == 0].mean()),
    }
