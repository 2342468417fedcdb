"""Flags meet marks of their indicator that they overlap, and are counted by who raised them."""

from dataclasses import replace

from screener.detect.proposed import RULE
from screener.records import Example, Flag, Mark, Polarity, Span
from screener.train.flagfigures import ALL, flag_counts, flag_figures
from tests.score.factory import reading, sighting
from tests.train.factory import example


def marked(start: int, of: str = "a", polarity: Polarity = Polarity.RISK) -> Mark:
    return Mark(indicator=of, polarity=polarity, span=Span(start=start, end=start + 2), quote="xx")


def text(*marks: Mark, label: str = "follow_up") -> Example:
    return replace(example(1, label=label), marks=marks)


def by_model(indicator: str) -> Flag:
    return replace(sighting(indicator, 2), rule=RULE)


# All sightings stand on the first character.
def test_a_flag_meets_a_mark_of_its_indicator_that_it_overlaps() -> None:
    followed = text(marked(0), marked(1), marked(0, of="c"))
    assert flag_counts([followed], [reading(flags=[sighting("a", 3), sighting("b", 2)])]) == (1, 3, 1, 2)


def test_precision_counts_in_texts_to_follow_up_only() -> None:
    texts = [text(marked(0)), text(label="ordinary")]
    assert flag_counts(texts, [reading(flags=[sighting("a", 3)])] * 2) == (1, 1, 1, 1)


def test_protective_marks_and_claims_do_not_count() -> None:
    texts = [text(marked(0, of="p", polarity=Polarity.PROTECTIVE))]
    assert flag_counts(texts, [reading(flags=[sighting("p", 0)])]) == (0, 0, 0, 0)


def test_flags_are_counted_by_who_raised_them() -> None:
    texts, flags = [text(marked(0), marked(0, of="b"))], [sighting("a", 3), by_model("b"), by_model("c")]
    figures = {one.origin: one for one in flag_figures(texts, [reading(flags=flags)]) if one.indicator == ALL}
    assert {name: (one.recall, one.flags) for name, one in figures.items()} == {
        "rules and model": (1.0, 3),
        "rules": (0.5, 1),
        "model": (0.5, 2),
    }
    assert (figures["rules"].precision, figures["model"].precision) == (1.0, 0.5)


def test_indicators_come_the_lowest_recall_first_and_only_with_enough_marks() -> None:
    texts = [text(marked(0), marked(0, of="b"), marked(0, of="c")) for _ in range(5)]
    readings = [reading(flags=[sighting("a", 3)])] * 3 + [reading()] * 2
    each = [(one.indicator, one.recall, one.precision) for one in flag_figures(texts, readings)[3:]]
    assert each == [("b", 0.0, None), ("c", 0.0, None), ("a", 0.6, 1.0)]
    assert len(flag_figures(texts[:4], readings[:4])) == 3


def test_where_nothing_is_marked_nothing_is_measured() -> None:
    assert flag_figures([text()], [reading(flags=[sighting("a", 3)])]) == ()


def test_rules_by_themselves_are_measured_by_what_they_raised_before_it_was_doubted() -> None:
    texts, flags = [text(marked(0), marked(0, of="b"))], [sighting("a", 3)]
    read = reading(flags=flags, doubted=(sighting("b", 2), sighting("c", 2)))
    figures = {one.origin: (one.recall, one.flags) for one in flag_figures(texts, [read]) if one.indicator == ALL}
    assert figures == {"rules and model": (0.5, 1), "rules": (1.0, 3), "model": (0.0, 0)}
