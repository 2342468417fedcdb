"""Every amount of money in a folded text, whatever it is for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from screener.detect.facts.currencies import AFTER, currency_of, sign_before
from screener.detect.facts.numerals import SCALE, SCALES, WORDS, spoken, written

AMOUNT_MAX = Decimal(10) ** 12
_LOOK_BACK = 24
_MILLIONS = 6
_RUPIAH_MIN = 50_000
# What numbers in words are worth looking for: a letter before the unit, where "15 juta" has a digit.
_UNIT_WORDS = ("juta", "jt", "yuta", "rib", "rb", "reb", "ewu", "mil", "thou", "dol", "ringg", "riyal", "dirh", "eur")
_WORDED_UNIT = re.compile(
    r"[a-z][ -](?:juta|jute|jt|jeti|yuta|ribu|rb|rebu|ewu|miliar|milyar|million|thousand|dol|ringgit|riyal|dirham|eur)"
    r"|s[ae][jy]uta"
)
_BETWEEN_WORDS = re.compile(r"[ -]+")
_MILLION_WORDS = {"sejuta", "sayuta"}


@dataclass(frozen=True, kw_only=True)
class Amount:
    """Characters `start` to `end` (exclusive) of a folded text that state an amount, in whole units.

    `currency` is an ISO 4217 code, a key of SHARED_NAMES, or "" when none is named; `maximum` is None for "two
    digits" or "tens of millions"; `scale` is the power of ten that a word named; `bare` says that nothing but its
    place makes the number money.
    """

    start: int
    end: int
    minimum: Decimal
    maximum: Decimal | None
    currency: str = ""
    scale: int = 0
    bare: bool = False


_NUMBER = re.compile(
    rf"""(?P<digits>\d[\do]{{0,14}}(?:[.,][\do]{{1,15}}){{0,5}})
    (?: [ ]?(?P<scale>{SCALE})(?P<more>\d)?(?:[ -]?an)?(?![a-z\d])
        (?:[ ](?P<rest>\d{{1,3}})[ ]?(?:ribu|rb)(?![a-z]))? )?
    (?: [ ]?[+]?[ ]?(?P<after>{AFTER}) )?
    (?: ,- )?""",
    re.VERBOSE,
)
# Telephone and licence numbers.
_ZERO_LED = re.compile(r"0\d\d")
_WORDED = re.compile(rf"(?<![a-z])(?P<words>{WORDS})(?: ?(?P<after>{AFTER}))?")
_VAGUE = re.compile(
    rf"(?<![a-z])(?:(?P<count>belasan|puluhan|ratusan|ribuan)(?: (?P<scale>ribu|juta|jt|rb))?(?: ?(?P<after>{AFTER}))?"
    r"|(?P<places>[2-6]|dua|tiga|empat|lima|enam|double|two|three|four|five|six)[ -]?(?:digits?|figures?|angka)"
    r"(?P<million> (?:juta|jt))?)(?![a-z])"
)
_VAGUE_WORDS = ("belasan", "puluhan", "ratusan", "ribuan", "digit", "figure", "angka")
_COUNTS = {"belasan": 11, "puluhan": 20, "ratusan": 100, "ribuan": 1000}
_PLACES = {"dua": 2, "double": 2, "two": 2, "tiga": 3, "three": 3, "empat": 4, "four": 4, "lima": 5, "five": 5,
           "enam": 6, "six": 6}  # fmt: skip
_PLACES_IN_MILLIONS = 3
_TO = re.compile(
    r" {0,2}(?:-|\u2013|\u2014|~|s/d|s\.d\.?|sd|sampai dengan|sampai|sampe|smp|hingga|ke|to|till?|until) {0,2}"
)
# What makes a number beside a money word something else after all.
_COUNTED = re.compile(
    r" ?(?:%|x(?![a-z])|kali|tahun|thn|th(?![a-z])|taun|years?|yrs?|bulan|bln|months?|minggu|weeks?|hari|days?"
    r"|hr(?![a-z])|jam|hours?|orang|org|pax|persen|percent|cm|kg|km|m2|menit|wpm|slot|kuota|pria|wanita|hb(?![a-z])|pukul)"
)
_ORDINAL = re.compile(r"(?:tgl|tanggal|pukul|jam|usia|umur|ke|no|nomor|pasal|uu|wa|hp|telp?)[.: -]{0,2}$")


def amounts(text: str) -> Iterator[Amount]:
    """The amounts of a folded text in order, ranges as one; bare numbers too, to be judged by their place."""
    found = sorted([*_in_digits(text), *_in_words(text), *_vague(text)], key=lambda one: (one.start, -one.end))
    held: Amount | None = None
    for one in found:
        if held is None:
            held = one
        elif one.start >= held.end:
            joined = _joined(held, one, text)
            if joined is None:
                yield _with_currency(held)
            held = joined or one
    if held is not None:
        yield _with_currency(held)


def _in_digits(text: str) -> Iterator[Amount]:
    for match in _NUMBER.finditer(text):
        if _ZERO_LED.match(match["digits"]):
            continue
        start, sign = sign_before(text, match.start())
        if _inside_word(text, start, match.end()):
            continue
        scale, after = SCALES.get(match["scale"], 0), match["after"] or ""
        bare = not (scale or sign or after)
        if bare and _is_counted(text, start, match.end()):
            continue
        value = _value(match, scale)
        if value <= AMOUNT_MAX:
            currency = "" if bare else currency_of(sign) or currency_of(after)
            yield Amount(
                start=start, end=match.end(), minimum=value, maximum=value, currency=currency, scale=scale, bare=bare
            )


def _value(match: re.Match[str], scale: int) -> Decimal:
    value = written(match["digits"], millions=scale == _MILLIONS)
    if match["more"]:
        value += Decimal(match["more"]) / 10
    return value.scaleb(scale) + Decimal(match["rest"] or 0) * 1000


def _inside_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if after.isalnum() or after in {"%", "@", "_"} or before.isalnum() or before in {"_", "@", "#"}:
        return True
    return before in {".", ","} and text[max(0, start - 2) : start - 1].isdigit()


def _is_counted(text: str, start: int, end: int) -> bool:
    return bool(_COUNTED.match(text, end) or _ORDINAL.search(text[max(0, start - _LOOK_BACK) : start]))


def _in_words(text: str) -> Iterator[Amount]:
    if not any(word in text for word in _UNIT_WORDS) or not _WORDED_UNIT.search(text):
        return
    for match in _WORDED.finditer(text):
        words, after = match["words"], match["after"] or ""
        scale = max((SCALES.get(word, 0) for word in _BETWEEN_WORDS.split(words)), default=0)
        value = spoken(words) if scale or after or words in _MILLION_WORDS else Decimal(0)
        if value:
            currency = currency_of(after)
            yield Amount(
                start=match.start(), end=match.end(), minimum=value, maximum=value, currency=currency, scale=scale
            )


def _vague(text: str) -> Iterator[Amount]:
    if not any(word in text for word in _VAGUE_WORDS):
        return
    for match in _VAGUE.finditer(text):
        least, scale = _by_places(match) if match["places"] else _by_count(match)
        if least:
            yield Amount(
                start=match.start(),
                end=match.end(),
                minimum=least,
                maximum=None,
                currency=currency_of(match["after"] or ""),
                scale=scale,
            )


def _by_places(match: re.Match[str]) -> tuple[Decimal, int]:
    """The least number of so many digits: two or three of them are said of millions of rupiah."""
    places = _PLACES.get(match["places"]) or int(match["places"])
    scale = _MILLIONS if match["million"] or places <= _PLACES_IN_MILLIONS else 0
    return Decimal(10).scaleb(places - 2 + scale), scale


def _by_count(match: re.Match[str]) -> tuple[Decimal, int]:
    scale = SCALES.get(match["scale"], 0)
    least = _COUNTS[match["count"]] if scale or match["after"] else 0
    return Decimal(least).scaleb(scale), scale


def _joined(first: Amount, second: Amount, text: str) -> Amount | None:
    """The range of two amounts with "to" between them, which share the unit that only one names; None if no range."""
    if first.maximum != first.minimum or second.maximum is None or not _TO.fullmatch(text, first.end, second.start):
        return None
    if first.currency and second.currency and first.currency != second.currency:
        return None
    shared = first.minimum.scaleb(second.scale) if not first.scale else first.minimum
    low = shared if shared <= second.maximum else first.minimum
    if low > second.maximum or (second.bare and first.scale):
        return None
    return replace(
        first,
        end=second.end,
        minimum=low,
        maximum=second.maximum,
        currency=first.currency or second.currency,
        scale=max(first.scale, second.scale),
        bare=first.bare and second.bare,
    )


def _with_currency(amount: Amount) -> Amount:
    """Millions without a currency are rupiah, and so are thousands too many to be another currency's."""
    millions = amount.scale >= _MILLIONS or (amount.scale > 0 and amount.minimum >= _RUPIAH_MIN)
    return replace(amount, currency="IDR") if millions and not amount.currency else amount
