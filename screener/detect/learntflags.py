"""The flag model: it reads an ad clause by clause, and proposes flags that no rule phrased.

One linear model an indicator over hashed features of the clause: its words and pairs of words, letter runs, concepts,
and the words of its neighbours. `screener train` writes it (`flags.npz` in the model folder), without pickle.
"""

import io
import json
import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from screener.detect.clauses import Clause
from screener.errors import ModelError
from screener.ngrams import distinct

FLAG_BUCKETS = 65_536
_LETTER_RUNS = (3, 4, 5)
_KEPT_WORDS = 200_000
_WORD_LENGTH_MAX = 40
_NEIGHBOUR_WORDS = 8
_KEPT_TYPE = np.dtype("i4")

Floats = npt.NDArray[np.float64]
Buckets = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A flag that the model proposes for the tokens `start` to `end` (exclusive) of a text; `sure` as in `Calling`."""

    indicator: str
    start: int
    end: int
    confidence: float
    sure: bool


@dataclass(frozen=True, kw_only=True)
class Calling:
    """When an indicator is proposed: from `log_odds`, with Platt's `slope` and `offset` for the confidence.

    `sure` says that proposals were right nine times in ten on authors left out.
    """

    log_odds: float
    slope: float
    offset: float
    sure: bool

    def confidence(self, log_odds: float) -> float:
        """The calibrated probability that a careful reader would mark the clause."""
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, self.slope * log_odds + self.offset))))


class _Word(NamedTuple):
    """What is kept of a word: buckets as bytes, and what is hashed for a pair of words before and after it."""

    itself: bytes
    letters: bytes
    beside: bytes
    checksum: int
    following: bytes


@dataclass(frozen=True)
class ClauseHasher:
    """Turns clauses into hashed features in blocks: words, letter runs, concepts, neighbours; remembers words."""

    _kept: dict[str, _Word] = field(default_factory=dict)

    def rows(self, clauses: Sequence[Clause]) -> Iterator[tuple[Buckets, Buckets, Buckets, Buckets]]:
        """The buckets of each clause, block by block; a bucket may come more than once."""
        for blocks in self.blocks(clauses):
            words, letters, concepts, beside = (np.frombuffer(one, _KEPT_TYPE).astype(np.int64) for one in blocks)
            yield words, letters, concepts, beside

    def blocks(self, clauses: Sequence[Clause]) -> Iterator[tuple[bytes, bytes, bytes, bytes]]:
        """The same as 32-bit integers in bytes, which are put together faster than arrays."""
        known = [[self._of_word(word) for word in clause.words] for clause in clauses]
        for before, words, clause, after in zip([[], *known], known, clauses, [*known[1:], []], strict=False):
            # CRC-32 of "a b" goes on from that of "a".
            pairs = [crc32(b.following, a.checksum) % FLAG_BUCKETS for a, b in pairwise(words)]
            beside = (*before[-_NEIGHBOUR_WORDS:], *after[:_NEIGHBOUR_WORDS])
            yield (
                b"".join([word.itself for word in words]) + array("i", pairs).tobytes(),
                b"".join([word.letters for word in words]),
                b"".join(map(_of_concept, clause.concepts)),
                b"".join([word.beside for word in beside]),
            )

    def _of_word(self, word: str) -> _Word:
        kept = self._kept.get(word)
        if kept is None:
            kept = _word(word)
            if len(self._kept) >= _KEPT_WORDS:
                self._kept.clear()
            if len(word) <= _WORD_LENGTH_MAX:
                self._kept[word] = kept
        return kept


def _word(word: str) -> _Word:
    padded = f" {word[:_WORD_LENGTH_MAX]} "
    runs = [padded[i : i + n] for n in _LETTER_RUNS for i in range(len(padded) - n + 1)]
    return _Word(
        itself=_bucket(f"={word}"),
        letters=b"".join(map(_bucket, runs)),
        beside=_bucket(f"n{word}"),
        checksum=crc32(_encoded(f"={word}")),
        following=_encoded(f" {word}"),
    )


@lru_cache(maxsize=4096)
def _of_concept(concept: str) -> bytes:
    return _bucket(f"k{concept}")


def _bucket(name: str) -> bytes:
    return array("i", [crc32(_encoded(name)) % FLAG_BUCKETS]).tobytes()


def _encoded(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass")


BLOCK_SCALES = (1.0, 1.0, 1.0, 0.4)
"""How much each block counts: words, letter runs, concepts, neighbours."""


def weighed(blocks: Sequence[Buckets], rarity: Floats) -> tuple[Buckets, Floats]:
    """The different buckets of a clause and their values: each block weighed by rarity and brought to its scale."""
    parts = [_of_block(block, scale, rarity) for block, scale in zip(blocks, BLOCK_SCALES, strict=True) if len(block)]
    if not parts:
        return np.array([], dtype=np.int64), np.array([], dtype=np.float64)
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])


def _of_block(block: Buckets, scale: float, rarity: Floats) -> tuple[Buckets, Floats]:
    unique = distinct(block)
    values = rarity[unique]
    return unique, values * (scale / max(1e-9, float(np.sqrt(values @ values))))


@dataclass(frozen=True, kw_only=True)
class FlagModel:
    """Weights for each bucket (rows) and indicator (columns), and when each is proposed."""

    callings: Mapping[str, Calling]
    weights: npt.NDArray[np.float32]
    base: Floats
    rarity: Floats
    hasher: ClauseHasher = field(default_factory=ClauseHasher)

    def log_odds(self, clauses: Sequence[Clause]) -> Floats:
        """One row a clause, one column an indicator."""
        blocks = [block for blocks in self.hasher.blocks(clauses) for block in blocks]
        counts = [len(block) // _KEPT_TYPE.itemsize for block in blocks]
        buckets = np.frombuffer(b"".join(blocks), _KEPT_TYPE).astype(np.int64)
        # A number for each block and bucket: one pass finds the different buckets of all blocks.
        both = distinct(np.repeat(np.arange(len(blocks)), counts) * FLAG_BUCKETS + buckets)
        total: Floats = np.tile(self.base, (len(clauses), 1))
        if len(both):
            self._add(total, both // FLAG_BUCKETS, both % FLAG_BUCKETS)
        return total

    def _add(self, total: Floats, blocks: Buckets, buckets: Buckets) -> None:
        """Adds the weights of each block's buckets to the row of its clause; both arrays are in order of the blocks."""
        values = self.rarity[buckets]
        lengths = np.sqrt(np.bincount(blocks, weights=values * values))
        scales = np.resize(BLOCK_SCALES, len(lengths)) / np.maximum(1e-9, lengths)
        rows = blocks // len(BLOCK_SCALES)
        firsts = np.flatnonzero(np.diff(rows, prepend=-1))
        weighted = self.weights[buckets] * (values * scales[blocks])[:, np.newaxis]
        total[rows[firsts]] += np.add.reduceat(weighted, firsts)

    def proposals(self, clauses: Sequence[Clause]) -> list[Proposal]:
        """What the model proposes for a text, in its order."""
        return called(clauses, self.log_odds(clauses), self.callings) if clauses else []


def called(clauses: Sequence[Clause], log_odds: Floats, callings: Mapping[str, Calling]) -> list[Proposal]:
    """The proposals among the log-odds of clauses (rows) and indicators (columns, in the order of `callings`)."""
    names, limits = list(callings), np.array([calling.log_odds for calling in callings.values()])
    return [
        Proposal(
            indicator=names[column],
            start=clauses[row].start,
            end=clauses[row].end,
            confidence=callings[names[column]].confidence(float(log_odds[row, column])),
            sure=callings[names[column]].sure,
        )
        for row, column in np.argwhere(log_odds >= limits).tolist()
    ]


def dump_flags(model: FlagModel) -> bytes:
    """The model as an .npz archive; the same model gives the same bytes."""
    table = [[c.log_odds, c.slope, c.offset, float(c.sure)] for c in model.callings.values()]
    flat = model.weights.ravel()
    places = np.flatnonzero(flat)
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        names=np.frombuffer(json.dumps(list(model.callings)).encode(), dtype=np.uint8),
        callings=np.array(table, dtype="<f8").reshape(len(table), 4),
        # Two weights in three are nothing: the steps from one that counts to the next are smaller and faster to read.
        steps=np.diff(places, prepend=0).astype("<u4"),
        weights=flat[places].astype("<f2"),
        base=model.base,
        rarity=model.rarity.astype("<f4"),
    )
    return buffer.getvalue()


def read_flags(content: bytes) -> FlagModel:
    """The model that `dump_flags` wrote. Raises ModelError when the bytes are none."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return _model(dict(arrays))
    # A forged archive can fail in any way inside zipfile, zlib and numpy's header parser; none is a traceback.
    except Exception as error:
        raise ModelError(f"the weights of flags cannot be read: {error}") from error


def _model(arrays: Mapping[str, npt.NDArray[np.float64]]) -> FlagModel:
    names = json.loads(arrays["names"].tobytes())
    wanted = {"callings": (len(names), 4), "base": (len(names),), "rarity": (FLAG_BUCKETS,)}
    wanted["steps"] = wanted["weights"] = (arrays["weights"].size,)
    odd = [name for name, shape in wanted.items() if arrays[name].shape != shape or not np.isfinite(arrays[name]).all()]
    if odd:
        raise ValueError(f"the array {odd[0]} does not fit")
    callings = {
        name: Calling(log_odds=row[0], slope=row[1], offset=row[2], sure=bool(row[3]))
        for name, row in zip(names, arrays["callings"].tolist(), strict=True)
    }
    return FlagModel(
        callings=callings,
        weights=_spread(arrays["steps"], arrays["weights"], len(names)),
        base=arrays["base"].astype(np.float64),
        rarity=arrays["rarity"].astype(np.float64),
    )


def _spread(steps: npt.NDArray[np.float64], values: npt.NDArray[np.float64], columns: int) -> npt.NDArray[np.float32]:
    """Weights for each bucket and indicator from the places of those that count; ValueError for a place beyond."""
    places = np.cumsum(steps, dtype=np.int64)
    flat = np.zeros(FLAG_BUCKETS * columns, dtype=np.float32)
    if len(places) and not 0 <= int(places[0]) <= int(places[-1]) < len(flat):
        raise ValueError("the weights do not fit")
    flat[places] = values
    return flat.reshape(FLAG_BUCKETS, columns)
