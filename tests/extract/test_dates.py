from datetime import UTC, datetime

import pytest

from screener.extract.dates import date_of

from .factory import NOW

DATES = {
    "2026-11-18T07:20:00+07:00": "2026-11-18 00:20",
    "2026-11-18T07:20:00Z": "2026-11-18 07:20",
    "2026-11-18T07:20:00": "2026-11-18 00:20",
    "2026-11-18": "2026-11-17 17:00",
    "20261118": "2026-11-17 17:00",
    "Fri, 20 Nov 2026 18:10:00 +0700": "2026-11-20 11:10",
    "11 November 2026": "2026-11-10 17:00",
    "Rabu, 18 November 2026 | 07:20 WIB": "2026-11-18 00:20",
    "Jumat, 20 November 2026 18.10 WITA": "2026-11-20 10:10",
    "Jum'at 20 Nov 2026 18:10 WIT": "2026-11-20 09:10",
    "Diterbitkan pada 9 Agustus 2026": "2026-08-08 17:00",
    "9 Ogos 2026": "2026-08-08 17:00",
    "August 9, 2026": "2026-08-08 17:00",
    "05/06/2026": "2026-06-04 17:00",
    "2 hari yang lalu": "2026-11-20 03:00",
}


@pytest.mark.parametrize(("written", "expected"), DATES.items(), ids=DATES)
def test_a_date_becomes_utc(written: str, expected: str) -> None:
    assert date_of(written, NOW) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    ["", " ", "segera", "November 2026", "2026", "9999-12-31", "1970-01-01", "2026-13-45", "0001-01-01T00:00:00+14:00",
     "Fri, 99 Nov 2026", "x" * 101, "3 November 2031", "\ud800", "Mon, 1 Jan 99999999999 00:00:00 +9999"],
)  # fmt: skip
def test_no_date_or_an_absurd_one_is_none(written: str) -> None:
    assert date_of(written, NOW) is None
