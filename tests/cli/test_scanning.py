"""A scan that ends badly at its very end: its run is not over before its report is there."""

import json
from pathlib import Path

import pytest

from screener.bootstrap import open_store
from screener.settings import load_settings

from .running import Run

ADS = [
    "Dicari admin chat Kamboja, gaji 12 juta, paspor ditahan perusahaan, berangkat visa turis. WA 0812-0000-7890",
    "Dibutuhkan perawat di Jerman melalui P3MI resmi, kontrak kerja jelas, paspor dipegang sendiri.",
]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    rows = [json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(ADS)]
    (tmp_path / "ads.jsonl").write_text("".join(rows), encoding="utf-8")
    path = tmp_path / "screener.toml"
    path.write_text('[[source]]\nname = "ads"\nkind = "file"\nseeds = ["ads.jsonl"]\n', encoding="utf-8")
    return path


@pytest.fixture
def blocked(run: Run, config: Path) -> Path:
    """The folder that a scan could not write its report to, which is just what a kill before the report leaves."""
    folder = config.parent / "report"
    folder.write_text("a file in the place of the folder", encoding="utf-8")
    assert run("scan", "--config", config).code == 1
    folder.unlink()
    return folder


def finished(config: Path) -> list[bool]:
    with open_store(load_settings(config, {})) as store:
        return [run.finished_at is not None for run in store.runs()]


@pytest.mark.usefixtures("blocked")
def test_a_run_without_a_report_is_not_finished(config: Path) -> None:
    assert finished(config) == [False]


def test_the_next_scan_writes_the_report_that_is_missing(run: Run, config: Path, blocked: Path) -> None:
    assert run("scan", "--config", config).code == 0
    assert finished(config) == [True]
    written = [json.loads(line) for line in (blocked / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["new"] for row in written] == [True, True]


def test_the_report_of_a_scan_does_not_call_its_figures_partial(run: Run, config: Path) -> None:
    assert run("scan", "--config", config).code == 0
    page = (config.parent / "report" / "index.html").read_text(encoding="utf-8")
    assert "not finished" not in page
    assert "figures are partial" not in page
    before = page.count("<article")
    assert run("report", "--config", config).code == 0
    assert (config.parent / "report" / "index.html").read_text(encoding="utf-8").count("<article") == before
