"""The kinds of disguise: each takes a word and returns it changed, or as it was when it cannot be done to it."""

import random
import unicodedata
from collections.abc import Callable, Mapping, Sequence

Make = Callable[[str, random.Random], str]

_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
_BIDI = "\u200e\u200f\u202a\u2066"
_SOFT_HYPHEN = "\u00ad"
_COMBINING = "\u0301\u0308\u0335\u0336\u0323\u0332"
_VOWELS = "aeiou"
_LEET = {
    "a": "4@", "e": "3", "i": "1!|", "o": "0", "s": "5$", "u": "v", "g": "9", "b": "8", "t": "7", "l": "1|", "z": "2",
}  # fmt: skip
_HOMOGLYPHS = {
    "a": "аα", "c": "сϲ", "e": "еε", "i": "іι", "j": "ј", "k": "кκ", "m": "м", "n": "η", "o": "оο", "p": "рρ",
    "s": "ѕ", "t": "тτ", "u": "υ", "v": "ѵν", "w": "ԝω", "x": "хχ", "y": "уγ", "h": "һ", "d": "ԁ", "b": "Ь",
}  # fmt: skip
_OCR = {"i": "l1", "l": "I1", "o": "0", "m": ("rn",), "w": ("vv",)}
_SMALL_CAPITALS = dict(zip("abcdefghijklmnopqrtuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀᴛᴜᴠᴡʏᴢ", strict=True))
_STYLES = (
    "MATHEMATICAL BOLD {}", "MATHEMATICAL ITALIC {}", "MATHEMATICAL SANS-SERIF BOLD {}", "MATHEMATICAL BOLD SCRIPT {}",
    "MATHEMATICAL MONOSPACE {}", "MATHEMATICAL BOLD FRAKTUR {}", "MATHEMATICAL DOUBLE-STRUCK {}",
)  # fmt: skip
_ENCLOSED = (
    "CIRCLED LATIN SMALL LETTER {}", "NEGATIVE CIRCLED LATIN CAPITAL LETTER {}",
    "SQUARED LATIN CAPITAL LETTER {}", "NEGATIVE SQUARED LATIN CAPITAL LETTER {}",
)  # fmt: skip
_COUNTRIES = {
    "kamboja": "KH", "cambodia": "KH", "myanmar": "MM", "laos": "LA", "thailand": "TH", "malaysia": "MY",
    "singapura": "SG", "singapore": "SG", "taiwan": "TW", "hongkong": "HK", "jepang": "JP", "japan": "JP",
    "korea": "KR", "dubai": "AE", "saudi": "SA", "oman": "OM", "turki": "TR", "polandia": "PL", "filipina": "PH",
    "vietnam": "VN", "kuwait": "KW", "qatar": "QA", "china": "CN", "australia": "AU", "irak": "IQ",
}  # fmt: skip
_NICKNAMES = {"kamboja": ("negara K", "KPS", "Cambo", "kmbj"), "cambodia": ("Cambo", "KPS"), "sihanoukville": ("KPS",)}
_NUMBER_WORDS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
_SPELLED_SHARE = 0.5
_SWAPPED_SHARE = 0.4


def _cut(word: str, chance: random.Random) -> int:
    """A place within a word."""
    return chance.randrange(1, len(word))


def _swapped(table: Mapping[str, Sequence[str]]) -> Make:
    """At least one letter of a table, and each further one by chance, for another."""

    def make(word: str, chance: random.Random) -> str:
        places = [at for at, letter in enumerate(word) if letter.lower() in table]
        sure = chance.choice(places) if places else -1
        return "".join(
            chance.choice(table[letter.lower()])
            if at == sure or (at in places and chance.random() < _SWAPPED_SHARE)
            else letter
            for at, letter in enumerate(word)
        )

    return make


def _inserted(signs: str) -> Make:
    """A sign within the word."""

    def make(word: str, chance: random.Random) -> str:
        at = _cut(word, chance)
        return f"{word[:at]}{chance.choice(signs)}{word[at:]}"

    return make


def _dressed(styles: Sequence[str]) -> Make:
    """Every letter in one of the dresses of Unicode; letters that a dress lacks stay."""

    def make(word: str, chance: random.Random) -> str:
        style = chance.choice(styles)
        return "".join(_in_dress(letter, style) for letter in word)

    return make


def _in_dress(letter: str, style: str) -> str:
    case = "CAPITAL" if letter.isupper() else "SMALL"
    name = style.format(letter.upper() if "LETTER" in style else f"{case} {letter.upper()}")
    try:
        return unicodedata.lookup(name)
    except KeyError:
        return letter


def _bidi(word: str, chance: random.Random) -> str:
    return f"\u202e{word[::-1]}\u202c" if chance.random() < _SPELLED_SHARE else _inserted(_BIDI)(word, chance)


def _starred(word: str, chance: random.Random) -> str:
    places = [at for at in range(1, len(word) - 1) if word[at].lower() in _VOWELS]
    at = chance.choice(places) if places else 0
    return f"{word[:at]}*{word[at + 1 :]}" if places else word


def _spaced(word: str, _: random.Random) -> str:
    return " ".join(word)


def _dotted(word: str, chance: random.Random) -> str:
    return chance.choice(".-_·").join(word)


def _stretched(word: str, chance: random.Random) -> str:
    at = max((at for at, letter in enumerate(word) if letter.lower() in _VOWELS), default=-1)
    return word[:at] + word[at] * chance.randint(3, 6) + word[at + 1 :] if at >= 0 else word


def _split(word: str, chance: random.Random) -> str:
    at = chance.randrange(2, len(word) - 1)
    return f"{word[:at]}{chance.choice((' ', ' ', chr(10), f'-{chr(10)}'))}{word[at:]}"


def _full_width(word: str, _: random.Random) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) for letter in word)


def _small_capitals(word: str, _: random.Random) -> str:
    return "".join(_SMALL_CAPITALS.get(letter.lower(), letter) for letter in word)


def _combining(word: str, chance: random.Random) -> str:
    mark = chance.choice(_COMBINING)
    return "".join(letter + mark for letter in word)


def _soft_hyphens(word: str, chance: random.Random) -> str:
    return _inserted(_SOFT_HYPHEN)(word, chance)


def _mixed_case(word: str, chance: random.Random) -> str:
    return "".join(chance.choice((letter.lower(), letter.upper())) for letter in word)


def _doubled(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def _reversed(word: str, _: random.Random) -> str:
    return word[::-1]


def _flag(word: str, _: random.Random) -> str:
    code = _COUNTRIES.get(word.lower(), "")
    return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in code) or word


def _nickname(word: str, chance: random.Random) -> str:
    return chance.choice(_NICKNAMES.get(word.lower(), (word,)))


def _number(word: str, chance: random.Random) -> str:
    """A telephone number with letters for digits, or spelled."""
    if chance.random() < _SPELLED_SHARE:
        return word.replace("0", "O").replace("1", "l")
    return " ".join(_NUMBER_WORDS[int(digit)] for digit in word if digit.isdigit())


def _of_words(make: Make, least: int) -> Make:
    """A kind that is done to words of some letters and more."""
    return lambda word, chance: make(word, chance) if len(word) >= least and word.isalpha() else word


def _of_numbers(make: Make) -> Make:
    return lambda word, chance: word if word.isalpha() else make(word, chance)


KINDS: Mapping[str, Make] = {
    "zero-width": _of_words(_inserted(_ZERO_WIDTH), 3),
    "bidi": _of_words(_bidi, 4),
    "homoglyphs": _of_words(_swapped(_HOMOGLYPHS), 3),
    "leet": _of_words(_swapped(_LEET), 4),
    "asterisks": _of_words(_starred, 5),
    "spaced out": _of_words(_spaced, 4),
    "dotted out": _of_words(_dotted, 4),
    "stretched": _of_words(_stretched, 4),
    "split": _of_words(_split, 5),
    "full-width": _of_words(_full_width, 3),
    "styled": _of_words(_dressed(_STYLES), 3),
    "enclosed": _of_words(_dressed(_ENCLOSED), 3),
    "small capitals": _of_words(_small_capitals, 3),
    "combining marks": _of_words(_combining, 3),
    "soft hyphens": _of_words(_soft_hyphens, 3),
    "mixed case": _of_words(_mixed_case, 3),
    "doubled": _of_words(_doubled, 6),
    "misread": _of_words(_swapped(_OCR), 5),
    "reversed": _of_words(_reversed, 6),
    "flags": _of_words(_flag, 4),
    "nicknames": _of_words(_nickname, 4),
    "numbers": _of_numbers(_number),
}
"""Every kind by its name."""
