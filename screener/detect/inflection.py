"""Indonesian verb forms, written out from a stem.

The rules are those of Tata Bahasa Baku Bahasa Indonesia (assimilation of meN- and peN-), with the colloquial
nasal forms without me- ("nahan", "megang") and the colloquial suffixes -in and -nya.
"""

from collections.abc import Iterator

_SUFFIXES = ("", "kan", "i", "nya", "kannya", "in", "an", "annya", "lah")
_PLAIN_PREFIXES = ("", "di", "ter", "ber", "ku", "kau", "se", "ke")
_NASALS = {"p": "m", "t": "n", "s": "ny", "k": "ng"}


def inflections(stem: str) -> frozenset[str]:
    """Every form of an Indonesian verb stem that chat or print uses; forms that no one uses do no harm."""
    prefixed = {prefix + stem for prefix in _PLAIN_PREFIXES} | set(_nasal(stem))
    return frozenset(form + suffix for form in prefixed for suffix in _SUFFIXES)


def _nasal(stem: str) -> Iterator[str]:
    for nasalised in _assimilated(stem):
        yield nasalised
        for prefix in ("me", "pe"):
            yield prefix + nasalised


def _assimilated(stem: str) -> tuple[str, ...]:
    first = stem[0]
    if first in _NASALS:
        return (_NASALS[first] + stem[1:],)
    if first in "aeiough":
        return ("ng" + stem,)
    if first in "bfv":
        return ("m" + stem,)
    if first in "cdjz":
        return ("n" + stem, "ny" + stem[1:])
    return (stem,)
