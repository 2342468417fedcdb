"""What a flag model thinks of a text: what it proposes, and how far it believes what rules raise."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from screener.detect.clausehashing import Floats
from screener.detect.clauses import Clause

# On authors 20 to 40, with all calibration learnt from the others of them, recall and precision of rules and model are
# 0.68 and 0.84 so. With proposals from 0.4 on they are 0.65 and 0.86; doubting nothing gives 0.70 and 0.78, below 0.15
# 0.70 and 0.81, below 0.5 0.67 and 0.84. Below 0.4 lie 604 of 4,448 flags of rules in ads to follow up, one in four of
# them right, and 237 of 903 in ordinary ads. What a rule itself is worth keeps the plainest words out of doubt.
CONFIDENCE_WANTED = 0.3
"""The confidence that a proposal needs to be shown."""
DOUBTED_BELOW = 0.4
"""The confidence below which the flag of a rule is not shown."""
NEVER = 1e9
"""Log-odds that no clause reaches."""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A flag that the model proposes for the tokens `start` to `end` (exclusive) of a text.

    `sure` says that its log-odds reach the `sure_from` of its `Calling`.
    """

    indicator: str
    start: int
    end: int
    confidence: float
    sure: bool


class Platt(NamedTuple):
    """A sigmoid that turns log-odds into a calibrated probability (Platt 1999)."""

    slope: float
    offset: float

    def __call__(self, log_odds: float, besides: float = 0.0) -> float:
        """The probability; `besides` is added to the offset."""
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, self.slope * log_odds + self.offset + besides))))


ALWAYS = Platt(0.0, 50.0)
"""Of a rule that nobody doubts."""


@dataclass(frozen=True, kw_only=True)
class Calling:
    """When an indicator is proposed: from `log_odds`; `alone` gives the confidence that a careful reader would mark it.

    From `sure_from` on, proposals were right nine times in ten on authors left out. `ruled` gives the confidence of a
    flag that a rule raised, together with what the rule itself is worth (`Opinion.rules`).
    """

    log_odds: float
    alone: Platt
    sure_from: float
    ruled: Platt


class Votes(NamedTuple):
    """What the clauses of a text say of it, each read by itself, in log-odds and on the mean; 0 without a clause."""

    follow_up: float = 0.0
    ad: float = 0.0


NO_VOTES = Votes()


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What a flag model thinks of the clauses of a text: log-odds, one row a clause, one column a calling.

    `rules` are the log-odds by which a rule is right more often than others of its indicator, by name; `spoken` has a
    row a clause, too, and a column for each of `Votes`.
    """

    clauses: tuple[Clause, ...]
    log_odds: Floats
    callings: Mapping[str, Calling]
    rules: Mapping[str, float] = field(default_factory=dict)
    spoken: Floats = field(default_factory=lambda: np.zeros((0, len(NO_VOTES))))

    @property
    def votes(self) -> Votes:
        """What the clauses say on the mean."""
        return Votes(*self.spoken.mean(axis=0).tolist()) if len(self.spoken) else NO_VOTES

    def unsure(self) -> "Opinion":
        """The same opinion, sure of nothing that it proposes."""
        callings = {name: replace(calling, sure_from=NEVER) for name, calling in self.callings.items()}
        return replace(self, callings=callings)

    def proposals(self) -> list[Proposal]:
        """What is proposed, in the order of the text: of each clause the likeliest indicator.

        Of several in a clause, the second was right three times in ten on authors left out, the first seven times.
        """
        callings = list(self.callings.values())
        limits = np.array([calling.log_odds for calling in callings])
        found: dict[int, Proposal] = {}
        for row, column in np.argwhere(self.log_odds >= limits).tolist():
            one = self._proposal(row, column)
            if row not in found or one.confidence > found[row].confidence:
                found[row] = one
        return list(found.values())

    def _proposal(self, row: int, column: int) -> Proposal:
        indicator, log_odds = list(self.callings)[column], float(self.log_odds[row, column])
        calling, clause = self.callings[indicator], self.clauses[row]
        return Proposal(
            indicator=indicator,
            start=clause.start,
            end=clause.end,
            confidence=calling.alone(log_odds),
            sure=log_odds >= calling.sure_from,
        )

    def of_rule(self, rule: str, indicator: str, first: int, last: int) -> float:
        """How sure a rule's indicator on the tokens `first` to `last` (exclusive) is; 1 when it was never learnt."""
        column = self._columns.get(indicator)
        if column is None:
            return 1.0
        begin, end = max(0, bisect_right(self._starts, first) - 1), bisect_left(self._starts, last)
        here = self.log_odds[begin:end, column]
        besides = self.rules.get(rule, 0.0)
        return self.callings[indicator].ruled(float(here.max()), besides) if len(here) else 1.0

    @cached_property
    def _columns(self) -> Mapping[str, int]:
        return {name: column for column, name in enumerate(self.callings)}

    @cached_property
    def _starts(self) -> list[int]:
        return [clause.start for clause in self.clauses]


NO_OPINION = Opinion(clauses=(), log_odds=np.zeros((0, 0)), callings={})
"""Of one that proposes nothing and doubts nothing."""
