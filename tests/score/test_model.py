"""A score is explained to the last digit; a model that does not prove itself is refused in words."""

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.detect import Detector
from screener.errors import ModelError
from screener.ngrams import BLOCK, BUCKETS, EVIDENCE, WordScorer, matrix
from screener.records import Band, Combination, Kind, Reading
from screener.score.features import Feature, features
from screener.score.manifest import Golden
from screener.score.model import Model, band_of, drifted, load_model, sigmoid
from tests.factory import document
from tests.score.factory import (
    RULESET,
    model,
    reading,
    sighting,
    write_model,
)


@pytest.fixture(scope="module")
def listed(detector: Detector) -> tuple[Feature, ...]:
    return features(detector.indicators, detector.combination_titles)


@pytest.fixture(scope="module")
def scorer(listed: tuple[Feature, ...]) -> Model:
    return model(listed)


def log_odds(scorer: Model, read: Reading) -> float:
    """The log-odds computed the other way: the whole row times all weights, and all n-grams."""
    row = np.array([feature.measure(read) for feature in scorer.features])
    words = 0.0
    present = matrix([read.grams]).toarray()[0]
    for block in (slice(0, BLOCK), slice(BLOCK, BUCKETS)):
        length = math.sqrt(float(present[block] @ scorer.ngram_rarity[block].astype(np.float64) ** 2) + EVIDENCE)
        words += float(present[block] @ scorer.ngram_weights[block].astype(np.float64)) / length
    return float(scorer.manifest.intercept + row @ scorer.feature_weights + words)


@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(st.sampled_from(["paspor dipegang", "visa turis", "Loker Kamboja", "WA", "!"]) | st.text()))
def test_the_reasons_add_up_to_the_log_odds_of_the_probability(
    detector: Detector, scorer: Model, pieces: list[str]
) -> None:
    read = detector.read(document(text=" ".join(pieces), title=""))
    score = scorer.score(read)
    total = math.fsum(reason.contribution for reason in score.reasons)
    assert total == pytest.approx(log_odds(scorer, read), abs=1e-5)
    assert score.probability == pytest.approx(sigmoid(total), abs=1e-12)


def test_ten_words_are_named_and_the_others_are_one_reason(scorer: Model) -> None:
    words = " ".join(f"kata{letter}" for letter in "abcdefghijklmno")
    names = [reason.feature for reason in scorer.score(reading(words)).reasons]
    assert names[0] == "base"
    assert sum(name.startswith("word:") for name in names) == 10
    assert names[-1] == "other-words"


def test_the_words_named_are_those_with_the_largest_parts(scorer: Model) -> None:
    read = reading("gaji besar paspor dipegang bos kantor visa turis tanpa biaya langsung terbang besok")
    reasons = scorer.score(read).reasons
    named = {r.feature.removeprefix("word:"): abs(r.contribution) for r in reasons if r.feature.startswith("word:")}
    parts = WordScorer(scorer.ngram_weights, scorer.ngram_rarity).parts(read.grams)
    assert min(named.values()) >= max(abs(part) for word, part in parts.items() if word not in named)


def test_only_features_that_are_there_are_reasons(scorer: Model) -> None:
    reasons = scorer.score(reading("", flags=[sighting("confinement", 3)])).reasons
    assert "flag:confinement" in {reason.feature for reason in reasons}
    assert all(reason.value for reason in reasons)


SEVERE = [sighting("confinement", 3), sighting("document-retention", 3)]
TOGETHER = Combination(key="x", title="X", explanation="Two signs.", effect="raises", severity=3, parts=())
BANDS = [
    ("at the alert threshold", 0.6, reading(), Band.ALERT),
    ("below it", 0.5999, reading(), Band.REVIEW),
    ("at the review threshold", 0.3, reading(), Band.REVIEW),
    ("below both", 0.2999, reading(), Band.CLEAR),
    ("below both, one severe flag", 0.01, reading(flags=SEVERE[:1]), Band.REVIEW),
    ("below both, the same severe flag twice", 0.01, reading(flags=SEVERE[:1] * 2), Band.REVIEW),
    ("below both, two severe flags", 0.01, reading(flags=SEVERE), Band.REVIEW),
    ("for review, two severe flags", 0.3, reading(flags=SEVERE), Band.ALERT),
    ("for review, a severe combination", 0.3, reading(combinations=(TOGETHER,)), Band.ALERT),
    ("below both, a severe combination", 0.01, reading(combinations=(TOGETHER,)), Band.CLEAR),
    ("below both, flags of severity 2", 0.01, reading(flags=[sighting("a", 2), sighting("b", 2)]), Band.CLEAR),
    ("a text that is no ad", 0.99, reading(kind=Kind.NEWS), Band.REVIEW),
    ("no ad, not sure", 0.5999, reading(kind=Kind.NEWS), Band.CLEAR),
]


@pytest.mark.parametrize(("probability", "read", "band"), [c[1:] for c in BANDS], ids=[c[0] for c in BANDS])
def test_the_band_follows_from_the_thresholds_and_the_severe_flags(
    probability: float, read: Reading, band: Band
) -> None:
    assert band_of(probability, read, 0.6, 0.3) is band


@pytest.mark.parametrize("log_odds", [-1e6, -40.0, 0.0, 40.0, 1e6])
def test_the_sigmoid_never_overflows(log_odds: float) -> None:
    assert 0 <= sigmoid(log_odds) <= 1
    assert sigmoid(log_odds) + sigmoid(-log_odds) == pytest.approx(1)


def test_a_model_comes_back_as_it_was_written(tmp_path: Path, listed: tuple[Feature, ...], scorer: Model) -> None:
    loaded = load_model(write_model(tmp_path, listed), listed, RULESET)
    read = reading("paspor dipegang bos, visa turis")
    assert loaded.score(read) == scorer.score(read)


def test_a_model_of_another_ruleset_is_refused(tmp_path: Path, listed: tuple[Feature, ...]) -> None:
    write_model(tmp_path, listed, ruleset="f" * 16)
    with pytest.raises(ModelError, match=r"was trained with ruleset f{16}, here it is 0123.*`screener train`"):
        load_model(tmp_path, listed, RULESET)


OTHER_LISTS: list[tuple[str, Callable[[tuple[Feature, ...]], tuple[Feature, ...]], str]] = [
    ("one more", lambda fs: (*fs, Feature(name="new-one", explanation="new", measure=lambda _: 0.0)), "(new-one)"),
    ("one fewer", lambda fs: fs[:-1], "(clause-vote)"),
    ("another order", lambda fs: fs[::-1], "(their order)"),
]


@pytest.mark.parametrize(("other", "named"), [c[1:] for c in OTHER_LISTS], ids=[c[0] for c in OTHER_LISTS])
def test_a_model_of_other_features_is_refused_by_name(
    tmp_path: Path,
    listed: tuple[Feature, ...],
    other: Callable[[tuple[Feature, ...]], tuple[Feature, ...]],
    named: str,
) -> None:
    write_model(tmp_path, listed)
    with pytest.raises(ModelError, match="trained on other features") as caught:
        load_model(tmp_path, other(listed), RULESET)
    assert named in str(caught.value)


def test_drift_of_a_golden_score_is_noticed(listed: tuple[Feature, ...]) -> None:
    golden = [Golden(text="a", probability=0.25), Golden(text="b", probability=0.75)]
    made = model(listed, golden)
    assert not drifted(made, [0.25, 0.7500001])
    assert drifted(made, [0.25, 0.7501])
