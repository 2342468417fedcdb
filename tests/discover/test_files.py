import io
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screener.discover import BadRow, Row, rows_of, rows_of_stream
from screener.discover.lines import LINE_BYTES_MAX
from screener.errors import SettingsError

Write = Callable[[str, bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return write


def rows(path: Path) -> list[object]:
    return [dict(row.values) if isinstance(row, Row) else (row.line_number, row.detail) for row in rows_of(path)]


def test_each_line_of_jsonl_is_a_row(write: Write) -> None:
    path = write(
        "a.jsonl", b'\xef\xbb\xbf{"id": 1, "text": "a\\u2028b"}\r\n\n{"id": "2", "text": "\xe2\x80\xa8", "n": null}'
    )
    assert list(rows_of(path)) == [
        Row(path="a.jsonl", line_number=1, values={"id": 1, "text": "a\u2028b"}),
        Row(path="a.jsonl", line_number=3, values={"id": "2", "text": "\u2028", "n": None}),
    ]


BAD_LINES = {
    "not json": (b"loker", "not JSON: "),
    "cut off": (b'{"id": "1"', "not JSON: "),
    "list": (b"[1]", "not an object"),
    "text": (b'"x"', "not an object"),
    "infinite": (b'{"id": 1, "n": [1e999]}', "not JSON: 1e999 is more than a number can hold"),
    "infinite below": (b'{"n": -1.5E+400}', "not JSON: -1.5E+400 is more than a number can hold"),
    "nan": (b'{"id": NaN}', "not JSON: NaN is no JSON number"),
    "deep": (b"[" * 100_000, "nested too deep"),
    "huge number": (b'{"id": ' + b"1" * 5_000 + b"}", "not JSON: "),
    "not utf-8": (b'{"id": "\xff"}', "not UTF-8: byte 0xff at position 9"),
    "utf-16": ('{"id": "1"}'.encode("utf-16"), "not UTF-8: byte 0xff at position 1"),
    "too long": (b'"' + b"a" * LINE_BYTES_MAX + b'"', f"the line is longer than {LINE_BYTES_MAX} bytes"),
}


@pytest.mark.parametrize(("line", "detail"), BAD_LINES.values(), ids=BAD_LINES)
def test_a_bad_line_is_named_and_the_next_is_read(line: bytes, detail: str, write: Write) -> None:
    first, last = rows(write("a.jsonl", line + b'\n{"id": "2"}\n'))
    assert isinstance(first, tuple)
    assert first[0] == 1
    assert first[1].startswith(detail)
    assert last == {"id": "2"}


CSVS = {
    "commas": b'id,text\n1,"a, b"\n2,c\n',
    "semicolons": b'id;text\n1;"a, b"\n2;c\n',
    "bom and crlf": b'\xef\xbb\xbfid,text\r\n1,"a, b"\r\n2,c\r\n',
    "blank lines and blanks in the header": b'id, text \n\n1,"a, b"\n\n2,c',
}


@pytest.mark.parametrize("content", CSVS.values(), ids=CSVS)
def test_each_record_of_a_csv_is_a_row(content: bytes, write: Write) -> None:
    assert rows(write("a.csv", content)) == [{"id": "1", "text": "a, b"}, {"id": "2", "text": "c"}]


def test_a_cell_may_span_lines_and_be_large(write: Write) -> None:
    text = "baris\n" * 60_000
    path = write("a.csv", f'id,text\n1,"{text}"\n2,x\n'.encode())
    assert [(row.line_number, len(row.values["text"])) for row in rows_of(path) if isinstance(row, Row)] == [  # type: ignore[arg-type]
        (2, len(text)),
        (60_003, 1),
    ]


def test_a_short_record_leaves_its_last_cells_out(write: Write) -> None:
    assert rows(write("a.csv", b"id,text,title\n1,a\n")) == [{"id": "1", "text": "a"}]


BAD_RECORDS = {
    "too many cells": (b"1,a,b,c", 2, "4 cells for 2 columns"),
    "not utf-8": (b"1,caf\xe9", 2, "not UTF-8: byte 0xe9 at position 6"),
    "not utf-8 in a later line of a cell": (b'1,"a\ncaf\xe9"', 3, "not UTF-8: byte 0xe9 at position 4"),
}


@pytest.mark.parametrize(("record", "number", "detail"), BAD_RECORDS.values(), ids=BAD_RECORDS)
def test_a_bad_record_is_named_and_the_next_is_read(record: bytes, number: int, detail: str, write: Write) -> None:
    assert rows(write("a.csv", b"id,text\n" + record + b"\n2,c\n")) == [(number, detail), {"id": "2", "text": "c"}]


def test_a_text_file_is_one_row_as_it_is(write: Write) -> None:
    assert rows(write("Loker.TXT", b"\xef\xbb\xbf satu\r\n\r\ndua ")) == [
        {"id": "Loker.TXT", "text": " satu\r\n\r\ndua "}
    ]


def test_a_text_file_that_is_not_utf_8_names_the_line(write: Write) -> None:
    assert rows(write("a.txt", b"satu\ncaf\xe9\n")) == [(2, "not UTF-8: byte 0xe9 at position 4")]


def test_a_saved_page_keeps_its_bytes(write: Write) -> None:
    assert rows(write("a.html", b"<p>caf\xe9")) == [{"id": "a.html", "html": b"<p>caf\xe9"}]


def test_a_folder_is_read_in_the_order_of_names(write: Write, tmp_path: Path) -> None:
    for name in ("b/2.htm", "a.txt", "b/1.html", "b/gaya.css", "c.jsonl"):
        write(name, b'{"id": "x"}')
    assert [row.path for row in rows_of(tmp_path)] == ["a.txt", "b/1.html", "b/2.htm", "c.jsonl"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("fehlt.jsonl", "no such file or folder"),
        ("a.xlsx", r"a \.xlsx is not read; allowed: \.jsonl, .*\.html"),
        ("README", "file without suffix is not read"),
        ("leer", r"no file to read in this folder; allowed: \.jsonl"),
    ],
)
def test_a_path_that_cannot_be_read_is_told_at_once(name: str, message: str, write: Write, tmp_path: Path) -> None:
    write("a.xlsx", b"")
    write("README", b"")
    write("leer/foto.png", b"")
    with pytest.raises(SettingsError, match=message):
        rows_of(tmp_path / name)


def test_standard_input_is_jsonl() -> None:
    stream = io.TextIOWrapper(io.BytesIO(b'{"id": 1}\n{"id": "\xff"}\nx\n{"id": 2}'), encoding="utf-8")
    assert [type(row) for row in rows_of_stream(stream)] == [Row, BadRow, BadRow, Row]


def test_a_stream_of_text_alone_is_read_too() -> None:
    assert list(rows_of_stream(io.StringIO('\ufeff{"id": 1}'))) == [
        Row(path="<stdin>", line_number=1, values={"id": 1})
    ]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_memory_does_not_grow_with_the_file(name: str, write: Write) -> None:
    line = b'{"id": "1", "text": "' + b"x" * 1_000 + b'"}\n' if name == "a.jsonl" else b"1," + b"x" * 1_000 + b"\n"
    path = write(name, b"id,text\n" * (name == "a.csv") + line * 10_000)
    tracemalloc.start()
    count = sum(1 for _ in rows_of(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (count, peak < 1_000_000) == (10_000, True)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200), name=st.sampled_from(["a.jsonl", "a.csv", "a.txt", "a.html"]))
def test_any_bytes_are_rows_or_bad_rows(content: bytes, name: str, write: Write) -> None:
    assert all(isinstance(row, Row | BadRow) for row in rows_of(write(name, content)))


def test_a_stray_carriage_return_in_the_header_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"id,te\rxt\n1,halo\n")
    assert [row.line_number for row in rows_of(tmp_path / "a.csv")] == [2]
