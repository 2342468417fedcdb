"""An evaluation as plain lines for a terminal: the weakest parts first, then the protocols with their baselines."""

from collections.abc import Iterator
from itertools import groupby

from screener.train.evaluation import Evaluation, Interval, Protocol, Raised, SystemFigures

_NAME = 28
_PREVALENCE_SHOWN = 0.01
_HEADINGS = ("AP (95 %)", "ROC-AUC", "recall at 5 % f.a.", "recall at 1 % f.a.", "precision at 1 % prevalence")
_WIDTHS = (20, 9, 20, 20, 29)


def lines(evaluation: Evaluation) -> Iterator[str]:
    """The lines, without line ends. f.a. stands for false alarms."""
    texts = evaluation.texts
    yield (
        f"{texts.examples} examples, {texts.to_follow_up} to follow up, {texts.groups} groups, "
        f"{texts.authors} authors; figures from {texts.measured_on}"
    )
    yield from (f"note: {note}" for note in evaluation.notes)
    yield from _slices(evaluation)
    for protocol in evaluation.protocols:
        yield from _protocol(protocol)
    yield from _moduses(evaluation)
    yield from _learning(evaluation)
    yield from _disguises(evaluation)
    yield from _flags(evaluation)


def span(interval: Interval) -> str:
    """The figure with the limits of its interval, such as "0.93 (0.91-0.95)"."""
    return f"{interval.value:.2f} ({interval.low:.2f}-{interval.high:.2f})"


def figure(value: float | None) -> str:
    """The figure with two digits, a dash where there is none."""
    return "-" if value is None else f"{value:.2f}"


def _slices(evaluation: Evaluation) -> Iterator[str]:
    yield ""
    yield f"share right at 5 % false alarms, {evaluation.headline.name}, the weakest of each field first"
    for field, slices in groupby(evaluation.slices, key=lambda one: one.field):
        yield f"  {field}"
        for one in slices:
            yield (
                f"    {one.right:.2f}  {one.name} ({one.texts}): recall {figure(one.recall)}, "
                f"false alarms {figure(one.false_alarms)}, AP {figure(one.ap)}"
            )


def _protocol(protocol: Protocol) -> Iterator[str]:
    yield ""
    if protocol.not_measured:
        yield f"{protocol.name}: not measured, {protocol.not_measured}"
        return
    yield f"{protocol.name:{_NAME}}" + "".join(f"{h:>{w}}" for h, w in zip(_HEADINGS, _WIDTHS, strict=True))
    yield from (_system(one) for one in protocol.systems)
    if protocol.calibration is not None:
        one = protocol.calibration
        yield f"  probabilities of screener: calibration error {one.error:.3f}, Brier score {one.brier:.3f}"
    if protocol.bands is not None:
        yield f"  alerts: {_raised(protocol.bands.alert)}"
        yield f"  alerts and reviews: {_raised(protocol.bands.alert_or_review)}"
    ours = protocol.systems[0].budgets
    read = "; ".join(
        f"{100 * b.share:g} %: precision {figure(b.precision.value)}, recall {b.recall.value:.2f}" for b in ours
    )
    yield f"  reading the first {read}"


def _system(one: SystemFigures) -> str:
    loose, strict = one.points
    columns = (
        span(one.ap),
        f"{one.auc.value:.3f}",
        span(loose.raised.recall),
        span(strict.raised.recall),
        span(_at_prevalence(loose.raised)),
    )
    return f"{one.system:{_NAME}}" + "".join(f"{c:>{w}}" for c, w in zip(columns, _WIDTHS, strict=True))


def _at_prevalence(raised: Raised) -> Interval:
    return next(one.precision for one in raised.precisions if one.prevalence == _PREVALENCE_SHOWN)


def _raised(raised: Raised) -> str:
    return f"recall {span(raised.recall)}, false alarms {span(raised.false_alarms)}"


def _moduses(evaluation: Evaluation) -> Iterator[str]:
    if evaluation.moduses:
        yield ""
        yield "recall at 5 % false alarms of a modus never trained on (in brackets: trained on), the weakest first"
    for one in evaluation.moduses:
        yield f"  {one.recall:.2f} ({one.recall_known:.2f})  {one.modus} ({one.texts}), ROC-AUC {one.auc:.3f}"


def _learning(evaluation: Evaluation) -> Iterator[str]:
    if evaluation.learning:
        yield ""
        yield "trained on a share of the authors"
    for one in evaluation.learning:
        yield (
            f"  {one.share:4.0%}  {one.system:{_NAME}}AP {span(one.ap)}, recall at 5 % false alarms {one.recall:.2f} "
            f"({one.authors:.0f} authors, {one.texts:.0f} texts)"
        )


def _disguises(evaluation: Evaluation) -> Iterator[str]:
    if evaluation.disguises:
        yield ""
        yield "recall at 5 % false alarms of disguised texts (in brackets: the same undisguised), the weakest first"
    for one in evaluation.disguises:
        ap = f"AP {one.ap:.2f} ({one.ap_plain:.2f})"
        yield f"  {one.recall:.2f} ({one.recall_plain:.2f})  {one.kind} ({one.texts}), {ap}"


def _flags(evaluation: Evaluation) -> Iterator[str]:
    if evaluation.flags:
        yield ""
        yield "flags against the marks of labellers, the lowest recall first"
    for one in evaluation.flags:
        yield (
            f"  {one.indicator}, by {one.origin}: recall {figure(one.recall)} of {one.marks} marks, "
            f"precision {figure(one.precision)} of {one.flags} flags"
        )
