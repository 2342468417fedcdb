"""When the flag model speaks: from a stated confidence on, and surely only where it was right nine times in ten."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from screener.detect.opinions import ALWAYS, CONFIDENCE_WANTED, NEVER, Calling
from screener.train.callings import called
from screener.train.clausetable import ClauseTable, RuleFlag, Said

NAMES = ("bride-broker", "secrecy")
CHANCE = np.random.default_rng(7)
LOG_ODDS = CHANCE.normal(-1, 2, size=(4_000, 2))
RIGHT = CHANCE.uniform(size=LOG_ODDS.shape) < 1 / (1 + np.exp(-(2 * LOG_ODDS + np.array([0.5, -0.5]))))
NONE = np.zeros_like(RIGHT)


def flag(row: int, column: int, *, marked: bool, rule: str = "r") -> RuleFlag:
    return RuleFlag(first=row, last=row + 1, column=column, rule=rule, marked=marked)


def table(marked: np.ndarray, ruled: np.ndarray = NONE, telling: tuple[bool, bool] = (True, True)) -> ClauseTable:
    """Clauses of two examples in turn, each flag of a rule in one of them and of one rule."""
    places = np.argwhere(ruled).tolist()
    return ClauseTable(
        indicators=NAMES,
        clauses=((), ()),
        of_example=np.arange(len(marked)) % 2,
        blocks=(),
        marked=marked,
        raised=tuple(flag(row, column, marked=bool(marked[row, column])) for row, column in places),
        authors=np.array(["a", "b"]),
        heard=np.ones(2, dtype=bool),
        answers=np.zeros((2, 2), dtype=bool),
        telling=np.array(telling),
        said=Said(blocks=(), columns=np.array([], dtype=np.int64), marked=np.array([], dtype=bool)),
    )


def callings(told: ClauseTable, log_odds: np.ndarray) -> Mapping[str, Calling]:
    return called(told, log_odds).callings


@pytest.mark.parametrize(("name", "offset"), [("bride-broker", 0.5), ("secrecy", -0.5)])
def test_an_indicator_is_proposed_from_the_wanted_confidence_on(name: str, offset: float) -> None:
    calling = callings(table(RIGHT), LOG_ODDS)[name]
    assert calling.alone(calling.log_odds) == pytest.approx(CONFIDENCE_WANTED)
    assert calling.alone.slope == pytest.approx(2, abs=0.2)
    assert calling.alone.offset == pytest.approx(offset, abs=0.25)


def test_it_is_sure_where_nine_in_ten_were_right_and_no_earlier() -> None:
    for at, calling in enumerate(callings(table(RIGHT), LOG_ODDS).values()):
        above = LOG_ODDS[:, at] >= calling.sure_from
        assert calling.sure_from > calling.log_odds
        assert 0.9 <= RIGHT[above, at].mean() < 0.95


def test_what_is_never_marked_is_never_proposed() -> None:
    marked = RIGHT & np.array([True, False])
    calling = callings(table(marked), LOG_ODDS)["secrecy"]
    assert (calling.log_odds, calling.sure_from) == (NEVER, NEVER)
    assert all(one.log_odds == NEVER for one in callings(table(NONE), LOG_ODDS).values())


def test_few_right_ones_do_not_make_it_sure() -> None:
    few = np.zeros_like(RIGHT)
    few[np.argsort(-LOG_ODDS[:, 0])[:5], 0] = True
    assert callings(table(few), LOG_ODDS)["bride-broker"].sure_from == NEVER


def test_texts_that_rule_writers_had_read_tell_nothing_and_rules_nothing_of_the_model_alone() -> None:
    odd = np.arange(len(RIGHT)) % 2 == 1
    wrong = callings(replace(table(RIGHT ^ odd[:, None]), telling=np.array([True, False])), LOG_ODDS)
    ruled = callings(table(RIGHT ^ odd[:, None], ruled=np.tile(odd[:, None], (1, 2))), LOG_ODDS)
    assert {name: one.alone for name, one in wrong.items()} == {name: one.alone for name, one in ruled.items()}
    assert wrong["secrecy"].alone.slope == pytest.approx(2, abs=0.3)


def test_a_rule_is_believed_as_often_as_rules_were_right_at_these_log_odds() -> None:
    said = table(RIGHT, ruled=np.ones_like(RIGHT))
    secrecy = callings(said, LOG_ODDS)["secrecy"]
    assert secrecy.ruled.slope == pytest.approx(2, abs=0.2)
    assert secrecy.ruled(0.25) == pytest.approx(0.5, abs=0.06)


def test_a_rule_that_was_right_more_often_than_its_like_is_believed_more() -> None:
    good, bad = range(0, 900, 3), range(1, 900, 3)
    said = [flag(row, 0, marked=True, rule="good") for row in good] + [
        flag(row, 0, marked=False, rule="bad") for row in bad
    ]
    said += [flag(row, 0, marked=bool(RIGHT[row, 0]), rule="even") for row in range(900, 2_000)]
    belief = called(replace(table(RIGHT), raised=tuple(said)), LOG_ODDS)
    assert belief.rules["good"] > 1 > abs(belief.rules["even"])
    assert belief.rules["bad"] < -1
    ruled = belief.callings["bride-broker"].ruled
    assert ruled(0.0, belief.rules["good"]) > 0.8 > ruled(0.0) > 0.2 > ruled(0.0, belief.rules["bad"])


def test_a_flag_over_several_clauses_is_judged_by_the_surest() -> None:
    clear = np.where(np.arange(len(RIGHT)) % 2 == 0, -20.0, LOG_ODDS[:, 0])[:, None] * [1, 1]
    pairs = [flag(row, 0, marked=bool(RIGHT[row + 1, 0]))._replace(last=row + 2) for row in range(0, len(RIGHT), 2)]
    ruled = called(replace(table(RIGHT), raised=tuple(pairs)), clear).callings["bride-broker"].ruled
    assert ruled.slope == pytest.approx(2, abs=0.3)


@pytest.mark.parametrize("log_odds", [-LOG_ODDS, np.zeros_like(LOG_ODDS)], ids=["upside down", "nothing"])
def test_a_model_that_has_learnt_nothing_of_rules_doubts_none(log_odds: np.ndarray) -> None:
    said = table(RIGHT, ruled=np.ones_like(RIGHT))
    assert {one.ruled for one in callings(said, log_odds).values()} == {ALWAYS}
    assert {one.ruled for one in callings(table(RIGHT), log_odds).values()} == {ALWAYS}


def test_a_model_that_has_learnt_nothing_proposes_nothing() -> None:
    assert {one.log_odds for one in callings(table(RIGHT), -LOG_ODDS).values()} == {NEVER}
    assert {one.sure_from for one in callings(table(RIGHT), np.zeros_like(LOG_ODDS)).values()} == {NEVER}


def test_no_indicators_have_no_callings() -> None:
    none = replace(table(RIGHT[:, :0], ruled=NONE[:, :0]), indicators=())
    assert callings(none, LOG_ODDS[:, :0]) == {}
