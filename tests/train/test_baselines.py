"""Simple systems score as they say."""

from dataclasses import replace

import numpy as np
import pytest

from screener.train.baselines import (
    FLAG_COUNT,
    KEYWORDS,
    SEVERITY_SUM,
    TfidfBaseline,
    keywords_found,
    read_keywords,
    severity_sums,
    tfidf_model,
    without_fitting,
)
from screener.train.prepare import labels_of
from tests.score.factory import reading, sighting
from tests.train.benches import examples
from tests.train.factory import example


def test_texts_counted_once_score_as_by_the_plain_pipeline() -> None:
    texts = examples(3, 8)
    labels = labels_of(texts)
    train, test = np.arange(16), np.arange(16, 24)
    words = np.array([f"{one.title}\n{one.text}" for one in texts], dtype=object)
    plain = tfidf_model().fit(words[train], labels[train]).decision_function(words[test])
    assert TfidfBaseline.of(texts, labels).scores(train, test) == pytest.approx(plain)


def test_the_baseline_tells_words_apart() -> None:
    texts = np.array(["paspor dipegang bos", "kontrak kerja resmi"] * 4, dtype=object)
    model = tfidf_model().fit(texts, [1, 0] * 4)
    assert model.predict(["paspor dipegang", "kontrak resmi"]).tolist() == [1, 0]


def test_severities_count_each_indicator_once_and_risk_only() -> None:
    flags = [sighting("a", 3), sighting("a", 3), sighting("b", 2), sighting("c", 0)]
    assert severity_sums([reading(flags=flags), reading()]).tolist() == [5.0, 0.0]


FOUND = [
    ("none", "kontrak resmi", 0),
    ("one, in other letters", "Paspor DIPEGANG bos", 1),
    ("one, twice", "paspor ditahan, paspor ditahan", 1),
    ("two", "paspor dipegang, denda", 2),
    ("part of a word", "dendam", 0),
    ("look-alike letters", "pаspоr dipegang", 1),
    ("over a line end and signs", "paspor\n*dipegang*", 1),
]


@pytest.mark.parametrize(("text", "found"), [c[1:] for c in FOUND], ids=[c[0] for c in FOUND])
def test_keywords_are_whole_words_counted_once(text: str, found: float) -> None:
    phrases = ("paspor dipegang", "paspor ditahan", "denda")
    assert keywords_found([example(1, text=text)], phrases).tolist() == [found]


def test_the_title_is_searched_as_well() -> None:
    titled = replace(example(1, text="resmi"), title="Denda")
    assert keywords_found([titled], ("denda",)).tolist() == [1]


def test_the_keyword_list_is_of_some_sixty_different_phrases_in_plain_spelling() -> None:
    phrases = read_keywords()
    assert 60 <= len(phrases) <= 80
    assert len(set(phrases)) == len(phrases)
    assert all(keywords_found([example(1, text=phrase)], (phrase,))[0] == 1 for phrase in phrases)


def test_systems_without_fitting_are_named() -> None:
    scores = without_fitting([example(1, text="paspor dipegang, denda")], [reading(flags=[sighting("a", 3)])])
    assert {name: of.tolist() for name, of in scores.items()} == {
        FLAG_COUNT: [1.0],
        SEVERITY_SUM: [3.0],
        KEYWORDS: [2.0],
    }
