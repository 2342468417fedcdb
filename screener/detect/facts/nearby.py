"""What stands around a place in a text: the words of its sentence, and the concepts among them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from screener.detect.scope import Layout, between
from screener.detect.terms import Hit, Terms

REACH = 48
"""Characters that are looked at on either side of a place."""

_STOP = re.compile(r"[\n!?;\u2022]|\.(?=\s|$)")


@dataclass(frozen=True)
class Nearby:
    """Looks around places of one text, never beyond the sentence."""

    terms: Terms
    layout: Layout

    @property
    def text(self) -> str:
        """The folded text."""
        return self.terms.folded.text

    def left(self, offset: int, reach: int = REACH) -> str:
        """The characters of the sentence before an offset."""
        return _STOP.split(self.text[max(0, offset - reach) : offset])[-1]

    def right(self, offset: int, reach: int = REACH) -> str:
        """The characters of the sentence from an offset on."""
        return _STOP.split(self.text[offset : offset + reach], maxsplit=1)[0]

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """The tokens of a stretch of characters: the first, and the one after the last."""
        return self.terms.token_at(start), self.terms.token_at(end)

    def hits(self, concept: str, first: int, last: int) -> Sequence[Hit]:
        """The hits of a concept that start in the tokens `first` to `last` (exclusive)."""
        return between(self.terms.hits.get(concept, ()), max(0, first), last)

    def says(self, concept: str, start: int, end: int, *, before: int = 0, after: int = 0) -> bool:
        """Whether a concept is said within so many tokens before or after a stretch, in its sentence."""
        return self._within(self.layout.sentence, concept, range(start, end), (before, after))

    def says_in_clause(self, concept: str, start: int, end: int, *, before: int = 0, after: int = 0) -> bool:
        """The same in the clause of the stretch."""
        return self._within(self.layout.clause, concept, range(start, end), (before, after))

    def _within(self, part: Callable[[int], int], concept: str, stretch: range, reach: tuple[int, int]) -> bool:
        if concept not in self.terms.hits:
            return False
        first, last = self.tokens(stretch.start, stretch.stop)
        near = self.hits(concept, first - reach[0], last + reach[1])
        return any(part(hit.start) == part(first) for hit in near)

    def negated(self, start: int, end: int) -> bool:
        """Whether a stretch of characters is negated."""
        first, last = self.tokens(start, end)
        return self.layout.negated(first, max(first, last - 1))
