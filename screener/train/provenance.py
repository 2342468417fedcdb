"""What names the things that a model is made of: digests of files, features and code, and versions of libraries."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from screener.score.features import Feature

PACKAGE = "screener"
_DECIDING = ("ngrams.py", "screening.py", "text", "records", "extract", "detect", "score", "train")


def digests_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """The hex SHA-256 of each file."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def features_digest(features: Iterable[Feature]) -> str:
    """The hex SHA-256 of the names and explanations of the features, in their order."""
    lines = (f"{feature.name}\t{feature.explanation}\n" for feature in features)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


@cache
def code_digest() -> str:
    """The hex SHA-256 of the program text that reads, scores and trains."""
    # Kept, so that an edit during a run does not change what the run says of itself.
    package = Path(__file__).parents[1]
    places = [package / name for name in _DECIDING]
    paths = sorted(path for place in places for path in ([place] if place.is_file() else _deciding_files(place)))
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def library_versions(names: Iterable[str]) -> dict[str, str]:
    """The installed version of each library, "absent" for one that is not there."""
    return {name: _version(name) for name in names}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


def _deciding_files(folder: Path) -> Iterator[Path]:
    """Code, and the tables that training rewords texts with; the rules have a digest of their own."""
    yield from folder.rglob("*.py")
    if folder.name == "train":
        yield from folder.rglob("*.toml")
