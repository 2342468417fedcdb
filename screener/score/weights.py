"""The weights of the score as the model folder keeps them (`weights.npz`)."""

import io
import zipfile
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from screener.errors import refusing_model
from screener.ngrams import BUCKETS

_TYPES = {"features": "<f8", "ngrams": "<f4", "rarity": "<f4"}


@dataclass(frozen=True, kw_only=True)
class Arrays:
    """One weight for each feature; one, and the rarity in training, for each bucket of n-grams."""

    features: npt.NDArray[np.float64]
    ngrams: npt.NDArray[np.float32]
    rarity: npt.NDArray[np.float32]


def read_weights(content: bytes, features: int, place: object) -> Arrays:
    """The weights of so many features. Raises ModelError, which names `place`, when the content holds others."""
    with (
        refusing_model(f"{place} cannot be read as weights"),
        zipfile.ZipFile(io.BytesIO(content)) as archive,
    ):
        of_features = _array(archive, "features", features).astype(np.float64)
        ngrams, rarity = (_array(archive, name, BUCKETS).astype(np.float32) for name in ("ngrams", "rarity"))
        return Arrays(features=of_features, ngrams=ngrams, rarity=rarity)


def dump_weights(arrays: Arrays) -> bytes:
    """The weights as an .npz archive; the same weights give the same bytes."""
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        features=arrays.features.astype(_TYPES["features"]),
        ngrams=arrays.ngrams.astype(_TYPES["ngrams"]),
        rarity=arrays.rarity.astype(_TYPES["rarity"]),
    )
    return buffer.getvalue()


def _array(archive: zipfile.ZipFile, name: str, length: int) -> npt.NDArray[np.floating[Any]]:
    """One array, its type and shape checked before anything is allocated. Raises ValueError when they are others."""
    with archive.open(f"{name}.npy") as file:
        np.lib.format.read_magic(file)
        shape, _, dtype = np.lib.format.read_array_header_1_0(file)
        if shape != (length,) or dtype.str != _TYPES[name]:
            raise ValueError(f"{name}.npy is {dtype.str}{shape}, expected {_TYPES[name]}{(length,)}")
        array = np.frombuffer(file.read(length * dtype.itemsize), dtype=dtype).reshape(shape)
    if not np.isfinite(array).all():
        raise ValueError(f"{name}.npy holds numbers that are not finite")
    return array
