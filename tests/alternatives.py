"""Other models against the shipped ones, on the same texts by authors left out: `make alternatives`.

Nothing here passes or fails. Each core is used by one process; it takes about a quarter of an hour on two, and writes
`models/ALTERNATIVES.md`. Seconds and microseconds are those of one processor.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from screener.detect import load_detector
from screener.detect.opinions import CONFIDENCE_WANTED
from screener.places import shipped
from screener.train.clausetable import clause_table
from screener.train.corpus import Corpus, author_of, read_corpus
from screener.train.figures import calibration_figures, cross_calibrated
from screener.train.fit import held_out
from screener.train.measures import Ranked, average_precision, ranking
from screener.train.prepare import Prepared, prepare
from screener.train.resampling import Resamples
from screener.train.split import by_author, honest
from tests.alternative_bench import Bench
from tests.alternative_systems import SHIPPED, systems
from tests.nested_systems import Floats, Rows, System
from tests.span_alternative import Marked, SpanFigures, clause_model, span_categorizer

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "models" / "ALTERNATIVES.md"
COMMAND = "make alternatives"
APART = "the same, each author left out alone"
LIBRARIES = ("scikit-learn", "spacy", "numpy", "scipy")
_LIMITS = (0.025, 0.975)
_FIRST = frozenset({0})

Row = tuple[str, ...]
SCORES_HEADER: Row = (
    "system",
    "AP",
    "AP less shipped (95 %)",
    "ROC-AUC",
    "recall at 5 %",
    "recall at 1 %",
    "calibration error",
    "s to fit",
    "µs a text",
    "kB",
)
SPANS_HEADER: Row = ("system", "marks", "recall", "proposals", "precision", "s to fit all", "µs a text")


@dataclass(frozen=True, kw_only=True)
class Weighing:
    """The bench, the rows that figures are taken from, and what the shipped model scores them."""

    bench: Bench
    measured: Rows
    shipped: Floats

    @classmethod
    def of(cls, bench: Bench, shipped_system: System) -> "Weighing":
        """The weighing of systems on a bench."""
        measured = honest(bench.examples)
        return cls(bench=bench, measured=measured, shipped=shipped_system.out_of_fold()[measured])

    @property
    def labels(self) -> Rows:
        """The labels of the measured rows."""
        return self.bench.ready.labels[self.measured]

    def row(self, system: System, reading_seconds: dict[str, float]) -> Row:
        """The line of a system."""
        quality = self.quality(system.out_of_fold(), self.bench.parts.part_of)
        costs = (
            f"{system.fit_seconds(_FIRST):.1f}",
            f"{system.score_seconds(_FIRST, reading_seconds) * 1e6:,.0f}",
            f"{system.kilobytes(_FIRST):,.0f}",
        )
        return system.name, *quality, *costs

    def quality(self, log_odds: Floats, fold_of: Rows) -> tuple[str, ...]:
        """How well log-odds of all rows rank the measured ones, and their calibration error after Platt's sigmoid."""
        scores, labels = log_odds[self.measured], self.labels
        figures = ranking(labels, scores)
        probabilities = cross_calibrated(scores, labels, fold_of[self.measured])
        return (
            f"{figures['ap']:.4f}",
            self._difference(scores),
            f"{figures['auc']:.4f}",
            f"{figures['recall_at_5pct_false_alarms']:.3f}",
            f"{figures['recall_at_1pct_false_alarms']:.3f}",
            f"{calibration_figures(labels, probabilities).error:.3f}",
        )

    def _difference(self, scores: Floats) -> str:
        """By how much AP is above that of the shipped model, with its interval over groups drawn again."""
        ours, theirs = Ranked.of(self.labels, self.shipped), Ranked.of(self.labels, scores)
        groups = Resamples.of([self.bench.examples[row].group for row in self.measured.tolist()])
        drawn = [average_precision(*theirs.counts(t)) - average_precision(*ours.counts(t)) for t in groups.times()]
        value = average_precision(*theirs.counts()) - average_precision(*ours.counts())
        low, high = np.quantile(np.concatenate(drawn), _LIMITS)
        return f"{value:+.4f} ({low:+.3f} to {high:+.3f})"


def score_rows(ready: Prepared) -> Iterator[Row]:
    """A line for each system, each as soon as it is measured."""
    bench = Bench.of(ready)
    listed = systems(bench)
    weighing = Weighing.of(bench, listed[0])
    reading_seconds = bench.reading_seconds()
    for system in listed:
        yield weighing.row(system, reading_seconds)
        if system.name == SHIPPED:
            yield APART, *weighing.quality(*apart(bench)), "", "", ""


def apart(bench: Bench) -> tuple[Floats, Rows]:
    """The log-odds of each row by the shipped model with the row's author left out alone, and the author's number."""
    folds, given = by_author(bench.examples), bench.ready.given
    log_odds = held_out(bench.table, bench.ready.labels, bench.features, folds, bench.copies, given=given)
    authors = [author_of(example) for example in bench.examples]
    return log_odds, np.unique(authors, return_inverse=True)[1].reshape(-1)


def span_rows() -> list[Row]:
    """A line for each way to propose flags; a process of its own makes them."""
    detector = load_detector()
    examples = shipped_corpus().examples
    table = clause_table(examples, detector)
    marked = Marked(examples=examples, table=table, measured=frozenset(honest(examples).tolist()))
    ours = clause_model(marked, detector)
    return [_span_row(figures) for figures in (ours, span_categorizer(marked, ours.made))]


def _span_row(figures: SpanFigures) -> Row:
    counted = f"{figures.marks:,}", f"{figures.recall:.3f}", f"{figures.proposals:,}", f"{figures.precision:.3f}"
    return figures.name, *counted, f"{figures.seconds:,.0f}", f"{figures.microseconds:,.0f}"


def shipped_corpus() -> Corpus:
    """The corpus that the shipped model is trained on."""
    return read_corpus(shipped("examples"), load_detector().indicators)


def told(row: Row) -> str:
    """A row for the terminal."""
    return f"{row[0]:44}" + "".join(f"{cell:>{max(10, len(cell) + 2)}}" for cell in row[1:])


def markdown(header: Row, rows: Sequence[Row]) -> str:
    """A table for the page."""
    lines = [header, ("---", *["---:"] * (len(header) - 1)), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def page(corpus: Corpus, scores: Sequence[Row], spans: Sequence[Row], today: str) -> str:
    """What is kept of a run."""
    examples, measured = corpus.examples, honest(corpus.examples)
    followed = sum(examples[row].label == "follow_up" for row in measured.tolist())
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return _PAGE.format(
        today=today,
        command=COMMAND,
        digest=corpus.digest,
        examples=f"{len(examples):,}",
        authors=len({author_of(example) for example in examples}),
        measured=f"{len(measured):,}",
        followed=followed,
        libraries=libraries,
        confidence=f"{CONFIDENCE_WANTED:.0%}",
        scores=markdown(SCORES_HEADER, scores),
        spans=markdown(SPANS_HEADER, spans),
    )


_PAGE = """# Alternatives to the shipped models

Measured on {today} by `{command}` ({libraries}), on the corpus with the digest `{digest}`: {examples} texts by
{authors} authors. Figures are taken from the {measured} texts that no writer of rules had read, {followed} of them to
follow up.

## Scores

Authors fall into five parts, and each part is scored by models that saw only the other four: one author at a time
would cost four times as much for the systems that stand on others, which are fitted on scores by models that left out
the part of the text as well. The second line says what the shipped model gains when each author is left out alone.
Kinds and proposed flags, from which features are read, come from models that left the author out. Seconds to fit are
those of one processor for one of the five models with all that it stands on; microseconds a text begin where a text
has been read (facts and flags are found in any case); kB is what scoring needs, pickled and compressed. The interval
of the difference in AP is over campaigns drawn again.

An alternative takes the place of the shipped model when its AP is 0.01 higher, its ROC-AUC no lower, and its reasons
still add up to the score, as those of linear models and of their averages do.

{scores}

## Proposed flags

Authors fall into four parts. The clause model, as if no rule had raised anything, proposes of each clause what it is
surest of, from {confidence} on; spaCy's model proposes as many in all, its surest.
Recall is of the marks of indicators that are marked often enough to be learnt; precision is that of proposals in ads
to follow up. A mark is met by a proposal of its indicator that overlaps it. Seconds are those of fitting all models:
four and a last one of all texts for the clauses, four for spaCy. Its `spancat` proper learnt to mark nothing, as the
spans without a mark outnumber those with one by thousands; its form for single labels, which can weigh them less,
stands in for it, and each mark is moved to the suggested span that is most like it.

{spans}
"""


def main() -> None:
    """Print both tables and write the page, on one thread a process: libraries read OMP_NUM_THREADS when loaded."""
    if os.environ.get("OMP_NUM_THREADS") != "1":
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "OMP_NUM_THREADS": "1"})  # noqa: S606  our own program once more
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        spans = pool.submit(span_rows)
        corpus = shipped_corpus()
        scores = list(_printed(SCORES_HEADER, score_rows(prepare(corpus.examples, load_detector(), _say))))
        list(_printed(SPANS_HEADER, spans.result()))
    today = datetime.now(UTC).date().isoformat()
    PAGE.write_text(page(corpus, scores, spans.result(), today), encoding="utf-8")
    _say(f"written to {PAGE}")


def _printed(header: Row, rows: "Iterator[Row] | list[Row]") -> Iterator[Row]:
    _say(told(header))
    for row in rows:
        _say(told(row))
        yield row


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
