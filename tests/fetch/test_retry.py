from datetime import UTC, datetime

import pytest

from screener.fetch import Limits
from screener.fetch.retry import pauses, retry_after_seconds, wait_seconds

NOW = datetime(2026, 1, 1, 12, 0, 0, tzinfo=UTC)
DEFAULT = 3600.0
LONGEST = 7 * 24 * 3600.0

RETRY_AFTER = [
    ("0", 0.0),
    ("1", 1.0),
    (" 120 ", 120.0),
    ("604800", LONGEST),
    ("604801", LONGEST),
    ("999999999", LONGEST),
    ("9" * 5000, LONGEST),
    ("-1", DEFAULT),
    ("-5", DEFAULT),
    ("abc", DEFAULT),
    ("", DEFAULT),
    ("1.5", DEFAULT),
    ("1e9", DEFAULT),
    ("٣", DEFAULT),
    ("0x10", DEFAULT),
    ("12 seconds", DEFAULT),
    ("Thu, 01 Jan 2026 12:01:00 GMT", 60.0),
    ("Thursday, 01-Jan-26 12:01:00 GMT", 60.0),
    ("Thu Jan  1 12:01:00 2026", 60.0),
    ("Thu, 01 Jan 2026 12:01:00 +0000", 60.0),
    ("Thu, 01 Jan 2015 00:00:00 GMT", 0.0),
    ("Thu, 01 Jan 2099 00:00:00 GMT", LONGEST),
    ("Thu, 99 Jan 2026 12:01:00 GMT", DEFAULT),
    ("Fri, 31 Dec 9999 23:59:59 -2359", LONGEST),
    (",,,", DEFAULT),
]


@pytest.mark.parametrize(("value", "seconds"), RETRY_AFTER, ids=[repr(value)[:30] for value, _ in RETRY_AFTER])
def test_each_form_of_retry_after_has_one_meaning(value: str, seconds: float) -> None:
    assert retry_after_seconds(value, NOW, Limits()) == seconds


def test_no_header_asks_for_nothing() -> None:
    assert retry_after_seconds(None, NOW, Limits()) is None


@pytest.mark.parametrize(
    ("status", "retry_after", "wait"),
    [
        (200, None, None),
        (404, None, None),
        (429, None, 0.5),
        (429, 0.0, 0.5),
        (429, 3.0, 3.0),
        (429, 60.0, None),
        (500, None, 0.5),
        (503, 60.0, None),
        (599, None, 0.5),
        (600, None, None),
    ],
)
def test_only_a_short_wait_is_waited_out(status: int, retry_after: float | None, wait: float | None) -> None:
    assert wait_seconds(status, retry_after, 0.5) == wait


def test_pauses_grow() -> None:
    assert pauses(3) == [0.5, 1.0, 2.0]
