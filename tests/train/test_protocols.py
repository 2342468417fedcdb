"""What is left out of training stays out: authors, campaigns, moduses and later texts."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from screener.errors import SettingsError
from screener.score.features import CLAUSE_VOTE, Feature
from screener.train.baselines import FLAG_COUNT, KEYWORDS, SEVERITY_SUM, TFIDF
from screener.train.corpus import author_of
from screener.train.evaluation import OURS
from screener.train.fit import fit
from screener.train.fit import held_out as plainly_held_out
from screener.train.prepare import Prepared
from screener.train.protocols import (
    AUTHOR_PARTS,
    SHARES,
    held_out,
    learning_folds,
    measurable_moduses,
    modus_folds,
    time_folds,
    trainable,
)
from screener.train.split import by_author
from screener.train.votes import Voters
from tests.train.benches import FEATURES, bench, examples, prepared

TEXTS = examples(10, 8)
BENCH = bench(TEXTS)
FOLDS = list(by_author(TEXTS))
HELD = held_out(BENCH, FOLDS, keep_weights=True)


def test_every_system_scores_every_text_that_was_left_out() -> None:
    assert set(HELD.scores) == {OURS, TFIDF, FLAG_COUNT, SEVERITY_SUM, KEYWORDS}
    assert sorted(HELD.rows.tolist()) == list(range(len(TEXTS)))
    assert all(len(of) == len(TEXTS) and np.isfinite(of).all() for of in HELD.scores.values())
    assert HELD.counting_once() is None


def test_scores_are_those_of_models_that_had_not_seen_the_fold() -> None:
    ready = BENCH.ready
    plain = plainly_held_out(ready.table, ready.labels, FEATURES, FOLDS, ready.copies)
    assert HELD.scores[OURS] == pytest.approx(plain[HELD.rows])


def test_the_models_that_were_kept_are_those_of_the_folds() -> None:
    for number, (_, _, test) in enumerate(FOLDS):
        again = HELD.weights[number].log_odds(BENCH.ready.table[test])
        assert again.tolist() == HELD.scores[OURS][HELD.fold_of == number].tolist()


def voting() -> Prepared:
    """A bench whose last feature is the vote of clauses, one a text: "dipegang" stands in texts to follow up alone."""
    ready = prepared(TEXTS)
    vote = Feature(name=CLAUSE_VOTE, explanation="x", measure=lambda _: 0.0)
    everyone = np.arange(len(TEXTS))
    clauses = csr_matrix([[float("dipegang" in one.text), 1.0] for one in TEXTS])
    voters = Voters(matrix=clauses, of_example=everyone, answers=ready.labels == 1)
    return replace(ready, features=(*ready.features[:-1], vote), voters=voters)


def test_a_vote_has_a_weight_of_its_own_and_is_taken_anew_where_asked() -> None:
    ready = voting()
    with_votes = replace(BENCH, ready=ready)
    (name, train, test), *_ = FOLDS
    weights = with_votes.fitted(name, train)
    assert ready.given == {FEATURES - 1: weights.features[FEATURES - 1]}
    instead = ready.table.tolil()
    instead[test, FEATURES - 1] = ready.voters.votes(train, test)
    held = held_out(with_votes, FOLDS[:1], new_vote=True)
    assert held.scores[OURS] == pytest.approx(weights.log_odds(instead.tocsr()[test]))
    assert held_out(with_votes, FOLDS[:1]).scores[OURS] == pytest.approx(weights.log_odds(ready.table[test]))
    assert held.scores[OURS] != pytest.approx(weights.log_odds(ready.table[test]))


def test_n_grams_that_no_training_text_holds_weigh_nothing() -> None:
    ready = prepared(TEXTS)
    table = ready.table.tolil()
    table[: len(TEXTS) // 2, -1] = 0
    first, rest = np.arange(len(TEXTS) // 2), np.arange(len(TEXTS) // 2, len(TEXTS))
    sparse = replace(BENCH, ready=replace(ready, table=table.tocsr(), copies=[table.tocsr()]))
    weights = sparse.fitted("the second half", first)
    plain = fit(table.tocsr()[first], ready.labels[first], FEATURES)
    assert weights.ngrams[-1] == plain.ngrams[-1] == 0
    assert weights.log_odds(ready.table[rest]) == pytest.approx(plain.log_odds(ready.table[rest]))


def test_a_fold_without_which_one_label_is_gone_is_refused_by_name() -> None:
    one_sided = np.flatnonzero(BENCH.ready.labels == 1)
    with pytest.raises(SettingsError, match="without a1 the corpus does not hold both"):
        BENCH.fitted("a1", one_sided)
    others = np.flatnonzero(BENCH.ready.labels == 0)
    assert trainable([("a1", one_sided, others), FOLDS[0]], BENCH.ready.labels) == [FOLDS[0]]


def test_a_modus_that_is_left_out_is_in_no_training_text_and_its_authors_neither() -> None:
    for modus, train, test in modus_folds(TEXTS):
        assert modus not in {TEXTS[row].modus for row in train}
        assert {author_of(TEXTS[row]) for row in train}.isdisjoint({author_of(TEXTS[row]) for row in test})
        assert {TEXTS[row].modus for row in test} == {modus, "none"}


def test_each_text_of_a_modus_is_left_out_once_and_counts_once() -> None:
    folds = modus_folds(TEXTS)
    assert Counter(name for name, _, _ in folds) == {"bride": AUTHOR_PARTS, "organ": AUTHOR_PARTS}
    held = held_out(BENCH, folds)
    weights = held.counting_once()
    assert weights is not None
    assert set(weights[BENCH.ready.labels[held.rows] == 1].tolist()) == {1.0}
    assert weights.sum() == pytest.approx(len(TEXTS))


def test_a_modus_of_few_texts_or_without_a_name_is_not_left_out() -> None:
    named = [replace(one, modus="" if one.modus == "bride" else one.modus) for one in TEXTS]
    assert measurable_moduses(named) == ["organ"]
    assert measurable_moduses(TEXTS[:9]) == []
    assert modus_folds([replace(one, modus="unknown") for one in TEXTS]) == []


def test_later_texts_are_scored_by_what_was_written_before_them_by_other_groups() -> None:
    dated = [replace(one, written_on=f"2026-01-{1 + number % 10:02}") for number, one in enumerate(TEXTS)]
    dated[0] = replace(dated[0], group=dated[9].group)
    folds = time_folds(dated)
    assert len(folds) == 4
    for _, train, test in folds:
        assert max(dated[row].written_on for row in train) < min(dated[row].written_on for row in test)
        assert {dated[row].group for row in train}.isdisjoint({dated[row].group for row in test})
    assert sorted(row for _, _, test in folds for row in test) == sorted(
        set(range(80)) - {row for row in range(80) if dated[row].written_on <= "2026-01-02"}
    )


def test_with_one_date_time_is_not_measured() -> None:
    assert time_folds([replace(one, written_on="2026-01-01") for one in TEXTS]) == []


def test_of_two_dates_the_later_is_scored_by_a_model_of_the_earlier() -> None:
    dated = [
        replace(one, written_on=f"2026-01-0{1 + n % 2}", group=f"{one.group}{n % 2}") for n, one in enumerate(TEXTS)
    ]
    *_, (_, train, test) = time_folds(dated)
    assert ({dated[row].written_on for row in train}, {dated[row].written_on for row in test}) == (
        {"2026-01-01"},
        {"2026-01-02"},
    )


def test_with_more_authors_the_same_first_ones_are_trained_on() -> None:
    curves = [learning_folds(TEXTS, share) for share in SHARES]
    for part in range(AUTHOR_PARTS):
        taken = [{author_of(TEXTS[row]) for row in folds[part][1]} for folds in curves]
        tested = {author_of(TEXTS[row]) for row in curves[0][part][2]}
        assert [len(authors) for authors in taken] == [2, 3, 5, 6, 8]
        assert all(fewer <= more for fewer, more in pairwise(taken))
        assert all(tested.isdisjoint(authors) for authors in taken)


def test_with_few_authors_there_is_no_learning_curve() -> None:
    assert learning_folds(examples(4, 4), 0.4) == []
