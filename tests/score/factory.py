"""Readings, models and model folders in one call; weights are random but always the same."""

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from screener.ngrams import BUCKETS, grams
from screener.records import Flag, Kind, Polarity, Reading, Scope, Span
from screener.score.features import Feature
from screener.score.manifest import Golden, Manifest, sealed, written
from screener.score.model import Model
from screener.text import fold
from tests.factory import document

CARD = b"# A model\n"
RULESET = "0123456789abcdef"


def reading(text: str = "paspor dipegang bos", flags: Sequence[Flag] = (), **fields: Any) -> Reading:
    values: dict[str, Any] = {
        "document": document(text=text, title=""),
        "kind": Kind.AD,
        "scope": Scope.OVERSEAS,
        "flags": tuple(flags),
        "plain_title": "",
        "plain_text": fold(text).text,
        "disguises": (),
        "truncated": False,
        **fields,
    }
    plain = f"{values['plain_title']}\n{values['plain_text']}"
    return Reading(**{"grams": grams(plain), **values})


def sighting(indicator: str, severity: int = 1) -> Flag:
    """A flag of an indicator; severity 0 makes it a protective claim."""
    polarity = Polarity.RISK if severity else Polarity.PROTECTIVE
    return Flag(
        indicator=indicator,
        severity=severity,
        rule=f"{indicator}/x",
        span=Span(start=0, end=1),
        quote="p",
        polarity=polarity,
    )


def manifest(features: Sequence[Feature], digest: str, **fields: Any) -> Manifest:
    values: dict[str, Any] = {
        "version": "2026-01-01-aaaa",
        "examples_until": "2026-01-01",
        "corpus": "c" * 64,
        "corpus_examples": 1,
        "ruleset": RULESET,
        "features": [feature.name for feature in features],
        "files": {"weights.npz": digest, **{name: digest_of(content) for name, content in besides().items()}},
        "intercept": -1.5,
        "alert_threshold": 0.6,
        "review_threshold": 0.3,
        "seed": 1,
        "libraries": {},
        "figures": {},
        "golden": [],
        **fields,
    }
    return Manifest(**values)


def arrays(features: int) -> dict[str, npt.NDArray[Any]]:
    random = np.random.default_rng(7)
    return {
        "features": random.normal(size=features).astype("<f8"),
        "ngrams": random.normal(size=BUCKETS).astype("<f4"),
        "rarity": random.uniform(1, 7, size=BUCKETS).astype("<f4"),
    }


def model(features: Sequence[Feature], golden: Sequence[Golden] = (), **fields: Any) -> Model:
    weights = arrays(len(features))
    return Model(
        manifest=manifest(features, "0" * 64, golden=list(golden), **fields),
        features=tuple(features),
        feature_weights=weights["features"],
        ngram_weights=weights["ngrams"],
        ngram_rarity=weights["rarity"],
    )


def write_model(folder: Path, features: Sequence[Feature], content: bytes | None = None, **fields: Any) -> Path:
    """A model folder whose manifest vouches for the weights, whatever their content."""
    content = archive(arrays(len(features))) if content is None else content
    folder.mkdir(parents=True, exist_ok=True)
    for name, other in {"weights.npz": content, **besides()}.items():
        (folder / name).write_bytes(other)
    vouch(folder, manifest(features, digest_of(content), **fields))
    return folder


def vouch(folder: Path, of: Manifest) -> None:
    """Write this manifest into a folder, sealed."""
    (folder / "manifest.json").write_text(written(sealed(of)), encoding="utf-8")


def besides() -> dict[str, bytes]:
    """The files of a model that stand beside the weights."""
    other = archive({"base": np.zeros(1)})
    return {"kinds.npz": other, "flags.npz": other, "CARD.md": CARD}


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def archive(of: Mapping[str, npt.NDArray[Any]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, array in of.items():
            with made.open(f"{name}.npy", "w") as member:
                np.lib.format.write_array(member, array)
    return buffer.getvalue()


def archive_of_bytes(features: bytes, ngrams: bytes = b"") -> bytes:
    """An archive whose members are not what numpy would write."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("features.npy", features)
        made.writestr("ngrams.npy", ngrams)
    return buffer.getvalue()


def npy(header: str, content: bytes = b"") -> bytes:
    """An .npy file of format 1.0 with a header of one's own."""
    line = header.encode("latin-1") + b"\n"
    return b"\x93NUMPY\x01\x00" + len(line).to_bytes(2, "little") + line + content
