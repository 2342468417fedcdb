"""A document as a person may see it: contacts starred, addresses defanged, offsets as in the original."""

from screener.records import Contact, Document, Fact, Flag, Part, Span
from screener.report.masking import Mask, star
from screener.report.visible import defang, defang_inside

Quoted = Flag | Fact | Part
"""What quotes words of a document: `field` says of which text, `span` where."""


class Shown:
    """The texts of one document for display; `masked` says whether its contacts are starred."""

    def __init__(self, document: Document, *, masked: bool) -> None:
        self._document = document
        self._masked = masked
        self._mask = Mask(document.contacts if masked else ())
        self.title = self.plain(document.title)
        self.text = defang_inside(self._mask.hide_spans(document.text))
        self.url = defang(self._mask.hide(document.url))

    def plain(self, text: str) -> str:
        """Another text about the document, of the same length, fit to be shown."""
        return defang_inside(self._mask.hide(text))

    def contact(self, contact: Contact) -> str:
        """The contact's normal form, starred when contacts are masked."""
        return defang_inside(star(contact.value) if self._masked else contact.value)

    def place(self, quoted: Quoted) -> Span | None:
        """Where the words stand in the title or text that they are of; None when they do not stand there."""
        words = self._original(quoted)[quoted.span.start : quoted.span.end]
        return quoted.span if words and words == quoted.quote else None

    def quote(self, quoted: Quoted) -> str:
        """The words fit to be shown, the same as those at their place."""
        if self.place(quoted) is None:
            return self.plain(quoted.quote)
        text = self.title if quoted.field == "title" else self.text
        return text[quoted.span.start : quoted.span.end]

    def _original(self, quoted: Quoted) -> str:
        return {"title": self._document.title, "text": self._document.text}.get(quoted.field, "")
