"""Content codings, undone in bounded steps: a bomb is noticed before it goes off."""

import zlib
from collections.abc import Iterator

from screener.errors import FetchError
from screener.records import SkipReason

STEP_BYTES = 64 * 1024
_GZIP = frozenset({"gzip", "x-gzip"})
_GZIP_MAGIC = b"\x1f\x8b"
_HEADER_BYTES = 2
# zlib's own words for a body whose checksum or length at the end does not fit.
_DAMAGED = ("incorrect data check", "incorrect length check")


class Plain:
    """A body without a coding."""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The chunk itself."""
        yield chunk

    def finish(self) -> None:
        """Nothing can be missing."""


class Inflater:
    """A gzip (RFC 1952, several members) or deflate body (RFC 1950, or raw RFC 1951 as many servers send)."""

    def __init__(self, coding: str) -> None:
        self._is_gzip = coding in _GZIP
        self._engine: zlib._Decompress | None = None
        self._is_over = False
        self._waiting = b""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The decoded bytes in pieces of at most STEP_BYTES; raises FetchError(BAD_ENCODING or TRUNCATED)."""
        waiting = self._waiting + chunk
        while waiting and self._ready(waiting):
            piece, waiting = self._step(waiting)
            if piece:
                yield piece
        self._waiting = b"" if self._is_over else waiting

    def finish(self) -> None:
        """Raises FetchError(TRUNCATED) when the body ended too early."""
        if self._engine is None or not self._engine.eof:
            raise FetchError(SkipReason.TRUNCATED, "the compressed body ends too early")

    def _ready(self, waiting: bytes) -> bool:
        """Whether there is an engine for these bytes; the first two tell which."""
        begins = self._engine is None or self._engine.eof
        if begins and not self._is_over and len(waiting) >= _HEADER_BYTES:
            self._begin(waiting)
        return self._engine is not None and not self._engine.eof

    def _begin(self, waiting: bytes) -> None:
        """Start the body or its next member; rubbish behind the end is ignored, as browsers do."""
        if self._engine is not None and not (self._is_gzip and waiting.startswith(_GZIP_MAGIC)):
            self._is_over = True
        else:
            self._engine = zlib.decompressobj(self._window_bits(waiting))

    def _window_bits(self, start: bytes) -> int:
        if self._is_gzip:
            return zlib.MAX_WBITS | 16
        return zlib.MAX_WBITS if _is_zlib(start) else -zlib.MAX_WBITS

    def _step(self, waiting: bytes) -> tuple[bytes, bytes]:
        """One piece, and what is left to decode; only called when there is an engine."""
        engine = self._engine
        if engine is None:
            return b"", waiting
        try:
            piece = engine.decompress(waiting, STEP_BYTES)
        except zlib.error as error:
            raise FetchError(_damage(error), str(error)) from error
        return piece, engine.unused_data if engine.eof else engine.unconsumed_tail


def decoder(content_encoding: str) -> Plain | Inflater:
    """What undoes a Content-Encoding; raises FetchError(BAD_ENCODING) for two, or one not asked for."""
    codings = [coding for part in content_encoding.split(",") if (coding := part.strip().lower())]
    codings = [coding for coding in codings if coding != "identity"]
    if not codings:
        return Plain()
    if len(codings) > 1 or codings[0] not in _GZIP | {"deflate"}:
        raise FetchError(SkipReason.BAD_ENCODING, f"Content-Encoding: {content_encoding[:100]}")
    return Inflater(codings[0])


def _is_zlib(start: bytes) -> bool:
    """Whether the two bytes are a zlib header (RFC 1950, section 2.2)."""
    return start[0] & 0x0F == zlib.DEFLATED and (start[0] << 8 | start[1]) % 31 == 0


def _damage(error: zlib.error) -> SkipReason:
    text = str(error)
    return SkipReason.TRUNCATED if any(words in text for words in _DAMAGED) else SkipReason.BAD_ENCODING
