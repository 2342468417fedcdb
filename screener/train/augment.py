"""Augmentation, at training only: what a model would see of texts that its rules were not written for."""

import random
from collections.abc import Sequence
from dataclasses import replace

from screener.records import Example, Reading

COPIES = 2
FORGOTTEN = 0.5
"""The chance that an indicator is left out of a copy.

Rules raise about three quarters of the marks in texts that their writers had read, and half of those in texts they
had not (`screener evaluate`): without forgetting, a model trusts flags more, and their absence more, than it should.
"""


def forgetful(examples: Sequence[Example], readings: Sequence[Reading], seed: int) -> list[Reading]:
    """The readings, those of texts that writers of rules had read without some of their flags; the same for a seed."""
    chance = random.Random(seed)  # noqa: S311  no secret is made of it
    pairs = zip(examples, readings, strict=True)
    return [_forgetting(reading, chance) if example.seen_by_rules else reading for example, reading in pairs]


def _forgetting(reading: Reading, chance: random.Random) -> Reading:
    raised = sorted({flag.indicator for flag in reading.flags})
    kept = {indicator for indicator in raised if chance.random() >= FORGOTTEN}
    return replace(reading, flags=tuple(flag for flag in reading.flags if flag.indicator in kept))
