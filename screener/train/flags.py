"""Learning the marks of labellers: which clauses of an ad carry which indicator."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from screener.detect import Detector
from screener.detect.clauses import Clause, clauses
from screener.detect.learntflags import FLAG_BUCKETS, Calling, ClauseHasher, FlagModel, Proposal, called, weighed
from screener.records import Example, Kind, Mark, Polarity, Span
from screener.train.corpus import author_of, document_of

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
_MARKS_MIN = 25
_FOLDS = 4
_STRENGTH = 20.0
_MARK_WEIGHT = 3
_SHARE_MARKED = 0.6
_WEIGHT_KEPT = 0.02
PRECISION_WANTED = 0.6
PRECISION_SURE = 0.9
_CALLS_MIN = 8


@dataclass(frozen=True, kw_only=True)
class ClauseTable:
    """The clauses of all ads: one row a clause, `of_example` its example, `marked` a column for each indicator.

    `ruled` says where a rule raises the indicator already: there the model has nothing to add.
    """

    indicators: tuple[str, ...]
    clauses: tuple[tuple[Clause, ...], ...]
    of_example: npt.NDArray[np.int64]
    blocks: tuple[tuple[npt.NDArray[np.int64], ...], ...]
    marked: Bools
    ruled: Bools
    authors: npt.NDArray[np.str_]


def clause_table(examples: Sequence[Example], detector: Detector) -> ClauseTable:
    """The clauses of every ad, and of testimonies, which are read like ads; other examples have none."""
    indicators = _learnable(examples)
    cut = [_cut(example, detector, indicators) for example in examples]
    hasher = ClauseHasher()
    return ClauseTable(
        indicators=indicators,
        clauses=tuple(one.clauses for one in cut),
        of_example=np.repeat(np.arange(len(examples)), [len(one.clauses) for one in cut]),
        blocks=tuple(row for one in cut for row in hasher.rows(one.clauses)),
        marked=np.concatenate([one.marked for one in cut]),
        ruled=np.concatenate([one.ruled for one in cut]),
        authors=np.array([author_of(example) for example in examples]),
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
    none = np.zeros((0, len(indicators)), dtype=bool)
    if example.kind not in {Kind.AD, Kind.TESTIMONY}:
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


@dataclass(frozen=True, kw_only=True)
class LearntFlags:
    """The model of all examples, and what one that had not read their authors proposes for each example."""

    model: FlagModel
    proposals: tuple[tuple[Proposal, ...], ...]


def learn_flags(table: ClauseTable) -> LearntFlags:
    """The flag model, its callings chosen on authors left out."""
    held_out = _held_out(table)
    callings = {}
    for column, name in enumerate(table.indicators):
        free = ~table.ruled[:, column]
        callings[name] = _calling(held_out[free, column], table.marked[free, column])
    return LearntFlags(model=_fitted(table, callings), proposals=tuple(_proposed(table, held_out, callings)))


def _proposed(table: ClauseTable, log_odds: Floats, callings: Mapping[str, Calling]) -> Iterator[tuple[Proposal, ...]]:
    for number, own in enumerate(table.clauses):
        yield tuple(called(own, log_odds[table.of_example == number], callings)) if own else ()


def _held_out(table: ClauseTable) -> Floats:
    log_odds = np.zeros(table.marked.shape)
    authors = table.authors[table.of_example]
    for test in _folds(authors):
        rarity = _rarity(table.blocks, ~test)
        matrix = _matrix(table.blocks, rarity)
        weights, base = _fit(matrix[~test], table.marked[~test])
        log_odds[test] = matrix[test] @ weights + base
    return log_odds


def _folds(authors: npt.NDArray[np.str_]) -> list[Bools]:
    order = sorted(set(authors.tolist()), key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    return [np.isin(authors, order[start::_FOLDS]) for start in range(min(_FOLDS, len(order)))]


def _rarity(blocks: Sequence[Sequence[npt.NDArray[np.int64]]], rows: Bools) -> Floats:
    """The inverse document frequency of each bucket, smoothed as scikit-learn does it."""
    counts = np.zeros(FLAG_BUCKETS)
    for number in np.flatnonzero(rows).tolist():
        counts[np.unique(np.concatenate(blocks[number]))] += 1
    return np.asarray(np.log((1 + rows.sum()) / (1 + counts)) + 1, dtype=np.float32).astype(np.float64)


def _matrix(blocks: Sequence[Sequence[npt.NDArray[np.int64]]], rarity: Floats) -> "csr_matrix[np.float64]":
    rows = [weighed(row, rarity) for row in blocks]
    offsets = np.concatenate([[0], np.cumsum([len(buckets) for buckets, _ in rows])])
    columns, values = np.concatenate([row[0] for row in rows]), np.concatenate([row[1] for row in rows])
    made = csr_matrix((values, columns, offsets), shape=(len(rows), FLAG_BUCKETS))
    made.sum_duplicates()
    return made


def _fit(matrix: "csr_matrix[np.float64]", marked: Bools) -> tuple[Floats, Floats]:
    """Weights (buckets by indicators) and base of one model an indicator."""
    fitted = Parallel(n_jobs=2)(delayed(_fit_one)(matrix, marked[:, column]) for column in range(marked.shape[1]))
    weights = np.array([weights for weights, _ in fitted], dtype=np.float64).reshape(-1, FLAG_BUCKETS).T
    return weights, np.array([base for _, base in fitted], dtype=np.float64)


def _fit_one(matrix: "csr_matrix[np.float64]", marked: Bools) -> tuple[Floats, float]:
    if not marked.any():
        return np.zeros(FLAG_BUCKETS), -20.0
    with threadpool_limits(limits=1):
        model = LogisticRegression(
            C=_STRENGTH, solver="liblinear", class_weight={False: 1, True: _MARK_WEIGHT}, random_state=0
        ).fit(matrix, marked)
    return model.coef_[0], float(model.intercept_[0])


def _fitted(table: ClauseTable, callings: Mapping[str, Calling]) -> FlagModel:
    rarity = _rarity(table.blocks, np.ones(len(table.blocks), dtype=bool))
    weights, base = _fit(_matrix(table.blocks, rarity), table.marked)
    # Weights too small to matter are dropped: the file is several times smaller.
    kept = np.where(np.abs(weights) < _WEIGHT_KEPT, 0.0, weights).astype(np.float16).astype(np.float32)
    return FlagModel(callings=callings, weights=kept, base=np.round(base, 6), rarity=rarity)


def _calling(log_odds: Floats, marked: Bools) -> Calling:
    """The lowest log-odds from which proposals on authors left out are right often enough."""
    slope, offset = _platt(log_odds, marked)
    order = np.argsort(-log_odds, kind="stable")
    right = np.cumsum(marked[order]) / np.arange(1, len(order) + 1)
    limit = _last(right >= PRECISION_WANTED, log_odds[order])
    return Calling(
        log_odds=limit,
        slope=slope,
        offset=offset,
        sure=bool(right[max(0, (log_odds >= limit).sum() - 1)] >= PRECISION_SURE),
    )


def _last(good: Bools, log_odds: Floats) -> float:
    """The log-odds of the last of the good places, infinite when they are too few to tell."""
    places = np.flatnonzero(good)
    places = places[places >= _CALLS_MIN - 1]
    return float(log_odds[places[-1]]) if len(places) else 1e9


def _platt(log_odds: Floats, marked: Bools) -> tuple[float, float]:
    if not marked.any():
        return 1.0, 0.0
    model = LogisticRegression(C=1e6).fit(log_odds.reshape(-1, 1), marked)
    return float(model.coef_[0][0]), float(model.intercept_[0])
