"""The visa a text names, and the numbers of licences and job orders in it."""

import re
from collections.abc import Iterable, Iterator

from screener.detect.facts.found import Found
from screener.detect.facts.reference import Reference
from screener.detect.scope import Layout, between
from screener.detect.terms import Hit, Terms
from screener.records import FactKind

MEASURED = frozenset({"work-visa-fact", "visit-visa-fact", "licence-number", "job-order-number"})
"""`visit-visa-fact` is a visa or an entry that allows no work: visit, umrah, business."""

_CLASSES = ("working-holiday", "work", "umrah", "business", "student", "training", "family", "visit", "none")
_VISIT = frozenset({"visit", "umrah", "business"})
_BESIDE = 3
"""Tokens between "visa" and the word that says which ("visanya mah ziarah")."""
_NUMBER_REACH = 70
_NUMBER_MIN = 4
"""Characters of a number; shorter ones count something ("job order: 6")."""
_LONG = 8
"""Characters of a number that is a licence without saying so."""
_FIRM_REACH = 9
"""Tokens between the form of a company and its permit."""
_NUMBERED = re.compile(
    r"[ :#(=\-\u2013]{0,4}(?:(?:no|nomor|nomer|number|num|izin|ijin|resmi|kemnaker|kemenaker|kp2mi|bp2mi|ri|oss|kami)"
    r"(?![^\W_])[ .:#\-]{0,4}){0,4}"
    r"((?:[a-z]{1,6}[ .]{1,2})?(?:[a-z]{1,8}[./-])?\d[\w./-]{0,30}(?: \d[\w./-]{0,20}){0,3})"
)


def papers(terms: Terms, layout: Layout, _reference: Reference) -> Iterator[Found]:
    """Facts for the first mention of each class of visa, and for each licence and job-order number.

    Later mentions of a class of visa are measured only.
    """
    yield from _visas(terms, layout)
    labels = [*terms.hits.get("licence-label", ()), *_issued(terms)]
    yield from _numbers(terms, _of_firm(terms, layout), FactKind.LICENCE, "licence-number", _LONG)
    yield from _numbers(terms, labels, FactKind.LICENCE, "licence-number")
    yield from _numbers(terms, terms.hits.get("order-label", ()), FactKind.JOB_ORDER, "job-order-number")


def _visas(terms: Terms, layout: Layout) -> Iterator[Found]:
    said: set[str] = set()
    reach = 0
    for hit, visa in sorted({*_phrases(terms), *_beside(terms, layout)}, key=_place):
        # "tanpa visa kerja": the negation is the fact, so what overlaps the phrase before it is not read again.
        negated = visa != "none" and layout.negated(hit.start, hit.end - 1)
        if hit.start < reach or negated:
            continue
        reach = hit.end
        measure = "work-visa-fact" if visa == "work" else "visit-visa-fact" if visa in _VISIT else ""
        yield Found(
            kind=None if visa in said else FactKind.VISA,
            start=terms.starts[hit.start],
            end=terms.ends[hit.end - 1],
            value=visa,
            measures=frozenset({measure} - {""}),
        )
        said.add(visa)


def _place(read: tuple[Hit, str]) -> tuple[int, int, int]:
    return read[0].start, -read[0].end, _CLASSES.index(read[1])


def _phrases(terms: Terms) -> Iterator[tuple[Hit, str]]:
    for visa in _CLASSES:
        for hit in terms.hits.get(f"entry-{visa}", ()):
            yield hit, visa


def _beside(terms: Terms, layout: Layout) -> Iterator[tuple[Hit, str]]:
    """A visa and the word of a class shortly after it, in one clause: the nearest word decides."""
    for visa in terms.hits.get("visa-word", ()):
        near = [
            (hit, name)
            for name in _CLASSES
            for hit in between(terms.hits.get(f"class-{name}", ()), visa.end, visa.end + _BESIDE)
            if layout.clause(hit.start) == layout.clause(visa.start)
        ]
        if near:
            hit, name = min(near, key=lambda one: one[0].start)
            yield Hit(start=visa.start, end=hit.end), name


def _issued(terms: Terms) -> Iterator[Hit]:
    """A word for permit right before the body that gave it: "izin Kemnaker"."""
    for body in terms.hits.get("official-body", ()):
        for word in between(terms.hits.get("permit-word", ()), body.start - 2, body.start):
            if word.end == body.start:
                yield Hit(start=word.start, end=body.end)


def _of_firm(terms: Terms, layout: Layout) -> Iterator[Hit]:
    """A word for permit shortly after the form of a company, or before "perusahaan": "PT Contoh, izin 0000000000"."""
    for word in terms.hits.get("permit-word", ()):
        firm = between(terms.hits.get("company", ()), word.start - _FIRM_REACH, word.start)
        if any(layout.sentence(hit.start) == layout.sentence(word.start) for hit in firm):
            yield word
    yield from terms.hits.get("firm-permit", ())


def _numbers(
    terms: Terms, labels: Iterable[Hit], kind: FactKind, measure: str, shortest: int = _NUMBER_MIN
) -> Iterator[Found]:
    text, reach = terms.folded.text, 0
    for hit in labels:
        start, end = terms.starts[hit.start], terms.ends[hit.end - 1]
        number = _NUMBERED.match(text, end, end + _NUMBER_REACH)
        if number and start >= reach and len(number[1]) >= shortest:
            reach = number.end(1)
            value = " ".join(number[1].upper().rstrip(".-/").split())
            stop = number.start(1) + len(number[1].rstrip(".-/"))
            yield Found(
                kind=kind,
                start=start,
                end=stop,
                value=value,
                detail=text[start:end].upper(),
                measures=frozenset({measure}),
            )
