from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.errors import ItemError
from screener.records import SkipReason
from screener.store import codec

ANY_TEXT = st.text(st.characters())
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | ANY_TEXT,
    lambda part: st.lists(part, max_size=4) | st.dictionaries(ANY_TEXT, part, max_size=4),
    max_leaves=12,
)


@given(ANY_TEXT)
def test_any_text_comes_back_from_its_escaped_form(text: str) -> None:
    escaped = codec.escape(text)
    assert codec.unescape(escaped) == text
    assert "\x00" not in escaped
    escaped.encode()


@given(ANY_TEXT, ANY_TEXT)
def test_two_texts_never_share_an_escaped_form(one: str, other: str) -> None:
    assert (codec.escape(one) == codec.escape(other)) is (one == other)


@given(JSON)
def test_any_json_value_comes_back_equal(value: object) -> None:
    assert codec.loads(codec.dumps(value)) == value


@pytest.mark.parametrize(
    "value",
    [
        (1, ("a", None)),
        Decimal("1E+3"),
        datetime(2026, 11, 1, 8, 30, tzinfo=UTC),
        date(2026, 11, 1),
        {None: ["surplus"], "a": 1},
        {"$": "tuple", "of": [1]},
        {"a": {"$": "unknown"}},
        "\ud83d\ude00",
    ],
    ids=["tuple", "decimal", "datetime", "date", "none-key", "like-a-tag", "inner-tag", "split-pair"],
)
def test_a_value_beyond_json_comes_back_equal_and_of_its_type(value: object) -> None:
    found = codec.loads(codec.dumps(value))
    assert found == value
    assert type(found) is type(value)


def test_equal_amounts_written_otherwise_have_other_digests() -> None:
    assert codec.digest(Decimal("1.0")) != codec.digest(Decimal("1.00"))


def _nested(levels: int) -> object:
    value: object = "x"
    for _ in range(levels):
        value = [value]
    return value


def test_a_value_at_the_depth_limit_is_stored() -> None:
    value = _nested(codec.DEPTH_MAX)
    assert codec.loads(codec.dumps(value)) == value


@pytest.mark.parametrize(
    "make",
    [lambda: _nested(codec.DEPTH_MAX + 1), lambda: _nested(5000), object, lambda: 10**5000],
    ids=["one-too-deep", "far-too-deep", "unknown-type", "endless-integer"],
)
def test_a_value_that_cannot_be_stored_spoils_only_its_row(make: Callable[[], object]) -> None:
    with pytest.raises(ItemError) as caught:
        codec.dumps({"column": make()})
    assert caught.value.reason is SkipReason.BAD_ROW


@pytest.mark.parametrize("text", ["", "{", '{"$":"pickle","of":1}', '{"$":["list"],"of":1}'])
def test_a_damaged_value_raises(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        codec.loads(text)
