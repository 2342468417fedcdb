"""Rules on trial: what fails and why, collisions, rules that add nothing, cost, and what would be new."""

import itertools
from pathlib import Path

import pytest

from screener.detect import Detector, Rule
from screener.detect.ruletrial import Checked, check_rule, cost, firings, sample_of
from tests.factory import document


def with_rule(detector: Detector, folder: Path, settings: str, indicator: str = "secrecy") -> tuple[Detector, Rule]:
    written = f'[[rule]]\nname = "{indicator}/mine"\nindicator = "{indicator}"\n{settings}\n'
    (folder / "mine.toml").write_text(written, encoding="utf-8")
    own = detector.with_rules([folder])
    assert own.refusals == ()
    return own, own.own_rules[0]


def checked(detector: Detector, folder: Path, settings: str, indicator: str = "secrecy") -> Checked:
    own, rule = with_rule(detector, folder, settings, indicator)
    return check_rule(rule, own)


PASSPORT = 'find = ["passport"]\n'
FAILING = [
    ("not said", PASSPORT + 'hits = ["visa saja"]', "hit", "nothing in it for 'passport'"),
    ("pattern not said", "pattern = 'sandi'\nhits = ['visa']", "hit", "nothing in it for 'sandi'"),
    ("too far", PASSPORT + "pattern = 'sandi'\nwithin = 1\nhits = ['paspor a b c sandi']", "hit", "not within 1 "),
    ("negated", PASSPORT + 'hits = ["tanpa paspor"]', "hit", "negated by 'tanpa'"),
    ("a warning", PASSPORT + 'hits = ["waspada paspor palsu"]', "hit", "in a sentence that warns: 'waspada'"),
    ("blocked", PASSPORT + 'unless = ["self"]\nhits = ["paspor sendiri"]', "hit", "silent beside 'self: sendiri'"),
    ("fires", PASSPORT + 'hits = ["paspor"]\nmisses = ["Paspor asli"]', "miss", "fires on 'Paspor'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "expected", "reason"), [case[1:] for case in FAILING], ids=[case[0] for case in FAILING]
)
def test_a_text_that_fails_says_why(
    detector: Detector, tmp_path: Path, settings: str, expected: str, reason: str
) -> None:
    (failure,) = checked(detector, tmp_path, settings).failures
    assert failure.expected == expected
    assert reason in failure.reason


def test_a_rule_that_is_right_has_no_failure(detector: Detector, tmp_path: Path) -> None:
    assert checked(detector, tmp_path, PASSPORT + 'hits = ["paspor"]\nmisses = ["visa"]').failures == ()


def test_a_rule_of_another_indicator_on_the_same_words_collides(detector: Detector, tmp_path: Path) -> None:
    hit = next(rule for rule in detector.rules if rule.name == "document-retention/kept").hits[3]
    pattern = "Passports are kept"
    assert pattern in hit
    found = checked(detector, tmp_path, f"pattern = {pattern!r}\nhits = [{hit!r}]")
    assert ("document-retention/kept", pattern) in [(one.rule, one.quote) for one in found.collisions]
    assert found.covered_by == ()


def test_a_rule_whose_hits_others_cover_is_redundant(detector: Detector, tmp_path: Path) -> None:
    hits = next(rule for rule in detector.rules if rule.name == "document-retention/kept").hits[3:5]
    settings = f"pattern = 'passport'\nhits = {list(hits)!r}"
    assert "document-retention/kept" in checked(detector, tmp_path, settings, "document-retention").covered_by


def test_the_cost_is_the_least_of_three_rounds_for_a_thousand_characters(detector: Detector) -> None:
    sample = sample_of(detector)[:2]
    characters = sum(len(layout.terms.folded.text) for layout in sample)
    ticks = itertools.accumulate([0.0, 3.0, 0.0, 1.0, 0.0, 2.0])
    measured = cost(detector.rules[0], sample, lambda: next(ticks))
    assert measured == pytest.approx(1e6 * 1_000 / characters)


AD = "Loker operator pabrik Taiwan, sandi merah, gaji NT$ 29.500, minat WA 0812-0000-0001"
SANDI = "pattern = 'sandi \\w+'\nhits = ['sandi merah']"


def test_a_flag_that_the_shipped_rules_do_not_raise_is_new(detector: Detector, tmp_path: Path) -> None:
    own, rule = with_rule(detector, tmp_path, SANDI)
    (firing,) = firings(document(text=AD, title="Operator"), [rule], own, detector)
    assert (firing.field, firing.quote, firing.unheard, firing.is_new) == ("text", "sandi merah", "", True)


def test_a_rule_that_fires_unheard_says_why(detector: Detector, tmp_path: Path) -> None:
    own, rule = with_rule(detector, tmp_path, SANDI)
    warning = "WASPADA! Lowongan palsu ke Kamboja.\nsandi merah\nLaporkan ke BP3MI atau hotline KP2MI."
    (firing,) = firings(document(text=warning, title=""), [rule], own, detector)
    assert (firing.is_new, "do not count in a text that reads as" in firing.unheard) == (False, True)


def test_a_shipped_rule_raises_nothing_new(detector: Detector) -> None:
    kept = [rule for rule in detector.rules if rule.name.startswith("document-retention/")]
    found = firings(document(text=AD + ", paspor dipegang bos", title=""), kept, detector, detector)
    assert found
    assert not any(firing.is_new for firing in found)
