"""What becomes of the figures when a whole modus was never met, and when fewer authors were."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from screener.train.bands import ALERT_FALSE_ALARMS
from screener.train.baselines import TFIDF
from screener.train.corpus import author_of
from screener.train.evaluation import OURS, LearningPoint, ModusFigures
from screener.train.figures import STRICT_FALSE_ALARMS
from screener.train.measures import Ranked, area_under_roc, average_precision
from screener.train.protocols import SHARES, TEXTS_MIN, Fold, HeldOut, learning_folds, trainable
from screener.train.resampling import intervals
from screener.train.studies import Study

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
LEARNING_STATEMENT = (
    "Authors fall into five parts; each is scored by models that were trained on the first 20, 40, 60, 80 and 100 % of "
    "all other authors, in an order that a hash of their names decides. The clauses' vote comes from the same "
    "texts; kinds and proposed flags come from models of all other authors at every share."
)


def modus_figures(study: Study, folds: Sequence[Fold], held: HeldOut, known: HeldOut) -> tuple[ModusFigures, ...]:
    """The figures of every left-out modus of at least five texts, the lowest recall first.

    `known` holds the scores of the same texts by models that left out their authors, but no modus.
    """
    before = np.zeros(len(study.examples))
    before[known.rows] = known.scores[OURS]
    names = np.array([name for name, _, _ in folds])[held.fold_of]
    made = [_of_modus(study, modus, held.only(names == modus), before) for modus in sorted(set(names.tolist()))]
    return tuple(sorted((one for one in made if one.texts >= TEXTS_MIN), key=lambda one: (one.recall, one.modus)))


def _of_modus(study: Study, modus: str, held: HeldOut, before: Floats) -> ModusFigures:
    labels = study.labels(held)
    new, old = Ranked.of(labels, held.scores[OURS]), Ranked.of(labels, before[held.rows])
    return ModusFigures(
        modus=modus,
        texts=int(labels.sum()),
        auc=float(area_under_roc(*new.counts())),
        recall=recall_at(new, ALERT_FALSE_ALARMS),
        recall_strict=recall_at(new, STRICT_FALSE_ALARMS),
        auc_known=float(area_under_roc(*old.counts())),
        recall_known=recall_at(old, ALERT_FALSE_ALARMS),
    )


def recall_at(ranked: Ranked, false_alarms: float) -> float:
    """The recall at no more than a share of false alarms."""
    risky, _ = ranked.counts()
    step = ranked.step_for(false_alarms)
    return float(risky[step - 1] / risky[-1]) if step else 0.0


def learning_points(study: Study) -> tuple[LearningPoint, ...]:
    """How well we, and the plain model, do when trained on 20 to 100 % of the authors; empty with too few of them."""
    return tuple(point for share in SHARES for point in _points(study, share))


def _points(study: Study, share: float) -> Iterator[LearningPoint]:
    folds = learning_folds(study.examples, share)
    # With a part left out the points would not be about the same texts.
    if not folds or len(trainable(folds, study.bench.ready.labels)) < len(folds):
        return
    held = study.held_out(folds, f"training on {share:.0%} of the authors", new_vote=True)
    labels, resamples = study.labels(held), study.resamples(held)
    for system in (OURS, TFIDF):
        ranked = Ranked.of(labels, held.scores[system])
        yield LearningPoint(
            system=system,
            share=share,
            authors=float(np.mean([_authors(study, train) for _, train, _ in folds])),
            texts=float(np.mean([len(train) for _, train, _ in folds])),
            ap=intervals(ranked, resamples, [average_precision])[0],
            recall=recall_at(ranked, ALERT_FALSE_ALARMS),
        )


def _authors(study: Study, rows: Rows) -> int:
    return len({author_of(study.examples[row]) for row in rows.tolist()})
