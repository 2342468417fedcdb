"""The flag model: it reads a text clause by clause, proposes flags that no rule phrased, and votes on the whole.

One linear model an indicator over hashed features of the clause: its words and pairs of words, letter runs, concepts,
the words of its neighbours and those of the whole text; and one for each of `Votes`, over the first three.
`screener train` writes it (`flags.npz` in the model folder), without pickle.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from screener.detect.clausehashing import FLAG_BUCKETS, Floats
from screener.detect.clauses import Clause
from screener.detect.clausesums import ClauseSums
from screener.detect.opinions import Calling, Opinion, Platt, Votes
from screener.errors import refusing_model

_STEPS = 127
_PEAK_MIN = 1e-6
_INDICATORS_MAX = 500
_LIMITS = 6
_VOTES = len(Votes._fields)
_KEPT = {"ahead": np.dtype("<u2"), "weights": np.dtype("i1"), "sizes": np.dtype("<f4")}


class Coarse(NamedTuple):
    """Weights in whole `steps` (buckets by indicators), a byte each, and the `size` of a step for each indicator.

    A text needs some thousand of them, and most of the time goes into fetching them: four times as many bytes take
    twice as long.
    """

    steps: npt.NDArray[np.int8]
    size: npt.NDArray[np.float32]


def coarse(weights: Floats) -> Coarse:
    """Weights in steps of a 127th to a 64th of the largest of their indicator, a power of two."""
    peaks = np.abs(weights).max(axis=0, initial=_PEAK_MIN)
    size = np.exp2(np.ceil(np.log2(peaks / _STEPS))).astype(np.float32)
    return Coarse(np.rint(weights / size).astype(np.int8), size)


@dataclass(frozen=True, kw_only=True)
class FlagModel:
    """Weights for each bucket (rows) and indicator (columns), and when each is proposed.

    The last columns are those of the votes, by what stands in a clause itself. `rules` are those of an `Opinion`.
    """

    callings: Mapping[str, Calling]
    rules: Mapping[str, float] = field(default_factory=dict)
    weights: Coarse
    base: Floats
    rarity: Floats

    def log_odds(self, clauses: Sequence[Clause]) -> Floats:
        """One row a clause, one column an indicator, and one a vote."""
        if not clauses:
            return np.zeros((0, len(self.base)))
        return self._sums.log_odds(clauses) + self.base

    @cached_property
    def _sums(self) -> ClauseSums:
        return ClauseSums(self.weights.steps, self.weights.size, self.rarity, alone=_VOTES)

    def opinion(self, clauses: Sequence[Clause]) -> Opinion:
        """What the model thinks of a text."""
        of_flags, spoken = np.hsplit(self.log_odds(clauses), [len(self.callings)])
        return Opinion(
            clauses=tuple(clauses), log_odds=of_flags, callings=self.callings, rules=self.rules, spoken=spoken
        )


def dump_flags(model: FlagModel) -> bytes:
    """The model as an .npz archive; the same model gives the same bytes."""
    table = [[c.log_odds, *c.alone, c.sure_from, *c.ruled] for c in model.callings.values()]
    flat = model.weights.steps.ravel()
    # Most weights are nothing: how far the next one is that counts is smaller and faster to read.
    places = np.union1d(np.flatnonzero(flat), np.arange(0, len(flat), np.iinfo(np.uint16).max))
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        names=_text(list(model.callings)),
        rules=_text(list(model.rules)),
        of_rules=np.array(list(model.rules.values()), dtype="<f8"),
        limits=np.array(table, dtype="<f8").reshape(len(table), _LIMITS),
        ahead=np.diff(places, prepend=0).astype("<u2"),
        weights=flat[places],
        sizes=model.weights.size.astype("<f4"),
        base=model.base,
        rarity=model.rarity.astype("<f4"),
    )
    return buffer.getvalue()


def _text(names: Sequence[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer(json.dumps(names).encode(), dtype=np.uint8)


def read_flags(content: bytes) -> FlagModel:
    """The model that `dump_flags` wrote. Raises ModelError when the bytes are none."""
    with (
        refusing_model("the weights of flags cannot be read"),
        np.load(io.BytesIO(content), allow_pickle=False) as arrays,
    ):
        return _model(dict(arrays))


def _model(arrays: Mapping[str, npt.NDArray[Any]]) -> FlagModel:
    names, rules = (json.loads(arrays[of].tobytes()) for of in ("names", "rules"))
    columns = len(names) + _VOTES
    wanted = {"limits": (len(names), _LIMITS), "base": (columns,), "rarity": (FLAG_BUCKETS,), "sizes": (columns,)}
    wanted["ahead"] = wanted["weights"] = (arrays["weights"].size,)
    wanted["of_rules"] = (len(rules),)
    odd = [name for name, shape in wanted.items() if arrays[name].shape != shape or not np.isfinite(arrays[name]).all()]
    odd += [name for name, kind in _KEPT.items() if arrays[name].dtype != kind]
    if odd:
        raise ValueError(f"the array {odd[0]} does not fit")
    if not len(set(names)) == len(names) <= _INDICATORS_MAX:
        raise ValueError("the names do not fit")
    callings = {
        name: Calling(log_odds=row[0], alone=Platt(*row[1:3]), sure_from=row[3], ruled=Platt(*row[4:]))
        for name, row in zip(names, arrays["limits"].tolist(), strict=True)
    }
    return FlagModel(
        callings=callings,
        rules=dict(zip(rules, arrays["of_rules"].tolist(), strict=True)),
        weights=Coarse(_spread(arrays["ahead"], arrays["weights"], columns), arrays["sizes"].astype(np.float32)),
        base=arrays["base"].astype(np.float64),
        rarity=arrays["rarity"].astype(np.float64),
    )


def _spread(ahead: npt.NDArray[Any], values: npt.NDArray[Any], columns: int) -> npt.NDArray[np.int8]:
    """Steps for each bucket and indicator from the places of those that count; ValueError for a place beyond."""
    places = np.cumsum(ahead, dtype=np.int64)
    flat = np.zeros(FLAG_BUCKETS * columns, dtype=np.int8)
    if len(places) and not int(places[-1]) < len(flat):
        raise ValueError("the weights do not fit")
    flat[places] = values
    return flat.reshape(FLAG_BUCKETS, columns)
