"""Megabytes of what a hostile or broken page may hold."""

import random
from collections.abc import Mapping

MEGABYTE = 1_000_000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_UNITS = {
    "one letter": "a",
    "blanks": " ",
    "lines": "\n",
    "one digit": "7",
    "emoji": "😀",
    "flags": "🇰🇭",
    "lone flag letters": "🇰 ",
    "zero-width spaces": "\u200b",
    "lone surrogates": "\ud800",
    "accents": "a\u0301",
    "hidden letters": "k\u200b",
    "mixed alphabets": "kа",
    "overrides": "\u202erops",
    "brackets": "(",
    "nested brackets": "([{",
    "quotation marks": '"',
    "alternating signs": "+-",
    "bullets": "\n- ",
    "spaced letters": "g ",
    "dotted letters": "g.",
    "hyphened letters": "a-",
    "stars": "* ",
    "starred words": "k*mb*ja ",
    "leet": "p4sp0r ",
    "leet in one": "l1v0",
    "exclamations": "gaji!",
    "split words": "ka mbo ja ",
    "misread words": "rnl1",
    "stretched": "aab",
    "telephones": "0812-",
    "lettered telephones": "+6O8l2",
    "dates": "1/1/2024 ",
    "amounts": "5 juta ",
    "negations": "tidak ",
    "flagged words": "paspor dipegang ",
}
# After the idea of the Big List of Naughty Strings, own selection: what breaks parsers, printers and expressions.
_ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
_NAUGHTY = " ".join(
    (
        "undefined null NaN 1E+02 0x0 1/0 \x00\x01\x7f\ufeff\ufffe %s%n%d {0} ${HOME} `ls` ../../etc/passwd",
        "<script>alert(1)</script> ' OR 1=1 -- \u2028\u2029 ﷽ ﬃ ǆ İı ß ẞ K Ω ½ ٠١٢ ๑๒ ①② Ｔｈｅ 𝐪𝐮𝐢𝐜𝐤 ʇɐɥʇ",
        f"Z̮̞̠͙͔ͅA̷ 👩‍👩‍👧‍👦 {_ENGLAND} 1️⃣🔟🅱️ \U0010ffff 社會科學院語學研究所 ทำงานที่กัมพูชา Работа العمل في الخارج",
        "\u202eevil\u202c \ud83d alone",
    )
)


def _random_words(letters: str) -> str:
    chance = random.Random(7)  # noqa: S311  no secret is made of it
    return " ".join("".join(chance.choices(letters, k=chance.randint(3, 9))) for _ in range(MEGABYTE // 5))[:MEGABYTE]


def megabytes() -> Mapping[str, str]:
    """A million characters of each kind, by the name of the kind."""
    repeated = {**_UNITS, "naughty strings": _NAUGHTY}
    return {
        **{name: (unit * (MEGABYTE // len(unit) + 1))[:MEGABYTE] for name, unit in repeated.items()},
        "brackets that close": "(" * (MEGABYTE // 2) + ")" * (MEGABYTE // 2),
        "different words": _random_words(_LETTERS),
        "different leet words": _random_words("abcdegijkmnoprstu0134@!"),
        "different starred words": _random_words("abdegijkmnoprstu*"),
    }
