"""The figures of one system: labels and scores in, records with intervals out."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from screener.records import Band, Reading
from screener.score.model import band_of
from screener.train.bands import ALERT_FALSE_ALARMS
from screener.train.evaluation import (
    AtPrevalence,
    Bands,
    Budget,
    Calibration,
    CalibrationBin,
    OperatingPoint,
    Raised,
    SystemFigures,
)
from screener.train.fit import calibration
from screener.train.measures import (
    BINS,
    Ranked,
    area_under_roc,
    average_precision,
    balanced,
    bin_of,
    calibration_error,
    found_in_budget,
    precision_at,
)
from screener.train.resampling import Measure, Resamples, intervals

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
STRICT_FALSE_ALARMS = 0.01
BUDGETS = (0.02, 0.05, 0.10)
PREVALENCES = (0.001, 0.005, 0.01, 0.05)
CALIBRATED_AT = 0.5
_CURVE_POINTS = 101


def system_figures(
    system: str, labels: Rows, scores: Floats, resamples: Resamples, weights: Floats | None = None
) -> SystemFigures:
    """The ranking figures of one system, each with its interval; `weights` say how often each text counts."""
    ranked = Ranked.of(labels, scores, weights)
    ap, auc, *shares = intervals(ranked, resamples, [average_precision, area_under_roc, *_of_budgets()])
    recall, precision = _curve(ranked)
    pairs = zip(BUDGETS, shares[::2], shares[1::2], strict=True)
    return SystemFigures(
        system=system,
        ap=ap,
        auc=auc,
        points=tuple(_point(ranked, resamples, share) for share in (ALERT_FALSE_ALARMS, STRICT_FALSE_ALARMS)),
        budgets=tuple(Budget(share=share, precision=first, recall=second) for share, first, second in pairs),
        curve_recall=recall,
        curve_precision=precision,
    )


def _of_budgets() -> Iterator[Measure]:
    for share in BUDGETS:
        yield partial(_budget_precision, share)
        yield partial(_budget_recall, share)


def _budget_precision(share: float, risky: Floats, ordinary: Floats) -> Floats:
    read = share * (risky[..., -1] + ordinary[..., -1])
    return np.asarray(found_in_budget(risky, ordinary, share) / read)


def _budget_recall(share: float, risky: Floats, ordinary: Floats) -> Floats:
    return np.asarray(found_in_budget(risky, ordinary, share) / risky[..., -1])


def _point(ranked: Ranked, resamples: Resamples, allowed: float) -> OperatingPoint:
    step = ranked.step_for(allowed)
    # Above the highest score when nothing can be raised.
    threshold = ranked.scores[step - 1] if step else np.nextafter(ranked.scores[0], np.inf)
    return OperatingPoint(allowed=allowed, threshold=float(threshold), raised=_raised(ranked, resamples, step))


def _raised(ranked: Ranked, resamples: Resamples, step: int) -> Raised:
    """What raising the texts of the first steps comes to; the threshold is the same in every resample."""
    measures = [partial(_recall, step), partial(_false_alarms, step), *(partial(_bayes, step, p) for p in PREVALENCES)]
    recall, false_alarms, *precisions = intervals(ranked, resamples, measures)
    pairs = zip(PREVALENCES, precisions, strict=True)
    return Raised(
        recall=recall,
        false_alarms=false_alarms,
        precisions=tuple(AtPrevalence(prevalence=prevalence, precision=found) for prevalence, found in pairs),
    )


def _recall(step: int, risky: Floats, _: Floats) -> Floats:
    return risky[..., step - 1] / risky[..., -1] if step else np.zeros(risky.shape[:-1])


def _false_alarms(step: int, _: Floats, ordinary: Floats) -> Floats:
    return _recall(step, ordinary, ordinary)


def _bayes(step: int, prevalence: float, risky: Floats, ordinary: Floats) -> Floats:
    return precision_at(prevalence, _recall(step, risky, ordinary), _false_alarms(step, risky, ordinary))


def _curve(ranked: Ranked) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Recall and precision at up to a hundred places of the precision-recall curve."""
    risky, ordinary = ranked.counts()
    recall = risky / risky[-1]
    places = np.unique(np.searchsorted(recall, np.linspace(recall[0], 1, _CURVE_POINTS)).clip(max=len(recall) - 1))
    precision = risky[places] / (risky + ordinary)[places]
    return _rounded(recall[places]), _rounded(precision)


def _rounded(values: Floats) -> tuple[float, ...]:
    return tuple(np.round(values, 4).tolist())


def cross_calibrated(log_odds: Floats, labels: Rows, fold_of: Rows) -> Floats:
    """The probability of each text by a sigmoid fitted on the texts of all other folds, for a prevalence of 0.5.

    Texts of a fold without which one label is gone are calibrated on all of them.
    """
    probabilities = np.zeros(len(labels))
    for fold in np.unique(fold_of):
        here, others = fold_of == fold, fold_of != fold
        fitted_on = others if len(set(labels[others].tolist())) > 1 else np.ones_like(others)
        slope, offset = calibration(log_odds[fitted_on], labels[fitted_on])
        probabilities[here] = expit(slope * log_odds[here] + offset)
    return probabilities


def calibration_figures(labels: Rows, probabilities: Floats) -> Calibration:
    """How far probabilities that assume a prevalence of 0.5 are right, in ten equal bins."""
    weights = balanced(labels, CALIBRATED_AT)
    return Calibration(
        prevalence=CALIBRATED_AT,
        error=calibration_error(labels, probabilities, weights),
        error_unweighed=calibration_error(labels, probabilities),
        brier=float(np.average((probabilities - labels) ** 2, weights=weights)),
        bins=tuple(_bin(labels, probabilities, weights, number) for number in range(BINS)),
    )


def _bin(labels: Rows, probabilities: Floats, weights: Floats, number: int) -> CalibrationBin:
    here = bin_of(probabilities) == number
    return CalibrationBin(
        low=number / BINS,
        high=(number + 1) / BINS,
        texts=int(here.sum()),
        stated=float(np.average(probabilities[here], weights=weights[here])) if here.any() else None,
        found=float(np.average(labels[here], weights=weights[here])) if here.any() else None,
    )


def bands_of(
    labels: Rows, probabilities: Floats, readings: Sequence[Reading], limits: tuple[float, float], resamples: Resamples
) -> Bands:
    """What the bands come to at these thresholds (alert, review), severe flags and combinations included."""
    pairs = zip(probabilities.tolist(), readings, strict=True)
    bands = [band_of(probability, reading, *limits) for probability, reading in pairs]
    return Bands(
        alert_threshold=limits[0],
        review_threshold=limits[1],
        alert=raised_figures(labels, np.array([band is Band.ALERT for band in bands]), resamples),
        alert_or_review=raised_figures(labels, np.array([band is not Band.CLEAR for band in bands]), resamples),
    )


def raised_figures(labels: Rows, raised: Bools, resamples: Resamples) -> Raised:
    """What raising these texts comes to."""
    return _raised(Ranked.of(labels, raised.astype(np.float64)), resamples, int(raised.any()))
