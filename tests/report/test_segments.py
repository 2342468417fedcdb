from hypothesis import given
from hypothesis import strategies as st

from screener.report.segments import LONG_TEXT, NumberedSpan, segment

_PAIRS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=8)


def _spans(*places: tuple[int, int]) -> list[NumberedSpan]:
    return [NumberedSpan(number=number, start=start, end=end) for number, (start, end) in enumerate(places, 1)]


def test_overlapping_spans_are_cut_at_every_edge() -> None:
    cut = segment("abcdef", _spans((0, 4), (2, 6)))
    assert [(part.text, part.numbers, part.ends) for part in cut] == [
        ("ab", (1,), ()),
        ("cd", (1, 2), (1,)),
        ("ef", (2,), (2,)),
    ]


@given(st.text(min_size=80, max_size=80), _PAIRS)
def test_the_segments_are_the_text_and_carry_each_span(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = _spans(*((start, start + length) for start, length in pairs))
    cut = segment(text, spans)
    assert "".join(part.text for part in cut) == text
    for span in spans:
        words = "".join(part.text for part in cut if span.number in part.numbers)
        assert words == text[span.start : span.end]
        assert sum(span.number in part.ends for part in cut) == 1


def test_no_character_of_a_long_text_goes_uncounted() -> None:
    cut = segment("a" * 20_000, _spans((9_000, 9_010), (15_000, 15_010)))
    assert sum(len(part.text) + part.left_out for part in cut) == 20_000
    assert sum(len(part.text) for part in cut) <= LONG_TEXT
    assert {number for part in cut for number in part.numbers} == {1, 2}


def test_the_most_important_flags_of_a_long_text_are_shown_first() -> None:
    cut = segment("a" * 90_000, _spans(*((place * 2_000, place * 2_000 + 9) for place in range(1, 40))))
    shown = {number for part in cut for number in part.numbers}
    assert {1, 2, 3, 4, 5, 6} == shown


def test_a_text_at_the_limit_is_whole_and_one_more_is_cut() -> None:
    assert [part.left_out for part in segment("a" * LONG_TEXT, [])] == [0]
    assert [part.left_out for part in segment("a" * (LONG_TEXT + 1), [])] == [0, 1]


def test_an_empty_text_has_no_segments() -> None:
    assert segment("", []) == []
