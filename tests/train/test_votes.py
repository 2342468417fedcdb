"""Clauses vote on their text, each by itself, as the texts that taught them were answered, and no other."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from screener.train.votes import Voters, learn_vote, means_by_text

# Four texts of two clauses; a clause says one of three things, and the first is said in texts to follow up alone.
SAID = [[0, 2], [0, 2], [1, 2], [1, 2]] * 10
OF_EXAMPLE = np.repeat(np.arange(len(SAID)), 2)
MATRIX = csr_matrix(np.eye(3)[np.array(SAID).ravel()])
ANSWERS = np.array([0 in said for said in SAID])
ALL = np.arange(len(SAID))


def test_a_clause_that_stands_in_one_kind_of_text_speaks_for_it_and_one_that_stands_in_all_for_none() -> None:
    weights, base = learn_vote(MATRIX, OF_EXAMPLE, ANSWERS)
    first, second, common = weights + base
    assert first > 1
    assert second < -1
    assert abs(common) < 0.1


def test_the_vote_of_a_text_is_the_mean_of_its_clauses() -> None:
    assert means_by_text(np.array([1.0, 3.0, -5.0]), np.array([0, 0, 2]), 3).tolist() == [2.0, 0.0, -5.0]


def test_texts_are_voted_on_by_others_alone() -> None:
    voters = Voters(matrix=MATRIX, of_example=OF_EXAMPLE, answers=ANSWERS)
    other_way = Voters(matrix=MATRIX, of_example=OF_EXAMPLE, answers=np.where(ALL < 8, ~ANSWERS, ANSWERS))
    votes = voters.votes(ALL[8:], ALL[:8])
    assert (votes > 0).tolist() == ANSWERS[:8].tolist()
    assert other_way.votes(ALL[8:], ALL[:8]).tolist() == votes.tolist()


@pytest.mark.parametrize("answer", [True, False])
def test_there_is_no_vote_where_all_answers_are_the_same(answer: bool) -> None:
    weights, base = learn_vote(MATRIX, OF_EXAMPLE, np.full(len(SAID), answer))
    assert not weights.any()
    assert base == 0.0


def test_many_clauses_count_more_than_few_but_not_as_many_times() -> None:
    long, short = [[0]] * 9, [[0]]
    votes = []
    for texts in ([long, short], [[*long, *long], short]):
        matrix = csr_matrix(np.ones((sum(map(len, texts)), 1)))
        of_example = np.repeat([0, 1], [len(text) for text in texts])
        weights, base = learn_vote(matrix, of_example, np.array([True, False]))
        votes.append(float(weights[0] + base))
    assert votes[0] == pytest.approx(np.log(3), abs=0.15)
    assert votes[1] == pytest.approx(np.log(np.sqrt(18)), abs=0.15)
