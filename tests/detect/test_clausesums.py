"""Sums by clause: what words add, kept from text to text, is what training multiplied out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.detect.clausehashing import BLOCKS_ALONE, FLAG_BUCKETS, rows, weighed
from screener.detect.clauses import Clause
from screener.detect.clausesums import ClauseSums

CHANCE = np.random.default_rng(8)
STEPS = CHANCE.integers(-127, 128, (FLAG_BUCKETS, 3)).astype(np.int8)
SIZE = np.array([0.5, 0.25, 0.125], dtype=np.float32)
RARITY = CHANCE.uniform(1, 9, FLAG_BUCKETS)
SUMS = ClauseSums(STEPS, SIZE, RARITY)
WORD = st.sampled_from(["paspor", "dipegang", "bos", "gaji", "besar", "di", "x", "漢字", "panjang" * 9])
CLAUSES = st.lists(
    st.tuples(st.lists(WORD, max_size=14), st.sets(st.sampled_from(["passport", "wage", "hold"]))), min_size=1
)


def made(told: list[tuple[list[str], set[str]]]) -> list[Clause]:
    return [Clause(start=0, end=1, words=tuple(words), concepts=tuple(sorted(said))) for words, said in told]


@settings(max_examples=150, deadline=None)
@given(CLAUSES)
def test_the_sums_are_the_product_of_features_and_weights(told: list[tuple[list[str], set[str]]]) -> None:
    clauses = made(told)
    weights = STEPS * SIZE.astype(np.float64)
    products = [values @ weights[buckets] for buckets, values in (weighed(row, RARITY) for row in rows(clauses))]
    np.testing.assert_allclose(SUMS.log_odds(clauses), np.array(products), rtol=1e-4, atol=1e-3)


def test_to_columns_that_stand_alone_only_the_clause_itself_adds() -> None:
    clauses = made([(["paspor", "dipegang"], {"hold"}), (["gaji", "besar"], set()), (["di", "bos"], {"wage"})])
    own = [weighed(row[:BLOCKS_ALONE], RARITY) for row in rows(clauses)]
    weights = STEPS * SIZE.astype(np.float64)
    sums = ClauseSums(STEPS, SIZE, RARITY, alone=2).log_odds(clauses)
    np.testing.assert_allclose(sums[:, 0], SUMS.log_odds(clauses)[:, 0])
    products = [values @ weights[buckets, 1:] for buckets, values in own]
    np.testing.assert_allclose(sums[:, 1:], np.array(products), rtol=1e-4, atol=1e-3)


def test_clauses_without_words_or_concepts_add_nothing() -> None:
    assert SUMS.log_odds(made([([], set()), ([], set())])).tolist() == [[0.0] * 3] * 2


@pytest.mark.parametrize("number", [1, 2_000], ids=["one clause", "a long text"])
def test_a_long_text_has_a_row_for_every_clause(number: int) -> None:
    clauses = made([([f"kata{n}", "gaji"], {"wage"}) for n in range(number)])
    assert SUMS.log_odds(clauses).shape == (number, 3)
