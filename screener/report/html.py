"""Report → one self-contained HTML page: no script, nothing from elsewhere, all foreign text escaped."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from screener.records import Band, Finding, Report
from screener.report import wording
from screener.report.build import ads, other_texts
from screener.report.cards import cards, desk
from screener.report.overview import overview
from screener.report.prevalence import in_words, percent, restate
from screener.report.visible import show


def render(
    report: Report,
    *,
    prevalence: float,
    generated_at: datetime,
    title: str = "Job ad screening",
    masked: bool = True,
) -> str:
    """The whole page as text; `prevalence` is the operator's share of ads to follow up.

    Raises ValueError for a prevalence outside 0 to 1, both excluded.
    """
    return "".join(render_parts(report, prevalence=prevalence, generated_at=generated_at, title=title, masked=masked))


def render_parts(
    report: Report, *, prevalence: float, generated_at: datetime, title: str, masked: bool
) -> Iterator[str]:
    """The page in parts as they are made, so that a long report never stands in memory as a whole."""
    at = desk(report, prevalence=prevalence, masked=masked)
    raised, clear = _split(ads(report))
    others_raised, others_clear = _split(other_texts(report))
    return (
        _environment()
        .get_template("index.html")
        .generate(
            report=report,
            title=title,
            generated_at=generated_at,
            prevalence=prevalence,
            masked=masked,
            overview=overview(report),
            worklist=lambda: cards(raised, at),
            raised=lambda: cards(raised, at),
            clear=lambda: cards(clear, at, first=len(raised) + 1),
            others_raised=lambda: cards(others_raised, at, first=len(raised) + len(clear) + 1),
            others_clear=lambda: cards(others_clear, at, first=len(raised) + len(clear) + len(others_raised) + 1),
            raised_count=len(raised),
            others_raised_count=len(others_raised),
            others_clear_count=len(others_clear),
            at_alert=restate(report.alert_threshold, prevalence),
            at_review=restate(report.review_threshold, prevalence),
            style_digest=style_digest(),
        )
    )


def style_digest() -> str:
    """The base64 SHA-256 of the page's style sheet, as its content security policy names it."""
    sheet = _environment().get_template("report.css").render()
    return b64encode(sha256(sheet.encode()).digest()).decode()


def _split(findings: tuple[Finding, ...]) -> tuple[list[Finding], list[Finding]]:
    raised = [finding for finding in findings if finding.score.band is not Band.CLEAR]
    return raised, [finding for finding in findings if finding.score.band is Band.CLEAR]


@cache
def _environment() -> Environment:
    # Cached because compiling the templates costs more than a page; it holds nothing of any report.
    environment = Environment(
        loader=PackageLoader("screener.report"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(wording=wording, in_words=in_words, percent=percent)
    return environment


def _visible(value: object) -> object:
    # Every text on its way into the page passes here: no template can forget to show hidden characters.
    return show(value) if isinstance(value, str) and not isinstance(value, Markup) else value
