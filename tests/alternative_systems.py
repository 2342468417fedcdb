"""The systems that are weighed against the shipped score: linear models, trees, and their mixtures."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack, vstack
from scipy.special import logit
from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from screener.train.baselines import TFIDF, tfidf_model
from screener.train.fit import SEED, Weights, fit_copies
from tests.alternative_bench import Bench
from tests.nested_systems import Fitted, Floats, Rows, System
from tests.spacy_systems import BOTH, WORDS, text_categorizer

SHIPPED = "linear, shipped: features and n-grams"
_CERTAIN = 1e-6
_FEATURE_SCALE = 0.3
_BLOCK_SCALE = 6.0


def systems(bench: Bench) -> list[System]:
    """All that are weighed, the shipped one first."""
    make = partial(System, parts=bench.parts)
    both, features, ngrams = frozenset({"features", "ngrams"}), frozenset({"features"}), frozenset({"ngrams"})
    linear = make(name=SHIPPED, learn=partial(_linear, bench, slice(None)), reads=both)
    words = make(name="n-grams only", learn=partial(_linear, bench, slice(bench.features, None)), reads=ngrams)
    tfidf = make(name=TFIDF, learn=partial(_of_texts, bench, tfidf_model))
    on_words = partial(make, bases=(words,), reads=features)
    boosted = on_words(name="boosted trees on features, n-gram score", learn=partial(_trees, bench, _boosted))
    mixed = partial(make, name="stacking: linear, TF-IDF, boosted trees", bases=(linear, tfidf, boosted))
    return [
        linear,
        make(name="linear, n-grams in one block by presence", learn=partial(_present, bench), reads=both),
        make(name="features only", learn=partial(_linear, bench, slice(bench.features)), reads=features),
        words,
        tfidf,
        boosted,
        on_words(name="extra trees on the same", learn=partial(_trees, bench, _extra)),
        mixed(learn=partial(_stacked, bench)),
        make(name="average of linear and TF-IDF", learn=_average, bases=(linear, tfidf)),
        make(name="complement naive Bayes over n-grams", learn=partial(_bayes, bench), reads=ngrams),
        make(name="linear SVM over TF-IDF", learn=partial(_of_texts, bench, _margin_model)),
        make(name="spaCy TextCatBOW.v3, 2 epochs", learn=partial(text_categorizer, bench, WORDS, 2)),
        make(name="spaCy TextCatEnsemble.v2, 5 epochs", learn=partial(text_categorizer, bench, BOTH, 5)),
    ]


@dataclass(frozen=True, kw_only=True)
class _Linear:
    table: "csr_matrix[np.float64]"
    weights: Weights

    def log_odds(self, rows: Rows, _: Floats) -> Floats:
        return self.weights.log_odds(self.table[rows])

    def kept(self) -> object:
        return self.weights.intercept, self.weights.features, self.weights.ngrams.astype(np.float32)


def _linear(bench: Bench, columns: slice, rows: Rows, _: Floats) -> Fitted:
    """The shipped model, or the same of some columns."""
    copies = [copy[:, columns] for copy in bench.copies]
    features = len(range(*columns.indices(bench.table.shape[1]))[: bench.features]) if not columns.start else 0
    weights = fit_copies(copies, bench.ready.labels, rows, features, bench.ready.given if features else {})
    return _Linear(table=bench.table[:, columns], weights=weights)


@dataclass(frozen=True, kw_only=True)
class _Present:
    table: "csr_matrix[np.float64]"
    model: LogisticRegression

    def log_odds(self, rows: Rows, _: Floats) -> Floats:
        return np.asarray(self.model.decision_function(self.table[rows]), dtype=np.float64)

    def kept(self) -> object:
        return self.model.coef_.astype(np.float32), self.model.intercept_


def _present(bench: Bench, rows: Rows, _: Floats) -> Fitted:
    """The linear model with n-grams in one block that counts their presence alone."""
    table = vstack([_one_block(copy[rows], bench.features) for copy in bench.copies], format="csr")
    labels = np.tile(bench.ready.labels[rows], len(bench.copies))
    # A text counts as much with many copies as with one.
    model = LogisticRegression(C=3 / len(bench.copies), class_weight="balanced", max_iter=2000, random_state=SEED)
    return _Present(table=_one_block(bench.table, bench.features), model=model.fit(table, labels))


def _one_block(table: "csr_matrix[np.float64]", features: int) -> "csr_matrix[np.float64]":
    return csr_matrix(
        hstack(
            [
                table[:, :features] * _FEATURE_SCALE,
                normalize((table[:, features:] > 0).astype(np.float64)) * _BLOCK_SCALE,
            ]
        )
    )


@dataclass(frozen=True, kw_only=True)
class _OfTexts:
    texts: "npt.NDArray[np.object_]"
    model: Pipeline

    def log_odds(self, rows: Rows, _: Floats) -> Floats:
        return np.asarray(self.model.decision_function(self.texts[rows]), dtype=np.float64)

    def kept(self) -> object:
        return self.model


def _of_texts(bench: Bench, make: Callable[[], Pipeline], rows: Rows, _: Floats) -> Fitted:
    return _OfTexts(texts=bench.texts, model=make().fit(bench.texts[rows], bench.ready.labels[rows]))


def _margin_model() -> Pipeline:
    return make_pipeline(tfidf_model()[0], LinearSVC(C=0.5, class_weight="balanced", random_state=SEED))


@dataclass(frozen=True, kw_only=True)
class _OfColumns:
    table: Any
    model: Any

    def log_odds(self, rows: Rows, inputs: Floats) -> Floats:
        probability = self.model.predict_proba(_beside(self.table[rows], inputs))[:, 1]
        return np.asarray(logit(np.clip(probability, _CERTAIN, 1 - _CERTAIN)), dtype=np.float64)

    def kept(self) -> object:
        return self.model


def _beside(table: Any, inputs: Floats) -> Any:
    return np.hstack([table.toarray(), inputs]) if inputs.shape[1] else table


def _trees(bench: Bench, make: Callable[[], Any], rows: Rows, inputs: Floats) -> Fitted:
    """Trees on features that forget flags as those of the shipped model do, beside the n-gram score."""
    number = len(bench.copies)
    table = vstack([copy[rows, : bench.features] for copy in bench.copies], format="csr")
    model = make().fit(_beside(table, np.tile(inputs, (number, 1))), np.tile(bench.ready.labels[rows], number))
    return _OfColumns(table=bench.table[:, : bench.features], model=model)


def _boosted() -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        learning_rate=0.05,
        max_iter=150,
        max_leaf_nodes=8,
        min_samples_leaf=30,
        l2_regularization=1.0,
        class_weight="balanced",
        random_state=SEED,
    )


def _extra() -> ExtraTreesClassifier:
    return ExtraTreesClassifier(300, min_samples_leaf=4, class_weight="balanced", random_state=SEED)


def _bayes(bench: Bench, rows: Rows, _: Floats) -> Fitted:
    table = bench.table[:, bench.features :].sign()
    return _OfBayes(table=table, model=ComplementNB(alpha=0.3).fit(table[rows], bench.ready.labels[rows]))


@dataclass(frozen=True, kw_only=True)
class _OfBayes:
    table: Any
    model: ComplementNB

    def log_odds(self, rows: Rows, _: Floats) -> Floats:
        # Its probabilities are all but 0 and 1: thousands of n-grams are taken to be independent.
        joint = self.model.predict_joint_log_proba(self.table[rows])
        return np.asarray((joint[:, 1] - joint[:, 0]) / 100, dtype=np.float64)

    def kept(self) -> object:
        return self.model


@dataclass(frozen=True, kw_only=True)
class _OfScores:
    weights: Floats
    intercept: float

    def log_odds(self, _: Rows, inputs: Floats) -> Floats:
        return np.asarray(inputs @ self.weights + self.intercept, dtype=np.float64)

    def kept(self) -> object:
        return self.weights, self.intercept


def _stacked(bench: Bench, rows: Rows, inputs: Floats) -> Fitted:
    model = LogisticRegression(class_weight="balanced").fit(inputs, bench.ready.labels[rows])
    return _OfScores(weights=model.coef_[0], intercept=float(model.intercept_[0]))


def _average(_: Rows, inputs: Floats) -> Fitted:
    weights = 1 / inputs.std(axis=0) / inputs.shape[1]
    return _OfScores(weights=weights, intercept=-float(inputs.mean(axis=0) @ weights))
