"""View models of the whole run: tiles, bars, sources, skips and the glossary."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from screener.records import Band, Finding, Flag, Indicator, Report, Skip, SourceHealth
from screener.report.build import (
    ads,
    count_bands,
    count_indicators,
    count_outcomes,
    count_sources,
    group_skips,
    other_texts,
)
from screener.report.cards import known
from screener.report.statements import effect_of
from screener.report.visible import defang, defang_inside
from screener.report.wording import SKIPS, expectation

_SKIPS_LISTED = 300


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """One band's part of the bar of bands: where it starts and how wide it is, 0 to 100."""

    band: Band
    count: int
    start: float
    width: float


@dataclass(frozen=True, kw_only=True)
class IndicatorBar:
    """In how many ads an indicator was seen; `width` is against the most frequent one, 0 to 100."""

    indicator: Indicator
    count: int
    width: float


@dataclass(frozen=True, kw_only=True)
class CombinationCount:
    """In how many ads a combination was found, and what it does."""

    title: str
    effect: str
    count: int


@dataclass(frozen=True, kw_only=True)
class SourceLine:
    """How a source did, in figures and in words; `is_short` when it gave less than it should."""

    health: SourceHealth
    bands: Mapping[Band, int]
    words: str
    is_short: bool


@dataclass(frozen=True, kw_only=True)
class SkipGroup:
    """The skips of one reason: `listed` are (address, source, detail), `more` is how many are not listed."""

    reason: str
    explanation: str
    count: int
    listed: tuple[tuple[str, str, str], ...]
    more: int


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The run at a glance; the counts of bands and indicators are of ads only."""

    bands: Mapping[Band, int]
    other_raised: int
    outcomes: Mapping[str, int]
    new: int
    stretches: tuple[Stretch, ...]
    indicators: tuple[IndicatorBar, ...]
    combinations: tuple[CombinationCount, ...]
    sources: tuple[SourceLine, ...]
    skips: tuple[SkipGroup, ...]
    glossary: tuple[Indicator, ...]


def overview(report: Report) -> Overview:
    """The view models of a whole report."""
    in_ads, others = ads(report), other_texts(report)
    bands = count_bands(in_ads)
    return Overview(
        bands=bands,
        other_raised=sum(finding.score.band is not Band.CLEAR for finding in others),
        outcomes=count_outcomes(report),
        new=sum(finding.id in report.new for finding in report.findings),
        stretches=_stretches(bands),
        indicators=_indicator_bars(in_ads, report.indicators),
        combinations=_combination_counts(in_ads, report.indicators),
        sources=_source_lines(report),
        skips=tuple(_skip_group(skips) for skips in group_skips(report.skips).values()),
        glossary=tuple(sorted(_seen(report.findings, report.indicators).values(), key=_by_severity)),
    )


def _stretches(bands: Mapping[Band, int]) -> tuple[Stretch, ...]:
    total, start, stretches = sum(bands.values()), 0.0, []
    for band, count in bands.items():
        width = 100 * count / total if total else 0.0
        stretches.append(Stretch(band=band, count=count, start=round(start, 2), width=round(width, 2)))
        start += width
    return tuple(stretches)


def _indicator_bars(findings: Sequence[Finding], indicators: Mapping[str, Indicator]) -> tuple[IndicatorBar, ...]:
    counted, seen = count_indicators(findings), _seen(findings, indicators)
    most = max(counted.values(), default=1)
    return tuple(
        IndicatorBar(indicator=seen[key], count=count, width=round(100 * count / most, 1))
        for key, count in counted.items()
    )


def _combination_counts(
    findings: Iterable[Finding], indicators: Mapping[str, Indicator]
) -> tuple[CombinationCount, ...]:
    found = [combination for finding in findings for combination in finding.combinations]
    counted, named = Counter(one.key for one in found), {one.key: one for one in found}
    return tuple(
        CombinationCount(title=named[key].title, effect=effect_of(named[key], indicators), count=count)
        for key, count in sorted(counted.items(), key=lambda pair: (named[pair[0]].effect != "raises", -pair[1], pair))
    )


def _seen(findings: Iterable[Finding], indicators: Mapping[str, Indicator]) -> dict[str, Indicator]:
    flags: dict[str, Flag] = {flag.indicator: flag for finding in findings for flag in finding.flags}
    return {key: known(key, flag, indicators) for key, flag in flags.items()}


def _by_severity(indicator: Indicator) -> tuple[bool, int, str]:
    return indicator.polarity.value == "protective", -indicator.severity, indicator.title


def _source_lines(report: Report) -> tuple[SourceLine, ...]:
    counted = count_sources(ads(report))
    return tuple(
        SourceLine(
            health=health,
            bands=counted.get(health.source) or count_bands(()),
            words=expectation(health),
            is_short=health.found < health.expected_min,
        )
        for health in report.health
    )


def _skip_group(skips: Sequence[Skip]) -> SkipGroup:
    listed = tuple((defang(skip.url), skip.source, defang_inside(skip.detail)) for skip in skips[:_SKIPS_LISTED])
    reason = skips[0].reason
    return SkipGroup(
        reason=reason.value.replace("_", " "),
        explanation=SKIPS[reason],
        count=len(skips),
        listed=listed,
        more=len(skips) - len(listed),
    )
