"""Clauses as hashed blocks: each its own words, those beside it, and those of the whole text."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from screener.detect import Detector
from screener.detect.clausehashing import BLOCK_SCALES, FLAG_BUCKETS, Buckets, weighed
from screener.detect.clausehashing import rows as rows_of
from screener.detect.clauses import Clause, whole

ROOT = Path(__file__).parents[2]
RARITY = np.random.default_rng(3).uniform(1, 9, FLAG_BUCKETS)
OWN, BESIDE, TEXT = 0, 3, 4
ODD_WORDS = ["", "x", "é", "漢字", "\udcff", "panjang" * 50]


def clause(words: str, *concepts: str) -> Clause:
    split = tuple(words.split())
    return Clause(start=0, end=len(split), words=split, concepts=concepts)


FIRST, SECOND, THIRD = clause("paspor dipegang bos", "passport"), clause("gaji besar"), clause("minat wa saja")


def rows(*clauses: Clause, alone: bool = False) -> list[tuple[Buckets, ...]]:
    return list(rows_of(clauses, alone=alone))


def test_no_clauses_give_no_rows() -> None:
    assert rows() == []


def test_every_clause_has_the_words_of_the_whole_text_in_its_last_block() -> None:
    first, second, third = (row[TEXT].tolist() for row in rows(FIRST, SECOND, THIRD))
    assert first == second == third
    assert len(first) == 8


def test_a_clause_that_stands_alone_has_no_text_around_it() -> None:
    (alone,), (whole,) = rows(FIRST, alone=True), rows(FIRST)
    assert len(alone[TEXT]) == 0
    assert [block.tolist() for block in alone[:TEXT]] == [block.tolist() for block in whole[:TEXT]]


def test_beside_a_clause_are_the_words_of_its_neighbours_only() -> None:
    first, second, third = rows(FIRST, SECOND, THIRD)
    assert (len(first[BESIDE]), len(second[BESIDE]), len(third[BESIDE])) == (2, 6, 2)
    assert first[BESIDE].tolist() == third[BESIDE].tolist()


def test_words_are_told_apart_by_their_order() -> None:
    (one,), (other,) = rows(clause("bos pegang paspor")), rows(clause("paspor pegang bos"))
    assert set(one[OWN].tolist()) != set(other[OWN].tolist())
    assert sorted(one[TEXT].tolist()) == sorted(other[TEXT].tolist())


def test_a_word_that_a_text_says_twice_counts_once_around_its_clauses() -> None:
    first, _ = rows(FIRST, clause("paspor besar"))
    assert len(first[TEXT]) == 4


def test_no_pair_of_words_goes_on_into_the_next_clause() -> None:
    first, second = rows(FIRST, SECOND)
    assert (len(first[OWN]), len(second[OWN])) == (3 + 2, 2 + 1)


@pytest.mark.parametrize("word", ODD_WORDS, ids=ascii)
def test_any_word_falls_into_the_buckets(word: str) -> None:
    odd = Clause(start=0, end=1, words=(word, "gaji"), concepts=())
    buckets = np.concatenate(rows(odd)[0])
    assert 0 <= buckets.min() <= buckets.max() < FLAG_BUCKETS


def test_each_block_is_brought_to_its_scale() -> None:
    row = rows(FIRST, SECOND)[0]
    _, values = weighed(row, RARITY)
    assert values @ values == pytest.approx(sum(scale**2 for scale in BLOCK_SCALES))
    assert [len(part) for part in weighed([np.array([], dtype=np.int64)] * len(BLOCK_SCALES), RARITY)] == [0, 0]


SAID = "from tests.detect.test_clausehashing import values; print(values())"
MANY = clause("paspor dipegang bos gaji besar", *(f"concept-{n}" for n in range(9)))


def values() -> list[str]:
    """The values of a clause of many concepts, to the last bit."""
    return [row.hex() for row in weighed(rows(MANY, SECOND)[0], RARITY)[1].tolist()]


def test_another_process_hashes_the_same_to_the_last_bit() -> None:
    other = {**os.environ, "PYTHONHASHSEED": "77"}
    command = [sys.executable, "-c", SAID]
    told = subprocess.run(command, env=other, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603  our own
    assert told.stdout.strip() == str(values())


def test_concepts_are_in_the_order_of_their_names_and_words_are_cut(detector: Detector) -> None:
    terms = detector.terms("paspor dipegang bos gaji besar " + "a" * 90)
    made = whole(terms)
    assert list(made.concepts) == sorted(set(made.concepts))
    assert len(made.concepts) > 3
    assert max(map(len, made.words)) == 40
