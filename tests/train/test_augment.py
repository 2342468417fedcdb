"""Copies for training: changed, of the same label, from the id alone, and never with words of another campaign."""

from dataclasses import replace
from typing import Any

import pytest

from screener.detect import Detector
from screener.detect.proposed import RULE
from screener.records import Example, Flag, Kind, Polarity, Reading
from screener.train.augment import CHANGES, Original, augmented, chance_of, forgetful, originals, reread
from screener.train.corpus import document_of
from tests.factory import flag
from tests.score.factory import reading, sighting
from tests.train.factory import drawn, example
from tests.train.test_disguise import marks_on

TEXT = (
    "Dicari tenaga pabrik yang kuat di Johor untuk bulan depan, teman-teman. Gaji 6 juta per bulan.\n"
    "Paspor nanti dipegang mandor selama kontrak, dan tidak boleh keluar. Makan ditanggung, kamar bersama.\n"
    "Minat silakan chat WA 0812-0000-1180, klo bisa hari ini"
)
OTHER = "Masih dicari juga tukang kebun untuk ladang yang sama, syarat sama seperti kemarin."


def told(**fields: Any) -> Example:
    marks = tuple(marks_on(TEXT, "dipegang mandor"))
    return replace(example(1, text=TEXT), **{"marks": marks, **fields})


@pytest.fixture(scope="module")
def original(detector: Detector) -> Original:
    one = told()
    return Original(example=one, reading=detector.read(document_of(one)), beside=[example(2, text=OTHER)])


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_changes_the_text_and_nothing_that_is_known_of_it(name: str, original: Original) -> None:
    copies = [copy for seed in range(4) for copy in augmented(original, drawn(seed), {name: CHANGES[name]})]
    assert copies
    for copy in copies:
        assert replace(copy, text="", title="", marks=()) == replace(original.example, text="", title="", marks=())
        assert [copy.text[mark.span.start : mark.span.end] for mark in copy.marks] == [one.quote for one in copy.marks]


def test_an_example_is_changed_in_each_way_once_at_most_in_an_order_that_is_drawn(original: Original) -> None:
    copies = [[copy.text for copy in augmented(original, drawn(seed))] for seed in range(12)]
    assert {len(texts) for texts in copies} <= {len(CHANGES) - 1, len(CHANGES)}
    assert all(len(set(texts)) == len(texts) and TEXT not in texts for texts in copies)
    assert len({next(n for n, text in enumerate(texts) if OTHER in text) for texts in copies}) > 2


def test_what_cannot_be_changed_is_taken_as_it_is(detector: Detector) -> None:
    one = example(1, text="2026")
    bare = Original(example=one, reading=detector.read(document_of(one)))
    assert not list(augmented(bare, drawn(1)))
    assert reread(bare, drawn(1), detector, 2) == [bare.reading, bare.reading]


def test_so_many_copies_are_read_each_changed_in_another_way(detector: Detector, original: Original) -> None:
    texts = [one.document.text for one in reread(original, drawn(1), detector, 3)]
    assert len({TEXT, *texts}) == 4
    assert [one.document.text for one in reread(original, drawn(1), detector, 2)] == texts[:2]


def test_the_draws_hang_on_the_id_and_the_seed_alone() -> None:
    draws = [chance_of(one, seed).random() for one, seed in ((told(), 1), (example(1, text="Lain"), 1))]
    assert draws[0] == draws[1]
    assert len({draws[0], chance_of(told(), 2).random(), chance_of(told(id="a1-2"), 1).random()}) == 3


@pytest.mark.parametrize(
    "field",
    [{"group": "a1/two"}, {"label": "ordinary"}, {"kind": "news"}, {"modus": "bride"}, {"written_on": "2026-02-02"}],
)
def test_texts_are_joined_within_campaign_label_kind_modus_and_date_only(field: dict[str, Any]) -> None:
    kin, other = example(2, text=OTHER), replace(example(3), **field)
    made = originals([told(), kin, other], [reading()] * 3)
    assert [[one.id for one in each.beside] for each in made] == [["a1-2"], ["a1-1"], []]


def test_a_copy_is_read_as_the_kind_its_original_was_taken_for(detector: Detector, original: Original) -> None:
    as_news = replace(original, reading=replace(original.reading, kind=Kind.NEWS))
    again = reread(as_news, drawn(3), detector, 1)[0]
    assert again.kind is Kind.NEWS
    assert again.plain_text != original.reading.plain_text


def proposed(quote: str, indicator: str = "isolation") -> Flag:
    return flag(TEXT, quote, indicator=indicator, rule=RULE, polarity=Polarity.RISK)


def reread_with(original: Original, of: Flag, change: str, detector: Detector, seed: int) -> list[Flag]:
    flags = (*(one for one in original.reading.flags if one.rule != RULE), of)
    of_model = replace(original, reading=replace(original.reading, flags=flags))
    copy = reread(of_model, drawn(seed), detector, 1, {change: CHANGES[change]})[0]
    return [one for one in copy.flags if one.rule == RULE]


def test_a_proposed_flag_goes_with_its_words(detector: Detector, original: Original) -> None:
    found = [reread_with(original, proposed("Minat silakan chat"), "in part", detector, seed) for seed in range(12)]
    assert {len(flags) for flags in found} == {0, 1}
    assert {one.quote for flags in found for one in flags} == {"Minat silakan chat"}


def test_a_proposed_flag_is_carried_to_its_changed_words(detector: Detector, original: Original) -> None:
    words = "yang kuat di Johor untuk bulan depan"
    found = [reread_with(original, proposed(words), "into chat", detector, seed) for seed in range(4)]
    assert all(len(flags) == 1 and flags[0].quote.count(" ") == words.count(" ") for flags in found)
    assert {flags[0].quote for flags in found} - {words}


def test_a_proposed_flag_is_not_carried_to_where_a_rule_raises_it_again(detector: Detector, original: Original) -> None:
    ruled = next(one for one in original.reading.flags if "dipegang" in one.quote)
    assert not reread_with(original, proposed(ruled.quote, ruled.indicator), "joined", detector, 1)


def test_texts_that_writers_of_rules_had_read_forget_flags_and_others_do_not() -> None:
    flags = [sighting(f"i{number}") for number in range(40)]
    seen, unseen = example(1, seen_by_rules=True), example(2)
    readings: list[Reading] = [reading(flags=flags), reading(flags=flags)]
    kept = [len(one.flags) for one in forgetful([seen, unseen], readings, 3)]
    assert 5 < kept[0] < 35
    assert kept[1] == 40
    assert forgetful([seen, unseen], readings, 3) == forgetful([seen, unseen], readings, 3)
