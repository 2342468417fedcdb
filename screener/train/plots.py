"""The plots of an evaluation, each an SVG element with a text alternative; matplotlib is loaded when one is drawn."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import nan
from typing import TYPE_CHECKING

from screener.train.baselines import FLAG_COUNT, KEYWORDS, SEVERITY_SUM, TFIDF
from screener.train.evaluation import OURS, Calibration, LearningPoint, Protocol, Slice, SystemFigures
from screener.train.svg import element

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SIZE = (4.8, 3.6)
_ROW_HEIGHT = 0.24
_PRECISION_MIN = 0.001
_LABEL_MAX = 28
_LATIN_END = 0x250
_INK, _SOFT, _LINE = "#1d2126", "#565d66", "#d9dad5"
# Told apart without colour too: each has a dash and a marker of its own.
_LOOKS: Mapping[str, tuple[str, str, str]] = {
    OURS: ("#124e8c", "-", "o"),
    TFIDF: ("#a3240f", "--", "s"),
    FLAG_COUNT: ("#3f5b46", ":", "^"),
    SEVERITY_SUM: ("#7d5000", "-.", "D"),
    KEYWORDS: ("#6d7680", "-", "v"),
}


@contextmanager
def _canvas(height: float = _SIZE[1]) -> "Iterator[tuple[Figure, Axes]]":
    import matplotlib as mpl  # noqa: PLC0415  a second that only drawing pays
    from matplotlib.figure import Figure  # noqa: PLC0415  a second that only drawing pays

    with mpl.rc_context(
        {
            "font.size": 10,
            "text.parse_math": False,
            "text.color": _INK,
            "axes.edgecolor": _SOFT,
            "axes.labelcolor": _INK,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.axisbelow": True,
            "grid.color": _LINE,
            "grid.linewidth": 0.6,
            "xtick.color": _SOFT,
            "ytick.color": _SOFT,
            "xtick.labelcolor": _INK,
            "ytick.labelcolor": _INK,
            "legend.frameon": False,
            "legend.fontsize": 9,
            "svg.fonttype": "none",
        }
    ):
        figure = Figure(figsize=(_SIZE[0], height), layout="constrained")
        yield figure, figure.subplots()


def precision_recall(protocol: Protocol) -> str:
    """The precision-recall curves of all systems."""
    with _canvas() as (figure, axes):
        for one in protocol.systems:
            colour, dash, _ = _LOOKS[one.system]
            width = 2.0 if one.system == OURS else 1.1
            axes.plot(
                one.curve_recall, one.curve_precision, color=colour, linestyle=dash, linewidth=width, label=one.system
            )
        _shares(axes, "recall: share of the ads to follow up that is found", "precision: share raised rightly")
        _legend(figure)
        said = ", ".join(f"{one.system} {one.ap.value:.2f}" for one in protocol.systems)
        return element(figure, "plot-curves", f"Precision over recall, {protocol.name}. Average precision: {said}.")


def calibration(figures: Calibration) -> str:
    """What was stated against what was found, in ten bins; the diagonal is where they agree."""
    bins = [one for one in figures.bins if one.stated is not None and one.found is not None]
    most = max((one.texts for one in bins), default=1)
    with _canvas() as (figure, axes):
        axes.plot([0, 1], [0, 1], color=_SOFT, linewidth=1, linestyle=":")
        stated, found = [one.stated or 0.0 for one in bins], [one.found or 0.0 for one in bins]
        axes.plot(stated, found, color=_LOOKS[OURS][0], linewidth=1.2)
        axes.scatter(stated, found, s=[12 + 70 * one.texts / most for one in bins], color=_LOOKS[OURS][0])
        _shares(axes, "probability stated (mean of the bin)", "share found to follow up")
        said = "; ".join(f"{s:.2f} stated, {f:.2f} found" for s, f in zip(stated, found, strict=True))
        return element(figure, "plot-calibration", f"Calibration, error {figures.error:.3f}. By bin: {said}.")


def prevalence(protocol: Protocol) -> str:
    """Precision at the alert threshold over the share of ads to follow up, with intervals, of all systems."""
    with _canvas() as (figure, axes):
        for number, one in enumerate(protocol.systems):
            _precisions(axes, one, number - len(protocol.systems) / 2)
        known = protocol.systems[0].points[0].raised.precisions
        axes.set_xticks(range(len(known)), [f"{100 * one.prevalence:g} %" for one in known])
        axes.set_xlabel("share of all texts that deserve follow-up")
        axes.set_yscale("log")
        axes.set_ylim(_PRECISION_MIN, 1)
        axes.set_yticks([0.001, 0.01, 0.1, 1], ["0.1 %", "1 %", "10 %", "100 %"])
        axes.minorticks_off()
        axes.set_ylabel("precision of what is raised")
        _legend(figure)
        said = ", ".join(f"{one.precision.value:.3f} at {100 * one.prevalence:g} %" for one in known)
        return element(figure, "plot-prevalence", f"Precision at 5 % false alarms by prevalence. {OURS}: {said}.")


def _precisions(axes: "Axes", one: SystemFigures, beside: float) -> None:
    # What is below the axis is not drawn; the table beside has it.
    intervals = [at.precision for at in one.points[0].raised.precisions]
    below = [max(0.0, each.value - max(_PRECISION_MIN, each.low)) for each in intervals]
    above = [max(0.0, each.high - each.value) for each in intervals]
    axes.errorbar(
        [place + 0.1 * beside for place in range(len(intervals))],
        [each.value if each.value >= _PRECISION_MIN else nan for each in intervals],
        yerr=[below, above],
        fmt=_LOOKS[one.system][2],
        markersize=4.5,
        linewidth=1.2,
        color=_LOOKS[one.system][0],
        label=one.system,
    )


def learning(points: Sequence[LearningPoint]) -> str:
    """Average precision over the number of authors trained on, with intervals."""
    systems = tuple(dict.fromkeys(one.system for one in points))
    with _canvas() as (figure, axes):
        for system in systems:
            colour, dash, marker = _LOOKS[system]
            of = [one for one in points if one.system == system]
            authors, low, high = [p.authors for p in of], [p.ap.low for p in of], [p.ap.high for p in of]
            axes.fill_between(authors, low, high, color=colour, alpha=0.13, linewidth=0)
            axes.plot(authors, [p.ap.value for p in of], color=colour, linestyle=dash, marker=marker, label=system)
        axes.set_xlabel("authors trained on")
        axes.set_ylabel("average precision, other authors")
        _legend(figure)
        said = "; ".join(f"{one.system}, {one.authors:.0f} authors: {one.ap.value:.2f}" for one in points)
        return element(figure, "plot-learning", f"Learning curve, average precision. {said}.")


def slices(weakest: Sequence[Slice]) -> str:
    """The share right at 5 % false alarms of some slices, the first at the top."""
    with _canvas(height=0.7 + _ROW_HEIGHT * len(weakest)) as (figure, axes):
        places = range(len(weakest))
        axes.hlines(places, 0, [one.right for one in weakest], color=_LINE, linewidth=3)
        axes.plot([one.right for one in weakest], places, "o", color=_LOOKS[OURS][0])
        axes.set_yticks(places, [_drawable(f"{one.field}: {one.name}") for one in weakest])
        axes.invert_yaxis()
        axes.set_xlim(0, 1.02)
        axes.set_xlabel("share right at 5 % false alarms")
        said = "; ".join(f"{one.field} {one.name} {one.right:.2f}" for one in weakest)
        return element(figure, "plot-slices", _printable(f"The {len(weakest)} weakest slices. {said}."))


def _legend(figure: "Figure") -> None:
    # Above the axes: within them it would hide points somewhere.
    figure.legend(loc="outside upper left", ncols=2)


def _shares(axes: "Axes", across: str, up: str) -> None:
    axes.set_xlim(0, 1.01)
    axes.set_ylim(0, 1.02)
    axes.set_xlabel(across)
    axes.set_ylabel(up)


def _drawable(label: str) -> str:
    """The label as the font can draw it: other letters as question marks, cut to fit; the table beside has it whole."""
    plain = "".join(letter if ord(letter) < _LATIN_END else "?" for letter in _printable(label))
    return plain if len(plain) <= _LABEL_MAX else f"{plain[: _LABEL_MAX - 1]}…"


def _printable(text: str) -> str:
    """The text without what no XML holds, or what turns the reading direction."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
