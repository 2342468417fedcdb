"""Prepared examples with small random tables, for protocols that cost nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from scipy.sparse import csr_matrix

from screener.detect import FlagModel, KindModel, load_detector
from screener.detect.learntflags import coarse
from screener.records import Example, Kind
from screener.score.features import Feature
from screener.train.corpus import Corpus
from screener.train.evaluate import evaluate
from screener.train.evaluation import DisguiseFigures, Evaluation, FlagFigures
from screener.train.prepare import Prepared, labels_of
from screener.train.protocols import Bench
from screener.train.steps import Step
from screener.train.votes import Voters
from tests.score.factory import reading, sighting
from tests.train.factory import example

WIDTH = 9
FEATURES = 3
WORDS = ("gaji", "kontrak", "paspor", "perawat", "kapal", "visa", "denda", "resmi")


def examples(authors: int, each: int, **fields: str) -> list[Example]:
    """Texts by some authors, every other to follow up, each in a campaign of its own."""
    return [
        example(
            author * each + number,
            text=" ".join((WORDS[(author + number) % 8], WORDS[number % 8], "dipegang" if number % 2 else "")),
            label="follow_up" if number % 2 else "ordinary",
            modus=("bride" if number % 4 == 1 else "organ") if number % 2 else "none",
            group=f"a{author}/c{author}-{number}",
            **fields,
        )
        for author in range(authors)
        for number in range(each)
    ]


def prepared(of: Sequence[Example], signal: float = 1.5) -> Prepared:
    """The examples as if they had been read; `signal` says how far the table tells the labels apart."""
    labels = labels_of(of)
    values = np.random.default_rng(1).normal(size=(len(of), WIDTH)) + signal * labels[:, None]
    table = csr_matrix(np.hstack([values[:, :FEATURES], values[:, FEATURES:] > signal / 2]))
    readings = [reading(one.text, [sighting("a", 3)] if one.label == "follow_up" else []) for one in of]
    kinds = KindModel(kinds=(Kind.AD,), cues={}, ngrams=np.zeros((1, 1), np.float32), base=np.zeros(1), ad_from=0.0)
    flags = FlagModel(callings={}, weights=coarse(np.zeros((1, 2))), base=np.zeros(2), rarity=np.ones(1))
    everyone = np.arange(len(of))
    feature = Feature(name="x", explanation="x", measure=lambda _: 0.0)
    return Prepared(
        examples=of,
        readings=readings,
        labels=labels,
        features=(feature,) * FEATURES,
        table=table,
        copies=[table],
        kinds=kinds,
        flag_model=flags,
        readers=(),
        voters=Voters(matrix=table, of_example=everyone, answers=labels == 1),
    )


def bench(of: Sequence[Example], signal: float = 1.5) -> Bench:
    return Bench.of(prepared(of, signal))


def corpus(of: Sequence[Example], *notes: str) -> Corpus:
    return Corpus(examples=tuple(of), digest="c" * 64, notes=notes)


def unwatched(steps: Sequence[Step], task: str) -> Iterable[Step]:
    assert task
    return steps


@cache
def evaluation() -> Evaluation:
    """The evaluation of small random tables, and figures of one disguise as they might be."""
    of = examples(8, 10)
    done = evaluate(corpus(of, "a note"), prepared(of), load_detector(), follow=unwatched, disguises=False)
    disguise = DisguiseFigures(kind="leet", texts=9, ap=0.5, ap_plain=0.6, recall=0.25, recall_plain=0.75)
    flag = FlagFigures(indicator="confinement", origin="rules", marks=7, recall=0.57, flags=0, precision=None)
    return replace(done, disguises=(disguise,), flags=(flag,))
