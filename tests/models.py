"""Folders of models made from the shipped one in no time: whole, sealed, and scoring their own golden texts."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from screener.bootstrap import default_model_folder
from screener.detect import Detector
from screener.score.archive import checked_files
from screener.score.manifest import MANIFEST, WEIGHTS, Golden, read_manifest, sealed, written
from screener.score.registry import DEFAULT
from screener.score.weights import Arrays, dump_weights, read_weights
from screener.screening import golden_scores, load_fitting
from screener.train.provenance import code_digest, digests_of
from screener.train.publish import write_model

GOLDEN = 8


def copied(models: Path, name: str, *, in_use: bool = False) -> Path:
    """The shipped model under a name of one's own."""
    folder = models / name
    shutil.copytree(default_model_folder(), folder)
    if in_use:
        (models / DEFAULT).write_text(f"{name}\n", encoding="utf-8")
    return folder


def variant(
    models: Path, name: str, detector: Detector, *, scale: float = 0.9, figures: Mapping[str, float] | None = None
) -> Path:
    """A model of the present format whose feature weights are those of the shipped one times `scale`."""
    made = read_manifest(default_model_folder())
    files = checked_files(default_model_folder(), made)
    arrays = read_weights(files[WEIGHTS], len(made.features), WEIGHTS)
    files[WEIGHTS] = dump_weights(Arrays(features=arrays.features * scale, ngrams=arrays.ngrams, rarity=arrays.rarity))
    fields = {
        "format_version": 3,
        "version": name,
        "figures": {**made.figures, **(figures or {})},
        "files": digests_of(files),
        "code_digest": code_digest(),
        "golden": [],
    }
    return _proved(write_model(models, made.model_copy(update=fields), files), made.golden[:GOLDEN], detector)


def _proved(folder: Path, golden: list[Golden], detector: Detector) -> Path:
    whole, model = load_fitting(detector, folder)
    manifest = model.manifest.model_copy(update={"golden": golden})
    scores = golden_scores(whole, replace(model, manifest=manifest))
    proved = [Golden(text=one.text, probability=score) for one, score in zip(golden, scores, strict=True)]
    (folder / MANIFEST).write_text(written(sealed(manifest.model_copy(update={"golden": proved}))), encoding="utf-8")
    return folder


def damage(path: Path) -> None:
    """Change one bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
