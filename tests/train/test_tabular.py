"""A researcher's own files: what is understood, what is filled in and told, and what is refused."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from screener.errors import SettingsError
from screener.train.corpus import Corpus, author_of, read_corpus
from tests.train.factory import TEXT, mark, row, write

KNOWN = {"document-retention": None}
WORDS = (
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
    "ratusan",
)


def read(path: Path) -> Corpus:
    return read_corpus(path, KNOWN, groups_min=0)


def own(folder: Path, *rows: dict[str, Any], name: str = "own.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return path


def texts(count: int) -> list[str]:
    """Texts without a shingle in common."""
    return [" ".join(f"{word}{chr(97 + n % 26)}{chr(97 + n // 26)}" for word in WORDS) for n in range(count)]


TABLES = [
    ("commas", b"text,label\nLoker A,1\nLoker B,0\n"),
    ("semicolons", b"text;label\nLoker A;1\nLoker B;0\n"),
    ("a byte order mark", b"\xef\xbb\xbftext;label\r\nLoker A;1\r\nLoker B;0\r\n"),
    ("names in another case", b"Label , TEXT\nyes,Loker A\nno,Loker B\n"),
    ("line breaks and commas in quotes", b'text,label\n"Loker A",true\n"Loker B",false\n'),
    ("further columns", b"nr,text,label,likes\n1,Loker A,1.0,7\n2,Loker B,0.0,\n"),
]


@pytest.mark.parametrize("content", [c[1] for c in TABLES], ids=[c[0] for c in TABLES])
def test_a_table_is_read_whatever_its_dress(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "own.csv").write_bytes(content)
    examples = read(tmp_path / "own.csv").examples
    assert [(one.text, one.label) for one in examples] == [("Loker A", "follow_up"), ("Loker B", "ordinary")]


LABELS = [
    (1, "follow_up"), (True, "follow_up"), (1.0, "follow_up"), ("Yes", "follow_up"), ("ya", "follow_up"),
    ("follow-up", "follow_up"), ("Follow up", "follow_up"), (0, "ordinary"), (False, "ordinary"), ("FALSE", "ordinary"),
    ("tidak", "ordinary"), (" ordinary ", "ordinary"), ("job_fraud", "job_fraud"), ("Job fraud", "job_fraud"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "label"), LABELS, ids=[repr(c[0]) for c in LABELS])
def test_a_label_is_understood(tmp_path: Path, given: object, label: str) -> None:
    assert [one.label for one in read(own(tmp_path, {"text": "Loker", "label": given})).examples] == [label]


BAD = [
    (
        "unknown label",
        {"text": "x", "label": "spam"},
        "label: 'spam' is no label; allowed: follow_up, 1, true, yes, ya",
    ),
    ("another number", {"text": "x", "label": 2}, "label: '2' is no label"),
    ("no label", {"text": "x", "label": ""}, "label: Field required"),
    ("no text", {"text": "  ", "label": 1}, "text: Field required"),
    ("text that is none", {"text": ["x"], "label": 1}, "text: Input should be a valid string"),
    ("unknown kind", {"text": "x", "label": 1, "kind": "full-time"}, "kind: Input should be 'ad', 'warning'"),
    ("another date", {"text": "x", "label": 1, "written_on": "1/2/2026"}, "written_on: "),
    ("id used twice", {"text": "x", "label": 1, "id": "first"}, "id 'first' is used twice, first in "),
    ("quote beside the text", {"text": TEXT, "label": 1, "flags": [mark(start=0, end=19)]}, "the text from 0 to 19"),
    ("unknown indicator", {"text": TEXT, "label": 1, "flags": [mark(indicator="nope")]}, "no such indicator"),
]


@pytest.mark.parametrize(("bad", "reason"), [c[1:] for c in BAD], ids=[c[0] for c in BAD])
def test_a_row_that_does_not_fit_is_named(tmp_path: Path, bad: dict[str, Any], reason: str) -> None:
    path = own(tmp_path, {"text": "Loker", "label": 0, "id": "first"}, bad)
    with pytest.raises(SettingsError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}:2: ")
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("content", "lacking"),
    [("text;category\nx;1\ny;2\n", "label"), ("body,label\nx,1\n", "text"), ("a,b\nx,1\n", "text and no label")],
)
def test_a_lacking_column_is_told_once(tmp_path: Path, content: str, lacking: str) -> None:
    (tmp_path / "own.csv").write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read(tmp_path / "own.csv")
    assert f"own.csv:1: there is no column {lacking}; columns: " in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.xlsx").write_bytes(b"PK")
    with pytest.raises(SettingsError, match=r"own\.xlsx: this kind of file is not read; allowed: \.jsonl"):
        read(tmp_path / "own.xlsx")


def test_a_row_with_more_cells_than_columns_is_named_and_the_next_one_read(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text('text,label\n"a\nb",1\nc,1,2\nd,x\n', encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read(tmp_path / "own.csv")
    lines = [line.partition("own.csv:")[2] for line in str(caught.value).splitlines()]
    assert lines[0] == "4: 3 cells for 2 columns"
    assert lines[1].startswith("5: label: 'x' is no label")


def test_what_is_missing_is_filled_in_and_told(tmp_path: Path) -> None:
    lowongan = "Dibutuhkan perawat wanita untuk rumah sakit, gaji dibayar setiap bulan, hubungi kantor kami"
    read_back = read(own(tmp_path, {"text": lowongan, "label": 1, "likes": 3}))
    (one,) = read_back.examples
    assert (one.id, one.kind, one.scope, one.language) == ("own.jsonl:1", "ad", "unknown", "id")
    assert (one.source_type, one.tier, one.modus, one.written_on, one.marks) == (
        "unknown",
        "unknown",
        "unknown",
        "",
        (),
    )
    told = "\n".join(read_back.notes)
    assert "1 of 1 rows name no group" in told
    assert "kind 'ad' (1 rows)" in told
    assert "language told by this program in 1 rows" in told
    assert "columns not read: likes" in told


def test_what_is_stated_is_taken_over(tmp_path: Path) -> None:
    stated = row(id=7, author="Siti/R", group="poster 3", language="ZH", flags=[mark()], label=1)
    (one, _) = read(own(tmp_path, stated, row(id=8, author="b", group="x", label="no", flags=[]))).examples
    assert (one.id, one.group, one.language, one.tier) == ("7", "Siti-R/poster 3", "zh", "typical")
    assert [m.quote for m in one.marks] == ["paspor dipegang bos"]


def groups(examples: Sequence[Any]) -> list[int]:
    first: dict[str, int] = {}
    return [first.setdefault(one.group, number) for number, one in enumerate(examples)]


def test_rows_without_a_group_are_grouped_by_near_duplicates(tmp_path: Path) -> None:
    one, other = texts(2)
    variants = [one, other, f"{one} tambahan", one.upper(), other.replace("satu", "SATU!")]
    corpus = read(own(tmp_path, *({"text": text, "label": 1} for text in variants)))
    assert groups(corpus.examples) == [0, 1, 0, 0, 1]
    assert "2 groups, the largest of 3 texts" in "\n".join(corpus.notes)


def test_a_row_without_a_group_joins_that_of_its_near_duplicate(tmp_path: Path) -> None:
    one, other = texts(2)
    rows = [
        {"text": one},
        {"text": one, "group": "g"},
        {"text": other, "group": "g"},
        {"text": texts(3)[2], "group": "h"},
    ]
    corpus = read(own(tmp_path, *({**given, "label": 0} for given in rows)))
    assert groups(corpus.examples) == [0, 0, 0, 3]
    assert corpus.examples[0].group.endswith("/g")


def test_named_groups_are_left_as_they_are(tmp_path: Path) -> None:
    rows = [{"text": texts(1)[0], "label": 1, "group": name} for name in ("g", "h", "g")]
    corpus = read(own(tmp_path, *rows))
    assert groups(corpus.examples) == [0, 1, 0]
    assert "name no group" not in "\n".join(corpus.notes)


def test_groups_without_authors_are_dealt_out_to_ten_parts_the_same_each_time(tmp_path: Path) -> None:
    rows = [{"text": text, "label": n % 2} for n, text in enumerate(texts(200))]
    corpus = read(own(tmp_path, *rows))
    assert {author_of(one) for one in corpus.examples} == {f"part-{n}" for n in range(10)}
    assert "not a stranger" in "\n".join(corpus.notes)
    part_of = {one.text: one.group for one in corpus.examples}
    again = read(own(tmp_path, *reversed(rows[50:]), name="again.jsonl"))
    assert all(part_of[one.text] == one.group for one in again.examples)


def test_near_duplicates_by_two_authors_count_as_the_first_ones(tmp_path: Path) -> None:
    one, other = texts(2)
    rows = [{"text": one, "author": "a"}, {"text": one, "author": "b"}, {"text": other, "author": "b"}]
    corpus = read(own(tmp_path, *({**given, "label": 1} for given in rows)))
    assert [author_of(example) for example in corpus.examples] == ["a", "a", "b"]
    assert "1 groups hold near-duplicates by several authors" in "\n".join(corpus.notes)


def test_one_author_alone_counts_as_none(tmp_path: Path) -> None:
    rows = [{"text": text, "label": 1, "author": "me"} for text in texts(40)]
    assert len({author_of(one) for one in read(own(tmp_path, *rows)).examples}) > 5


def test_a_text_with_both_labels_is_told(tmp_path: Path) -> None:
    rows = [{"text": "Loker Jepang", "label": 1}, {"text": "loker  jepang", "label": 0}, {"text": "Lain", "label": 0}]
    assert "1 texts stand there more than once with different labels" in read(own(tmp_path, *rows)).notes


def test_a_file_in_the_declared_format_keeps_its_rules_beside_ones_own(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", row(), row(id="a1-2", likes=3))
    own(tmp_path, {"text": "Loker", "label": 1}, name="b.jsonl")
    with pytest.raises(SettingsError, match=r"a\.jsonl:3: likes: Extra inputs are not permitted"):
        read(tmp_path)
    write(tmp_path / "a.jsonl", row())
    assert [one.id for one in read(tmp_path).examples] == ["a1-1", "b.jsonl:1"]
    assert read(tmp_path / "a.jsonl").notes == ()


def test_columns_with_hostile_names_and_lone_surrogates_are_data(tmp_path: Path) -> None:
    (tmp_path / "own.jsonl").write_text('{"text": "x\\ud800", "label": 1, "\\u001b[2J": 1}\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"own\.jsonl:1: text: "):
        read(tmp_path / "own.jsonl")
