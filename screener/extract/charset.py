"""Bytes to text as a browser reads them, so that no page can hide its words behind a lying label."""

import codecs
import re

from screener.extract.labels import codec_of

PRESCAN_BYTES = 1024
_BOMS = ((codecs.BOM_UTF8, "utf_8"), (codecs.BOM_UTF16_LE, "utf_16_le"), (codecs.BOM_UTF16_BE, "utf_16_be"))
_HEADER = re.compile(r"charset\s{0,9}=\s{0,9}(\"[^\"]{0,99}\"|[^\s;,]{1,99})", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_META = re.compile(rb"<meta(?=[\s/])([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"([^\s/=>\"']{1,40})\s{0,9}=\s{0,9}(\"[^\"]*\"|'[^']*'|[^\s>\"']+)")
_IN_CONTENT = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?([^\s;\"']{1,99})", re.IGNORECASE)
_XML = re.compile(rb"\A\s{0,9}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})", re.IGNORECASE)
_WIDE_SHARE = 0.3


def decode(body: bytes, content_type: str) -> str:
    """The text of a body: by its byte order mark, the label in its header, or its own meta; never raises.

    Order and prescan follow the HTML Standard ("encoding sniffing algorithm"). With no label that a browser
    knows,
    the text is UTF-8 where that is valid, else UTF-16 where every other byte is NUL, else windows-1252.
    """
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    codec = _from_header(content_type) or _from_meta(body[:PRESCAN_BYTES]) or _by_validity(body)
    return body.decode(codec, "replace").removeprefix("\ufeff")


def _from_header(content_type: str) -> str | None:
    match = _HEADER.search(content_type[:1000])
    return codec_of(match[1]) if match else None


def _from_meta(head: bytes) -> str | None:
    """A meta that could be read as ASCII cannot be UTF-16: the HTML Standard reads such a page as UTF-8."""
    declared = _XML.match(head)
    labels = [*_meta_labels(_COMMENT.sub(b"", head)), *([declared[1]] if declared else [])]
    codec = next((found for label in labels if (found := codec_of(label.decode("latin-1")))), None)
    return "utf_8" if codec in {"utf_16_le", "utf_16_be"} else codec


def _meta_labels(head: bytes) -> list[bytes]:
    return [label for meta in _META.finditer(head) if (label := _meta_label(meta[1]))]


def _meta_label(inside: bytes) -> bytes | None:
    values: dict[bytes, bytes] = {}
    for name, value in _ATTRIBUTE.findall(inside):
        values.setdefault(name.lower(), value.strip(b"\"'"))
    if b"charset" in values:
        return values[b"charset"]
    if values.get(b"http-equiv", b"").lower() != b"content-type":
        return None
    match = _IN_CONTENT.search(values.get(b"content", b""))
    return match[1] if match else None


def _by_validity(body: bytes) -> str:
    head = body[:PRESCAN_BYTES]
    for start, codec in ((1, "utf_16_le"), (0, "utf_16_be")):
        if head[start::2].count(0) > _WIDE_SHARE * len(head) and not head[1 - start :: 2].count(0):
            return codec
    try:
        body.decode("utf_8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf_8"
