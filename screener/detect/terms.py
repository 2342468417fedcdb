"""Terms in text: spaCy tokens, and the concepts that runs of them stand for."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

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
    """Finds the terms of a lexicon; costly to make, cheap to use."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._vocab = spacy.blank("id").vocab
        self._matcher = PhraseMatcher(self._vocab, attr="ORTH")
        self._concepts: dict[int, frozenset[str]] = {}
        for form, concepts in lexicon.forms.items():
            key = " ".join(sorted(concepts))
            self._matcher.add(key, [Doc(self._vocab, words=_TOKEN.findall(form))])
            self._concepts[self._vocab.strings[key]] = concepts

    def find(self, folded: Folded) -> Terms:
        """The tokens of a folded text and the concepts in it."""
        tokens = list(_TOKEN.finditer(folded.text))
        doc = Doc(self._vocab, words=[token[0] for token in tokens])
        return Terms(
            folded=folded,
            starts=[token.start() for token in tokens],
            ends=[token.end() for token in tokens],
            hits=self._hits(doc),
        )

    def _hits(self, doc: Doc) -> dict[str, list[Hit]]:
        found: dict[str, list[Hit]] = {}
        for key, start, end in sorted(self._matcher(doc), key=lambda match: match[1:]):
            for concept in self._concepts[key]:
                found.setdefault(concept, []).append(Hit(start=start, end=end))
        return found
