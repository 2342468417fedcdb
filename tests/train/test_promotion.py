"""Only a model that verifies and is above the floors comes into use, or one with a reason that is written down."""

import json
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from screener.bootstrap import default_model_folder
from screener.detect import Detector
from screener.errors import ModelError, SettingsError
from screener.places import shipped
from screener.score.manifest import read_manifest
from screener.score.registry import DEFAULT, HISTORY, default_version, history
from screener.train.promotion import Floors, Weighed, promote, read_floors, rollback, shortfalls, weigh
from tests.models import copied, damage, variant

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FLOORS = Floors(format_version=1, at_least={"ap": 0.9}, at_most={"alert_false_alarms": 0.1, "load_seconds": 60})
WORSE = {"ap": 0.5, "alert_false_alarms": 0.3}


@pytest.fixture
def models(tmp_path: Path) -> Path:
    copied(tmp_path, "old", in_use=True)
    return tmp_path


def weighed(folder: Path, detector: Detector) -> Weighed:
    return weigh(folder, detector, FLOORS, time.process_time)


def test_a_model_above_the_floors_comes_into_use_and_its_figures_are_recorded(models: Path, detector: Detector) -> None:
    change = promote(models, weighed(variant(models, "new", detector), detector), None, NOW)
    assert default_version(models) == "new"
    assert history(models) == (change,)
    assert change is not None
    assert (change.before, change.after, change.override, change.shortfalls) == ("old", "new", None, ())
    assert change.figures["ap"] == read_manifest(models / "new").figures["ap"]
    assert 1 < change.figures["megabytes_on_disk"] < 20
    assert 0 < change.figures["load_seconds"] < 60


def test_a_model_below_the_floors_is_refused_and_each_figure_named_beside_its_floor(
    models: Path, detector: Detector
) -> None:
    worse = weighed(variant(models, "worse", detector, figures=WORSE), detector)
    with pytest.raises(ModelError) as caught:
        promote(models, worse, None, NOW)
    told = str(caught.value)
    assert "worse is below the floors, and old stays in use" in told
    assert "ap is 0.5000, the floor is 0.9" in told
    assert "alert false alarms is 0.3000, at most 0.1 is allowed" in told
    assert "screener model promote worse --override REASON" in told
    assert default_version(models) == "old"
    assert not (models / HISTORY).exists()


def test_a_reason_overrides_the_floors_and_is_recorded_with_what_was_missed(models: Path, detector: Detector) -> None:
    worse = weighed(variant(models, "worse", detector, figures=WORSE), detector)
    with pytest.raises(SettingsError, match="say in words why"):
        promote(models, worse, "  ", NOW)
    promote(models, worse, "trial at one desk", NOW)
    (change,) = history(models)
    assert default_version(models) == "worse"
    assert change.override == "trial at one desk"
    assert len(change.shortfalls) == 2


def test_a_model_in_use_is_not_promoted_again(models: Path, detector: Detector) -> None:
    assert promote(models, weighed(models / "old", detector), None, NOW) is None
    assert not (models / HISTORY).exists()


def test_a_model_that_does_not_verify_is_never_weighed(models: Path, detector: Detector) -> None:
    damage(copied(models, "new") / "kinds.npz")
    with pytest.raises(ModelError, match=r"kinds\.npz was changed after training"):
        weighed(models / "new", detector)


def test_a_model_of_another_folder_is_refused(models: Path, detector: Detector) -> None:
    with pytest.raises(SettingsError, match="copy it there first"):
        promote(models, weighed(default_model_folder(), detector), None, NOW)


def test_rollbacks_go_back_one_by_one_until_there_is_none(models: Path, detector: Detector) -> None:
    for name in ("b", "c"):
        promote(models, weighed(copied(models, name), detector), None, NOW)
    assert [rollback(models, detector, NOW).after for _ in range(2)] == ["b", "old"]
    assert default_version(models) == "old"
    with pytest.raises(ModelError, match="no model was in use before old: there is nothing to go back to"):
        rollback(models, detector, NOW)
    assert [(change.event, change.before, change.after) for change in history(models)] == [
        ("promote", "old", "b"),
        ("promote", "b", "c"),
        ("rollback", "c", "b"),
        ("rollback", "b", "old"),
    ]


LOST: list[tuple[str, Callable[[Path], object], str]] = [
    ("gone", shutil.rmtree, "old was in use before, but it is no longer in"),
    ("damaged", lambda folder: damage(folder / "flags.npz"), "flags.npz was changed after training"),
]


@pytest.mark.parametrize(("lose", "told"), [c[1:] for c in LOST], ids=[c[0] for c in LOST])
def test_a_rollback_to_a_model_that_is_lost_is_refused_and_changes_nothing(
    models: Path, detector: Detector, lose: Callable[[Path], object], told: str
) -> None:
    promote(models, weighed(copied(models, "new"), detector), None, NOW)
    lose(models / "old")
    with pytest.raises(ModelError, match=told):
        rollback(models, detector, NOW)
    assert (models / DEFAULT).read_text() == "new\n"
    assert len(history(models)) == 1


@pytest.mark.parametrize(
    "content",
    ["{", "[]", '{"format_version": 2}', '{"format_version": 1, "at_least": {"ap": NaN}, "at_most": {}}', "[" * 99_999],
    ids=["broken", "a list", "a later format", "no number", "nested"],
)
def test_floors_that_are_none_are_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "floors.json").write_text(content)
    with pytest.raises(SettingsError, match=r"floors\.json: these are no floors of format 1"):
        read_floors(tmp_path / "floors.json")


def test_a_figure_that_is_not_there_is_below_its_floor() -> None:
    assert shortfalls({"alert_false_alarms": 0.1, "load_seconds": 60.0}, FLOORS) == (
        "ap is not known, the floor is 0.9",
    )


def test_the_shipped_model_is_above_the_shipped_floors_and_each_floor_is_measured(detector: Detector) -> None:
    floors = read_floors(shipped("floors.json"))
    shipped_model = weigh(default_model_folder(), detector, floors, time.process_time)
    assert shipped_model.shortfalls == ()
    assert floors.at_least.keys() | floors.at_most.keys() <= shipped_model.figures.keys()
    assert json.loads(shipped("floors.json").read_text()).keys() == {"format_version", "at_least", "at_most"}
