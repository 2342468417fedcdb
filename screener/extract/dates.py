"""Dates as pages write them, to aware UTC; free text is read as Indonesian, English or Malay."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST_AHEAD = timedelta(days=3 * 366)
FREE_TEXT_MAX = 100

# Indonesia has kept these offsets without summer time since 1964 (IANA tz database, zones Asia/Jakarta,
# Makassar, Jayapura).
WIB = timezone(timedelta(hours=7), "WIB")
_ZONES = {
    "wib": WIB,
    "wita": timezone(timedelta(hours=8), "WITA"),
    "wit": timezone(timedelta(hours=9), "WIT"),
}
_ZONE = re.compile(r"\b(wib|wita|wit)\b\.?", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(?:senin|selasa|rabu|kamis|jum['’`]?at|sabtu|minggu|ahad|isnin|khamis)\b,?", re.IGNORECASE)
_STAMP = re.compile(
    r"(?:(?:di)?(?:terbit|publikasi|posting|muat|perbarui|update)(?:kan)?|tayang|tanggal|posted|published|updated|on|pada)"
    r"\b(?:\s+(?:pada|on))?\s*:?",
    re.IGNORECASE,
)
_ISO = re.compile(r"\d{4}-?\d\d-?\d\d(?:[T ].*)?")


def date_of(text: str, now: datetime) -> datetime | None:
    """The moment a text names, in UTC, or None when it names none or one before 2000 or three years ahead.

    A date without a zone is read as Jakarta time; a date without a time is midnight there.
    """
    if not text.strip() or len(text) > FREE_TEXT_MAX:
        return None
    moment = _iso(text.strip()) or _rfc(text) or _free(text, now)
    return _plausible(moment, now) if moment else None


def _iso(text: str) -> datetime | None:
    if not _ISO.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _rfc(text: str) -> datetime | None:
    if not re.match(r"\s{0,9}[A-Z][a-z]{2}, \d", text):
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _free(text: str, now: datetime) -> datetime | None:
    import dateparser  # noqa: PLC0415  a third of a second that most pages, with machine-readable dates, never pay

    zone = _ZONES[match[1].lower()] if (match := _ZONE.search(text)) else WIB
    plain = _STAMP.sub(" ", _WEEKDAY.sub(" ", _ZONE.sub(" ", text))).replace("|", " ").strip(" ,.:-–·•")
    settings = {
        "DATE_ORDER": "DMY",
        "PREFER_DATES_FROM": "past",
        "RELATIVE_BASE": now.astimezone(zone).replace(tzinfo=None),
        "REQUIRE_PARTS": ["day", "month", "year"],
    }
    try:
        found: datetime | None = dateparser.parse(plain, languages=["id", "en", "ms"], settings=settings)
    except (ValueError, OverflowError, TypeError, RecursionError):
        return None
    return found.replace(tzinfo=zone) if found and found.tzinfo is None else found


def _plausible(moment: datetime, now: datetime) -> datetime | None:
    try:
        utc = (moment if moment.tzinfo else moment.replace(tzinfo=WIB)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return utc if EARLIEST <= utc <= now + LATEST_AHEAD else None
