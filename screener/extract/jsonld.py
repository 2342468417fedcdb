"""The JSON-LD objects of a page, out of blocks that are often not quite JSON; no block raises."""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from html import unescape
from itertools import islice

from bs4 import SoupStrainer

from screener.extract.visible import parse

BLOCK_CHARACTERS_MAX = 1024 * 1024
BLOCKS_MAX = 50
DEPTH_MAX = 64
NODES_MAX = 2_000
DIGITS_MAX = 30

Node = Mapping[str, object]

_SCRIPT = re.compile(r"^\s*application/ld\+json", re.IGNORECASE)
# A string that never ends is one token too, so that reading stays linear.
_TOKEN = re.compile(r"\"[^\"\\]*(?:\\.[^\"\\]*)*(?:\"|\\?\Z)|[\[\]{}]", re.DOTALL)
_TRAILING = re.compile(r"(\"[^\"\\]*(?:\\.[^\"\\]*)*(?:\"|\\?\Z))|,(?=\s*+[}\]])", re.DOTALL)
_OPENINGS = ("<!--", "<![CDATA[", "//", "/*", "*/")
_CLOSINGS = ("-->", "]]>", "//", "/*", "*/", ";")


def nodes(html: str) -> tuple[Node, ...]:
    """Every object of the JSON-LD blocks of a page, nested ones and those in lists and `@graph` too.

    Blocks that are cut off, nested deeper than 64 or longer than 1 MiB are left out.
    Raises ExtractError(UNPARSED) for a page that would cost too much to parse.
    """
    only = SoupStrainer("script", attrs={"type": _SCRIPT})
    blocks = (script.get_text() for script in parse(html, only).find_all("script", limit=BLOCKS_MAX))
    return tuple(islice((node for block in blocks for node in _objects(loads(block))), NODES_MAX))


def loads(block: str) -> object:
    """The value of one block, mended where that needs no guess; None when it cannot be read."""
    if len(block) > BLOCK_CHARACTERS_MAX:
        return None
    plain = _unwrapped(block)
    for mended in (plain, _TRAILING.sub(lambda match: match[1] or "", plain), unescape(plain)):
        if _depth(mended) <= DEPTH_MAX and (value := _parsed(mended)) is not None:
            return value
    return None


def _unwrapped(block: str) -> str:
    """The block without the comment and CDATA marks that once hid scripts from old browsers."""
    for _ in _OPENINGS:
        for opening in _OPENINGS:
            block = block.strip().removeprefix(opening)
        for closing in _CLOSINGS:
            block = block.strip().removesuffix(closing)
    return block


def _parsed(text: str) -> object:
    try:
        # strict=False lets raw line breaks stand in strings, as many sites write them.
        value: object = json.loads(
            text, strict=False, parse_int=_number, parse_float=_number, parse_constant=lambda _: None
        )
    except (ValueError, RecursionError):
        return None
    return value


def _number(digits: str) -> Decimal | None:
    try:
        return Decimal(digits) if len(digits) <= DIGITS_MAX else None
    except InvalidOperation:
        return None


def _depth(text: str) -> int:
    depth = deepest = 0
    for token in _TOKEN.findall(text):
        if token in {"[", "{"}:
            depth += 1
            deepest = max(deepest, depth)
        elif token in {"]", "}"}:
            depth -= 1
    return deepest


def _objects(value: object) -> Iterator[Node]:
    """Depth first, in the order of the page; the depth of a block is limited before it gets here."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)
