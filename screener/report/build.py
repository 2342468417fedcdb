"""Findings of one run → Report, and the counts that the report shows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from screener.records import (
    Band,
    Finding,
    Flag,
    Indicator,
    Kind,
    Polarity,
    Report,
    Run,
    Skip,
    SkipReason,
    SourceHealth,
)

_BAND_ORDER = {Band.ALERT: 0, Band.REVIEW: 1, Band.CLEAR: 2}


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """The probabilities from which an ad is in the alert and in the review band."""

    alert: float
    review: float


def build(  # noqa: PLR0913, PLR0917  a report has these seven parts, each from another place
    run: Run,
    findings: Iterable[Finding],
    skips: Iterable[Skip],
    new: Iterable[str],
    health: Iterable[SourceHealth],
    indicators: Mapping[str, Indicator],
    thresholds: Thresholds,
) -> Report:
    """The report of one run: findings by band, probability and id, skips and sources by name."""
    return Report(
        run=run,
        findings=tuple(sorted(findings, key=_highest_risk_first)),
        skips=tuple(sorted(skips, key=lambda skip: (skip.reason, skip.source, skip.url))),
        new=frozenset(new),
        health=tuple(sorted(health, key=lambda source: source.source)),
        indicators=indicators,
        alert_threshold=thresholds.alert,
        review_threshold=thresholds.review,
    )


def ads(report: Report) -> tuple[Finding, ...]:
    """The findings that are ads, in the order of the report."""
    return tuple(finding for finding in report.findings if finding.kind is Kind.AD)


def other_texts(report: Report) -> tuple[Finding, ...]:
    """The findings that are warnings, news, questions or something else, in the order of the report."""
    return tuple(finding for finding in report.findings if finding.kind is not Kind.AD)


def count_bands(findings: Iterable[Finding]) -> dict[Band, int]:
    """How many findings are in each band, highest band first; a band without findings counts 0."""
    counted = Counter(finding.score.band for finding in findings)
    return {band: counted[band] for band in _BAND_ORDER}


def count_outcomes(report: Report) -> dict[str, int]:
    """How many items ended as an ad, as another text, and as a skip."""
    total = len(report.findings)
    in_ads = len(ads(report))
    return {"ad": in_ads, "other text": total - in_ads, "skip": len(report.skips)}


def count_sources(findings: Iterable[Finding]) -> dict[str, dict[Band, int]]:
    """How many findings of each source are in each band, sources in the order they appear."""
    by_source: dict[str, list[Finding]] = {}
    for finding in findings:
        by_source.setdefault(finding.document.source, []).append(finding)
    return {source: count_bands(found) for source, found in by_source.items()}


def count_indicators(findings: Iterable[Finding]) -> dict[str, int]:
    """In how many findings each risk indicator was seen, most frequent first, then by key."""
    counted = Counter(
        key
        for finding in findings
        for key in {flag.indicator for flag in finding.flags if flag.polarity is Polarity.RISK}
    )
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def group_skips(skips: Iterable[Skip]) -> dict[SkipReason, list[Skip]]:
    """The skips of each reason that occurs, the most frequent reason first, then by name."""
    groups: dict[SkipReason, list[Skip]] = {}
    for skip in skips:
        groups.setdefault(skip.reason, []).append(skip)
    return dict(sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])))


def order_flags(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """The flags, most severe first, then by their place: title before text, then by offset."""
    return tuple(
        sorted(
            flags,
            key=lambda flag: (
                -flag.severity,
                flag.field != "title",
                flag.span.start,
                flag.span.end,
                flag.rule,
            ),
        )
    )


def _highest_risk_first(finding: Finding) -> tuple[int, float, str]:
    return _BAND_ORDER[finding.score.band], -finding.score.probability, finding.id
