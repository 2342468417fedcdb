"""What alternatives are fitted on: prepared examples as features, n-grams and texts, their authors in five parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from screener.ngrams import matrix
from screener.records import Example
from screener.score.features import encode
from screener.train.prepare import Prepared
from screener.train.protocols import learning_folds
from tests.nested_systems import Parts, seconds

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


@dataclass(frozen=True, kw_only=True)
class Bench:
    """Prepared examples with their authors in parts."""

    ready: Prepared
    parts: Parts

    @classmethod
    def of(cls, ready: Prepared) -> "Bench":
        """The bench of prepared examples, their authors in five parts."""
        part_of = np.zeros(len(ready.examples), dtype=np.int64)
        for part, (_, _, test) in enumerate(learning_folds(ready.examples, 1.0)):
            part_of[test] = part
        return cls(ready=ready, parts=Parts(part_of=part_of))

    @property
    def examples(self) -> Sequence[Example]:
        """All examples."""
        return self.ready.examples

    @cached_property
    def texts(self) -> npt.NDArray[np.object_]:
        """Title and text of each example."""
        return np.array([f"{example.title}\n{example.text}" for example in self.examples], dtype=object)

    @property
    def table(self) -> "csr_matrix[np.float64]":
        """The table to score from."""
        return self.ready.table

    @property
    def copies(self) -> "Sequence[csr_matrix[np.float64]]":
        """The tables to train on."""
        return self.ready.copies

    @property
    def features(self) -> int:
        """How many features there are, which are the first columns."""
        return len(self.ready.features)

    def reading_seconds(self) -> dict[str, float]:
        """Processor seconds a text to make the features, and the n-grams' row, of what was read."""
        readings = self.ready.readings
        return {
            "features": seconds(lambda: encode(readings, self.ready.features)) / len(readings),
            "ngrams": seconds(lambda: matrix([reading.grams for reading in readings])) / len(readings),
        }
