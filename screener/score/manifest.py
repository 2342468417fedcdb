"""What a model says of itself: read from `manifest.json`, and only as it was written."""

import hashlib
import json
from pathlib import Path
from stat import S_ISREG
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError, model_validator

from screener.errors import ModelError

MANIFEST = "manifest.json"
CARD = "CARD.md"
WEIGHTS, KINDS, FLAGS = "weights.npz", "kinds.npz", "flags.npz"
FORMAT_VERSION: Literal[3] = 3
_SEALED_FROM = 3
_SIZE_MAX = 2 * 1024 * 1024
_REQUIRED = {WEIGHTS, KINDS, FLAGS}
_Probability = Annotated[float, Field(ge=0, le=1)]
_Threshold = Annotated[float, Field(gt=0, lt=1)]


class Golden(BaseModel):
    """A text whose probability is written down, so that a drifting platform or library is noticed at load."""

    text: str
    probability: _Probability


class Manifest(BaseModel):
    """What a model says of itself; `files` gives the hex SHA-256 of every other file of its folder.

    `prevalence` is the share of ads to follow up that its probability assumes; `alert_chosen_for` and
    `review_chosen_for` say what the thresholds promise; `features_digest` covers names and explanations; `seal` covers
    all the rest of the manifest. Format 2 had neither seal nor code, did not name its card, and always chose its
    thresholds for what the defaults say.
    """

    model_config = ConfigDict(extra="forbid")

    format_version: Literal[2, 3] = FORMAT_VERSION
    version: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    examples_until: str
    corpus: str
    corpus_examples: int
    ruleset: str
    features: list[str]
    features_digest: str = ""
    buckets: Literal[262144] = 262144
    files: dict[str, str]
    intercept: FiniteFloat
    alert_threshold: _Threshold
    alert_chosen_for: str = "at most 5% false alarms on left-out authors"
    review_threshold: _Threshold
    review_chosen_for: str = "at least 95% of the ads to follow up"
    prevalence: float = 0.5
    seed: int
    code_version: str = ""
    code_digest: str = ""
    libraries: dict[str, str]
    figures: dict[str, FiniteFloat]
    golden: list[Golden]
    seal: str = ""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        missing = sorted(_REQUIRED - self.files.keys())
        if missing:
            raise ValueError(f"files: {missing[0]} is not named")
        if self.seal and self.format_version < _SEALED_FROM:
            raise ValueError(f"seal: format {self.format_version} knows none")
        return self

    @property
    def names(self) -> frozenset[str]:
        """The names of all files that belong into the folder."""
        unnamed = {MANIFEST} if self.format_version >= _SEALED_FROM else {MANIFEST, CARD}
        return frozenset(self.files.keys() | unnamed)


def sealed(manifest: Manifest) -> Manifest:
    """The manifest with the seal that fits it."""
    return manifest.model_copy(update={"seal": _seal(manifest)})


def written(manifest: Manifest) -> str:
    """The manifest as its file holds it; there is one way only."""
    return json.dumps(manifest.model_dump(), indent=1, ensure_ascii=False) + "\n"


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a model folder. Raises ModelError when there is none, or one that was changed."""
    path = folder / MANIFEST
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode) or status.st_size > _SIZE_MAX:
            raise ModelError(f"{path} is no file, or too large to be a manifest")
        text = path.read_bytes().decode("utf-8")
        manifest = Manifest.model_validate(json.loads(text))
    except OSError as error:
        raise ModelError(f"{folder} is not a model folder: {error.strerror}: {path.name}") from error
    except (ValidationError, ValueError, RecursionError) as error:
        raise ModelError(f"{path} is not a manifest of format {FORMAT_VERSION}: {error}") from error
    if manifest.format_version >= _SEALED_FROM and (written(manifest) != text or _seal(manifest) != manifest.seal):
        raise ModelError(f"{path} was changed after training: its seal does not fit; restore the model, or train again")
    return manifest


def _seal(manifest: Manifest) -> str:
    return hashlib.sha256(written(manifest.model_copy(update={"seal": ""})).encode()).hexdigest()
