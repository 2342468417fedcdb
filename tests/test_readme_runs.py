"""The commands of the README run, in its order, in a folder laid out as it says."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from screener.score.registry import versions

from .models import copied
from .scans import sample_copy
from .test_documents import PROGRAM, README, ROOT
from .train.factory import thinned

RULE = README.partition("```toml\n")[2].partition("```")[0]
INSTALLED = ROOT / ".venv" / ".run"
# Training on all examples takes minutes: here it is every 25th, and more of the rarest label.
LEARNING = {
    "train": ["--corpus=few", "--no-evaluation"],  # the next command but one does it
    "evaluate": ["--corpus=few"],
    "corpus check": ["few"],
    "model": ["--models=models"],
}
EVERY = 25
OLD = "shipped"
ROW = '{"id": "1", "text": "Loker admin Kamboja, paspor dipegang bos, minat WA 0812-0000-0001"}\n'


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with settings, an export, a table and saved pages: what the README speaks of."""
    folder = sample_copy(tmp_path_factory.mktemp("desk") / "corpus" / "sample").parent
    (folder / "ads.jsonl").write_text(ROW, encoding="utf-8")
    (folder / "chat.csv").write_text("id,text\n2,Dibutuhkan perawat di Jepang\n", encoding="utf-8")
    (folder / "my-rules").mkdir()
    (folder / "my-rules" / "our-desk.toml").write_text(RULE, encoding="utf-8")
    (folder / "few").mkdir()
    thinned(ROOT / "corpus" / "examples", folder / "few", EVERY)
    copied(folder / "models", OLD, in_use=True)
    (folder / "saved-pages").mkdir()
    page = "<title>Loker</title><p>Lowongan perawat di Jepang, kontrak dua tahun, minat hubungi kantor kami.</p>"
    (folder / "saved-pages" / "one.html").write_text(page, encoding="utf-8")
    return folder


def arguments(line: str, folder: Path) -> list[str]:
    """What stands behind `screener` in a line, for this folder: few texts, its own models, and their names."""
    words = shlex.split(line)[1:]
    names = {"OLD": OLD, "NEW": next((name for name in versions(folder / "models") if name != OLD), "")}
    # A model of few texts is below the floors.
    reason = ["--override=few texts"] if words[:2] == ["model", "promote"] else []
    few = LEARNING.get(" ".join(words[:2]), LEARNING.get(words[0], []))
    return [*(names.get(word, word) for word in words), *few, *reason]


def done(command: list[str], folder: Path) -> None:
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603  the README's
    assert ended.returncode == 0, f"{shlex.join(command)}\n{ended.stdout}\n{ended.stderr}"


def test_the_programs_commands_run_one_after_another(desk: Path) -> None:
    ahead = sorted(PROGRAM, key=lambda line: " report " in line)
    for line in ahead:
        done([sys.executable, "-m", "screener", *arguments(line, desk)], desk)
    assert len((desk / "findings.jsonl").read_text(encoding="utf-8").splitlines()) == 3
    assert (desk.parent.parent / "data" / "sample" / "report" / "index.html").exists()


@pytest.mark.skipif(not INSTALLED.exists(), reason="make has not installed the program here")
def test_make_scan_ends_with_a_report(desk: Path) -> None:
    done(["make", "-C", str(ROOT), "scan", f"CONFIG={desk / 'screener.toml'}"], desk)


@pytest.mark.skipif(os.environ.get("CI") != "true", reason="half a minute, in continuous integration only")
def test_an_installed_wheel_scans_its_own_sample_outside_the_checkout(tmp_path: Path) -> None:
    done([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)], ROOT)
    wheel = next(tmp_path.glob("*.whl"))
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(tmp_path / "there"),
    ]
    done([*pip, str(wheel)], tmp_path)
    installed = {**os.environ, "PYTHONPATH": str(tmp_path / "there")}
    command = [sys.executable, "-m", "screener", "scan", "--sample"]
    ended = subprocess.run(command, cwd=tmp_path, env=installed, capture_output=True, text=True, check=False)  # noqa: S603  our own
    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "data" / "sample" / "report" / "index.html").exists()
