"""Every way that a text gives to reach its advertiser: numbers, addresses, handles and links."""

import unicodedata
from collections.abc import Iterable

from screener.extract.finds import Find
from screener.extract.handles import handles
from screener.extract.links import links_in
from screener.extract.phones import phones
from screener.extract.reversed import reversed_phones
from screener.extract.spelled import spelled_phones
from screener.records import Contact, Span
from screener.text import LENGTH_MAX, fold


def contacts(text: str) -> tuple[Contact, ...]:
    """The contacts of a text in its order, none overlapping another; `quote` is `text[start:end]`.

    The first 200,000 characters are read. Disguises are seen through: look-alike letters and styled digits, letters
    for digits, spelled and reversed numbers. Source of the forms: the desk's notes on contact notation in Indonesian
    ads.
    """
    text = text[:LENGTH_MAX]
    folded = fold(text)
    plain = folded.text

    def written(start: int, end: int) -> str:
        span = folded.span(start, end)
        return text[span.start : span.end]

    # In the order of trust: a link says what it is, a row of digits does not.
    finds = [*links_in(plain, written), *handles(plain), *phones(plain), *spelled_phones(plain)]
    spans = [(find, _whole(text, folded.span(find.start, find.end))) for find in finds]
    turned = [(find, Span(start=find.start, end=find.end)) for find in reversed_phones(text)]
    return tuple(_contact(text, find, span) for find, span in _apart([*turned, *spans], len(text)))


def _whole(text: str, span: Span) -> Span:
    """The span with the marks that belong to its last character, such as the box of a keycap emoji."""
    end = span.end
    while end < len(text) and unicodedata.category(text[end]) in {"Mn", "Me"}:
        end += 1
    return Span(start=span.start, end=end)


def _apart(placed: Iterable[tuple[Find, Span]], length: int) -> list[tuple[Find, Span]]:
    """The finds that overlap none before them in the list, in the order of the text."""
    taken = bytearray(length)
    kept = []
    for find, span in placed:
        if 1 not in taken[span.start : span.end]:
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            kept.append((find, span))
    return sorted(kept, key=lambda item: item[1].start)


def _contact(text: str, find: Find, span: Span) -> Contact:
    return Contact(kind=find.kind, value=find.value, span=span, quote=text[span.start : span.end])
