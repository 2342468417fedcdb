"""The reasons of a kind are those of what decided it: cues by hand, or learnt weights."""

import numpy as np
import pytest

from screener.detect import Detector
from screener.detect.kindreasons import by_learning
from screener.detect.learntkinds import KIND_BUCKETS, KindModel
from screener.records import Kind
from tests.factory import document

TEXT = "Waspada! Lowongan palsu, jangan bayar apa pun"


def learnt(warning: float) -> KindModel:
    """A model that knows one cue, a warning, with this weight."""
    return KindModel(
        kinds=(Kind.AD, Kind.WARNING, Kind.NEWS),
        cues={"concept:warning-cue": np.array([0.0, warning, 0.0])},
        ngrams=np.zeros((KIND_BUCKETS, 3), dtype=np.float32),
        base=np.array([0.5, 0.0, -1.0]),
        ad_from=0.3,
    )


def test_cues_by_hand_add_up_to_the_weight_of_each_kind(detector: Detector) -> None:
    for reason in detector.kind_reasons(document(text=TEXT, title="")):
        assert reason.weight == pytest.approx(sum(part for _, part in reason.cues))


def test_cues_by_hand_name_the_words(detector: Detector) -> None:
    reasons = {one.kind: dict(one.cues) for one in detector.kind_reasons(document(text=TEXT, title=""))}
    assert any(cue.startswith("warning-cue: Waspada") for cue in reasons[Kind.WARNING])


def test_a_learnt_kind_is_told_against_the_likeliest_other(detector: Detector) -> None:
    taken, *others = detector.with_kinds(learnt(9.0)).kind_reasons(document(text=TEXT, title=""))
    assert (taken.kind, taken.against) == (Kind.WARNING, Kind.AD)
    assert {one.against for one in others} == {Kind.WARNING}
    ((cue, part),) = taken.cues
    assert cue.startswith("warning-cue: Waspada")
    assert 0 < part <= 9


def test_what_the_clauses_say_counts_for_an_ad_and_against_all_else(detector: Detector) -> None:
    view = detector.view(document(text=TEXT, title=""))
    taken, *others = by_learning(learnt(2.0), view, 5.0)
    assert (taken.kind, taken.cues[0]) == (Kind.AD, ("each clause by itself", 5.0))
    assert [dict(one.cues).get("each clause by itself") for one in others] == [-5.0, -5.0]


def test_learnt_probabilities_add_up_to_one(detector: Detector) -> None:
    reasons = detector.with_kinds(learnt(2.0)).kind_reasons(document(text=TEXT, title=""))
    assert sum(reason.weight for reason in reasons) == pytest.approx(1)
