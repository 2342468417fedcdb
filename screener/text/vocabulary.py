"""The words that a disguise may stand for."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache

WORD_MIN = 4


class Vocabulary:
    """The words of a set of known words and phrases; every word of a phrase is one too."""

    def __init__(self, known: frozenset[str]) -> None:
        """`known` holds words, and phrases whose words are parted by one blank."""
        self.known = known
        self.words = frozenset(word for phrase in known for word in phrase.split(" ") if word)

    def has(self, word: str) -> bool:
        """Whether a disguise may stand for a word: four letters or more, or three that are known by themselves."""
        return word in self.words and (len(word) >= WORD_MIN or (len(word) == WORD_MIN - 1 and word in self.known))

    def likeliest(self, readings: Iterable[str]) -> str:
        """Of some readings the word that most phrases hold, the first of equals; empty when none is a word."""
        words = list(filter(self.has, readings))
        return max(words, key=self._phrases.__getitem__) if len(words) > 1 else "".join(words)

    def frequency(self, word: str) -> int:
        """How many known words and phrases a word is in."""
        return self._phrases[word]

    @cached_property
    def _phrases(self) -> Counter[str]:
        return Counter(word for phrase in self.known for word in phrase.split(" "))

    @cached_property
    def by_edges(self) -> dict[tuple[str, str], list[str]]:
        """The longer words by their first and last letter, which stars mostly leave alone."""
        edges: dict[tuple[str, str], list[str]] = {}
        for word in sorted(self.words, key=lambda word: (len(word), word)):
            if len(word) >= WORD_MIN and word.isalpha():
                edges.setdefault((word[0], word[-1]), []).append(word)
        return edges


@lru_cache(maxsize=4)
def vocabulary(known: frozenset[str]) -> Vocabulary:
    """The vocabulary of a set of known words and phrases, made once for each set."""
    return Vocabulary(known)
