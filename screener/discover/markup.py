"""Listing pages and feeds as text, and what is refused before a parser sees it."""

import re

from screener.errors import ExtractError
from screener.records import SkipReason

PAGE_BYTES_MAX = 5 * 1024 * 1024
SITEMAP_BYTES_MAX = 10 * 1024 * 1024
TAGS_MAX = 100_000
SITEMAP_TAGS_MAX = 1_000_000

_BOMS = ((b"\xef\xbb\xbf", "utf_8"), (b"\xff\xfe", "utf_16_le"), (b"\xfe\xff", "utf_16_be"))
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,500}>")
_ENTITIES = re.compile(r"<!(?:DOCTYPE[^>\[]{0,2000}\[|ENTITY)", re.IGNORECASE)


def text_of(body: bytes, bytes_max: int, tags_max: int = TAGS_MAX) -> str:
    """A body as text: by its byte order mark, as UTF-8, or as windows-1252; addresses are ASCII in all.

    Raises ExtractError(UNPARSED) for a body of more bytes or tags than given.
    """
    if len(body) > bytes_max:
        raise refused(f"more than {bytes_max} bytes")
    if body.count(b"<") > tags_max:
        raise refused(f"more than {tags_max} tags")
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    try:
        return body.decode("utf_8")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def xml_of(body: bytes, bytes_max: int, tags_max: int) -> bytes:
    """The body of an XML file as UTF-8 without its declaration.

    Raises ExtractError(UNPARSED) as `text_of` does, and for a file that defines entities, which no feed or
    sitemap needs.
    """
    text = _DECLARATION.sub("", text_of(body, bytes_max, tags_max))
    if _ENTITIES.search(text):
        raise refused("it defines XML entities")
    return text.strip().encode("utf-8", "replace")


def refused(detail: str) -> ExtractError:
    """The error for a listing that cannot or must not be parsed."""
    return ExtractError(SkipReason.UNPARSED, detail)
