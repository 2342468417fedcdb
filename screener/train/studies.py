"""One study: the texts that figures are taken from, the systems, and what they come to under a protocol."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screener.records import Example, Reading
from screener.train.bands import thresholds
from screener.train.evaluation import OURS, Bands, Protocol, SystemFigures
from screener.train.figures import (
    bands_of,
    calibration_figures,
    cross_calibrated,
    system_figures,
)
from screener.train.protocols import STATEMENTS, Bench, Fold, HeldOut, held_out
from screener.train.resampling import Resamples
from screener.train.steps import Follow

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Study:
    """A bench of systems, and the rows of the examples to take figures from."""

    bench: Bench
    measured: Rows
    follow: Follow

    @property
    def examples(self) -> Sequence[Example]:
        """All examples, those to train on and those to measure."""
        return self.bench.ready.examples

    def held_out(
        self, folds: Sequence[Fold], task: str, *, keep_weights: bool = False, new_vote: bool = False
    ) -> HeldOut:
        """The scores of the texts to measure by models that had not seen them (see `protocols.held_out`)."""
        held = held_out(self.bench, self.follow(folds, task), keep_weights=keep_weights, new_vote=new_vote)
        return held.only(np.isin(held.rows, self.measured))

    def labels(self, held: HeldOut) -> Rows:
        """The label at each place."""
        return self.bench.ready.labels[held.rows]

    def resamples(self, held: HeldOut) -> Resamples:
        """The groups at each place, to be drawn."""
        return Resamples.of([self.examples[row].group for row in held.rows.tolist()])

    def protocol(self, name: str, folds: Sequence[Fold], held: HeldOut) -> Protocol:
        """The figures of all systems under a protocol, and of our probabilities where each text occurs once."""
        labels, once = self.labels(held), held.counting_once()
        if not 0 < labels.sum() < len(labels):
            return not_measured(name, "the texts that were left out do not hold both labels")
        once_each = once is None
        probabilities = cross_calibrated(held.scores[OURS], labels, held.fold_of)
        return Protocol(
            name=name,
            statement=STATEMENTS[name],
            folds=len(folds),
            texts=len(set(held.rows.tolist())),
            to_follow_up=len(set(held.rows[labels == 1].tolist())),
            systems=self._systems(held, labels, once),
            calibration=calibration_figures(labels, probabilities) if once_each else None,
            bands=self._bands(held, labels, probabilities) if once_each else None,
        )

    def _systems(self, held: HeldOut, labels: Rows, weights: Floats | None) -> tuple[SystemFigures, ...]:
        resamples = self.resamples(held)
        return tuple(system_figures(name, labels, of, resamples, weights) for name, of in held.scores.items())

    def _bands(self, held: HeldOut, labels: Rows, probabilities: Floats) -> Bands:
        readings: list[Reading] = [self.bench.ready.readings[row] for row in held.rows.tolist()]
        return bands_of(labels, probabilities, readings, thresholds(labels, probabilities), self.resamples(held))


def not_measured(name: str, why: str) -> Protocol:
    """A protocol without figures, and why."""
    return Protocol(name=name, statement=STATEMENTS[name], not_measured=why)
