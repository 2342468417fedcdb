"""Expressions of analysts: found in the plain text, in whole words, in linear time, or refused with a reason."""

import time
from pathlib import Path

import pytest

from screener.detect import Detector
from screener.detect.patterns import PatternFinder, concept_of, fault
from screener.text import LENGTH_MAX
from tests.factory import document

FAULTS = [
    ("looks ahead", "uang(?=muka)", "looks ahead"),
    ("must not follow", "uang(?!muka)", "use `unless`"),
    ("looks behind", "(?<=uang )muka", "looks behind"),
    ("refers back", r"(\d+) \1", "reference back to a group"),
    ("refers back by name", "(?P=a)", "refers back"),
    ("unclosed", "uang (muka", "missing )"),
    ("no class", "[z-a]", "invalid character class range"),
    ("too many repetitions", "a{3000}", "invalid repetition size"),
    ("too large", ".{1,900}x", "steps, allowed are 2000"),
    ("too long", "a" * 2001, "2001 characters"),
    ("matches nothing", "x*", "even where there is no text"),
    ("accents", "visé", "there it is 'e'"),
    ("flags", "kerja 🇰🇭", "flag.."),
    ("other letters", "раspor", "there it is 'p'"),
    ("quoting", r"\Quang", r"\Q, which is not allowed"),
    ("half a character", "\udcff", "never stands"),
]
FOUND = [
    ("as it stands", "uang kopi", "siapkan uang kopi", ["uang kopi"]),
    ("case does not count", "Uang KOPI", "UANG kopi", ["UANG kopi"]),
    ("accents and look-alikes are plain", "kopi", "kоpí", ["kоpí"]),
    ("a disguised word is plain", "paspor kamu", "p4spor kamu", ["p4spor kamu"]),
    ("a part of a word is the whole word", "opi", "uang kopinya", ["kopinya"]),
    ("blanks are no words", r"\s+", "uang kopi", []),
    ("twice", r"kode \d", "kode 1, kode 2", ["kode 1", "kode 2"]),
    ("a line is the end", "uang.kopi", "uang\nkopi", []),
    ("emoji before it move nothing", "kopi", "☕☕ 𝐤𝐨𝐩𝐢 gratis", ["𝐤𝐨𝐩𝐢"]),
]


@pytest.mark.parametrize(("pattern", "told"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS])
def test_a_pattern_that_cannot_be_used_is_told_why(pattern: str, told: str) -> None:
    assert told in fault(pattern)


@pytest.mark.parametrize(("pattern", "text", "quotes"), [c[1:] for c in FOUND], ids=[c[0] for c in FOUND])
def test_a_pattern_is_found_in_whole_words_of_the_original(
    detector: Detector, pattern: str, text: str, quotes: list[str]
) -> None:
    assert not fault(pattern)
    terms = PatternFinder([pattern]).added(detector.terms(text))
    hits = terms.hits.get(concept_of(pattern), ())
    spans = [terms.folded.span(terms.starts[hit.start], terms.ends[hit.end - 1]) for hit in hits]
    assert [text[span.start : span.end] for span in spans] == quotes


def test_many_patterns_find_what_each_finds_alone(detector: Detector) -> None:
    patterns = [rf"kata{number}\b|sandi{number}\b" for number in range(300)]
    terms = PatternFinder(patterns).added(detector.terms("sandi7 lalu kata299"))
    found = [pattern for pattern in patterns if concept_of(pattern) in terms.hits]
    assert found == [patterns[7], patterns[299]]


def own(folder: Path, settings: str, detector: Detector) -> Detector:
    rule = f'[[rule]]\nname = "secrecy/own"\nindicator = "secrecy"\nhits = ["-"]\n{settings}\n'
    (folder / "own.toml").write_text(rule, encoding="utf-8")
    made = detector.with_rules([folder])
    assert made.refusals == ()
    return made


PAIR = "find = ['passport']\npattern = 'sandi'"
RAISED = [
    ("alone", "pattern = 'sandi \\w+'", "Loker Jepang, sandi merah, WA 0812-0000-0001", ["sandi merah"]),
    ("negated", "pattern = 'sandi \\w+'", "Loker Jepang, tanpa sandi merah, WA 0812-0000-0001", []),
    ("with a concept", PAIR, "Loker Jepang, paspor pakai sandi", ["paspor pakai sandi"]),
    ("without the concept", PAIR, "Loker Jepang, ijazah pakai sandi", []),
    ("too far", PAIR + "\nwithin = 1", "Loker Jepang, paspor a b c sandi", []),
    ("silenced", "pattern = 'sandi'\nunless = ['passport']", "Loker Jepang, sandi di paspor", []),
    ("two of them", "pattern = ['sandi', 'buat \\w+']", "Loker Jepang, sandi buat masuk", ["sandi buat masuk"]),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "text", "quotes"), [c[1:] for c in RAISED], ids=[c[0] for c in RAISED])
def test_a_pattern_is_a_part_like_any_other(
    detector: Detector, tmp_path: Path, settings: str, text: str, quotes: list[str]
) -> None:
    flags = own(tmp_path, settings, detector).read(document(text=text, title="")).flags
    assert [flag.quote for flag in flags if flag.rule == "secrecy/own"] == quotes


HOSTILE = ["x", "ab ", "é", "1", "😀", "a\n"]
SLOW = ["a.*b|a", r"(?:.{0,30}a){5}zz", r"\w.{0,100}\W.{0,90}zzz", "(?:x?){400}x{400}", "x.*y|x", r"(\w+\s?)*!"]


@pytest.mark.parametrize("pattern", SLOW)
def test_the_worst_patterns_take_time_in_proportion_to_the_text(detector: Detector, pattern: str) -> None:
    assert not fault(pattern)
    finder = PatternFinder([pattern])
    for unit in HOSTILE:
        terms = detector.terms(unit * (LENGTH_MAX // len(unit)))
        begun = time.process_time()
        finder.added(terms)
        assert time.process_time() - begun < 2
