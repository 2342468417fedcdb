"""`screener evaluate`: a finished model on labelled data, what is written, and what is refused before any work."""

import csv
import json
from pathlib import Path

import pytest

from screener.cli.measuring import follow
from tests.train.factory import row, write

from .running import Run

RISKY = "Dicari admin Kamboja gaji 15 juta, paspor dipegang bos, tiket ditanggung. WA 0812-0000-00"
LAWFUL = "PT Contoh (SIP3MI 12/2025) membuka lowongan perawat di Jepang, kontrak kerja dan asuransi. Kantor Disnaker "


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A researcher's CSV with nothing but texts and labels."""
    path = tmp_path / "own.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "label"])
        writer.writerows([f"{RISKY}{n} ref {n * 7}", "follow_up"] for n in range(10, 16))
        writer.writerows([f"{LAWFUL}{n} ref {n * 7}", "ordinary"] for n in range(10, 16))
    return path


def test_a_model_is_measured_on_ones_own_table(run: Run, tmp_path: Path, table: Path) -> None:
    output, figures = tmp_path / "evaluation.html", tmp_path / "figures.json"
    ended = run("evaluate", "--data", table, "--output", output, "--json", figures)
    assert ended.code == 0
    assert "12 examples, 6 to follow up" in ended.out
    assert "orpus that the model was trained on" in ended.out
    assert "name no group" in ended.out
    assert "finished model" in ended.out
    assert "seconds" in ended.err
    read = json.loads(figures.read_text(encoding="utf-8"))
    assert read["protocols"][0]["systems"][0]["auc"]["value"] > 0.9
    assert output.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["evaluation.html", "figures.json", "own.csv"]


REFUSED = {
    "a model without data": (["--model", "x"], "--model goes with --data"),
    "data with a corpus": (["--data", "own.csv", "--corpus", "x"], "not with --corpus"),
    "an output in no folder": (["--output", "none/evaluation.html"], "none/evaluation.html cannot be written"),
    "an output that is a folder": (["--json", "."], ". cannot be written"),
    "data that is not there": (["--data", "none.jsonl"], "none.jsonl"),
    "a model that is not there": (["--data", "own.csv", "--model", "none"], "there is no model none"),
    "a corpus that is not there": (["--corpus", "none.jsonl"], "none.jsonl"),
}


@pytest.mark.parametrize(("arguments", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_bad_use_ends_with_2_before_any_work(
    run: Run, table: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], reason: str
) -> None:
    monkeypatch.chdir(table.parent)
    ended = run("evaluate", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert reason in ended.err


def test_hostile_names_never_reach_the_terminal_raw(run: Run, tmp_path: Path) -> None:
    rows = [
        row(
            id=f"a1-{n}", text=f"{RISKY} {n}", flags=[], label="follow_up" if n % 2 else "ordinary",
            tier="\x1b[31mred" if n % 2 else "plain", group=f"a{n}/c",
        )
        for n in range(12)
    ]  # fmt: skip
    ended = run("evaluate", "--data", write(tmp_path / "a.jsonl", *rows))
    assert ended.code == 0
    assert "\x1b" not in ended.out + ended.err
    assert "\\x1b[31mred" in ended.out


def test_steps_are_given_back_in_order_after_a_line_for_their_task(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(follow(["a", "b"], "reading")) == ["a", "b"]
    assert capsys.readouterr().err == "reading: 2 steps\n"
