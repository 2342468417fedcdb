"""Lines of a file as text, one at a time, whatever the file holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

LINE_BYTES_MAX = 16 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line with its end; where `fault` says why it cannot be used, `text` is a stand-in."""

    number: int
    text: str
    fault: str = ""


def lines_of(stream: BinaryIO) -> Iterator[Line]:
    """The lines of a stream, one by one; those not UTF-8 or longer than 16 MiB carry their fault."""
    number = 0
    while raw := stream.readline(LINE_BYTES_MAX):
        number += 1
        if len(raw) == LINE_BYTES_MAX and not raw.endswith(b"\n"):
            _skip_rest(stream)
            yield Line(number=number, text="", fault=f"the line is longer than {LINE_BYTES_MAX} bytes")
        else:
            yield _line(raw.removeprefix(_BOM) if number == 1 else raw, number)


def _line(raw: bytes, number: int) -> Line:
    try:
        return Line(number=number, text=raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        fault = f"not UTF-8: byte 0x{raw[error.start]:02x} at position {error.start + 1}"
        return Line(number=number, text=raw.decode("utf-8", "replace"), fault=fault)


def _skip_rest(stream: BinaryIO) -> None:
    while (raw := stream.readline(LINE_BYTES_MAX)) and not raw.endswith(b"\n"):
        pass
