"""`screener rules`: what an analyst is told of rules of their own, and what mistakes lead to."""

import json
from pathlib import Path

import pytest

from .running import Run

GOOD = """
[[rule]]
name = "secrecy/colour-code"
indicator = "secrecy"
pattern = 'sandi (merah|hijau)'
hits = ["sebutkan sandi merah ya kak"]
misses = ["tanpa sandi merah"]
"""
WRONG = GOOD.replace("colour-code", "wrong").replace('"tanpa sandi merah"', '"sandi hijau saja"')
UNKNOWN = GOOD.replace("colour-code", "unknown").replace('"secrecy"', '"secrets"')
ADS = [
    {"id": "a", "text": "Loker operator Taiwan, sandi merah, gaji NT$ 29.500, WA 0812-0000-0001"},
    {"id": "b", "text": "WASPADA lowongan palsu!\nsandi merah\nLaporkan ke BP3MI atau hotline KP2MI."},
    {"id": "c\x1b[2J", "text": "Paket umrah promo, \x1b]0;owned\x07 sandi hijau\u202e, mulai 27 juta, diskon keluarga"},
]  # fmt: skip


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, without settings in the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SCREENER_DATA", raising=False)
    return tmp_path


def rules(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.toml").write_text(content, encoding="utf-8")
    return folder


def ads(folder: Path, *more: str) -> Path:
    path = folder / "ads.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ADS) + "".join(more), encoding="utf-8")
    return path


def is_plain(text: str) -> bool:
    return all(c == "\n" or c.isprintable() for c in text)


def test_rules_that_are_right_end_with_0_and_their_cost(run: Run, here: Path) -> None:
    ended = run("rules", "check", rules(here / "mine", good=GOOD))
    assert (ended.code, ended.err) == (0, "")
    assert "secrecy/colour-code" in ended.out
    assert "Rules checked: 1, texts: 2; rules that fail: 0, files refused: 0" in ended.out


def test_a_rule_that_fails_is_told_with_its_text_and_why(run: Run, here: Path) -> None:
    ended = run("rules", "check", rules(here / "mine", good=GOOD, wrong=WRONG))
    assert ended.code == 1
    assert "FAIL  secrecy/wrong (wrong.toml, line 2): should miss 'sandi hijau saja'" in ended.out
    assert "fires on 'sandi hijau'" in ended.out
    assert "redundant   secrecy/wrong: all its hits are hit by secrecy/colour-code as well" in ended.out


def test_a_refused_file_is_named_with_line_and_reason_and_the_others_are_checked(run: Run, here: Path) -> None:
    ended = run("rules", "check", rules(here / "mine", good=GOOD, unknown=UNKNOWN))
    assert ended.code == 1
    assert "unknown.toml: line 4: rule 'secrecy/unknown': there is no indicator 'secrets'" in ended.err
    assert "Rules checked: 1, texts: 2; rules that fail: 0, files refused: 1" in ended.out


def test_without_a_folder_the_rules_in_use_are_checked_with_those_of_the_data_folder(run: Run, here: Path) -> None:
    rules(here / "data" / "rules", unknown=UNKNOWN, wrong=WRONG)
    ended = run("rules", "check")
    assert ended.code == 1
    assert "unknown.toml: line 4" in ended.err
    failing = {line.split()[1] for line in ended.out.splitlines() if line.startswith("FAIL")}
    assert "secrecy/wrong" in failing


def test_trying_tells_where_a_rule_fires_and_what_is_new(run: Run, here: Path) -> None:
    ended = run("rules", "try", ads(here), "--rules", rules(here / "mine", good=GOOD), "--output", "hits.jsonl")
    assert (ended.code, ended.err) == (0, "")
    assert "fires in texts: 3, raises a flag in: 1, a new one in: 1" in ended.out
    assert "- a: Loker operator Taiwan, [[sandi merah]], gaji" in ended.out
    assert "Texts: 3; with a new flag: 1" in ended.out
    assert is_plain(ended.out)
    hits = [json.loads(line) for line in (here / "hits.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(hit["raised"], hit["new"]) for hit in hits] == [(True, True), (False, False), (False, False)]
    texts = {row["id"]: row["text"] for row in ADS}
    assert all(texts[hit["id"]][hit["start"] : hit["end"]] == hit["quote"] for hit in hits)


def test_hits_on_standard_output_are_nothing_but_json(run: Run, here: Path) -> None:
    ended = run("rules", "try", ads(here), "--rules", rules(here / "mine", good=GOOD), "--output", "-")
    assert [row["rule"] for row in ended.rows()] == ["secrecy/colour-code"] * 3
    assert "Texts: 3" in ended.err


def test_a_shipped_rule_can_be_tried_by_name(run: Run, here: Path) -> None:
    ended = run("rules", "try", ads(here), "--rule", "document-retention/kept", "--quotes", "0")
    assert ended.code == 0
    assert ended.out.startswith("document-retention/kept (document-retention.toml, line ")


def test_bad_rows_and_refused_files_end_with_3(run: Run, here: Path) -> None:
    mine = rules(here / "mine", good=GOOD)
    assert run("rules", "try", ads(here, "{oops\n"), "--rules", mine).code == 3
    assert run("rules", "try", ads(here), "--rules", rules(mine, unknown=UNKNOWN)).code == 3


BAD_USE = {
    "no such folder": (["check", "nowhere"], "nowhere: there is no such folder"),
    "an empty folder": (["check", "empty"], "there is no rule file"),
    "no such settings": (["check", "--config", "none.toml"], "none.toml"),
    "nothing to try": (["try", "ads.jsonl"], "no rule of your own"),
    "no such rule": (["try", "ads.jsonl", "--rule", "secrecy/no-name"], "did you mean 'secrecy/no-names'"),
    "no such file": (["try", "none.jsonl", "--rules", "mine"], "none.jsonl"),
    "a file that is not read": (["try", "ads.pdf", "--rules", "mine"], "ads.pdf"),
    "fewer than no quotes": (["try", "ads.jsonl", "--quotes", "-1"], "--quotes"),
}


@pytest.mark.parametrize(("arguments", "told"), BAD_USE.values(), ids=BAD_USE.keys())
def test_bad_use_ends_with_2_and_names_what_is_wrong(run: Run, here: Path, arguments: list[str], told: str) -> None:
    ads(here)
    rules(here / "mine", good=GOOD)
    (here / "empty").mkdir()
    (here / "ads.pdf").write_bytes(b"%PDF")
    ended = run("rules", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err


def test_a_hostile_rule_file_never_reaches_the_terminal_raw(run: Run, here: Path) -> None:
    name = "e\x1b[31m"
    ended = run("rules", "check", rules(here / "mine", **{name: GOOD.replace("merah", "\\u001b[2J"), "good": GOOD}))
    assert is_plain(ended.out + ended.err)


def test_a_scan_uses_the_rules_of_the_data_folder_and_names_those_it_does_not(run: Run, here: Path) -> None:
    ads(here)
    rules(here / "data" / "rules", good=GOOD, unknown=UNKNOWN)
    (here / "screener.toml").write_text('[[source]]\nname = "files"\nkind = "file"\nseeds = ["ads.jsonl"]\n')
    ended = run("scan")
    page = (here / "report" / "index.html").read_text(encoding="utf-8")
    assert ended.code == 3
    assert "unknown.toml: line 4" in ended.err
    assert "Rule file left out: unknown.toml, line 4" in page
    assert str(here) not in page
    assert "secrecy/colour-code" in page
    assert run("doctor", "--config", "screener.toml").code == 1


def test_screening_goes_on_with_the_rules_that_stand(run: Run, here: Path) -> None:
    mine = rules(here / "mine", good=GOOD, unknown=UNKNOWN)
    ended = run("screen", ads(here), "--rules", mine, "--output", "-")
    assert ended.code == 3
    assert "unknown.toml: line 4" in ended.err
    assert "secrecy/colour-code" in {flag["rule"] for flag in ended.rows()[0]["flags"]}
