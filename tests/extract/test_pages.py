"""Whole pages: a folder of tests/pages is a case; its note says what it is for."""

import json
from pathlib import Path
from typing import Any

import pytest

from screener.errors import ExtractError
from screener.extract import LanguageIdentifier, extract
from screener.records import Document

from .factory import NOW, page, source

PAGES = Path(__file__).parent.parent / "pages"
CASES = sorted(path.name for path in PAGES.iterdir() if (path / "input.html").is_file())


def shown(document: Document) -> dict[str, Any]:
    """What a case pins down of a document."""
    posting = document.posting
    pay = posting.base_salary if posting else None
    return {
        "title": document.title,
        "text": document.text.split("\n"),
        "language": document.language,
        "published": document.published.isoformat() if document.published else None,
        "contacts": [[contact.kind, contact.value, contact.quote] for contact in document.contacts],
        "links": list(document.links),
        "posting": posting
        and {
            "title": posting.title,
            "organization": posting.hiring_organization,
            "location": posting.job_location,
            "employment_type": posting.employment_type,
            "pay": pay and [str(pay.minimum), str(pay.maximum), pay.currency, pay.period],
            "valid_through": posting.valid_through and posting.valid_through.isoformat(),
        },
    }


@pytest.mark.parametrize("case", CASES)
def test_a_page_reads_as_its_case_expects(case: str, identify: LanguageIdentifier) -> None:
    expected = json.loads((PAGES / case / "expected.json").read_text(encoding="utf-8"))
    content_type = expected.pop("content_type", "text/html")
    read = page((PAGES / case / "input.html").read_bytes(), content_type=content_type)
    declared = source(**expected.pop("selectors", {}))
    if "error" in expected:
        with pytest.raises(ExtractError) as caught:
            extract(read, declared, identify=identify, now=NOW)
        assert [caught.value.reason.value, caught.value.detail] == expected["error"]
    else:
        assert shown(extract(read, declared, identify=identify, now=NOW)) == expected


@pytest.mark.parametrize("case", CASES)
def test_each_case_says_what_it_is_for(case: str) -> None:
    assert (PAGES / case / "note.md").read_text(encoding="utf-8").strip()
