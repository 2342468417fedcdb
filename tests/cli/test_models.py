"""`screener model`: what a person sees and types to trust, change and take back a model."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from screener.bootstrap import default_model_folder
from screener.cli.learning import promote_or_keep
from screener.detect import Detector, load_detector
from screener.places import IN_CHECKOUT, shipped
from screener.score.manifest import read_manifest, sealed, written
from screener.score.registry import DEFAULT, HISTORY, Change, default_version, history, switch
from tests.models import copied, damage, variant

from .running import Run

WORSE = {"ap": 0.5}
AD = "Loker admin Kamboja, gaji 12 juta, paspor ditahan bos, visa turis. WA 0812-0000-7890"


@pytest.fixture(scope="module")
def detector() -> Detector:
    return load_detector()


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, detector: Detector) -> Path:
    """The program's own folder of models, as it were: "good" in use, and "worse", which is below the floors."""
    folder = tmp_path / "models"
    folder.mkdir()
    copied(folder, "good", in_use=True)
    variant(folder, "worse", detector, figures=WORSE)
    monkeypatch.setitem(IN_CHECKOUT, "models", folder)
    return folder


def test_the_list_marks_the_model_in_use_and_a_damaged_one(run: Run, models: Path) -> None:
    damage(models / "worse" / "weights.npz")
    (models / "torn").mkdir()
    (models / "torn" / "manifest.json").write_text("{\x1b[2J")
    ended = run("model", "list")
    header, good, torn, worse = ended.out.splitlines()
    assert header.split() == ["version", "texts", "until", "AP", "AUC", "alert", "recall", "false", "alarms", "files"]
    until = read_manifest(default_model_folder()).examples_until
    assert good.split() == ["*", "good", until, *good.split()[3:7], "as", "trained"]
    assert all(0 < float(figure) < 1 for figure in good.split()[3:7])
    assert "is not a manifest of format 3" in torn
    assert "\x1b" not in ended.out
    assert worse.startswith("  worse")
    assert "0.500" in worse
    assert "DAMAGED: " in worse
    assert ended.code == 0


def test_a_list_without_a_default_that_is_there_says_so(run: Run, models: Path) -> None:
    (models / DEFAULT).write_text("gone\n")
    assert run("model", "list").out.splitlines()[-1] == "In use: gone, which is not there"
    (models / DEFAULT).write_text("../gone\n")
    ended = run("model", "list")
    assert ended.out.splitlines()[-1] == "In use: none"
    assert "does not name a model" in ended.err


def test_listing_and_showing_import_no_heavy_library() -> None:
    program = (
        "import sys; sys.argv = ['screener', 'model', {!r}]\nfrom screener.cli import main\ntry: main()\n"
        "finally: print('HEAVY', sorted({{'spacy', 'sklearn', 'scipy', 'matplotlib', 'httpx'}} & set(sys.modules)))"
    )
    for command in ("list", "show"):
        arguments = [sys.executable, "-c", program.format(command)]
        shown = subprocess.run(arguments, capture_output=True, text=True, check=False)  # noqa: S603  our own program
        assert default_model_folder().name in shown.stdout
        assert "HEAVY []" in shown.stdout


def test_show_prints_card_thresholds_and_digests(run: Run, models: Path) -> None:
    (models / "worse" / "CARD.md").write_text("# A card\x1b[2J\n")
    shown = run("model", "show", "worse").out
    written = json.loads((models / "worse" / "manifest.json").read_text(encoding="utf-8"))
    assert shown.startswith("# A card\\x1b[2J\n")
    wanted = [written["corpus"], written["ruleset"], written["seal"], *written["files"].values()]
    assert [value for value in wanted if value not in shown] == []
    assert f"alert from      {written['alert_threshold']}  at most 5% false alarms" in shown
    assert "calibrated for  0.5" in shown


def test_verify_ends_with_1_when_a_byte_was_changed(run: Run, models: Path) -> None:
    well = run("model", "verify")
    assert (well.code, well.out.splitlines()[-1]) == (0, f"{models / 'good'}: verifies")
    damage(models / "good" / "kinds.npz")
    ended = run("model", "verify", "good")
    assert ended.code == 1
    assert "FAIL" in ended.out
    assert ended.out.splitlines()[-1] == f"{models / 'good'}: does NOT verify"


def test_a_model_below_the_floors_needs_a_reason_and_can_be_taken_back(run: Run, models: Path) -> None:
    refused = run("model", "promote", "worse")
    assert refused.code == 1
    assert "ap is 0.5000, the floor is " in refused.err
    assert not (models / HISTORY).exists()
    forced = run("model", "promote", "worse", "--override", "a trial")
    assert (forced.code, forced.out.splitlines()[0]) == (0, "In use: worse, before: good")
    assert "Below a floor: ap is 0.5000" in forced.out
    assert [(change.override, default_version(models)) for change in history(models)] == [("a trial", "worse")]
    back = run("model", "rollback")
    assert (back.code, back.out) == (0, "In use: good, before: worse\n")
    none = run("model", "rollback")
    assert none.code == 1
    assert "there is nothing to go back to" in none.err


@pytest.mark.usefixtures("models")
def test_two_models_are_compared_on_their_golden_texts_and_on_data(run: Run, tmp_path: Path) -> None:
    lines = min(shipped("examples").glob("*.jsonl")).read_text(encoding="utf-8").rstrip("\n").split("\n")
    of_label = [[line for line in lines if f'"label": "{label}"' in line] for label in ("follow_up", "ordinary")]
    few = [line for those in of_label for line in those[:6]]
    (tmp_path / "few.jsonl").write_text("\n".join([lines[0], *few]) + "\n", encoding="utf-8")
    ended = run("model", "compare", "good", "worse", "--data", tmp_path / "few.jsonl")
    assert ended.code == 0
    said, on_data = ended.out.split(f"{len(few)} texts of ")
    assert re.search(r"^ap +0\.\d{4} +0\.5000 +-0\.\d{4}$", said, re.MULTILINE)
    assert re.search(r"^alert_threshold +(0\.\d{4}) +\1 +\+0\.0000$", said, re.MULTILINE)
    weight = r"^(?:flag|signal|together|kind|scope|stated):[a-z-]+ +-?\d\.\d{4} +-?\d\.\d{4} +[+-]\d\.\d{4}$"
    assert re.search(weight, said, re.MULTILINE)
    assert re.search(r"^\d+ golden texts of both: 0\.\d{4} apart on average", said, re.MULTILINE)
    assert re.search(r"^auc +[01]\.\d{4} +[01]\.\d{4} +[+-]\d\.\d{4}$", on_data, re.MULTILINE)


def test_a_model_that_does_not_fit_is_compared_without_being_scored(run: Run, models: Path) -> None:
    path = models / "good" / "manifest.json"
    other = read_manifest(path.parent).model_copy(update={"ruleset": "ffff"})
    path.write_text(written(sealed(other)), encoding="utf-8")
    ended = run("model", "compare", "good", "worse")
    assert ended.code == 0
    assert "not scored: " in ended.err
    assert "figures and thresholds" in ended.out
    assert "golden texts of both" not in ended.out


@pytest.mark.parametrize(
    "command", [["show", "none"], ["verify", "../x"], ["promote", "none"], ["compare", "good", "x"]]
)
def test_a_model_that_is_not_there_is_bad_use(run: Run, models: Path, command: list[str]) -> None:
    ended = run("model", *command)
    assert ended.code == 2
    assert f"in {models}; there are: good, worse" in ended.err


def test_screening_goes_on_with_the_last_good_model_and_says_so(run: Run, models: Path, tmp_path: Path) -> None:
    switch(models, Change(time=datetime(2026, 3, 1, tzinfo=UTC), event="promote", before="good", after="worse"))
    (tmp_path / "ad.txt").write_text(AD, encoding="utf-8")
    damage(models / "worse" / "weights.npz")
    ended = run("screen", tmp_path / "ad.txt", "--output", "-")
    assert ended.code == 3
    assert "note: The model in use does not verify, the earlier model good stands in for it: " in ended.err
    assert ended.rows()[0]["model"] == read_manifest(models / "good").version
    damage(models / "good" / "weights.npz")
    none = run("screen", tmp_path / "ad.txt", "--output", "-")
    assert (none.code, none.out) == (1, "")
    assert "worse/weights.npz was changed after training" in none.err


def test_training_uses_a_model_above_the_floors_and_keeps_one_below_them_unused(
    models: Path, detector: Detector, capsys: pytest.CaptureFixture[str]
) -> None:
    promote_or_keep(models / "worse", detector)
    kept = capsys.readouterr()
    assert "worse is kept, but it is not used: it is below the floors" in kept.err
    assert "ap is 0.5000, the floor is " in kept.err
    assert kept.out == f"In use: good in {models}\n"
    promote_or_keep(variant(models, "better", detector), detector)
    assert capsys.readouterr().out == f"In use: better in {models}\n"
    assert [(change.before, change.after) for change in history(models)] == [("good", "better")]
