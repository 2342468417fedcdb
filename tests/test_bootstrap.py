"""When the model in use does not verify, the last good one stands in for it, and that is said."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from screener.bootstrap import now, open_last_good, open_scan, report_of
from screener.detect import Detector, load_detector
from screener.errors import ModelError
from screener.places import IN_CHECKOUT, shipped
from screener.score.registry import DEFAULT, HISTORY, Change, default_version, switch
from screener.settings import load_settings
from tests.models import copied, damage, variant
from tests.scans import QUIET


@pytest.fixture(scope="module")
def detector() -> Detector:
    return load_detector()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, detector: Detector) -> Path:
    """Three models, each in use for a while, "c" now."""
    models = tmp_path_factory.mktemp("models")
    for before, after in ((None, "a"), ("a", "b"), ("b", "c")):
        variant(models, after, detector)
        when = datetime(2026, 3, 1, tzinfo=UTC)
        switch(models, Change(time=when, event="promote", before=before, after=after))
    return models


@pytest.fixture
def models(tmp_path: Path, made: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "models"))


def test_a_model_in_use_that_verifies_is_opened_without_a_note(models: Path, detector: Detector) -> None:
    _, model, notes = open_last_good(detector, models)
    assert (model.name, notes) == ("c", ())


def remove_a_file(folder: Path) -> None:
    (folder / "flags.npz").unlink()


def add_a_file(folder: Path) -> None:
    (folder / "weights.pkl").write_bytes(b"\x80\x04N.")


DAMAGES: list[tuple[str, Callable[[Path], object], str, str]] = [
    ("a changed byte", lambda folder: damage(folder / "weights.npz"), "c/weights.npz was changed after training", "b"),
    ("a missing file", remove_a_file, "c/flags.npz is missing", "b"),
    ("a surplus file", add_a_file, "c/weights.pkl is not named in manifest.json", "b"),
    ("no folder", shutil.rmtree, "c is not a model folder", "b"),
    ("DEFAULT is gone", lambda folder: (folder.parent / DEFAULT).unlink(), "there is no model in use", "c"),
    ("DEFAULT is garbage", lambda folder: (folder.parent / DEFAULT).write_text("../x"), "does not name a model", "c"),
]


@pytest.mark.parametrize(("harm", "reason", "expected"), [c[1:] for c in DAMAGES], ids=[c[0] for c in DAMAGES])
def test_the_last_good_model_stands_in_and_the_note_says_why_without_a_place(
    models: Path, detector: Detector, harm: Callable[[Path], object], reason: str, expected: str
) -> None:
    harm(models / "c")
    _, model, (note,) = open_last_good(detector, models)
    assert model.name == expected
    assert note.startswith(f"The model in use does not verify, the earlier model {expected} stands in for it: ")
    assert reason in note
    assert "\n" not in note


def test_a_stand_in_that_is_damaged_too_is_passed_over(models: Path, detector: Detector) -> None:
    damage(models / "c" / "weights.npz")
    damage(models / "b" / "kinds.npz")
    _, model, _ = open_last_good(detector, models)
    assert model.name == "a"


def test_the_refusal_of_the_model_in_use_is_told_when_none_verifies(models: Path, detector: Detector) -> None:
    for name in "abc":
        damage(models / name / "weights.npz")
    with pytest.raises(ModelError, match=r"c/weights\.npz was changed after training"):
        open_last_good(detector, models)


def test_without_a_history_the_refusal_says_what_to_do(tmp_path: Path, detector: Detector) -> None:
    damage(copied(tmp_path, "only", in_use=True) / "weights.npz")
    with pytest.raises(ModelError, match=r"train again with `screener train`"):
        open_last_good(detector, tmp_path)


def test_a_history_that_cannot_be_read_is_told_beside_the_refusal(models: Path, detector: Detector) -> None:
    damage(models / "c" / "weights.npz")
    (models / HISTORY).write_text("{")
    with pytest.raises(ModelError, match=r"(?s)weights\.npz was changed.*HISTORY\.jsonl cannot be read"):
        open_last_good(detector, models)


def test_a_scan_goes_on_with_the_stand_in_and_its_report_says_so(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(IN_CHECKOUT, "models", models)
    assert default_version(shipped("models")) == "c"
    damage(models / "c" / "flags.npz")
    (tmp_path / "ad.txt").write_text("Loker admin Kamboja, paspor dipegang bos. WA 0812-0000-0001", encoding="utf-8")
    config = tmp_path / "screener.toml"
    config.write_text('[[source]]\nname = "files"\nkind = "file"\nseeds = ["ad.txt"]\n', encoding="utf-8")
    settings = load_settings(config, {})
    with open_scan(settings, QUIET) as running:
        running.work()
        running.finish(now())
        report = report_of(settings, running.store, running.run, running.screener)
    assert report.run.model == "b"
    assert [finding.score.model for finding in report.findings] == ["b"]
    assert "the earlier model b stands in for it" in report.notes[0]
    assert str(tmp_path) not in report.notes[0]
