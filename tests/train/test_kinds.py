"""Learning kinds and flags: by authors left out, the same each time, and no more than the corpus teaches."""

from pathlib import Path

import numpy as np
import pytest

from screener.detect import Detector, dump_flags, dump_kinds
from screener.places import shipped
from screener.records import Example, Kind
from screener.train.clausetable import clause_table
from screener.train.corpus import author_of, read_corpus
from screener.train.flags import learn_flags
from screener.train.kinds import ADS_LOST_MAX, kind_table, learn_kinds

AUTHORS = ("a2", "a4", "a9")


@pytest.fixture(scope="module")
def examples(detector: Detector) -> list[Example]:
    folder: Path = shipped("examples")
    return [one for one in read_corpus(folder, detector.indicators).examples if author_of(one) in AUTHORS][::2]


def test_kinds_are_learnt_from_other_authors_and_come_out_the_same(examples: list[Example], detector: Detector) -> None:
    table = kind_table(examples, detector)
    votes = np.zeros(len(examples))
    (model, taken_for), (again, _) = learn_kinds(table, votes), learn_kinds(table, votes)
    assert dump_kinds(model) == dump_kinds(again)
    assert len(taken_for) == len(examples)
    ads = np.array([example.kind == Kind.AD.value for example in examples])
    right = np.array([told.kind is Kind.AD for told in taken_for]) == ads
    assert right[ads].mean() >= 0.9


def test_the_votes_of_clauses_count_in_what_a_text_is_taken_for(examples: list[Example], detector: Detector) -> None:
    table = kind_table(examples, detector)
    sure = np.where(table.kinds == Kind.AD.value, 20.0, -20.0)
    _, taken_for = learn_kinds(table, sure)
    ads = np.array([told.kind is Kind.AD for told in taken_for])
    assert not ads[sure < 0].any()
    assert ads[sure > 0].mean() >= 1 - ADS_LOST_MAX - 0.01


def test_flags_are_learnt_from_other_authors_and_come_out_the_same(examples: list[Example], detector: Detector) -> None:
    table = clause_table(examples, detector)
    learnt, again = learn_flags(table), learn_flags(table)
    assert dump_flags(learnt.model) == dump_flags(again.model)
    authors = np.array([author_of(example) for example in examples])
    assert len(learnt.fold_of) == len(examples)
    assert all(len(set(learnt.fold_of[authors == author].tolist())) == 1 for author in set(authors.tolist()))


def test_clauses_are_voted_on_by_what_the_text_is(examples: list[Example], detector: Detector) -> None:
    answers = clause_table(examples, detector).answers
    assert answers[:, 0].tolist() == [example.label == "follow_up" for example in examples]
    assert answers[:, 1].tolist() == [example.kind == "ad" for example in examples]
    assert answers.any(axis=0).all()


def test_only_indicators_that_are_marked_often_enough_are_learnt(examples: list[Example], detector: Detector) -> None:
    counts = dict.fromkeys(detector.indicators, 0)
    for example in examples:
        for mark in example.marks:
            counts[mark.indicator] += mark.polarity.value == "risk"
    assert set(clause_table(examples, detector).indicators) == {name for name, count in counts.items() if count >= 25}


def test_a_mark_is_in_the_clauses_that_hold_its_words(examples: list[Example], detector: Detector) -> None:
    table = clause_table(examples, detector)
    rows = np.flatnonzero(table.marked.any(axis=1))
    assert 0 < len(rows) < len(table.of_example)
    owners = {examples[table.of_example[row]].id for row in rows}
    assert owners <= {example.id for example in examples if example.marks}
