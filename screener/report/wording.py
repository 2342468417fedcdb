"""The report's plain words for bands, kinds, scopes, severities, certainties, skips and source health."""

from datetime import UTC, datetime, timedelta, timezone

from screener.records import Band, Kind, Scope, SkipReason, SourceHealth

# Western Indonesia has no summer time; a fixed offset also works where no time zone data is installed.
WIB = timezone(timedelta(hours=7), "WIB")

BANDS = {
    Band.ALERT: "Alert: needs review first",
    Band.REVIEW: "Review: needs review when time allows",
    Band.CLEAR: "Clear: no review asked for",
}
KINDS = {
    Kind.AD: "job ad",
    Kind.WARNING: "warning",
    Kind.NEWS: "news",
    Kind.QUESTION: "question",
    Kind.TESTIMONY: "testimony",
    Kind.OTHER: "other text",
}
SCOPES = {
    Scope.OVERSEAS: "work abroad",
    Scope.DOMESTIC: "work in Indonesia",
    Scope.UNKNOWN: "place of work unknown",
}
SEVERITIES = {
    3: "severity 3, enough for a look on its own",
    2: "severity 2, serious with another flag",
    1: "severity 1, only supports others",
}
CERTAINTIES = {
    "high": "citation certain",
    "medium": "citation likely; check the article before quoting it",
    "low": "citation uncertain; check the law before quoting it",
}
EFFECTS = {
    "raises": "together enough for a look today",
    "cancels": "so this is not counted: ",
    "lowers": "so this counts for little: ",
    "notes": "a note that changes no score",
}
_TIMES = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour"}
SKIPS = {
    SkipReason.ROBOTS_DISALLOWED: "The site asks programs not to read this page, and that is respected.",
    SkipReason.ROBOTS_UNREACHABLE: "The site's rules for programs could not be read: nothing was fetched.",
    SkipReason.NOT_FOUND: "The page is gone or never existed; the ad may have been taken down.",
    SkipReason.HTTP_ERROR: "The site answered with an error.",
    SkipReason.RETRY_LATER: "The site asked to come back later; the next scan tries again.",
    SkipReason.REDIRECT_LIMIT: "The page passed on to other pages too many times.",
    SkipReason.BLOCKED_ADDRESS: "The address leads into a private network, where this program does not go.",
    SkipReason.BLOCKED_SCHEME: "The address is of a kind other than http and https.",
    SkipReason.BAD_URL: "The address is not well formed.",
    SkipReason.BAD_HTTP: "The site's answer broke the rules of the web's protocol.",
    SkipReason.BAD_ENCODING: "The page was packed in a way that could not be unpacked safely.",
    SkipReason.TLS_ERROR: "The site's certificate could not be trusted.",
    SkipReason.NET_ERROR: "The site could not be reached.",
    SkipReason.TIMEOUT: "The site took too long to answer.",
    SkipReason.TOO_LARGE: "The page is larger than the limit.",
    SkipReason.TRUNCATED: "The page broke off before its end.",
    SkipReason.UNSUPPORTED_TYPE: "It is not a text page, such as a picture, a video or a PDF file.",
    SkipReason.EMPTY: "The page holds no text; an ad in a picture also looks like this.",
    SkipReason.UNPARSED: "The page could not be taken apart safely.",
    SkipReason.BAD_ROW: "A row of an input file could not be used.",
    SkipReason.SITE_LIMIT: "The limit of pages or time for one site was reached before this page's turn.",
}


def severity(level: int) -> str:
    """The meaning of a severity, also of one that this version does not know."""
    return SEVERITIES.get(level, f"severity {level}")


def certainty(word: str) -> str:
    """The meaning of a citation's certainty, also of a word that this version does not know."""
    return CERTAINTIES.get(word, f"certainty: {word}")


def effect(word: str, about: str) -> str:
    """What a combination does, and to which flags, also for a word that this version does not know."""
    return EFFECTS.get(word, word) + (about if word in {"cancels", "lowers"} else "")


def duration(count: str, unit: str) -> str:
    """An ISO 8601 duration of one unit (Y, M, W, D or H) in words: "2 years"."""
    return f"{count} {_TIMES[unit]}{'' if count == '1' else 's'}"


def moment(when: datetime) -> str:
    """The time in UTC and in WIB (UTC+7) to the minute; the WIB date is given where it differs."""
    utc, wib = when.astimezone(UTC), when.astimezone(WIB)
    shown = "%H:%M WIB" if utc.date() == wib.date() else "%Y-%m-%d %H:%M WIB"
    return f"{utc:%Y-%m-%d %H:%M} UTC ({wib.strftime(shown)})"


def expectation(source: SourceHealth) -> str:
    """Whether a source gave as many items as it should, in words."""
    if not source.found and source.expected_min:
        return "nothing found: check this source by hand"
    if source.found < source.expected_min:
        return f"fewer than expected: {source.found} of at least {source.expected_min}"
    return "as expected" if source.expected_min else "no number expected"
