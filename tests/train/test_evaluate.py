"""The evaluation holds our model against simple ones on what was left out, and is the same each time."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from screener.detect import Detector
from screener.errors import SettingsError
from screener.train.baselines import FLAG_COUNT, KEYWORDS, SEVERITY_SUM, TFIDF
from screener.train.corpus import read_corpus
from screener.train.disguises import KINDS
from screener.train.evaluate import evaluate
from screener.train.evaluation import OURS, Evaluation, as_json
from screener.train.prepare import labels_of, prepare
from screener.train.protocols import BY_AUTHOR, BY_CAMPAIGN, BY_MODUS, BY_TIME
from screener.train.steps import told
from tests.train.benches import corpus, evaluation, examples, prepared, unwatched
from tests.train.factory import example, thinned

SYSTEMS = [OURS, TFIDF, FLAG_COUNT, SEVERITY_SUM, KEYWORDS]
AUTHORS = ("author-1.jsonl", "author-3.jsonl", "author-9.jsonl", "author-10.jsonl", "author-14.jsonl")


@pytest.fixture(scope="module")
def done(small_corpus: Path, tmp_path_factory: pytest.TempPathFactory, detector: Detector) -> Evaluation:
    """The evaluation of a few examples by five authors, every step of it."""
    few, some = tmp_path_factory.mktemp("few"), tmp_path_factory.mktemp("some")
    for name in AUTHORS:
        (some / name).write_bytes((small_corpus / name).read_bytes())
    corpus = read_corpus(thinned(some, few, 2), detector.indicators, groups_min=0)
    return evaluate(corpus, prepare(corpus.examples, detector, print), detector, follow=told(print))


def test_every_protocol_that_can_be_measured_names_every_system(done: Evaluation) -> None:
    assert [one.name for one in done.protocols] == [BY_AUTHOR, BY_MODUS, BY_CAMPAIGN, BY_TIME]
    for protocol in done.protocols:
        assert protocol.statement
        assert [one.system for one in protocol.systems] == ([] if protocol.not_measured else SYSTEMS)


def test_a_ranking_learnt_from_the_corpus_is_better_than_chance(done: Evaluation) -> None:
    for protocol in (done.protocols[0], done.protocols[2]):
        ours, tfidf, *_ = protocol.systems
        assert ours.auc.value > 0.75
        assert tfidf.auc.value > 0.6


def test_texts_disguised_in_every_way_are_read_again(done: Evaluation) -> None:
    assert {one.kind for one in done.disguises} <= set(KINDS)
    assert len(done.disguises) > 15
    assert all(one.texts >= 5 and 0 <= one.recall <= 1 and 0 < one.ap <= 1 for one in done.disguises)
    assert [one.recall for one in done.disguises] == sorted(one.recall for one in done.disguises)


def test_flags_are_held_against_the_marks(done: Evaluation) -> None:
    whole = done.flags[0]
    assert whole.marks > 50
    assert whole.recall is not None
    assert whole.recall > 0.2


def test_the_headline_leaves_authors_out_and_says_what_it_stands_on(done: Evaluation) -> None:
    assert done.headline.name == BY_AUTHOR
    assert done.headline.folds == done.texts.authors == len(AUTHORS)
    assert done.headline.calibration is not None
    assert done.headline.bands is not None
    assert done.headline.texts == sum(one.texts for one in done.headline.calibration.bins)


def test_texts_of_one_day_cannot_be_measured_by_time(done: Evaluation) -> None:
    assert done.protocols[-1].not_measured == "different dates of writing: 1, and at least 2 are needed"


def test_the_same_corpus_gives_the_same_evaluation(detector: Detector) -> None:
    of = examples(3, 8)
    first, again = (evaluate(corpus(of), prepared(of), detector, follow=unwatched, disguises=False) for _ in range(2))
    assert as_json(first) == as_json(again)


def test_an_evaluation_is_json_of_a_version() -> None:
    read = json.loads(as_json(evaluation()))
    assert read["format_version"] == 1
    assert read["texts"]["examples"] == 80
    assert read["protocols"][0]["systems"][0]["system"] == OURS
    assert read["notes"] == ["a note"]


def test_each_modus_is_measured_with_and_without_having_been_met() -> None:
    figures = evaluation().moduses
    assert {one.modus for one in figures} == {"bride", "organ"}
    assert all(one.texts >= 5 and one.auc > 0.7 and one.auc_known > 0.7 for one in figures)
    assert [one.recall for one in figures] == sorted(one.recall for one in figures)


def test_the_learning_curve_has_five_points_a_system() -> None:
    points = [one for one in evaluation().learning if one.system == OURS]
    assert [one.share for one in points] == [0.2, 0.4, 0.6, 0.8, 1.0]
    assert [one.texts for one in points] == sorted(one.texts for one in points)
    assert all(one.ap.low <= one.ap.value <= one.ap.high for one in points)


def test_texts_of_several_dates_are_measured_by_time(detector: Detector) -> None:
    of = [replace(one, written_on=f"2026-0{1 + n % 5}-01") for n, one in enumerate(examples(4, 12))]
    done = evaluate(corpus(of), prepared(of), detector, follow=unwatched, disguises=False)
    assert not done.protocols[-1].not_measured
    assert done.protocols[-1].texts == 38


def test_a_corpus_without_a_modus_says_so(detector: Detector) -> None:
    of = [replace(one, modus="unknown") for one in examples(4, 6)]
    done = evaluate(corpus(of), prepared(of), detector, follow=unwatched, disguises=False)
    assert done.moduses == ()
    assert "no modus" in done.protocols[1].not_measured


def test_authors_of_one_label_each_cannot_be_left_out(detector: Detector) -> None:
    of = [replace(one, group=f"a{one.label == 'follow_up':d}/c{n}") for n, one in enumerate(examples(2, 6))]
    with pytest.raises(SettingsError, match="more authors and more campaigns are needed"):
        evaluate(corpus(of), prepared(of), detector, follow=unwatched, disguises=False)


def test_job_fraud_without_trafficking_is_not_followed_up() -> None:
    labels = [example(1), example(2, label="ordinary"), example(3, label="job_fraud")]
    assert labels_of(labels).tolist() == [1, 0, 0]
