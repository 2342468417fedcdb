"""Opinions of the flag model: what is proposed, of several the likeliest, and which flags of rules it doubts."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from screener.detect import Detector, FlagModel, load_detector
from screener.detect.clausehashing import FLAG_BUCKETS, hashed
from screener.detect.clauses import Clause
from screener.detect.explaining import in_words
from screener.detect.learntflags import coarse
from screener.detect.opinions import ALWAYS, NEVER, NO_OPINION, Calling, Opinion, Platt
from screener.records import Document, Kind
from screener.screening import plain_document

KEPT, SECRET = "document-retention", "secrecy"
HELD = "Dicari pelayan kafe di Dubai. Paspor dipegang bos. Minat WA 0812-0000-1234"
OWN = """
[[rule]]
name = "document-retention/own"
indicator = "document-retention"
find = ["passport", "kept"]
hits = ["paspor dipegang bos"]
misses = ["gaji besar"]
"""


@pytest.fixture(scope="module")
def detector() -> Detector:
    return load_detector()


def calling(log_odds: float = 0.0, sure_from: float = NEVER, ruled: Platt = ALWAYS, slope: float = 1.0) -> Calling:
    return Calling(log_odds=log_odds, alone=Platt(slope, 0.0), sure_from=sure_from, ruled=ruled)


def clauses(number: int) -> tuple[Clause, ...]:
    """Clauses of five tokens each."""
    return tuple(Clause(start=5 * n, end=5 * n + 5, words=(), concepts=()) for n in range(number))


def opinion(log_odds: list[list[float]], **callings: Calling) -> Opinion:
    named = {name.replace("_", "-"): one for name, one in callings.items()}
    return Opinion(clauses=clauses(len(log_odds)), log_odds=np.array(log_odds), callings=named)


def doubting(confidence: float) -> FlagModel:
    """A model that believes every rule of document-retention to this degree, and proposes nothing."""
    ruled = Platt(1.0, float(np.log(confidence / (1 - confidence))))
    return FlagModel(
        callings={KEPT: calling(log_odds=NEVER, ruled=ruled)},
        weights=coarse(np.zeros((FLAG_BUCKETS, 3))),
        base=np.zeros(3),
        rarity=np.ones(FLAG_BUCKETS),
    )


def test_it_is_sure_of_a_proposal_only_from_its_second_limit_on() -> None:
    told = opinion([[-1.0], [1.0], [2.0]], secrecy=calling(sure_from=2.0)).proposals()
    assert [(one.start, one.sure) for one in told] == [(5, False), (10, True)]


def test_of_several_indicators_in_a_clause_the_likeliest_is_proposed() -> None:
    told = opinion([[3.0, 2.0], [1.0, -1.0]], document_retention=calling(slope=0.5), secrecy=calling())
    assert [(one.indicator, one.start) for one in told.proposals()] == [(SECRET, 0), (KEPT, 5)]


@pytest.mark.parametrize(
    ("indicator", "first", "last", "sure"),
    [(SECRET, 1, 3, 0.27), (SECRET, 4, 6, 0.88), (SECRET, 5, 10, 0.88), ("urgency", 1, 3, 1.0)],
    ids=["in a clause", "over two, the surer", "a whole clause", "never learnt"],
)
def test_a_rule_is_believed_by_the_clauses_that_it_touches(indicator: str, first: int, last: int, sure: float) -> None:
    told = opinion([[-1.0], [2.0]], secrecy=calling(ruled=Platt(1.0, 0.0)))
    assert told.of_rule("some/rule", indicator, first, last) == pytest.approx(sure, abs=0.01)


def test_a_rule_that_is_mostly_right_is_believed_more_than_others_of_its_indicator() -> None:
    told = replace(opinion([[0.0]], secrecy=calling(ruled=Platt(1.0, 0.0))), rules={"secrecy/plain": 2.0})
    assert told.of_rule("secrecy/plain", SECRET, 1, 3) == pytest.approx(0.88, abs=0.01)
    assert told.of_rule("secrecy/other", SECRET, 1, 3) == 0.5


def test_without_an_opinion_nothing_is_proposed_and_nothing_doubted() -> None:
    assert NO_OPINION.proposals() == []
    assert NO_OPINION.of_rule("some/rule", SECRET, 0, 3) == 1.0


@pytest.mark.parametrize(("sure", "shown"), [(0.39, []), (0.41, [3])], ids=["doubted", "believed"])
def test_a_rule_that_is_doubted_is_silent(detector: Detector, sure: float, shown: list[int]) -> None:
    reading = detector.with_flags(doubting(sure)).read(plain_document(HELD), Kind.AD)
    assert [flag.severity for flag in reading.flags if flag.indicator == KEPT] == shown
    assert bool(reading.doubted) is not bool(shown)


def test_what_is_doubted_in_the_text_stands_where_the_title_says_it(detector: Detector) -> None:
    titled = Document(id="x", url="", title="Paspor dipegang bos", text=HELD)
    reading = detector.with_flags(doubting(0.1)).read(titled, Kind.AD)
    assert [(flag.field, flag.severity) for flag in reading.flags if flag.indicator == KEPT] == [("title", 3)]


def test_a_rule_of_ones_own_is_never_doubted(detector: Detector, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    own = detector.with_flags(doubting(0.01)).with_rules([tmp_path])
    assert not own.refusals
    reading = own.read(plain_document(HELD), Kind.AD)
    assert [flag.rule for flag in reading.flags if flag.indicator == KEPT] == ["document-retention/own"]


@pytest.mark.parametrize(("sure", "severity"), [(0.1, 2), (0.6, 3)], ids=["doubted", "believed"])
def test_only_a_rule_that_is_believed_lends_its_severity_to_a_proposal(
    detector: Detector, sure: float, severity: int
) -> None:
    weights = np.zeros((FLAG_BUCKETS, 3))
    weights[hashed("burung").itself, 0] = 100
    model = replace(
        doubting(sure),
        callings={KEPT: calling(log_odds=5.0, ruled=Platt(0.0, float(np.log(sure / (1 - sure)))))},
        weights=coarse(weights),
    )
    reading = detector.with_flags(model).read(
        plain_document(f"{HELD}. Nanti burung biru terbang malam ke sana"), Kind.AD
    )
    (alone,) = (flag for flag in reading.flags if flag.rule == "model")
    assert alone.quote.startswith("Nanti burung")
    assert alone.severity == severity


def test_an_explanation_says_that_a_flag_is_doubted(detector: Detector) -> None:
    told = detector.with_flags(doubting(0.1)).explained(plain_document(HELD))
    reasons = {one.rule: in_words(one.reason, one.by) for one in told.silenced if one.indicator == KEPT}
    assert len(reasons) > 1
    assert {reason.split(":")[0] for reason in reasons.values()} == {"the flag model doubts it"}
