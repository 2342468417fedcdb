"""Telephone numbers spelled out in Indonesian, Malay or English words, alone or mixed with digits."""

import re
from collections.abc import Iterator

from screener.extract.finds import Find
from screener.extract.numbers import DIGITS_MAX, international, mobile

WORDS_MIN = 3
GAP_MAX = 4

_WORDS = {
    "0": "nol kosong zero sifar",
    "1": "satu one",
    "2": "dua two",
    "3": "tiga three",
    "4": "empat four",
    "5": "lima five",
    "6": "enam six",
    "7": "tujuh seven",
    "8": "delapan lapan eight",
    "9": "sembilan nine",
}
_DIGIT = {word: digit for digit, words in _WORDS.items() for word in words.split()}
_WORD = re.compile("|".join(sorted(_DIGIT, key=len, reverse=True)))
_TOKEN = re.compile(rf"(?<![a-z])(?:{_WORD.pattern}){{1,15}}(?![a-z])|\d{{1,15}}")
_PLAUSIBLE = re.compile(r"0?8[1-9]\d{6}|62\d{7}")
_HARD = re.compile(r"\n|[a-z]")


def spelled_phones(plain: str) -> Iterator[Find]:
    """The numbers of a folded text of which at least three digits are spelled; kind phone, E.164."""
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(plain):
        if run and not _continues(plain[run[-1].end() : token.start()]):
            yield from _number(plain, run)
            run = []
        run.append(token)
    yield from _number(plain, run)


def _continues(gap: str) -> bool:
    return len(gap) <= GAP_MAX and not _HARD.search(gap)


def _number(plain: str, run: list[re.Match[str]]) -> Iterator[Find]:
    """The longest part of a run that is a number, from the left."""
    spelled = [token[0] for token in run if not token[0].isdecimal()]
    if sum(len(_WORD.findall(word)) for word in spelled) < WORDS_MIN:
        return
    start = 0
    while start < len(run):
        end, value = _longest(plain, run, start)
        if value:
            yield Find("phone", value, _plus(plain, run[start].start()), run[end - 1].end())
        start = end


def _longest(plain: str, run: list[re.Match[str]], start: int) -> tuple[int, str | None]:
    digits = [_digits(token[0]) for token in run[start : start + DIGITS_MAX]]
    signed = _plus(plain, run[start].start()) < run[start].start()
    if signed or _PLAUSIBLE.match("".join(digits)):
        for count in range(len(digits), 0, -1):
            if value := _value("".join(digits[:count]), signed=signed):
                return start + count, value
    return start + 1, None


def _value(number: str, *, signed: bool) -> str | None:
    if signed or number.startswith("62"):
        return international(number)
    return mobile(number if number.startswith("0") else f"0{number}")


def _digits(token: str) -> str:
    return (
        "".join(str(int(c)) for c in token)
        if token.isdecimal()
        else "".join(_DIGIT[word] for word in _WORD.findall(token))
    )


def _plus(plain: str, start: int) -> int:
    return start - 1 if start and plain[start - 1] == "+" else start
