"""Learning what kind a text is, and what it would be taken for by a model that had not read its author."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from screener.detect import Detector, KindModel, cues, kind_buckets
from screener.detect.expressions import Expressions
from screener.detect.learntkinds import KIND_BUCKETS, Told, told
from screener.records import Example, Grams, Kind
from screener.train.corpus import author_of, document_of

Floats = npt.NDArray[np.float64]
_CUE_SCALE = 0.5
_NGRAM_SCALE = 4.0
_STRENGTH = 1.0
_ITERATIONS = 400
_FOLDS = 5
_KINDS_MIN = 2
ADS_LOST_MAX = 0.03
"""The share of ads, by authors left out, that may be taken for something else."""


@dataclass(frozen=True, kw_only=True)
class KindTable:
    """The corpus as the kind model sees it: one row an example."""

    cue_names: tuple[str, ...]
    cues: "csr_matrix[np.float64]"
    ngrams: "csr_matrix[np.float64]"
    kinds: npt.NDArray[np.str_]
    authors: npt.NDArray[np.str_]

    @property
    def together(self) -> "csr_matrix[np.float64]":
        """Both blocks, each at the scale that the penalty expects."""
        return csr_matrix(hstack([self.cues * _CUE_SCALE, self.ngrams * _NGRAM_SCALE]))


def kind_table(examples: Sequence[Example], detector: Detector) -> KindTable:
    """The cues and n-grams of every example, with its kind and author."""
    views = [detector.view(document_of(example)) for example in examples]
    vectorizer = DictVectorizer()
    patterns = Expressions(detector.kind_patterns)
    table = vectorizer.fit_transform([cues(view.both, view.original, patterns) for view in views])
    return KindTable(
        cue_names=tuple(vectorizer.get_feature_names_out()),
        cues=csr_matrix(table),
        ngrams=_ngrams([view.grams for view in views]),
        kinds=np.array([example.kind for example in examples]),
        authors=np.array([author_of(example) for example in examples]),
    )


def _ngrams(all_grams: Sequence[Grams]) -> "csr_matrix[np.float64]":
    rows = [kind_buckets(grams) for grams in all_grams]
    lengths = np.array([len(row) for row in rows], dtype=np.int64)
    data = np.repeat(1 / np.sqrt(np.maximum(lengths, 1)), lengths)
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    made = csr_matrix((data, np.concatenate(rows), offsets), shape=(len(rows), KIND_BUCKETS))
    made.sum_duplicates()
    return made


def learn_kinds(table: KindTable, votes: Floats) -> tuple[KindModel, list[Told]]:
    """The model of all examples, and the kind of each as a model that had not read its author takes it to be.

    `votes` are what the clauses of each example say of its being an ad, by models that had not read its author
    (`KindModel`). Of ads alone no kinds can be learnt: then every text is taken for one. There must be an ad.
    """
    odds = _voted(_held_out(table), votes, _columns(table).index(Kind.AD))
    ads = odds[:, _columns(table).index(Kind.AD)]
    ad_from = float(np.quantile(ads[table.kinds == Kind.AD.value], ADS_LOST_MAX))
    return _fitted(table, ad_from), [
        told(dict(zip(_columns(table), row.tolist(), strict=True)), ad_from) for row in odds
    ]


def _voted(odds: Floats, votes: Floats, ad: int) -> Floats:
    """The probabilities with the votes added to the log-odds of the column of ads."""
    factors = np.ones_like(odds)
    factors[:, ad] = np.exp(votes)
    shares = odds * factors
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), dtype=np.float64)


def _columns(table: KindTable) -> list[Kind]:
    return [Kind(name) for name in sorted(set(table.kinds.tolist()))]


def _held_out(table: KindTable) -> Floats:
    columns, together = [kind.value for kind in _columns(table)], table.together
    odds = np.zeros((len(table.kinds), len(columns)))
    for test in _folds(table.authors):
        found, probabilities = _told(together[~test], table.kinds[~test], together[test])
        rows, places = np.flatnonzero(test), np.array([columns.index(name) for name in found])
        odds[rows[:, None], places] = probabilities
    return odds


def _told(
    train: "csr_matrix[np.float64]", kinds: npt.NDArray[np.str_], test: "csr_matrix[np.float64]"
) -> tuple[list[str], Floats]:
    """The kinds there are to learn from, and how likely each test row is of each; one kind alone is certain."""
    found = sorted(set(kinds.tolist()))
    if len(found) < _KINDS_MIN:
        return found, np.ones((test.shape[0], len(found)))
    model = _regression().fit(train, kinds)
    return model.classes_.tolist(), model.predict_proba(test)


def _folds(authors: npt.NDArray[np.str_]) -> list[npt.NDArray[np.bool_]]:
    """Rows of up to five groups of authors; an author falls into one by the order of a hash of the name."""
    order = sorted(set(authors.tolist()), key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    return [np.isin(authors, order[start::_FOLDS]) for start in range(min(_FOLDS, len(order)))]


def _regression() -> LogisticRegression:
    return LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=_ITERATIONS)


def _fitted(table: KindTable, ad_from: float) -> KindModel:
    named, kinds = len(table.cue_names), _columns(table)
    weights, base = _weights(table, kinds)
    return KindModel(
        kinds=tuple(kinds),
        cues=dict(zip(table.cue_names, np.round(weights[:named] * _CUE_SCALE, 6), strict=True)),
        ngrams=(weights[named:] * _NGRAM_SCALE).astype(np.float16).astype(np.float32),
        base=np.round(base, 6),
        ad_from=ad_from,
    )


def _weights(table: KindTable, kinds: Sequence[Kind]) -> tuple[Floats, Floats]:
    """A column of weights and a base for each kind."""
    if len(kinds) < _KINDS_MIN:
        return np.zeros((table.together.shape[1], len(kinds))), np.zeros(len(kinds))
    model = _regression().fit(table.together, table.kinds)
    if len(kinds) > _KINDS_MIN:
        return model.coef_.T, model.intercept_
    # Of two kinds the regression has weights for the second only: half for it, half against the first.
    halves = np.array([-0.5, 0.5])
    return model.coef_.T * halves, model.intercept_ * halves
