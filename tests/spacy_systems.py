"""spaCy pipelines that learn from scratch: text classification, and how any of them is taught."""

import math
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import spacy
from scipy.special import logit
from spacy.language import Language
from spacy.training import Example as Lesson
from thinc.api import fix_random_seed

from screener.train.fit import SEED
from tests.alternative_bench import Bench
from tests.nested_systems import Fitted, Floats, Rows

_CERTAIN = 1e-6
_BATCH = 32
_DROPOUT = 0.2
_FOLLOW, _OTHER = "follow_up", "other"
WORDS: Mapping[str, object] = {
    "@architectures": "spacy.TextCatBOW.v3",
    "exclusive_classes": True,
    "ngram_size": 2,
    "no_output_layer": False,
    "length": 262144,
}
CONVOLUTION: Mapping[str, object] = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "pretrained_vectors": None,
    "width": 64,
    "depth": 2,
    "embed_size": 5000,
    "window_size": 1,
    "maxout_pieces": 3,
    "subword_features": True,
}
BOTH: Mapping[str, object] = {
    "@architectures": "spacy.TextCatEnsemble.v2",
    "linear_model": WORDS,
    "tok2vec": dict(CONVOLUTION),
}


@dataclass(frozen=True, kw_only=True)
class _Categorizer:
    texts: "npt.NDArray[np.object_]"
    language: Language

    def log_odds(self, rows: Rows, _: Floats) -> Floats:
        documents = self.language.pipe(self.texts[rows].tolist())
        probability = np.array([document.cats[_FOLLOW] for document in documents], dtype=np.float64)
        return np.asarray(logit(np.clip(probability, _CERTAIN, 1 - _CERTAIN)), dtype=np.float64)

    def kept(self) -> object:
        return self.language.to_bytes(exclude=["vocab", "tokenizer"])


def text_categorizer(bench: Bench, model: Mapping[str, object], epochs: int, rows: Rows, _: Floats) -> Fitted:
    """A blank Indonesian pipeline that learnt to tell the labels apart."""
    fix_random_seed(SEED % 2**31)
    language = spacy.blank("id")
    language.add_pipe("textcat", config={"model": dict(model)})
    lessons = [_lesson(language, bench, row) for row in rows.tolist()]
    teach(language, lessons, epochs)
    return _Categorizer(texts=bench.texts, language=language)


def _lesson(language: Language, bench: Bench, row: int) -> Lesson:
    label = float(bench.ready.labels[row])
    return Lesson.from_dict(language.make_doc(bench.texts[row]), {"cats": {_FOLLOW: label, _OTHER: 1 - label}})


def teach(
    language: Language, lessons: Sequence[Lesson], epochs: int, batch: int = _BATCH, seconds: float = math.inf
) -> int:
    """How many epochs over the lessons were begun in so many processor seconds; their order hangs on the seed only."""
    chance, order = random.Random(SEED), list(lessons)  # noqa: S311  no secret is made of it
    optimizer, until = language.initialize(lambda: lessons), time.process_time() + seconds
    for epoch in range(epochs):
        chance.shuffle(order)
        for start in range(0, len(order), batch):
            if time.process_time() > until:
                return epoch + 1
            language.update(order[start : start + batch], sgd=optimizer, drop=_DROPOUT)
    return epochs
