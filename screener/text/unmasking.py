"""Unmasking: disguised spellings of known words, undone where the words stand."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from screener.text.folded import Disguise, Folded, edited
from screener.text.lookalikes import FOREIGN
from screener.text.pieces import Tokens, in_pieces
from screener.text.readings import STARS, Manner, confused, read
from screener.text.runs import Hit, broken, spaced, telephones
from screener.text.spellings import LEET_SIGNS, MISREAD, WORD_MAX
from screener.text.vocabulary import WORD_MIN, Vocabulary, vocabulary

_SIGNS = re.escape(LEET_SIGNS + STARS)
_WORD = re.compile(f"[a-z0-9{_SIGNS}]+")
_EDGES = "!*+|#"
_STROKES = frozenset({"|", "||", "!"})
_LINK = re.compile(
    r"://|www\.|(?<!\S)@|@[\w-]+\.\w|\.(?:com|id|net|org|me|ly|info|xyz|link|site|io|gg|cc|top|online)\b"
)
_LINK_REACH = 60
_HIDDEN_MAX = 200
_ZERO_WIDTH = "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_STRUCK = "\u0334-\u0338"
_HIDDEN = re.compile(f"[A-Za-z](?:[{FOREIGN}{_STRUCK}]|[{_ZERO_WIDTH}]+[A-Za-z])|[{FOREIGN}][A-Za-z]")
_ODD = re.compile(f"[{FOREIGN}{_ZERO_WIDTH}{_STRUCK}]")
_OVERRIDE = re.compile("\u202e([^\u202c\u202e\n]{3,200})")
_LETTERS = re.compile(r"[a-z]{3,40}")
_MISREAD_CAPITALS = re.compile(r"[A-Z]l|l[A-Z]|I[a-z]|[a-z]I")
_SMALL_L = re.compile(r"(?<![aeiou])l(?![aeiou])")


def unmask(folded: Folded, known: frozenset[str]) -> Folded:
    """The folded text with every disguised spelling of a word in `known`, or of a telephone number, replaced by it.

    `known` may hold phrases too, their words parted by one blank: each word of them counts, and a stretch that is one
    of them as it stands ("EPS-TOPIK") is no disguise. So "15jt", "s/d" or "ha ha ha" stay. `disguises` of the answer
    lists what was replaced or hidden by look-alike letters, in the order of the text.
    """
    words = vocabulary(known)
    hits = _apart(_hits(folded, words), folded.text)
    # What is in doubt by itself is meant where others are.
    needed = Manner.UNSURE if any(hit.manner is Manner.DELIBERATE for hit in hits) else Manner.DELIBERATE
    disguises = tuple(
        Disguise(span=folded.span(hit.start, hit.end), plain=hit.plain, deliberate=hit.manner >= needed) for hit in hits
    )
    edits = [hit[:3] for hit in hits if folded.text[hit.start : hit.end] != hit.plain]
    return replace(edited(folded, edits), disguises=disguises)


def _hits(folded: Folded, words: Vocabulary) -> Iterator[Hit]:
    yield from spaced(folded, words)
    if _ODD.search(folded.original):
        yield from _overridden(folded, words)
        yield from _hidden(folded, words)
    yield from telephones(folded)
    yield from broken(folded, words)
    yield from _words(folded, words)


def _apart(hits: Iterable[Hit], text: str) -> list[Hit]:
    """The hits that overlap none before them and are no part of a link or address, in the order of the text."""
    taken = bytearray(len(text))
    kept = []
    for hit in hits:
        if 1 not in taken[hit.start : hit.end] and not _in_link(text, hit.start, hit.end):
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            kept.append(hit)
    return sorted(kept)


def _in_link(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - _LINK_REACH) : start], text[end : end + _LINK_REACH]
    left = before.split()[-1] if before and not before[-1].isspace() else ""
    right = after.split()[0] if after and not after[0].isspace() else ""
    # "@m@nah" is a word by itself, "@m4ju_jaya" a name.
    return bool((left or right) and _LINK.search(f"{left}{text[start:end]}{right}"))


def _words(folded: Folded, words: Vocabulary) -> Iterator[Hit]:
    """Words in pieces, and words with signs or wrong letters in them."""
    places = list(_WORD.finditer(folded.text))
    written = [place[0] for place in places]
    unknown = [at for at, word in enumerate(written) if word not in words.words]
    yield from in_pieces(folded.text, Tokens(places, written, unknown), words)
    for at in unknown:
        if not written[at].isdigit():
            yield from _one(folded, places[at], words)


def _one(folded: Folded, match: re.Match[str], words: Vocabulary) -> Iterator[Hit]:
    core = match[0].strip(_EDGES)
    if not core or core in words.words:
        return
    for start, word in _with_strokes(folded, match, core):
        end = start + len(word)
        if plain := _confused(folded, start, word, words):
            yield Hit(start, end, plain, Manner.PLAIN)
            return
        if found := read(word, words):
            manner = Manner.UNSURE if _is_misread(folded, start, word) else Manner.DELIBERATE
            yield Hit(start, end, found.plain, min(manner, found.manner))
            return


def _with_strokes(folded: Folded, match: re.Match[str], core: str) -> Iterator[tuple[int, str]]:
    """The word with the strokes beside it, which may be its first or last letter ("kam! cari"), then without."""
    before, _, after = match[0].partition(core)
    start = match.start() + len(before)
    first = before if before in _STROKES else ""
    last = after if after in _STROKES and (after != "!" or _goes_on(folded, match.end())) else ""
    if first or last:
        yield start - len(first), f"{first}{core}{last}"
    yield start, core


def _goes_on(folded: Folded, at: int) -> bool:
    """Whether the next word begins small, so that the mark before it ends no sentence."""
    end = min(at + 2, len(folded.text))
    return at < end and folded.written(at, end).strip(" ").islower()


def _is_misread(folded: Folded, start: int, word: str) -> bool:
    """Whether signs that a scanner misreads stand among capitals, where it misreads most."""
    signs = {character for character in word if not character.isalpha()}
    return bool(signs) and signs <= MISREAD.keys() and folded.written(start, start + len(word)).isupper()


def _confused(folded: Folded, start: int, word: str, words: Vocabulary) -> str:
    """The word with l for I or the other way round, which capitals or a run of consonants give away."""
    if not word.isalpha() or not ("l" in word or "i" in word):
        return ""
    shown = _MISREAD_CAPITALS.search(folded.written(start, start + len(word)))
    sure = shown or (len(word) > WORD_MIN and _SMALL_L.search(word))
    return confused(word, words) if sure else ""


def _hidden(folded: Folded, words: Vocabulary) -> Iterator[Hit]:
    """Known words with letters of another script or with invisible signs in them, which folding has undone."""
    for match in islice(_HIDDEN.finditer(folded.original), _HIDDEN_MAX):
        at = _folded_at(folded, match.start())
        start = _word_start(folded.text, at)
        word = _LETTERS.match(folded.text, start)
        if word and words.has(word[0]):
            yield Hit(start, word.end(), word[0], Manner.DELIBERATE)


def _word_start(text: str, at: int) -> int:
    low = max(0, at - WORD_MAX)
    return at - next((i for i, c in enumerate(reversed(text[low:at])) if not "a" <= c <= "z"), at - low)


def _overridden(folded: Folded, words: Vocabulary) -> Iterator[Hit]:
    """Stretches written backwards under a right-to-left override, which shows them forwards."""
    for match in islice(_OVERRIDE.finditer(folded.original), _HIDDEN_MAX):
        start, end = _folded_at(folded, match.start(1)), _folded_at(folded, match.end(1))
        shown = folded.text[start:end][::-1]
        if _count(shown, words) > _count(folded.text[start:end], words):
            yield Hit(start, end, shown, Manner.DELIBERATE)


def _count(text: str, words: Vocabulary) -> int:
    return sum(map(words.has, _LETTERS.findall(text)))


def _folded_at(folded: Folded, offset: int) -> int:
    return offset if folded.starts is None else bisect_left(folded.starts, offset)
