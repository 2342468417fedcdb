"""From examples to tables: every example read as it would be by a program that had not met its author."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from screener.detect import Detector, FlagModel, KindModel
from screener.errors import SettingsError
from screener.records import Example, Kind, Reading
from screener.score.features import CLAUSE_VOTE, Feature, features
from screener.train.augment import chance_of, forgetful, originals, reread
from screener.train.clausetable import clause_table
from screener.train.corpus import FOLLOW_UP, author_of, document_of
from screener.train.fit import SEED, Given, Weights, design
from screener.train.flags import learn_flags
from screener.train.kinds import kind_table, learn_kinds
from screener.train.votes import Voters

_AUTHORS_MIN = 2
# On authors 20 to 33, left out in five parts, of weights from 0.7 to 1.3 the larger are better on known moduses
# (average precision 0.967 to 0.969; recall at 5 % false alarms 0.86 to 0.88, without a vote 0.960 and 0.83); on a modus
# left out a vote of about this weight costs 0.005 of ROC-AUC and no recall.
_VOTE_WEIGHT = 1.0
REWORDED = 2
"""Copies of each example whose words are changed, besides the one that is as it was."""
Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """What fitting starts from: a row of `table`, and of each of `copies`, for every example.

    `table` is what is scored when its author is left out; `copies` are what is trained on, the first as it was written
    and the others augmented, so that a copy is on no other side of a split than its example.
    `kinds` and `flag_model` are learnt from all examples, but kind and flags in each reading, of copies too, come from
    models that left its author out, so that the score learns to live with the mistakes they will make in new texts:
    `readers` are the detectors with those flag models, one an example. So does the vote of the clauses, which `voters`
    can take again where more than an author is left out.
    """

    examples: Sequence[Example]
    readings: Sequence[Reading]
    labels: Rows
    features: tuple[Feature, ...]
    table: "csr_matrix[np.float64]"
    copies: "Sequence[csr_matrix[np.float64]]"
    kinds: KindModel
    flag_model: FlagModel
    readers: Sequence[Detector]
    voters: Voters

    @property
    def given(self) -> Given:
        """The weight of the clauses' vote: learnt beside words that training has seen, it would be far too small."""
        return {at: _VOTE_WEIGHT for at, feature in enumerate(self.features) if feature.name == CLAUSE_VOTE}

    def by_new_vote(self, weights: Weights, train: Rows, test: Rows) -> Floats:
        """The log-odds of test rows by weights; the vote in place of the table's is taught by training rows alone."""
        log_odds = weights.log_odds(self.table[test])
        for column in self.given:
            instead = self.voters.votes(train, test) - self.table[test, column].toarray().ravel()
            log_odds = log_odds + weights.features[column] * instead
        return log_odds


def prepare(examples: Sequence[Example], detector: Detector, tell: Callable[[str], None]) -> Prepared:
    """The examples ready for fitting; costs five readings of each, six fits of the kinds and five of the flags.

    Raises SettingsError when they are all by one author, or not one of them is an ad.
    """
    if len({author_of(example) for example in examples}) < _AUTHORS_MIN:
        raise SettingsError("all examples are by one author: more authors and more campaigns are needed")
    if all(example.kind != Kind.AD for example in examples):
        raise SettingsError("no example of the corpus is of kind 'ad': there is nothing to learn a score from")
    tell(f"reading {len(examples)} examples")
    with threadpool_limits(limits=1):  # with more threads BLAS adds up in another order
        tell("learning flags")
        learnt = learn_flags(clause_table(examples, detector))
        tell("learning kinds")
        kinds, taken_for = learn_kinds(kind_table(examples, detector), learnt.votes_on_ads)
    second_readers = [detector.with_flags(one) for one in learnt.held_out]
    readers = [second_readers[fold] for fold in learnt.fold_of.tolist()]
    together = zip(examples, taken_for, readers, strict=True)
    readings = [reader.read(document_of(example), kind) for example, kind, reader in together]
    listed = features(detector.indicators, detector.combination_titles)
    tell("rewording copies")
    return Prepared(
        examples=examples,
        readings=readings,
        labels=labels_of(examples),
        features=listed,
        table=design(readings, listed),
        copies=_copies(examples, readings, readers, listed),
        readers=readers,
        kinds=kinds,
        flag_model=learnt.model,
        voters=learnt.voters,
    )


def _copies(
    examples: Sequence[Example], readings: Sequence[Reading], readers: Sequence[Detector], listed: Sequence[Feature]
) -> "list[csr_matrix[np.float64]]":
    """The tables to train on: the same rows as the readings, each copy worded otherwise and forgetting other flags."""
    rows = [
        [one.reading, *reread(one, chance_of(one.example, SEED), reader, REWORDED)]
        for one, reader in zip(originals(examples, readings), readers, strict=True)
    ]
    copies = zip(*rows, strict=True)
    return [design(forgetful(examples, of, SEED + number), listed) for number, of in enumerate(copies)]


def labels_of(examples: Sequence[Example]) -> Rows:
    """1 for examples that a careful officer would follow up, 0 for all others, job fraud among them."""
    return np.array([example.label == FOLLOW_UP for example in examples], dtype=np.int64)
