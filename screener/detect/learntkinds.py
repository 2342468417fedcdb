"""The learnt kind of a text: a linear model over concepts, cues, style and hashed n-grams.

`screener train` writes it (`kinds.npz` in the model folder); it is read without pickle.
"""

import io
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from screener.detect.expressions import Expressions
from screener.detect.terms import Terms
from screener.errors import refusing_model
from screener.ngrams import WordRows, present, sums_by_word, word_bucket
from screener.records import Grams, Kind

KIND_BUCKETS = 65_536
TIMES_COUNTED = 3
_STYLE_MAX = 2.0
_LIKELIER = 1 / 3
_DIGITS = re.compile(r"\d")
_CONCEPT = "concept:"
_PATTERN = "pattern:"

Floats = npt.NDArray[np.float64]


class Told(NamedTuple):
    """The kind that a text is taken for; `doubtful` when that is an ad although all else is twice as likely."""

    kind: Kind
    doubtful: bool = False


def told(odds: Mapping[Kind, float], ad_from: float) -> Told:
    """An ad in doubt, since an ad that is lost costs more than one warning too many; else the likeliest kind.

    Doubtful is only what is twice as likely something else: plain words of a lure stand in warnings too.
    """
    if odds[Kind.AD] >= ad_from:
        return Told(Kind.AD, odds[Kind.AD] < _LIKELIER)
    return Told(max((kind for kind in odds if kind is not Kind.AD), key=odds.__getitem__))


@dataclass(frozen=True, kw_only=True)
class KindModel:
    """Weights of each kind (columns) for named cues and for n-gram buckets (rows).

    A cue is named "concept:fee", "style:questions" or "pattern:" and a regular expression over the original text.
    A text is an ad unless the others together are likelier than `1 - ad_from`. A `vote` is what its clauses say, each
    read by itself, in log-odds of an ad: it is added to what the text as a whole says.
    """

    kinds: tuple[Kind, ...]
    cues: Mapping[str, Floats]
    ngrams: npt.NDArray[np.float32]
    base: Floats
    ad_from: float

    @cached_property
    def patterns(self) -> Expressions:
        """The regular expressions among the cues."""
        return Expressions(re.compile(name.removeprefix(_PATTERN)) for name in self.cues if name.startswith(_PATTERN))

    def kind(self, terms: Terms, original: str, grams: Grams, vote: float = 0.0) -> Told:
        """The kind of a text, with the doubt in it."""
        return told(self.probabilities(terms, original, grams, vote), self.ad_from)

    def probabilities(self, terms: Terms, original: str, grams: Grams, vote: float = 0.0) -> Mapping[Kind, float]:
        """How likely each kind is; they add up to 1."""
        rows, values = self._known(terms, original)
        weights = self.base + values @ self._table[rows] + self._of_ngrams(grams)
        weights[self.kinds.index(Kind.AD)] += vote
        shares = np.exp(weights - weights.max())
        return dict(zip(self.kinds, (shares / shares.sum()).tolist(), strict=True))

    def _known(self, terms: Terms, original: str) -> tuple[list[int], Floats]:
        """The rows and the values of the cues of a text that the model knows; `cues` gives the same by name."""
        said, others = self._rows
        found = [(said[name], min(len(hits), TIMES_COUNTED)) for name, hits in terms.hits.items() if name in said]
        besides = {**_style(terms, original), **_matched(original, self.patterns)}
        known = [(others[name], value) for name, value in besides.items() if name in others]
        values = np.array([count / TIMES_COUNTED for _, count in found] + [value for _, value in known])
        return [row for row, _ in found] + [row for row, _ in known], values

    @cached_property
    def _rows(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """The row of each concept, by its bare name, and that of each other cue."""
        rows = {name: row for row, name in enumerate(self.cues)}
        said = {name.removeprefix(_CONCEPT): row for name, row in rows.items() if name.startswith(_CONCEPT)}
        return said, {name: row for name, row in rows.items() if not name.startswith(_CONCEPT)}

    @cached_property
    def _table(self) -> Floats:
        return np.array(list(self.cues.values())).reshape(len(self.cues), len(self.kinds))

    def _of_ngrams(self, grams: Grams) -> Floats:
        pairs = np.array(list(dict.fromkeys(grams.pairs)), dtype=np.int64) % KIND_BUCKETS
        of_words = self._words.of(list(dict.fromkeys(grams.words))).sum(axis=0, dtype=np.float64)
        total: Floats = of_words[:-1] + self.ngrams[pairs].sum(axis=0, dtype=np.float64)
        return total / math.sqrt(max(1, of_words[-1] + len(pairs)))

    @cached_property
    def _words(self) -> WordRows:
        return WordRows(len(self.kinds) + 1, self._of_words)

    def _of_words(self, words: Sequence[str]) -> npt.NDArray[np.float32]:
        """What the n-grams of each word say of each kind, and their number."""
        return sums_by_word(words, self._counted) + self._counted(np.array([word_bucket(word) for word in words]))

    def _counted(self, buckets: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        return np.column_stack([self.ngrams[buckets % KIND_BUCKETS], np.ones(len(buckets), dtype=np.float32)])


def kind_buckets(grams: Grams) -> npt.NDArray[np.int64]:
    """The buckets of what is present of a text's n-grams, coarser than those that score."""
    return present(grams) % KIND_BUCKETS


def cues(terms: Terms, original: str, patterns: Expressions) -> dict[str, float]:
    """The cues of a text by name, each from 0 to 2."""
    return {**_concepts(terms), **_style(terms, original), **_matched(original, patterns)}


def _concepts(terms: Terms) -> dict[str, float]:
    hits = terms.hits.items()
    return {f"{_CONCEPT}{name}": min(len(said), TIMES_COUNTED) / TIMES_COUNTED for name, said in hits}


def _matched(original: str, patterns: Expressions) -> dict[str, float]:
    return {f"{_PATTERN}{pattern.pattern}": 1.0 for pattern in patterns.matching(original)}


def _style(terms: Terms, original: str) -> dict[str, float]:
    words = len(terms.starts)
    measured = {
        "words": words / 250,
        "length": np.log1p(words) / 5,
        "questions": original.count("?") / 3,
        "exclamations": original.count("!") / 4,
        "quotations": (original.count('"') + original.count("“")) / 4,
        "digits": 10 * len(_DIGITS.findall(original)) / max(1, len(original)),
    }
    return {f"style:{name}": min(_STYLE_MAX, float(value)) for name, value in measured.items()}


def dump_kinds(model: KindModel) -> bytes:
    """The model as an .npz archive; the same model gives the same bytes."""
    names = json.dumps({"kinds": [kind.value for kind in model.kinds], "cues": list(model.cues)}, ensure_ascii=False)
    table = np.array([*model.cues.values(), model.base], dtype="<f8")
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        names=np.frombuffer(names.encode(), dtype=np.uint8),
        cues=table,
        ngrams=model.ngrams.astype("<f2"),
        ad_from=np.array([model.ad_from]),
    )
    return buffer.getvalue()


def read_kinds(content: bytes) -> KindModel:
    """The model that `dump_kinds` wrote. Raises ModelError when the bytes are none."""
    with (
        refusing_model("the weights of kinds cannot be read"),
        np.load(io.BytesIO(content), allow_pickle=False) as arrays,
    ):
        names = json.loads(arrays["names"].tobytes())
        return _model(names, arrays["cues"], arrays["ngrams"], float(arrays["ad_from"][0]))


def _model(names: Mapping[str, list[str]], table: Floats, ngrams: npt.NDArray[np.float16], ad_from: float) -> KindModel:
    kinds = tuple(Kind(name) for name in names["kinds"])
    shapes = (table.shape, ngrams.shape)
    if shapes != ((len(names["cues"]) + 1, len(kinds)), (KIND_BUCKETS, len(kinds))) or not np.isfinite(table).all():
        raise ValueError(f"arrays of shapes {shapes} do not belong together")
    cue_weights = dict(zip(names["cues"], table[:-1], strict=True))
    return KindModel(kinds=kinds, cues=cue_weights, ngrams=ngrams.astype(np.float32), base=table[-1], ad_from=ad_from)
