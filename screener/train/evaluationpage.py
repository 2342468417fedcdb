"""An evaluation as one self-contained HTML page: no script, nothing from elsewhere, all foreign text escaped."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from screener.report.visible import show
from screener.train import plots
from screener.train.evaluation import Evaluation, Interval, Raised, Slice
from screener.train.evasion import STATEMENT as DISGUISE_STATEMENT
from screener.train.generalising import LEARNING_STATEMENT
from screener.train.resampling import RESAMPLES

_PREVALENCE_SHOWN = 0.01
_WEAKEST = 14


def page(evaluation: Evaluation) -> str:
    """The whole page as text; the same evaluation gives the same page."""
    return (
        _environment()
        .get_template("evaluation.html")
        .render(
            evaluation=evaluation,
            headline=evaluation.headline,
            ours=evaluation.headline.systems[0],
            fields=[(field, tuple(of)) for field, of in groupby(evaluation.slices, key=lambda one: one.field)],
            weakest=_weakest(evaluation),
            drawn=_drawn(evaluation),
            learning_statement=LEARNING_STATEMENT,
            disguise_statement=DISGUISE_STATEMENT,
            resamples=RESAMPLES,
            style_digest=_style_digest(),
        )
    )


def _drawn(evaluation: Evaluation) -> dict[str, Markup]:
    """The plots that there are figures for; their texts were escaped when they were drawn."""
    headline = evaluation.headline
    made = {"curves": plots.precision_recall(headline), "prevalence": plots.prevalence(headline)}
    if headline.calibration is not None:
        made["calibration"] = plots.calibration(headline.calibration)
    if evaluation.learning:
        made["learning"] = plots.learning(evaluation.learning)
    if evaluation.slices:
        made["slices"] = plots.slices(_weakest(evaluation))
    return {name: Markup(svg) for name, svg in made.items()}  # noqa: S704  markup that svg.element wrote


def _weakest(evaluation: Evaluation) -> list[Slice]:
    return sorted(evaluation.slices, key=lambda one: (one.right, one.field, one.name))[:_WEAKEST]


def _style_digest() -> str:
    sheet = _environment().get_template("evaluation.css").render()
    return b64encode(sha256(sheet.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    # Cached because compiling the templates costs more than a page; it holds nothing of any evaluation.
    environment = Environment(
        loader=PackageLoader("screener.train"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(two=_two, three=_three, limits=_limits, share=_share, one_percent=_one_percent)
    return environment


def _visible(value: object) -> object:
    # Every text on its way into the page passes here: no template can forget to show hidden characters.
    return show(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _two(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _three(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _limits(interval: Interval) -> str:
    return f"{interval.low:.2f} to {interval.high:.2f}"


def _share(value: float) -> str:
    return f"{100 * value:g} %"


def _one_percent(raised: Raised) -> Interval:
    return next(one.precision for one in raised.precisions if one.prevalence == _PREVALENCE_SHOWN)
