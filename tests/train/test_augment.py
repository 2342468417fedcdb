"""Copies for training: changed, of the same label, from the id alone, and never with words of another campaign."""

from dataclasses import replace
from typing import Any

import pytest

from screener.detect import Detector
from screener.records import Example, Kind, Reading
from screener.train.augment import CHANGES, Original, augmented, chance_of, forgetful, originals, reread
from screener.train.corpus import document_of
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


def test_texts_that_writers_of_rules_had_read_forget_flags_and_others_do_not() -> None:
    flags = [sighting(f"i{number}") for number in range(40)]
    seen, unseen = example(1, seen_by_rules=True), example(2)
    readings: list[Reading] = [reading(flags=flags), reading(flags=flags)]
    kept = [len(one.flags) for one in forgetful([seen, unseen], readings, 3)]
    assert 5 < kept[0] < 35
    assert kept[1] == 40
    assert forgetful([seen, unseen], readings, 3) == forgetful([seen, unseen], readings, 3)
