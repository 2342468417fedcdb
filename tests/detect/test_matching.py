"""Rules hold where their parts stand near enough, in order when asked, and unsilenced."""

from pathlib import Path

import pytest

from screener.detect.gazetteer import Gazetteer, Place
from screener.detect.lexicon import Lexicon, load_lexicon
from screener.detect.matching import Matching, by_scope
from screener.detect.rules import Rule, load_rules
from screener.detect.scope import Layout
from screener.detect.terms import TermFinder
from screener.records import Scope
from screener.text import fold

CONCEPTS = """
[paper]
words = ["paspor"]
[hold]
words = ["dipegang"]
[boss]
words = ["bos", "agen"]
[own]
words = ["sendiri"]
[lawful]
words = ["resmi"]
[negator]
words = ["tidak"]
[warning-cue]
words = ["waspada"]
[clause-break]
words = ["tetapi"]
[reported-speech]
words = ["katanya"]
"""
PLACES = Gazetteer(places=(Place(iso="KH", name="Kamboja", words=("Kamboja",)),), moratoria={})


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    folder = tmp_path_factory.mktemp("lexicon")
    (folder / "concepts").mkdir()
    (folder / "concepts" / "c.toml").write_text(CONCEPTS, encoding="utf-8")
    return load_lexicon(folder / "concepts", PLACES)


@pytest.fixture(scope="module")
def finder(lexicon: Lexicon) -> TermFinder:
    return TermFinder(lexicon)


def rule(folder: Path, settings: str, lexicon: Lexicon) -> Rule:
    (folder / "r.toml").write_text(f'[[rule]]\nname = "x/y"\nindicator = "x"\nhits = ["-"]\n{settings}\n', "utf-8")
    return load_rules([folder], {"x"}, lexicon.concepts)[0]


def quotes(applied: Rule, finder: TermFinder, text: str) -> list[str]:
    terms = finder.find(fold(text))
    matches = Matching(terms, Layout(terms)).matches([applied])
    return [terms.folded.text[terms.starts[m.first] : terms.ends[m.last - 1]] for m in matches]


PAIR = 'find = ["paper", "hold"]\n'
CASES = [
    ("side by side", PAIR, "paspor dipegang", ["paspor dipegang"]),
    ("the other way round", PAIR, "dipegang dulu paspor", ["dipegang dulu paspor"]),
    ("the other way round, in order", PAIR + "order = true", "dipegang dulu paspor", []),
    ("a part missing", PAIR, "paspor asli", []),
    ("as far as allowed", PAIR + "within = 2", "paspor a b dipegang", ["paspor a b dipegang"]),
    ("one token too far", PAIR + "within = 2", "paspor a b c dipegang", []),
    ("another sentence", PAIR, "paspor. dipegang", []),
    ("the whole text", PAIR + 'where = "text"', "paspor. lalu\n\ndipegang", ["paspor"]),
    ("either word", 'find = ["paper|boss", "hold"]', "agen dipegang", ["agen dipegang"]),
    ("twice", PAIR + "within = 1", "paspor dipegang ya paspor dipegang", ["paspor dipegang", "paspor dipegang"]),
    ("the nearest", PAIR, "paspor a dipegang b dipegang", ["paspor a dipegang"]),
    ("one hit is not two parts", 'find = ["paper", "paper"]', "paspor", []),
    ("negated", PAIR, "tidak paspor dipegang", []),
    ("negated between", PAIR, "paspor tidak dipegang", []),
    ("negated in another clause", PAIR, "tidak ribet, paspor dipegang", ["paspor dipegang"]),
    ("negated before a conjunction", PAIR, "tidak ribet tetapi paspor dipegang", ["paspor dipegang"]),
    ("negated too far before", PAIR, "tidak a b c d paspor dipegang", ["paspor dipegang"]),
    ("negation needed", PAIR + 'negated = "needed"', "paspor tidak dipegang", ["paspor tidak dipegang"]),
    ("negation needed and missing", PAIR + 'negated = "needed"', "paspor dipegang", []),
    ("negation the same", PAIR + 'negated = "same"', "tidak paspor dipegang", ["paspor dipegang"]),
    ("unless, same sentence", PAIR + 'unless = ["own"]', "paspor dipegang sendiri", []),
    ("unless, next sentence", PAIR + 'unless = ["own"]', "paspor dipegang. sendiri", ["paspor dipegang"]),
    ("unless anywhere", PAIR + 'unless_anywhere = ["lawful"]', "paspor dipegang.\n\nresmi", []),
    ("warned of", PAIR, "waspada paspor dipegang", []),
    ("warned of in a list", PAIR, "waspada:\n- paspor dipegang", []),
    ("quoted", PAIR, 'katanya "paspor dipegang bos"', []),
    ("quoted by nobody", PAIR, 'ada "paspor dipegang bos"', ["paspor dipegang"]),
]


@pytest.mark.parametrize(("settings", "text", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_rule_holds_where_it_should(  # noqa: PLR0913, PLR0917  three are columns of the table
    tmp_path: Path, lexicon: Lexicon, finder: TermFinder, settings: str, text: str, expected: list[str]
) -> None:
    assert quotes(rule(tmp_path, settings, lexicon), finder, text) == expected


def test_a_rule_counts_at_home_only_when_it_says_so(tmp_path: Path, lexicon: Lexicon, finder: TermFinder) -> None:
    away, home = rule(tmp_path, PAIR, lexicon), rule(tmp_path, PAIR + "at_home = true", lexicon)
    terms, index = finder.find(fold("paspor dipegang")), by_scope([away, home])
    assert {scope: index[scope].possible(terms) for scope in Scope} == {
        Scope.OVERSEAS: [away, home],
        Scope.UNKNOWN: [away, home],
        Scope.DOMESTIC: [home],
    }


def test_a_rule_is_tried_only_where_each_of_its_parts_is_said(
    tmp_path: Path, lexicon: Lexicon, finder: TermFinder
) -> None:
    index = by_scope([rule(tmp_path, PAIR, lexicon)])[Scope.OVERSEAS]
    assert [len(index.possible(finder.find(fold(t)))) for t in ("paspor", "dipegang", "dipegang. paspor")] == [0, 0, 1]
