"""Patterns: expressions that analysts write, matched over the folded text in linear time (RE2)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import Protocol

import re2

from screener.detect.terms import Hit, Terms
from screener.text import fold

CHARACTERS_MAX = 2_000
PROGRAM_MAX = 2_000
"""Steps of a compiled pattern. RE2 takes time in proportion to steps times text: with these, and `_HITS_MAX`, the
worst pattern that we could think of takes 0.3 s for a hostile text of 200,000 characters."""
_HITS_MAX = 100
_END = "\x02end of text\x03"
"""Stands after every text that is filtered: an answer without it is a failure."""

_REFUSED = {
    "(?=": "looks ahead, which linear time does not allow; name what must follow in `find`, or as a second pattern",
    "(?!": "looks ahead, which linear time does not allow; use `unless` for what must not be there",
    "(?<": "looks behind, which linear time does not allow; use `unless` for what must not be there",
    "(?P": "refers back to a group, which linear time does not allow",
    "(?x": "has the flag x, which is not known here",
    "(?>": "has an atomic group, which is not known here (and not needed: nothing is tried twice)",
}
_DIGITS = frozenset("123456789")
_FLAG_LETTERS = "\U0001f1e6", "\U0001f1ff"


class _Compiled(Protocol):
    """What we use of an expression of re2, which ships no types."""

    @property
    def programsize(self) -> int: ...

    def search(self, text: str | bytes) -> object: ...

    def finditer(self, text: str) -> Iterator[re.Match[str]]: ...


def concept_of(pattern: str) -> str:
    """The name under which the hits of a pattern stand among those of the concepts; no concept has such a name."""
    return f"pattern:{pattern}"


def fault(pattern: str) -> str:
    """Why a pattern cannot be used; empty when it can."""
    if len(pattern) > CHARACTERS_MAX:
        return f"has {len(pattern)} characters, allowed are {CHARACTERS_MAX}"
    if r"\Q" in pattern:
        return r"has \Q, which is not allowed: put a backslash before each sign instead"
    lost = next((c for c in pattern if not c.isascii() and _folded(c) != c), "")
    if lost:
        return f"has {lost!r}, which never stands in the plain text that is searched; there it is {_folded(lost)!r}"
    try:
        compiled = _compiled(pattern)
    except (re2.error, UnicodeEncodeError) as error:
        return f"does not compile: {_explained(error)}"
    if compiled.programsize > PROGRAM_MAX:
        return f"is too large: {compiled.programsize} steps, allowed are {PROGRAM_MAX}; shorten its repetitions"
    return "matches even where there is no text" if compiled.search("") else ""


def _folded(character: str) -> str:
    return "flag.." if _FLAG_LETTERS[0] <= character <= _FLAG_LETTERS[1] else fold(character).text.strip()


def _explained(error: Exception) -> str:
    told = error.args[0].decode(errors="replace") if isinstance(error.args[0], bytes) else str(error)
    operator = told.partition("operator: ")[2][:3]
    if operator in _REFUSED:
        return f"{told}: it {_REFUSED[operator]}"
    if "escape sequence: \\" in told and told[-1] in _DIGITS:
        return f"{told}: a reference back to a group takes more than linear time"
    return told


@cache
def _compiled(pattern: str) -> _Compiled:
    """A compiled pattern: case does not count, groups capture nothing, `.` stops at the end of a line."""
    compiled: _Compiled = re2.compile(pattern, _options())
    return compiled


def _options() -> "re2.Options":
    options = re2.Options()
    options.case_sensitive = False
    options.never_capture = True
    options.log_errors = False
    return options


class PatternFinder:
    """Finds the patterns of rules; costs nothing when there are none, and little where none of them is."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """`patterns` are such as have no `fault`."""
        self._all = sorted(set(patterns))
        self._groups = [(_any_of(group), group) for group in _grouped(self._all)]
        self._filter = _filter(self._all)

    def added(self, terms: Terms) -> Terms:
        """The terms with the hits of each pattern, at most 100, in whole tokens."""
        # re2 encodes a text at every search, which takes longer than the search.
        text = terms.folded.text.encode("utf-8", "surrogatepass") if self._all else b""
        found = {concept_of(pattern): hits for pattern in self._likely(text) if (hits := _hits(pattern, terms))}
        return replace(terms, hits={**terms.hits, **found}) if found else terms

    def _likely(self, text: bytes) -> Iterable[str]:
        """The patterns that match somewhere; only those are tried whose words are there."""
        if not self._all:
            return []
        if len(self._all) in (self._filter.Match(text + _END.encode(), potential=True) or ()):
            return [self._all[at] for at in sorted(self._filter.Match(text) or ()) if at < len(self._all)]
        # The one pass tells nothing of a text that is too much for its memory: each group has its own.
        groups = (group for any_of, group in self._groups if any_of.search(text))
        return [pattern for group in groups for pattern in group if _compiled(pattern).search(text)]


def _filter(patterns: Sequence[str]) -> "re2.Filter":
    """Finds which patterns may match from the words that each cannot do without.

    All patterns as one automaton would tell for certain, but it takes four times as long: it has too many states to be
    kept, and makes them anew for each text.
    """
    made = re2.Filter()
    for pattern in (*patterns, _END):
        made.Add(pattern, _options())
    made.Compile()
    return made


def _any_of(patterns: Sequence[str]) -> _Compiled:
    return _compiled("|".join(f"(?:{pattern})" for pattern in patterns))


def _grouped(patterns: Iterable[str]) -> list[list[str]]:
    """The patterns in groups that are together no larger than one may be: so many are as safe as each alone."""
    groups: list[list[str]] = []
    steps = PROGRAM_MAX
    for pattern in patterns:
        own = _compiled(pattern).programsize
        steps += own
        if steps > PROGRAM_MAX:
            groups.append([])
            steps = own
        groups[-1].append(pattern)
    return groups


def _hits(pattern: str, terms: Terms) -> list[Hit]:
    found = []
    for match in islice(_compiled(pattern).finditer(terms.folded.text), _HITS_MAX):
        start, end = match.span()
        # A word that begins before the match, or ends after it, is part of it: a quote holds whole words.
        first, last = terms.token_ending_after(start), terms.token_at(end)
        if start < end and first < last:
            found.append(Hit(start=first, end=last))
    return found
