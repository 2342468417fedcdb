"""Terms in text: spaCy tokens, and the concepts that runs of them stand for."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from screener.detect.lexicon import Lexicon
from screener.text import Folded

LENGTH_MAX = 200_000
"""Characters of a text that are read; longer texts are cut here (see `Detection.truncated`)."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A run of tokens, `start` to `end` (exclusive), that stands for a concept."""

    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Terms:
    """A tokenised text: character offsets of each token in the folded text, and the hits of each concept in order."""

    folded: Folded
    starts: Sequence[int]
    ends: Sequence[int]
    hits: Mapping[str, Sequence[Hit]]

    def token_at(self, offset: int) -> int:
        """The number of the first token that starts at or after a folded character offset."""
        return bisect_left(self.starts, offset)


# A run of letters and digits, or one sign: chat drops the blanks ("ada.besok", "tiket&mess"), which spaCy's own
# rules keep together; they also take quadratic time over a long run of signs.
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")


class TermFinder:
    """Finds the terms of a lexicon; costly to make, cheap to use.

    Most forms are single words and are looked up token by token; phrases are found by spaCy's PhraseMatcher.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._vocab = Vocab()
        self._matcher = PhraseMatcher(self._vocab, attr="ORTH")
        self._of_word: dict[str, frozenset[str]] = {}
        self._of_key: dict[int, frozenset[str]] = {}
        phrases: dict[frozenset[str], list[Doc]] = {}
        for form, concepts in lexicon.forms.items():
            words = _TOKEN.findall(form)
            if len(words) == 1:
                self._of_word[form] = concepts | self._of_word.get(form, frozenset())
            elif words:
                phrases.setdefault(concepts, []).append(Doc(self._vocab, words=words))
        for concepts, docs in phrases.items():
            key = " ".join(sorted(concepts))
            self._matcher.add(key, docs)
            self._of_key[self._vocab.strings[key]] = concepts

    def find(self, folded: Folded) -> Terms:
        """The tokens of a folded text and the concepts in it."""
        tokens = list(_TOKEN.finditer(folded.text))
        words = [token[0] for token in tokens]
        return Terms(
            folded=folded,
            starts=[token.start() for token in tokens],
            ends=[token.end() for token in tokens],
            hits=self._hits(words),
        )

    def _hits(self, words: list[str]) -> dict[str, list[Hit]]:
        runs = [(at, at + 1, concepts) for at, word in enumerate(words) if (concepts := self._of_word.get(word))]
        matches = self._matcher(Doc(self._vocab, words=words))
        runs += [(start, end, self._of_key[key]) for key, start, end in matches]
        found: dict[str, list[Hit]] = {}
        for start, end, concepts in sorted(runs, key=_place):
            for concept in concepts:
                found.setdefault(concept, []).append(Hit(start=start, end=end))
        return found


def _place(run: tuple[int, int, frozenset[str]]) -> tuple[int, int]:
    return run[0], run[1]
