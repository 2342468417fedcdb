"""The command line as its users meet it: exit codes, files and pipes, and what reaches the terminal."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from screener.places import shipped
from screener.store import scan_lock
from tests.train.factory import thinned

from .running import Ended, Run

AD = "Dicari admin chat Kamboja, gaji 12 juta, paspor ditahan perusahaan, berangkat visa turis. WA 0812-0000-7890"
QUIET_AD = "Dibutuhkan perawat di Jerman melalui P3MI resmi, kontrak kerja jelas, paspor dipegang sendiri, {}"
KEYS = [
    "id", "kind", "scope", "language", "probability", "band", "flags", "title_flags", "facts", "combinations",
    "reasons", "contacts", "model", "ruleset",
]  # fmt: skip
FLAG_KEYS = {"indicator", "severity", "polarity", "start", "end", "quote", "field", "rule"}
EVERY = 25
COMMANDS = ["scan", "screen", "report", "explain", "rules", "train", "evaluate", "model", "doctor"]
HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e"
BAD_LINES = ["{oops", '{"id": 4}', '{"text": "tanpa id"}', '{"id": 6, "text": "  "}', "[]", "\udcff\udcfe"]


def child(arguments: Sequence[str], given: bytes = b"") -> Ended:
    """Runs the command line in a process of its own."""
    command = [sys.executable, "-m", "screener", *arguments]
    done = subprocess.run(command, input=given, capture_output=True, timeout=60, check=False)  # noqa: S603  our own command
    return Ended(code=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())


def lines(*rows: object) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def file_config(folder: Path, rows: str) -> Path:
    (folder / "ads.jsonl").write_text(rows, encoding="utf-8")
    path = folder / "screener.toml"
    path.write_text('[[source]]\nname = "files"\nkind = "file"\nseeds = ["ads.jsonl"]\n', encoding="utf-8")
    return path


def test_help_names_every_command_and_the_exit_codes(run: Run) -> None:
    shown = run("--help")
    assert shown.code == 0
    assert [name for name in COMMANDS if name not in shown.out] == []
    assert "75 another scan is running" in " ".join(shown.out.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help(run: Run, name: str) -> None:
    shown = run(name, "--help")
    assert (shown.code, shown.err) == (0, "")
    assert f"screener {name}" in shown.out


def test_help_imports_neither_spacy_nor_sklearn() -> None:
    program = "import sys; sys.argv = ['screener', {}]\nfrom screener.cli import main\ntry: main()\nfinally: "
    seen = program + "print('HEAVY', sorted({{'spacy', 'sklearn', 'numpy', 'httpx', 'sqlalchemy'}} & set(sys.modules)))"
    for arguments in ("'--help'", "'screen', '--help'"):
        command = [sys.executable, "-c", seen.format(arguments)]
        shown = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own program
        assert "HEAVY []" in shown.stdout


BAD_USE = {
    "no such command": (["skan"], "skan"),
    "no such option": (["scan", "--cfg", "x"], "--cfg"),
    "no paths": (["screen", "--output", "x"], "PATH..."),
    "no output": (["screen", "x.jsonl"], "--output"),
    "no jobs": (["screen", "x.jsonl", "--output", "-", "--jobs", "0"], "--jobs"),
    "no run 0": (["report", "--run", "0"], "--run"),
    "no settings file": (["scan", "--config", "none.toml"], "none.toml: there is no such file"),
    "no corpus": (["train", "--corpus", "none.jsonl", "--output", "models"], "none.jsonl"),
}


@pytest.mark.parametrize(("arguments", "told"), BAD_USE.values(), ids=BAD_USE.keys())
def test_bad_use_ends_with_2_and_names_what_is_wrong(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err
    assert "Traceback" not in ended.err


UNUSABLE = {"missing": "none.jsonl", "of an unread kind": "ads.pdf", "an empty folder": "nothing"}


@pytest.mark.parametrize("name", UNUSABLE.values(), ids=UNUSABLE.keys())
def test_an_input_that_cannot_be_read_ends_with_2_and_leaves_no_output(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "ads.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "nothing").mkdir()
    ended = run("screen", tmp_path / name, "--output", tmp_path / "out.jsonl")
    assert ended.code == 2
    assert name in ended.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ads.pdf", "nothing"]


OUTPUTS = {"a folder": ".", "in no folder": "none/out.jsonl", "below a file": "ads.jsonl/out.jsonl"}


@pytest.mark.parametrize("name", OUTPUTS.values(), ids=OUTPUTS.keys())
def test_an_output_that_cannot_be_written_ends_with_2(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "ads.jsonl").write_text(lines({"id": 1, "text": AD}), encoding="utf-8")
    ended = run("screen", tmp_path / "ads.jsonl", "--output", tmp_path / name)
    assert ended.code == 2
    assert "--output" in ended.err
    assert "Traceback" not in ended.err


def test_every_input_has_its_line_in_order_and_carries_its_other_keys(run: Run, tmp_path: Path) -> None:
    quiet = QUIET_AD.format("daftar di Disnaker")
    (tmp_path / "b.jsonl").write_text(lines({"id": 7, "text": AD, "channel": {"a": [1]}}, {"id": "x", "text": quiet}))
    (tmp_path / "a.csv").write_text(f'id;text;seen\n1;"{AD}";ya\n', encoding="utf-8")
    (tmp_path / "c.txt").write_text(AD, encoding="utf-8")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "1.html").write_text(f"<html><body><main><p>{AD}</p></main></body></html>")
    paths = [tmp_path / name for name in ("b.jsonl", "a.csv", "c.txt", "pages")]
    ended = run("screen", *paths, "--output", tmp_path / "out.jsonl")
    rows = read(tmp_path / "out.jsonl")
    assert (ended.code, ended.out) == (0, "")
    assert [row["id"] for row in rows] == ["7", "x", "1", "c.txt", "1.html"]
    assert (rows[0]["channel"], rows[2]["seen"]) == ({"a": [1]}, "ya")
    assert [row["band"] == "clear" for row in rows] == [False, True, False, False, False]


def test_a_line_of_the_output_has_the_keys_of_the_contract(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ads.jsonl").write_text(lines({"id": "a", "text": AD}), encoding="utf-8")
    (row,) = run("screen", tmp_path / "ads.jsonl", "--output", "-").rows()
    assert list(row) == KEYS
    assert row["flags"]
    assert all(set(flag) == FLAG_KEYS and AD[flag["start"] : flag["end"]] == flag["quote"] for flag in row["flags"])
    assert all(set(reason) == {"feature", "value", "contribution"} for reason in row["reasons"])
    assert [(contact["kind"], contact["value"]) for contact in row["contacts"]] == [("whatsapp", "+6281200007890")]


def test_bad_lines_on_standard_input_are_told_by_number_and_the_others_screened() -> None:
    given = lines({"id": 1, "text": AD}, *BAD_LINES, {"id": 8, "text": AD}).encode("utf-8", "surrogateescape")
    ended = child(["screen", "-", "--output", "-"], given)
    assert ended.code == 3
    assert [row["id"] for row in ended.rows()] == ["1", "8"]
    assert [number for number in range(2, 8) if f"line {number}: " not in ended.err] == []
    assert f"{len(BAD_LINES)} bad rows were left out" in ended.err


def test_two_jobs_give_the_same_file(run: Run, tmp_path: Path) -> None:
    rows = [{"id": number, "text": QUIET_AD.format(number) if number % 3 else AD} for number in range(210)]
    (tmp_path / "ads.jsonl").write_text(lines(*rows, "{oops"), encoding="utf-8")
    codes = [
        run("screen", tmp_path / "ads.jsonl", "--output", tmp_path / f"{jobs}.jsonl", "--jobs", jobs).code
        for jobs in (1, 2)
    ]
    assert codes == [3, 3]
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()
    assert [row["id"] for row in read(tmp_path / "1.jsonl")] == [str(number) for number in range(210)]


def test_a_named_pipe_is_written_to_and_not_replaced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ads.jsonl").write_text(lines({"id": 1, "text": AD}), encoding="utf-8")
    pipe, got = tmp_path / "pipe", list[str]()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    assert run("screen", tmp_path / "ads.jsonl", "--output", pipe).code == 0
    reader.join(10)
    assert pipe.is_fifo()
    assert [json.loads(line)["id"] for line in got] == ["1"]


def test_a_reader_that_goes_away_ends_the_command_without_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "ads.jsonl"
    path.write_text(lines(*({"id": number, "text": AD, "more": "x" * 20_000} for number in range(40))))
    command = [sys.executable, "-m", "screener", "screen", str(path), "--output", "-"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as screening:  # noqa: S603  our own command
        assert screening.stdout is not None
        assert screening.stderr is not None
        screening.stdout.close()
        err = screening.stderr.read().decode()
    assert screening.returncode == 1
    assert "Traceback" not in err


def is_plain(text: str) -> bool:
    return all(c == "\n" or c.isprintable() for c in text)


def test_hostile_names_in_settings_never_reach_the_terminal_raw(run: Run, tmp_path: Path) -> None:
    config = tmp_path / "screener.toml"
    key = json.dumps(HOSTILE)
    config.write_text(f'[scan]\n{key} = {key}\n[[source]]\nname = {key}\nkind = "feed"\nseeds = ["x"]\n')
    for command in ("scan", "doctor", "report"):
        ended = run(command, "--config", config)
        assert "owned" in ended.out + ended.err
        assert is_plain(ended.out + ended.err)


def test_hostile_rows_never_reach_the_terminal_raw(run: Run, tmp_path: Path) -> None:
    rows = lines({"id": 1, "text": AD + HOSTILE, "title": HOSTILE, "url": HOSTILE}, f'{{"a" {HOSTILE}')
    (tmp_path / "ads.jsonl").write_text(rows, encoding="utf-8")
    screened = run("screen", tmp_path / "ads.jsonl", "--output", tmp_path / "out.jsonl")
    scanned = run("scan", "--config", file_config(tmp_path, rows))
    assert (screened.code, scanned.code) == (3, 3)
    assert is_plain(screened.out + screened.err + scanned.out + scanned.err)


def test_a_second_scan_of_the_same_folder_ends_with_75(run: Run, tmp_path: Path) -> None:
    config = file_config(tmp_path, lines({"id": 1, "text": AD}))
    (tmp_path / "data").mkdir()
    with scan_lock(tmp_path / "data"):
        ended = run("scan", "--config", config)
    assert ended.code == 75
    assert f"process {os.getpid()}" in ended.err


def test_a_report_is_written_again_without_a_scan(run: Run, tmp_path: Path) -> None:
    config = file_config(tmp_path, lines({"id": 1, "text": AD}, {"id": 2, "text": AD}))
    page = tmp_path / "report" / "index.html"
    none_yet = run("report", "--config", config)
    scanned = run("scan", "--config", config)
    page.unlink()
    again = run("report", "--config", config)
    assert (none_yet.code, scanned.code, again.code) == (1, 0, 0)
    assert page.is_file()
    assert again.out == scanned.out
    assert run("report", "--config", config, "--run", 9).code == 1


FAILURES = {
    "data is a file": '[scan]\ndata = "taken"\n',
    "the report folder is a file": '[report]\nfolder = "taken"\n',
    "no sample site": '[sample_site]\nfolder = "nowhere"\n',
    "no rules": '[rules]\nfolders = ["nowhere"]\n',
    "no model": '[model]\nfolder = "nowhere"\n',
}


@pytest.mark.parametrize("settings", FAILURES.values(), ids=FAILURES.keys())
def test_a_scan_that_cannot_be_done_says_why(run: Run, tmp_path: Path, settings: str) -> None:
    config = file_config(tmp_path, lines({"id": 1, "text": AD}))
    (tmp_path / "taken").write_text("")
    config.write_text(settings + config.read_text(encoding="utf-8"), encoding="utf-8")
    ended = run("scan", "--config", config)
    assert ended.code in (1, 2)
    assert "taken" in ended.err or "nowhere" in ended.err


def test_doctor_finds_nothing_wrong_with_what_is_shipped(run: Run, tmp_path: Path) -> None:
    ended = run("doctor", "--config", file_config(tmp_path, ""))
    assert (ended.code, ended.err) == (0, "")
    assert all(line.startswith("ok  ") for line in ended.out.splitlines())


def test_doctor_finds_a_model_that_is_not_there(run: Run, tmp_path: Path) -> None:
    config = file_config(tmp_path, "")
    config.write_text('[model]\nfolder = "nowhere"\n' + config.read_text(encoding="utf-8"), encoding="utf-8")
    ended = run("doctor", "--config", config)
    assert ended.code == 1
    assert any(line.startswith("FAIL") and "nowhere" in line for line in ended.out.splitlines())


def test_training_on_a_small_corpus_gives_a_model_that_screens_but_is_not_used_unasked(
    run: Run, tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    thinned(shipped("examples"), corpus, EVERY)
    trained = run("train", "--corpus", corpus, "--output", tmp_path / "models")
    (folder,) = (tmp_path / "models").iterdir()
    assert f"{folder.name} is kept, but it is not used: it is below the floors" in trained.err
    assert f"In use: no model in {tmp_path / 'models'}" in trained.out
    (tmp_path / "ad.txt").write_text(AD, encoding="utf-8")
    (row,) = run("screen", tmp_path / "ad.txt", "--output", "-", "--model", folder).rows()
    assert trained.code == 0
    assert row["model"] == folder.name
    assert "leaving authors out" in trained.err
    assert "<svg" in (folder / "evaluation.html").read_text(encoding="utf-8")
