from dataclasses import replace

import pytest

from screener.records import Band, Kind, Polarity, Skip, SkipReason
from screener.report.build import (
    build,
    count_bands,
    count_indicators,
    count_outcomes,
    count_sources,
    group_skips,
    order_flags,
)
from tests import factory

_TEXT = "paspor gaji visa paspor"


def test_the_report_stands_highest_risk_first() -> None:
    findings = [
        factory.finding(id="c", probability=0.1),
        factory.finding(id="b", probability=0.9),
        factory.finding(id="d", probability=0.99, band=Band.REVIEW),
        factory.finding(id="a", probability=0.9),
    ]
    assert [item.id for item in factory.report(findings).findings] == ["a", "b", "d", "c"]


def test_the_order_does_not_depend_on_the_order_of_arrival() -> None:
    findings = [factory.finding(id=str(place), probability=place % 3 / 3) for place in range(9)]
    assert factory.report(findings).findings == factory.report(findings[::-1]).findings


def test_the_thresholds_reach_the_report() -> None:
    made = build(factory.run(), (), (), ["n"], (), {}, factory.THRESHOLDS)
    assert (made.alert_threshold, made.review_threshold, made.new) == (0.8, 0.4, frozenset("n"))


def test_a_band_without_findings_counts_zero() -> None:
    assert count_bands([factory.finding()]) == {Band.ALERT: 1, Band.REVIEW: 0, Band.CLEAR: 0}


def test_every_item_is_counted_in_one_outcome() -> None:
    skip = Skip(url="u", reason=SkipReason.EMPTY)
    made = replace(factory.report([factory.finding(), factory.finding(kind=Kind.NEWS)]), skips=(skip, skip))
    assert count_outcomes(made) == {"ad": 1, "other text": 1, "skip": 2}


def test_findings_are_counted_by_source_and_band() -> None:
    findings = [factory.finding(factory.document(source=name), probability=p) for name, p in (("a", 0.9), ("b", 0.5))]
    counted = count_sources(findings)
    assert counted["a"][Band.ALERT] == counted["b"][Band.REVIEW] == 1
    assert counted["a"][Band.REVIEW] == 0


def test_an_indicator_counts_once_a_finding_and_claims_do_not_count() -> None:
    twice = (factory.flag(_TEXT, "paspor"), factory.flag(_TEXT, "gaji"))
    claim = factory.flag(_TEXT, "visa", indicator="claim", polarity=Polarity.PROTECTIVE)
    findings = [factory.finding(flags=twice), factory.finding(flags=(*twice, claim))]
    assert count_indicators(findings) == {"document-retention": 2}


def test_skips_are_grouped_most_frequent_reason_first() -> None:
    reasons = [SkipReason.EMPTY, SkipReason.TIMEOUT, SkipReason.TIMEOUT]
    groups = group_skips(Skip(url=str(place), reason=reason) for place, reason in enumerate(reasons))
    assert [(reason, len(skips)) for reason, skips in groups.items()] == [
        (SkipReason.TIMEOUT, 2),
        (SkipReason.EMPTY, 1),
    ]


@pytest.mark.parametrize(
    ("severities", "expected"),
    [((1, 3, 2), ["gaji", "visa", "paspor"]), ((2, 2, 2), ["paspor", "gaji", "visa"])],
    ids=["by severity", "then by place"],
)
def test_flags_stand_by_severity_then_place(severities: tuple[int, ...], expected: list[str]) -> None:
    words = zip(("paspor", "gaji", "visa"), severities, strict=True)
    flags = [factory.flag(_TEXT, word, severity=level) for word, level in words]
    assert [flag.quote for flag in order_flags(reversed(flags))] == expected


def test_a_flag_in_the_title_stands_before_one_in_the_text() -> None:
    flags = [factory.flag(_TEXT, "paspor"), factory.flag(_TEXT, "visa", field="title")]
    assert [flag.quote for flag in order_flags(flags)] == ["visa", "paspor"]
