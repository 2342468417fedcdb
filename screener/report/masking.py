"""Contacts are personal data: the report shows enough of each to tell two apart, and not enough to use it."""

import re
from collections.abc import Iterable

from screener.records import Contact, Span

_KEPT_MAX = 4
_NUMBER_DIGITS_MIN = 7
_CORE_DIGITS = 8


class Mask:
    """Hides the contacts of one document in its texts, character by character, so that offsets still hold."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        self._contacts = tuple(contacts)
        patterns = sorted({_pattern(contact) for contact in self._contacts} - {""}, key=len, reverse=True)
        self._found = re.compile("|".join(patterns), re.IGNORECASE) if patterns else None

    def hide(self, text: str) -> str:
        """The text, of the same length, with every occurrence of a contact starred."""
        return self._found.sub(lambda match: star(match[0]), text) if self._found else text

    def hide_spans(self, text: str) -> str:
        """The document's own text, of the same length, contacts starred at their spans and elsewhere."""
        for contact in self._contacts:
            text = _star_span(text, contact.span)
        return self.hide(text)


def star(contact: str) -> str:
    """The contact, of the same length, with at most four letters or digits left at each end: 0812****7890."""
    places = [place for place, character in enumerate(contact) if character.isalnum()]
    kept = min(_KEPT_MAX, len(places) // 3)
    hidden = set(places[kept : len(places) - kept])
    return "".join("*" if place in hidden else character for place, character in enumerate(contact))


def _star_span(text: str, span: Span) -> str:
    return text[: span.start] + star(text[span.start : span.end]) + text[span.end :]


def _pattern(contact: Contact) -> str:
    """A pattern for the contact's own spelling, and for its number in any usual one; empty for short ones."""
    digits = re.sub(r"\D", "", contact.value)
    spellings = {re.escape(text) for text in (contact.quote, contact.value) if _is_distinctive(text)}
    if len(digits) >= _NUMBER_DIGITS_MIN:
        spellings.add(r"\d{0,5}" + r"[\s().-]{0,3}".join(digits[-_CORE_DIGITS:]))
    return "|".join(sorted(spellings, key=len, reverse=True))


def _is_distinctive(spelling: str) -> bool:
    # A handle that is an ordinary word would otherwise be starred wherever the ad uses the word.
    return len(spelling) > _KEPT_MAX and not spelling.isalpha()
