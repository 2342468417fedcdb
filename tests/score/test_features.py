"""Every feature is a documented, finite number, and says what its docstring says."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.detect import Detector
from screener.records import Combination, Fact, FactKind, Kind, Reading, Scope, Span
from screener.score.features import encode, features
from tests.factory import contact, document
from tests.score.factory import reading, sighting

CONTROL = [sighting("document-retention", 3), sighting("confinement", 3)]
SAFE = sighting("contract-stated", 0)
TEXT = "hubungi nomor ini"
ABROAD = document(text=TEXT, contacts=(contact(TEXT, "nomor", value="+85512000000"),))
AT_HOME = document(text=TEXT, contacts=(contact(TEXT, "nomor", value="+6281200000000"),))
BY_MAIL = document(text=TEXT, contacts=(contact(TEXT, "nomor", kind="email", value="a@b.test"),))


def together(key: str) -> Combination:
    return Combination(key=key, title=key, explanation=key, effect="raises", severity=3, parts=())


def fact(kind: FactKind) -> Fact:
    return Fact(kind=kind, value="x", span=Span(start=0, end=1), quote="h")


VALUES = [
    ("flag:document-retention", reading(flags=CONTROL), 1),
    ("flag:document-retention", reading(), 0),
    ("signal:contract-stated", reading(flags=[SAFE]), 1),
    ("together:scam-compound-lure", reading(combinations=(together("scam-compound-lure"),)), 1),
    ("together:scam-compound-lure", reading(combinations=(together("irregular-placement"),)), 0),
    ("stated:job order", reading(facts=(fact(FactKind.JOB_ORDER),)), 1),
    ("stated:job order", reading(facts=(fact(FactKind.JOB),)), 0),
    ("kind:news", reading(kind=Kind.NEWS), 1),
    ("kind:news", reading(), 0),
    ("scope:domestic", reading(scope=Scope.DOMESTIC), 1),
    ("risk-variety", reading(flags=[*CONTROL, *CONTROL, SAFE]), math.log(3)),
    ("severity-sum", reading(flags=[*CONTROL, *CONTROL, SAFE]), math.log(7)),
    ("severe-variety", reading(flags=CONTROL), 2),
    ("severe-variety", reading(flags=[sighting(f"i{n}", 3) for n in range(9)]), 3),
    ("protective-variety", reading(flags=[SAFE, SAFE]), math.log(2)),
    ("unprotected-risk", reading(flags=CONTROL), 1),
    ("unprotected-risk", reading(flags=[*CONTROL, SAFE]), 0),
    ("unprotected-risk", reading(), 0),
    ("control-announced", reading(flags=CONTROL), 1),
    ("control-announced", reading(flags=[CONTROL[0], CONTROL[0]]), 0),
    ("scam-compound-lure", reading(flags=[sighting("hotspot-destination"), sighting("pay-too-high")]), 1),
    ("scam-compound-lure", reading(flags=[sighting("hotspot-destination")]), 0),
    ("nothing-stated", reading(), 1),
    ("nothing-stated", reading(scope=Scope.DOMESTIC), 0),
    ("nothing-stated", reading(kind=Kind.NEWS), 0),
    ("nothing-stated", reading(flags=[SAFE]), 0),
    ("disguised-words", reading(disguises=(Span(start=0, end=1), Span(start=2, end=3))), math.log(3)),
    ("foreign-number", reading(document=ABROAD), 1),
    ("foreign-number", reading(document=AT_HOME), 0),
    ("foreign-number", reading(document=BY_MAIL), 0),
    ("no-contact", reading(), 1),
    ("no-contact", reading(document=BY_MAIL), 0),
    ("length", reading("x" * 90), 1),
    ("length", reading(""), 0),
    ("clause-vote", reading(vote=-1.5), -1.5),
]


@pytest.mark.parametrize(("name", "read", "value"), VALUES, ids=[f"{v[0]} {i}" for i, v in enumerate(VALUES)])
def test_a_feature_says_what_its_docstring_says(detector: Detector, name: str, read: Reading, value: float) -> None:
    by_name = {feature.name: feature for feature in features(detector.indicators, detector.combination_titles)}
    assert by_name[name].measure(read) == pytest.approx(value)


def test_every_feature_has_its_own_name_and_an_explanation(detector: Detector) -> None:
    listed = features(detector.indicators, detector.combination_titles)
    assert len({feature.name for feature in listed}) == len(listed)
    assert [feature.name for feature in listed if len(feature.explanation) < 5] == []
    flags = [feature for feature in listed if feature.name.startswith(("flag:", "signal:"))]
    assert len(flags) == len(detector.indicators)


def test_every_combined_feature_is_in_the_table_above(detector: Detector) -> None:
    listed = {
        feature.name
        for feature in features(detector.indicators, detector.combination_titles)
        if ":" not in feature.name
    }
    assert listed <= {name for name, _, _ in VALUES}


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.text(max_size=60), max_size=4))
def test_encoding_gives_a_finite_row_for_each_reading(detector: Detector, texts: list[str]) -> None:
    listed = features(detector.indicators, detector.combination_titles)
    table = encode([detector.read(document(text=text, title=text)) for text in texts], listed)
    assert table.shape == (len(texts), len(listed))
    assert np.isfinite(table).all()
    assert table.dtype == np.float64
