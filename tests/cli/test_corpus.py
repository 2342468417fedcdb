"""`screener corpus check`: what its user is told, and what the exit code says."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from screener.places import shipped
from tests.train.factory import mark, row, thinned, write

from .running import Run

AD = "Dicari admin Kamboja, paspor dipegang bos. WA 0812-0000-0001"
LONG = f"{AD} dan kantor kami buka setiap hari sampai sore jam lima di lantai dua gedung sebelah pasar lama"


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return thinned(shipped("examples"), tmp_path_factory.mktemp("few"), 10)


def test_a_sound_corpus_ends_with_0_and_its_tables_cues_and_words(run: Run, few: Path) -> None:
    ended = run("corpus", "check", few)
    assert ended.code == 0
    assert "problems: 0" in ended.out.splitlines()[-1]
    for heading in ("label ", "kind ", "language ", "modus ", "tier ", "source_type ", "author ", "Cues: ROC-AUC"):
        assert f"\n{heading}" in ended.out
    assert "  pay figure\n" in ended.out
    assert "  country Malaysia\n" in ended.out


def test_cues_come_worst_first_and_those_outside_the_goal_are_marked(run: Run, few: Path) -> None:
    lines = run("corpus", "check", few).out.partition("Cues: ")[2].partition("\n\n")[0].splitlines()[2:]
    aucs = [float(line[10:16]) for line in lines]
    assert len(aucs) > 40
    far = [abs(auc - 0.5) for auc in aucs]
    assert all(left >= right - 0.011 for left, right in pairwise(far))
    marked = [line.startswith("OUTSIDE") for line in lines]
    assert marked == sorted(marked, reverse=True)
    assert all(auc <= 0.355 or auc >= 0.645 for auc, outside in zip(aucs, marked, strict=True) if outside)


def test_the_shipped_corpus_has_no_problem(run: Run) -> None:
    ended = run("corpus", "check")
    assert (ended.code, ended.out.splitlines()[-1].partition("; ")[2].partition(",")[0]) == (0, "problems: 0")


BROKEN: list[tuple[str, list[dict[str, Any]], list[str]]] = [
    ("span", [row(flags=[mark(start=0, end=19)])], ["a.jsonl:2: flag 'document-retention': the text from 0 to 19"]),
    ("label", [row(label="fraud"), row(id="x", label="risk")], ["a.jsonl:2: label: ", "a.jsonl:3: label: "]),
    ("id", [row(), row(text=LONG, flags=[])], ["a.jsonl:3: id 'a1-1' is used twice, first in "]),
    ("polarity", [row(flags=[mark(polarity="protective")])], ["a.jsonl:2: flag 'document-retention': its polarity is"]),
    ("duplicate", [row(), row(id="x", text=AD.upper(), flags=[])], ["a.jsonl:3: the same text as "]),
    ("near-duplicate", [row(text=LONG, flags=[]), row(id="x", text=f"Info {LONG}", group="b/x", flags=[])],
     ["a.jsonl:3: nearly the same text ("]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "told"), [c[1:] for c in BROKEN], ids=[c[0] for c in BROKEN])
def test_every_problem_is_named_and_the_exit_code_is_1(
    run: Run, tmp_path: Path, rows: list[dict[str, Any]], told: list[str]
) -> None:
    ended = run("corpus", "check", write(tmp_path / "a.jsonl", *rows))
    problems = ended.out.partition("\nProblems (")[2]
    assert ended.code == 1
    assert [reason for reason in told if f"{tmp_path}/{reason}" not in problems] == []
    assert problems.startswith(f"{len(told)})")


def test_warnings_fail_only_when_asked_to(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", row(), row(id="x", text="Kasir toko roti", flags=[], label="ordinary"))
    lenient, strict = run("corpus", "check", path), run("corpus", "check", path, "--strict")
    assert (lenient.code, strict.code) == (0, 1)
    assert "label 'follow_up' is in 1 group" in lenient.out


def test_nothing_to_check_is_a_problem(run: Run, tmp_path: Path) -> None:
    ended = run("corpus", "check", tmp_path)
    assert ended.code == 1
    assert "there is no .jsonl or .csv file with examples here" in ended.out


def test_a_table_of_ones_own_is_checked_with_what_was_filled_in(run: Run, tmp_path: Path) -> None:
    rows = "".join(f'"{LONG} nomor {n}",{n % 2}\n' for n in range(4))
    (tmp_path / "own.csv").write_text(f"text,label\n{rows}", encoding="utf-8")
    ended = run("corpus", "check", tmp_path / "own.csv")
    assert "4 of 4 rows name no group" in ended.out
    assert "not a stranger" in ended.out


def test_hostile_text_steers_no_terminal(run: Run, tmp_path: Path) -> None:
    hostile = "\x1b]0;owned\x07\x1b[2J\u202e"
    ended = run("corpus", "check", write(tmp_path / "a.jsonl", row(label=hostile), row(kind=hostile, id=hostile)))
    assert ended.code == 1
    assert all(c == "\n" or c.isprintable() for c in ended.out)
