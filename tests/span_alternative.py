"""spaCy span categorisation against the clause model that proposes flags: the same marks, four parts of authors."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
import numpy.typing as npt
import spacy
from joblib import parallel_config
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example as Lesson
from thinc.api import fix_random_seed

from screener.detect import Detector
from screener.detect.clauses import Clause
from screener.detect.opinions import Proposal
from screener.records import Example, Polarity, Span
from screener.train.clausetable import ClauseTable
from screener.train.corpus import FOLLOW_UP, document_of
from screener.train.fit import SEED
from screener.train.flags import LearntFlags, learn_flags
from tests.spacy_systems import CONVOLUTION, teach

SIZES = (3, 6, 10)
FOLDS = 4
EPOCHS = 5
SECONDS = 240.0
"""Processor seconds of training for each part; what is not learnt by then is left out."""
_BATCH = 4
_KEY = "marks"
_NEGATIVE_WEIGHT = 0.1
_LAYERS = {
    "reducer": {"@layers": "spacy.mean_max_reducer.v1", "hidden_size": 64},
    "scorer": {"@layers": "Softmax.v2"},
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an indicator is marked or proposed in an example, and how surely."""

    row: int
    indicator: str
    span: Span
    score: float = 1.0

    def meets(self, other: "Place") -> bool:
        """Whether the two overlap under the same indicator."""
        same = (self.row, self.indicator) == (other.row, other.indicator)
        return same and self.span.start < other.span.end and other.span.start < self.span.end


@dataclass(frozen=True, kw_only=True)
class SpanFigures:
    """Shares of marks met, and of proposals in ads to follow up that meet one; seconds to fit all the models.

    `made` counts the proposals in all texts, measured or not.
    """

    name: str
    made: int
    marks: int
    recall: float
    proposals: int
    precision: float
    seconds: float
    microseconds: float


@dataclass(frozen=True, kw_only=True)
class Marked:
    """Examples with their clauses, and the rows that figures are taken from."""

    examples: Sequence[Example]
    table: ClauseTable
    measured: frozenset[int]

    @property
    def rows(self) -> list[int]:
        """The rows that are read for flags."""
        return [row for row, clauses in enumerate(self.table.clauses) if clauses and self.table.heard[row]]

    def marks(self, row: int) -> list[Place]:
        """What a labeller marked in an example, of the indicators that can be learnt."""
        marks = self.examples[row].marks
        risks = (mark for mark in marks if mark.polarity is Polarity.RISK and mark.indicator in self.table.indicators)
        return [Place(row=row, indicator=mark.indicator, span=mark.span) for mark in risks]

    def right(self, place: Place) -> bool:
        """Whether a proposal meets a mark."""
        return any(place.meets(mark) for mark in self.marks(place.row))

    def figures(self, name: str, proposals: Iterable[Place], seconds: float, microseconds: float) -> SpanFigures:
        """What the proposals come to in the rows to measure."""
        every = list(proposals)
        made = [place for place in every if place.row in self.measured]
        marks = [mark for row in self.rows if row in self.measured for mark in self.marks(row)]
        by_row = {row: list(places) for row, places in groupby(sorted(made, key=_row_of), key=_row_of)}
        met = [any(mark.meets(place) for place in by_row.get(mark.row, [])) for mark in marks]
        right = [self.right(place) for place in made if self.examples[place.row].label == FOLLOW_UP]
        return SpanFigures(
            name=name,
            made=len(every),
            marks=len(marks),
            recall=sum(met) / max(1, len(met)),
            proposals=len(right),
            precision=sum(right) / max(1, len(right)),
            seconds=seconds,
            microseconds=microseconds,
        )


def _row_of(place: Place) -> int:
    return place.row


def clause_model(marked: Marked, detector: Detector) -> SpanFigures:
    """The figures of the shipped flag model, as if no rule had raised anything."""
    start = time.process_time()
    with parallel_config(backend="threading"):  # processor seconds of other processes are not ours to read
        learnt = learn_flags(replace(marked.table, raised=()))
    seconds = time.process_time() - start
    places = [
        _place_of(marked.examples[row], row, proposal, detector)
        for row in marked.rows
        for proposal in learnt.held_out[learnt.fold_of[row]].opinion(marked.table.clauses[row]).proposals()
    ]
    return marked.figures("clauses, linear", places, seconds, _reading_microseconds(learnt, marked.table.clauses))


def _place_of(example: Example, row: int, proposal: Proposal, detector: Detector) -> Place:
    terms = detector.view(document_of(example)).text
    span = terms.folded.span(terms.starts[proposal.start], terms.ends[proposal.end - 1])
    return Place(row=row, indicator=proposal.indicator, span=span, score=proposal.confidence)


def _reading_microseconds(learnt: LearntFlags, clauses: Sequence[Sequence[Clause]]) -> float:
    read = [own for own in clauses if own]
    start = time.process_time()
    for own in read:
        learnt.model.opinion(own).proposals()
    return (time.process_time() - start) / len(read) * 1e6


def span_categorizer(marked: Marked, proposals: int) -> SpanFigures:
    """The figures of spaCy's span categoriser, of so many proposals in all: its surest."""
    start, scored, reading = time.process_time(), list[Place](), 0.0
    for test in parts(marked.table.authors):
        language = _taught(marked, [row for row in marked.rows if row not in test])
        begun = time.process_time()
        scored += [place for row in marked.rows if row in test for place in _proposed(language, marked.examples, row)]
        reading += time.process_time() - begun
    seconds = time.process_time() - start - reading
    called = sorted(scored, key=lambda place: -place.score)[:proposals]
    return marked.figures(
        f"spaCy spancat_singlelabel, n-grams of {', '.join(map(str, SIZES))}, {EPOCHS} epochs",
        called,
        seconds,
        reading / len(marked.rows) * 1e6,
    )


def parts(authors: npt.NDArray[np.str_]) -> Iterator[frozenset[int]]:
    """The rows of each of four parts of the authors."""
    names = sorted(set(authors.tolist()))
    for start in range(FOLDS):
        yield frozenset(np.flatnonzero(np.isin(authors, names[start::FOLDS])).tolist())


def _taught(marked: Marked, rows: Sequence[int]) -> Language:
    fix_random_seed(SEED % 2**31)
    language = spacy.blank("id")
    suggester = {"@misc": "spacy.ngram_suggester.v1", "sizes": list(SIZES)}
    model = {"@architectures": "spacy.SpanCategorizer.v1", "tok2vec": dict(CONVOLUTION), **_LAYERS}
    config = {"spans_key": _KEY, "negative_weight": _NEGATIVE_WEIGHT, "suggester": suggester, "model": model}
    # `spancat`, which cannot weigh the thousands of spans without a mark against those with one, learns to mark none.
    language.add_pipe("spancat_singlelabel", config=config)
    teach(language, [_lesson(language, marked, row) for row in rows], EPOCHS, _BATCH, SECONDS)
    return language


def _lesson(language: Language, marked: Marked, row: int) -> Lesson:
    """An example with each mark moved to the suggested span that shares most with it: no other could be learnt."""
    reference = language.make_doc(marked.examples[row].text)
    places = {(*window(_tokens(reference, mark.span), len(reference)), mark.indicator) for mark in marked.marks(row)}
    spans = [spacy.tokens.Span(reference, *place[:2], label=place[2]) for place in sorted(places) if place[1]]
    reference.spans[_KEY] = spans
    return Lesson(language.make_doc(marked.examples[row].text), reference)


def _tokens(document: Doc, span: Span) -> tuple[int, int]:
    found = document.char_span(span.start, span.end, alignment_mode="expand")
    return (found.start, found.end) if found is not None else (0, 0)


def window(tokens: tuple[int, int], length: int) -> tuple[int, int]:
    """The suggested span of a text of so many tokens that has most in common with these; (0, 0) for none."""
    start, end = tokens
    windows = [
        (first, first + size)
        for size in SIZES
        for first in range(max(0, start - size + 1), min(end, length - size + 1))
    ]
    return max(windows, key=lambda one: _alike(one, tokens), default=(0, 0))


def _alike(one: tuple[int, int], other: tuple[int, int]) -> float:
    """The tokens that are in both as a share of those in either (Jaccard 1912)."""
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return shared / (one[1] - one[0] + other[1] - other[0] - shared)


def _proposed(language: Language, examples: Sequence[Example], row: int) -> list[Place]:
    """Where each indicator is proposed; of those that overlap only the surest."""
    document = language(examples[row].text)
    group = document.spans[_KEY]
    scores = np.ravel(group.attrs.get("scores", [])).tolist()
    pairs = sorted(zip(scores, group, strict=True), key=lambda pair: -pair[0])
    kept: list[Place] = []
    for score, found in pairs:
        span = Span(start=found.start_char, end=found.end_char)
        place = Place(row=row, indicator=found.label_, span=span, score=score)
        if not any(place.meets(one) for one in kept):
            kept.append(place)
    return kept
