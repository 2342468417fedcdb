"""A manifest is read only as it was written: any changed byte of it is found, and an older format is still read."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screener.errors import ModelError
from screener.score.features import Feature
from screener.score.manifest import CARD, MANIFEST, Manifest, read_manifest, sealed, written
from tests.score.factory import manifest, vouch

MADE = manifest(
    [Feature(name="length", explanation="how long", measure=lambda _: 1.0)],
    "0" * 64,
    figures={"ap": 0.9},
    libraries={"numpy": "2"},
    golden=[{"text": "paspor\u2028ditahan", "probability": 0.25}],
)


def changed(folder: Path, **fields: Any) -> None:
    """The manifest with other fields; a value of None takes a field out."""
    path = folder / MANIFEST
    read = json.loads(path.read_text(encoding="utf-8")) | fields
    path.write_text(json.dumps({k: v for k, v in read.items() if v is not None}), encoding="utf-8")


def grow(folder: Path) -> None:
    with (folder / MANIFEST).open("r+b") as file:
        file.truncate(3 * 1024 * 1024)


def put_a_folder(folder: Path) -> None:
    (folder / MANIFEST).unlink()
    (folder / MANIFEST).mkdir()


TAMPERED: list[tuple[str, Callable[[Path], object], str]] = [
    ("none", lambda folder: (folder / MANIFEST).unlink(), "is not a model folder: No such file"),
    ("a folder", put_a_folder, "is no file"),
    ("too large", grow, "too large to be a manifest"),
    ("broken JSON", lambda folder: (folder / MANIFEST).write_text("{"), "is not a manifest of format 3"),
    ("JSON of another kind", lambda folder: (folder / MANIFEST).write_text("[]"), "is not a manifest"),
    ("nested JSON", lambda folder: (folder / MANIFEST).write_text("[" * 100_000), "is not a manifest of format 3"),
    ("no text", lambda folder: (folder / MANIFEST).write_bytes(b"\xff\xfe"), "is not a manifest of format 3"),
    ("a later format", lambda folder: changed(folder, format_version=4), "format_version"),
    ("an unknown field", lambda folder: changed(folder, trained_by="x"), "trained_by"),
    ("a missing field", lambda folder: changed(folder, seed=None), "seed"),
    ("other buckets", lambda folder: changed(folder, buckets=7), "buckets"),
    ("a version that is a path", lambda folder: changed(folder, version="../x"), "version"),
    ("no weights among its files", lambda folder: changed(folder, files={}), "flags.npz is not named"),
    ("no number", lambda folder: changed(folder, intercept=math.nan), "intercept"),
    ("a figure that is no number", lambda folder: changed(folder, figures={"ap": math.inf}), "figures"),
    ("a threshold of 1", lambda folder: changed(folder, alert_threshold=1.0), "alert_threshold"),
    ("another threshold", lambda folder: changed(folder, alert_threshold=0.9), "was changed after training"),
    ("another format of the same", changed, "was changed after training"),
    ("no seal", lambda folder: changed(folder, seal=None), "was changed after training"),
]


@pytest.mark.parametrize(("tamper", "reason"), [c[1:] for c in TAMPERED], ids=[c[0] for c in TAMPERED])
def test_a_manifest_that_is_not_as_written_is_refused(
    tmp_path: Path, tamper: Callable[[Path], object], reason: str
) -> None:
    vouch(tmp_path, MADE)
    tamper(tmp_path)
    with pytest.raises(ModelError) as caught:
        read_manifest(tmp_path)
    assert reason in str(caught.value)
    assert str(tmp_path) in str(caught.value)


def test_a_manifest_comes_back_as_it_was_written(tmp_path: Path) -> None:
    vouch(tmp_path, MADE)
    assert read_manifest(tmp_path) == sealed(MADE)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, len(written(sealed(MADE)).encode()) - 1), bit=st.integers(0, 7))
def test_any_changed_bit_is_found(tmp_path: Path, place: int, bit: int) -> None:
    content = bytearray(written(sealed(MADE)).encode())
    content[place] ^= 1 << bit
    (tmp_path / MANIFEST).write_bytes(content)
    with pytest.raises(ModelError):
        read_manifest(tmp_path)


def test_format_2_is_read_without_a_seal_and_has_a_card_that_it_does_not_name(tmp_path: Path) -> None:
    files = {name: digest for name, digest in MADE.files.items() if name != CARD}
    older = MADE.model_dump(exclude={"seal", "code_version", "code_digest", "features_digest"})
    (tmp_path / MANIFEST).write_text(json.dumps({**older, "format_version": 2, "files": files}), encoding="utf-8")
    assert read_manifest(tmp_path).names == MADE.names == {*files, CARD, MANIFEST}


@pytest.mark.parametrize("name", sorted(Manifest.model_fields.keys() - {"seal"}))
def test_the_seal_covers_every_field(name: str) -> None:
    value = getattr(MADE, name)
    other = f"{value}1" if isinstance(value, str) else value + 1 if isinstance(value, int | float) else type(value)()
    assert sealed(MADE.model_copy(update={name: other})).seal != sealed(MADE).seal
