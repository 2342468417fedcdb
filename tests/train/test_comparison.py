"""Two models side by side: what they say of themselves, what moved, and what both make of the same texts."""

from pathlib import Path

import pytest

from screener.detect import Detector
from screener.errors import ModelError, SettingsError
from screener.score.manifest import read_manifest
from screener.score.model import sigmoid
from screener.screening import plain_document
from screener.train.comparison import Pair, Scorer, figures, golden, moved, scorers, stored
from screener.train.corpus import Corpus
from tests.models import copied, damage, variant


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory, detector: Detector) -> tuple[Path, Path]:
    models = tmp_path_factory.mktemp("models")
    return copied(models, "old"), variant(models, "new", detector, scale=0.5, figures={"ap": 0.99, "new": 1.0})


@pytest.fixture(scope="module")
def both(folders: tuple[Path, Path], detector: Detector) -> tuple[Scorer, Scorer]:
    return Scorer.of(folders[0], detector), Scorer.of(folders[1], detector)


def test_figures_and_thresholds_stand_side_by_side(folders: tuple[Path, Path]) -> None:
    one, other = (read_manifest(folder) for folder in folders)
    rows = {pair.name: pair for pair in figures(one, other)}
    assert rows["ap"].difference == pytest.approx(0.99 - one.figures["ap"])
    assert rows["new"] == Pair(name="new", first=None, second=1.0)
    assert rows["new"].difference is None
    assert rows["alert_threshold"].first == rows["alert_threshold"].second == one.alert_threshold


def test_the_weights_furthest_apart_come_first(folders: tuple[Path, Path]) -> None:
    one, other = (stored(folder) for folder in folders)
    rows = moved(one, other, 10)
    assert all(pair.second == pytest.approx((pair.first or 0) / 2) for pair in rows)
    apart = [abs(pair.difference or 0) for pair in rows]
    assert apart == sorted(apart, reverse=True)
    assert apart[0] == pytest.approx(max(abs(w) for name, w in one.weights.items() if name != "base") / 2)
    assert moved(one, one, 10) == []


def test_golden_texts_of_both_are_scored_by_both(folders: tuple[Path, Path], both: tuple[Scorer, Scorer]) -> None:
    rows = golden(*both)
    written_down = {one.text: one.probability for one in read_manifest(folders[0]).golden}
    assert {pair.name for pair in rows} == set(written_down)
    assert all(pair.first == pytest.approx(written_down[pair.name], abs=1e-6) for pair in rows)
    new = {one.text: one.probability for one in read_manifest(folders[1]).golden}
    assert all(pair.second == pytest.approx(new[pair.name], abs=1e-6) for pair in rows if pair.name in new)
    apart = [abs(pair.difference or 0) for pair in rows]
    assert apart == sorted(apart, reverse=True)
    assert apart[0] > 0.001


def test_both_models_are_measured_on_the_same_labelled_texts(
    both: tuple[Scorer, Scorer], shipped_corpus: Corpus
) -> None:
    examples = shipped_corpus.examples[::40]
    one, other = (scorer.figures(examples) for scorer in both)
    assert one.keys() == other.keys() >= {"ap", "auc", "calibration_error", "alert_recall", "alert_false_alarms"}
    assert one["auc"] > 0.9
    assert one["calibration_error"] != other["calibration_error"]
    with pytest.raises(SettingsError, match="both texts to follow up and others"):
        both[0].figures([example for example in examples if example.label == "ordinary"])


def test_a_scorer_gives_what_its_model_gives(both: tuple[Scorer, Scorer]) -> None:
    document = plain_document("Loker Kamboja, paspor ditahan kantor")
    (probability,) = both[0].probabilities([document])
    reasons = both[0].model.score(both[0].detector.read(document)).reasons
    assert probability == pytest.approx(sigmoid(sum(reason.contribution for reason in reasons)))


def test_a_model_that_does_not_fit_is_compared_but_not_scored(
    tmp_path: Path, folders: tuple[Path, Path], detector: Detector
) -> None:
    damage(copied(tmp_path, "damaged") / "flags.npz")
    with pytest.raises(ModelError, match="changed after training"):
        stored(tmp_path / "damaged")
    fitting, refused = scorers([folders[0], tmp_path / "damaged"], detector)
    assert isinstance(fitting, Scorer)
    assert isinstance(refused, ModelError)
