"""The figures of a ranking and of its probabilities."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score, roc_auc_score, roc_curve

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
BINS = 10
_ALMOST = 1e-9


def ranking(labels: Rows, scores: Floats) -> dict[str, float]:
    """Area under the ROC curve, average precision, and recall at 5 % and 1 % false alarms."""
    false_alarms, recall, _ = roc_curve(labels, scores)
    return {
        "auc": float(roc_auc_score(labels, scores)),
        "ap": float(average_precision_score(labels, scores)),
        "recall_at_5pct_false_alarms": float(recall[false_alarms <= 0.05].max()),  # noqa: PLR2004  named by it
        "recall_at_1pct_false_alarms": float(recall[false_alarms <= 0.01].max()),  # noqa: PLR2004  named by it
    }


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """Texts in the order of their scores, the highest first; those with equal scores are raised together.

    `order` sorts the texts, `steps` are the places in that order up to which texts can be raised, `scores` the lowest
    score raised at each step.
    """

    order: Rows
    steps: Rows
    scores: Floats
    risky: Floats
    ordinary: Floats

    @classmethod
    def of(cls, labels: Rows, scores: Floats, weights: Floats | None = None) -> "Ranked":
        """The order of some scores; `weights` say how often each text counts, once when left out."""
        order = np.argsort(-scores, kind="stable")
        each = np.ones(len(labels)) if weights is None else weights[order]
        ranked = scores[order]
        steps = np.flatnonzero(np.append(ranked[:-1] != ranked[1:], True))
        risky = labels[order] == 1
        return cls(order=order, steps=steps, scores=ranked[steps], risky=each * risky, ordinary=each * ~risky)

    def counts(self, times: Floats | None = None) -> tuple[Floats, Floats]:
        """How much of the ads to follow up, and of the others, is raised at each step.

        `times` (one row a resample) says how often each text was drawn; the last axis is that of the steps.
        """
        drawn = np.ones(len(self.order)) if times is None else times[..., self.order]
        risky = np.cumsum(self.risky * drawn, axis=-1)[..., self.steps]
        return risky, np.cumsum(self.ordinary * drawn, axis=-1)[..., self.steps]

    def step_for(self, false_alarms: float) -> int:
        """How many steps can be raised at no more than a share of false alarms; 0 for none."""
        _, ordinary = self.counts()
        return int((ordinary <= false_alarms * ordinary[-1] + _ALMOST).sum())


def average_precision(risky: Floats, ordinary: Floats) -> Floats:
    """The average precision of counts at each step: precision weighed by the recall that a step adds."""
    raised = risky + ordinary
    precision = np.divide(risky, raised, out=np.zeros_like(risky), where=raised > 0)
    return np.asarray((_gains(risky) * precision).sum(axis=-1) / risky[..., -1])


def area_under_roc(risky: Floats, ordinary: Floats) -> Floats:
    """The area under the ROC curve of counts at each step: how often an ad to follow up is ranked above another."""
    before = risky - _gains(risky) / 2
    return np.asarray((_gains(ordinary) * before).sum(axis=-1) / (risky[..., -1] * ordinary[..., -1]))


def _gains(counts: Floats) -> Floats:
    return np.diff(counts, axis=-1, prepend=0.0)


def found_in_budget(risky: Floats, ordinary: Floats, share: float) -> Floats:
    """How much of the ads to follow up is among the first `share` of all texts, a number for each row of counts.

    Among texts of equal score the reader's choice is taken to be by chance, so that this is the expected number.
    """
    rows = zip(risky.reshape(-1, risky.shape[-1]), ordinary.reshape(-1, risky.shape[-1]), strict=True)
    found = [_up_to(share, one, one + other) for one, other in rows]
    return np.array(found, dtype=np.float64).reshape(risky.shape[:-1])


def _up_to(share: float, risky: Floats, raised: Floats) -> float:
    return float(np.interp(share * raised[-1], np.append(0.0, raised), np.append(0.0, risky)))


def precision_at(prevalence: float, recall: Floats, false_alarms: Floats) -> Floats:
    """The share of raised texts that deserve it where `prevalence` of all texts do (Bayes); 0 when none is raised."""
    right, wrong = prevalence * recall, (1 - prevalence) * false_alarms
    return np.divide(right, right + wrong, out=np.zeros_like(right), where=right + wrong > 0)


def balanced(labels: Rows, prevalence: float = 0.5) -> Floats:
    """Weights under which `prevalence` of the texts are ads to follow up; they add up to the number of texts."""
    share = float(labels.mean())
    return np.where(labels == 1, prevalence / share, (1 - prevalence) / (1 - share)).astype(np.float64)


def calibration_error(labels: Rows, probabilities: Floats, weights: Floats | None = None) -> float:
    """The expected calibration error over ten equal bins (Naeini et al. 2015)."""
    each = np.ones(len(labels)) if weights is None else weights
    bins = bin_of(probabilities)
    gaps = (abs(float(((labels - probabilities) * each)[bins == number].sum())) for number in range(BINS))
    return sum(gaps) / float(each.sum())


def bin_of(probabilities: Floats) -> Rows:
    """Which of the ten equal bins each probability falls into, 0 to 9."""
    return np.clip((probabilities * BINS).astype(np.int64), 0, BINS - 1)


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
