"""Characters that fool the eye become visible tokens, and addresses become text that opens nowhere."""

import re
import unicodedata

_MARKS_MAX = 4
# Invisible though their category does not say so: fillers, the empty Braille cell, vowels, tags, selectors.
_INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2028\u2029\u2065\u2800\u3164\uffa0\ufe00-\ufe0f\ufff0-\ufff8"
_CONTROL = "\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad"
_FORMAT = (
    "\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f"
    "\ufeff\ufff9-\ufffb"
)
_UNPRINTABLE = "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff"
_ASTRAL = (
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U0010ffff"
)
_PLANE_ENDS = "".join(chr(plane << 16 | end) for plane in range(1, 15) for end in (0xFFFE, 0xFFFF))
_HIDDEN = re.compile(f"[{_CONTROL}{_FORMAT}{_INVISIBLE}{_UNPRINTABLE}{_ASTRAL}{_PLANE_ENDS}]")
_MARKS = re.compile(
    f"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{{{_MARKS_MAX},}}"
)
_EMOJI_GLUE = {"\u200d", "\ufe0e", "\ufe0f"}
_URL = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]+):(?P<slashes>//)?(?P<host>[^/?#\\]*)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_WEB_SCHEME = re.compile(r"h(tt)p(?=s?:)", re.IGNORECASE)


def show(text: str) -> str:
    """The text with control, bidi, zero-width, private and unpaired characters as tokens such as ‹U+202E›.

    Line feeds, tabs, and joiners and selectors inside emoji stay; piles of combining marks are cut at four.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _MARKS.sub(_cut_marks, _HIDDEN.sub(_token, text))


def defang_inside(text: str) -> str:
    """The text, of the same length, with http as hxxp wherever an address begins."""
    return _WEB_SCHEME.sub(lambda match: match[0].replace("t", "x").replace("T", "X"), text)


def defang(url: str) -> str:
    """The address as text that opens nowhere: hxxp for http, scheme[:] for others, hosts in punycode."""
    match = _URL.fullmatch(url.strip())
    if match is None:
        return url
    scheme, host = match["scheme"], ".".join(map(_ascii_label, match["host"].split(".")))
    if scheme.lower() in {"http", "https"}:
        return f"{defang_inside(scheme + ':')}{match['slashes'] or ''}{host}{match['rest']}"
    return f"{scheme}[:]{match['slashes'] or ''}{host}{match['rest']}"


def _ascii_label(label: str) -> str:
    # The codec "idna" refuses labels that a hostile page may carry; this never does, nor shows a look-alike.
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def _token(match: re.Match[str]) -> str:
    character = match[0]
    if character in _EMOJI_GLUE and _after_symbol(match.string, match.start()):
        return character
    return f"‹U+{ord(character):04X}›"


def _after_symbol(text: str, place: int) -> bool:
    before = text[place - 1 : place]
    if before in _EMOJI_GLUE:
        before = text[place - 2 : place - 1]
    return bool(before) and (unicodedata.category(before) in {"So", "Sk", "Sm"} or before in "#*0123456789‼⁉〰〽")


def _cut_marks(match: re.Match[str]) -> str:
    return f"{match[0][: _MARKS_MAX - 1]}‹+{len(match[0]) - _MARKS_MAX + 1} combining marks›"
