"""When the flag model speaks: from a stated confidence on, and surely only where it was right nine times in ten."""

from dataclasses import replace

import numpy as np
import pytest

from screener.detect.opinions import NEVER
from screener.train.callings import CONFIDENCE_WANTED, callings
from screener.train.clausetable import ClauseTable, Said

NAMES = ("bride-broker", "secrecy")
CHANCE = np.random.default_rng(7)
LOG_ODDS = CHANCE.normal(-1, 2, size=(4_000, 2))
RIGHT = CHANCE.uniform(size=LOG_ODDS.shape) < 1 / (1 + np.exp(-(2 * LOG_ODDS + np.array([0.5, -0.5]))))
NONE = np.zeros_like(RIGHT)


def table(marked: np.ndarray, ruled: np.ndarray = NONE, telling: tuple[bool, bool] = (True, True)) -> ClauseTable:
    """Clauses of two examples in turn."""
    return ClauseTable(
        indicators=NAMES,
        clauses=((), ()),
        of_example=np.arange(len(marked)) % 2,
        blocks=(),
        marked=marked,
        ruled=ruled,
        authors=np.array(["a", "b"]),
        telling=np.array(telling),
        said=Said(blocks=(), columns=np.array([], dtype=np.int64), marked=np.array([], dtype=bool)),
    )


@pytest.mark.parametrize(("name", "offset"), [("bride-broker", 0.5), ("secrecy", -0.5)])
def test_an_indicator_is_proposed_from_the_wanted_confidence_on(name: str, offset: float) -> None:
    calling = callings(table(RIGHT), LOG_ODDS)[name]
    assert calling.confidence(calling.log_odds) == pytest.approx(CONFIDENCE_WANTED)
    assert calling.slope == pytest.approx(2, abs=0.2)
    assert calling.offset == pytest.approx(offset, abs=0.25)


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


def test_clauses_where_a_rule_speaks_and_texts_that_rule_writers_had_read_tell_nothing() -> None:
    odd = np.arange(len(RIGHT)) % 2 == 1
    wrong = replace(table(RIGHT ^ odd[:, None]), telling=np.array([True, False]))
    ruled = replace(table(RIGHT ^ odd[:, None]), ruled=np.tile(odd[:, None], (1, 2)))
    assert callings(wrong, LOG_ODDS) == callings(ruled, LOG_ODDS)
    assert callings(wrong, LOG_ODDS)["secrecy"].slope == pytest.approx(2, abs=0.3)


def test_a_model_that_has_learnt_nothing_proposes_nothing() -> None:
    assert {one.log_odds for one in callings(table(RIGHT), -LOG_ODDS).values()} == {NEVER}
    assert {one.sure_from for one in callings(table(RIGHT), np.zeros_like(LOG_ODDS)).values()} == {NEVER}


def test_no_indicators_have_no_callings() -> None:
    none = replace(table(RIGHT[:, :0], ruled=NONE[:, :0]), indicators=())
    assert callings(none, LOG_ODDS[:, :0]) == {}
