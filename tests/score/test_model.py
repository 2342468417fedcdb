"""A score is explained to the last digit; a model that does not prove itself is refused in words."""

import json
import math
import pickle
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.detect import Detector
from screener.errors import ModelError
from screener.ngrams import BUCKETS, word_contributions
from screener.records import Band, Combination, Kind, Reading
from screener.score.features import Feature, features
from screener.score.model import Golden, Model, band_of, drifted, load_model, sigmoid
from tests.factory import document
from tests.score.factory import (
    RULESET,
    archive,
    archive_of_bytes,
    arrays,
    model,
    npy,
    reading,
    sighting,
    write_model,
)


@pytest.fixture(scope="module")
def listed(detector: Detector) -> tuple[Feature, ...]:
    return features(detector.indicators)


@pytest.fixture(scope="module")
def scorer(listed: tuple[Feature, ...]) -> Model:
    return model(listed)


def log_odds(scorer: Model, read: Reading) -> float:
    """The log-odds computed the other way: the whole row times all weights, and all n-grams."""
    row = np.array([feature.measure(read) for feature in scorer.features])
    grams = read.grams
    words = word_contributions(grams, scorer.ngram_weights).sum()
    return float(scorer.manifest.intercept + row @ scorer.feature_weights + words)


@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(st.sampled_from(["paspor dipegang", "visa turis", "Loker Kamboja", "WA", "!"]) | st.text()))
def test_the_reasons_add_up_to_the_log_odds_of_the_probability(
    detector: Detector, scorer: Model, pieces: list[str]
) -> None:
    read = detector.read(document(text=" ".join(pieces), title=""))
    score = scorer.score(read)
    total = math.fsum(reason.contribution for reason in score.reasons)
    assert total == pytest.approx(log_odds(scorer, read), abs=1e-9)
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
    grams = read.grams
    parts = dict(zip(grams.words, np.abs(word_contributions(grams, scorer.ngram_weights)).tolist(), strict=True))
    assert min(named.values()) >= max(part for word, part in parts.items() if word not in named)


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


def changed(folder: Path, **fields: Any) -> None:
    """The manifest with other fields; a value of None takes a field out."""
    path = folder / "manifest.json"
    written = json.loads(path.read_text(encoding="utf-8")) | fields
    path.write_text(json.dumps({k: v for k, v in written.items() if v is not None}), encoding="utf-8")


def flip(folder: Path) -> None:
    content = bytearray((folder / "weights.npz").read_bytes())
    content[len(content) // 2] ^= 1
    (folder / "weights.npz").write_bytes(content)


def put_a_folder(folder: Path) -> None:
    (folder / "weights.npz").unlink()
    (folder / "weights.npz").mkdir()


def too_large(name: str, size: int) -> Callable[[Path], None]:
    def grow(folder: Path) -> None:
        with (folder / name).open("r+b") as file:
            file.truncate(size)

    return grow


TAMPERED: list[tuple[str, Callable[[Path], object], str]] = [
    ("a changed byte", flip, "changed after training"),
    ("no weights", lambda folder: (folder / "weights.npz").unlink(), "No such file"),
    ("no manifest", lambda folder: (folder / "manifest.json").unlink(), "is not a model folder: No such file"),
    ("weights are a folder", put_a_folder, "cannot be read as weights"),
    ("broken JSON", lambda folder: (folder / "manifest.json").write_text("{"), "is not a manifest of format 2"),
    ("JSON of another kind", lambda folder: (folder / "manifest.json").write_text("[]"), "is not a manifest"),
    ("nested JSON", lambda f: (f / "manifest.json").write_text("[" * 100_000), "is not a manifest of format 2"),
    ("no text", lambda folder: (folder / "manifest.json").write_bytes(b"\xff\xfe"), "is not a manifest of format 2"),
    ("a later format", lambda folder: changed(folder, format_version=3), "format_version"),
    ("an unknown field", lambda folder: changed(folder, trained_by="x"), "trained_by"),
    ("a missing field", lambda folder: changed(folder, seed=None), "seed"),
    ("other buckets", lambda folder: changed(folder, buckets=7), "buckets"),
    ("no number", lambda folder: changed(folder, intercept=math.nan), "intercept"),
    ("a threshold of 1", lambda folder: changed(folder, alert_threshold=1.0), "alert_threshold"),
    ("large weights", too_large("weights.npz", 21 * 1024 * 1024), "larger than any model"),
    ("a large manifest", too_large("manifest.json", 3 * 1024 * 1024), "too large to be a manifest"),
    ("another ruleset", lambda folder: changed(folder, ruleset="f" * 16), "train again with `screener train`"),
]


@pytest.mark.parametrize(("tamper", "reason"), [c[1:] for c in TAMPERED], ids=[c[0] for c in TAMPERED])
def test_a_tampered_model_is_refused_with_the_reason(
    tmp_path: Path, listed: tuple[Feature, ...], tamper: Callable[[Path], object], reason: str
) -> None:
    tamper(write_model(tmp_path, listed))
    with pytest.raises(ModelError) as caught:
        load_model(tmp_path, listed, RULESET)
    assert reason in str(caught.value)
    assert str(tmp_path) in str(caught.value)


OTHER_LISTS: list[tuple[str, Callable[[tuple[Feature, ...]], tuple[Feature, ...]], str]] = [
    ("one more", lambda fs: (*fs, Feature(name="new-one", explanation="new", measure=lambda _: 0.0)), "(new-one)"),
    ("one fewer", lambda fs: fs[:-1], "(length)"),
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


def header(shape: str, kind: str = "<f8") -> str:
    return f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}"


PICKLE = pickle.dumps({"features": [1.0]})
ONE = [1.0]
FORGED = [
    ("a shape of ten thousand million", archive_of_bytes(npy(header("(10000000000,)"))), "features.npy is <f8"),
    ("a wrong shape", archive({"features": np.array(ONE), "ngrams": np.array(ONE)}), "features.npy is <f8(1,)"),
    ("two dimensions", archive_of_bytes(npy(header("(1, 79)"))), "expected <f8"),
    ("a negative shape", archive_of_bytes(npy(header("(-1,)"))), "expected <f8"),
    ("another type", archive_of_bytes(npy(header("(79,)", "<f2"))), "features.npy is <f2"),
    ("objects", archive({"features": np.array([None]), "ngrams": np.array(ONE)}), "features.npy is |O"),
    ("a pickle for an array", archive_of_bytes(PICKLE), "magic string"),
    ("a pickle for the archive", PICKLE, "File is not a zip file"),
    ("an empty file", b"", "File is not a zip file"),
    ("no member", archive({"other": np.array(ONE)}), "features.npy"),
    ("a header of dots", archive_of_bytes(npy("." * 9000)), "cannot be read as weights"),
    ("a header of brackets", archive_of_bytes(npy("(" * 9000)), "cannot be read as weights"),
    ("a header of signs", archive_of_bytes(npy("-" * 9000 + "1")), "cannot be read as weights"),
    ("a header that cannot be hashed", archive_of_bytes(npy("{[]: 1}")), "cannot be read as weights"),
    ("a cut header", archive_of_bytes(b"\x93NUMPY\x01\x00\xff\xff"), "cannot be read as weights"),
]


@pytest.mark.parametrize(("content", "reason"), [c[1:] for c in FORGED], ids=[c[0] for c in FORGED])
def test_forged_weights_are_refused_and_nothing_is_allocated(
    tmp_path: Path, listed: tuple[Feature, ...], content: bytes, reason: str
) -> None:
    write_model(tmp_path, listed, content)
    tracemalloc.start()
    with pytest.raises(ModelError) as caught:
        load_model(tmp_path, listed, RULESET)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reason in str(caught.value)
    assert peak < 20_000_000


def test_an_array_that_ends_early_is_refused(tmp_path: Path, listed: tuple[Feature, ...]) -> None:
    write_model(tmp_path, listed, archive_of_bytes(npy(header(f"({len(listed)},)"), b"\0" * 8)))
    with pytest.raises(ModelError, match="cannot be read as weights"):
        load_model(tmp_path, listed, RULESET)


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_weights_that_are_no_numbers_are_refused(tmp_path: Path, listed: tuple[Feature, ...], number: float) -> None:
    weights = arrays(len(listed))
    weights["ngrams"][BUCKETS // 2] = number
    write_model(tmp_path, listed, archive(weights))
    with pytest.raises(ModelError, match=r"ngrams\.npy holds numbers that are not finite"):
        load_model(tmp_path, listed, RULESET)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, listed: tuple[Feature, ...]) -> None:
    write_model(tmp_path, listed, b"")
    with zipfile.ZipFile(tmp_path / "bomb", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("features.npy", npy(header(f"({len(listed)},)"), b"\0" * 50_000_000))
    write_model(tmp_path, listed, (tmp_path / "bomb").read_bytes())
    tracemalloc.start()
    with pytest.raises(ModelError, match=r"ngrams\.npy"):
        load_model(tmp_path, listed, RULESET)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


def test_drift_of_a_golden_score_is_noticed(listed: tuple[Feature, ...]) -> None:
    golden = [Golden(text="a", probability=0.25), Golden(text="b", probability=0.75)]
    made = model(listed, golden)
    assert not drifted(made, [0.25, 0.7500001])
    assert drifted(made, [0.25, 0.7501])
