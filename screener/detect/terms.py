"""Terms in text: spaCy tokens, and the concepts that runs of them stand for."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from screener.detect.lexicon import Lexicon
from screener.text import Folded

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab


class Hit(NamedTuple):
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

    def token_ending_after(self, offset: int) -> int:
        """The number of the first token that ends after a folded character offset."""
        return bisect_right(self.ends, offset)


# A run of letters and digits, or one sign: chat drops the blanks ("ada.besok", "tiket&mess"), which spaCy's own
# rules keep together; they also take quadratic time over a long run of signs.
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")
TOKENS_MAX = 80_000
"""Tokens of a text that are read; 200,000 characters that mean something have about 40,000."""
_OTHER = "\x00"


class TermFinder:
    """Finds the terms of a lexicon; cheap to make and to use.

    Most forms are single words and are looked up token by token; phrases are found by spaCy's PhraseMatcher, which
    learns each when a text first has its first two words: to learn all takes a second, and most texts need few.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._of_word: dict[str, frozenset[str]] = {}
        self._of_key: dict[int, frozenset[str]] = {}
        self._after: dict[str, set[str]] = {}
        self._unlearnt: dict[tuple[str, str], list[tuple[list[str], frozenset[str]]]] = {}
        for form, concepts in lexicon.forms.items():
            words = _TOKEN.findall(form)
            if len(words) == 1:
                self._of_word[form] = concepts | self._of_word.get(form, frozenset())
            elif words:
                self._unlearnt.setdefault((words[0], words[1]), []).append((words, concepts))
                for word, following in pairwise(words):
                    self._after.setdefault(word, set()).add(following)

    @cached_property
    def _phrases_known(self) -> "tuple[Vocab, PhraseMatcher]":
        # Importing spaCy takes longer than all else that a command does before it reads a text.
        from spacy.matcher import PhraseMatcher  # noqa: PLC0415  the longest import of all
        from spacy.vocab import Vocab  # noqa: PLC0415  the longest import of all

        vocab = Vocab()
        return vocab, PhraseMatcher(vocab, attr="ORTH")

    def _doc(self, words: list[str]) -> "Doc":
        from spacy.tokens import Doc  # noqa: PLC0415  spaCy is imported with the first phrase

        return Doc(self._phrases_known[0], words=words)

    def _learn(self, words: list[str]) -> None:
        """Tells the matcher the phrases that begin like some two of the words."""
        for pair in pairwise(words):
            for phrase, concepts in self._unlearnt.pop(pair, ()):
                vocab, matcher = self._phrases_known
                key = " ".join(sorted(concepts))
                self._of_key[vocab.strings.add(key)] = concepts
                matcher.add(key, [self._doc(phrase)])

    def find(self, folded: Folded) -> Terms:
        """The tokens of a folded text and the concepts in it; a text of too many tokens ends after the last."""
        tokens = list(islice(_TOKEN.finditer(folded.text), TOKENS_MAX))
        if len(tokens) == TOKENS_MAX:
            folded = replace(folded, text=folded.text[: tokens[-1].end()])
        words = [token[0] for token in tokens]
        return Terms(
            folded=folded,
            starts=[token.start() for token in tokens],
            ends=[token.end() for token in tokens],
            hits=self._hits(words),
        )

    def _hits(self, words: list[str]) -> dict[str, list[Hit]]:
        if not words:
            return {}
        of_word = self._of_word
        runs = [(Hit(at, at + 1), of_word[word]) for at, word in enumerate(words) if word in of_word]
        runs += self._phrases(words)
        runs.sort(key=itemgetter(0))
        found: dict[str, list[Hit]] = defaultdict(list)
        for hit, concepts in runs:
            for concept in concepts:
                found[concept].append(hit)
        return dict(found)

    def _phrases(self, words: list[str]) -> list[tuple[Hit, frozenset[str]]]:
        kept, places = self._stretches(words)
        self._learn(kept)
        matches = self._phrases_known[1](self._doc(kept)) if kept else ()
        return [(Hit(places[start], places[end - 1] + 1), self._of_key[key]) for key, start, end in matches]

    def _stretches(self, words: list[str]) -> tuple[list[str], list[int]]:
        """The words where each goes on as in some phrase, and their places: most words never reach spaCy.

        It takes many times as long as this look-up, and keeps every string it meets.
        """
        after = self._after
        pairs = [at for at, word in enumerate(words[:-1]) if word in after and words[at + 1] in after[word]]
        kept, places = list[str](), list[int]()
        for at in pairs:
            if not places or places[-1] != at:
                kept += (_OTHER, words[at])
                places += (at, at)
            kept.append(words[at + 1])
            places.append(at + 1)
        return kept, places
