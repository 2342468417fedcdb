"""What an evaluation comes to: records that are computed once, written as JSON, and shown on terminal and page.

Shares lie between 0 and 1. A figure that cannot be measured is None, and a whole part of them says why.
"""

import json
from dataclasses import asdict, dataclass

OURS = "screener"


@dataclass(frozen=True, kw_only=True)
class Interval:
    """A figure, and between what it lies in 95 % of the resamples of groups."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Budget:
    """Precision and recall when the `share` of all texts with the highest scores is read."""

    share: float
    precision: Interval
    recall: Interval


@dataclass(frozen=True, kw_only=True)
class AtPrevalence:
    """The share of raised texts that deserve it where `prevalence` of all texts do."""

    prevalence: float
    precision: Interval


@dataclass(frozen=True, kw_only=True)
class Raised:
    """What raising some texts comes to: recall, false alarms among the others, and precision by prevalence."""

    recall: Interval
    false_alarms: Interval
    precisions: tuple[AtPrevalence, ...]


@dataclass(frozen=True, kw_only=True)
class OperatingPoint:
    """The lowest threshold (in the system's own scores) that raises no more than `allowed` of the ordinary texts."""

    allowed: float
    threshold: float
    raised: Raised


@dataclass(frozen=True, kw_only=True)
class SystemFigures:
    """How well one system ranks; `points` are at 5 % and at 1 % false alarms; the curve from the highest score on."""

    system: str
    ap: Interval
    auc: Interval
    points: tuple[OperatingPoint, ...]
    budgets: tuple[Budget, ...]
    curve_recall: tuple[float, ...]
    curve_precision: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class CalibrationBin:
    """The texts whose probability lies from `low` to `high`: the mean that was stated, and the share that was found."""

    low: float
    high: float
    texts: int
    stated: float | None
    found: float | None


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """How far probabilities are right, the texts weighed so that `prevalence` of them are to follow up.

    `error_unweighed` is the error over the texts as they are, where another share is to follow up.
    """

    prevalence: float
    error: float
    error_unweighed: float
    brier: float
    bins: tuple[CalibrationBin, ...]


@dataclass(frozen=True, kw_only=True)
class Bands:
    """What the bands come to, severe flags included: alerts alone, and alerts with review."""

    alert_threshold: float
    review_threshold: float
    alert: Raised
    alert_or_review: Raised


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """What was left out of training and how well the systems then do; `not_measured` says why there are none."""

    name: str
    statement: str
    folds: int = 0
    texts: int = 0
    to_follow_up: int = 0
    systems: tuple[SystemFigures, ...] = ()
    calibration: Calibration | None = None
    bands: Bands | None = None
    not_measured: str = ""


@dataclass(frozen=True, kw_only=True)
class Slice:
    """The texts of one value of a field: the share right at 5 % false alarms; AP where both labels occur."""

    field: str
    name: str
    texts: int
    to_follow_up: int
    right: float
    recall: float | None
    false_alarms: float | None
    ap: float | None


@dataclass(frozen=True, kw_only=True)
class ModusFigures:
    """A modus that was left out of training, against all texts not to follow up; `known` when it was trained on."""

    modus: str
    texts: int
    auc: float
    recall: float
    recall_strict: float
    auc_known: float
    recall_known: float


@dataclass(frozen=True, kw_only=True)
class LearningPoint:
    """How well a system does when trained on a share of the authors; numbers are means over the folds."""

    system: str
    share: float
    authors: float
    texts: float
    ap: Interval
    recall: float


@dataclass(frozen=True, kw_only=True)
class DisguiseFigures:
    """Texts to follow up that one kind of disguise changed: AP and recall at 5 % false alarms, plain and disguised."""

    kind: str
    texts: int
    ap: float
    ap_plain: float
    recall: float
    recall_plain: float


@dataclass(frozen=True, kw_only=True)
class FlagFigures:
    """Flags against the marks of labellers, of all indicators or of one, raised by rules, by the model or by both."""

    indicator: str
    origin: str
    marks: int
    recall: float | None
    flags: int
    precision: float | None


@dataclass(frozen=True, kw_only=True)
class Texts:
    """The labelled texts: the digest of their files, how many there are, and which of them figures are taken from."""

    digest: str
    examples: int
    to_follow_up: int
    groups: int
    authors: int
    measured_on: str


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """Everything that was measured; the first protocol is the headline. `model` is empty when models were refitted."""

    model: str
    ruleset: str
    texts: Texts
    notes: tuple[str, ...]
    protocols: tuple[Protocol, ...]
    slices: tuple[Slice, ...]
    moduses: tuple[ModusFigures, ...] = ()
    learning: tuple[LearningPoint, ...] = ()
    disguises: tuple[DisguiseFigures, ...] = ()
    flags: tuple[FlagFigures, ...] = ()

    @property
    def headline(self) -> Protocol:
        """The protocol whose figures stand for the whole."""
        return self.protocols[0]


def as_json(evaluation: Evaluation) -> str:
    """The evaluation as a JSON object of format version 1; the same evaluation gives the same text."""
    return json.dumps({"format_version": 1, **asdict(evaluation)}, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
