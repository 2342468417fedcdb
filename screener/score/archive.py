"""The files of a model folder: all that the manifest names and no other, unchanged, and nothing but numbers and text.

Every file is read once, and judged by its content before anything is made of it: a pickle runs code when it is opened.
"""

import hashlib
import io
import math
import pickletools
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from stat import S_ISREG

import numpy as np

from screener.errors import ModelError
from screener.score.manifest import MANIFEST, Manifest

SIZE_MAX = 20 * 1024 * 1024
_UNPACKED_MAX = 64 * 1024 * 1024
_TEXTS = {".md", ".html", ".json", ".csv", ".svg"}
_ZIP = b"PK\x03\x04"
_PICKLE_OPCODES_MAX = 10_000
_REMEDY = "restore the folder as it was, or train again with `screener train`"


def checked_files(folder: Path, manifest: Manifest) -> dict[str, bytes]:
    """The content of each file of the folder but the manifest.

    Raises ModelError that names every file that is missing, too many, changed, or no numbers and no text.
    """
    problems, contents = list(_misplaced(folder, manifest)), dict[str, bytes]()
    for name in sorted(manifest.names & _present(folder) - {MANIFEST}):
        try:
            contents[name] = _checked(folder / name, manifest.files.get(name))
        except ModelError as error:
            problems.append(str(error))
    if problems:
        raise ModelError("\n".join([*problems, _REMEDY]))
    return contents


def _present(folder: Path) -> set[str]:
    try:
        return {path.name for path in folder.iterdir()}
    except OSError as error:
        raise ModelError(f"{folder} cannot be read: {error.strerror}") from error


def _misplaced(folder: Path, manifest: Manifest) -> Iterator[str]:
    present = _present(folder)
    for name in sorted(manifest.names - present):
        yield f"{folder / name} is missing"
    for name in sorted(present - manifest.names):
        yield f"{folder / name} is not named in {MANIFEST}: take it away"


def _checked(path: Path, digest: str | None) -> bytes:
    """The content of one file; format 2 gives no digest of its card."""
    content = read_whole(path)
    if digest is not None and hashlib.sha256(content).hexdigest() != digest:
        raise ModelError(f"{path} was changed after training: its digest is not the one in {MANIFEST}")
    check_content(path, content)
    return content


def read_whole(path: Path) -> bytes:
    """The bytes of a file. Raises ModelError for one that is none, cannot be read, or is too large for a model."""
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            raise ModelError(f"{path} is not a file")
        if status.st_size > SIZE_MAX:
            raise ModelError(f"{path} is larger than any model of this program")
        return path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}") from error


def check_content(path: Path, content: bytes) -> None:
    """Raises ModelError unless the content is what its name says: an archive of arrays of numbers (.npz), or text."""
    if path.suffix == ".npz" and content.startswith(_ZIP):
        _check_archive(path, content)
    elif is_pickle(content):
        raise ModelError(f"{path} is a pickle, which could run anything when it is opened")
    elif path.suffix == ".npz":
        raise ModelError(f"{path} is no archive of arrays")
    elif path.suffix not in _TEXTS or not _is_text(content):
        raise ModelError(f"{path} is neither an archive of arrays nor text in UTF-8")


def is_pickle(content: bytes) -> bool:
    """Whether the bytes begin with a pickle of any protocol; nothing is run."""
    if content[:1] == b"\x80":
        return True
    try:
        # It ends at the opcode that ends a pickle, and raises ValueError at the first that is none.
        for _ in islice(pickletools.genops(content), _PICKLE_OPCODES_MAX):
            pass
    except ValueError:
        return False
    return True


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _check_archive(path: Path, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            left = _UNPACKED_MAX
            for member in archive.infolist():
                left -= member.file_size
                _check_member(archive, member, left)
    # A forged archive can fail in any way inside zipfile, zlib, lzma and numpy's header parser; none is a traceback.
    except Exception as error:
        raise ModelError(f"{path} cannot be read as arrays: {error}") from error


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> None:
    """Raises ValueError for a member that is no array of numbers, of just the size that its header says.

    `left` bytes may be unpacked besides.
    """
    if left < 0:
        raise ValueError("it unpacks to more than any model of this program")
    with archive.open(member) as file:
        if np.lib.format.read_magic(file) != (1, 0):
            raise ValueError(f"{member.filename} is not an array of format 1.0")
        shape, _, dtype = np.lib.format.read_array_header_1_0(file)
        if dtype.hasobject:
            raise ValueError(f"{member.filename} holds objects, that is a pickle, which could run anything")
        if dtype.kind not in "biuf" or file.tell() + math.prod(shape) * dtype.itemsize != member.file_size:
            raise ValueError(f"{member.filename} is {dtype.str}{shape} in {member.file_size} bytes")
