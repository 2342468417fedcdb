"""What a sum of pay is for: an hour, a day, a week, a month, a year, or a piece."""

import re

from screener.records import NOT_STATED

_REACH = 32
_UNITS = {
    "hour": "jam|hour|hr|jem",
    "day": "hari|hr kerja|hri|malam|malem|bengi|poe|day|night|shift",
    "week": "minggu|mgg|pekan|week|wk",
    "month": "bulan|bln|bl|sasi|wulan|month|mth|mo|bulannya",
    "year": "tahun|thn|th|taun|year|annum|yr",
    "piece": "kg|kilo|ton|tan|tandan|ember|keranjang|bin|kotak|biji|unit|lembar|member|closing|task|tugas|misi|chat"
    "|tamu|guest|customer|kepala|orang|head|person|musim|season|trip|project|proyek|job|sesi|session|booking|drink|target"
    "|deal",
}
_WHOLE = {
    "hour": "sejam|hourly|satu jam",
    "day": "sehari|satu hari|seharinya|perhari|harian|daily|semalam|semalem|permalam|nightly|sedino|sapoe",
    "week": "seminggu|perminggu|mingguan|weekly|sepekan",
    "month": "sebulan|satu bulan|perbulan|bulanan|monthly|sabulan|sawulan|sesasi|perbln|sebln",
    "year": "setahun|pertahun|tahunan|yearly|annual|annually|setaun",
    "piece": "borongan|piecework",
}


def _named(table: dict[str, str], around: str) -> str:
    return "|".join(rf"(?P<{around}_{period}>{words})" for period, words in table.items())


_AFTER = re.compile(
    rf"(?:(?:/|\bper|\bpr|\btiap|\bsetiap|\bsaben|\bunggal|\ba|\ban|\beach|\bevery) ?(?:{_named(_UNITS, 'unit')})"
    rf"|\b(?:{_named(_WHOLE, 'whole')}))(?![a-z])"
)
_BEFORE = re.compile(
    rf"(?<![a-z])(?<!jam )(?<!kali )(?<!hours )(?<!x )"
    rf"(?:(?:per|tiap|setiap|saben|every|each) (?:{_named(_UNITS, 'unit')})"
    rf"|{_named(_WHOLE, 'whole')})(?![a-z])[^\d\n]{{0,24}}$"
)
_CUT = re.compile(r"[\d,;\n]|\.(?=\s)")


def period_of(text: str, start: int, end: int) -> str:
    """The period that the words after a sum, or else before it, state: "hour" to "year", "piece" or "not stated"."""
    after = _CUT.split(text[end : end + _REACH], maxsplit=1)[0]
    before = _CUT.split(text[max(0, start - _REACH) : start])[-1]
    match = _AFTER.search(after) or _BEFORE.search(before)
    return match.lastgroup.split("_")[1] if match and match.lastgroup else NOT_STATED
