"""The catalogue of indicators is complete, and a broken one is refused."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from screener.detect import Detector
from screener.detect.indicators import load_indicators, load_laws
from screener.errors import RuleError
from screener.records import Indicator, Polarity

LAW = """[law.immigration]
reference = "UU 6/2011"
article = "Pasal 130"
content = "keeping the travel document of another"
certainty = "medium"
checked_on = "2026-02-10"
source = "text of the act"
"""
INDICATOR = """[indicator.document-retention]
title = "Papers kept"
explanation = "Someone else keeps the papers of the worker."
severity = 3
keys = ["ILO F7"]
laws = ["immigration"]
"""


def load(folder: Path, laws: str, indicators: str) -> Mapping[str, Indicator]:
    (folder / "law.toml").write_bytes(laws.encode("utf-8", "surrogateescape"))
    (folder / "mine.toml").write_bytes(indicators.encode("utf-8", "surrogateescape"))
    return load_indicators(folder / "mine.toml", load_laws(folder / "law.toml"))


def test_an_indicator_carries_its_law_in_full(tmp_path: Path) -> None:
    indicator = load(tmp_path, LAW, INDICATOR)["document-retention"]
    assert (indicator.severity, indicator.polarity, indicator.authority.keys) == (3, Polarity.RISK, ("ILO F7",))
    assert [(law.reference, law.article) for law in indicator.authority.laws] == [("UU 6/2011", "Pasal 130")]


BROKEN = [
    ("unknown law", LAW, INDICATOR.replace('"immigration"', '"nope"'), "mine.toml: .*there is no law 'nope'"),
    ("severity out of range", LAW, INDICATOR.replace("= 3", "= 4"), "mine.toml: document-retention.severity"),
    ("short explanation", LAW, INDICATOR.replace("Someone else keeps the papers of the worker.", "no"), "explanation"),
    ("unknown key", LAW, INDICATOR + "weight = 1\n", "mine.toml: document-retention.weight"),
    ("unknown certainty", LAW.replace("medium", "sure"), INDICATOR, "law.toml: immigration.certainty"),
    ("no date of checking", LAW.replace("2026-02-10", "last year"), INDICATOR, "law.toml: immigration.checked_on"),
    ("no source of a law", LAW.replace("source", "seen"), INDICATOR, "law.toml: immigration.source"),
    ("no indicators", LAW, "", "mine.toml: there is no .*indicator"),
    ("no laws", "", INDICATOR, "law.toml: there is no .*law"),
    ("no toml", LAW, "[law", "mine.toml: "),
    ("no text", LAW, "\udcff", "mine.toml: "),
]


@pytest.mark.parametrize(("laws", "written", "reason"), [c[1:] for c in BROKEN], ids=[c[0] for c in BROKEN])
def test_a_broken_catalogue_is_refused_with_file_and_reason(
    tmp_path: Path, laws: str, written: str, reason: str
) -> None:
    with pytest.raises(RuleError, match=reason):
        load(tmp_path, laws, written)


def test_every_shipped_indicator_of_risk_names_the_authority_it_rests_on(detector: Detector) -> None:
    risks = [i for i in detector.indicators.values() if i.polarity is Polarity.RISK]
    assert [i.key for i in risks if i.severity == 3 and not i.authority.keys and not i.authority.laws] == []
    assert len({i.title for i in detector.indicators.values()}) == len(detector.indicators)
