"""What a reader of a page sees: block elements become lines, hidden elements and code are left out."""

import re

from bs4 import BeautifulSoup, NavigableString, SoupStrainer, Tag
from bs4.element import PageElement, PreformattedString

from screener.errors import ExtractError
from screener.extract.guard import refuse_bombs
from screener.records import SkipReason

UNSEEN = ("script", "style", "template", "noscript", "head", "iframe", "object", "svg", "math", "datalist")
_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p "
    "pre search section select summary table tbody tfoot thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_CELLS = frozenset({"td", "th"})
_HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|opacity:0(?:\.0{1,9})?(?:;|$)|font-size:0(?:\.0{1,9})?(?:[a-z%]{1,4})?(?:;|!|$)"
)
_BLANKS = re.compile(r"[^\S\n]+")
_SPACE = re.compile(r"\s+")
_GAPS = re.compile(r"\n{3,}")
_PROLOG = re.compile(r"<\?(?=xml)", re.IGNORECASE)


def parse(html: str, only: SoupStrainer | None = None) -> BeautifulSoup:
    """The tree of a page, or a part of it. Raises ExtractError(UNPARSED) for what would cost too much."""
    refuse_bombs(len(html.encode("utf-8", "surrogatepass")), html)
    # NUL is U+FFFD in the HTML Standard but ends the document for libxml2; XML prologs make the parser warn.
    plain = _PROLOG.sub("<?-", html.replace("\0", "\ufffd")) if "<" in html else f"<p>{html}</p>"
    try:
        return BeautifulSoup(plain, "lxml", parse_only=only)
    except (RecursionError, AssertionError, ValueError) as error:
        raise ExtractError(SkipReason.UNPARSED, f"the parser gave up: {error}") from error


def remove_unseen(soup: BeautifulSoup) -> None:
    """Takes code and hidden elements out of a tree, except its head."""
    for element in soup.find_all(lambda tag: tag.name in UNSEEN[:4] or _is_hidden(tag)):
        if not element.decomposed:
            element.decompose()


class Lines:
    """Text put together as a browser breaks it into lines: edges of blocks fall together, breaks add up."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._breaks = 0

    def edge(self, name: str) -> None:
        """The beginning or end of an element of that name."""
        if name == "br":
            self._breaks += 1
        elif name == "p" or name in _BLOCKS:
            self._breaks = max(self._breaks, 2 if name == "p" else 1)
        elif name in _CELLS:
            self._parts.append(" ")

    def write(self, text: str) -> None:
        """Words within a line; blanks at the beginning of a line are dropped."""
        if self._breaks and text.strip():
            self._parts.append("\n" * self._breaks)
            self._breaks = 0
        if not self._breaks:
            self._parts.append(text)

    def tidied(self) -> str:
        """All of it."""
        return tidy("".join(self._parts))


def text_of(root: Tag) -> str:
    """The text of an element as its reader sees it, tidied."""
    lines = Lines()
    # A stack of our own: pages nest deeper than Python may call. A tuple stands for the end of an element.
    waiting: list[PageElement | tuple[str]] = [*reversed(root.contents)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            lines.edge(node[0])
        elif isinstance(node, Tag):
            waiting += _opened(node, lines)
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            lines.write(_written(node))
    return lines.tidied()


def _opened(tag: Tag, lines: Lines) -> list[PageElement | tuple[str]]:
    """What is left to write of an element, last first."""
    if tag.name in UNSEEN:
        return []
    lines.edge(tag.name)
    return [] if tag.name == "br" else [(tag.name,), *reversed(tag.contents)]


def tidy(text: str) -> str:
    """The text with runs of blanks collapsed and lines stripped; every other character stays as it is."""
    lines = _BLANKS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return _GAPS.sub("\n\n", "\n".join(line.strip() for line in lines)).strip()


def _is_hidden(tag: Tag) -> bool:
    if tag.has_attr("hidden") or tag.get("type") == "hidden":
        return True
    style = tag.get("style")
    return isinstance(style, str) and bool(_HIDING.search(re.sub(r"\s+", "", style.lower())))


def _written(node: NavigableString) -> str:
    """Line breaks of the source are blanks, except in preformatted text."""
    kept = node.parent is not None and node.parent.name in {"pre", "textarea"}
    return str(node) if kept else _SPACE.sub(" ", node)
