"""A row that does not fit is named with file and line; the shipped corpus is what its datasheet says."""

from pathlib import Path
from typing import Any

import pytest

from screener.detect import Detector
from screener.errors import SettingsError
from screener.train.corpus import GROUPS_MIN, Corpus, author_of, document_of, read_corpus
from tests.train.factory import HEADER, TEXT, mark, row, write

KNOWN = {"document-retention": None}


def read(path: Path) -> Corpus:
    return read_corpus(path, KNOWN, groups_min=0)


def test_a_row_becomes_an_example_with_exact_marks(tmp_path: Path) -> None:
    (example,) = read(write(tmp_path / "a.jsonl", row())).examples
    (found,) = example.marks
    assert example.text[found.span.start : found.span.end] == found.quote == "paspor dipegang bos"
    assert (author_of(example), example.title) == ("a1", "")


BAD_ROWS = [
    ("unknown label", row(label="fraud"), "label: Input should be 'follow_up', 'ordinary' or 'job_fraud'"),
    ("unknown kind", row(kind="advert"), "kind: "),
    ("unknown key", row(author="x"), "author: Extra inputs are not permitted"),
    ("empty text", row(text="", flags=[]), "text: "),
    ("no campaign", row(group="a1"), "group: "),
    ("no date", row(written_on="yesterday"), "written_on: "),
    ("quote beside the text", row(flags=[mark(start=0, end=19)]), "the text from 0 to 19 is not 'paspor dipegang bos'"),
    ("unknown indicator", row(flags=[mark(indicator="nope")]), "flag 'nope': there is no such indicator"),
    ("negative start", row(flags=[mark(start=-1)]), "flags.0.start: "),
    ("negative end", row(flags=[mark(start=0, end=-1, quote=TEXT[:-1])]), "flags.0.end: "),
    ("empty quote", row(flags=[mark(start=5, end=5, quote="")]), "flags.0.quote: "),
]


@pytest.mark.parametrize(("bad", "reason"), [c[1:] for c in BAD_ROWS], ids=[c[0] for c in BAD_ROWS])
def test_a_bad_row_is_named_with_file_line_and_reason(tmp_path: Path, bad: dict[str, Any], reason: str) -> None:
    path = write(tmp_path / "a.jsonl", row(), row(id="a1-2", text="fine\u2028still fine\x85", flags=[]), bad)
    with pytest.raises(SettingsError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}:4: ")
    assert reason in str(caught.value)


BAD_FILES = [
    ("no JSON", f"{HEADER}\n\n{{", "a.jsonl:3: not JSON: "),
    ("no JSON in the first line", "{", "a.jsonl:1: not JSON: "),
    ("a broken header", '{"format_version": ', "a.jsonl:1: not JSON: "),
    ("another version", '{"format_version": 2}', "a.jsonl:1: this program reads format_version 1"),
    ("more in the header", '{"format_version": 1, "x": 1}', "a.jsonl:1: this program reads format_version 1"),
    ("a list", f"{HEADER}\n[]", "a.jsonl:2: not an object"),
    ("nested without end", HEADER + "\n" + "[" * 100_000, "a.jsonl:2: nested too deep"),
    ("half a surrogate", HEADER + '\n{"id": "\\ud800"}', "a.jsonl:2: "),
    ("nothing but a header", HEADER, "there is no .jsonl or .csv file with examples here"),
    ("nothing", "", "there is no .jsonl or .csv file with examples here"),
]


@pytest.mark.parametrize(("content", "reason"), [c[1:] for c in BAD_FILES], ids=[c[0] for c in BAD_FILES])
def test_a_bad_file_is_refused_with_the_reason(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "a.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read(tmp_path)
    assert reason in str(caught.value)


def test_an_id_used_twice_is_named_where_it_is_used_again(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", row())
    write(tmp_path / "b.jsonl", row(id="b1-1"), row())
    with pytest.raises(SettingsError, match=r"b\.jsonl:3: id 'a1-1' is used twice, first in .*a\.jsonl:2"):
        read(tmp_path)


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"a\.jsonl:1: not UTF-8"):
        read(tmp_path)
    with pytest.raises(SettingsError, match=r"b\.jsonl: .*No such file"):
        read(tmp_path / "b.jsonl")


def test_everything_that_is_wrong_with_a_row_is_listed(tmp_path: Path) -> None:
    marks = [mark(start=0, end=19), mark(indicator="nope", quote="bos")]
    write(tmp_path / "a.jsonl", row(), row(label="fraud", kind="advert"), row(flags=marks))
    with pytest.raises(SettingsError) as caught:
        read(tmp_path)
    places = [line.removeprefix(f"{tmp_path}/a.jsonl:").split(": ")[:2] for line in str(caught.value).splitlines()]
    twice = [number for number, reason in places if reason.startswith("id 'a1-1' is used twice")]
    assert twice == ["3", "4"]
    named = [place for place in places if not place[1].startswith("id ")]
    assert named == [["3", "kind"], ["3", "label"], ["4", "flag 'document-retention'"], *[["4", "flag 'nope'"]] * 2]


def in_groups(**counts: int) -> list[dict[str, Any]]:
    numbered = [(label, n) for label, count in counts.items() for n in range(count)]
    return [row(id=f"{label}-{n}", label=label, group=f"a{n % 3}/c{n}", flags=[]) for label, n in numbered]


FEW = [
    ("one short", {"follow_up": GROUPS_MIN, "ordinary": GROUPS_MIN - 1}, ["label 'ordinary' is in 19 groups"]),
    ("a third label", {"follow_up": 20, "ordinary": 20, "job_fraud": 2}, ["label 'job_fraud' is in 2 groups"]),
    ("nothing to follow up", {"ordinary": 20}, ["label 'follow_up' is in 0 groups"]),
    ("nothing else", {"follow_up": 20}, ["label 'ordinary' is in 0 groups"]),
    ("both", {"follow_up": 1, "ordinary": 3}, ["label 'follow_up' is in 1 group", "label 'ordinary' is in 3 groups"]),
]


@pytest.mark.parametrize(("counts", "reasons"), [c[1:] for c in FEW], ids=[c[0] for c in FEW])
def test_a_label_in_too_few_groups_is_refused_with_its_lines(
    tmp_path: Path, counts: dict[str, int], reasons: list[str]
) -> None:
    path = write(tmp_path / "a.jsonl", *in_groups(**counts))
    with pytest.raises(SettingsError) as caught:
        read_corpus(path, KNOWN)
    lines = str(caught.value).splitlines()
    assert [line.partition(" (")[0].partition(", but")[0] for line in lines] == reasons
    assert all("but 20 are needed" in line for line in lines)
    assert len(read(path).examples) == sum(counts.values())


def test_labels_in_enough_groups_are_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", *in_groups(follow_up=GROUPS_MIN, ordinary=GROUPS_MIN))
    assert len(read_corpus(path, KNOWN).examples) == 2 * GROUPS_MIN


def test_the_lines_of_a_label_in_too_few_groups_are_those_where_its_groups_begin(tmp_path: Path) -> None:
    rows = [row(id=f"n{n}", label="ordinary", group=f"a1/c{n // 2}", flags=[]) for n in range(4)]
    with pytest.raises(SettingsError, match=r"in 2 groups \([^ ]*a\.jsonl:2, [^ ]*a\.jsonl:4\), but 20"):
        read_corpus(write(tmp_path / "a.jsonl", *rows), KNOWN)


def test_twenty_problems_are_listed_and_the_others_counted(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", *(row(id="") for _ in range(23)))
    with pytest.raises(SettingsError) as caught:
        read(tmp_path)
    lines = str(caught.value).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "and 3 more"


def test_the_digest_follows_the_content_and_the_names_of_the_files(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", row())
    digest = read(path).digest
    assert read(tmp_path).digest == digest
    write(path, row(tier="subtle"))
    assert read(path).digest != digest
    assert read(write(tmp_path / "b.jsonl", row())).digest != digest


def test_labels_stay_behind_when_an_example_is_screened(tmp_path: Path) -> None:
    (example,) = read(write(tmp_path / "a.jsonl", row(title="Admin"))).examples
    document = document_of(example)
    assert (document.text, document.title, document.url) == (TEXT, "Admin", "")
    assert [contact.value for contact in document.contacts] == ["+6281200000001"]


def test_the_shipped_corpus_is_large_and_of_many_voices(shipped_corpus: Corpus) -> None:
    examples = shipped_corpus.examples
    assert len(examples) >= 300
    assert len({author_of(example) for example in examples}) >= 5
    assert len({example.source_type for example in examples}) >= 6
    assert {example.label for example in examples} == {"follow_up", "ordinary", "job_fraud"}
    assert {example.language for example in examples} == {"id", "en", "ms", "mixed"}


def test_no_text_of_the_shipped_corpus_is_there_twice(shipped_corpus: Corpus) -> None:
    texts = [" ".join(example.text.casefold().split()) for example in shipped_corpus.examples]
    assert len(set(texts)) == len(texts)


def test_every_mark_of_the_shipped_corpus_quotes_its_text(shipped_corpus: Corpus, detector: Detector) -> None:
    marks = [(example.text, mark) for example in shipped_corpus.examples for mark in example.marks]
    assert len(marks) > 300
    assert all(text[m.span.start : m.span.end] == m.quote for text, m in marks)
    assert [m for _, m in marks if detector.indicators[m.indicator].polarity is not m.polarity] == []
