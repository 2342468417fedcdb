"""Numbers written as digits or as words, in Indonesian, Javanese, Sundanese, Malay and English."""

import re
from decimal import Decimal

SCALES = {
    "rb": 3, "rebu": 3, "ribu": 3, "ribuan": 3, "ewu": 3, "rebuan": 3, "k": 3, "thousand": 3, "rbuan": 3,
    "jt": 6, "jta": 6, "jeti": 6, "juta": 6, "yuta": 6, "jutaan": 6, "jtan": 6, "million": 6, "mio": 6, "jute": 6,
    "miliar": 9, "milyar": 9, "billion": 9,
}  # fmt: skip
_DIGITS = {
    "satu": 1, "one": 1, "dua": 2, "two": 2, "loro": 2, "rong": 2, "duo": 2, "tiga": 3, "three": 3, "telu": 3,
    "telung": 3, "tilu": 3, "empat": 4, "four": 4, "papat": 4, "patang": 4, "opat": 4, "lima": 5, "five": 5,
    "limang": 5, "lime": 5, "enam": 6, "six": 6, "enem": 6, "nem": 6, "genep": 6, "tujuh": 7, "seven": 7, "pitu": 7,
    "pitung": 7, "delapan": 8, "lapan": 8, "eight": 8, "wolu": 8, "wolung": 8, "dalapan": 8, "sembilan": 9, "nine": 9,
    "sanga": 9, "sangang": 9, "salapan": 9,
}  # fmt: skip
_WHOLE: dict[str, int | str] = {
    "sepuluh": 10, "sapuluh": 10, "ten": 10, "sebelas": 11, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "seratus": 100, "satus": 100,
    "siji": 1, "sabelas": 11, "rolas": 12, "telulas": 13, "patbelas": 14, "limolas": 15, "nembelas": 16, "pitulas": 17,
    "setengah": "0.5", "half": "0.5", "nol": 0, "zero": 0,
}  # fmt: skip
_ONES = {"sejuta": 6, "sayuta": 6, "seribu": 3, "sewu": 3, "sarebu": 3}
_TIMES = {"puluh": 10, "ratus": 100, "hundred": 100}
_THOUSANDS = 3
_ONE_SIGN = 2
_WORDS = {*_DIGITS, *_WHOLE, *_ONES, *_TIMES, "belas", "and"}
_WORD_SCALES = set(SCALES) - {"k"}


def _any_of(words: set[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


SCALE = rf"(?:{_any_of(set(SCALES))})"
WORDS = rf"(?:{_any_of({*_DIGITS, *_WHOLE, *_ONES})})(?:[ -](?:{_any_of(_WORDS | _WORD_SCALES)})(?![a-z])){{0,8}}"


def spoken(phrase: str) -> Decimal:
    """The value of a phrase of number words, scales included: "lima belas juta" is 15000000."""
    nought = Decimal(0)
    total = group = digit = nought
    for word in re.split(r"[ -]+", phrase.strip()):
        if word in SCALES or word in _ONES:
            counted = Decimal(1) if word in _ONES else group + digit
            total, group, digit = total + counted.scaleb(SCALES.get(word) or _ONES[word]), nought, nought
        elif word == "belas":
            group, digit = group + 10 + digit, nought
        elif word in _TIMES:
            group, digit = group + max(digit, Decimal(1)) * _TIMES[word], nought
        elif word in _WHOLE:
            group += Decimal(_WHOLE[word])
        else:
            digit = Decimal(_DIGITS.get(word, 0))
    return total + group + digit


def written(digits: str, *, millions: bool = False) -> Decimal:
    """The value of digits as ads write them, the letter o read as nought.

    A point or comma before exactly three digits parts thousands, any other one decimals; before a word for millions
    a single one always parts decimals.
    """
    groups = re.split(r"[.,]", digits.replace("o", "0"))
    in_threes = all(len(group) == _THOUSANDS for group in groups[1:])
    if len(groups) == 1 or (in_threes and not (millions and len(groups) == _ONE_SIGN)):
        return Decimal("".join(groups))
    return Decimal("".join(groups[:-1]) + "." + groups[-1])
