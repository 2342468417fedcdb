"""Folding: one plain spelling for matching, while every offset still maps back to the original.

`fold` undoes what changes no word: case, full-width and styled letters, look-alike letters of other scripts,
accents, invisible characters, flag emoji. `unmask` undoes disguise (leet, stars, spaced, dotted and stretched
letters), but only where that yields a word the caller knows, so that ordinary text stays as it is.
"""

import re
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, product

from screener.records import Span

# Letters of other scripts that are drawn like Latin ones; NFKC leaves them alone (Unicode TR 39, own selection).
_LOOK_ALIKES = {
    pair[0]: pair[1]
    for pair in (
        *("аa", "вb", "сc", "ԁd", "еe", "ғf", "ԍg", "һh", "іi", "јj", "кk", "ӏl", "мm", "нh", "оo", "рp", "ԛq"),
        *("гr", "ѕs", "тt", "υu", "ѵv", "ԝw", "хx", "уy", "ьb", "ъb", "αa", "βb", "εe", "ηn", "ιi", "κk", "νv"),
        *("οo", "ρp", "τt", "χx", "ωw", "γy", "ϲc", "øo", "đd", "łl", "ħh", "ıi", "ŋn", "ɑa", "ɡg", "ɩi"),
    )
}
_NAMED_LETTER = re.compile(r"(?:CIRCLED|SQUARED|SMALL CAPITAL|PARENTHESIZED).* ([A-Z])$|LETTER SMALL CAPITAL ([A-Z])$")
_REGIONAL_A = 0x1F1E6
_REGIONAL_Z = 0x1F1FF
_INVISIBLE = {"Cf", "Mn", "Me", "Cc", "Cs", "Co", "Cn"}


@dataclass(frozen=True, kw_only=True)
class Disguise:
    """A word that was written so as not to be found: where it stands in the original, and the plain word."""

    span: Span
    plain: str


@dataclass(frozen=True, kw_only=True)
class Folded:
    """A text in plain spelling; `starts[i]` and `ends[i]` are the original offsets of its character i.

    Both are None while nothing moved, which is the common case.
    """

    original: str
    text: str
    starts: "array[int] | None" = None
    ends: "array[int] | None" = None
    disguises: tuple[Disguise, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The span in the original that the folded characters `start` to `end` (exclusive) came from."""
        if self.starts is None or self.ends is None or start >= end:
            return Span(start=start, end=end)
        return Span(start=self.starts[start], end=self.ends[end - 1])


class _FoldTable(dict[str, str]):
    """The plain spelling of each character, worked out the first time it is met."""

    def __missing__(self, character: str) -> str:
        plain = _plain(character)
        self[character] = plain
        return plain


def _plain(character: str) -> str:
    if character in "\n\t ":
        return character
    code = ord(character)
    if _REGIONAL_A <= code <= _REGIONAL_Z:
        return character
    if unicodedata.category(character) in _INVISIBLE:
        return " " if character in "\r\v\f\x85" else ""
    named = _NAMED_LETTER.search(unicodedata.name(character, ""))
    if named:
        return (named[1] or named[2]).lower()
    decomposed = unicodedata.normalize("NFKD", character).lower()
    kept = "".join(c for c in decomposed if unicodedata.category(c) not in _INVISIBLE)
    return "".join(_LOOK_ALIKES.get(c, c) for c in kept)


_Hit = tuple[int, int, str]
_TABLE = _FoldTable()
_FLAG = re.compile(f"[{chr(_REGIONAL_A)}-{chr(_REGIONAL_Z)}]{{2}}")


def fold(text: str) -> Folded:
    """The text in plain lower-case spelling, with the way back; never fails, whatever the characters."""
    if text.isascii() and text.isprintable():
        return Folded(original=text, text=text.lower())
    pieces = [_TABLE[c] for c in text]
    plain = "".join(pieces)
    if len(plain) == len(text) and all(len(p) == 1 for p in pieces):
        return _with_flags(Folded(original=text, text=plain))
    starts = array("I", [i for i, piece in enumerate(pieces) for _ in piece])
    return _with_flags(Folded(original=text, text=plain, starts=starts, ends=_ends(text, pieces)))


def _ends(text: str, pieces: Sequence[str]) -> "array[int]":
    """Where each folded character ends in the original: after the marks that stand on it."""
    ends = array("I")
    for i, piece in enumerate(pieces):
        if piece:
            ends.extend([i + 1] * len(piece))
        elif ends and unicodedata.category(text[i]) in {"Mn", "Me"}:
            ends[-1] = i + 1
    return ends


def _with_flags(folded: Folded) -> Folded:
    """Flag emoji become words: a pair of regional indicators is read as " flagkh "."""
    edits = [
        (m.start(), m.end(), f" flag{''.join(chr(ord(c) - _REGIONAL_A + ord('a')) for c in m[0])} ")
        for m in _FLAG.finditer(folded.text)
    ]
    return _edited(folded, edits)


def _edited(folded: Folded, edits: Iterable[tuple[int, int, str]]) -> Folded:
    """The folded text with stretches replaced; a new character maps back to the whole stretch it came from."""
    edits = list(edits)
    if not edits:
        return folded
    text, starts, ends, last = [], array("I"), array("I"), 0
    old_starts = folded.starts if folded.starts is not None else array("I", range(len(folded.text)))
    old_ends = folded.ends if folded.ends is not None else array("I", range(1, len(folded.text) + 1))
    for start, end, plain in edits:
        text += [folded.text[last:start], plain]
        starts += old_starts[last:start] + array("I", [old_starts[start]]) * len(plain)
        ends += old_ends[last:start] + array("I", [old_ends[end - 1]]) * len(plain)
        last = end
    text.append(folded.text[last:])
    return Folded(
        original=folded.original,
        text="".join(text),
        starts=starts + old_starts[last:],
        ends=ends + old_ends[last:],
        disguises=folded.disguises,
    )


_LEET = {
    "0": "o", "1": "il", "2": "z", "3": "e", "4": "a", "5": "s", "6": "gb", "7": "t", "8": "b", "9": "g",
    "@": "a", "$": "s", "!": "i", "|": "li", "+": "t", "€": "e", "£": "l", "¥": "y",
}  # fmt: skip
_MIXED = re.compile(r"(?<![\w@$!|*+])(?=[a-z0-9@$!|*+]*[a-z])[a-z0-9@$!|*+]{2,24}[0-9@$!|*+a-z](?![\w@$])")
_SPACED = re.compile(r"(?<![\w@$])[a-z0-9@$!*](?:[ .·\-_*/~]{1,2}[a-z0-9@$!*](?![a-z0-9@$])){3,24}")
_BROKEN = re.compile(r"(?<![\w@./:-])[a-z0-9@$]{1,12}(?:[.·\-_*~/]{1,2}[a-z0-9@$]{1,12}){1,6}(?![\w@/-])")
_STRETCHED = re.compile(r"(?<!\w)(?=[a-z]*([a-z])\1\1)[a-z]{4,40}(?!\w)")
_REPEAT = re.compile(r"([a-z])\1+")
SEPARATORS = re.compile(r"[ .·\-_*/~]+")
"""What may stand between the pieces of one word."""
_WORD_MIN = 4


def unmask(folded: Folded, known: frozenset[str]) -> Folded:
    """The folded text with every disguised spelling of a word in `known` replaced by that word.

    `known` may hold phrases too, their words parted by one blank: a stretch that is one of them as it stands
    ("EPS-TOPIK") is no disguise. So "15jt", "s/d" or "ha ha ha" stay. `disguises` of the answer lists what was
    replaced, in the order of the text.
    """
    edits = _disguised(folded.text, known)
    disguises = tuple(Disguise(span=folded.span(start, end), plain=plain) for start, end, plain in edits)
    return replace(_edited(folded, edits), disguises=disguises)


def _disguised(text: str, known: frozenset[str]) -> list[_Hit]:
    """Start, end and plain word of each disguised word in a folded text, in order and without overlaps."""
    taken = bytearray(len(text))
    found = []
    for ways in _WAYS:
        for start, end, plain in ways(text, known):
            if 1 not in taken[start:end]:
                taken[start:end] = b"\1" * (end - start)
                found.append((start, end, plain))
    return sorted(found)


def _way(
    pattern: re.Pattern[str], readings: Callable[[str], Iterator[str]]
) -> Callable[[str, frozenset[str]], Iterator[_Hit]]:
    """A finder of one kind of disguise: candidates by `pattern`, their possible plain words by `readings`."""

    def find(text: str, known: frozenset[str]) -> Iterator[_Hit]:
        for match in pattern.finditer(text):
            word = match[0].rstrip("!*+")
            if word in known or SEPARATORS.sub(" ", word) in known:
                continue
            plain = next((w for w in readings(word) if len(w) >= _WORD_MIN and w in known), None)
            if plain and plain != word:
                yield match.start(), match.start() + len(word), plain

    return find


def _leet_readings(word: str) -> Iterator[str]:
    if word.isalpha() or sum(c in "16|" for c in word) > 4:  # noqa: PLR2004  sixteen readings are enough
        return
    yield from map("".join, product(*(_LEET.get(c, c) for c in word)))


def _joined_readings(word: str) -> Iterator[str]:
    joined = SEPARATORS.sub("", word)
    if 2 * sum(c.isdigit() for c in joined) >= len(joined):
        return
    yield joined
    yield from _leet_readings(joined)


def _squeezed_readings(word: str) -> Iterator[str]:
    yield _REPEAT.sub(r"\1", word)
    yield _REPEAT.sub(lambda m: m[1] * min(2, len(m[0])), word)


_STAR_WORDS_MAX = 500
_STAR_WORD = re.compile(r"(?<![\w*])(?=[a-z0-9*]{0,40}[a-z])[a-z0-9]{1,20}\*{1,3}[a-z0-9*]{0,20}[a-z0-9](?!\w)")


def _starred(text: str, known: frozenset[str]) -> Iterator[_Hit]:
    """Words with stars for letters ("k*mboja", "kambo**ja"), each star one letter, several stars also none."""
    for match in islice(_STAR_WORD.finditer(text), _STAR_WORDS_MAX):
        plain = _unstarred(match[0], known)
        if plain:
            yield match.start(), match.end(), plain


@lru_cache(maxsize=4096)
def _unstarred(word: str, known: frozenset[str]) -> str:
    """The first known word that a starred one can stand for; empty when there is none."""
    pattern = re.compile(re.sub(r"\*+", lambda m: f"[a-z]{{0,{len(m[0])}}}", word))
    likely = _by_edges(known).get((word[0], word[-1]), ())
    return next((plain for plain in likely if pattern.fullmatch(plain)), "")


@lru_cache(maxsize=4)
def _by_edges(known: frozenset[str]) -> dict[tuple[str, str], list[str]]:
    """The known words by their first and last letter, which a disguise mostly leaves alone."""
    edges: dict[tuple[str, str], list[str]] = {}
    for word in sorted(known):
        if len(word) > _WORD_MIN and word.isalnum():
            edges.setdefault((word[0], word[-1]), []).append(word)
    return edges


_WAYS = (
    _way(_SPACED, _joined_readings),
    _way(_MIXED, _leet_readings),
    _starred,
    _way(_BROKEN, _joined_readings),
    _way(_STRETCHED, _squeezed_readings),
)
