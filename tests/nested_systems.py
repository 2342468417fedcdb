"""Systems that score texts, each fitted without any parts of the authors, so that what stands on others is nested."""

import pickle
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
Left = frozenset[int]
"""The parts of the authors that a model did not see."""


class Fitted(Protocol):
    """A fitted system."""

    def log_odds(self, rows: Rows, inputs: Floats) -> Floats:
        """The log-odds of some texts, given the scores (one column a system) that it stands on."""

    def kept(self) -> object:
        """What scoring needs, to be pickled for its size."""


Learn = Callable[[Rows, Floats], Fitted]
"""Fits a system on some texts, given the scores of others that had not seen them."""


@dataclass(frozen=True, kw_only=True)
class Parts:
    """Which part each row belongs to; authors are never divided."""

    part_of: Rows

    @cached_property
    def names(self) -> list[int]:
        """The parts."""
        return sorted(set(self.part_of.tolist()))

    def rows(self, left: Left, *, inside: bool) -> Rows:
        """The rows of these parts, or of all others."""
        return np.flatnonzero(np.isin(self.part_of, list(left)) == inside)


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


@dataclass(frozen=True, kw_only=True, eq=False)
class System:
    """A way to score texts, and those on whose scores it stands; `reads` says what it needs of a reading.

    It is fitted once without each choice of parts, and remembers how long that took.
    """

    name: str
    parts: Parts
    learn: Learn
    bases: tuple["System", ...] = ()
    reads: frozenset[str] = frozenset()
    fitted: dict[Left, tuple[Fitted, float]] = field(default_factory=dict)
    scored: dict[Left, Floats] = field(default_factory=dict)

    def without(self, left: Left) -> Fitted:
        """The system fitted on all other parts."""
        if left not in self.fitted:
            rows = self.parts.rows(left, inside=False)
            inputs = self.inputs(left)[rows]
            start = time.process_time()
            made = self.learn(rows, inputs)
            self.fitted[left] = made, time.process_time() - start
        return self.fitted[left][0]

    def inputs(self, left: Left) -> Floats:
        """A column for each base: scores by models that saw neither `left` nor the part that the text is in."""
        columns = [base.out_of_fold(left) for base in self.bases]
        return np.column_stack(columns) if columns else np.zeros((len(self.parts.part_of), 0))

    def out_of_fold(self, left: Left = frozenset()) -> Floats:
        """The log-odds of each text by a model that saw neither `left` nor the part that the text is in."""
        if left not in self.scored:
            self.scored[left] = np.zeros(len(self.parts.part_of))
            for part in self.parts.names:
                without, rows = left | {part}, self.parts.rows(frozenset({part}), inside=True)
                self.scored[left][rows] = self.without(without).log_odds(rows, self.inputs(without)[rows])
        return self.scored[left]

    def family(self) -> "list[System]":
        """The system and all that it stands on, each once."""
        found = [self]
        for base in self.bases:
            found += [one for one in base.family() if one not in found]
        return found

    def fit_seconds(self, left: Left) -> float:
        """Processor seconds to fit it without these parts, with all that it stands on."""
        return sum(system.fitted[without][1] for system, without in set(self.needed(left)))

    def needed(self, left: Left) -> "Iterator[tuple[System, Left]]":
        """Every system, and the parts that it is fitted without, that this one stands on; itself first."""
        yield self, left
        for base in self.bases:
            for part in self.parts.names:
                yield from base.needed(left | {part})

    def score_seconds(self, left: Left, reading_seconds: Mapping[str, float]) -> float:
        """Processor seconds to score a text of these parts once it was read, with all that it stands on."""
        rows, family = self.parts.rows(left, inside=True), self.family()
        reads = frozenset[str]().union(*(system.reads for system in family))
        scoring = (partial(system.without(left).log_odds, rows, system.inputs(left)[rows]) for system in family)
        return sum(map(seconds, scoring)) / len(rows) + sum(reading_seconds[part] for part in reads)

    def kilobytes(self, left: Left) -> float:
        """The size of what scoring needs, pickled and compressed."""
        kept = [system.without(left).kept() for system in self.family()]
        return len(zlib.compress(pickle.dumps(kept))) / 1e3
