"""Less of a text, or more: without a fact, its first or last part alone, or together with another text."""

import re
from random import Random

from screener.records import Example, FactKind, Polarity, Reading, Span
from screener.train.edits import Edit, rewritten

_SENTENCE = re.compile(
    r"[^\n]+?(?:(?<!\bNo)(?<!\bJl)(?<!\bRp)(?<!\bTel)(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bH)[.!?…]+(?=\s)|(?=\n)|$)\s*"
)
_DROPPED = frozenset({FactKind.PAY, FactKind.EMPLOYER, FactKind.AGENCY, FactKind.LICENCE, FactKind.JOB_ORDER})
_LEFT_MIN = 60
"""Characters that must be left for a text to say anything."""
_CUT_FROM, _CUT_TO = 0.35, 0.75
_GAPS = ("\n\n", "\n", "\n---\n")


def sentences(text: str) -> list[Span]:
    """The sentences and lines of a text in order, each with the blanks after it."""
    return [Span(start=match.start(), end=match.end()) for match in _SENTENCE.finditer(text)]


def without_a_fact(example: Example, reading: Reading, chance: Random) -> Example:
    """The example without a sentence or line that holds its pay, a contact, an employer or a licence, and only one."""
    places = [fact.span for fact in reading.facts if fact.kind in _DROPPED and fact.field == "text"]
    places += [contact.span for contact in reading.document.contacts]
    single = [one for one in sentences(example.text) if sum(_holds(one, place) for place in places) == 1]
    for one in chance.sample(single, len(single)):
        left = rewritten(example, [Edit(one.start, one.end, "")])
        if _stands(left, example):
            return left
    return example


def in_part(example: Example, chance: Random) -> Example:
    """The example cut at the end of a sentence: about half of it, from its beginning or to its end."""
    length = len(example.text)
    cuts = [one.end for one in sentences(example.text) if _CUT_FROM * length <= one.end <= _CUT_TO * length]
    parts = [Edit(cut, length, "") for cut in cuts] + [Edit(0, cut, "") for cut in cuts]
    for part in chance.sample(parts, len(parts)):
        left = rewritten(example, [part])
        if _stands(left, example):
            return left
    return example


def together_with(example: Example, other: Example, chance: Random) -> Example:
    """The example with the text of another before or after it; its marks alone stay."""
    gap = chance.choice(_GAPS)
    if chance.randrange(2):
        return rewritten(example, [Edit(0, 0, other.text + gap)])
    return rewritten(example, [Edit(len(example.text), len(example.text), gap + other.text)])


def _holds(sentence: Span, place: Span) -> bool:
    return sentence.start <= place.start < sentence.end


def _stands(left: Example, whole: Example) -> bool:
    """Whether the rest still says enough, and has a marked risk where the whole has one: the label stays true."""
    return len(left.text.strip()) >= _LEFT_MIN and (_at_risk(left) or not _at_risk(whole))


def _at_risk(example: Example) -> bool:
    return any(mark.polarity is Polarity.RISK for mark in example.marks)
