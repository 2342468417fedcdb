"""Evaluation on authors and campaigns that were left out, against simple baselines in the same run."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline, make_union
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from screener.detect import Detector
from screener.records import Example, Polarity, Reading, Span
from screener.train.corpus import FOLLOW_UP, read_corpus
from screener.train.fit import calibration, held_out
from screener.train.measures import calibration_error, ranking, threshold_for_false_alarms, worst_first
from screener.train.prepare import prepare
from screener.train.split import by_author, by_campaign, honest

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
Folds = Iterable[tuple[str, Rows, Rows]]
_SLICE_MIN = 5
_ALARMS = 0.05
_HEADINGS = ("auc", "ap", "recall_at_5pct_false_alarms", "recall_at_1pct_false_alarms")


def evaluation(folder: Path, detector: Detector, *, tell: Callable[[str], None]) -> Iterator[str]:
    """The lines of an evaluation: slices weakest first, then the protocols and their baselines."""
    corpus = read_corpus(folder, detector.indicators)
    examples = corpus.examples
    ready = prepare(examples, detector, tell)
    labels, readings, table, copies = ready.labels, ready.readings, ready.table, ready.copies
    tell("fitting with one author left out at a time")
    log_odds = held_out(table, labels, len(ready.features), by_author(examples), copies)
    rows = honest(examples)
    groups = {example.group for example in examples}
    yield f"{len(examples)} examples, {int(labels.sum())} to follow up, {len(groups)} groups"
    which = "that no writer of rules had read" if len(rows) < len(examples) else "all that there are"
    yield f"figures on {len(rows)} examples, {int(labels[rows].sum())} to follow up: {which}"
    yield from _slices([examples[row] for row in rows.tolist()], labels[rows], log_odds[rows])
    systems = _systems(examples, readings, labels, log_odds, by_author)
    yield from _protocol("author left out", labels, systems, rows)
    tell("fitting with campaigns left out")
    log_odds = held_out(table, labels, len(ready.features), by_campaign(examples), copies)
    systems = _systems(examples, readings, labels, log_odds, by_campaign)
    yield from _protocol("campaign left out", labels, systems, rows)
    yield from _flag_lines([examples[row] for row in rows.tolist()], [readings[row] for row in rows.tolist()])


def _systems(
    examples: Sequence[Example],
    readings: Sequence[Reading],
    labels: Rows,
    ours: Floats,
    split: Callable[[Sequence[Example]], Folds],
) -> dict[str, Floats]:
    return {
        "screener": ours,
        "TF-IDF logistic regression": _baseline(examples, labels, split(examples)),
        "severity sum of flags": severity_sums(readings),
        "number of flags": np.array([float(len(risk_flags(reading))) for reading in readings]),
    }


def _baseline(examples: Sequence[Example], labels: Rows, folds: Folds) -> Floats:
    texts = np.array([f"{example.title}\n{example.text}" for example in examples], dtype=object)
    scores = np.zeros(len(labels))
    with threadpool_limits(limits=1):  # the same figures on any number of cores
        for _, train, test in folds:
            scores[test] = tfidf_model().fit(texts[train], labels[train]).decision_function(texts[test])
    return scores


def tfidf_model() -> Pipeline:
    """The plain model that every figure is held against: TF-IDF of words 1-2 and letters 3-5, logistic regression."""
    grams = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True),
    )
    return make_pipeline(grams, LogisticRegression(C=3, class_weight="balanced", max_iter=1000))


def risk_flags(reading: Reading) -> dict[str, int]:
    """The severity of each different red flag of a reading."""
    return {flag.indicator: flag.severity for flag in reading.flags if flag.polarity is Polarity.RISK}


def severity_sums(readings: Sequence[Reading]) -> Floats:
    """The severities of the different red flags of each reading added up."""
    return np.array([float(sum(risk_flags(reading).values())) for reading in readings])


def _protocol(name: str, labels: Rows, systems: Mapping[str, Floats], rows: Rows) -> Iterator[str]:
    yield ""
    yield f"{name:30}" + "".join(f"{heading.replace('_', ' '):>30}" for heading in _HEADINGS)
    for system, scores in systems.items():
        figures = ranking(labels[rows], scores[rows])
        yield f"{system:30}" + "".join(f"{figures[heading]:30.3f}" for heading in _HEADINGS)
    ours = systems["screener"][rows]
    slope, offset = calibration(ours, labels[rows])
    probabilities = 1 / (1 + np.exp(-(slope * ours + offset)))
    yield f"calibration error of screener  {calibration_error(labels[rows], probabilities):.3f}"


def _slices(examples: Sequence[Example], labels: Rows, log_odds: Floats) -> Iterator[str]:
    """Recall, or freedom from alarms, of each slice at 5 % false alarms, the weakest first."""
    threshold = threshold_for_false_alarms(labels, log_odds, _ALARMS)
    right = (log_odds >= threshold) == (labels == 1)
    yield ""
    yield f"share right at {_ALARMS:.0%} false alarms, author left out, weakest first"
    yield from (f"  {share:.2f}  {name}" for name, share in worst_first(dict(_shares(examples, right))))


def _shares(examples: Sequence[Example], right: npt.NDArray[np.bool_]) -> Iterator[tuple[str, float]]:
    for field in ("tier", "modus", "language", "kind", "source_type"):
        names = np.array([f"{example.label}, {field} {getattr(example, field)}" for example in examples])
        for name in sorted(set(names.tolist())):
            rows = names == name
            if rows.sum() >= _SLICE_MIN:
                yield f"{name} ({int(rows.sum())})", float(right[rows].mean())


def _flag_lines(examples: Sequence[Example], readings: Sequence[Reading]) -> Iterator[str]:
    """Recall and precision of the rules' flags against the marks of the labellers."""
    found, marked, good, raised = flag_counts(examples, readings)
    yield ""
    recall, precision = found / max(1, marked), good / max(1, raised)
    yield f"flags of the rules: recall {recall:.2f} of {marked} marks, precision {precision:.2f} of {raised} flags"


def flag_counts(examples: Sequence[Example], readings: Sequence[Reading]) -> tuple[int, int, int, int]:
    """Marks found, marks, flags that meet a mark, flags; red flags only, flags counted in ads to follow up."""
    found = marked = good = raised = 0
    for example, reading in zip(examples, readings, strict=True):
        marks = [(m.indicator, m.span) for m in example.marks if m.polarity is Polarity.RISK]
        flags = [(f.indicator, f.span) for f in reading.flags if f.polarity is Polarity.RISK and f.field == "text"]
        marked += len(marks)
        found += sum(any(_meet(mark, flag) for flag in flags) for mark in marks)
        if example.label == FOLLOW_UP:
            raised += len(flags)
            good += sum(any(_meet(mark, flag) for mark in marks) for flag in flags)
    return found, marked, good, raised


def _meet(left: tuple[str, Span], right: tuple[str, Span]) -> bool:
    return left[0] == right[0] and left[1].start < right[1].end and right[1].start < left[1].end
