"""Which texts an evaluation is about."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from screener.records import Example
from screener.train.corpus import FOLLOW_UP, Corpus, author_of
from screener.train.evaluation import Texts

Rows = npt.NDArray[np.int64]


def texts_of(corpus: Corpus, measured: Rows) -> Texts:
    """How many texts there are, and which figures are taken from."""
    examples = corpus.examples
    return Texts(
        digest=corpus.digest,
        examples=len(examples),
        to_follow_up=sum(example.label == FOLLOW_UP for example in examples),
        groups=len({example.group for example in examples}),
        authors=len({author_of(example) for example in examples}),
        measured_on=_measured_on(examples, measured),
    )


def _measured_on(examples: Sequence[Example], measured: Rows) -> str:
    if len(measured) == len(examples):
        return "all of them"
    to_follow_up = sum(examples[row].label == FOLLOW_UP for row in measured.tolist())
    return f"the {len(measured)} that no writer of rules had read, {to_follow_up} of them to follow up"
