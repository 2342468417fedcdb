"""View models of what an ad states, and of the signs that mean more together, as text that is escaped later."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from screener.records import Combination, Fact, FactKind, Flag, Indicator, Part, Span
from screener.report.shown import Shown
from screener.report.wording import duration, effect

_FACT = "fact:"
_LONG_NUMBER = re.compile(r"(?<![\d.,])\d{4,15}(?![\d,])")
_TONES = {"raises": "alert", "cancels": "calm", "lowers": "calm"}
_DURATION = re.compile(r"P(\d{1,6}(?:\.\d{1,3})?)([YMWDH])(?![A-Z\d])")


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One fact: its value, the words it stands in, and what it was compared with."""

    value: str
    quote: str
    detail: str
    is_in_title: bool


@dataclass(frozen=True, kw_only=True)
class StatedLine:
    """What an ad states of one kind of fact, `place` being its anchor; nothing when it is not stated."""

    kind: str
    place: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, kw_only=True)
class PartLine:
    """One part of a combination: its words, what they are, and the anchor of that flag or fact ("" for none)."""

    title: str
    quote: str
    place: str
    number: int
    is_in_title: bool


@dataclass(frozen=True, kw_only=True)
class Together:
    """A combination in words: `effect` says what it does to the ad's band or flags, `tone` how it is coloured."""

    title: str
    explanation: str
    effect: str
    tone: str
    raises: bool
    parts: tuple[PartLine, ...]


class Places:
    """Where a card shows each of its flags and facts."""

    def __init__(self, numbered: Iterable[tuple[int, Flag]], facts: Iterable[Fact]) -> None:
        self._facts = {f"{_FACT}{fact.kind.value}": _place(fact.kind) for fact in facts}
        self._first: dict[str, int] = {}
        self._exact: dict[tuple[str, Span, str], int] = {}
        for number, flag in numbered:
            self._first.setdefault(flag.indicator, number)
            self._exact.setdefault((flag.indicator, flag.span, flag.field), number)

    def number(self, part: Part) -> int:
        """The number of the flag that the part is; 0 for a fact, and for a flag that was set aside."""
        return self._exact.get((part.of, part.span, part.field)) or self._first.get(part.of, 0)

    def anchor(self, part: Part) -> str:
        """The end of the anchor of the flag or fact that the part is; empty when the card shows neither."""
        number = self.number(part)
        return str(number) if number else self._facts.get(part.of, "")


def stated_lines(facts: Sequence[Fact], shown: Shown) -> tuple[StatedLine, ...]:
    """A line for every kind of fact in the order of FactKind, those not stated too."""
    return tuple(
        StatedLine(
            kind=kind.value,
            place=_place(kind),
            statements=tuple(dict.fromkeys(_statement(fact, shown) for fact in facts if fact.kind is kind)),
        )
        for kind in FactKind
    )


def value_in_words(fact: Fact) -> str:
    """The fact's value for readers: "IDR 15,000,000 a month" for an amount, "2 years" for P2Y."""
    if fact.money:
        return _LONG_NUMBER.sub(lambda match: f"{int(match[0]):,}", fact.value)
    return _DURATION.sub(lambda match: duration(match[1], match[2]), fact.value)


def together(combination: Combination, shown: Shown, places: Places, indicators: Mapping[str, Indicator]) -> Together:
    """The combination in words, each of its parts quoted, and linked to where the card shows it."""
    return Together(
        title=shown.plain(combination.title),
        explanation=shown.plain(combination.explanation),
        effect=effect_of(combination, indicators),
        tone=_TONES.get(combination.effect, "note"),
        raises=combination.effect == "raises",
        parts=tuple(_part(part, shown, places, indicators) for part in combination.parts),
    )


def effect_of(combination: Combination, indicators: Mapping[str, Indicator]) -> str:
    """What the combination does, in words, with the title of the indicator that it is about."""
    return effect(combination.effect, _title(combination.about, indicators))


def _part(part: Part, shown: Shown, places: Places, indicators: Mapping[str, Indicator]) -> PartLine:
    return PartLine(
        title=_title(part.of, indicators),
        quote=shown.quote(part),
        place=places.anchor(part),
        number=places.number(part),
        is_in_title=part.field == "title",
    )


def _title(key: str, indicators: Mapping[str, Indicator]) -> str:
    return indicators[key].title if key in indicators else key.removeprefix(_FACT)


def _statement(fact: Fact, shown: Shown) -> Statement:
    return Statement(
        value=shown.plain(value_in_words(fact)),
        quote=shown.quote(fact),
        detail=shown.plain(fact.detail),
        is_in_title=fact.field == "title",
    )


def _place(kind: FactKind) -> str:
    return "fact-" + kind.value.replace(" ", "-")
