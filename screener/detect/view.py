"""A document made ready for reading."""

from collections.abc import Mapping
from dataclasses import dataclass

from screener.detect.scope import Layout
from screener.detect.terms import Terms
from screener.records import Document, Fact, Grams
from screener.text import LENGTH_MAX


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
