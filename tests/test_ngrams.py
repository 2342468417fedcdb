"""N-grams are stable, hold no digits, and every word's part adds up to the whole."""

import math
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.ngrams import (
    BLOCK,
    BUCKETS,
    EVIDENCE,
    Rows,
    WordRows,
    WordScorer,
    grams,
    letter_buckets,
    matrix,
    pair_buckets,
    present,
    word_bucket,
)
from tests.score.factory import arrays

ROOT = Path(__file__).parents[1]
WORDS = st.lists(st.sampled_from(["gaji", "paspor", "di", "x", "kamboja", "08", "é", "漢字"]) | st.text(max_size=12))
ONES = np.ones(BUCKETS, dtype=np.float32)
WEIGHTS, RARITY = arrays(0)["ngrams"], arrays(0)["rarity"]


# The buckets of " ab " are CRC-32 of "=ab", " ab", "ab " and " ab ", written out so that a change is noticed.
def test_a_word_gives_itself_and_its_letter_runs() -> None:
    assert (word_bucket("ab"), letter_buckets("ab").tolist()) == (62787 + BLOCK, [181600, 86504, 194776])


def test_a_letter_run_counts_once_in_a_word_and_once_for_each_word_that_has_it() -> None:
    assert letter_buckets("lalala").tolist().count(letter_buckets("lala").tolist()[1]) == 1
    row = matrix([grams("dipegang pegang pegang")])
    assert row[0, letter_buckets("gang").tolist()[1]] == 2


def test_two_words_also_give_their_pair_in_their_order() -> None:
    one, other = grams("gaji besar"), grams("besar gaji")
    assert len(one.pairs) == 1
    assert one.pairs != other.pairs
    assert set(present(one).tolist()) - set(present(other).tolist()) == set(one.pairs)


SAME = [
    ("digits count as 0", "gaji 15 juta", "gaji 98 juta"),
    ("signs part words and count nothing", "gaji, besar!", "gaji besar"),
    ("digits of other scripts", "wa ٣٤", "wa 12"),
    ("what lies beyond forty letters", "a" * 41, "a" * 90),
]


@pytest.mark.parametrize(("left", "right"), [c[1:] for c in SAME], ids=[c[0] for c in SAME])
def test_what_should_make_no_difference_makes_none(left: str, right: str) -> None:
    assert grams(left) == grams(right)


@pytest.mark.parametrize("text", ["", " ", "!!!", "_", "\ud800"], ids=["empty", "blank", "signs", "line", "surrogate"])
def test_a_text_without_words_has_a_row_of_nothing_or_little(text: str) -> None:
    made = grams(text)
    assert list(WordScorer(WEIGHTS, RARITY).parts(made)) == list(made.words)
    assert matrix([made]).shape == (1, BUCKETS)


def test_no_text_at_all_gives_a_table_without_rows() -> None:
    assert matrix([]).shape == (0, BUCKETS)


@settings(max_examples=100, deadline=None)
@given(WORDS)
def test_the_parts_of_the_words_add_up_to_the_matrix_product(words: list[str]) -> None:
    made = grams(" ".join(words))
    row = matrix([made]).toarray()[0]
    product = 0.0
    for block in (slice(0, BLOCK), slice(BLOCK, BUCKETS)):
        length = math.sqrt(float(row[block] @ RARITY[block].astype(np.float64) ** 2) + EVIDENCE)
        product += float(row[block] @ WEIGHTS[block]) / length
    parts = WordScorer(WEIGHTS, RARITY).parts(made)
    assert math.fsum(parts.values()) == pytest.approx(product, abs=1e-5)


def test_a_scorer_that_has_met_the_words_says_the_same() -> None:
    scorer, made = WordScorer(WEIGHTS, RARITY), grams("gaji besar paspor dipegang bos")
    assert scorer.parts(made) == scorer.parts(made) == WordScorer(WEIGHTS, RARITY).parts(made)


def test_a_word_says_less_in_a_short_text_than_its_share() -> None:
    long = " ".join(f"kata{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(100))
    scorer = WordScorer(ONES, ONES * 5)
    in_short, in_long = (math.fsum(scorer.parts(grams(text)).values()) for text in (long[:60], long))
    assert in_short < 0.7 * in_long


@settings(max_examples=50, deadline=None)
@given(WORDS)
def test_words_and_letter_runs_fill_blocks_of_their_own(words: list[str]) -> None:
    made = grams(" ".join(words))
    runs = {bucket for word in made.words for bucket in letter_buckets(word).tolist()}
    assert {bucket for bucket in present(made).tolist() if bucket < BLOCK} == runs
    assert all(BLOCK <= bucket < BUCKETS for bucket in (*made.pairs, *map(word_bucket, made.words)))


def test_rows_of_words_are_worked_out_once_and_given_in_order() -> None:
    asked: list[str] = []

    def lengths(words: Sequence[str]) -> Rows:
        asked.extend(words)
        return np.array([[len(word), 1] for word in words], dtype=np.float32)

    rows = WordRows(2, lengths)
    assert rows.of(["gaji", "di", "gaji"]).tolist() == [[4, 1], [2, 1], [4, 1]]
    assert rows.of(["di"]).tolist() == [[2, 1]]
    assert rows.of([]).shape == (0, 2)
    assert asked == ["gaji", "di"]


def test_rows_of_more_words_than_are_kept_are_right_all_the_same() -> None:
    rows = WordRows(1, lambda words: np.array(words, dtype=np.float32)[:, np.newaxis], kept=10)
    for start in (0, 600, 300):
        assert rows.of([str(n) for n in range(start, start + 600)])[:, 0].tolist() == list(range(start, start + 600))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=2**32 - 1)))
def test_there_is_a_bucket_for_each_pair_of_neighbours(checksums: list[int]) -> None:
    buckets = pair_buckets(checksums, 1_000)
    assert len(buckets) == max(0, len(checksums) - 1)
    assert ((buckets >= 0) & (buckets < 1_000)).all()
    if len(checksums) > 1:
        assert buckets[:1].tolist() == pair_buckets(checksums[:2], 1_000).tolist()


def test_pairs_spread_evenly_over_the_buckets() -> None:
    chance = np.random.default_rng(4)
    counts = np.bincount(pair_buckets(chance.integers(0, 2**32, 100_001).tolist(), 100), minlength=100)
    assert 800 < counts.min() <= counts.max() < 1_200


SAID = "from screener.ngrams import grams; print(grams('gaji besar paspor dipegang').pairs)"


def test_another_process_hashes_the_same() -> None:
    other = {**os.environ, "PYTHONHASHSEED": "77"}
    command = [sys.executable, "-c", SAID]
    told = subprocess.run(command, env=other, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603  our own
    assert told.stdout.strip() == str(grams("gaji besar paspor dipegang").pairs)
