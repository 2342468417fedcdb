"""Simple systems that every figure is held against, in the same run and on the same folds."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline, make_union
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from screener.records import Example, Polarity, Reading
from screener.text import fold

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
TFIDF = "TF-IDF logistic regression"
FLAG_COUNT = "number of flags"
SEVERITY_SUM = "severity sum of flags"
KEYWORDS = "keyword list"
_KEYWORD_FILE = Path(__file__).parent / "keywords.toml"
_WORDS = (1, 2)
_LETTERS = (3, 5)
_STRENGTH = 3
_ITERATIONS = 1000


def tfidf_model() -> Pipeline:
    """The plain model that every figure is held against: TF-IDF of words 1-2 and letters 3-5, logistic regression."""
    grams = make_union(
        TfidfVectorizer(ngram_range=_WORDS, sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=_LETTERS, sublinear_tf=True),
    )
    return make_pipeline(grams, _regression())


def _regression() -> LogisticRegression:
    return LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=_ITERATIONS)


@dataclass(frozen=True, kw_only=True)
class TfidfBaseline:
    """`tfidf_model` over texts that were counted once: each fold weighs only the n-grams of its own training texts."""

    counts: "tuple[csr_matrix[np.int64], ...]"
    labels: Rows

    @classmethod
    def of(cls, examples: Sequence[Example], labels: Rows) -> "TfidfBaseline":
        """The baseline over title and text of some examples."""
        texts = [f"{example.title}\n{example.text}" for example in examples]
        words = CountVectorizer(ngram_range=_WORDS).fit_transform(texts)
        letters = CountVectorizer(analyzer="char_wb", ngram_range=_LETTERS).fit_transform(texts)
        return cls(counts=(csr_matrix(words), csr_matrix(letters)), labels=labels)

    def scores(self, train: Rows, test: Rows) -> Floats:
        """The log-odds of the test rows by a model that saw only the training rows."""
        with threadpool_limits(limits=1):  # the same figures on any number of cores
            blocks = [_weighed(counts, train, test) for counts in self.counts]
            model = _regression().fit(hstack([block[0] for block in blocks], format="csr"), self.labels[train])
            log_odds = model.decision_function(hstack([block[1] for block in blocks], format="csr"))
        return np.asarray(log_odds, dtype=np.float64)


def _weighed(
    counts: "csr_matrix[np.int64]", train: Rows, test: Rows
) -> "tuple[csr_matrix[np.float64], csr_matrix[np.float64]]":
    """Training and test rows as TF-IDF of the n-grams that the training rows hold."""
    rows = counts[train]
    known = np.unique(rows.indices)
    weigher = TfidfTransformer(sublinear_tf=True).fit(rows[:, known])
    return weigher.transform(rows[:, known]), weigher.transform(counts[test][:, known])


def risk_flags(reading: Reading) -> dict[str, int]:
    """The severity of each different red flag of a reading."""
    return {flag.indicator: flag.severity for flag in reading.flags if flag.polarity is Polarity.RISK}


def severity_sums(readings: Sequence[Reading]) -> Floats:
    """The severities of the different red flags of each reading added up."""
    return np.array([float(sum(risk_flags(reading).values())) for reading in readings])


def read_keywords(path: Path = _KEYWORD_FILE) -> tuple[str, ...]:
    """The phrases of the keyword list, in the order of the file."""
    written: Mapping[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))["phrases"]
    return tuple(phrase for phrases in written.values() for phrase in phrases)


def keywords_found(examples: Sequence[Example], phrases: Sequence[str]) -> Floats:
    """How many of the phrases stand in title and text of each example, as whole words after folding."""
    return np.array([float(sum(f" {p} " in text for p in phrases)) for text in map(_in_words, examples)])


def _in_words(example: Example) -> str:
    plain = fold(f"{example.title}\n{example.text}").text
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return f" {' '.join(words)} "


def without_fitting(examples: Sequence[Example], readings: Sequence[Reading]) -> dict[str, Floats]:
    """The scores of the systems that learn nothing, by their names."""
    return {
        FLAG_COUNT: np.array([float(len(risk_flags(reading))) for reading in readings]),
        SEVERITY_SUM: severity_sums(readings),
        KEYWORDS: keywords_found(examples, read_keywords()),
    }
