"""The catalogue of indicators is complete, and a broken one is refused."""

from pathlib import Path

import pytest

from screener.detect import Detector
from screener.detect.indicators import load_indicators
from screener.errors import RuleError
from screener.records import Polarity

LAW = """[law.immigration]
reference = "UU 6/2011"
article = "Pasal 130"
content = "keeping the travel document of another"
certainty = "medium"
checked_on = "2026-02-10"
"""
INDICATOR = """[indicator.document-retention]
title = "Papers kept"
explanation = "Someone else keeps the papers of the worker."
severity = 3
keys = ["ILO F7"]
laws = ["immigration"]
"""


def test_an_indicator_carries_its_law_in_full(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(LAW + INDICATOR, encoding="utf-8")
    indicator = load_indicators(path)["document-retention"]
    assert (indicator.severity, indicator.polarity, indicator.authority.keys) == (3, Polarity.RISK, ("ILO F7",))
    assert [(law.reference, law.article) for law in indicator.authority.laws] == [("UU 6/2011", "Pasal 130")]


BROKEN = [
    ("unknown law", LAW + INDICATOR.replace('"immigration"', '"nope"'), "there is no law 'nope'"),
    ("severity out of range", LAW + INDICATOR.replace("= 3", "= 4"), "severity"),
    ("short explanation", LAW + INDICATOR.replace("Someone else keeps the papers of the worker.", "no"), "explanation"),
    ("unknown key", LAW + INDICATOR + "weight = 1\n", "weight"),
    ("unknown certainty", LAW.replace("medium", "sure") + INDICATOR, "certainty"),
    ("no date of checking", LAW.replace("2026-02-10", "last year") + INDICATOR, "checked_on"),
    ("no indicators", LAW, "indicator"),
    ("no toml", "[law", "mine.toml"),
    ("no text", "\udcff", "mine.toml"),
]


@pytest.mark.parametrize(("written", "reason"), [c[1:] for c in BROKEN], ids=[c[0] for c in BROKEN])
def test_a_broken_catalogue_is_refused_with_file_and_reason(tmp_path: Path, written: str, reason: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(written.encode("utf-8", "surrogateescape"))
    with pytest.raises(RuleError, match=r"mine\.toml") as caught:
        load_indicators(path)
    assert reason in str(caught.value)


def test_every_shipped_indicator_of_risk_names_the_authority_it_rests_on(detector: Detector) -> None:
    risks = [i for i in detector.indicators.values() if i.polarity is Polarity.RISK]
    assert [i.key for i in risks if i.severity == 3 and not i.authority.keys and not i.authority.laws] == []
    assert len({i.title for i in detector.indicators.values()}) == len(detector.indicators)
