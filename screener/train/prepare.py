"""From examples to tables: every example read as it would be by a program that had not met its author."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from screener.detect import Detector, FlagModel, KindModel
from screener.errors import SettingsError
from screener.records import Example, Reading
from screener.score.features import Feature, features
from screener.train.corpus import FOLLOW_UP, author_of, document_of
from screener.train.fit import design, training_copies
from screener.train.flags import clause_table, learn_flags
from screener.train.kinds import kind_table, learn_kinds

_AUTHORS_MIN = 2
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """What fitting starts from: a row of `table`, and of each of `copies`, for every example.

    `kinds` and `flag_model` are learnt from all examples, but kind and proposed flags in each reading come from models
    that left its author out, so that the score learns to live with the mistakes they will make in new texts.
    """

    examples: Sequence[Example]
    readings: Sequence[Reading]
    labels: Rows
    features: tuple[Feature, ...]
    table: "csr_matrix[np.float64]"
    copies: "Sequence[csr_matrix[np.float64]]"
    kinds: KindModel
    flag_model: FlagModel


def prepare(examples: Sequence[Example], detector: Detector, tell: Callable[[str], None]) -> Prepared:
    """The examples ready for fitting; costs three readings of each, six fits of the kinds and five of the flags.

    Raises SettingsError when they are all by one author.
    """
    if len({author_of(example) for example in examples}) < _AUTHORS_MIN:
        raise SettingsError("all examples are by one author: more authors and more campaigns are needed")
    tell(f"reading {len(examples)} examples")
    with threadpool_limits(limits=1):  # with more threads BLAS adds up in another order
        kinds, taken_for = learn_kinds(kind_table(examples, detector))
        tell("learning flags")
        learnt = learn_flags(clause_table(examples, detector))
    together = zip(examples, taken_for, learnt.proposals, strict=True)
    readings = [detector.read(document_of(example), kind, proposals) for example, kind, proposals in together]
    listed = features(detector.indicators)
    return Prepared(
        examples=examples,
        readings=readings,
        labels=labels_of(examples),
        features=listed,
        table=design(readings, listed),
        copies=training_copies(examples, readings, listed),
        kinds=kinds,
        flag_model=learnt.model,
    )


def labels_of(examples: Sequence[Example]) -> Rows:
    """1 for examples that a careful officer would follow up, 0 for all others, job fraud among them."""
    return np.array([example.label == FOLLOW_UP for example in examples], dtype=np.int64)
