"""schema.org baseSalary to Money: MonetaryAmount, QuantitativeValue, numbers, and pay written as text."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal

from screener.records import NOT_STATED, Money

QUOTE_MAX = 300
AMOUNT_MAX = Decimal(10) ** 12
_WRITTEN_DIGITS_MAX = 15

_PERIODS = {
    "hour": "hour|hourly|hr|jam|sejam",
    "day": "day|daily|hari|harian|sehari|hr kerja",
    "week": "week|weekly|minggu|mingguan|seminggu",
    "month": "month|monthly|mon|bulan|bulanan|sebulan|perbulan|bln|bl",
    "year": "year|yearly|annual|annually|annum|ann|tahun|tahunan|setahun|thn",
    "piece": "piece|unit|borongan|ton|tan|kg|potong",
}
_PERIOD = {word: period for period, words in _PERIODS.items() for word in words.split("|")}
_CURRENCIES = {
    "IDR": r"rp\.?|rupiah",
    "MYR": r"rm|ringgit",
    "TWD": r"nt\$|ntd?|nt dolar",
    "HKD": r"hk\$",
    "SGD": r"s\$",
    "BND": r"b\$",
    "AUD": r"a\$|au\$",
    "NZD": r"nz\$",
    "CAD": r"c\$|ca\$",
    "USD": r"us\$|\$|dolar|dollars?",
    "SAR": r"riyal|reyal",
    "AED": r"dirham",
    "KWD": r"dinar",
    "JPY": r"¥|yen",
    "KRW": r"₩|won",
    "EUR": r"€|euro",
    "GBP": r"£",
    "PLN": r"zloty|zł",
    "TRY": r"lira|₺",
}
_ISO_4217 = re.compile(
    r"(?<![a-z])(idr|myr|twd|hkd|sgd|bnd|aud|nzd|cad|usd|sar|aed|qar|kwd|omr|bhd|jod|jpy|krw|cny|eur|gbp|pln|try|thb|php|vnd"
    r"|mop|khr|mmk|lak|czk|huf|ron|bgn)(?![a-z])"
)
_SIGNS = tuple(
    (code, re.compile(rf"(?<![a-z])(?:{signs})(?![a-z])" if signs[-1].isalpha() else signs))
    for code, signs in _CURRENCIES.items()
)
_SCALES = {"juta": 6, "jt": 6, "million": 6, "ribu": 3, "rb": 3, "k": 3, "miliar": 9, "milyar": 9}
_AMOUNT = re.compile(
    r"(?<![\d.,])(\d{1,15}(?:[.,]\d{1,15}){0,5})\s?(juta|jt|million|ribu|rb|k|miliar|milyar)?(?![a-z]{4})"
)
_WORD = re.compile(r"[a-z]+")


def money(value: object, currency: object = None) -> Money | None:
    """The pay that a baseSalary states, or None when no amount can be read from it.

    Currency and period are "not stated" where the page does not say; amounts below zero or above 10^12 do not
    count.
    Source: schema.org MonetaryAmount and QuantitativeValue, and what Indonesian sites write instead.
    """
    if isinstance(value, list):
        return next((found for item in value[:10] if (found := money(item, currency))), None)
    if isinstance(value, str):
        return _written(value, currency)
    if isinstance(value, Mapping):
        return _declared(value, currency)
    return _money((_amount(value),), currency, None, _quote(value)) if isinstance(value, Decimal) else None


def _declared(node: Mapping[str, object], currency: object) -> Money | None:
    currency = node.get("currency") or node.get("salaryCurrency") or node.get("priceCurrency") or currency
    inner = node.get("value")
    inner = inner[0] if isinstance(inner, list) and inner else inner
    amounts = inner if isinstance(inner, Mapping) else node
    stated = (amounts.get("minValue"), amounts.get("maxValue"))
    if stated == (None, None):
        single = amounts.get("value")
        if isinstance(single, str) and not _amount(single):
            return _written(single, currency)
        stated = (single, single)
    period = amounts.get("unitText") or node.get("unitText") or amounts.get("unitCode")
    return _money((_amount(stated[0]), _amount(stated[1])), currency, period, _quote(node))


def _written(text: str, currency: object) -> Money | None:
    lower = text[:QUOTE_MAX].lower()
    matches = list(_AMOUNT.finditer(lower))[:2]
    scales = [match[2] for match in matches]
    # "15-20 juta": the unit after the second number counts for both.
    shared = scales[-1] if scales else None
    amounts = tuple(_scaled(match[1], match[2] or shared) for match in matches)
    period = next((word for word in _WORD.findall(lower) if word in _PERIOD), None)
    return _money(amounts, currency or _currency_in(lower), period, text[:QUOTE_MAX])


def _money(amounts: tuple[Decimal | None, ...], currency: object, period: object, quote: str) -> Money | None:
    known = sorted(amount for amount in amounts if amount is not None)
    if not known:
        return None
    return Money(
        minimum=known[0] if amounts[0] is not None else None,
        maximum=known[-1] if amounts[-1] is not None else None,
        currency=_code(currency),
        period=_period(period),
        quote=quote,
    )


def _amount(value: object) -> Decimal | None:
    if isinstance(value, str):
        match = _AMOUNT.fullmatch(value.strip().lower())
        return _scaled(match[1], match[2]) if match else None
    # Compared by exponent first: a number like 1E+999999 must not be written out.
    if not isinstance(value, Decimal) or not value.is_finite() or abs(value.adjusted()) > len(str(AMOUNT_MAX)):
        return None
    return value if 0 < value <= AMOUNT_MAX else None


def _scaled(digits: str, scale: str | None) -> Decimal | None:
    """A point or comma before exactly three digits parts thousands, any other one decimals."""
    groups = re.split(r"[.,]", digits)
    if len(groups) > 1 and (scale or len(groups[-1]) != 3):  # noqa: PLR2004  thousands come in threes
        digits = "".join(groups[:-1]) + "." + groups[-1]
    else:
        digits = "".join(groups)
    return _amount(Decimal(digits).scaleb(_SCALES[scale] if scale else 0))


def _code(currency: object) -> str:
    text = str(currency or "").strip().lower()[:20]
    return text.upper() if re.fullmatch(r"[a-z]{3}", text) else _currency_in(text) or NOT_STATED


def _currency_in(lower: str) -> str | None:
    if match := _ISO_4217.search(lower):
        return match[1].upper()
    return next((code for code, sign in _SIGNS if sign.search(lower)), None)


def _period(unit: object) -> str:
    words = _WORD.findall(str(unit or "").lower()[:60])
    return next((_PERIOD[word] for word in words if word in _PERIOD), NOT_STATED)


def _quote(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)[:QUOTE_MAX]


def _plain(value: object) -> object:
    """Numbers in a quote look as on the page, unless writing them out would be long."""
    if not isinstance(value, Decimal) or not value.is_finite() or abs(value.adjusted()) > _WRITTEN_DIGITS_MAX:
        return str(value)
    return int(value) if value == value.to_integral_value() else float(value)
