from dataclasses import replace
from datetime import UTC, datetime

import pytest

from screener.records import Kind, Skip, SkipReason
from screener.report.overview import overview
from screener.report.wording import SKIPS, certainty, expectation, moment
from tests import factory


def test_every_reason_to_skip_has_a_plain_explanation() -> None:
    assert set(SKIPS) == set(SkipReason)
    assert all(words.endswith(".") and "_" not in words for words in SKIPS.values())


def test_the_tiles_count_ads_and_name_the_rest() -> None:
    findings = [factory.finding(), factory.finding(probability=0.5), factory.finding(kind=Kind.NEWS)]
    seen = overview(factory.report(findings))
    assert list(seen.bands.values()) == [1, 1, 0]
    assert (seen.outcomes["other text"], seen.other_raised) == (1, 1)


def test_the_bar_of_bands_is_full() -> None:
    findings = [factory.finding(probability=p) for p in (0.9, 0.5, 0.1)]
    stretches = overview(factory.report(findings)).stretches
    assert sum(part.width for part in stretches) == pytest.approx(100, abs=0.1)
    assert stretches[1].start == pytest.approx(stretches[0].width)


@pytest.mark.parametrize(
    ("found", "expected", "words"),
    [
        (0, 5, "nothing found: check this source by hand"),
        (3, 5, "fewer than expected: 3 of at least 5"),
        (5, 5, "as expected"),
        (0, 0, "no number expected"),
    ],
)
def test_a_source_is_judged_in_words(found: int, expected: int, words: str) -> None:
    assert expectation(factory.health(found=found, expected_min=expected)) == words


def test_a_long_list_of_skips_says_how_many_it_leaves_out() -> None:
    skips = tuple(Skip(url=f"http://x.test/{place}", reason=SkipReason.TIMEOUT) for place in range(301))
    group = overview(replace(factory.report(), skips=skips)).skips[0]
    assert (group.count, len(group.listed), group.more) == (301, 300, 1)


def test_an_indicator_that_the_catalogue_lost_is_named_by_its_key() -> None:
    flag = factory.flag(factory.TEXT, "paspor", indicator="gone")
    seen = overview(factory.report([factory.finding(flags=(flag,))]))
    assert [indicator.title for indicator in seen.glossary] == ["gone"]


@pytest.mark.parametrize(
    ("hour", "words"),
    [(3, "2026-03-02 03:15 UTC (10:15 WIB)"), (23, "2026-03-02 23:15 UTC (2026-03-03 06:15 WIB)")],
)
def test_times_stand_in_utc_and_wib(hour: int, words: str) -> None:
    assert moment(datetime(2026, 3, 2, hour, 15, tzinfo=UTC)) == words


def test_an_unknown_certainty_is_shown_as_it_is() -> None:
    assert certainty("contested") == "certainty: contested"
