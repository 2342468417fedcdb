"""A document as a person may see it: contacts starred, addresses defanged, offsets as in the original."""

from screener.records import Contact, Document, Flag, Span
from screener.report.masking import Mask, star
from screener.report.visible import defang, defang_inside


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

    def place(self, flag: Flag) -> Span | None:
        """Where the flag's words stand in the title or text it names; None when they do not stand there."""
        original = self._original(flag)
        words = original[flag.span.start : flag.span.end]
        return flag.span if words and words == flag.quote else None

    def quote(self, flag: Flag) -> str:
        """The flag's words fit to be shown, the same as those at its place."""
        if self.place(flag) is None:
            return self.plain(flag.quote)
        text = self.title if flag.field == "title" else self.text
        return text[flag.span.start : flag.span.end]

    def _original(self, flag: Flag) -> str:
        return {"title": self._document.title, "text": self._document.text}.get(flag.field, "")
