"""N-grams are stable, hold no digits, and every word's part adds up to the whole."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.ngrams import BLOCK, BUCKETS, EVIDENCE, Hasher, matrix, word_contributions
from screener.records import Grams
from tests.score.factory import arrays

WORDS = st.lists(st.sampled_from(["gaji", "paspor", "di", "x", "kamboja", "08", "é", "漢字"]) | st.text(max_size=12))
ONES = np.ones(BUCKETS, dtype=np.float32)
WEIGHTS, RARITY = arrays(0)["ngrams"], arrays(0)["rarity"]


def grams(text: str) -> Grams:
    return Hasher().grams(text)


# The buckets of " ab " are CRC-32 of "=ab", " ab", "ab " and " ab ", written out so that a change is noticed.
def test_a_word_gives_itself_and_its_letter_runs() -> None:
    assert grams("ab").buckets.tolist() == [62787 + BLOCK, 181600, 86504, 194776]


def test_two_words_also_give_their_pair() -> None:
    pair = grams("gaji besar")
    alone = [*grams("gaji").buckets, *grams("besar").buckets]
    assert pair.buckets.tolist()[:-1] == alone
    assert pair.owners.tolist()[-1] == 0


SAME = [
    ("digits count as 0", "gaji 15 juta", "gaji 98 juta"),
    ("signs part words and count nothing", "gaji, besar!", "gaji besar"),
    ("digits of other scripts", "wa ٣٤", "wa 12"),
    ("what lies beyond forty letters", "a" * 41, "a" * 90),
]


@pytest.mark.parametrize(("left", "right"), [c[1:] for c in SAME], ids=[c[0] for c in SAME])
def test_what_should_make_no_difference_makes_none(left: str, right: str) -> None:
    assert grams(left).buckets.tolist() == grams(right).buckets.tolist()


@pytest.mark.parametrize("text", ["", " ", "!!!", "_", "\ud800"], ids=["empty", "blank", "signs", "line", "surrogate"])
def test_a_text_without_words_has_a_row_of_nothing_or_little(text: str) -> None:
    made = grams(text)
    assert word_contributions(made, WEIGHTS, RARITY).shape == (len(made.words),)
    assert matrix([made]).shape == (1, BUCKETS)


def test_no_text_at_all_gives_a_table_without_rows() -> None:
    assert matrix([]).shape == (0, BUCKETS)


@settings(max_examples=100, deadline=None)
@given(WORDS)
def test_the_parts_of_the_words_add_up_to_the_matrix_product(words: list[str]) -> None:
    made = grams(" ".join(words))
    present = matrix([made]).toarray()[0]
    product = 0.0
    for block in (slice(0, BLOCK), slice(BLOCK, BUCKETS)):
        length = math.sqrt(float(np.sum((present[block] * RARITY[block]) ** 2)) + EVIDENCE)
        product += float(present[block] @ WEIGHTS[block]) / length
    assert word_contributions(made, WEIGHTS, RARITY).sum() == pytest.approx(product, abs=1e-6)


def test_a_word_says_less_in_a_short_text_than_its_share() -> None:
    long = " ".join(f"kata{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(100))
    in_short, in_long = (abs(word_contributions(grams(text), ONES, ONES * 5)).sum() for text in (long[:60], long))
    assert in_short < 0.7 * in_long


@settings(max_examples=50, deadline=None)
@given(WORDS)
def test_words_and_letter_runs_fill_blocks_of_their_own(words: list[str]) -> None:
    made = grams(" ".join(words))
    own = {bucket for word in made.words for bucket in grams(word).buckets.tolist()}
    assert {bucket for bucket in made.buckets.tolist() if bucket < BLOCK} == {one for one in own if one < BLOCK}
    assert (matrix([made]).data == 1).all()
