"""What two rows have in common is found and told with both places, and with the splits that it goes across."""

from typing import Any

import pytest

from screener.train.overlap import repeated, shared_contacts, shared_sentences, torn_groups
from screener.train.rows import Placed
from tests.train.factory import example

AD = (
    "Dibutuhkan segera operator produksi wanita di pabrik makanan Taiwan, gaji pokok dibayar setiap bulan lewat bank, "
    "makan siang disediakan perusahaan, mess dekat lokasi kerja. Syarat usia dua puluh sampai tiga puluh lima tahun."
)
OTHER = "Toko roti di Semarang mencari kasir, jam kerja delapan jam, libur hari Minggu."


def rows(*given: dict[str, Any]) -> list[Placed]:
    return [
        Placed(place=f"a.jsonl:{number}", example=example(number, **fields)) for number, fields in enumerate(given, 2)
    ]


REPEATED = [
    ("the same text in one group", AD, "a1/one", "the same text as"),
    ("the same text in another dress", f"{AD.upper()}  ", "a1/two", "the same text as"),
    ("nearly the same text", AD.replace("wanita", "pria"), "a1/two", "nearly the same text ("),
    ("nearly the same text by another", f"Info: {AD}", "b1/one", "nearly the same text ("),
]


@pytest.mark.parametrize(("text", "group", "what"), [c[1:] for c in REPEATED], ids=[c[0] for c in REPEATED])
def test_a_repeated_text_is_told_with_both_places(text: str, group: str, what: str) -> None:
    (found,) = repeated(rows({"text": AD, "group": "a1/one"}, {"text": OTHER}, {"text": text, "group": group}))
    assert str(found).startswith(f"a.jsonl:4: {what}")
    assert f"a.jsonl:2 (groups a1/one and {group})" in str(found)


def test_nearly_the_same_text_in_one_group_is_what_a_campaign_is() -> None:
    near = {"text": AD.replace("wanita", "pria"), "group": "a1/one"}
    assert list(repeated(rows({"text": AD, "group": "a1/one"}, near, {"text": OTHER}))) == []


def test_a_leak_names_the_splits_that_it_goes_across() -> None:
    (across,) = repeated(rows({"text": AD, "group": "a1/one"}, {"text": AD, "group": "b1/one"}))
    assert across.leaks[0] == "authors left out"
    assert "on both sides of: authors left out" in str(across)
    (within,) = repeated(rows({"text": AD, "group": "a1/one"}, {"text": AD, "group": "a1/one"}))
    assert within.leaks == ()


def test_sentences_shared_by_two_groups_are_told_once_for_each_further_group() -> None:
    said = "Jangan lupa bawa ijazah asli ke kantor"
    given = [{"text": f"{n} mulai. {said}! selesai {n}", "group": f"a1/c{min(n, 2)}"} for n in range(4)]
    found = [str(overlap) for overlap in shared_sentences(rows(*given))]
    assert [line.partition(": ")[0] for line in found] == ["a.jsonl:3", "a.jsonl:4"]
    assert all(f"{said!r}: a sentence in common with a.jsonl:2" in line for line in found)


@pytest.mark.parametrize(
    "said",
    ["Minat hubungi admin kami", "WA 0812 0000 0001 0002 0003", "a b c d e f"],
    ids=["short", "digits", "letters"],
)
def test_what_anyone_would_say_is_no_shared_sentence(said: str) -> None:
    assert list(shared_sentences(rows({"text": said, "group": "a1/x"}, {"text": said, "group": "a1/y"}))) == []


def test_a_contact_of_two_groups_is_told_however_it_is_written() -> None:
    given = [("0812-3456-7890", "a1/x"), ("+62 812 3456 7890", "b1/y"), ("0812-3456-7891", "b1/z")]
    (found,) = shared_contacts(rows(*({"text": f"Minat? WA {number}", "group": group} for number, group in given)))
    assert str(found).startswith("a.jsonl:3: '+62 812 3456 7890': a contact in common with a.jsonl:2")


def test_no_split_tears_a_campaign() -> None:
    given = [{"group": f"a{n % 7}/c{n % 30}"} for n in range(300)]
    assert list(torn_groups(rows(*given))) == []
