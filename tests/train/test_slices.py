"""Slices: counted by hand, the worst of each field first."""

from dataclasses import replace

import numpy as np
import pytest

from screener.train.slices import FIELDS, length_class, slices_of
from tests.train.factory import example

LANGUAGES = ["id"] * 6 + ["en"] * 6 + ["ms"] * 2
TEXTS = [example(number, language=language) for number, language in enumerate(LANGUAGES)]
LABELS = np.array([1, 1, 1, 0, 0, 0] * 2 + [1, 0])
#                      id: one missed, one false alarm    en: all right      ms: too few
SCORES = np.array([0.9, 0.9, 0.1, 0.1, 0.1, 0.8, 0.9, 0.8, 0.7, 0.1, 0.2, 0.3, 0.1, 0.1])


def test_a_slice_is_counted_at_the_threshold_of_all_texts() -> None:
    worst, best = slices_of(TEXTS, LABELS, SCORES, 0.5)
    assert (worst.field, worst.name, worst.texts, worst.to_follow_up) == ("language", "id", 6, 3)
    assert (worst.right, worst.recall, worst.false_alarms) == pytest.approx((4 / 6, 2 / 3, 1 / 3))
    assert (best.name, best.right, best.ap) == ("en", 1.0, 1.0)


def test_a_slice_of_one_label_has_no_precision_and_no_recall_of_the_other() -> None:
    tiers = [replace(one, tier="subtle" if label else "lawful") for one, label in zip(TEXTS, LABELS, strict=True)]
    by_name = {one.name: one for one in slices_of(tiers, LABELS, SCORES, 0.5) if one.field == "tier"}
    assert (by_name["subtle"].ap, by_name["subtle"].false_alarms) == (None, None)
    assert (by_name["lawful"].ap, by_name["lawful"].recall) == (None, None)


def test_the_worst_slice_of_each_field_comes_first() -> None:
    texts = [replace(one, source_type=f"s{n % 2}", tier=f"t{n % 2}") for n, one in enumerate(TEXTS)]
    found = slices_of(texts, LABELS, SCORES, 0.5)
    assert [one.field for one in found] == sorted((one.field for one in found), key=list(FIELDS).index)
    for field in FIELDS:
        rights = [one.right for one in found if one.field == field]
        assert rights == sorted(rights)


LENGTHS = [
    (0, "0 to 199 characters"),
    (199, "0 to 199 characters"),
    (200, "200 to 499 characters"),
    (999, "500 to 999 characters"),
    (1000, "1000 characters and more"),
]


@pytest.mark.parametrize(("size", "name"), LENGTHS)
def test_a_length_falls_into_one_class(size: int, name: str) -> None:
    assert length_class(replace(TEXTS[0], text="x" * size)) == name
