"""Settings: each mistake is named with its key, what was found and what is allowed."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from screener.errors import SettingsError
from screener.settings import Settings, load_settings

SOURCE = '[[source]]\nname = "board"\nkind = "listing"\nseeds = ["http://board.test/"]\n'

MISTAKES = {
    "an unknown table": ("[skan]\n" + SOURCE, ["skan", "did you mean 'scan'"]),
    "an unknown key": ('[scan]\ndatta = "x"\n' + SOURCE, ["scan.datta", "did you mean 'data'"]),
    "a key like no other": ("[scan]\nzzz = 1\n" + SOURCE, ["scan.zzz", "contact, data, workers"]),
    "an unknown key of a source": (SOURCE + "delay = 1\n", ["source.1.delay", "delay_seconds"]),
    "an unknown selector": (SOURCE + 'selectors = { link = "a" }\n', ["source.1.selectors.link", "'links'"]),
    "a wrong type": ('[scan]\nworkers = "many"\n' + SOURCE, ["scan.workers", "'many'", "integer"]),
    "a value for a table": ("scan = 3\n" + SOURCE, ["scan", "3", "dictionary"]),
    "too many workers": ("[scan]\nworkers = 9\n" + SOURCE, ["scan.workers", "9", "less than or equal to 8"]),
    "no share": ("[report]\nprevalence = 1.5\n" + SOURCE, ["report.prevalence", "1.5", "less than 1"]),
    "not a number": ("[thresholds]\nalert = nan\n" + SOURCE, ["thresholds.alert", "nan", "less than 1"]),
    "a negative delay": (SOURCE + "delay_seconds = -1\n", ["source.1.delay_seconds", "-1", "0"]),
    "a limit out of range": ("[limits]\nredirects = 99\n" + SOURCE, ["limits.redirects", "99", "10"]),
    "an unknown kind": (SOURCE.replace("listing", "webpage"), ["source.1.kind", "'webpage'", "'feed'"]),
    "a name for a path": (SOURCE.replace("board", "../board", 1), ["source.1.name", "'../board'", "text of the form"]),
    "no seeds": (SOURCE.replace('"http://board.test/"', ""), ["source.1.seeds", "[]", "at least 1"]),
    "no source": ("", ["source", "is missing"]),
    "a source without a kind": (SOURCE.replace('kind = "listing"\n', ""), ["source.1.kind", "is missing"]),
    "a name used twice": (SOURCE + SOURCE, ["source.name", "'board'", "differ"]),
    "a seed used twice": (SOURCE + SOURCE.replace('"board"', '"other"'), ["source.seeds", "'http://board.test/'"]),
    "review above alert": ("[thresholds]\nalert = 0.3\nreview = 0.5\n" + SOURCE, ["thresholds.review", "0.5", "0.3"]),
    "a route to nowhere": ('[network]\nroutes = { "a.test:80" = "x" }\n' + SOURCE, ["network.routes.a.test:80", "'x'"]),
    "an address without port": ('[network]\nallow = ["10.0.0.1"]\n' + SOURCE, ["network.allow.1", "'10.0.0.1'"]),
    "no TOML": ("[scan\n", ["cannot be read as TOML", "line 1"]),
}


def settings(folder: Path, text: str, environment: Mapping[str, str] | None = None) -> Settings:
    path = folder / "screener.toml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path, environment or {})


@pytest.mark.parametrize(("text", "told"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_named_with_key_found_and_allowed(tmp_path: Path, text: str, told: list[str]) -> None:
    with pytest.raises(SettingsError) as caught:
        settings(tmp_path, text)
    message = str(caught.value)
    assert str(tmp_path / "screener.toml") in message
    assert [part for part in told if part not in message] == []


def test_each_mistake_has_a_line_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        settings(tmp_path, "[scan]\nworkers = 0\ncolour = 1\n" + SOURCE)
    assert len(str(caught.value).splitlines()) == 2


def test_a_missing_file_is_told_with_the_option_that_names_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.toml: there is no such file; name one with --config"):
        load_settings(tmp_path / "none.toml", {})


def test_a_file_of_other_bytes_is_told(tmp_path: Path) -> None:
    path = tmp_path / "screener.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="cannot be read as TOML"):
        load_settings(path, {})


def test_the_environment_stands_before_the_file(tmp_path: Path) -> None:
    text = '[scan]\ndata = "kept"\ncontact = "a@file.test"\n[report]\nfolder = "shown"\n' + SOURCE
    environment = {
        "SCREENER_DATA": str(tmp_path / "elsewhere"),
        "SCREENER_REPORT": "told",
        "SCREENER_CONTACT": "b@environment.test",
        "SCREENER_MODEL": str(tmp_path / "model"),
    }
    read = settings(tmp_path, text, environment)
    assert (read.data, read.contact) == (tmp_path / "elsewhere", "b@environment.test")
    assert (read.report_folder, read.model_folder) == (tmp_path / "told", tmp_path / "model")


def test_an_empty_variable_changes_nothing(tmp_path: Path) -> None:
    read = settings(tmp_path, '[scan]\ndata = "kept"\n' + SOURCE, {"SCREENER_DATA": "", "SCREENER_MODEL": ""})
    assert (read.data, read.model_folder) == (tmp_path / "kept", None)


def test_a_variable_for_a_table_that_is_none_leaves_the_mistake_to_be_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="scan: found 3"):
        settings(tmp_path, "scan = 3\n" + SOURCE, {"SCREENER_DATA": "x"})


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    text = '[rules]\nfolders = ["rules"]\n[sample_site]\nfolder = "site"\n[[source]]\nname = "files"\nkind = "file"\n'
    read = settings(tmp_path, text + 'seeds = ["in.jsonl", "/srv/in.csv"]\n')
    assert (read.data, read.report_folder) == (tmp_path / "data", tmp_path / "report")
    assert (read.rule_folders, read.sample_site) == ((tmp_path / "rules",), tmp_path / "site")
    assert read.sources[0].seeds == (str(tmp_path / "in.jsonl"), "/srv/in.csv")


CHANGES = {
    "another seed": (SOURCE.replace("board.test", "other.test"), False),
    "another threshold": ("[thresholds]\nalert = 0.9\n" + SOURCE, False),
    "another limit": ("[limits]\nretries = 0\n" + SOURCE, False),
    "another report folder": ('[report]\nfolder = "elsewhere"\n' + SOURCE, True),
    "other workers": ("[scan]\nworkers = 2\n" + SOURCE, True),
    "a comment": ("# daily\n" + SOURCE, True),
}


@pytest.mark.parametrize(("text", "same"), CHANGES.values(), ids=CHANGES.keys())
def test_the_digest_changes_with_what_is_collected(tmp_path: Path, text: str, same: bool) -> None:
    before = settings(tmp_path, SOURCE).digest
    assert (settings(tmp_path, text).digest == before) is same
