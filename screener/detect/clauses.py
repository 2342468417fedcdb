"""Clauses: the stretches of a text that the flag model reads one by one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from screener.detect.scope import Layout
from screener.detect.terms import Terms

_TOKENS_MIN = 5
_TOKENS_MAX = 18


@dataclass(frozen=True, kw_only=True)
class Clause:
    """The tokens `start` to `end` (exclusive) of a text, their words, and the concepts among them."""

    start: int
    end: int
    words: tuple[str, ...]
    concepts: frozenset[str]


def clauses(terms: Terms, layout: Layout) -> list[Clause]:
    """The clauses of a text in order, each token in one; short ones are joined, long ones cut at 18 tokens."""
    of_token = _concepts(terms)
    return [_clause(terms, start, end, of_token) for start, end in _borders(terms, layout)]


def _borders(terms: Terms, layout: Layout) -> Iterator[tuple[int, int]]:
    start, count = 0, len(terms.starts)
    for token in range(1, count + 1):
        if token == count or _parts(layout, start, token):
            yield start, token
            start = token


def _parts(layout: Layout, start: int, token: int) -> bool:
    length = token - start
    if length >= _TOKENS_MAX or layout.sentence(token) != layout.sentence(start):
        return True
    return length >= _TOKENS_MIN and layout.clause(token) != layout.clause(token - 1)


def _concepts(terms: Terms) -> Mapping[int, list[str]]:
    of_token: dict[int, list[str]] = {}
    for concept, hits in terms.hits.items():
        for hit in hits:
            of_token.setdefault(hit.start, []).append(concept)
    return of_token


def _clause(terms: Terms, start: int, end: int, of_token: Mapping[int, Sequence[str]]) -> Clause:
    text = terms.folded.text
    words = [text[a:b] for a, b in zip(terms.starts[start:end], terms.ends[start:end], strict=True)]
    return Clause(
        start=start,
        end=end,
        words=tuple(word for word in words if word.isalnum()),
        concepts=frozenset(concept for token in range(start, end) for concept in of_token.get(token, ())),
    )
