"""Hostile texts by origin, and reports that carry one of them in one field."""

from collections.abc import Callable
from dataclasses import replace as replace_fields
from typing import Any, TypeVar

from screener.records import Contact, Fact, Flag, Kind, Polarity, Reason, Report, Skip, SkipReason, Span
from tests import factory

_Record = TypeVar("_Record")
Put = Callable[[Report, str], Report]


def replace(record: _Record, **fields: Any) -> _Record:
    """The record with fields whose names are known only when the test runs."""
    return replace_fields(record, **fields)  # type: ignore[type-var]


XSS = (
    "<script>alert(1)</script>",
    "</title><svg onload=alert(1)>",
    "</style><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "x onclick=alert(1) y",
    "<svg><script>alert(1)</script></svg>",
    '<math><mtext></mtext><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<iframe src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>klik</a>",
    "<base href=//evil.test/>",
    "<meta http-equiv=refresh content=0;url=http://evil.test>",
    "<link rel=stylesheet href=http://evil.test/x.css>",
    "<style>@import 'http://evil.test/x.css'</style>",
    "<form action=http://evil.test><input>",
    "<!-- unclosed",
    "--><b>",
    "<![CDATA[<b>]]>",
    "<?php x ?>",
    "<plaintext>",
    "<textarea><b>",
    "<template><script>alert(1)</script></template>",
    "&lt;script&gt;&#60;b&#62;&#x3c;i",
    "{{ 7 * 7 }}{% raw %}",
    "{{ config.__class__ }}",
    "${alert(1)}`",
    "\x00<script\x00>",
    "<scr\u200bipt>",
    "＜script＞",
    "</bdi></div></article><h1>",
    "<details open ontoggle=alert(1)>",
    "\ud800<b>\udfff",
    "\u202e<b>\u2066",
)


def base(**fields: object) -> Report:
    """A report with every part filled: an ad with a flag and a claim, a clear ad, a news text, a skip."""
    doc = factory.document(text="x text", title="x title", contacts=(_contact(),), language="id")
    risk = Flag(
        indicator="document-retention",
        severity=3,
        rule="r",
        span=Span(start=0, end=1),
        quote="x",
        polarity=Polarity.RISK,
    )
    claim = replace(risk, polarity=Polarity.PROTECTIVE, indicator="claim")
    part = factory.part("x", "x", of="document-retention")
    together = factory.combination(part, factory.part("x", "x", of="fact:pay"))
    ad = factory.finding(doc, flags=(risk, claim), facts=(_pay(),), combinations=(together,))
    clear = factory.finding(factory.document(url="u", title=""), probability=0.1)
    news = factory.finding(factory.document(url="v"), probability=0.5, kind=Kind.NEWS)
    skip = Skip(url="http://x.test/", reason=SkipReason.TIMEOUT, detail="x", source="x")
    return replace(factory.report([ad, clear, news]), skips=(skip,), **fields)


def _pay() -> Fact:
    return factory.pay("x", "x", detail="x")


def _contact() -> Contact:
    return Contact(kind="line", value="x", span=Span(start=0, end=0), quote="x")


def _document(name: str) -> Put:
    def put(report: Report, text: str) -> Report:
        # The flag of the report stands on the first character of the text, whatever follows.
        value = "x" + text if name == "text" else text
        findings = tuple(replace(item, document=replace(item.document, **{name: value})) for item in report.findings)
        return replace(report, findings=findings)

    return put


def _flags(name: str) -> Put:
    def put(report: Report, text: str) -> Report:
        first, *others = report.findings
        flags = tuple(replace(flag, span=Span(start=0, end=0), **{name: text}) for flag in first.flags)
        return replace(report, findings=(replace(first, flags=flags), *others))

    return put


def _facts(name: str) -> Put:
    def put(report: Report, text: str) -> Report:
        first, *others = report.findings
        money = replace(_pay().money, **{name: text}) if name in {"currency", "period"} else _pay().money
        own = {} if name in {"currency", "period"} else {name: text}
        fact = replace(_pay(), money=money, span=Span(start=0, end=0), **own)
        unpaid = replace(fact, money=None)
        return replace(report, findings=(replace(first, facts=(fact, unpaid)), *others))

    return put


def _combinations(name: str) -> Put:
    def put(report: Report, text: str) -> Report:
        first, *others = report.findings
        (together,) = first.combinations
        return replace(report, findings=(replace(first, combinations=(replace(together, **{name: text}),)), *others))

    return put


def _parts(name: str) -> Put:
    def put(report: Report, text: str) -> Report:
        first, *others = report.findings
        (together,) = first.combinations
        parts = tuple(replace(part, span=Span(start=0, end=0), **{name: text}) for part in together.parts)
        return replace(report, findings=(replace(first, combinations=(replace(together, parts=parts),)), *others))

    return put


def _notes(report: Report, text: str) -> Report:
    return replace(report, notes=(text,))


def _contacts(name: str) -> Put:
    def put(report: Report, text: str) -> Report:
        contacts = (replace(_contact(), **{name: text}),)
        findings = tuple(replace(item, document=replace(item.document, contacts=contacts)) for item in report.findings)
        return replace(report, findings=findings)

    return put


def _score(name: str) -> Put:
    def put(report: Report, text: str) -> Report:
        value = (Reason(feature=text, value=1.0, contribution=1.0),) if name == "reasons" else text
        findings = tuple(replace(item, score=replace(item.score, **{name: value})) for item in report.findings)
        return replace(report, findings=findings)

    return put


def _part(part: str, name: str) -> Put:
    def put(report: Report, text: str) -> Report:
        value = getattr(report, part)
        changed = tuple(replace(item, **{name: text}) for item in value) if isinstance(value, tuple) else None
        return replace(report, **{part: changed if changed is not None else replace(value, **{name: text})})

    return put


def _catalogue(name: str) -> Put:
    def put(report: Report, text: str) -> Report:
        made = factory.indicator(**{name: text})
        return replace(report, indicators={"document-retention": made, "claim": made})

    return put


def _law(name: str) -> Put:
    def put(report: Report, text: str) -> Report:
        authority = replace(factory.indicator().authority, laws=(factory.law(**{name: text}),), keys=(text,))
        return replace(report, indicators={"document-retention": factory.indicator(authority=authority)})

    return put


FIELDS: dict[str, Put] = {
    **{f"document.{name}": _document(name) for name in ("title", "text", "url", "language", "source")},
    **{f"flag.{name}": _flags(name) for name in ("quote", "rule", "detail", "indicator", "field")},
    **{f"fact.{name}": _facts(name) for name in ("value", "quote", "field", "detail", "currency", "period")},
    **{f"combination.{name}": _combinations(name) for name in ("key", "title", "explanation", "effect", "about")},
    **{f"part.{name}": _parts(name) for name in ("of", "quote", "field")},
    "notes": _notes,
    **{f"contact.{name}": _contacts(name) for name in ("kind", "value", "quote")},
    **{f"score.{name}": _score(name) for name in ("reasons", "model")},
    **{f"finding.{name}": _part("findings", name) for name in ("id", "ruleset")},
    **{f"skip.{name}": _part("skips", name) for name in ("url", "detail", "source")},
    **{f"health.{name}": _part("health", name) for name in ("source", "note")},
    **{f"run.{name}": _part("run", name) for name in ("code_version", "model", "ruleset")},
    **{f"indicator.{name}": _catalogue(name) for name in ("key", "title", "explanation")},
    **{f"law.{name}": _law(name) for name in ("reference", "article", "content", "certainty", "checked_on")},
}
