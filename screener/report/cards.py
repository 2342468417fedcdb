"""View models of single findings: everything a card or a table row shows, as text that is escaped later."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from screener.records import Authority, Finding, Flag, Indicator, Polarity, Reason, Report
from screener.report.build import order_flags
from screener.report.prevalence import restate
from screener.report.segments import LONG_TEXT, NumberedSpan, Segment, segment
from screener.report.shown import Shown
from screener.report.statements import Places, StatedLine, Together, stated_lines, together

_REASONS_SHOWN = 8
_ID_SHOWN = 12
_TOP_SIGNS = 3


@dataclass(frozen=True, kw_only=True)
class FlagLine:
    """One flag of a card; `same_as` is the number of an earlier flag of the same indicator, or 0."""

    number: int
    flag: Flag
    quote: str
    detail: str
    indicator: Indicator
    same_as: int
    is_marked: bool


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of text: its words, the flags over it in words ("" when there are none), and their tone."""

    text: str
    label: str
    tone: str
    ends: tuple[int, ...]
    left_out: int


@dataclass(frozen=True, kw_only=True)
class ReasonBar:
    """One part of a score in log-odds; `width` is its size against the largest part, 0 to 100."""

    feature: str
    value: float
    contribution: float
    width: float


@dataclass(frozen=True, kw_only=True)
class Card:
    """A finding in full: `restated` is its probability at the operator's prevalence, `rest` in log-odds."""

    number: int
    anchor: str
    finding: Finding
    shown: Shown
    is_new: bool
    is_cut: bool
    restated: float
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]
    risks: tuple[FlagLine, ...]
    claims: tuple[FlagLine, ...]
    combinations: tuple[Together, ...]
    stated: tuple[StatedLine, ...]
    top_signs: tuple[str, ...]
    bars: tuple[ReasonBar, ...]
    rest: float
    rest_count: int


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What all cards of one report have in common; `prevalence` is the operator's, 0 to 1."""

    indicators: Mapping[str, Indicator]
    new: frozenset[str]
    prevalence: float
    masked: bool


def desk(report: Report, *, prevalence: float, masked: bool) -> Desk:
    """The desk at which a report's cards are made."""
    return Desk(indicators=report.indicators, new=report.new, prevalence=prevalence, masked=masked)


def cards(findings: Iterable[Finding], at: Desk, *, first: int = 1) -> Iterator[Card]:
    """The cards of the findings one by one, numbered from `first`; only one is in memory at a time."""
    for number, finding in enumerate(findings, first):
        yield card(finding, number, at)


def card(finding: Finding, number: int, at: Desk) -> Card:
    """The card of one finding; its flags are numbered from 1: risks before claims, severe ones first."""
    shown = Shown(finding.document, masked=at.masked)
    lines = _lines(finding.flags, shown, at.indicators)
    risks = tuple(line for line in lines if line.flag.polarity is Polarity.RISK)
    bars, rest = _bars(finding.score.reasons, shown)
    combinations = _combinations(finding, lines, shown, at.indicators)
    return Card(
        number=number,
        anchor=anchor(finding),
        finding=finding,
        shown=shown,
        is_new=finding.id in at.new,
        is_cut=len(shown.text) > LONG_TEXT,
        restated=restate(finding.score.probability, at.prevalence),
        title=_pieces(shown.title, lines, "title"),
        text=_pieces(shown.text, lines, "text"),
        risks=risks,
        claims=tuple(line for line in lines if line.flag.polarity is Polarity.PROTECTIVE),
        combinations=combinations,
        stated=stated_lines(finding.facts, shown),
        top_signs=_top_signs(combinations, risks),
        bars=bars,
        rest=sum(reason.contribution for reason in rest),
        rest_count=len(rest),
    )


def anchor(finding: Finding) -> str:
    """The finding's place in the page, from the first twelve plain characters of its id."""
    return "f-" + re.sub("[^0-9A-Za-z]", "", finding.id)[:_ID_SHOWN]


def known(key: str, flag: Flag, indicators: Mapping[str, Indicator]) -> Indicator:
    """The indicator of this key; one that the catalogue no longer has is named by its key."""
    return indicators.get(key) or Indicator(
        key=key,
        title=key,
        explanation="This version's catalogue has no explanation of this indicator.",
        severity=flag.severity,
        polarity=flag.polarity,
        authority=Authority(keys=(), laws=()),
    )


def _lines(flags: Iterable[Flag], shown: Shown, indicators: Mapping[str, Indicator]) -> list[FlagLine]:
    first: dict[str, int] = {}
    lines = []
    risks_first = sorted(order_flags(flags), key=lambda flag: flag.polarity is Polarity.PROTECTIVE)
    for number, flag in enumerate(risks_first, 1):
        earlier = first.setdefault(flag.indicator, number)
        lines.append(
            FlagLine(
                number=number,
                flag=flag,
                quote=shown.quote(flag),
                detail=shown.plain(flag.detail),
                indicator=known(flag.indicator, flag, indicators),
                same_as=earlier if earlier != number else 0,
                is_marked=shown.place(flag) is not None,
            )
        )
    return lines


def _combinations(
    finding: Finding, lines: Iterable[FlagLine], shown: Shown, indicators: Mapping[str, Indicator]
) -> tuple[Together, ...]:
    places = Places(((line.number, line.flag) for line in lines), finding.facts)
    made = (together(combination, shown, places, indicators) for combination in finding.combinations)
    return tuple(sorted(made, key=lambda one: not one.raises))


def _top_signs(combinations: Iterable[Together], risks: Iterable[FlagLine]) -> tuple[str, ...]:
    raising = (combination.title for combination in combinations if combination.raises)
    return tuple(dict.fromkeys((*raising, *(line.indicator.title for line in risks))))[:_TOP_SIGNS]


def _pieces(text: str, lines: Sequence[FlagLine], field: str) -> tuple[Piece, ...]:
    spans = [
        NumberedSpan(number=line.number, start=line.flag.span.start, end=line.flag.span.end)
        for line in lines
        if line.is_marked and line.flag.field == field
    ]
    return tuple(_piece(part, lines) for part in segment(text, spans))


def _piece(part: Segment, lines: Sequence[FlagLine]) -> Piece:
    over = [lines[number - 1] for number in part.numbers]
    risks = [line.flag.severity for line in over if line.flag.polarity is Polarity.RISK]
    return Piece(
        text=part.text,
        label="; ".join(f"{line.number}: {line.indicator.title}" for line in over),
        tone=f"s{min(max(*risks, 1), 3)}" if risks else "claim",
        ends=part.ends,
        left_out=part.left_out,
    )


def _bars(reasons: Sequence[Reason], shown: Shown) -> tuple[tuple[ReasonBar, ...], list[Reason]]:
    ordered = sorted(reasons, key=lambda reason: (-abs(reason.contribution), reason.feature))
    top, rest = ordered[:_REASONS_SHOWN], ordered[_REASONS_SHOWN:]
    largest = abs(top[0].contribution) if top else 0
    bars = tuple(
        ReasonBar(
            feature=shown.plain(reason.feature),
            value=reason.value,
            contribution=reason.contribution,
            width=round(100 * abs(reason.contribution) / largest, 1) if largest else 0,
        )
        for reason in top
    )
    return bars, rest
