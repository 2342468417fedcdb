"""What fitting starts from: rows as texts were written to score, and copies of them, augmented, to train on."""

import numpy as np
import pytest

from screener.detect import Detector
from screener.errors import SettingsError
from screener.train.corpus import Corpus, author_of
from screener.train.prepare import REWORDED, Prepared, prepare
from tests.train.benches import examples

EVERY = 25


@pytest.fixture(scope="module")
def ready(shipped_corpus: Corpus, detector: Detector) -> Prepared:
    return prepare(shipped_corpus.examples[::EVERY], detector, lambda _: None)


def test_a_corpus_without_an_ad_is_refused(detector: Detector) -> None:
    with pytest.raises(SettingsError, match="no example of the corpus is of kind 'ad'"):
        prepare(examples(4, 8, kind="news"), detector, lambda _: None)


def test_one_author_of_ads_among_authors_of_news_is_enough(detector: Detector) -> None:
    others = [one for one in examples(4, 8, kind="news") if author_of(one) != "a0"]
    mixed = [one for one in examples(4, 8) if author_of(one) == "a0"] + others
    ready = prepare(mixed, detector, lambda _: None)
    assert ready.table.shape[0] == len(mixed)
    assert np.isfinite(ready.voters.votes(np.arange(16), np.arange(16, 32))).all()


def test_every_copy_has_a_row_of_the_same_shape_for_every_example(ready: Prepared) -> None:
    assert len(ready.copies) == 1 + REWORDED
    assert {copy.shape for copy in ready.copies} == {ready.table.shape}
    assert ready.table.shape[0] == len(ready.examples) == len(ready.readings) == len(ready.labels)


def test_the_first_copy_is_as_it_was_written_where_no_writer_of_rules_had_read_it(ready: Prepared) -> None:
    unseen = np.flatnonzero([not example.seen_by_rules for example in ready.examples])
    assert len(unseen)
    assert abs(ready.copies[0][unseen] - ready.table[unseen]).max() == 0
    assert abs(ready.copies[0] - ready.table).max() > 0


def test_nearly_every_example_has_copies_of_two_kinds(ready: Prepared) -> None:
    words = slice(len(ready.features), None)
    first, second = (copy[:, words] for copy in ready.copies[1:3])
    for one, other in ((first, ready.table[:, words]), (second, ready.table[:, words]), (first, second)):
        changed = np.asarray(abs(one - other).sum(axis=1)).ravel() > 0
        assert changed.mean() > 0.8


def test_an_example_has_the_same_copies_in_whatever_company(
    ready: Prepared, shipped_corpus: Corpus, detector: Detector
) -> None:
    half = prepare(shipped_corpus.examples[:: 2 * EVERY], detector, lambda _: None)
    words = slice(len(ready.features), None)
    changed = np.asarray(abs(ready.copies[1][::2][:, words] - half.copies[1][:, words]).sum(axis=1)).ravel() > 0
    # Only a text to be joined with can be missing in other company.
    assert changed.mean() < 0.2
