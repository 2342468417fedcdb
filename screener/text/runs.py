"""Words whose letters stand apart: spaced, dotted or hyphened out, and words broken in two."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from screener.text.folded import Folded
from screener.text.readings import STARS, Manner, Read, read
from screener.text.spellings import leet, misread
from screener.text.vocabulary import WORD_MIN, Vocabulary


class Hit(NamedTuple):
    """A disguised word in a folded text: characters `start` to `end` (exclusive), and what it is read as."""

    start: int
    end: int
    plain: str
    manner: Manner


SEPARATORS = re.compile(r"[ .·\-_*/~]+")
"""What may stand between the pieces of one word."""
# So that no text can make this slow; a real one has a handful.
_RUNS_MAX = 200
_BREAKS_MAX = 5_000
_SPACED = re.compile(r"[a-z0-9@$](?=[^a-z0-9\n])(?<![a-z0-9@$].)(?:[^a-z0-9\n]{1,3}[a-z0-9@$!](?![a-z0-9@$])){2,79}")
_LETTER = re.compile(r"[a-z0-9@$!]")
_GAP = r"[^a-z0-9\s@$!|+*#'’`´]"
_BREAK = re.compile(rf"{_GAP}(?<=[a-z0-9@$].)(?=\S|\s?\n)")
_BEFORE = re.compile(r"(?<![\w@./:-])[a-z0-9@$]{1,12}$")
_BROKEN = re.compile(rf"[a-z0-9@$]{{1,12}}(?:{_GAP}{{1,2}}(?:(?<=-)\s?\n)?[a-z0-9@$]{{1,12}}){{1,6}}(?![\w@/-])")
_PIECE = re.compile(r"[a-z0-9@$]+")
_TELEPHONE = re.compile(
    r"[+0o6](?<![a-z0-9@$].)(?:(?<=\+)[1-9]|(?<=[0o])(?=[28])|(?<=6)2)[0-9oil](?:[ .-]?[0-9oil]){7,15}(?![a-z0-9@$])"
)
_DIGITS = str.maketrans("oil", "011")
_WORD_LONGEST = 16
_PIECE_MAX = 13
_COVERED = 0.7
_CAPITALS = 0.8
# Words that open an ad in print and chat alike: nobody hides them, letters apart are for show.
_OPENINGS = frozenset({"loker", "lowongan", "dibutuhkan", "dicari", "hiring", "urgent", "info", "jawatan", "kosong"})
_LEFT_OVER = 8  # what a letter that belongs to no word costs, in squares of letters


def spaced(folded: Folded, words: Vocabulary) -> Iterator[Hit]:
    """Words of single letters with signs or blanks between ("k a m b o j a", "g.a.j.i"), also several on end."""
    for run in islice(_SPACED.finditer(folded.text), _RUNS_MAX):
        letters = [match.span() for match in _LETTER.finditer(folded.text, *run.span())]
        heading = _is_heading(folded, *run.span())
        for part in _parts(folded.text, letters):
            found = list(_words_in(folded.text, part, words))
            for hit in found:
                plain = heading or _is_short(found) or _is_opening(folded, hit)
                yield hit._replace(manner=Manner.PLAIN) if plain else hit


def _is_short(found: Sequence[Hit]) -> bool:
    """Three letters apart are an abbreviation as often as a disguise: "K.T.P"."""
    return max(len(hit.plain) for hit in found) < WORD_MIN


def _is_opening(folded: Folded, hit: Hit) -> bool:
    return hit.plain in _OPENINGS and folded.written(hit.start, hit.end).isupper()


def _is_heading(folded: Folded, start: int, end: int) -> bool:
    """Whether spaced capitals have a line to themselves: "L O W O N G A N"."""
    before = folded.text[max(0, start - 8) : start].rpartition("\n")[2]
    after = folded.text[end : end + 8].partition("\n")[0]
    letters = [c for c in folded.written(start, end) if c.isalpha()]
    return not any(map(str.isalnum, before + after)) and sum(map(str.isupper, letters)) >= _CAPITALS * len(letters)


def _parts(text: str, letters: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """The letters of a run, parted where the gap is wider than it mostly is."""
    gaps = [after[0] - before[1] for before, after in pairwise(letters)]
    usual = Counter(gaps).most_common(1)[0][0]
    part = [letters[0]]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        if gap > usual and text[letter[0] - gap : letter[0]].count(" ") > 1:
            yield part
            part = []
        part.append(letter)
    yield part


def _words_in(text: str, part: Sequence[tuple[int, int]], words: Vocabulary) -> Iterator[Hit]:
    joined = "".join(text[start:end] for start, end in part)
    whole = _read_joined(joined, words)
    if whole:
        yield Hit(part[0][0], part[-1][1], whole.plain, Manner.DELIBERATE)
        return
    # Digits first as what they are ("k o n t r a k 3 t h"), then as letters.
    for plain in (joined, next(leet(joined), joined)) if _is_text(joined) else ():
        found = _segments(plain, words)
        yield from (Hit(part[a][0], part[b - 1][1], plain[a:b], Manner.DELIBERATE) for a, b in found)
        if found:
            return


def _read_joined(joined: str, words: Vocabulary) -> Read | None:
    if not _is_text(joined):
        return None
    if words.has(joined):
        return Read(joined, Manner.DELIBERATE)
    misprint = words.likeliest(misread(joined)) if joined.isalpha() else ""
    return read(joined, words) or (Read(misprint, Manner.PLAIN) if misprint else None)


def _is_text(joined: str) -> bool:
    return 2 * sum(map(str.isdigit, joined)) < len(joined)


def _segments(plain: str, words: Vocabulary) -> list[tuple[int, int]]:
    """The known words that make up a row of letters, long ones first; none if much is left over."""
    best = [(0, 0)]  # the score of the letters so far, and where their last word begins
    for end in range(1, len(plain) + 1):
        starts = range(max(0, end - _WORD_LONGEST), end - WORD_MIN + 2)
        choices = ((best[at][0] + (end - at) ** 2, at) for at in starts if words.has(plain[at:end]))
        best.append(max([(best[end - 1][0] - _LEFT_OVER * plain[end - 1].isalpha(), end), *choices]))
    found = _walked(best)
    covered, longest = sum(b - a for a, b in found), max((b - a for a, b in found), default=0)
    letters = sum(map(str.isalpha, plain))
    return found if longest >= WORD_MIN and covered >= _COVERED * letters else []


def _walked(best: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found, end = [], len(best) - 1
    while end > 0:
        start = best[end][1]
        if start < end:
            found.append((start, end))
        end = start if start < end else end - 1
    return found[::-1]


def broken(folded: Folded, words: Vocabulary) -> Iterator[Hit]:
    """Words with signs within ("ga.ji", "kam-bo-ja", "k_mboja") or broken over two lines by a hyphen."""
    for match in islice(_breaks(folded.text), _BREAKS_MAX):
        found = _unbroken(match[0], words)
        if found:
            yield Hit(match.start(), match.end(), *found)


def _breaks(text: str) -> Iterator[re.Match[str]]:
    end = 0
    for sign in _BREAK.finditer(text):
        before = _BEFORE.search(text, max(end, sign.start() - _PIECE_MAX), sign.start())
        match = _BROKEN.match(text, before.start()) if before and sign.start() >= end else None
        if match:
            end = match.end()
            yield match


def _unbroken(written: str, words: Vocabulary) -> Read | None:
    pieces = _PIECE.findall(written)
    if SEPARATORS.sub(" ", written) in words.known or ("\n" not in written and _are_words(pieces, words)):
        return None
    if not _is_text("".join(pieces)) or ("/" in written and max(map(len, pieces)) > 1):
        return None
    found = _read_joined("".join(pieces), words)
    if found and len(found.plain) >= WORD_MIN:
        return Read(found.plain, _broken_manner(written, pieces, words))
    return _with_a_gap(written, pieces, words)


def _are_words(pieces: Sequence[str], words: Vocabulary) -> bool:
    return all(len(piece) >= WORD_MIN - 1 and piece in words.words for piece in pieces)


def _broken_manner(written: str, pieces: Sequence[str], words: Vocabulary) -> Manner:
    if "\n" in written or any(len(piece) >= WORD_MIN and piece in words.words for piece in pieces):
        return Manner.PLAIN
    compound = "-" in written and len(pieces) < 3  # noqa: PLR2004  "Wi-Fi"
    return Manner.UNSURE if compound else Manner.DELIBERATE


def _with_a_gap(written: str, pieces: Sequence[str], words: Vocabulary) -> Read | None:
    """One sign in place of a letter: "k_mboja", "p•spor"."""
    if len(pieces) != 2 or "/" in written or "\n" in written or any(len(p) > 1 and p in words.words for p in pieces):  # noqa: PLR2004  one gap
        return None
    found = read(STARS[0].join(pieces), words)
    fits = found is not None and len(found.plain) == len("".join(pieces)) + 1 > WORD_MIN
    return found if fits else None


def telephones(folded: Folded) -> Iterator[Hit]:
    """Telephone numbers with letters for digits ("o8l2-3456-78oo"), as their digits."""
    for match in _TELEPHONE.finditer(folded.text):
        letters = sum(map(str.isalpha, match[0]))
        if 0 < letters <= len(match[0]) // 2:
            # A scanner takes 0 for a capital O, hardly for a small one.
            manner = Manner.DELIBERATE if "o" in folded.written(match.start(), match.end()) else Manner.UNSURE
            yield Hit(match.start(), match.end(), match[0].translate(_DIGITS), manner)
