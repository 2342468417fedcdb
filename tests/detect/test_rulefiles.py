"""Rule files that cannot be used are refused with file, line and reason, whatever is in them; the others stand."""

import os
from pathlib import Path

import pytest

from screener.detect import Detector
from screener.detect.rulefiles import FILE_BYTES_MAX, Refusal, read_tables, rule_files
from screener.detect.rules import read_rules
from screener.errors import RuleError

HEAD = '[[rule]]\nname = "secrecy/mine"\nindicator = "secrecy"\n'
GOOD = f'{HEAD}find = ["paper"]\nhits = ["kertas"]\n'
UNUSABLE = [
    ("empty", b"", 0, "no [[rule]] table"),
    ("other keys", b"x = 1\n", 0, "[[rule]] tables and nothing else"),
    ("no tables", b"rule = 3\n", 0, "[[rule]] tables and nothing else"),
    ("broken in the second line", b"[[rule]]\nname\n", 2, "is not TOML: Expected '='"),
    ("broken at the end", b'[[rule]]\nname = "x', 2, "is not TOML: Unterminated string"),
    ("too large a number", b"x = " + b"9" * 5000, 0, "is not TOML"),
    ("nested", b"x = " + b"[" * 5000, 0, "nested too deep"),
    ("another encoding", b"[[rule]]\n# caf\xe9\n", 2, "is not UTF-8"),
    ("no text at all", bytes(range(256)), 2, "is not UTF-8"),
    ("too large", b"#" * (FILE_BYTES_MAX + 1), 0, "allowed are 1048576"),
]
MISTAKES = [
    ("unknown indicator", GOOD.replace('"secrecy"\n', '"secrec"\n'), 3, "'secrec'; did you mean 'secrecy'"),
    ("unknown concept", GOOD.replace('["paper"]', '["paper|papr"]'), 4, "no concept 'papr'; did you mean 'paper'"),
    ("unknown concept that silences", GOOD + 'unless = ["ink"]\n', 6, "no concept 'ink'"),
    ("no hits", GOOD.replace('["kertas"]', "[]"), 5, "hits: List should have at least 1 item"),
    ("hits left out", HEAD + 'find = ["paper"]\n', 1, "hits: Field required"),
    ("nothing to find", HEAD + 'hits = ["kertas"]\n', 1, "has neither `find` nor `pattern`"),
    ("bad expression", HEAD + "pattern = '(a'\nhits = ['a']\n", 4, "pattern '(a' does not compile: missing )"),
    ("unknown key", GOOD + "witin = 3\n", 6, "did you mean 'within'"),
    ("bad name", GOOD.replace("secrecy/mine", "Mine!"), 2, "must be of the form"),
    ("name of a shipped rule", GOOD.replace("secrecy/mine", "secrecy/no-names"), 2, "is taken by secrecy.toml, line"),
    ("twice in one file", GOOD + GOOD, 7, "is taken by mine.toml, line 1"),
    ("behind a text of several lines", GOOD + 'misses = ["""\n[[rule]]\nwithin = 1\n"""]\nwithin = 0\n', 10, "within:"),
    ("behind a comment", '# it\'s\n# """\n' + GOOD + "within = 0\n", 8, "within:"),
    ("inline", 'rule = [{name = "secrecy/mine", indicator = "x", find = ["paper"], hits = ["a"]}]', 1, "no indicator"),
]  # fmt: skip


def mine(folder: Path, content: bytes | str) -> Path:
    path = folder / "mine.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(("content", "line", "reason"), [c[1:] for c in UNUSABLE], ids=[c[0] for c in UNUSABLE])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes, line: int, reason: str) -> None:
    refusal = read_tables(mine(tmp_path, content))
    assert isinstance(refusal, Refusal)
    assert (refusal.line, reason in refusal.reason) == (line, True)
    assert str(refusal).startswith(str(tmp_path / "mine.toml"))


@pytest.mark.parametrize(("content", "line", "reason"), [c[1:] for c in MISTAKES], ids=[c[0] for c in MISTAKES])
def test_a_mistake_is_told_with_its_line(
    detector: Detector, tmp_path: Path, content: str, line: int, reason: str
) -> None:
    path = mine(tmp_path, content)
    book = read_rules([tmp_path], detector.indicators, {"paper", "passport"}, detector.rules)
    assert (book.rules, book.files) == ((), ())
    assert [(refusal.path, refusal.line) for refusal in book.refusals] == [(path, line)]
    assert reason in book.refusals[0].reason


def test_every_mistake_of_a_file_is_told_but_not_thousands(tmp_path: Path) -> None:
    mine(tmp_path, "".join(GOOD.replace("mine", f"m{number}") + "within = 0\n" for number in range(50)))
    refusals = read_rules([tmp_path], {"secrecy"}, {"paper"}).refusals
    assert [refusal.line for refusal in refusals[:3]] == [6, 12, 18]
    assert (len(refusals), refusals[-1].reason) == (21, "and 30 more mistakes")


def test_what_is_no_file_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "loop.toml").symlink_to("loop.toml")
    (tmp_path / "nowhere.toml").symlink_to("gone")
    os.mkfifo(tmp_path / "pipe.toml")
    reasons = {refusal.path.stem: refusal.reason for refusal in read_rules([tmp_path], (), ()).refusals}
    assert sorted(reasons) == ["folder", "loop", "nowhere", "pipe"]
    assert reasons["folder"] == "is a folder, not a file"
    assert "symbolic links" in reasons["loop"]


def test_the_files_that_fit_stand_beside_those_that_do_not(detector: Detector, tmp_path: Path) -> None:
    mine(tmp_path, GOOD.replace("paper", "passport"))
    (tmp_path / "other.toml").write_text("[[rule]\n", encoding="utf-8")
    own = detector.with_rules([tmp_path])
    assert [rule.name for rule in own.own_rules] == ["secrecy/mine"]
    assert [refusal.path.name for refusal in own.refusals] == ["other.toml"]
    assert len(own.rules) == len(detector.rules) + 1


def test_a_refused_file_is_no_part_of_the_ruleset(detector: Detector, tmp_path: Path) -> None:
    mine(tmp_path, "[[rule]\n")
    assert detector.with_rules([tmp_path]).ruleset == detector.ruleset


def test_a_file_reached_twice_is_read_once(tmp_path: Path) -> None:
    path = mine(tmp_path, GOOD)
    (tmp_path / "again.toml").symlink_to(path)
    book = read_rules([tmp_path, tmp_path, path], {"secrecy"}, {"paper"})
    assert (len(book.rules), book.refusals) == (1, ())


def test_files_of_windows_and_of_editors_do_no_harm(tmp_path: Path) -> None:
    mine(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    (tmp_path / ".mine.toml.swp").write_bytes(b"\x00")
    (tmp_path / ".#mine.toml").symlink_to("gone")
    (rule,) = read_rules([tmp_path], {"secrecy"}, {"paper"}).rules
    assert (rule.name, rule.line) == ("secrecy/mine", 1)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no such folder of rules"):
        rule_files(tmp_path / "nowhere")
