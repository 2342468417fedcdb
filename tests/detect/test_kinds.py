"""What a text is, and where the work would be, follow from weighted cues."""

import tomllib
from pathlib import Path

import pytest

import screener.detect
from screener.detect import Detector
from screener.detect.gazetteer import load_gazetteer
from screener.detect.kinds import kind_of, load_kinds, scope_of
from screener.detect.lexicon import load_lexicon
from screener.detect.terms import Hit, Terms
from screener.errors import RuleError
from screener.records import Document, Kind, Scope
from screener.text import fold

HERE = Path(screener.detect.__file__).parent
CUES = """[ad]
base = 0.5
concepts = { offer = 1.0 }
[news]
concepts = { police = 1.0 }
patterns = { 'JAKARTA' = 2.0 }
"""
ENGINE = {"overseas-cue", "home-cue", "negator", "clause-break", "warning-cue", "reported-speech"}


def terms(**counts: int) -> Terms:
    hits = {name.replace("_", "-"): [Hit(start=i, end=i + 1) for i in range(n)] for name, n in counts.items()}
    return Terms(folded=fold(""), starts=(), ends=(), hits=hits)


WEIGHED = [
    ("nothing said: the base", terms(), "", Kind.AD),
    ("one cue of each: the base decides", terms(offer=1, police=1), "", Kind.AD),
    ("more cues", terms(police=1), "", Kind.NEWS),
    ("a pattern over the original", terms(offer=1), "JAKARTA - x", Kind.NEWS),
    ("a pattern counts capitals", terms(offer=1), "jakarta - x", Kind.AD),
    ("a cue counts three times at most", terms(offer=9, police=3), "JAKARTA", Kind.NEWS),
]


@pytest.mark.parametrize(("read", "original", "kind"), [c[1:] for c in WEIGHED], ids=[c[0] for c in WEIGHED])
def test_the_kind_with_the_most_weight_wins(tmp_path: Path, read: Terms, original: str, kind: Kind) -> None:
    (tmp_path / "kinds.toml").write_text(CUES, encoding="utf-8")
    assert kind_of(read, original, load_kinds(tmp_path / "kinds.toml")) is kind


SCOPES = [
    ("a foreign place", "Dicari penjaga toko di Taiwan", Scope.OVERSEAS),
    ("a cue of going abroad", "Lowongan kerja luar negeri, wawancara besok", Scope.OVERSEAS),
    ("home and abroad", "Kumpul di Surabaya dan Malang, kerja di Taiwan", Scope.OVERSEAS),
    ("home", "Dicari penjaga toko di Surabaya", Scope.DOMESTIC),
    ("home, abroad denied", "Dicari penjaga toko di Surabaya, lokal, bukan ke luar negeri ya", Scope.DOMESTIC),
    ("abroad denied in one place and offered in another", "Bukan ke Taiwan. Berangkat ke Dubai.", Scope.OVERSEAS),
    ("neither", "Dicari penjaga toko", Scope.UNKNOWN),
]


@pytest.mark.parametrize(("text", "scope"), [c[1:] for c in SCOPES], ids=[c[0] for c in SCOPES])
def test_abroad_outweighs_home_unless_it_is_denied(detector: Detector, text: str, scope: Scope) -> None:
    assert scope_of(detector.view(Document(id="x", url="", text=text, title="")).fields) is scope


BROKEN = [
    ("unknown kind", "[advert]\nbase = 1.0\n"),
    ("unknown key", "[ad]\nbasis = 1.0\n"),
    ("wrong type", '[ad]\nbase = "much"\n'),
    ("broken expression", "[ad]\npatterns = { '(' = 1.0 }\n"),
    ("no toml", "[ad"),
]


@pytest.mark.parametrize("written", [c[1] for c in BROKEN], ids=[c[0] for c in BROKEN])
def test_broken_cues_are_refused_with_the_file(tmp_path: Path, written: str) -> None:
    (tmp_path / "kinds.toml").write_text(written, encoding="utf-8")
    with pytest.raises(RuleError, match=r"kinds\.toml: "):
        load_kinds(tmp_path / "kinds.toml")


def test_the_shipped_cues_name_concepts_that_exist() -> None:
    cues = tomllib.loads((HERE / "kinds.toml").read_text(encoding="utf-8"))
    named = {concept for kind in cues.values() for concept in kind.get("concepts", {})}
    known = load_lexicon(HERE / "concepts", load_gazetteer(HERE / "data")).concepts
    assert sorted((named | ENGINE) - known) == []
    # Testimonies are told by learning only.
    assert set(cues) == {kind.value for kind in Kind} - {Kind.TESTIMONY.value}


def test_a_title_counts_for_the_kind(detector: Detector) -> None:
    title = detector.terms("Lowongan kerja perawat Jepang, minat WA")
    assert kind_of(title, "", load_kinds(HERE / "kinds.toml")) is Kind.AD
