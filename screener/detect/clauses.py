"""Clauses: the stretches of a text that the flag model reads one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from screener.detect.scope import Layout
from screener.detect.terms import Terms
from screener.ngrams import WORD_LENGTH_MAX

_TOKENS_MIN = 5
_TOKENS_MAX = 18


@dataclass(frozen=True, kw_only=True)
class Clause:
    """The tokens `start` to `end` (exclusive) of a text, their words, of which 40 letters count, and their concepts.

    Concepts are in the order of their names: sums of floats hang on the order.
    """

    start: int
    end: int
    words: tuple[str, ...]
    concepts: tuple[str, ...]


def clauses(terms: Terms, layout: Layout) -> list[Clause]:
    """The clauses of a text in order, each token in one; short ones are joined, long ones cut at 18 tokens."""
    borders = list(_borders(len(terms.starts), layout))
    return [_clause(terms, *border, said) for border, said in zip(borders, _concepts(terms, borders), strict=True)]


def whole(terms: Terms) -> Clause:
    """A short text as one clause."""
    return _clause(terms, 0, len(terms.starts), set(terms.hits))


def _borders(count: int, layout: Layout) -> Iterator[tuple[int, int]]:
    sentences, parts = frozenset(layout.sentence_starts), frozenset(layout.clause_starts)
    start = 0
    for token in range(1, count + 1):
        length = token - start
        if token == count or length >= _TOKENS_MAX or token in sentences or (length >= _TOKENS_MIN and token in parts):
            yield start, token
            start = token


def _concepts(terms: Terms, borders: Sequence[tuple[int, int]]) -> list[set[str]]:
    """The concepts that begin in each clause."""
    found: list[set[str]] = [set() for _ in borders]
    of_token = [one for one, (start, end) in zip(found, borders, strict=True) for _ in range(start, end)]
    count = len(of_token)
    for concept, hits in terms.hits.items():
        for start, _ in hits:
            if start < count:
                of_token[start].add(concept)
    return found


def _clause(terms: Terms, start: int, end: int, said: set[str]) -> Clause:
    text = terms.folded.text
    words = [
        text[a : min(b, a + WORD_LENGTH_MAX)]
        for a, b in zip(terms.starts[start:end], terms.ends[start:end], strict=True)
    ]
    return Clause(start=start, end=end, words=tuple(filter(str.isalnum, words)), concepts=tuple(sorted(said)))
