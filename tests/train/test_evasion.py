"""Disguised texts are read again, by the model that had not seen their author, with nothing else changed."""

import numpy as np
import pytest

from screener.detect import Detector
from screener.score.features import features
from screener.train.corpus import document_of
from screener.train.disguises import KINDS
from screener.train.evaluation import OURS
from screener.train.evasion import SAMPLE_MAX, Evasion
from screener.train.fit import Weights, design
from screener.train.protocols import HeldOut
from tests.train.benches import prepared, unwatched
from tests.train.factory import example

RISKY = "Dicari admin Kamboja, paspor dipegang bos sampai utang lunas. WA 0812-0000-000"
LAWFUL = "Dibuka lowongan perawat di Jepang, kontrak resmi dan asuransi. Hubungi Disnaker."


@pytest.fixture(scope="module")
def evasion(detector: Detector) -> Evasion:
    """Six risky and six lawful texts; every flag counts 1, and nothing else counts."""
    texts = [
        example(n, text=f"{RISKY}{n}" if n < 6 else f"{LAWFUL} {n}", label="follow_up" if n < 6 else "ordinary")
        for n in range(12)
    ]
    listed = features(detector.indicators, detector.combination_titles)
    readings = [detector.read(document_of(one)) for one in texts]
    table = design(readings, listed)
    counting = np.array([float(one.name.startswith("flag:") and "obfuscated" not in one.name) for one in listed])
    nothing = np.zeros(table.shape[1] - len(listed))
    weights = Weights(intercept=0.0, features=counting, ngrams=nothing, rarity=nothing)
    ready = prepared(texts)
    ready = type(ready)(
        **{**vars(ready), "features": listed, "table": table, "readings": readings, "readers": [detector] * 12}
    )
    held = HeldOut(
        rows=np.arange(12),
        fold_of=np.array([0, 1] * 6),
        scores={OURS: weights.log_odds(table)},
        weights=(weights, weights),
    )
    return Evasion(ready=ready, held=held, threshold=1.0)


def test_every_kind_that_changes_the_texts_is_measured(evasion: Evasion) -> None:
    figures = {one.kind: one for one in evasion.figures(unwatched)}
    assert {"leet", "homoglyphs", "spaced out", "zero-width"} <= set(figures) <= set(KINDS)
    assert all(one.texts == 6 for name, one in figures.items() if name not in {"flags", "nicknames", "numbers"})


def test_texts_are_found_undisguised_and_mostly_disguised(evasion: Evasion) -> None:
    figures = {one.kind: one for one in evasion.figures(unwatched)}
    assert {one.recall_plain for one in figures.values()} == {1.0}
    assert {one.ap_plain for one in figures.values()} == {1.0}
    assert figures["zero-width"].recall == figures["full-width"].recall == 1.0


def test_the_lowest_recall_comes_first_and_each_time_the_same(evasion: Evasion) -> None:
    first, again = evasion.figures(unwatched), evasion.figures(unwatched)
    assert first == again
    assert [one.recall for one in first] == sorted(one.recall for one in first)


def test_no_more_than_150_texts_are_read() -> None:
    assert SAMPLE_MAX == 150
