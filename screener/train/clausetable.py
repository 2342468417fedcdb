"""The clauses of a corpus as tables: what labellers mark in them, what rules say, and the rules' own texts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from screener.detect import Detector
from screener.detect.clausehashing import rows
from screener.detect.clauses import Clause, clauses, whole
from screener.records import Example, Flag, Kind, Mark, Polarity, Span
from screener.train.corpus import FOLLOW_UP, author_of, document_of
from screener.train.split import honest

Bools = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]
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


class RuleFlag(NamedTuple):
    """A flag of a rule: the rows of its first clause and of the one after its last, and the column of its indicator.

    `marked` says whether a labeller marked what it quotes.
    """

    first: int
    last: int
    column: int
    rule: str
    marked: bool


@dataclass(frozen=True, kw_only=True)
class ClauseTable:
    """The clauses of all texts: one row a clause, `of_example` its example, `marked` a column for each indicator.

    `raised` are the flags of rules, each by itself, which the model believes or doubts. There is a place for each
    example that says who wrote it, whether it is `heard` (an ad, or a testimony, which is read like one: only these are
    marked), whether flags are measured on it (`telling`: it is heard, and `split.honest`), and its `answers`, a column
    for each of `Votes`.
    """

    indicators: tuple[str, ...]
    clauses: tuple[tuple[Clause, ...], ...]
    of_example: npt.NDArray[np.int64]
    blocks: tuple[tuple[npt.NDArray[np.int64], ...], ...]
    marked: Bools
    raised: tuple[RuleFlag, ...]
    authors: npt.NDArray[np.str_]
    heard: Bools
    telling: Bools
    answers: Bools
    said: Said

    @property
    def ruled(self) -> Bools:
        """Where a rule raises an indicator already, as `marked`: there the model adds nothing."""
        table = np.zeros_like(self.marked)
        for flag in self.raised:
            table[flag.first : flag.last, flag.column] = True
        return table


def clause_table(examples: Sequence[Example], detector: Detector) -> ClauseTable:
    """The clauses of every example.

    Flags are learnt from what is heard: with warnings and news, which are never marked, the model would take the
    plainest words for no sign, since they stand there more often than in ads.
    """
    indicators = _learnable(examples)
    cut = [_cut(example, detector, indicators) for example in examples]
    heard = np.array([_is_heard(example) for example in examples], dtype=bool)
    starts = accumulate((len(one.clauses) for one in cut[:-1]), initial=0)
    return ClauseTable(
        indicators=indicators,
        clauses=tuple(one.clauses for one in cut),
        of_example=np.repeat(np.arange(len(examples)), [len(one.clauses) for one in cut]),
        blocks=tuple(row for one in cut for row in rows(one.clauses)),
        marked=np.concatenate([one.marked for one in cut]),
        raised=tuple(flag for one, start in zip(cut, starts, strict=True) for flag in one.raised_from(start)),
        authors=np.array([author_of(example) for example in examples]),
        heard=heard,
        telling=heard & np.isin(np.arange(len(examples)), honest(examples)),
        answers=np.array([[one.label == FOLLOW_UP, one.kind == Kind.AD] for one in examples], dtype=bool),
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
    raised: tuple[RuleFlag, ...] = ()

    def raised_from(self, start: int) -> Iterator[RuleFlag]:
        """The flags of rules when the first clause stands in that row."""
        return (flag._replace(first=flag.first + start, last=flag.last + start) for flag in self.raised)


def _cut(example: Example, detector: Detector, indicators: Sequence[str]) -> _Cut:
    document = document_of(example)
    view = detector.view(document)
    terms, found = view.text, tuple(clauses(view.text, view.layouts["text"]))
    if not _is_heard(example):
        return _Cut(clauses=found, marked=np.zeros((len(found), len(indicators)), dtype=bool))
    spans = [terms.folded.span(terms.starts[one.start], terms.ends[one.end - 1]) for one in found]
    marks = [(mark.indicator, mark.span) for mark in _risks(example)]
    flags = (flag for flag in detector.sightings(document) if flag.indicator in indicators)
    raised = (_raised(flag, spans, marks, indicators) for flag in flags)
    return _Cut(clauses=found, marked=_covered(marks, spans, indicators), raised=tuple(raised))


def _is_heard(example: Example) -> bool:
    return example.kind in {Kind.AD, Kind.TESTIMONY}


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


def _raised(
    flag: Flag, spans: Sequence[Span], marks: Sequence[tuple[str, Span]], indicators: Sequence[str]
) -> RuleFlag:
    """A flag by its place; `spans` are those of the clauses."""
    touched = np.flatnonzero(_shared(flag.span, spans) > 0)
    own = [span for indicator, span in marks if indicator == flag.indicator]
    return RuleFlag(
        first=int(touched[0]),
        last=int(touched[-1]) + 1,
        column=indicators.index(flag.indicator),
        rule=flag.rule,
        marked=bool(own) and bool((_shared(flag.span, own) > 0).any()),
    )


def _shared(span: Span, spans: Sequence[Span]) -> npt.NDArray[np.int64]:
    return np.array([min(other.end, span.end) - max(other.start, span.start) for other in spans], dtype=np.int64)
