"""Each kind of disguise on its own: how well held-out texts to follow up are found when their words are disguised."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from screener.records import Example, Reading
from screener.train.corpus import document_of
from screener.train.disguise import disguised
from screener.train.disguises import KINDS
from screener.train.evaluation import OURS, DisguiseFigures
from screener.train.fit import design
from screener.train.measures import Ranked, average_precision
from screener.train.prepare import Prepared
from screener.train.protocols import TEXTS_MIN, HeldOut
from screener.train.steps import Follow

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
SAMPLE_MAX = 150
PER_SENTENCE = 2
_SEED = 20261122
STATEMENT = (
    f"A fixed sample of at most {SAMPLE_MAX} held-out texts to follow up, the same for every kind; in each, up to "
    f"{PER_SENTENCE} words of a sentence are disguised, marked words first, in one way only, and the text is read "
    "again by a flag model and scored by a model that left its author out. It is taken for the kind of text that it "
    "was taken for before. Each is ranked among all held-out texts that are not to follow up, as they were; recall is "
    "at 5 % false alarms. Texts that a kind cannot change do not count. Where recall rises, the disguise itself was "
    "taken for a sign; what it would do to texts that are not to follow up is not measured."
)


@dataclass(frozen=True, kw_only=True)
class Evasion:
    """What disguised texts are read and scored with: held-out scores with the models that gave them."""

    ready: Prepared
    held: HeldOut
    threshold: float

    def figures(self, follow: Follow) -> tuple[DisguiseFigures, ...]:
        """The figures of every kind that changes at least five texts of the sample, the lowest recall first."""
        sample = self._sample()
        plain = self._scores(sample, [self.ready.examples[row].text for row in self.held.rows[sample]])
        made = [self._of_kind(kind, sample, plain) for kind in follow(tuple(KINDS), "reading disguised texts, by kind")]
        return tuple(sorted((one for one in made if one is not None), key=lambda one: (one.recall, one.kind)))

    def _sample(self) -> Rows:
        """Places of held-out texts to follow up, drawn once; in the order of the places."""
        places = np.flatnonzero(self.ready.labels[self.held.rows] == 1)
        drawn = np.random.default_rng(_SEED).permutation(places)[:SAMPLE_MAX]
        return np.sort(drawn)

    def _of_kind(self, kind: str, sample: Rows, plain: Floats) -> DisguiseFigures | None:
        examples = [self.ready.examples[row] for row in self.held.rows[sample]]
        texts = [disguised(example.text, example.marks, PER_SENTENCE, _SEED, [kind])[0] for example in examples]
        changed = np.array([text != example.text for text, example in zip(texts, examples, strict=True)])
        if changed.sum() < TEXTS_MIN:
            return None
        scores = self._scores(sample[changed], [text for text, is_new in zip(texts, changed, strict=True) if is_new])
        return DisguiseFigures(
            kind=kind,
            texts=int(changed.sum()),
            ap=self._ap(scores),
            ap_plain=self._ap(plain[changed]),
            recall=float((scores >= self.threshold).mean()),
            recall_plain=float((plain[changed] >= self.threshold).mean()),
        )

    def _scores(self, places: Rows, texts: Sequence[str]) -> Floats:
        """The log-odds of the texts at these places when they read so."""
        readings = [self._read(row, text) for row, text in zip(self.held.rows[places].tolist(), texts, strict=True)]
        table, folds = design(readings, self.ready.features), self.held.fold_of[places]
        log_odds = np.zeros(len(places))
        for fold in np.unique(folds):
            log_odds[folds == fold] = self.held.weights[fold].log_odds(table[folds == fold])
        return log_odds

    def _read(self, row: int, text: str) -> Reading:
        example: Example = replace(self.ready.examples[row], text=text)
        return self.ready.readers[row].read(document_of(example), self.ready.readings[row].kind)

    def _ap(self, scores: Floats) -> float:
        others = self.held.scores[OURS][self.ready.labels[self.held.rows] == 0]
        labels = np.repeat([1, 0], [len(scores), len(others)])
        return float(average_precision(*Ranked.of(labels, np.concatenate([scores, others])).counts()))
