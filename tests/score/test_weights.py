"""Weights come back as they were written, and only those of this many features."""

import numpy as np
import pytest

from screener.errors import ModelError
from screener.ngrams import BUCKETS
from screener.score.weights import Arrays, dump_weights, read_weights

RANDOM = np.random.default_rng(11)
NGRAMS, RARITY = RANDOM.normal(size=(2, BUCKETS)).astype(np.float32)
ARRAYS = Arrays(features=RANDOM.normal(size=5), ngrams=NGRAMS, rarity=RARITY)


def test_weights_come_back_bit_by_bit_and_the_same_weights_give_the_same_bytes() -> None:
    content = dump_weights(ARRAYS)
    read = read_weights(content, 5, "weights.npz")
    for name in ("features", "ngrams", "rarity"):
        assert getattr(read, name).tobytes() == getattr(ARRAYS, name).tobytes()
    assert dump_weights(read) == content


@pytest.mark.parametrize("features", [4, 6])
def test_weights_of_another_number_of_features_are_refused(features: int) -> None:
    with pytest.raises(ModelError, match=rf"here/weights\.npz .* <f8\(5,\), expected <f8\({features},\)"):
        read_weights(dump_weights(ARRAYS), features, "here/weights.npz")
