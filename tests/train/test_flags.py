"""The flag model learns from marks, from the rules' own texts, and proposes what authors left out bear out."""

from dataclasses import replace

import numpy as np
import pytest
from joblib import parallel_config

from screener.detect import dump_flags, read_flags
from screener.detect.clausehashing import Buckets, rows
from screener.detect.clauses import Clause
from screener.train.clausetable import ClauseTable, RuleFlag, Said
from screener.train.flags import LearntFlags, learn_flags

KEYS = ("document-retention", "secrecy")
TELLING, PLAIN = "paspor dipegang bos kantor", "gaji besar makan gratis"
TEXTS, AUTHORS = 120, 6


def cut(words: str) -> tuple[Clause, ...]:
    split = tuple(words.split())
    return (Clause(start=0, end=len(split), words=split, concepts=()),)


def buckets(clauses: tuple[Clause, ...], *, alone: bool = False) -> tuple[Buckets, ...]:
    return next(rows(clauses, alone=alone))


@pytest.fixture(scope="module")
def table() -> ClauseTable:
    """Texts of a clause each, by six authors in turn; every third tells of a passport that is held."""
    telling = np.arange(TEXTS) % 3 == 0
    clauses = tuple(cut(f"{TELLING if tells else PLAIN} kata{n}") for n, tells in enumerate(telling))
    return ClauseTable(
        indicators=KEYS,
        clauses=clauses,
        of_example=np.arange(TEXTS),
        blocks=tuple(buckets(own) for own in clauses),
        marked=np.column_stack([telling, np.zeros(TEXTS, dtype=bool)]),
        raised=(),
        authors=np.array([f"author-{n // 3 % AUTHORS}" for n in range(TEXTS)]),
        heard=np.ones(TEXTS, dtype=bool),
        answers=np.column_stack([telling, ~telling]),
        telling=np.ones(TEXTS, dtype=bool),
        said=Said(blocks=(buckets(cut(TELLING), alone=True),), columns=np.array([0]), marked=np.array([True])),
    )


@pytest.fixture(scope="module")
def learnt(table: ClauseTable) -> LearntFlags:
    with parallel_config(backend="threading"):
        return learn_flags(table)


def test_what_is_marked_is_proposed_and_nothing_else(learnt: LearntFlags) -> None:
    assert [one.indicator for one in learnt.model.opinion(cut(TELLING)).proposals()] == ["document-retention"]
    assert learnt.model.opinion(cut(PLAIN)).proposals() == []


def test_models_that_left_an_author_out_tell_what_the_author_marked(table: ClauseTable, learnt: LearntFlags) -> None:
    read = [learnt.held_out[fold].opinion(own) for fold, own in zip(learnt.fold_of, table.clauses, strict=True)]
    telling = [n for n, opinion in enumerate(read) if opinion.proposals()]
    assert telling == list(range(0, TEXTS, 3))


def test_clauses_vote_for_what_their_text_is_and_against_what_it_is_not(learnt: LearntFlags) -> None:
    told, plain = learnt.model.opinion(cut(TELLING)).votes, learnt.model.opinion(cut(PLAIN)).votes
    assert told.follow_up > 1 > -1 > told.ad
    assert plain.follow_up < -1 < 1 < plain.ad


def test_votes_on_texts_come_from_models_that_left_their_author_out(table: ClauseTable, learnt: LearntFlags) -> None:
    telling = table.answers[:, 0]
    assert ((learnt.votes_on_ads < 0) == telling).all()
    read = [learnt.held_out[fold].opinion(own) for fold, own in zip(learnt.fold_of, table.clauses, strict=True)]
    np.testing.assert_allclose(learnt.votes_on_ads, [opinion.votes.ad for opinion in read], atol=0.3)
    votes = learnt.voters.votes(np.arange(TEXTS // 2, TEXTS), np.arange(TEXTS // 2))
    assert ((votes > 0) == telling[: TEXTS // 2]).all()


def test_flags_are_learnt_from_what_is_heard_and_votes_from_every_text(table: ClauseTable) -> None:
    deaf = ~table.answers[:, 0]
    with parallel_config(backend="threading"):
        learnt = learn_flags(replace(table, heard=deaf, telling=deaf))
    assert learnt.model.opinion(cut(TELLING)).votes.follow_up > 1
    assert learnt.model.opinion(cut(TELLING)).proposals() == []


def test_how_far_rules_are_believed_is_told_without_the_authors_that_are_left_out(table: ClauseTable) -> None:
    def raised(of: np.ndarray) -> tuple[RuleFlag, ...]:
        return tuple(RuleFlag(first=n, last=n + 1, column=1, rule="r", marked=bool(of[n])) for n in range(TEXTS))

    right = np.arange(TEXTS) % 2 == 0
    with parallel_config(backend="threading"):
        before = learn_flags(replace(table, raised=raised(right)))
        left_out = before.fold_of == 0
        after = learn_flags(replace(table, raised=raised(np.where(left_out, ~right, right))))
    assert before.held_out[0].rules == after.held_out[0].rules
    assert before.held_out[0].callings == after.held_out[0].callings
    assert before.held_out[1].callings != after.held_out[1].callings


def test_the_model_is_as_its_file_gives_it_back(learnt: LearntFlags) -> None:
    again = read_flags(dump_flags(learnt.model))
    np.testing.assert_array_equal(again.weights.steps, learnt.model.weights.steps)
    np.testing.assert_array_equal(again.weights.size, learnt.model.weights.size)
    np.testing.assert_array_equal(again.rarity, learnt.model.rarity)
    assert again.callings == learnt.model.callings
