"""Documents made ready for reading: tokens, concepts and facts of title and text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from screener.detect.facts import Reference, facts_of, found_in, with_measures
from screener.detect.lexicon import Lexicon
from screener.detect.patterns import PatternFinder
from screener.detect.scope import Layout
from screener.detect.terms import TermFinder, Terms
from screener.ngrams import grams
from screener.records import Document, Fact, Grams
from screener.text import LENGTH_MAX, fold, unmask


@dataclass(frozen=True, kw_only=True)
class View:
    """A document made ready for reading; `both` has the hits of title and text together, for counting."""

    document: Document
    title: Terms
    text: Terms
    layouts: Mapping[str, Layout]
    both: Terms
    facts: tuple[Fact, ...]
    grams: Grams

    @property
    def fields(self) -> tuple[tuple[Terms, Layout], tuple[Terms, Layout]]:
        """Title and text, each with its layout."""
        return (self.title, self.layouts["title"]), (self.text, self.layouts["text"])

    @property
    def named_fields(self) -> Mapping[str, Terms]:
        """Title and text by name."""
        return {"title": self.title, "text": self.text}

    @property
    def original(self) -> str:
        """Title and text as written, as far as they are read."""
        return f"{self.document.title[:LENGTH_MAX]}\n{self.document.text[:LENGTH_MAX]}"


def joined(title: Terms, text: Terms) -> Terms:
    """Title and text as one for counting cues; the offsets are those of the text."""
    if not title.hits:
        return text
    said_again = {name: [*hits, *text.hits.get(name, ())] for name, hits in title.hits.items()}
    hits = {**text.hits, **said_again}
    return Terms(folded=text.folded, starts=text.starts, ends=text.ends, hits=hits)


class Measured(NamedTuple):
    """A text with what is read off its facts among its hits, its layout, and its facts."""

    terms: Terms
    layout: Layout
    facts: tuple[Fact, ...]


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Makes documents ready for reading.

    Several go through each step together: a step then finds its tables in the processor's cache, where one document
    after the other takes half as long again.
    """

    finder: TermFinder
    lexicon: Lexicon
    patterns: PatternFinder
    reference: Reference

    def views(self, documents: Sequence[Document]) -> list[View]:
        """Each document with the tokens, concepts and facts of its title and text."""
        titles = self.measured([document.title for document in documents], "title")
        texts = self.measured([document.text for document in documents], "text")
        return [_view(*one) for one in zip(documents, titles, texts, strict=True)]

    def measured(self, texts: Sequence[str], field: str) -> list[Measured]:
        """Each text as rules see it; its facts stand in the field of a document that is named."""
        terms = self.terms(texts)
        layouts = [Layout(one) for one in terms]
        # Most documents have no title.
        found = [
            found_in(one, layout, self.reference) if one.starts else None
            for one, layout in zip(terms, layouts, strict=True)
        ]
        return [
            Measured(one, layout, ())
            if facts is None
            else Measured(with_measures(one, facts), layout, tuple(facts_of(facts, one, field)))
            for one, layout, facts in zip(terms, layouts, found, strict=True)
        ]

    def terms(self, texts: Sequence[str]) -> list[Terms]:
        """The tokens and concepts of each text, disguised spellings of known words undone."""
        folded = [unmask(fold(text[:LENGTH_MAX]), self.lexicon.words) if text else None for text in texts]
        nothing = Terms(folded=fold(""), starts=(), ends=(), hits={})
        found = [self.finder.find(one) if one else nothing for one in folded]
        return [self.patterns.added(one) if one.starts else one for one in found]


def _view(document: Document, title: Measured, text: Measured) -> View:
    return View(
        document=document,
        title=title.terms,
        text=text.terms,
        layouts={"title": title.layout, "text": text.layout},
        both=joined(title.terms, text.terms),
        facts=(*title.facts, *text.facts),
        grams=grams(f"{title.terms.folded.text}\n{text.terms.folded.text}"),
    )
