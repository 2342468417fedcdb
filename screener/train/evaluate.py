"""Evaluation on what was left out of training, against simple systems in the same run: one record, computed once."""

import numpy as np
import numpy.typing as npt

from screener.detect import Detector
from screener.train.corpus import Corpus
from screener.train.evaluation import (
    OURS,
    DisguiseFigures,
    Evaluation,
    FlagFigures,
    ModusFigures,
    Protocol,
    Slice,
)
from screener.train.evasion import Evasion
from screener.train.flagfigures import flag_figures
from screener.train.generalising import learning_points, modus_figures
from screener.train.prepare import Prepared
from screener.train.protocols import (
    BY_AUTHOR,
    BY_CAMPAIGN,
    BY_MODUS,
    BY_TIME,
    DATES_MIN,
    TEXTS_MIN,
    Bench,
    HeldOut,
    modus_folds,
    time_folds,
    trainable,
)
from screener.train.slices import slices_of
from screener.train.split import by_author, by_campaign, honest
from screener.train.steps import Follow
from screener.train.studies import Study, not_measured
from screener.train.texts import texts_of

Rows = npt.NDArray[np.int64]


def evaluate(
    corpus: Corpus, ready: Prepared, detector: Detector, *, follow: Follow, disguises: bool = True
) -> Evaluation:
    """What training on this corpus comes to, under every protocol; `ready` are its examples, prepared with `detector`.

    About a hundred fits; `disguises` adds the reading of a sample disguised in every way. Raises SettingsError when
    the texts outside a fold do not hold both labels.
    """
    study = Study(bench=Bench.of(ready), measured=honest(ready.examples), follow=follow)
    folds = list(by_author(study.examples))
    held = study.held_out(folds, "leaving authors out", keep_weights=disguises)
    headline = study.protocol(BY_AUTHOR, folds, held)
    moduses, by_modus = _moduses(study, held)
    return Evaluation(
        model="",
        ruleset=detector.base_ruleset,
        texts=texts_of(corpus, study.measured),
        notes=corpus.notes,
        protocols=(headline, by_modus, _campaigns(study), _time(study)),
        slices=_slices(study, held, headline),
        moduses=moduses,
        learning=learning_points(study),
        disguises=_disguises(study, held, headline) if disguises else (),
        flags=_flags(study),
    )


def _moduses(study: Study, known: HeldOut) -> tuple[tuple[ModusFigures, ...], Protocol]:
    labels = study.bench.ready.labels
    folds = trainable(modus_folds(study.examples), labels)
    if not folds:
        return (), not_measured(BY_MODUS, f"no modus is named by {TEXTS_MIN} texts to follow up and can be left out")
    held = study.held_out(folds, "leaving a modus and authors out", new_vote=True)
    return modus_figures(study, folds, held, known), study.protocol(BY_MODUS, folds, held)


def _campaigns(study: Study) -> Protocol:
    folds = list(by_campaign(study.examples))
    return study.protocol(BY_CAMPAIGN, folds, study.held_out(folds, "leaving campaigns out"))


def _time(study: Study) -> Protocol:
    folds = time_folds(study.examples)
    if not folds:
        dates = len({example.written_on for example in study.examples})
        return not_measured(BY_TIME, f"different dates of writing: {dates}, and at least {DATES_MIN} are needed")
    usable = trainable(folds, study.bench.ready.labels)
    if not usable:
        return not_measured(BY_TIME, "at no date do the earlier texts hold both labels")
    return study.protocol(BY_TIME, usable, study.held_out(usable, "leaving later texts out", new_vote=True))


def _slices(study: Study, held: HeldOut, headline: Protocol) -> tuple[Slice, ...]:
    examples = [study.examples[row] for row in held.rows.tolist()]
    return slices_of(examples, study.labels(held), held.scores[OURS], _alert_threshold(headline))


def _alert_threshold(headline: Protocol) -> float:
    return headline.systems[0].points[0].threshold


def _disguises(study: Study, held: HeldOut, headline: Protocol) -> tuple[DisguiseFigures, ...]:
    ready = study.bench.ready
    evasion = Evasion(ready=ready, held=held, threshold=_alert_threshold(headline))
    return evasion.figures(study.follow)


def _flags(study: Study) -> tuple[FlagFigures, ...]:
    measured, readings = study.measured.tolist(), study.bench.ready.readings
    return flag_figures([study.examples[row] for row in measured], [readings[row] for row in measured])
