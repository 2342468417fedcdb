"""Words, stems and places become forms; a data file that does not fit is refused by name."""

from pathlib import Path

import pytest

from screener.detect.gazetteer import Gazetteer, load_gazetteer
from screener.detect.lexicon import Lexicon, load_lexicon
from screener.errors import RuleError

HOME = '[[home]]\nname = "Bekasi"\nprovince = "Jawa Barat"\nwords = ["Bekasi"]\nsource = "own"\n'
PLACES = '[[place]]\niso = "KH"\nname = "Kamboja"\nwords = ["Kamboja"]\nhotspot = true\nsource = "own"\n' + HOME
SAUDI = '[[place]]\niso = "SA"\nname = "Saudi"\nwords = ["Riyadh"]\ncued = ["Arab"]\nsource = "own"\n' + HOME
BAN = """[[moratorium]]
iso = "SA"
name = "Saudi"
family = "household"
since = 2015-07-01
law = "decree"
certainty = "high"
source = "own"
"""


def lexicon(folder: Path, concepts: str, places: str = PLACES) -> Lexicon:
    (folder / "concepts").mkdir()
    (folder / "concepts" / "mine.toml").write_text(concepts, encoding="utf-8")
    (folder / "places.toml").write_text(places, encoding="utf-8")
    (folder / "moratorium.toml").write_text(BAN if '"SA"' in places else "moratorium = []", encoding="utf-8")
    return load_lexicon(folder / "concepts", load_gazetteer(folder))


def forms(of: Lexicon, concept: str) -> set[str]:
    return {form for form, concepts in of.forms.items() if concept in concepts}


def test_words_are_folded_and_stems_are_inflected(tmp_path: Path) -> None:
    made = lexicon(tmp_path, '[hold]\nwords = ["Pégang  PASPOR"]\nstems = ["tahan"]\n')
    assert {"pegang  paspor", "menahan", "ditahan"} <= forms(made, "hold")
    assert "pegang paspor" in made.words


def test_a_concept_has_the_forms_of_its_parts_without_what_it_excludes(tmp_path: Path) -> None:
    made = lexicon(
        tmp_path,
        '[all]\nhas = ["some"]\nnot_words = ["KTP"]\n[some]\nhas = ["few"]\nwords = ["ktp"]\n[few]\nwords = ["visa"]\n',
    )
    assert forms(made, "all") == {"visa"}
    assert forms(made, "some") == {"ktp", "visa"}


def test_one_form_may_stand_for_several_concepts(tmp_path: Path) -> None:
    made = lexicon(tmp_path, '[paper]\nwords = ["paspor"]\n[loss]\nwords = ["paspor", "\\u200b"]\n')
    assert made.forms["paspor"] == {"paper", "loss"}
    assert "" not in made.forms


THAI = '[[place]]\niso = "TH"\nname = "Thailand"\nwords = ["Thailand"]\nhotspot_words = ["Mae Sot"]\nsource = "own"\n'
PLACE_GROUPS = [
    ("hotspot", PLACES, "kamboja", {"overseas-place", "hotspot-place", "place-kh"}),
    ("flag emoji", PLACES, "flagkh", {"overseas-place", "hotspot-place", "place-kh"}),
    ("moratorium", SAUDI, "riyadh", {"overseas-place", "moratorium-place", "place-sa"}),
    ("an ordinary word", SAUDI, "arab", {"unsure-place"}),
    ("home", PLACES, "bekasi", {"home-place", "place-id"}),
    ("a hotspot inside a calm country", THAI + HOME, "mae sot", {"overseas-place", "hotspot-place", "place-th"}),
    ("the calm country of a hotspot", THAI + HOME, "thailand", {"overseas-place", "place-th"}),
]


@pytest.mark.parametrize(("places", "form", "groups"), [c[1:] for c in PLACE_GROUPS], ids=[c[0] for c in PLACE_GROUPS])
def test_a_place_counts_in_its_groups(tmp_path: Path, places: str, form: str, groups: set[str]) -> None:
    assert lexicon(tmp_path, "", places).forms[form] == groups


BROKEN = [
    ("cycle", '[a]\nhas = ["b"]\n[b]\nhas = ["a"]\n', PLACES, "contains itself"),
    ("itself", '[a]\nhas = ["a"]\n', PLACES, "concept 'a' names 'a'"),
    ("unknown part", '[a]\nhas = ["nope"]\n', PLACES, "concept 'a' names 'nope', which is unknown"),
    ("unknown key", '[a]\nword = ["x"]\n', PLACES, "mine.toml: "),
    ("wrong type", '[a]\nwords = "x"\n', PLACES, "mine.toml: "),
    ("no toml", "[a", PLACES, "mine.toml: "),
    ("taken by a place group", '[overseas-place]\nwords = ["x"]\n', PLACES, "'overseas-place' is defined twice"),
]


@pytest.mark.parametrize(("concepts", "places", "reason"), [c[1:] for c in BROKEN], ids=[c[0] for c in BROKEN])
def test_data_that_do_not_fit_are_refused_with_the_reason(
    tmp_path: Path, concepts: str, places: str, reason: str
) -> None:
    with pytest.raises(RuleError) as caught:
        lexicon(tmp_path, concepts, places)
    assert reason in str(caught.value)


def test_a_concept_in_two_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[x]\nwords = ["a"]\n', encoding="utf-8")
    (tmp_path / "b.toml").write_text('[x]\nwords = ["b"]\n', encoding="utf-8")
    nowhere = Gazetteer(places=(), moratoria={})
    with pytest.raises(RuleError, match=r"b\.toml: concept 'x' is defined twice"):
        load_lexicon(tmp_path, nowhere)
