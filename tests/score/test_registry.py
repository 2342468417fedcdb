"""DEFAULT and the history: one change after another, whole at any instant, and always a way back."""

import json
import multiprocessing
import os
import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from screener.errors import ModelError, SettingsError
from screener.score.registry import (
    DEFAULT,
    HISTORY,
    Change,
    default_folder,
    default_version,
    ever_in_use,
    history,
    model_folder,
    switch,
    trail,
    versions,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
KILLS = 12


def change(before: str | None, after: str, number: int = 0, *, back: bool = False) -> Change:
    event = "rollback" if back else "promote"
    return Change.model_validate(
        {"time": NOW + timedelta(days=number), "event": event, "from": before, "to": after, "figures": {"ap": 0.9}}
    )


def put(models: Path, *names: str) -> None:
    for name in names:
        (models / name).mkdir()
        (models / name / "manifest.json").write_text("{}")


def test_a_change_is_in_effect_and_written_down(tmp_path: Path) -> None:
    first = Change(
        time=NOW, event="promote", before=None, after="a", override="a trial\u2028of ours", figures={"ap": 1}
    )
    switch(tmp_path, first)
    switch(tmp_path, change("a", "b"))
    assert (tmp_path / DEFAULT).read_text() == "b\n"
    assert history(tmp_path) == (first, change("a", "b"))
    header, *lines = (tmp_path / HISTORY).read_text(encoding="utf-8").rstrip("\n").split("\n")
    assert json.loads(header) == {"format_version": 1}
    assert [(json.loads(line)["from"], json.loads(line)["to"]) for line in lines] == [(None, "a"), ("a", "b")]
    assert sorted(path.name for path in tmp_path.iterdir()) == [DEFAULT, HISTORY]


def test_a_change_from_a_model_that_is_no_longer_in_use_is_refused(tmp_path: Path) -> None:
    switch(tmp_path, change(None, "a"))
    with pytest.raises(ModelError, match="changed by another process"):
        switch(tmp_path, change(None, "b"))
    assert default_version(tmp_path) == "a"
    assert len(history(tmp_path)) == 1


TRAILS: list[tuple[str, list[Change], str, list[str]]] = [
    ("nothing", [], "a", []),
    ("one", [change("a", "b")], "b", ["a", "b"]),
    ("two", [change("a", "b"), change("b", "c")], "c", ["a", "b", "c"]),
    ("one of two taken back", [change("a", "b"), change("b", "c"), change("c", "b", back=True)], "b", ["a", "b"]),
    ("both taken back", [change("a", "b"), change("b", "a", back=True)], "a", ["a"]),
    ("killed before it took effect", [change("a", "b"), change("b", "c")], "b", ["a", "b"]),
    ("killed, then another", [change("a", "b"), change("b", "c"), change("b", "d")], "d", ["a", "b", "d"]),
    ("written by hand in between", [change("a", "b"), change("x", "c")], "c", ["x", "c"]),
]


@pytest.mark.parametrize(("changes", "default", "used"), [c[1:] for c in TRAILS], ids=[c[0] for c in TRAILS])
def test_the_trail_holds_what_was_in_use_without_what_was_taken_back(
    tmp_path: Path, changes: list[Change], default: str, used: list[str]
) -> None:
    lines = ['{"format_version": 1}', *(each.model_dump_json(by_alias=True) for each in changes)]
    (tmp_path / HISTORY).write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / DEFAULT).write_text(default + "\n")
    assert trail(tmp_path) == used


def test_models_that_were_in_use_come_the_last_first(tmp_path: Path) -> None:
    for number, (before, after) in enumerate([("a", "b"), ("b", "c"), ("c", "b"), ("b", "d")]):
        (tmp_path / DEFAULT).write_text(before)
        switch(tmp_path, change(before, after, number))
    assert ever_in_use(tmp_path) == ["d", "b", "c", "a"]


BAD_HISTORIES = [
    ("a later format", '{"format_version": 2}\n', r"HISTORY\.jsonl:1: this program reads format_version 1"),
    ("nothing", "", r"HISTORY\.jsonl cannot be read"),
    ("no JSON", "{", r"HISTORY\.jsonl cannot be read"),
    ("a torn line", '{"format_version": 1}\n{"time', r"HISTORY\.jsonl:2: "),
    ("a line of another kind", '{"format_version": 1}\n{"to": "a"}\n', r"HISTORY\.jsonl:2: "),
]


@pytest.mark.parametrize(("content", "told"), [c[1:] for c in BAD_HISTORIES], ids=[c[0] for c in BAD_HISTORIES])
def test_a_damaged_history_is_named_with_its_line_and_never_written_over(
    tmp_path: Path, content: str, told: str
) -> None:
    (tmp_path / HISTORY).write_text(content)
    with pytest.raises(ModelError, match=told):
        history(tmp_path)
    with pytest.raises(ModelError, match=told):
        switch(tmp_path, change(None, "a"))
    assert (tmp_path / HISTORY).read_text() == content
    assert not (tmp_path / DEFAULT).exists()


@pytest.mark.parametrize("content", ["", "../a", "/etc", "a b", ".staged-x", "\x00"])
def test_a_default_that_names_no_model_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / DEFAULT).write_text(content)
    with pytest.raises(
        ModelError, match=r"DEFAULT does not name a model: remove it, and choose one with `screener model promote`"
    ):
        default_folder(tmp_path)


def test_a_folder_without_default_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="make one with `screener train`"):
        default_folder(tmp_path)


def test_models_are_found_by_name_by_path_and_as_the_one_in_use(tmp_path: Path) -> None:
    put(tmp_path, "a", "b", ".staged-c")
    (tmp_path / "empty").mkdir()
    (tmp_path / DEFAULT).write_text("b\n")
    assert versions(tmp_path) == ["a", "b"]
    assert model_folder(tmp_path, None) == model_folder(tmp_path, "b") == tmp_path / "b"
    assert model_folder(Path("/nowhere"), str(tmp_path / "a")) == tmp_path / "a"
    with pytest.raises(SettingsError, match=r"no model empty in .*; there are: a, b"):
        model_folder(tmp_path, "empty")


def switch_for_ever(models: Path) -> None:
    while True:
        before = default_version(models)
        switch(models, change(before, "b" if before == "a" else "a"))


def test_a_killed_process_leaves_default_and_history_whole(tmp_path: Path) -> None:
    switch(tmp_path, change(None, "a"))
    forks = multiprocessing.get_context("fork")
    counts = []
    for number in range(KILLS):
        child = forks.Process(target=switch_for_ever, args=(tmp_path,))
        child.start()
        time.sleep(0.02 + 0.003 * number)
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        assert (tmp_path / DEFAULT).read_text() in {"a\n", "b\n"}
        counts.append(len(history(tmp_path)))
        assert trail(tmp_path)[-1] == default_version(tmp_path)
    assert counts == sorted(counts)
    assert counts[-1] > KILLS
