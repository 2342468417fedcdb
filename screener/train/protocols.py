"""What is left out of training, and how each system scores it: by author, campaign, modus and time, never at random.

Each protocol keeps what belongs together apart, and `STATEMENTS` says what exactly is done.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screener.errors import SettingsError
from screener.records import Example
from screener.train.baselines import TFIDF, TfidfBaseline, without_fitting
from screener.train.corpus import FOLLOW_UP, author_of
from screener.train.evaluation import OURS
from screener.train.fit import Weights, fit_copies
from screener.train.prepare import Prepared

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Fold = tuple[str, Rows, Rows]
"""Name, training rows and test rows."""
AUTHOR_PARTS = 5
TEXTS_MIN = 5
DATES_MIN = 2
_TIME_BLOCKS = 5
_NO_MODUS = {"", "none", "unknown"}
SHARES = (0.2, 0.4, 0.6, 0.8, 1.0)

BY_AUTHOR = "author left out"
BY_CAMPAIGN = "campaign left out"
BY_MODUS = "modus left out"
BY_TIME = "later texts"
STATEMENTS: Mapping[str, str] = {
    BY_AUTHOR: "Each author's texts are scored by a model that was trained on all other authors, one author at a time "
    "(ten groups of authors where there are more than forty). Kinds, proposed flags and the clauses' vote, from which "
    "the score reads, come from models that left the author out as well; the rules are the same everywhere.",
    BY_CAMPAIGN: "Campaigns fall into five parts; each part is scored by a model that was trained on the other four. "
    "The same author is on both sides, so this flatters: it is what a desk sees that goes on meeting writers it knows. "
    "Kinds, proposed flags and the clauses' vote come from models that left the author out.",
    BY_MODUS: "Authors fall into five parts. For each part and each modus a model is trained on the other authors "
    "without any text to follow up of that modus, and scores the part's texts of that modus and all its texts that "
    "are not to follow up. The clauses' vote comes from a model of the same texts; kinds and proposed flags come from "
    "models that left the author out but had met the modus with other authors, and the writers of the rules knew every "
    "modus. Each ordinary text is scored once a modus and counts as one in all.",
    BY_TIME: "Dates are cut into up to five parts of about the same number of texts. Each part but the first is scored "
    "by a model that was trained on earlier texts only, without those of its own groups, and so was the clauses' vote; "
    "kinds and proposed flags come from models that left the author out but had met later texts.",
}


@dataclass(frozen=True, kw_only=True)
class Bench:
    """All that the systems need: what fitting starts from, counted texts, and the scores that need no fitting."""

    ready: Prepared
    tfidf: TfidfBaseline
    unfitted: Mapping[str, Floats]

    @classmethod
    def of(cls, ready: Prepared) -> "Bench":
        """The bench of prepared examples."""
        return cls(
            ready=ready,
            tfidf=TfidfBaseline.of(ready.examples, ready.labels),
            unfitted=without_fitting(ready.examples, ready.readings),
        )

    def fitted(self, name: str, train: Rows) -> Weights:
        """Our model of the training rows. Raises SettingsError when they do not hold both labels."""
        labels = self.ready.labels
        if len(set(labels[train].tolist())) == 1:
            raise SettingsError(
                f"without {name} the corpus does not hold both texts to follow up and others: "
                "more authors and more campaigns are needed"
            )
        return fit_copies(self.ready.copies, labels, train, len(self.ready.features), self.ready.given)


@dataclass(frozen=True, kw_only=True)
class HeldOut:
    """Scores by systems that had not seen the texts: `rows` says whose, `fold_of` by the model of which fold.

    A text may occur several times, by models of several folds. `weights` hold our models when they were kept.
    """

    rows: Rows
    fold_of: Rows
    scores: Mapping[str, Floats]
    weights: tuple[Weights, ...] = ()

    def only(self, places: Rows | Bools) -> "HeldOut":
        """The same of some places."""
        scores = {system: of[places] for system, of in self.scores.items()}
        return HeldOut(rows=self.rows[places], fold_of=self.fold_of[places], scores=scores, weights=self.weights)

    def counting_once(self) -> Floats | None:
        """Weights under which each text counts as one in all; None when it occurs once anyway."""
        times = np.bincount(self.rows)[self.rows]
        return None if (times == 1).all() else 1 / times


def held_out(bench: Bench, folds: Iterable[Fold], *, keep_weights: bool = False, new_vote: bool = False) -> HeldOut:
    """The scores of every test row of every fold, one fold after another. Raises SettingsError as `Bench.fitted`.

    With a `new_vote` the clauses' vote is learnt from the training rows alone, where more than authors is left out.
    """
    rows, fold_of, ours, theirs, kept = [], [], [], [], []
    for number, (name, train, test) in enumerate(folds):
        weights = bench.fitted(name, train)
        rows.append(test)
        fold_of.append(np.full(len(test), number))
        ours.append(
            bench.ready.by_new_vote(weights, train, test) if new_vote else weights.log_odds(bench.ready.table[test])
        )
        theirs.append(bench.tfidf.scores(train, test))
        kept += [weights] if keep_weights else []
    together = np.concatenate(rows)
    return HeldOut(
        rows=together,
        fold_of=np.concatenate(fold_of),
        scores={
            OURS: np.concatenate(ours),
            TFIDF: np.concatenate(theirs),
            **{system: of[together] for system, of in bench.unfitted.items()},
        },
        weights=tuple(kept),
    )


def modus_folds(examples: Sequence[Example]) -> list[Fold]:
    """One modus and one of five groups of authors left out at a time; named by the modus.

    A modus with fewer than five texts, and a group of authors without a text of it, is left out.
    """
    moduses, followed = _column(examples, "modus"), _column(examples, "label") == FOLLOW_UP
    folds = []
    for modus in measurable_moduses(examples):
        of_modus = followed & (moduses == modus)
        for _, test in _parts(examples):
            if (test & of_modus).any():
                folds.append((modus, *_sides(~test & ~of_modus, test & (of_modus | ~followed))))
    return folds


def measurable_moduses(examples: Sequence[Example]) -> list[str]:
    """The moduses, by name, of at least five texts to follow up."""
    of_followed = [example.modus for example in examples if example.label == FOLLOW_UP]
    return sorted(modus for modus in set(of_followed) - _NO_MODUS if of_followed.count(modus) >= TEXTS_MIN)


def time_folds(examples: Sequence[Example]) -> list[Fold]:
    """Later texts left out, trained on earlier ones; empty when there are only one date."""
    dates = _column(examples, "written_on")
    groups = _column(examples, "group")
    if len(set(dates.tolist())) < DATES_MIN:
        return []
    starts = sorted(set(np.sort(dates)[[len(dates) * n // _TIME_BLOCKS for n in range(1, _TIME_BLOCKS)]].tolist()))
    folds = []
    for start, end in zip(starts, [*starts[1:], "9999"], strict=True):
        test = (dates >= start) & (dates < end)
        train = (dates < start) & ~np.isin(groups, groups[test])
        folds.append((f"the texts from {start}", *_sides(train, test)))
    return folds


def learning_folds(examples: Sequence[Example], share: float) -> list[Fold]:
    """One of five groups of authors left out at a time, trained on a share of the others, the same first ones always.

    Empty when there are fewer than five authors.
    """
    authors, order = np.array([author_of(example) for example in examples]), _by_hash(examples)
    if len(order) < AUTHOR_PARTS:
        return []
    folds = []
    for name, test in _parts(examples):
        others = [author for author in order if author not in set(authors[test].tolist())]
        taken = others[: max(1, round(share * len(others)))]
        folds.append((name, *_sides(np.isin(authors, taken), test)))
    return folds


def trainable(folds: Sequence[Fold], labels: Rows) -> list[Fold]:
    """The folds whose training rows hold both labels."""
    return [fold for fold in folds if len(set(labels[fold[1]].tolist())) > 1]


def _parts(examples: Sequence[Example]) -> Iterator[tuple[str, Bools]]:
    """Name and rows of five groups of authors; an author falls into one by the order of a hash of the name."""
    authors, order = np.array([author_of(example) for example in examples]), _by_hash(examples)
    for start in range(min(AUTHOR_PARTS, len(order))):
        yield f"authors, part {start + 1}", np.isin(authors, order[start::AUTHOR_PARTS])


def _by_hash(examples: Sequence[Example]) -> list[str]:
    authors = {author_of(example) for example in examples}
    return sorted(authors, key=lambda name: hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest())


def _column(examples: Sequence[Example], field: str) -> npt.NDArray[np.str_]:
    return np.array([getattr(example, field) for example in examples], dtype=np.str_)


def _sides(train: Bools, test: Bools) -> tuple[Rows, Rows]:
    return np.flatnonzero(train), np.flatnonzero(test)
