"""Text and values in a form that every database keeps, and that comes back exactly as it was.

A lone surrogate cannot be written as UTF-8, and PostgreSQL refuses NUL. Both are stored as U+001A and four
hex digits, and so is U+001A itself: nothing is lost, and all other text stays readable in SQL.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from screener.errors import ItemError
from screener.records import SkipReason

# Python reads JSON some 900 levels deep; no row of a table needs more than this.
DEPTH_MAX = 100
_UNSAFE = re.compile("[\x00\x1a\ud800-\udfff]")
_ESCAPED = re.compile("\x1a([0-9a-f]{4})")
_TAG = "$"
_REVIVE: Mapping[str, Callable[..., object]] = {
    "tuple": tuple,
    "decimal": Decimal,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "pairs": dict,
}


def escape(text: str) -> str:
    """The text without NUL, U+001A and lone surrogates; `unescape` gives the original back."""
    return _UNSAFE.sub(lambda found: f"\x1a{ord(found[0]):04x}", text)


def unescape(text: str) -> str:
    """The original of a text that `escape` made."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def dumps(value: object) -> str:
    """The value as JSON from which `loads` makes an equal one.

    Raises ItemError when it is nested deeper than DEPTH_MAX, or holds a type that no input file can bring.
    """
    try:
        return json.dumps(_plain(value, 0), ensure_ascii=False, separators=(",", ":"))
    except ValueError as error:  # an integer longer than Python's limit for decimal digits
        raise ItemError(SkipReason.BAD_ROW, f"a value cannot be stored: {error}") from error


def loads(text: str) -> object:
    """The value that `dumps` was given; raises ValueError when the text is damaged."""
    return json.loads(text, object_hook=_revived)


def digest(value: object) -> str:
    """The hex SHA-256 of a value: equal digests mean equal values."""
    return hashlib.sha256(escape(dumps(value)).encode()).hexdigest()


def _plain(value: object, depth: int) -> object:
    if depth > DEPTH_MAX:
        raise ItemError(SkipReason.BAD_ROW, f"a value is nested deeper than {DEPTH_MAX} levels")
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, list):
        return [_plain(part, depth + 1) for part in value]
    if isinstance(value, Mapping):
        return _plain_mapping(value, depth)
    return _tagged(value, depth)


def _plain_mapping(mapping: Mapping[object, object], depth: int) -> object:
    # JSON has only texts as keys: csv.DictReader keeps surplus cells under None.
    if _TAG in mapping or not all(isinstance(key, str) for key in mapping):
        pairs = [[_plain(key, depth + 1), _plain(value, depth + 1)] for key, value in mapping.items()]
        return {_TAG: "pairs", "of": pairs}
    return {key: _plain(value, depth + 1) for key, value in mapping.items()}


def _tagged(value: object, depth: int) -> object:
    if isinstance(value, tuple):
        return {_TAG: "tuple", "of": [_plain(part, depth + 1) for part in value]}
    if isinstance(value, Decimal):
        return {_TAG: "decimal", "of": str(value)}
    if isinstance(value, datetime):  # before date, of which it is a kind
        return {_TAG: "datetime", "of": value.isoformat()}
    if isinstance(value, date):
        return {_TAG: "date", "of": value.isoformat()}
    raise ItemError(SkipReason.BAD_ROW, f"a value of type {type(value).__name__} cannot be stored")


def _revived(mapping: dict[str, object]) -> object:
    if _TAG not in mapping:
        return mapping
    tag = mapping[_TAG]
    if not isinstance(tag, str) or tag not in _REVIVE:
        raise ValueError(f"unknown kind of value: {tag!r}")
    return _REVIVE[tag](mapping["of"])
