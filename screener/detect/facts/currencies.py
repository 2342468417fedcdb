"""The signs and names of currencies in ads, before an amount ("RM1.800", "NT$ 20,000") and after it ("800 dolar")."""

import re

SHARED_NAMES = {
    "dollar": "USD",
    "riyal": "SAR",
    "dinar": "KWD",
    "peso": "PHP",
    "pound": "GBP",
    "lira": "TRY",
    "franc": "CHF",
}
"""Names that several countries' currencies bear, each with the one that ads mean when no country is named."""

_CODES = (
    "idr myr twd hkd sgd bnd aud nzd cad usd sar aed qar kwd omr bhd jod jpy krw cny eur gbp pln try thb php vnd mop"
    " khr mmk lak czk huf ron bgn chf nok sek dkk"
)
_SIGNS = {
    "IDR": "rp|rupiah|perak",
    "MYR": "rm|ringgit",
    "TWD": "nt$|ntd|nt|nt dolar|nt dollar|dolar taiwan|dollar taiwan|taiwan dollar|taiwan dollars",
    "HKD": "hk$|dolar hongkong|dolar hong kong|dollar hongkong|hong kong dollar|hong kong dollars",
    "SGD": "s$|sg$|dolar singapura|dolar singapore|dollar singapura|singapore dollar|singapore dollars|sing dollar",
    "BND": "b$|bn$|dolar brunei|dollar brunei|brunei dollar|brunei dollars",
    "AUD": "a$|au$|dolar australia|dollar australia|australian dollar|australian dollars",
    "NZD": "nz$|dolar selandia baru|new zealand dollar|new zealand dollars",
    "CAD": "c$|ca$|dolar kanada|dollar kanada|canadian dollar|canadian dollars",
    "USD": "us$|us|dolar us|dolar amerika|dollar us|dollar amerika|us dollar|us dollars|usdt",
    "dollar": "$|dolar|dollar|dollars|dolarr|dollarr|bucks",
    "riyal": "riyal|riyals|reyal|rial|real|sr",
    "QAR": "riyal qatar|qatari riyal|qr",
    "OMR": "rial oman|riyal oman|omani rial",
    "AED": "dirham|dirhams|dhs|dh",
    "dinar": "dinar|dinars",
    "KWD": "kd|dinar kuwait|kuwaiti dinar",
    "BHD": "bd|dinar bahrain",
    "JPY": "¥|yen|jp¥",
    "KRW": "₩|won",
    "CNY": "rmb|yuan|cny",
    "EUR": "€|euro|euros|eur",
    "pound": "pound|pounds",
    "GBP": "£|poundsterling|pound sterling",
    "PLN": "zloty|zl|złoty",
    "THB": "฿|baht|bath",
    "peso": "peso|pesos|₱",
    "VND": "₫|dong",
    "MOP": "mop$|pataca",
    "HUF": "forint|ft",
    "lira": "lira|₺",
    "franc": "franc|francs",
    "TRY": "tl",
}
# Too short or too common a word to be a currency on the wrong side of a number.
_NEVER_BEFORE = {"perak", "us", "won", "real", "bucks", "ft", "tl", "bath", "dong", "bd", "dh", "pound", "zl", "nt"}
_NEVER_AFTER = {"rp", "sr", "qr", "c$", "a$", "b$", "s$", "ft", "bd"}

_NAMES = {name: code for code, names in _SIGNS.items() for name in names.split("|")}
_NAMES |= {code: code.upper() for code in _CODES.split()}


_BEFORE_NAMES = set(_NAMES) - _NEVER_BEFORE
_SIGN_BEFORE = re.compile(r"(?<![a-z])(?P<name>[a-z]{0,3}[$€£¥₩฿₱₫₺]|[a-z]{2,7})[. :]{0,2}$")
_REACH = 10


def _any_of(names: set[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


AFTER = rf"(?:{_any_of(set(_NAMES) - _NEVER_AFTER)})(?![a-z$])"
"""A pattern for what may follow a number."""


def sign_before(text: str, offset: int) -> tuple[int, str]:
    """Where the sign of a currency right before an offset starts, and the sign; the offset and "" without one."""
    first = max(0, offset - _REACH)
    match = _SIGN_BEFORE.search(text[first:offset])
    if match and match["name"] in _BEFORE_NAMES:
        return first + match.start(), match["name"]
    return offset, ""


def currency_of(sign: str) -> str:
    """The ISO 4217 code of a sign or name in lower case, a key of SHARED_NAMES, or "" for no sign at all."""
    return _NAMES.get(" ".join(sign.strip(" .:").split()), "")
