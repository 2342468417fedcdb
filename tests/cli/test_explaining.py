"""`screener explain`: one text, its flags, and the reasons; whatever the text holds."""

import json
import math
import re
import subprocess
import sys
from pathlib import Path

import pytest

from screener.cli.explanation import explanation_lines
from screener.screening import Screener
from tests.factory import document

from .running import Run

AD = (
    "Loker operator pabrik Taiwan, gaji NT$ 29.500, p4spor dipegang bos. Tidak ada potongan gaji. "
    "Ijazah dipegang sendiri. WA 0812-0000-7890"
)
ROWS = [{"id": "a", "text": AD}, {"id": 7, "title": "Loker \x1b[2J", "text": "Paket umrah\u202e \x1b]0;owned\x07"}]
MARKED = re.compile(r"\[\[(.*?)\]\]\{[\d,]+\}", re.DOTALL)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one text in each form, and none of a reader's own settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SCREENER_DATA", raising=False)
    (tmp_path / "ad.txt").write_text(AD + "\n", encoding="utf-8")
    (tmp_path / "ad.html").write_text(f"<html><body><main><p>{AD}</p></main></body></html>", encoding="utf-8")
    (tmp_path / "one.jsonl").write_text(json.dumps(ROWS[0]) + "\n", encoding="utf-8")
    (tmp_path / "two.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)))
    return tmp_path


@pytest.mark.parametrize("arguments", [["ad.txt"], ["ad.html"], ["one.jsonl"], ["two.jsonl", "--id", "a"]])
@pytest.mark.usefixtures("here")
def test_a_text_is_printed_with_its_flags_marked(run: Run, arguments: list[str]) -> None:
    ended = run("explain", *arguments)
    assert (ended.code, ended.err) == (0, "")
    assert AD in MARKED.sub(r"\1", ended.out)
    assert "'p4spor dipegang bos'" in ended.out
    assert "'p4spor' -> paspor" in ended.out
    assert "negated by 'Tidak" in ended.out
    assert "employer:        not stated" in ended.out


@pytest.mark.usefixtures("here")
def test_the_reasons_of_the_score_add_up_to_its_log_odds(run: Run) -> None:
    shown = run("explain", "ad.txt").out.partition("\nScore: ")[2]
    probability = float(shown.split(",")[0])
    *parts, total = (float(number) for number in re.findall(r"^ +([+-]\d+\.\d{4})  ", shown, re.MULTILINE))
    assert total == pytest.approx(math.fsum(parts), abs=0.0001 * len(parts))
    assert probability == pytest.approx(1 / (1 + math.exp(-total)), abs=0.001)


def test_a_text_comes_on_standard_input(run: Run, here: Path) -> None:
    command = [sys.executable, "-m", "screener", "explain", "-"]
    ended = subprocess.run(command, input=f"{AD}\n".encode(), capture_output=True, cwd=here, timeout=60, check=False)  # noqa: S603  our own command
    assert ended.returncode == 0, ended.stderr.decode()
    assert ended.stdout.decode() == run("explain", "ad.txt").out


@pytest.mark.usefixtures("here")
def test_the_vote_of_the_clauses_is_the_mean_of_what_is_shown_of_them(run: Run) -> None:
    out = run("explain", "ad.txt").out
    shown = out.split("Clauses, each by itself")[1].split("\n\n")[0].splitlines()[1:]
    said = [float(line.split()[0]) for line in shown]
    assert 1 < len(said) < 10
    (vote,) = re.findall(r"clause-vote x (\S+)", out)
    assert float(vote) == pytest.approx(sum(said) / len(said), abs=0.01)


@pytest.mark.usefixtures("here")
def test_nothing_in_a_text_steers_the_terminal(run: Run) -> None:
    ended = run("explain", "two.jsonl", "--id", "7")
    assert "\\x1b]0;owned\\x07" in re.sub(r"\[\[|\]\]\{[\d,]+\}", "", ended.out)
    assert all(c == "\n" or c.isprintable() for c in ended.out + ended.err)


def test_flags_are_underlined_on_a_terminal(screener: Screener) -> None:
    told = document(text=AD, title="")
    explanation, kinds = screener.detector.explained(told), screener.detector.kind_reasons(told)
    lines = "\n".join(explanation_lines(explanation, kinds, screener.detector.indicators, underline=True))
    assert "\x1b[4m" in lines
    assert lines.count("\x1b[4m") == lines.count("\x1b[24m")
    assert "[[" not in lines
    assert AD in re.sub(r"\x1b\[24?m|\x1b\[4m|\{[\d,]+\}", "", lines)


def test_rules_that_are_not_in_use_yet_can_be_named(run: Run, here: Path) -> None:
    rule = '[[rule]]\nname = "secrecy/own"\nindicator = "secrecy"\npattern = "operator"\nhits = ["operator"]\n'
    (here / "own.toml").write_text(rule, encoding="utf-8")
    (here / "bad.toml").write_text("[[rule]", encoding="utf-8")
    ended = run("explain", "ad.txt", "--rules", "own.toml")
    assert (ended.code, "by secrecy/own: 'operator'" in ended.out) == (0, True)
    assert run("explain", "ad.txt", "--rules", "own.toml", "--rules", "bad.toml").code == 3


@pytest.mark.usefixtures("here")
def test_without_a_model_that_fits_all_but_the_score_is_told(run: Run) -> None:
    ended = run("explain", "ad.txt", "--model", "nowhere")
    assert ended.code == 1
    assert "there is no score: nowhere is not a model folder" in ended.err
    assert "'p4spor' -> paspor" in ended.out


BAD_USE = {
    "no file": (["none.txt"], "none.txt: no such file"),
    "an empty file": (["empty.txt"], "the text is blank"),
    "a file that is no text": (["binary.txt"], "not UTF-8"),
    "several rows": (["two.jsonl"], "name one with --id ('a', '7'"),
    "no such row": (["two.jsonl", "--id", "8"], "no row with the id '8'; the first are 'a', '7'"),
    "no such rules": (["ad.txt", "--rules", "nowhere"], "nowhere: there is no such folder of rules"),
    "no such settings": (["ad.txt", "--config", "none.toml"], "none.toml"),
}


@pytest.mark.parametrize(("arguments", "told"), BAD_USE.values(), ids=BAD_USE.keys())
@pytest.mark.usefixtures("here")
def test_bad_use_ends_with_2_and_names_what_is_wrong(run: Run, arguments: list[str], told: str) -> None:
    ended = run("explain", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err
