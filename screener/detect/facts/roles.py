"""What each amount of money in a text is for, by the words beside it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from operator import attrgetter

from screener.detect.facts.amounts import Amount
from screener.detect.scope import Layout, between
from screener.detect.terms import Terms


class Role(IntEnum):
    """What money is for; among words equally near, the lower decides."""

    OTHER = 1
    PENALTY = 2
    DEDUCTION = 3
    FAMILY_CASH = 4
    LOAN = 5
    COST = 6
    ALLOWANCE = 7
    PAY = 8
    COST_WEAK = 9
    PAY_WEAK = 10


# Among these the nearest word decides: "biaya hidup murah, gaji 5 juta".
_EQUALS = {Role.COST: Role.COST, Role.ALLOWANCE: Role.COST, Role.PAY: Role.COST}
_CONCEPTS = {
    "for-other": Role.OTHER,
    "for-penalty": Role.PENALTY,
    "for-deduction": Role.DEDUCTION,
    "for-family-cash": Role.FAMILY_CASH,
    "for-loan": Role.LOAN,
    "for-cost": Role.COST,
    "for-allowance": Role.ALLOWANCE,
    "for-pay": Role.PAY,
    "for-cost-weak": Role.COST_WEAK,
    "for-pay-weak": Role.PAY_WEAK,
}
_LEFT = 120
_RIGHT = 40
_NEAR_TOKENS = 12
_STOP = re.compile(r"[\n!?\u2022\u2026|]|\.(?=\s)")
_PART = re.compile(r",(?!\d)|[;()\u2192]| [-\u2013\u2014+] ")
_LINK = re.compile(r"\s*(?:/|\+|atau|or|dan|and|plus|\u00b1|=|~|setara|,)?\s*(?:rp|setara|sekitar|about)?\s*")
_BESIDE_MAX = 4
_BESIDE = re.compile(r"[ :=.]{0,4}")


@dataclass(frozen=True, kw_only=True)
class Cue:
    """A word or phrase, in folded characters, that says what money is for."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True)
class Roles:
    """The words of one text that say what money is for."""

    terms: Terms
    layout: Layout

    @cached_property
    def cues(self) -> list[Cue]:
        """All of them in order, without those inside a longer one."""
        starts, ends = self.terms.starts, self.terms.ends
        found = [
            Cue(start=starts[hit.start], end=ends[hit.end - 1], role=role)
            for concept, role in _CONCEPTS.items()
            for hit in self.terms.hits.get(concept, ())
        ]
        return list(_outermost(sorted(found, key=lambda cue: (cue.start, -cue.end))))

    def role(self, amount: Amount, before: Amount | None, after: Amount | None) -> tuple[Role | None, Cue | None]:
        """The role of an amount between its neighbours, and the word that says so."""
        text = self.terms.folded.text
        left = max(before.end if before else 0, amount.start - _LEFT)
        sentence = left + _last(_STOP, text[left : amount.start])
        part = sentence + _last(_PART, text[sentence : amount.start])
        right = min(after.start if after else len(text), amount.end + _RIGHT)
        rest = _STOP.split(_PART.split(text[amount.end : right], maxsplit=1)[0], maxsplit=1)[0]
        beside = [*self._between(part, amount.start), *self._close(amount.end, amount.end + len(rest))]
        strong = [cue for cue in beside if cue.role < Role.COST_WEAK]
        own = [cue for cue in strong if cue.end <= amount.start] or strong
        if own:
            return _decisive(own)
        if before and _LINK.fullmatch(text, before.end, amount.start):
            return None, None
        earlier = [cue for cue in self._between(sentence, part) if cue.role < Role.COST_WEAK][-1:]
        return _decisive(earlier or [cue for cue in beside if cue.end <= amount.start] or beside)

    def _between(self, start: int, end: int) -> list[Cue]:
        low = bisect_left(self.cues, start, key=attrgetter("start"))
        high = bisect_left(self.cues, end, key=attrgetter("start"))
        return [cue for cue in self.cues[low:high] if cue.end <= end]

    def _close(self, start: int, end: int) -> list[Cue]:
        """The words right after an amount: at most three tokens on."""
        first = self.terms.token_at(start)
        return [cue for cue in self._between(start, end) if self.terms.token_at(cue.start) <= first + 3]

    def right_after_a_cue(self, amount: Amount) -> bool:
        """Whether a word that says what money is for ends right before an amount."""
        return any(amount.start - gap in self._ends for gap in range(_BESIDE_MAX + 1))

    @cached_property
    def _ends(self) -> frozenset[int]:
        return frozenset(cue.end for cue in self.cues)

    def beside(self, cue: Cue | None, amount: Amount) -> bool:
        """Whether nothing but a sign stands between a word and the amount after it."""
        return cue is not None and bool(_BESIDE.fullmatch(self.terms.folded.text, cue.end, amount.start))

    def says(self, concept: str, amount: Amount, reach: int = _NEAR_TOKENS) -> bool:
        """Whether a concept is said within so many tokens of an amount, in its sentence."""
        hits = self.terms.hits.get(concept)
        if not hits:
            return False
        first, last = self.terms.token_at(amount.start), self.terms.token_at(amount.end)
        sentence = self.layout.sentence(first)
        near = between(hits, max(0, first - reach), last + reach)
        return any(self.layout.sentence(hit.start) == sentence for hit in near)

    def negated(self, cue: Cue, amount: Amount) -> bool:
        """Whether the word that gives an amount its role is negated."""
        first = self.terms.token_at(min(cue.start, amount.start))
        return self.layout.negated(first, self.terms.token_at(max(cue.end, amount.end)) - 1)


def _outermost(cues: Sequence[Cue]) -> Iterator[Cue]:
    widest: Cue | None = None
    for cue in cues:
        if widest is None or cue.end > widest.end:
            widest = cue
            yield cue
        elif (cue.start, cue.end) == (widest.start, widest.end):
            yield cue


def _decisive(cues: Sequence[Cue]) -> tuple[Role | None, Cue | None]:
    best = min(cues, key=lambda cue: (_EQUALS.get(cue.role, cue.role), -cue.start, cue.role), default=None)
    return (best.role, best) if best else (None, None)


def _last(sign: re.Pattern[str], text: str) -> int:
    """Where the text goes on after the last sign of a kind; 0 without one."""
    return max((match.end() for match in sign.finditer(text)), default=0)
