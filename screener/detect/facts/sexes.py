"""Sexes that an ad asks for: women only, men only, or both."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from screener.detect.facts.found import Found
from screener.detect.facts.nearby import Nearby
from screener.records import FactKind

WOMEN_ONLY = "sex-female-only"
MEASURED = frozenset({WOMEN_ONLY})

_FEMALE, _MALE, _ANY = "female", "male", "any"
_WORDS = {_FEMALE: "female-word", _MALE: "male-word"}
_LETTERS = re.compile(
    r"(?<![\w/])(?:l ?/ ?p|p ?/ ?l|m ?/ ?f|f ?/ ?m|pa ?/ ?pi|w ?/ ?p|p ?/ ?w|pria ?/ ?w|wnt ?/ ?pria)(?![\w/])"
)
_JOINED = re.compile(
    r"[\s/&,+()-]{0,4}(?:dan|atau|ataupun|maupun|or|and|boleh|sama|n)?[\s/&,+()-]{0,4}(?:\d{1,3} )?(?:\w{2,12} )?"
)
_NUMBER_BEFORE = re.compile(r"\b\d{1,4} ?(?:orang |org |pax |tenaga |tkw |helai |org\. )?$")
_NUMBER_AFTER = re.compile(r"(?: indonesia| lajang| muda| single)?[ ,:(]{1,3}(?:\d|usia|umur|aged?\b|max|maks|min\b)")
_OPENS = re.compile(r"(?:[:\u2022*\u2705\u25aa\u25b8\u2714(]|(?:^|\n) {0,3}[-\u2013]|\b[a-h]\.|\d[.)]) ?$")
_OPENING = 6


@dataclass(frozen=True, kw_only=True)
class _Mention:
    """A word or pair of words for a sex, in folded characters."""

    start: int
    end: int
    sex: str


def sexes_found(near: Nearby) -> Iterator[Found]:
    """The sexes asked for: "female", "male" or "any" where both may come."""
    asked = [mention for mention in _joined(_mentions(near), near) if _asked(mention, near)]
    asked += [_Mention(start=match.start(), end=match.end(), sex=_ANY) for match in _slashed(near.text)]
    women_only = {mention.sex for mention in asked} == {_FEMALE}
    for mention in asked:
        yield Found(
            kind=FactKind.SEX,
            start=mention.start,
            end=mention.end,
            value=mention.sex,
            measures=frozenset({WOMEN_ONLY}) if women_only else frozenset(),
        )


def _slashed(text: str) -> Iterator[re.Match[str]]:
    return _LETTERS.finditer(text) if "/" in text else iter(())


def _mentions(near: Nearby) -> list[_Mention]:
    terms = near.terms
    return sorted(
        (
            _Mention(start=terms.starts[hit.start], end=terms.ends[hit.end - 1], sex=sex)
            for sex, concept in _WORDS.items()
            for hit in terms.hits.get(concept, ())
        ),
        key=lambda mention: (mention.start, -mention.end),
    )


def _joined(mentions: Sequence[_Mention], near: Nearby) -> list[_Mention]:
    """The mentions with neighbours that say both sexes taken as one, and those inside a longer one left out."""
    joined: list[_Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if last and mention.start < last.end:
            continue
        if last and mention.sex != last.sex and _JOINED.fullmatch(near.text, last.end, mention.start):
            joined[-1] = replace(last, end=mention.end, sex=_ANY)
        else:
            joined.append(mention)
    return joined


def _asked(mention: _Mention, near: Nearby) -> bool:
    """Whether a mention is a condition: asked for in words, counted, aged, or an item of a list by itself."""
    start, end = mention.start, mention.end
    if near.says("sex-of-others", start, end, before=2, after=1) or near.negated(start, end):
        return False
    before, after = near.left(start, 24), near.right(end, 24)
    return bool(
        mention.sex == _ANY
        or _NUMBER_BEFORE.search(before)
        or _NUMBER_AFTER.match(after)
        or _OPENS.search(near.text[max(0, start - _OPENING) : start])
        or near.says("sex-asked", start, end, before=3, after=2)
        or near.says("hired-role", start, start, before=2)
        or near.says("hired-role", end, end, after=2)
    )
