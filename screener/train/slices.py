"""The figures of parts of the texts: by language, kind, modus, tier, length and source, the worst of each first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from screener.records import Example
from screener.train.evaluation import Slice
from screener.train.measures import Ranked, average_precision

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
SLICE_MIN = 5
_LENGTHS = (0, 200, 500, 1000)


def length_class(example: Example) -> str:
    """How long the text is, in characters."""
    size = len(example.text)
    for low, high in pairwise(_LENGTHS):
        if size < high:
            return f"{low} to {high - 1} characters"
    return f"{_LENGTHS[-1]} characters and more"


FIELDS: Mapping[str, Callable[[Example], str]] = {
    "language": lambda example: example.language,
    "kind": lambda example: example.kind,
    "modus": lambda example: example.modus,
    "tier": lambda example: example.tier,
    "length": length_class,
    "source type": lambda example: example.source_type,
}
"""The fields that texts are sliced by, and how a text's value is read."""


def slices_of(examples: Sequence[Example], labels: Rows, scores: Floats, threshold: float) -> tuple[Slice, ...]:
    """The slices of at least five texts, field by field, those first of which the least is right at a threshold.

    A field in which all texts are alike has none.
    """
    return tuple(one for field in FIELDS for one in _of_field(field, examples, labels, scores, threshold))


def _of_field(
    field: str, examples: Sequence[Example], labels: Rows, scores: Floats, threshold: float
) -> Iterator[Slice]:
    values = np.array([FIELDS[field](example) for example in examples], dtype=np.str_)
    names = sorted(set(values.tolist()))
    if len(names) > 1:
        made = (_slice(field, name, labels[values == name], scores[values == name], threshold) for name in names)
        yield from sorted((one for one in made if one.texts >= SLICE_MIN), key=lambda one: (one.right, one.name))


def _slice(field: str, name: str, labels: Rows, scores: Floats, threshold: float) -> Slice:
    raised = scores >= threshold
    return Slice(
        field=field,
        name=name or "not stated",
        texts=len(labels),
        to_follow_up=int(labels.sum()),
        right=float((raised == (labels == 1)).mean()),
        recall=_share(raised, labels == 1),
        false_alarms=_share(raised, labels == 0),
        ap=float(average_precision(*Ranked.of(labels, scores).counts())) if 0 < labels.sum() < len(labels) else None,
    )


def _share(raised: Bools, among: Bools) -> float | None:
    return float(raised[among].mean()) if among.any() else None
