"""The clauses of a corpus as tables: what labellers mark in them, what rules say, and the rules' own texts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screener.detect import Detector
from screener.detect.clausehashing import rows
from screener.detect.clauses import Clause, clauses, whole
from screener.records import Example, Kind, Mark, Polarity, Span
from screener.train.corpus import author_of, document_of
from screener.train.split import honest

Bools = npt.NDArray[np.bool_]
_MARKS_MIN = 25
_SHARE_MARKED = 0.6


@dataclass(frozen=True, kw_only=True)
class Said:
    """The texts that the rules carry, one row a text: for the indicator `columns` it is a hit (`marked`) or a miss.

    Of the other indicators they say nothing.
    """

    blocks: tuple[tuple[npt.NDArray[np.int64], ...], ...]
    columns: npt.NDArray[np.int64]
    marked: Bools


@dataclass(frozen=True, kw_only=True)
class ClauseTable:
    """The clauses of all ads: one row a clause, `of_example` its example, `marked` a column for each indicator.

    `ruled` says where a rule raises the indicator already: there the model adds nothing, it believes or doubts.
    `authors` and `telling` have a place for each example: who wrote it, and whether figures are taken from it
    (`split.honest`).
    """

    indicators: tuple[str, ...]
    clauses: tuple[tuple[Clause, ...], ...]
    of_example: npt.NDArray[np.int64]
    blocks: tuple[tuple[npt.NDArray[np.int64], ...], ...]
    marked: Bools
    ruled: Bools
    authors: npt.NDArray[np.str_]
    telling: Bools
    said: Said


def clause_table(examples: Sequence[Example], detector: Detector) -> ClauseTable:
    """The clauses of every ad, and of testimonies, which are read like ads; other examples have none.

    With warnings and news among them, which are never marked, the model takes the plainest words for no sign: they
    stand there more often than in ads.
    """
    indicators = _learnable(examples)
    cut = [_cut(example, detector, indicators) for example in examples]
    return ClauseTable(
        indicators=indicators,
        clauses=tuple(one.clauses for one in cut),
        of_example=np.repeat(np.arange(len(examples)), [len(one.clauses) for one in cut]),
        blocks=tuple(row for one in cut for row in rows(one.clauses)),
        marked=np.concatenate([one.marked for one in cut]),
        ruled=np.concatenate([one.ruled for one in cut]),
        authors=np.array([author_of(example) for example in examples]),
        telling=np.isin(np.arange(len(examples)), honest(examples)),
        said=_said(detector, indicators),
    )


def _said(detector: Detector, indicators: Sequence[str]) -> Said:
    """The hits and misses of the rules that come with the program: what its users add changes no model."""
    own = {rule.name for rule in detector.own_rules}
    rules = [rule for rule in detector.rules if rule.indicator in indicators and rule.name not in own]
    told = [(rule, text, True) for rule in rules for text in rule.hits]
    told += [(rule, text, False) for rule in rules for text in rule.misses]
    return Said(
        blocks=tuple(next(rows([whole(detector.measured_terms(text))], alone=True)) for _, text, _ in told),
        columns=np.array([indicators.index(rule.indicator) for rule, _, _ in told], dtype=np.int64),
        marked=np.array([hit for _, _, hit in told], dtype=bool),
    )


def _learnable(examples: Sequence[Example]) -> tuple[str, ...]:
    """The indicators of risk that are marked often enough, by name."""
    counts = Counter(mark.indicator for example in examples for mark in _risks(example))
    return tuple(sorted(name for name, count in counts.items() if count >= _MARKS_MIN))


def _risks(example: Example) -> list[Mark]:
    return [mark for mark in example.marks if mark.polarity is Polarity.RISK]


@dataclass(frozen=True, kw_only=True)
class _Cut:
    """An example cut into clauses, with what labellers and rules say of each."""

    clauses: tuple[Clause, ...]
    marked: Bools
    ruled: Bools


def _cut(example: Example, detector: Detector, indicators: Sequence[str]) -> _Cut:
    if example.kind not in {Kind.AD, Kind.TESTIMONY}:
        none = np.zeros((0, len(indicators)), dtype=bool)
        return _Cut(clauses=(), marked=none, ruled=none)
    document = document_of(example)
    view = detector.view(document)
    terms, found = view.text, tuple(clauses(view.text, view.layouts["text"]))
    spans = [terms.folded.span(terms.starts[one.start], terms.ends[one.end - 1]) for one in found]
    marks = [(mark.indicator, mark.span) for mark in _risks(example)]
    flags = [(flag.indicator, flag.span) for flag in detector.read(document, Kind.AD).flags if flag.field == "text"]
    return _Cut(clauses=found, marked=_covered(marks, spans, indicators), ruled=_touched(flags, spans, indicators))


def _covered(marks: Sequence[tuple[str, Span]], spans: Sequence[Span], indicators: Sequence[str]) -> Bools:
    """Which clauses carry which mark: the one that shares most with it, and those it mostly covers."""
    table = np.zeros((len(spans), len(indicators)), dtype=bool)
    lengths = np.array([max(1, span.end - span.start) for span in spans])
    for indicator, span in marks:
        if indicator in indicators and spans:
            shared = _shared(span, spans)
            rows = (shared >= _SHARE_MARKED * lengths) | (shared == shared.max())
            table[rows & (shared > 0), indicators.index(indicator)] = True
    return table


def _touched(flags: Sequence[tuple[str, Span]], spans: Sequence[Span], indicators: Sequence[str]) -> Bools:
    table = np.zeros((len(spans), len(indicators)), dtype=bool)
    for indicator, span in flags:
        if indicator in indicators and spans:
            table[_shared(span, spans) > 0, indicators.index(indicator)] = True
    return table


def _shared(span: Span, spans: Sequence[Span]) -> npt.NDArray[np.int64]:
    return np.array([min(other.end, span.end) - max(other.start, span.start) for other in spans], dtype=np.int64)
