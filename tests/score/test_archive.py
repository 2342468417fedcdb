"""The files of a model: all that are named, no other, unchanged, and nothing but arrays of numbers and text."""

import math
import os
import pickle
import pickletools
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.detect import Detector
from screener.errors import ModelError
from screener.ngrams import BUCKETS
from screener.score.archive import check_content, checked_files, is_pickle
from screener.score.features import Feature, features
from screener.score.manifest import read_manifest
from screener.score.model import load_model
from tests.score.factory import (
    CARD,
    RULESET,
    archive,
    archive_of_bytes,
    arrays,
    besides,
    digest_of,
    npy,
    vouch,
    write_model,
)

PICKLE = pickle.dumps({"features": [1.0]})


@pytest.fixture(scope="module")
def listed(detector: Detector) -> tuple[Feature, ...]:
    return features(detector.indicators, detector.combination_titles)


def flip(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        content = bytearray((folder / name).read_bytes())
        content[len(content) // 2] ^= 1
        (folder / name).write_bytes(content)

    return change


def put_a_folder(folder: Path) -> None:
    (folder / "weights.npz").unlink()
    (folder / "weights.npz").mkdir()


def put_a_pipe(folder: Path) -> None:
    (folder / "kinds.npz").unlink()
    os.mkfifo(folder / "kinds.npz")


def grow(folder: Path) -> None:
    with (folder / "weights.npz").open("r+b") as file:
        file.truncate(21 * 1024 * 1024)


TAMPERED: list[tuple[str, Callable[[Path], object], str]] = [
    ("a changed byte of the weights", flip("weights.npz"), "weights.npz was changed after training"),
    ("a changed byte of the kinds", flip("kinds.npz"), "kinds.npz was changed after training"),
    ("a changed byte of the card", flip("CARD.md"), "CARD.md was changed after training"),
    ("no weights", lambda folder: (folder / "weights.npz").unlink(), "weights.npz is missing"),
    ("no card", lambda folder: (folder / "CARD.md").unlink(), "CARD.md is missing"),
    ("weights are a folder", put_a_folder, "weights.npz is not a file"),
    ("kinds are a pipe that never ends", put_a_pipe, "kinds.npz is not a file"),
    ("large weights", grow, "larger than any model"),
    (
        "a surplus file",
        lambda folder: (folder / "notes.txt").write_text("x"),
        "notes.txt is not named in manifest.json",
    ),
    ("a surplus pickle", lambda folder: (folder / "model.pkl").write_bytes(PICKLE), "model.pkl is not named"),
    ("a surplus folder", lambda folder: (folder / "more").mkdir(), "more is not named in manifest.json"),
]


@pytest.mark.parametrize(("tamper", "reason"), [c[1:] for c in TAMPERED], ids=[c[0] for c in TAMPERED])
def test_a_tampered_folder_is_refused_with_the_reason_and_what_to_do(
    tmp_path: Path, listed: tuple[Feature, ...], tamper: Callable[[Path], object], reason: str
) -> None:
    tamper(write_model(tmp_path, listed))
    with pytest.raises(ModelError) as caught:
        load_model(tmp_path, listed, RULESET)
    assert reason in str(caught.value)
    assert str(tmp_path) in str(caught.value)
    assert "train again with `screener train`" in str(caught.value)


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    write_model(tmp_path, ())
    flip("weights.npz")(tmp_path)
    (tmp_path / "flags.npz").unlink()
    (tmp_path / "x").touch()
    with pytest.raises(ModelError) as caught:
        checked_files(tmp_path, read_manifest(tmp_path))
    assert len(str(caught.value).splitlines()) == 4


def test_the_content_of_every_file_comes_back(tmp_path: Path) -> None:
    write_model(tmp_path, ())
    made = checked_files(tmp_path, read_manifest(tmp_path))
    assert made.keys() == {"weights.npz", *besides()}
    assert made["CARD.md"] == CARD


class Hostile:
    """Unpickling it would make a file: no test may ever find that file."""

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return os.mkdir, ("unpickled",)


OBJECTS = {"features": np.array([Hostile()], dtype=object)}
PICKLES: list[tuple[str, str, bytes]] = [
    *((f"protocol {number}", "notes.md", pickle.dumps(Hostile(), number)) for number in range(6)),
    ("by the name of an archive", "more.npz", PICKLE),
    ("by the name of a page", "evaluation.html", PICKLE),
    ("an array of objects", "more.npz", archive(OBJECTS)),
    ("for an array", "more.npz", archive_of_bytes(PICKLE)),
    ("before an archive", "more.npz", PICKLE + archive({"base": np.zeros(1)})),
    ("behind blanks of an array", "more.npy", npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", PICKLE)),
    ("in a compressed file", "more.gz", b"\x1f\x8b" + PICKLE),
]


@pytest.mark.parametrize(("name", "content"), [c[1:] for c in PICKLES], ids=[c[0] for c in PICKLES])
def test_a_pickle_is_refused_although_the_manifest_vouches_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = write_model(tmp_path / "model", ())
    (folder / name).write_bytes(content)
    made = read_manifest(folder)
    vouch(folder, made.model_copy(update={"files": {**made.files, name: digest_of(content)}}))
    with pytest.raises(ModelError, match=rf"{name} (is|cannot be read)"):
        load_model(folder, (), RULESET)
    assert not (tmp_path / "unpickled").exists()


@settings(deadline=None)
@given(st.recursive(st.none() | st.text() | st.floats() | st.binary(), st.lists), st.integers(0, 5))
def test_every_pickle_is_known_as_one(value: object, protocol: int) -> None:
    content = pickle.dumps(value, protocol)
    assert is_pickle(content)
    assert is_pickle(pickletools.optimize(content))


@given(st.binary())
def test_bytes_of_any_kind_are_judged_without_an_error(content: bytes) -> None:
    assert is_pickle(content) in {True, False}


@pytest.mark.parametrize("name", ["CARD.md", "evaluation.html", "figures.json", "curve.svg", "rows.csv"])
def test_texts_are_let_in(name: str) -> None:
    texts = {".md": "# Model", ".html": "<!doctype html>", ".json": "{}", ".svg": "<svg/>", ".csv": "text,label\na,b\n"}
    check_content(Path(name), texts[Path(name).suffix].encode())


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.md", b"\xff"), ("a.html", b"<\0>"), ("a.png", b"\x89PNG"), ("a.py", b"import os"), ("a.npz", b"# no")],
)
def test_what_is_neither_arrays_nor_text_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(ModelError, match=r"is neither an archive of arrays nor text|is no archive of arrays"):
        check_content(Path(name), content)


def header(shape: str, kind: str = "<f8") -> str:
    return f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}"


ONE = [1.0]
FORGED = [
    ("a shape of ten thousand million", archive_of_bytes(npy(header("(10000000000,)"))), "features.npy is <f8"),
    ("a wrong shape", archive({"features": np.array(ONE), "ngrams": np.array(ONE)}), "features.npy is <f8(1,)"),
    ("two dimensions", archive_of_bytes(npy(header("(1, 79)"))), "features.npy is <f8(1, 79)"),
    ("a negative shape", archive_of_bytes(npy(header("(-1,)"))), "features.npy is <f8(-1,)"),
    ("another type", archive_of_bytes(npy(header("(79,)", "<f2"))), "features.npy is <f2"),
    ("objects", archive({"features": np.array([None]), "ngrams": np.array(ONE)}), "features.npy holds objects"),
    ("a pickle for an array", archive_of_bytes(PICKLE), "magic string"),
    ("a pickle for the archive", PICKLE, "is a pickle"),
    ("an empty file", b"", "is no archive of arrays"),
    ("no member", archive({"other": np.array(ONE)}), "features.npy"),
    ("a header of dots", archive_of_bytes(npy("." * 9000)), "cannot be read as arrays"),
    ("a header of brackets", archive_of_bytes(npy("(" * 9000)), "cannot be read as arrays"),
    ("a header of signs", archive_of_bytes(npy("-" * 9000 + "1")), "cannot be read as arrays"),
    ("a header that cannot be hashed", archive_of_bytes(npy("{[]: 1}")), "cannot be read as arrays"),
    ("a cut header", archive_of_bytes(b"\x93NUMPY\x01\x00\xff\xff"), "cannot be read as arrays"),
]


@pytest.mark.parametrize(("content", "reason"), [c[1:] for c in FORGED], ids=[c[0] for c in FORGED])
def test_forged_weights_are_refused_and_nothing_is_allocated(
    tmp_path: Path, listed: tuple[Feature, ...], content: bytes, reason: str
) -> None:
    write_model(tmp_path, listed, content)
    tracemalloc.start()
    with pytest.raises(ModelError) as caught:
        load_model(tmp_path, listed, RULESET)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reason in str(caught.value)
    assert peak < 20_000_000


def test_an_array_that_ends_early_is_refused(tmp_path: Path, listed: tuple[Feature, ...]) -> None:
    write_model(tmp_path, listed, archive_of_bytes(npy(header(f"({len(listed)},)"), b"\0" * 8)))
    with pytest.raises(ModelError, match="cannot be read as arrays"):
        load_model(tmp_path, listed, RULESET)


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_weights_that_are_no_numbers_are_refused(tmp_path: Path, listed: tuple[Feature, ...], number: float) -> None:
    weights = arrays(len(listed))
    weights["ngrams"][BUCKETS // 2] = number
    write_model(tmp_path, listed, archive(weights))
    with pytest.raises(ModelError, match=r"ngrams\.npy holds numbers that are not finite"):
        load_model(tmp_path, listed, RULESET)


BOMBS = [
    ("more than its header says", 79, 50_000_000, "features.npy is <f8"),
    ("more than any model", 9_000_000, 72_000_000, "unpacks to more"),
]


@pytest.mark.parametrize(("length", "size", "reason"), [c[1:] for c in BOMBS], ids=[c[0] for c in BOMBS])
def test_a_zip_bomb_is_not_unpacked(
    tmp_path: Path, listed: tuple[Feature, ...], length: int, size: int, reason: str
) -> None:
    with zipfile.ZipFile(tmp_path / "bomb", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("features.npy", npy(header(f"({length},)"), b"\0" * size))
    folder = write_model(tmp_path / "model", listed, (tmp_path / "bomb").read_bytes())
    tracemalloc.start()
    with pytest.raises(ModelError, match=reason):
        load_model(folder, listed, RULESET)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000
