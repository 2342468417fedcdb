"""The scan of the sample site against what a careful reader expects of each page."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from screener.places import shipped
from screener.records import Polarity

from .scans import Scanned

KIND_FLOOR = 0.90
SCOPE_FLOOR = 0.85
LANGUAGE_FLOOR = 0.95
SEVERE_RECALL_FLOOR = 0.85
ALERT_FLOOR = 0.95
CLEAR_FLOOR = 0.90
# The reader's "testimony" is none of the product's kinds; one that asks others to follow is an ad.
SAME_KIND = {"testimony": {"ad", "other"}}

Pages = Mapping[str, Mapping[str, Any]]


@pytest.fixture(scope="module")
def expected() -> Pages:
    pages: Pages = json.loads((shipped("sample") / "expected.json").read_text(encoding="utf-8"))["pages"]
    return pages


def both(scanned: Scanned, expected: Pages) -> Iterator[tuple[str, Any, Mapping[str, Any]]]:
    """The pages of which reader and program both have a finding."""
    for url, page in expected.items():
        if page["outcome"] == "finding" and url in scanned.findings:
            yield url, scanned.findings[url], page


def assert_share(failures: list[str], total: int, floor: float) -> None:
    share = 1 - len(failures) / total
    assert share >= floor, f"{share:.3f} of {total}, at least {floor} wanted:\n" + "\n".join(failures)


def test_each_page_ends_as_the_reader_expects(first: Scanned, expected: Pages) -> None:
    wanted = {url: page.get("reason", "finding") for url, page in expected.items()}
    got = {url: first.skips[url].reason.value if url in first.skips else "finding" for url, _ in first.outcomes}
    assert {url: (got.get(url), reason) for url, reason in wanted.items() if got.get(url) != reason} == {}
    assert sorted(got) == sorted(wanted)


def test_redirects_end_where_the_reader_expects(first: Scanned, expected: Pages) -> None:
    moved = {url: page["final_url"] for url, page in expected.items() if "final_url" in page}
    assert moved
    assert {url: first.findings[url].document.url for url in moved} == moved


def test_the_kind_is_the_readers(first: Scanned, expected: Pages) -> None:
    failures, total = [], 0
    for url, finding, page in both(first, expected):
        total += 1
        if finding.kind.value not in SAME_KIND.get(page["kind"], {page["kind"]}):
            failures.append(f"{url}: {finding.kind.value}, not {page['kind']}")
    assert_share(failures, total, KIND_FLOOR)


FIELDS = {"scope": SCOPE_FLOOR, "language": LANGUAGE_FLOOR}


@pytest.mark.parametrize(("field", "floor"), FIELDS.items(), ids=FIELDS.keys())
def test_scope_and_language_are_the_readers(first: Scanned, expected: Pages, field: str, floor: float) -> None:
    failures, total = [], 0
    for url, finding, page in both(first, expected):
        total += 1
        got = finding.scope.value if field == "scope" else finding.document.language
        if got != page[field]:
            failures.append(f"{url}: {got}, not {page[field]}")
    assert_share(failures, total, floor)


def test_severe_indicators_are_found(first: Scanned, expected: Pages) -> None:
    failures, total = [], 0
    severe = {key for key, indicator in first.report.indicators.items() if indicator.severity == 3}
    for url, finding, page in both(first, expected):
        found = {flag.indicator for flag in finding.flags if flag.polarity is Polarity.RISK}
        wanted = severe.intersection(page["indicators"])
        total += len(wanted)
        failures += [f"{url}: {key} was not found" for key in sorted(wanted - found)]
    assert_share(failures, total, SEVERE_RECALL_FLOOR)


BANDS = {"alert": ALERT_FLOOR, "clear": CLEAR_FLOOR}


@pytest.mark.parametrize(("reader", "floor"), BANDS.items(), ids=BANDS.keys())
def test_the_bands_are_the_readers(first: Scanned, expected: Pages, reader: str, floor: float) -> None:
    failures, total = [], 0
    for url, finding, page in both(first, expected):
        if page["reader"] == reader:
            total += 1
            if finding.score.band.value != reader:
                failures.append(f"{url}: {finding.score.band.value} ({finding.score.probability:.3f}), not {reader}")
    assert_share(failures, total, floor)


def test_no_page_that_is_clear_to_the_reader_is_an_alert_among_ads(first: Scanned, expected: Pages) -> None:
    clear_ads = [(u, f) for u, f, page in both(first, expected) if page["reader"] == "clear" and page["kind"] == "ad"]
    failures = [f"{url}: {f.score.probability:.3f}" for url, f in clear_ads if f.score.band.value == "alert"]
    assert_share(failures, len(clear_ads), 0.95)


def test_each_quote_stands_where_its_flag_says(first: Scanned) -> None:
    for finding in first.findings.values():
        texts = {"title": finding.document.title, "text": finding.document.text}
        for flag in finding.flags:
            assert texts[flag.field][flag.span.start : flag.span.end] == flag.quote
