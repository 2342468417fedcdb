import gzip
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.errors import FetchError
from screener.fetch.decode import STEP_BYTES, decoder

BODY = bytes(range(256)) * 40
CODED = {
    "gzip": gzip.compress(BODY),
    "GZIP ": gzip.compress(BODY[:99]) + gzip.compress(BODY[99:]),
    "deflate": zlib.compress(BODY),
    "deflate, identity": zlib.compress(BODY, wbits=-15),
    "": BODY,
}


@pytest.mark.parametrize("coding", CODED)
@pytest.mark.parametrize("step", [1, 2, 7, 100_000])
def test_a_body_is_decoded_however_it_is_cut(coding: str, step: int) -> None:
    undo, coded = decoder(coding), CODED[coding]
    pieces = [piece for start in range(0, len(coded), step) for piece in undo.feed(coded[start : start + step])]
    undo.finish()
    assert b"".join(pieces) == BODY


@pytest.mark.parametrize("coded", [gzip.compress(bytes(10**7)), gzip.compress(bytes(10**6)) * 3], ids=["one", "three"])
def test_a_bomb_comes_out_in_small_pieces(coded: bytes) -> None:
    assert max(len(piece) for piece in decoder("gzip").feed(coded)) <= STEP_BYTES


@given(st.binary(max_size=400), st.sampled_from(["gzip", "deflate"]))
def test_any_bytes_decode_or_raise_a_fetch_error(coded: bytes, coding: str) -> None:
    undo = decoder(coding)
    with suppress(FetchError):
        list(undo.feed(coded))
        undo.finish()


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, gzip", "gzip, br", "*", "utf-8"])
def test_a_coding_that_was_not_asked_for_is_refused(coding: str) -> None:
    with pytest.raises(FetchError, match="bad_encoding"):
        decoder(coding)
