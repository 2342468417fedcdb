import codecs
import encodings.aliases

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.extract.charset import PRESCAN_BYTES, decode
from screener.extract.labels import codec_of

TEXT = "gaji €900 – café"
META = {
    "none": b"",
    "utf-8": b"<meta charset=utf-8>",
    "windows-1252": b'<META http-equiv="Content-Type" content="text/html; charset=windows-1252">',
    "utf-16": b"<meta charset='utf-16'>",
    "unknown": b'<meta charset="no-such">',
}
HEADER = {
    "none": "text/html",
    "utf-8": "text/html; charset=UTF-8",
    "quoted": 'text/html;charset="utf-8"',
    "latin1": "text/html; charset=iso-8859-1",
    "zip": "text/html; charset=zip",
    "utf-7": "text/html; charset=utf-7",
}


@pytest.mark.parametrize("header", HEADER.values(), ids=HEADER)
@pytest.mark.parametrize("meta", META.values(), ids=META)
@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
    ids=["utf-8", "utf-16le", "utf-16be"],
)
def test_a_byte_order_mark_beats_every_label(mark: bytes, codec: str, meta: bytes, header: str) -> None:
    assert decode(mark + (meta.decode() + TEXT).encode(codec), header) == meta.decode() + TEXT


@pytest.mark.parametrize("meta", META.values(), ids=META)
def test_a_header_that_a_browser_knows_beats_the_meta(meta: bytes) -> None:
    assert decode(meta + TEXT.encode("cp1252"), HEADER["latin1"]).endswith(TEXT)


@pytest.mark.parametrize("header", ["none", "zip", "utf-7"])
@pytest.mark.parametrize(
    ("meta", "codec"),
    [
        ("windows-1252", "cp1252"),
        ("utf-8", "utf-8"),
        ("utf-16", "utf-8"),
        ("unknown", "cp1252"),
        ("unknown", "utf-8"),
    ],
)
def test_without_a_known_header_the_meta_or_validity_decides(header: str, meta: str, codec: str) -> None:
    assert decode(META[meta] + TEXT.encode(codec), HEADER[header]).endswith(TEXT)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param(b"<!-- <meta charset=koi8-r> -->", "é", id="in a comment"),
        pytest.param(b"<metaphor charset=koi8-r>", "é", id="another element"),
        pytest.param(b"<meta name=x content='charset=koi8-r'>", "é", id="content without http-equiv"),
        pytest.param(b"<meta data-x='>' charset=koi8-r>", "é", id="cut attribute"),
        pytest.param(b" " * PRESCAN_BYTES + b"<meta charset=koi8-r>", "é", id="behind 1024 bytes"),
        pytest.param(b"<meta charset=koi8-r charset=utf-8>", "И", id="first attribute wins"),
        pytest.param(b"<?xml version='1.0' encoding='koi8-r'?>", "И", id="xml declaration"),
    ],
)
def test_the_prescan_reads_what_a_browser_reads(head: bytes, expected: str) -> None:
    assert decode(head + b"\xe9", "")[-1] == expected


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_readable(codec: str) -> None:
    assert decode("<p>paspor dipegang agen</p>".encode(codec), "text/html") == "<p>paspor dipegang agen</p>"


def test_a_single_nul_does_not_make_a_page_utf_16() -> None:
    assert decode(b"<p>a\0b loker taiwan</p>", "text/html") == "<p>a\0b loker taiwan</p>"


@pytest.mark.parametrize("name", sorted({*encodings.aliases.aliases, *encodings.aliases.aliases.values(), "undefined"}))
def test_no_codec_name_of_python_makes_it_raise(name: str) -> None:
    assert "loker" in decode(b"<meta charset=%b>loker" % name.encode(), f"text/html; charset={name}").replace("\0", "")


@pytest.mark.parametrize("label", ["utf-7", "rot13", "hz-gb-2312", "iso-2022-kr", "utf_8", "cp437", "idna", ""])
def test_labels_that_no_browser_knows_have_no_codec(label: str) -> None:
    assert codec_of(label) is None


@given(body=st.binary(max_size=300), content_type=st.text(max_size=60))
def test_any_bytes_become_encodable_text(body: bytes, content_type: str) -> None:
    decode(body, content_type).encode("utf-8")
