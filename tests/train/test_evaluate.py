"""The evaluation holds our model against simple ones on what was left out, the weakest slices first."""

import re
from pathlib import Path

import numpy as np
import pytest

from screener.detect import Detector
from screener.records import Mark, Polarity, Span
from screener.train.evaluate import evaluation, flag_counts, severity_sums, tfidf_model
from screener.train.prepare import labels_of
from tests.score.factory import reading, sighting
from tests.train.factory import example

SYSTEMS = ["screener", "TF-IDF logistic regression", "severity sum of flags", "number of flags"]


@pytest.fixture(scope="module")
def lines(small_corpus: Path, detector: Detector) -> list[str]:
    return list(evaluation(small_corpus, detector, tell=lambda _: None))


def test_both_protocols_name_every_system_with_its_figures(lines: list[str]) -> None:
    for protocol in ("author left out", "campaign left out"):
        start = next(i for i, line in enumerate(lines) if line.startswith(f"{protocol} "))
        rows = lines[start + 1 : start + 1 + len(SYSTEMS)]
        assert [row[:30].strip() for row in rows] == SYSTEMS
        assert all(0 <= float(figure) <= 1 for row in rows for figure in row[30:].split())


def test_slices_come_the_weakest_first(lines: list[str]) -> None:
    shares = [float(match[1]) for line in lines if (match := re.match(r"  (\d\.\d\d)  ", line))]
    assert len(shares) > 5
    assert shares == sorted(shares)


def test_a_ranking_learnt_from_the_corpus_is_better_than_chance(lines: list[str]) -> None:
    rows = [line for line in lines if line.startswith(("screener  ", "TF-IDF"))]
    assert len(rows) == 4
    assert all(float(row[30:].split()[0]) > 0.7 for row in rows)


def test_job_fraud_without_trafficking_is_not_followed_up() -> None:
    labels = [example(1), example(2, label="ordinary"), example(3, label="job_fraud")]
    assert labels_of(labels).tolist() == [1, 0, 0]


def test_severities_count_each_indicator_once_and_risk_only() -> None:
    flags = [sighting("a", 3), sighting("a", 3), sighting("b", 2), sighting("c", 0)]
    assert severity_sums([reading(flags=flags), reading()]).tolist() == [5.0, 0.0]


def test_a_flag_meets_a_mark_of_its_indicator_that_it_overlaps() -> None:
    def marked(start: int, **fields: str) -> Mark:
        span = Span(start=start, end=start + 2)
        return Mark(indicator=fields.get("of", "a"), polarity=Polarity.RISK, span=span, quote="xx")

    flags = [sighting("a", 3), sighting("b", 2)]  # both on the first character
    marks = (marked(0), marked(1), marked(0, of="c"))
    followed = example(1)
    texts = [type(followed)(**{**vars(followed), "marks": marks})]
    assert flag_counts(texts, [reading(flags=flags)]) == (1, 3, 1, 2)


def test_the_baseline_tells_words_apart() -> None:
    texts = np.array(["paspor dipegang bos", "kontrak kerja resmi"] * 4, dtype=object)
    model = tfidf_model().fit(texts, [1, 0] * 4)
    assert model.predict(["paspor dipegang", "kontrak resmi"]).tolist() == [1, 0]
