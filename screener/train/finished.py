"""A finished model on labelled texts: nothing is fitted, and what the model was trained on is told."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from screener.detect import Detector
from screener.errors import SettingsError
from screener.records import Example
from screener.score.model import Model
from screener.text import fold
from screener.train.baselines import without_fitting
from screener.train.corpus import Corpus, document_of
from screener.train.evaluation import OURS, Evaluation, Protocol
from screener.train.figures import bands_of, calibration_figures, system_figures
from screener.train.flagfigures import flag_figures
from screener.train.prepare import labels_of
from screener.train.resampling import Resamples
from screener.train.slices import slices_of
from screener.train.split import honest
from screener.train.steps import Follow
from screener.train.texts import texts_of

Rows = npt.NDArray[np.int64]
FINISHED = "finished model"
STATEMENT = (
    "The model scores the texts as it is; nothing is fitted on them, and its own thresholds make the bands. The "
    "thresholds at 5 % and 1 % false alarms are those that these texts would have asked for."
)


def measure(
    corpus: Corpus, detector: Detector, model: Model, *, follow: Follow, trained_on: Corpus | None = None
) -> Evaluation:
    """What a finished model comes to on labelled texts; `detector` is the one that was opened with the model.

    `trained_on` is the corpus that the model was trained on, as far as it is at hand. Raises SettingsError when the
    texts are all to follow up, or none is.
    """
    measured = honest(corpus.examples)
    examples = [corpus.examples[row] for row in measured.tolist()]
    labels = labels_of(examples)
    if not 0 < labels.sum() < len(labels):
        raise SettingsError("to measure a model, the data must hold both texts to follow up and others")
    readings = [detector.read(document_of(example)) for example in follow(examples, "reading and scoring texts")]
    probabilities = np.array([model.score(reading).probability for reading in readings])
    resamples = Resamples.of([example.group for example in examples])
    scores = {OURS: probabilities, **without_fitting(examples, readings)}
    systems = tuple(system_figures(name, labels, of, resamples) for name, of in scores.items())
    limits = (model.manifest.alert_threshold, model.manifest.review_threshold)
    protocol = Protocol(
        name=FINISHED,
        statement=STATEMENT,
        texts=len(labels),
        to_follow_up=int(labels.sum()),
        systems=systems,
        calibration=calibration_figures(labels, probabilities),
        bands=bands_of(labels, probabilities, readings, limits, resamples),
    )
    return Evaluation(
        model=model.name,
        ruleset=detector.ruleset,
        texts=texts_of(corpus, measured),
        notes=(*met_before(corpus, model, trained_on), *corpus.notes),
        protocols=(protocol,),
        slices=slices_of(examples, labels, probabilities, systems[0].points[0].threshold),
        flags=flag_figures(examples, readings),
    )


def met_before(corpus: Corpus, model: Model, trained_on: Corpus | None) -> tuple[str, ...]:
    """Sentences that say how far the model was trained on these very texts: by digest, by text and by id."""
    if corpus.digest == model.manifest.corpus:
        return ("The model was trained on this very file: the figures show what it remembers, not what it can do.",)
    if trained_on is not None and trained_on.digest == model.manifest.corpus:
        return (_overlap(corpus.examples, trained_on.examples),)
    golden = {_plain(golden.text) for golden in model.manifest.golden}
    at_hand = {_plain(example.text) for example in trained_on.examples} if trained_on is not None else set()
    return (_by_golden(corpus.examples, golden), *_in_other_version(corpus.examples, at_hand))


def _by_golden(examples: Sequence[Example], golden: set[str]) -> str:
    return (
        f"The corpus that the model was trained on is not at hand, but for {len(golden)} of its texts: "
        f"{_same_text(examples, golden)} of these texts are among them, and more of them may have been in the rest."
    )


def _in_other_version(examples: Sequence[Example], at_hand: set[str]) -> Iterator[str]:
    same = _same_text(examples, at_hand)
    if same:
        yield (
            f"{same} of these texts stand in the corpus that is at hand, which is not the one of the model, but "
            "perhaps another version of it: what was in both, the model remembers."
        )


def _overlap(examples: Sequence[Example], known: Sequence[Example]) -> str:
    same_text = _same_text(examples, {_plain(example.text) for example in known})
    ids = {example.id for example in known}
    same_id = sum(example.id in ids for example in examples)
    if not same_text and not same_id:
        return "None of these texts, and none of their ids, was in the corpus that the model was trained on."
    return (
        f"Of these {len(examples)} texts, {same_text} stand in the corpus that the model was trained on, and {same_id} "
        "carry an id of it: as far as they do, the figures show what it remembers."
    )


def _same_text(examples: Sequence[Example], known: set[str]) -> int:
    return sum(_plain(example.text) in known for example in examples)


def _plain(text: str) -> str:
    """The text without what a copy loses: case, accents, white space."""
    return " ".join(fold(text).text.split())
