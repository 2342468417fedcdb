"""Numbers written backwards under a right-to-left override, which shows them forwards."""

import re
from collections.abc import Iterator

from screener.extract.finds import Find
from screener.extract.phones import phones
from screener.text import fold

_OVERRIDE = re.compile("\u202e([^\u202c\u202e\n]{8,200})")


def reversed_phones(text: str) -> Iterator[Find]:
    """The numbers that a reader of the original text sees, at their places in it."""
    for match in _OVERRIDE.finditer(text):
        folded = fold(match[1][::-1])
        for find in phones(folded.text):
            span = folded.span(find.start, find.end)
            yield Find(find.kind, find.value, match.end() - span.end, match.end() - span.start)
