"""A finished model is measured without fitting, with its own thresholds, and told where it met the texts before."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from screener.bootstrap import open_model
from screener.detect import Detector
from screener.errors import SettingsError
from screener.records import Band, Example
from screener.score.model import Model
from screener.train.baselines import FLAG_COUNT, KEYWORDS, SEVERITY_SUM
from screener.train.corpus import Corpus, document_of
from screener.train.evaluation import OURS, Evaluation
from screener.train.finished import FINISHED, measure, met_before
from tests.train.benches import corpus, unwatched

Opened = tuple[Detector, Model]


@pytest.fixture(scope="module")
def opened(detector: Detector) -> Opened:
    return open_model(detector, None)


@pytest.fixture(scope="module")
def some(shipped_corpus: Corpus) -> tuple[Example, ...]:
    return tuple(one for one in shipped_corpus.examples if not one.seen_by_rules)[::15]


@pytest.fixture(scope="module")
def done(opened: Opened, some: Sequence[Example]) -> Evaluation:
    return measure(corpus(some, "language told"), *opened, follow=unwatched)


def test_only_systems_that_need_no_fitting_are_measured(done: Evaluation) -> None:
    (protocol,) = done.protocols
    assert (protocol.name, protocol.folds) == (FINISHED, 0)
    assert [one.system for one in protocol.systems] == [OURS, FLAG_COUNT, SEVERITY_SUM, KEYWORDS]
    assert (done.moduses, done.learning, done.disguises) == ((), (), ())


def test_the_model_keeps_its_thresholds_and_its_bands(
    done: Evaluation, opened: Opened, some: Sequence[Example]
) -> None:
    detector, model = opened
    bands = done.headline.bands
    assert bands is not None
    assert (bands.alert_threshold, bands.review_threshold) == (
        model.manifest.alert_threshold,
        model.manifest.review_threshold,
    )
    risky = [one for one in some if one.label == "follow_up"]
    alerts = [model.score(detector.read(document_of(one))).band is Band.ALERT for one in risky]
    assert bands.alert.recall.value == pytest.approx(sum(alerts) / len(risky))


def test_slices_flags_and_calibration_are_measured_as_well(done: Evaluation) -> None:
    assert {one.field for one in done.slices} >= {"language", "kind", "tier"}
    assert done.flags[0].marks > 50
    assert done.headline.calibration is not None
    assert done.model
    assert "language told" in done.notes


def test_texts_of_one_label_are_refused(opened: Opened, some: Sequence[Example]) -> None:
    with pytest.raises(SettingsError, match="both texts to follow up and others"):
        measure(corpus([one for one in some if one.label == "follow_up"]), *opened, follow=unwatched)


def of(opened: Opened, *examples: Example, digest: str = "d" * 64, trained_on: Corpus | None = None) -> str:
    return " ".join(met_before(replace(corpus(examples), digest=digest), opened[1], trained_on))


def test_the_very_corpus_of_the_model_is_told(opened: Opened, some: Sequence[Example]) -> None:
    assert "trained on this very file" in of(opened, *some, digest=opened[1].manifest.corpus)


def test_the_same_texts_and_ids_are_counted_whatever_their_case_and_spaces(
    opened: Opened, some: Sequence[Example]
) -> None:
    trained_on = replace(corpus(some[:3]), digest=opened[1].manifest.corpus)
    copied = replace(some[0], id="new", text=f"  {some[0].text.upper()}\n")
    note = of(opened, copied, some[1], replace(some[2], text="another"), some[5], trained_on=trained_on)
    assert note.startswith("Of these 4 texts, 2 stand in the corpus")
    assert "and 2 carry an id of it" in note
    assert of(opened, some[5], trained_on=trained_on).startswith("None of these texts, and none of their ids")


def test_without_its_corpus_the_models_golden_texts_are_looked_for(opened: Opened, some: Sequence[Example]) -> None:
    golden = replace(some[0], text=opened[1].manifest.golden[0].text)
    note = of(opened, golden, replace(some[1], text="another"))
    assert f"but for {len({one.text for one in opened[1].manifest.golden})} of its texts: 1 of these texts" in note
    assert "at hand, which is not the one of the model" not in note


def test_texts_of_another_version_of_the_corpus_are_told(opened: Opened, some: Sequence[Example]) -> None:
    note = of(opened, some[0], some[1], replace(some[2], text="another"), trained_on=corpus(some))
    assert "2 of these texts stand in the corpus that is at hand, which is not the one of the model" in note
