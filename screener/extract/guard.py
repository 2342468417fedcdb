"""What is refused before any parser sees it, because it would cost too much to read."""

import re
from collections import Counter

from screener.errors import ExtractError
from screener.records import SkipReason

BODY_BYTES_MAX = 5 * 1024 * 1024
TAGS_MAX = 100_000
NESTING_MAX = 2_000
ATTRIBUTES_MAX = 1_000
ASSIGNMENTS_MAX = 250_000

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,30})")
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{5000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_BETWEEN = re.compile(r"[\s/]+")
# Elements that never hold others, or that HTML closes by itself: many of them in a row are no nesting.
_FLAT_NAMES = (
    "area base br col embed hr img input link meta source track wbr param p li option optgroup dt dd tr "
    "td th tbody thead tfoot rp rt html head body"
)
_FLAT = frozenset(_FLAT_NAMES.split())


def refuse_bombs(body_bytes: int, html: str) -> None:
    """Raises ExtractError(UNPARSED) for HTML too large, too deep, or of too many tags or attributes."""
    if body_bytes > BODY_BYTES_MAX:
        raise _refused(f"the page has more than {BODY_BYTES_MAX} bytes")
    if html.count("<") > TAGS_MAX:
        raise _refused(f"the page has more than {TAGS_MAX} tags")
    if nesting(html) > NESTING_MAX:
        raise _refused(f"the page is nested more than {NESTING_MAX} deep")
    if html.count("=") > ASSIGNMENTS_MAX:
        raise _refused(f"the page has more than {ASSIGNMENTS_MAX} attributes")
    if any(_attributes(match[0]) > ATTRIBUTES_MAX for match in _LONG_TAG.finditer(html)):
        raise _refused(f"a tag has more than {ATTRIBUTES_MAX} attributes")


def nesting(html: str) -> int:
    """An estimate of how deep the elements of a page are nested; it reads tags only and may be too high."""
    depth = deepest = 0
    unclosed: Counter[str] = Counter()
    for closing, name in _TAG.findall(html):
        element = name.lower()
        if element in _FLAT:
            continue
        if not closing:
            unclosed[element] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif unclosed[element]:
            unclosed[element] -= 1
            depth -= 1
    return deepest


def _attributes(tag: str) -> int:
    return len(_BETWEEN.findall(_QUOTED.sub("", tag)))


def _refused(detail: str) -> ExtractError:
    return ExtractError(SkipReason.UNPARSED, detail)
