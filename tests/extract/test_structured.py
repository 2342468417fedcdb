from datetime import UTC, datetime
from typing import Any

import pytest

from screener.extract.jsonld import loads, nodes
from screener.extract.structured import article_date, job_posting
from screener.records import NOT_STATED, JobPosting

from .factory import NOW


def script(block: str) -> str:
    return f'<html><head><script type="application/ld+json">{block}</script></head><body>x</body></html>'


def posting(block: str) -> JobPosting | None:
    return job_posting(script(block), NOW)


POSTING = '{"@type": "JobPosting", "title": "Perawat"}'
BROKEN = {
    "as it should be": POSTING,
    "trailing commas": '{"@type": "JobPosting", "title": "Perawat", "skills": ["a", "b",],}',
    "raw line break in a string": '{"@type": "JobPosting", "description": "a\nb\tc", "title": "Perawat"}',
    "html comment": f"<!-- {POSTING} -->",
    "cdata": f"<![CDATA[{POSTING}]]>",
    "commented cdata": f"//<![CDATA[\n{POSTING}\n//]]>",
    "starred cdata": f"/*<![CDATA[*/ {POSTING} /*]]>*/",
    "semicolon": f"{POSTING};",
    "escaped quotes": POSTING.replace('"', "&quot;"),
    "list": f'[{{"@type": "WebSite"}}, {POSTING}]',
    "graph": f'{{"@graph": [{POSTING}]}}',
    "nested": f'{{"@type": "WebPage", "mainEntity": {POSTING}}}',
    "type as list": '{"@type": ["Thing", "JobPosting"], "title": "Perawat"}',
    "type as address": '{"@type": "https://schema.org/JobPosting", "title": "Perawat"}',
    "title as list": '{"@type": "JobPosting", "title": ["Perawat", "Bidan"]}',
    "duplicate keys": '{"@type": "JobPosting", "title": "Bidan", "title": "Perawat"}',
    "nan elsewhere": '{"@type": "JobPosting", "title": "Perawat", "totalJobOpenings": NaN}',
    "markup in the title": '{"@type": "JobPosting", "title": "<b>Perawat</b>"}',
}


@pytest.mark.parametrize("block", BROKEN.values(), ids=BROKEN)
def test_a_posting_is_read_out_of_what_sites_write(block: str) -> None:
    found = posting(block)
    assert found is not None
    assert found.title == "Perawat"


NOT_READ = {
    "truncated": POSTING[:-3],
    "empty": "",
    "too deep": "[" * 100_000,
    "65 deep": "[" * 65 + POSTING + "]" * 65,
    "a string that never ends": '"\\"' * 100_000,
    "more than a mebibyte": f'[{POSTING}, "{"x" * 1024 * 1024}"]',
    "another type": '{"@type": "Recipe", "title": "Perawat"}',
    "null": "null",
    "number": "1e999999",
}


@pytest.mark.parametrize("block", NOT_READ.values(), ids=NOT_READ)
def test_what_cannot_be_read_is_left_out(block: str) -> None:
    assert posting(block) is None


def test_64_levels_are_read() -> None:
    assert posting("[" * 63 + POSTING + "]" * 63) is not None


def test_a_broken_block_does_not_hide_the_next() -> None:
    assert job_posting(script("{") + script(POSTING), NOW) is not None


def test_a_posting_with_a_description_comes_first() -> None:
    found = posting(f'[{POSTING}, {{"@type": "JobPosting", "description": "Merawat lansia"}}]')
    assert found is not None
    assert found.description == "Merawat lansia"


def test_ten_thousand_postings_are_cut() -> None:
    assert len(nodes(script("[" + ",".join([POSTING] * 10_000) + "]"))) == 2_000


def test_every_field_may_be_not_stated() -> None:
    assert posting('{"@type": "JobPosting"}') == JobPosting()
    assert JobPosting().title == NOT_STATED


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('"Hong Kong"', "Hong Kong"),
        ('{"@type": "Place", "address": "Jalan 1, Doha"}', "Jalan 1, Doha"),
        ('{"address": {"addressLocality": "Doha", "addressCountry": {"name": "Qatar"}}}', "Doha, Qatar"),
        ('[{"address": {"addressCountry": "QA"}}, {"address": {"addressCountry": "AE"}}]', "QA, AE"),
        ('{"name": "Kantor pusat"}', "Kantor pusat"),
        ("null", NOT_STATED),
        ("[]", NOT_STATED),
        ("12", "12"),
    ],
)
def test_places_come_in_many_shapes(written: str, expected: str) -> None:
    found = posting(f'{{"@type": "JobPosting", "jobLocation": {written}}}')
    assert found is not None
    assert found.job_location == expected


@pytest.mark.parametrize(
    "written",
    [
        '"9999-01-01"',
        '"1970-01-01"',
        '"0000-00-00"',
        "99999999999999999999",
        '"besok lusa"',
        "[]",
        "{}",
        '""',
    ],
)
def test_absurd_dates_count_as_not_given(written: str) -> None:
    found = posting(f'{{"@type": "JobPosting", "datePosted": {written}}}')
    assert found is not None
    assert found.date_posted is None


LIES: list[Any] = [
    "NaN",
    "1" * 5000,
    str(2**63),
    "-5",
    "{}",
    "[[]]",
    '{"value": {"value": {"value": 1}}}',
    "true",
    '""',
    "1e99999",
]


@pytest.mark.parametrize("pay", LIES, ids=range(len(LIES)))
def test_lies_about_pay_never_escape(pay: str) -> None:
    found = posting(f'{{"@type": "JobPosting", "title": "Perawat", "baseSalary": {pay}}}')
    assert found is not None
    assert found.base_salary is None


def test_an_article_tells_its_date() -> None:
    block = '{"@type": "NewsArticle", "datePublished": "2026-11-18T07:20:00+07:00"}'
    assert article_date(nodes(script(block)), NOW) == datetime(2026, 11, 18, 0, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    "block", ["[" * 5000, "{" * 5000, '{"a":' * 5000, "\\", '"', "<!--", "[1,,]", "\ud800", "\x00"]
)
def test_loads_gives_none_for_what_is_no_json(block: str) -> None:
    assert loads(block) is None
