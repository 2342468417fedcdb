"""Splits that keep what belongs together apart: by author, or by campaign; never at random."""

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from screener.records import Example
from screener.train.corpus import FOLLOW_UP, author_of

Rows = npt.NDArray[np.int64]
CAMPAIGN_FOLDS = 5
AUTHORS_APART = 40
"""With more authors than this, leaving out each alone would take a fit for each: they are left out in ten parts."""
AUTHOR_FOLDS = 10
UNSEEN_MIN = 40


def by_author(examples: Sequence[Example]) -> Iterator[tuple[str, Rows, Rows]]:
    """Name, training rows and test rows with one author left out at a time, or a tenth of more than 40 authors."""
    authors = [author_of(example) for example in examples]
    if len(set(authors)) > AUTHORS_APART:
        authors = [f"authors, part {_fold(author, AUTHOR_FOLDS) + 1}" for author in authors]
    names = np.array(authors)
    for name in sorted(set(authors)):
        yield name, np.flatnonzero(names != name), np.flatnonzero(names == name)


def by_campaign(examples: Sequence[Example]) -> Iterator[tuple[str, Rows, Rows]]:
    """Name, training rows and test rows of up to five folds; a campaign falls into one by the hash of its name."""
    folds = np.array([_fold(example.group, CAMPAIGN_FOLDS) for example in examples])
    for fold in range(CAMPAIGN_FOLDS):
        if (folds == fold).any():
            yield f"fold {fold + 1}", np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)


def honest(examples: Sequence[Example]) -> Rows:
    """The rows to take figures from: those that no writer of rules had read, or all when these are too few."""
    unseen = np.array([not example.seen_by_rules for example in examples])
    labels = [example.label for example, is_unseen in zip(examples, unseen.tolist(), strict=True) if is_unseen]
    enough = min(labels.count(FOLLOW_UP), len(labels) - labels.count(FOLLOW_UP)) >= UNSEEN_MIN
    return np.flatnonzero(unseen) if enough else np.arange(len(examples))


def _fold(name: str, folds: int) -> int:
    return int(hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest(), 16) % folds
