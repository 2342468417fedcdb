"""Places and bans are read from dated files; a row that does not fit is refused by name."""

from pathlib import Path

import pytest

import screener.detect
from screener.detect.gazetteer import Gazetteer, form_key, load_gazetteer
from screener.errors import RuleError

DATA = Path(screener.detect.__file__).parent / "data"
QATAR = '[[place]]\niso = "QA"\nname = "Qatar"\nwords = ["qatar"]\ncued = ["gulf side"]\nsource = "own"\n'
HOME = '[[home]]\nname = "Tegal"\nprovince = "Jawa Tengah"\nwords = ["tegal"]\nsource = "own"\n'
BAN = """[[moratorium]]
iso = "QA"
name = "Qatar"
family = "household"
since = 2015-07-01
law = "decree"
certainty = "high"
source = "own"
"""


def gazetteer(folder: Path, places: str = QATAR + HOME, bans: str = BAN) -> Gazetteer:
    (folder / "places.toml").write_text(places, encoding="utf-8")
    (folder / "moratorium.toml").write_text(bans, encoding="utf-8")
    return load_gazetteer(folder)


def test_a_name_leads_to_its_country_and_at_home_to_its_place(tmp_path: Path) -> None:
    names = gazetteer(tmp_path).by_form()
    assert {key: names[key].value for key in ("qatar", "flagqa", "gulf side", "tegal")} == {
        "qatar": "QA",
        "flagqa": "QA",
        "gulf side": "QA",
        "tegal": "ID: Tegal",
    }


def test_a_name_is_looked_up_by_its_tokens() -> None:
    assert form_key("O'Smach") == "o ' smach"


def test_a_ban_that_has_ended_is_history(tmp_path: Path) -> None:
    assert gazetteer(tmp_path).bans("QA")
    assert gazetteer(tmp_path, bans=BAN + "until = 2026-01-01\n").bans("QA") == ()


BROKEN = [
    ("no words", QATAR.replace('["qatar"]', "[]") + HOME, BAN, "places.toml: 0.words"),
    ("no source", QATAR.replace("source", "seen") + HOME, BAN, "places.toml: 0.source"),
    ("no code", QATAR.replace('"QA"', '"qat"') + HOME, BAN, "places.toml: 0.iso"),
    ("no countries", HOME, BAN, "places.toml: there is no .*place"),
    ("no place at home", QATAR, BAN, "places.toml: there is no .*home"),
    ("a name of two places", QATAR + HOME + HOME.replace('"Tegal"', '"Slawi"'), BAN, "Slawi: the name 'tegal' belongs"),
    ("a ban on an unknown country", QATAR + HOME, BAN.replace('"QA"', '"OM"'), "moratorium.toml: OM household"),
    ("a ban stands twice", QATAR + HOME, BAN + BAN, "moratorium.toml: QA household"),
    ("no date of a ban", QATAR + HOME, BAN.replace("2015-07-01", '"long ago"'), "moratorium.toml: 0.since"),
]


@pytest.mark.parametrize(("places", "bans", "reason"), [c[1:] for c in BROKEN], ids=[c[0] for c in BROKEN])
def test_rows_that_do_not_fit_are_refused_with_file_and_reason(
    tmp_path: Path, places: str, bans: str, reason: str
) -> None:
    with pytest.raises(RuleError, match=reason):
        gazetteer(tmp_path, places, bans)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"places\.toml"):
        load_gazetteer(tmp_path)


def test_the_decree_closes_nineteen_countries_to_household_work() -> None:
    shipped = load_gazetteer(DATA)
    closed = {iso for iso, family in shipped.moratoria if family == "household"}
    assert len(closed) == 19
    assert {"TR", "IR", "PK", "IL", "CY"}.isdisjoint(closed)
    assert "Reopening" in shipped.moratoria["SA", "household"].note


def test_all_provinces_are_known() -> None:
    rows = (DATA / "places.toml").read_text(encoding="utf-8")
    assert rows.count("official list of 38 provinces") == 38
