"""schema.org JobPosting and the dates of articles, as a page declares them in JSON-LD."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from screener.errors import ExtractError
from screener.extract.dates import date_of
from screener.extract.jsonld import Node, nodes
from screener.extract.pay import money
from screener.extract.visible import parse, text_of, tidy
from screener.records import NOT_STATED, JobPosting

FIELD_MAX = 500
DESCRIPTION_MAX = 200_000
_ARTICLES = frozenset({"newsarticle", "article", "blogposting", "reportagenewsarticle", "discussionforumposting"})
_ADDRESS = ("streetAddress", "addressLocality", "addressRegion", "addressCountry")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:[a-z]{2,8}|#\d{1,7});")


def job_posting(html: str, now: datetime) -> JobPosting | None:
    """The first JobPosting that a page declares, or None; see `posting_of`."""
    return posting_of(nodes(html), now)


def posting_of(declared: Sequence[Node], now: datetime) -> JobPosting | None:
    """The first JobPosting among JSON-LD objects, or None; never raises for what the page says.

    One with a description comes before one without. Dates are aware UTC; absurd ones count as not given.
    """
    postings = [node for node in declared if "jobposting" in _types(node)]
    best = next((node for node in postings if _text(node.get("description"))), None)
    node = best or (postings[0] if postings else None)
    return _posting(node, now) if node else None


def article_date(declared: Sequence[Node], now: datetime) -> datetime | None:
    """When the article among JSON-LD objects says it was published, in UTC, or None."""
    articles = (node for node in declared if _ARTICLES & _types(node))
    dates = (_date(node.get("datePublished"), now) for node in articles)
    return next((date for date in dates if date), None)


def _posting(node: Node, now: datetime) -> JobPosting:
    return JobPosting(
        title=_line(node.get("title")),
        hiring_organization=_line(node.get("hiringOrganization")),
        job_location=_joined(_places(node.get("jobLocation"))),
        base_salary=money(
            node.get("baseSalary") or node.get("estimatedSalary"), _text(node.get("salaryCurrency")) or None
        ),
        employment_type=_joined(_text(kind) for kind in _each(node.get("employmentType"))),
        description=_description(_text(node.get("description"))),
        date_posted=_date(node.get("datePosted"), now),
        valid_through=_date(node.get("validThrough"), now),
    )


def _types(node: Node) -> set[str]:
    named = (kind for kind in _each(node.get("@type") or node.get("type")) if isinstance(kind, str))
    return {re.split(r"[/:#]", kind)[-1].lower() for kind in named}


def _each(value: object) -> Sequence[object]:
    return value[:50] if isinstance(value, list) else [value]


def _text(value: object) -> str:
    """The words of a value: a string, a number, or what an object calls its name; the first of a list."""
    first = _each(value)[0] if value else None
    if isinstance(first, dict):
        first = first.get("name") or first.get("@value")
    return str(first) if isinstance(first, (str, Decimal)) else ""


def _line(value: object) -> str:
    return " ".join(_plain(_text(value)).split())[:FIELD_MAX] or NOT_STATED


def _joined(parts: Iterator[str]) -> str:
    lines = (" ".join(_plain(part).split()) for part in parts)
    return ", ".join(dict.fromkeys(line for line in lines if line))[:FIELD_MAX] or NOT_STATED


def _places(value: object) -> Iterator[str]:
    for place in _each(value):
        address = place.get("address", place) if isinstance(place, dict) else place
        if isinstance(address, dict) and any(key in address for key in _ADDRESS):
            yield from (_text(address.get(key)) for key in _ADDRESS)
        else:
            yield _text(address) or _text(place)


def _description(text: str) -> str:
    return tidy(_plain(text[:DESCRIPTION_MAX])) or NOT_STATED


def _plain(text: str) -> str:
    """Text out of HTML, which descriptions hold, often escaped once more; other text stays as it is."""
    for _ in range(2):
        if not _MARKUP.search(text):
            break
        try:
            text = text_of(parse(text))
        except ExtractError:
            return ""
    return text


def _date(value: object, now: datetime) -> datetime | None:
    return date_of(_text(value), now)
