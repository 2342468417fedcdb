"""Flags against the marks of labellers: how many marks a flag meets, and how many flags meet a mark."""

from collections.abc import Iterable, Sequence

from screener.detect.flagging import merged
from screener.detect.proposed import RULE
from screener.records import Example, Flag, Polarity, Reading, Span
from screener.train.corpus import FOLLOW_UP
from screener.train.evaluation import FlagFigures

ALL = "all indicators"
_ORIGINS = ("rules and model", "rules", "model")
_MARKS_MIN = 5


def flag_counts(examples: Sequence[Example], readings: Sequence[Reading]) -> tuple[int, int, int, int]:
    """Marks found, marks, flags that meet a mark, flags; red flags only, flags counted in ads to follow up."""
    pairs = [_pair(example, reading) for example, reading in zip(examples, readings, strict=True)]
    found, right = _outcomes(pairs, ALL, _ORIGINS[0])
    return sum(found), len(found), sum(right), len(right)


def flag_figures(examples: Sequence[Example], readings: Sequence[Reading]) -> tuple[FlagFigures, ...]:
    """Recall and precision of flags, of all indicators by who raised them, then of each, the lowest recall first.

    Empty when no text is marked. Indicators with fewer than five marks are counted among all only.
    """
    pairs = [_pair(example, reading) for example, reading in zip(examples, readings, strict=True)]
    if not any(marks for marks, *_ in pairs):
        return ()
    whole = tuple(_figures(pairs, ALL, origin) for origin in _ORIGINS)
    names = {mark[0] for marks, *_ in pairs for mark in marks}
    each = (_figures(pairs, name, _ORIGINS[0]) for name in sorted(names))
    return (*whole, *sorted((one for one in each if one.marks >= _MARKS_MIN), key=lambda one: one.recall or 0))


_Place = tuple[str, Span]
_Pair = tuple[list[_Place], list[Flag], list[Flag], bool]


def _pair(example: Example, reading: Reading) -> _Pair:
    """The marks of a text, its flags, those of rules that were doubted, and whether flags count against precision."""
    marks = [(mark.indicator, mark.span) for mark in example.marks if mark.polarity is Polarity.RISK]
    flags, doubted = (
        [flag for flag in of if flag.polarity is Polarity.RISK and flag.field == "text"]
        for of in (reading.flags, merged(reading.doubted))
    )
    return marks, flags, doubted, example.label == FOLLOW_UP


def _figures(pairs: Iterable[_Pair], indicator: str, origin: str) -> FlagFigures:
    found, right = _outcomes(pairs, indicator, origin)
    return FlagFigures(
        indicator=indicator,
        origin=origin,
        marks=len(found),
        recall=_share(found),
        flags=len(right),
        precision=_share(right),
    )


def _outcomes(pairs: Iterable[_Pair], indicator: str, origin: str) -> tuple[list[bool], list[bool]]:
    """Whether each mark is found and each flag is right: one of the same indicator overlaps it."""
    found: list[bool] = []
    right: list[bool] = []
    for marks, flags, doubted, counts in pairs:
        # What rules are worth by themselves is told by what they raise before anybody doubts it.
        raised = _together(flags, doubted) if origin == _ORIGINS[1] else flags
        places = [(flag.indicator, flag.span) for flag in raised if _by(flag, origin)]
        found += [any(_meet(mark, place) for place in places) for mark in marks if indicator in {ALL, mark[0]}]
        if counts:
            asked = (place for place in places if indicator in {ALL, place[0]})
            right += [any(_meet(mark, place) for mark in marks) for place in asked]
    return found, right


def _together(flags: Iterable[Flag], doubted: Iterable[Flag]) -> list[Flag]:
    """The flags of rules, shown and doubted, one for those of an indicator on the same words."""
    by_rules = [*(flag for flag in flags if flag.rule != RULE), *doubted]
    return merged(sorted(by_rules, key=lambda flag: (flag.span.start, -flag.span.end)))


def _by(flag: Flag, origin: str) -> bool:
    return origin == _ORIGINS[0] or (flag.rule == RULE) == (origin == _ORIGINS[2])


def _share(outcomes: Sequence[bool]) -> float | None:
    return sum(outcomes) / len(outcomes) if outcomes else None


def _meet(left: _Place, right: _Place) -> bool:
    return left[0] == right[0] and left[1].start < right[1].end and right[1].start < left[1].end
