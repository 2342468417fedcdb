"""The companies a text names: who employs, and who sends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from screener.detect.facts.found import Found
from screener.detect.facts.reference import Reference
from screener.detect.scope import Layout, between
from screener.detect.terms import Hit, Terms
from screener.records import FactKind

MEASURED = frozenset({"named-agency", "named-employer-fact"})
"""Names of companies that send workers, and of those that would employ them."""

_NAME_MAX = 5
"""Words of a name at most; companies are seldom called more."""
_JOINS = frozenset("&'-.\u2019")
_NAME_LETTERS = 3


@dataclass(frozen=True)
class _Words:
    """The words of one text, and how each was written before folding."""

    terms: Terms
    layout: Layout
    _capitals: dict[int, bool] = field(default_factory=dict)

    def text(self, first: int, last: int) -> str:
        """The tokens `first` to `last` (exclusive) as they were written, on one line."""
        span = self.terms.folded.span(self.terms.starts[first], self.terms.ends[last - 1])
        return " ".join(self.terms.folded.original[span.start : span.end].split())

    def capital(self, token: int) -> bool:
        """Whether a word was written with a capital; in disguise it may stand further on ("lNSANI")."""
        known = self._capitals.get(token)
        if known is None:
            known = self._capitals[token] = any(map(str.isupper, self._written(token)))
        return known

    def titled(self, token: int) -> bool:
        """Whether a word begins with a capital and goes on in small letters."""
        return self._written(token).istitle()

    def _written(self, token: int) -> str:
        span = self.terms.folded.span(self.terms.starts[token], self.terms.ends[token])
        return self.terms.folded.original[span.start : span.end]

    def joins(self, token: int) -> bool:
        """Whether a token is a sign that stands inside names."""
        return self.terms.folded.text[self.terms.starts[token] : self.terms.ends[token]] in _JOINS

    def word(self, token: int) -> str:
        """A token, folded."""
        return self.terms.folded.text[self.terms.starts[token] : self.terms.ends[token]]

    def apart(self, token: int) -> bool:
        """Whether a line ends before a token."""
        return token > 0 and "\n" in self.terms.folded.text[self.terms.ends[token - 1] : self.terms.starts[token]]

    @cached_property
    def abroad(self) -> bool:
        """Whether the text speaks of work abroad."""
        return bool(self.terms.hits.get("overseas-place") or self.terms.hits.get("overseas-cue"))

    @cached_property
    def common(self) -> frozenset[int]:
        """The tokens of words that are no part of a name."""
        return frozenset(t for hit in self.terms.hits.get("not-a-name", ()) for t in range(hit.start, hit.end))

    @cached_property
    def known(self) -> frozenset[int]:
        """The tokens that stand for any concept: words of the language of ads, not of names."""
        runs = set[Hit]().union(*self.terms.hits.values())
        return frozenset(token for start, end in runs for token in range(start, end))

    def named(self, tokens: Sequence[int]) -> bool:
        """Whether words hold one that is a name: with a capital, of some length, and no word of ads."""
        return any(
            self.capital(token) and len(self.word(token)) >= _NAME_LETTERS and token not in self.known
            for token in tokens
        )


def names(terms: Terms, layout: Layout, _reference: Reference) -> Iterator[Found]:
    """A fact for each company named: agencies that send workers, and employers."""
    if not any(terms.hits.get(concept) for concept in ("firm-front", "firm-back", "house-front", "house-back")):
        return
    words, said, reach = _Words(terms, layout), set[str](), 0
    for first, last, kind in sorted(_companies(words), key=lambda one: (one[0], -one[1])):
        name = words.text(first, last)
        if first < reach:
            continue
        reach = last
        if name.lower() not in said:
            said.add(name.lower())
            yield _found(terms, first, last, kind, name)


def _found(terms: Terms, first: int, last: int, kind: FactKind, name: str) -> Found:
    measure = "named-agency" if kind is FactKind.AGENCY else "named-employer-fact"
    start, end = terms.starts[first], terms.ends[last - 1]
    return Found(kind=kind, start=start, end=end, value=name, measures=frozenset({measure}))


def _companies(words: _Words) -> Iterator[tuple[int, int, FactKind]]:
    for hit in words.terms.hits.get("firm-front", ()):
        last = _forward(words, hit.end, firm=True)
        if last > hit.end and _is_firm(words, hit):
            yield hit.start, last, _front_kind(words, hit)
    for hit in words.terms.hits.get("firm-back", ()):
        first = _backward(words, hit.start)
        if first < hit.start:
            agency = between(words.terms.hits.get("sends-people", ()), first - 2, hit.end)
            yield first, hit.end, FactKind.AGENCY if agency else FactKind.EMPLOYER
    yield from _houses(words)


def _houses(words: _Words) -> Iterator[tuple[int, int, FactKind]]:
    """Hotels, hospitals, farms, vessels with a name of their own, which must be written as one.

    In an ad for work abroad a house in Indonesia is where something is held, not where one works.
    """
    for first, last in _named_houses(words):
        if not (words.abroad and between(words.terms.hits.get("home-place", ()), first, last + 2)):
            yield first, last, FactKind.EMPLOYER


def _named_houses(words: _Words) -> Iterator[tuple[int, int]]:
    for hit in words.terms.hits.get("house-front", ()):
        last = _forward(words, hit.end)
        if last > hit.end and words.named(range(hit.end, last)) and words.titled(hit.end):
            yield hit.start, last
    for hit in words.terms.hits.get("house-back", ()):
        first = _backward(words, hit.start)
        if first < hit.start and words.capital(hit.start) and words.named(range(first, hit.start)):
            yield first, hit.end


def _is_firm(words: _Words, hit: Hit) -> bool:
    """Whether the form is written like its name, and "CV" is the legal form rather than the paper one sends."""
    at = _after_dot(words, hit.end)
    if words.capital(hit.start) and not words.capital(at):
        return False
    if words.word(hit.start) != "cv":
        return True
    return words.capital(hit.start) and at not in words.common and (words.titled(at) or words.named([at]))


def _front_kind(words: _Words, hit: Hit) -> FactKind:
    """An Indonesian firm in an ad for work abroad sends people; at home it is the employer."""
    abroad = words.abroad or words.terms.hits.get("sends-people")
    firm = words.word(hit.start)
    return FactKind.AGENCY if abroad or firm not in {"pt", "cv", "p"} else FactKind.EMPLOYER


def _forward(words: _Words, first: int, *, firm: bool = False) -> int:
    """The token after the name that begins at `first`; `first` itself when there is none.

    The name of a `firm` may hold any word that has its capital ("PT Citra Kerja Utama"), unless all are capitals.
    """
    count, at, last = 0, _after_dot(words, first), first
    capitals = at < len(words.terms.starts) and words.capital(at)
    titled = firm and capitals and words.titled(at)
    while at < len(words.terms.starts) and count < _NAME_MAX and not words.apart(at):
        if words.joins(at):
            at += 1
            continue
        if not (_in_name(words, at, capitals=capitals) or (titled and words.titled(at))):
            break
        at, count = at + 1, count + 1
        last = at
        if not _continues(words, at):
            break
    return last


def _after_dot(words: _Words, first: int) -> int:
    return first + 1 if first < len(words.terms.starts) and words.word(first) == "." else first


def _continues(words: _Words, at: int) -> bool:
    """Whether a name may go on: a full stop after a word ends it unless the next word is hard by."""
    if at >= len(words.terms.starts) or words.word(at) != ".":
        return True
    return at + 1 < len(words.terms.starts) and words.terms.starts[at + 1] == words.terms.ends[at]


def _in_name(words: _Words, token: int, *, capitals: bool) -> bool:
    word = words.word(token)
    if token in words.common or not (word.isalnum() and not word.isdigit()):
        return False
    return words.capital(token) if capitals else token not in words.known


def _backward(words: _Words, last: int) -> int:
    """The first token of the name that ends before `last`; `last` itself when there is none."""
    count, at, first = 0, last - 1, last
    capitals = at >= 0 and words.capital(at)
    while at >= 0 and count < _NAME_MAX and not words.apart(at + 1):
        if words.joins(at) and words.word(at) != ".":
            at -= 1
            continue
        if not _in_name(words, at, capitals=capitals):
            break
        first, at, count = at, at - 1, count + 1
    return first
