from datetime import UTC, datetime
from typing import Any

import pytest

from screener.errors import ExtractError
from screener.extract import LanguageIdentifier, document_from_row
from screener.records import Document, SkipReason

from .factory import NOW

TEXT = "  Loker  pabrik\r\n\r\n\r\nhub 0812-3456-7890\u200b "


def read(row: Any, identify: LanguageIdentifier) -> Document:
    return document_from_row(row, identify=identify, now=NOW, source="berkas")


def test_the_text_is_screened_exactly_as_given(identify: LanguageIdentifier) -> None:
    found = read({"id": "a1", "text": TEXT}, identify)
    assert (found.id, found.text, found.title, found.url, found.source) == ("a1", TEXT, "", "", "berkas")
    assert [TEXT[contact.span.start : contact.span.end] for contact in found.contacts] == ["0812-3456-7890"]


def test_known_keys_are_fields_and_all_others_are_carried(identify: LanguageIdentifier) -> None:
    row = {
        "id": 7,
        "text": TEXT,
        "title": "T",
        "url": "u",
        "language": "MS",
        "published": "2026-11-18",
        "label": 1,
    }
    found = read(row, identify)
    assert (found.id, found.title, found.url, found.language) == ("7", "T", "u", "ms")
    assert found.published == datetime(2026, 11, 17, 17, tzinfo=UTC)
    assert found.carried == {"label": 1}


@pytest.mark.parametrize(
    ("key", "value"),
    [("title", 5), ("url", ["u"]), ("language", {}), ("published", "kapan-kapan"), ("published", 20261118)],
)
def test_values_of_no_use_are_carried_not_lost(key: str, value: object, identify: LanguageIdentifier) -> None:
    assert read({"id": "a", "text": TEXT, key: value}, identify).carried == {key: value}


@pytest.mark.parametrize("key", ["title", "url", "language", "published"])
def test_null_is_as_good_as_absent(key: str, identify: LanguageIdentifier) -> None:
    assert read({"id": "a", "text": TEXT, key: None}, identify).carried == {}


BAD = {
    "list": (["id", "text"], "the row is not an object"),
    "null": (None, "the row is not an object"),
    "no text": ({"id": "a"}, "the row has no text"),
    "null text": ({"id": "a", "text": None}, "the row has no text"),
    "number as text": ({"id": "a", "text": 5}, "the text is not a string"),
    "blank text": ({"id": "a", "text": " \n\t"}, "the text is blank"),
    "no id": ({"text": TEXT}, "the row has no id"),
    "blank id": ({"id": " ", "text": TEXT}, "the row has no id"),
    "id is true": ({"id": True, "text": TEXT}, "the id is neither text nor a whole number"),
    "id is a list": ({"id": [1], "text": TEXT}, "the id is neither text nor a whole number"),
    "html as text": ({"id": "a", "html": "<p>x</p>"}, "the row has no text"),
}


@pytest.mark.parametrize(("row", "why"), BAD.values(), ids=BAD)
def test_a_bad_row_says_why(row: Any, why: str, identify: LanguageIdentifier) -> None:
    with pytest.raises(ExtractError) as caught:
        read(row, identify)
    assert (caught.value.reason, caught.value.detail) == (SkipReason.BAD_ROW, why)


def test_a_saved_page_is_read_like_a_fetched_one(identify: LanguageIdentifier) -> None:
    body = "<meta charset=windows-1252><title>Café</title><p>Café Contoh mencari dua orang pelayan.</p>".encode(
        "cp1252"
    )
    found = read({"id": "simpan/kafe.html", "html": body}, identify)
    assert (found.id, found.title, found.text) == (
        "simpan/kafe.html",
        "Café",
        "Café Contoh mencari dua orang pelayan.",
    )


def test_lone_surrogates_pass(identify: LanguageIdentifier) -> None:
    assert read({"id": "a", "text": "loker \ud800 taiwan"}, identify).text == "loker \ud800 taiwan"
