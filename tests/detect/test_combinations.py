"""Combinations: what must be there together, what they do to flags, and a quote for every part."""

from pathlib import Path

import pytest

from screener.detect import Detector, load_detector
from screener.detect.combinations import combined, load_combinations
from screener.errors import RuleError
from screener.records import Fact, FactKind, Flag, Kind, Polarity, Span
from tests.factory import document

ROW = """
[[combination]]
key = "both"
title = "Both"
explanation = "Two signs that only together say something."
effect = "{effect}"
about = "upfront-fee"
severity = 3
all = [["upfront-fee", "cash-lure"], ["fact:destination"]]
none = ["licensed-p3mi"]
source = "a table of this test"
"""


@pytest.fixture(scope="module")
def detector() -> Detector:
    return load_detector()


def flag(indicator: str, start: int = 0) -> Flag:
    return Flag(
        indicator=indicator,
        severity=2,
        rule=f"{indicator}/x",
        span=Span(start=start, end=start + 3),
        quote=f"word of {indicator}",
        polarity=Polarity.RISK,
    )


FACT = Fact(kind=FactKind.DESTINATION, value="KH", span=Span(start=20, end=27), quote="Kamboja")


def write(folder: Path, text: str) -> Path:
    path = folder / "combinations.toml"
    path.write_text(text, encoding="utf-8")
    return path


HOLDS = [
    ("every part is there", [flag("upfront-fee")], [FACT], True),
    ("one of several will do", [flag("cash-lure")], [FACT], True),
    ("a part is missing", [flag("upfront-fee")], [], False),
    ("what bars it is there", [flag("upfront-fee"), flag("licensed-p3mi")], [FACT], False),
    ("nothing at all", [], [], False),
]


@pytest.mark.parametrize(("flags", "facts", "holds"), [c[1:] for c in HOLDS], ids=[c[0] for c in HOLDS])
def test_a_combination_needs_all_its_parts(tmp_path: Path, flags: list[Flag], facts: list[Fact], holds: bool) -> None:
    rules = load_combinations(
        write(tmp_path, ROW.format(effect="raises")), {"upfront-fee", "cash-lure", "licensed-p3mi"}
    )
    assert bool(combined(rules, flags, facts)[1]) is holds


EFFECTS = [("raises", [2, 2]), ("notes", [2, 2]), ("lowers", [1, 2]), ("cancels", [2])]


@pytest.mark.parametrize(("effect", "severities"), EFFECTS, ids=[e[0] for e in EFFECTS])
def test_the_effect_is_on_the_flags_it_is_about(tmp_path: Path, effect: str, severities: list[int]) -> None:
    rules = load_combinations(write(tmp_path, ROW.format(effect=effect)), {"upfront-fee", "cash-lure", "licensed-p3mi"})
    left, _ = combined(rules, [flag("upfront-fee"), flag("cash-lure", 5)], [FACT])
    assert [one.severity for one in left] == severities


def test_every_part_is_quoted(tmp_path: Path) -> None:
    rules = load_combinations(
        write(tmp_path, ROW.format(effect="raises")), {"upfront-fee", "cash-lure", "licensed-p3mi"}
    )
    _, (found,) = combined(rules, [flag("cash-lure", 9)], [FACT])
    assert [(part.of, part.quote) for part in found.parts] == [
        ("cash-lure", "word of cash-lure"),
        ("fact:destination", "Kamboja"),
    ]


BROKEN = [
    ("unknown indicator", ROW.replace("cash-lure", "cash-lur"), "'both'.*'cash-lur'"),
    ("unknown fact", ROW.replace("fact:destination", "fact:moon"), "'fact:moon'"),
    ("unknown effect", ROW.replace("{effect}", "doubles"), "effect"),
    ("no source", ROW.replace('source = "a table of this test"', ""), "source"),
    ("another key", ROW + "weight = 2\n", "weight"),
    ("no TOML", "[[combination", "combinations.toml"),
]


@pytest.mark.parametrize(("text", "said"), [c[1:] for c in BROKEN], ids=[c[0] for c in BROKEN])
def test_a_file_that_does_not_fit_is_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RuleError, match=said):
        load_combinations(
            write(tmp_path, text.replace("{effect}", "raises")), {"upfront-fee", "cash-lure", "licensed-p3mi"}
        )


TEXTS = [
    (
        "scam-compound-lure",
        "Open job Poipet, admin kerja santai di ruangan AC, tanpa ijazah tanpa pengalaman bisa, tiket visa mess gratis",
    ),
    ("irregular-placement", "Butuh 5 orang kerja pelayan restoran di Dubai, masuk pakai visa turis dulu, nanti diurus"),
    ("coercion-announced", "Kerja ART Malaysia, biaya keberangkatan potong gaji 7 bulan, paspor dipegang majikan"),
]


@pytest.mark.parametrize(("key", "text"), TEXTS, ids=[t[0] for t in TEXTS])
def test_the_shipped_combinations_hold_in_ads_of_their_kind(detector: Detector, key: str, text: str) -> None:
    reading = detector.read(document(text=text, title=""), Kind.AD)
    assert key in {one.key for one in reading.combinations}
    for one in reading.combinations:
        assert all(text[part.span.start : part.span.end] == part.quote for part in one.parts)
