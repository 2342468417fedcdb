"""Every rule hits its hits and misses its misses; the catalogue is complete; a broken rule file is refused."""

from pathlib import Path

import pytest

from screener.detect import Detector, load_detector
from screener.detect.matching import Match, Matching
from screener.detect.rules import Rule, load_rules
from screener.detect.scope import Layout
from screener.errors import RuleError
from screener.records import Polarity

DETECTOR = load_detector()
SEVERE = [
    "bride-broker", "confinement", "contract-penalty", "debt-bondage", "document-fraud", "document-retention",
    "immigration-coaching", "irregular-route", "minor-accepted", "moratorium-domestic-work", "organ-or-medical",
    "scam-compound-role", "sexualised-work", "visit-visa", "wage-withholding",
]  # fmt: skip


def matches(detector: Detector, rule: Rule, text: str) -> list[Match]:
    terms = detector.measured_terms(text)
    return list(Matching(terms, Layout(terms)).matches([rule]))


@pytest.mark.parametrize("rule", DETECTOR.rules, ids=lambda rule: rule.name)
def test_the_rule_hits_its_hits_and_misses_its_misses(rule: Rule) -> None:
    assert [text for text in rule.hits if not matches(DETECTOR, rule, text)] == []
    assert [text for text in rule.misses if matches(DETECTOR, rule, text)] == []


@pytest.mark.parametrize("key", SEVERE)
def test_each_indicator_of_severity_3_has_twelve_hits_and_eight_misses(key: str) -> None:
    assert DETECTOR.indicators[key].severity == 3
    rules = [rule for rule in DETECTOR.rules if rule.indicator == key]
    assert sum(len(rule.hits) for rule in rules) >= 12
    assert sum(len(rule.misses) for rule in rules) >= 8


def test_every_indicator_of_severity_3_is_in_that_list() -> None:
    assert sorted(key for key, indicator in DETECTOR.indicators.items() if indicator.severity == 3) == SEVERE


def test_every_indicator_has_an_explanation_and_a_rule_or_an_engine() -> None:
    ruled = {rule.indicator for rule in DETECTOR.rules} | {"obfuscated-text"}
    assert [key for key in DETECTOR.indicators if key not in ruled] == []
    assert all(len(indicator.explanation) > 40 for indicator in DETECTOR.indicators.values())


def test_risk_has_a_severity_and_protection_has_none() -> None:
    for indicator in DETECTOR.indicators.values():
        assert (indicator.severity == 0) == (indicator.polarity is Polarity.PROTECTIVE)


GOOD = '[[rule]]\nname = "visit-visa/x"\nindicator = "visit-visa"\nfind = ["document"]\nhits = ["paspor"]\n'
BROKEN = [
    (
        "unknown indicator",
        GOOD.replace('indicator = "visit-visa"', 'indicator = "nope"'),
        "there is no indicator 'nope'",
    ),
    ("unknown concept", GOOD.replace('"document"', '"nope"'), "there is no concept 'nope'"),
    ("no hits", GOOD.replace('hits = ["paspor"]', "hits = []"), "hits: List should have at least 1 item"),
    ("unknown key", GOOD + "witin = 3\n", "witin: Extra inputs are not permitted"),
    ("wrong type", GOOD + 'within = "near"\n', "within: Input should be a valid integer"),
    ("name taken", GOOD + "\n" + GOOD, "the name is taken"),
    ("no toml", "[[rule", "Expected"),
]


@pytest.mark.parametrize(("written", "reason"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_rule_file_is_refused_with_file_and_reason(tmp_path: Path, written: str, reason: str) -> None:
    (tmp_path / "mine.toml").write_text(written, encoding="utf-8")
    with pytest.raises(RuleError, match=r"mine\.toml: ") as caught:
        load_rules([tmp_path], {"visit-visa"}, {"document"})
    assert reason in str(caught.value)


def test_rules_of_ones_own_raise_flags_and_change_the_ruleset(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(GOOD, encoding="utf-8")
    own = load_detector([tmp_path])
    assert own.ruleset != own.base_ruleset == DETECTOR.ruleset
    assert "visit-visa/x" in {rule.name for rule in own.rules}
