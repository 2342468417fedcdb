"""One-call builders of records, with good defaults; any field can be overridden by keyword."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from screener.records import (
    Authority,
    Band,
    Combination,
    Contact,
    Document,
    Fact,
    FactKind,
    Finding,
    Flag,
    Indicator,
    Kind,
    Law,
    Money,
    Part,
    Polarity,
    Reason,
    Report,
    Run,
    Scope,
    Score,
    SourceHealth,
    Span,
)
from screener.report.build import Thresholds, build

NOW = datetime(2026, 3, 2, 23, 15, tzinfo=UTC)
THRESHOLDS = Thresholds(alert=0.8, review=0.4)
TEXT = "Dibutuhkan admin, paspor dipegang agen, gaji 15 juta. WA 0812-0000-7890"


def document(**fields: Any) -> Document:
    values: dict[str, Any] = {
        "url": "https://loker.test/lowongan/1",
        "title": "Admin luar negeri",
        "text": TEXT,
        "language": "id",
        "source": "loker",
        "published": datetime(2026, 3, 1, tzinfo=UTC),
        **fields,
    }
    content = "\0".join((values["url"], values["title"], values["text"]))
    values.setdefault("id", sha256(content.encode("utf-8", "surrogatepass")).hexdigest())
    return Document(**values)


def flag(text: str, quote: str, **fields: Any) -> Flag:
    """A flag on the first place of `quote` in `text`."""
    start = text.index(quote)
    values: dict[str, Any] = {
        "indicator": "document-retention",
        "severity": 3,
        "rule": "document-retention/held",
        "span": Span(start=start, end=start + len(quote)),
        "quote": quote,
        "polarity": Polarity.RISK,
        **fields,
    }
    return Flag(**values)


def fact(text: str, quote: str, **fields: Any) -> Fact:
    """A fact on the first place of `quote` in `text`."""
    start = text.index(quote)
    values: dict[str, Any] = {
        "kind": FactKind.DESTINATION,
        "value": "KH",
        "span": Span(start=start, end=start + len(quote)),
        "quote": quote,
        **fields,
    }
    return Fact(**values)


def pay(text: str, quote: str, **fields: Any) -> Fact:
    """A fact of pay on the first place of `quote` in `text`."""
    amount = Decimal(15_000_000)
    money = Money(minimum=amount, maximum=amount, currency="IDR", period="month", quote="")
    return fact(text, quote, **{"kind": FactKind.PAY, "value": "IDR 15000000 a month", "money": money, **fields})


def part(text: str, quote: str, **fields: Any) -> Part:
    """A part of a combination on the first place of `quote` in `text`."""
    start = text.index(quote)
    span = Span(start=start, end=start + len(quote))
    return Part(**{"of": "document-retention", "span": span, "quote": quote, **fields})


def combination(*parts: Part, **fields: Any) -> Combination:
    values: dict[str, Any] = {
        "key": "held-for-pay",
        "title": "High pay and kept papers",
        "explanation": "Pay that draws people in, together with papers kept.",
        "effect": "raises",
        "severity": 3,
        "parts": parts,
        **fields,
    }
    return Combination(**values)


def contact(text: str, quote: str, **fields: Any) -> Contact:
    """A contact on the first place of `quote` in `text`."""
    start = text.index(quote)
    values: dict[str, Any] = {
        "kind": "whatsapp",
        "value": "+6281200007890",
        "span": Span(start=start, end=start + len(quote)),
        "quote": quote,
        **fields,
    }
    return Contact(**values)


def finding(doc: Document | None = None, *, probability: float = 0.9, **fields: Any) -> Finding:
    """A finding whose band follows from its probability unless it is given."""
    doc = doc or document()
    alert, review = probability >= THRESHOLDS.alert, probability >= THRESHOLDS.review
    band = Band.ALERT if alert else Band.REVIEW if review else Band.CLEAR
    score = Score(
        probability=probability,
        band=fields.pop("band", band),
        model=fields.pop("model", "2026.03"),
        threshold=THRESHOLDS.alert,
        reasons=fields.pop("reasons", (Reason(feature="flag:document-retention", value=1.0, contribution=2.1),)),
    )
    values: dict[str, Any] = {
        "document": doc,
        "kind": Kind.AD,
        "scope": Scope.OVERSEAS,
        "flags": (),
        "score": score,
        "ruleset": "rules-1",
        "screened_at": NOW,
        **fields,
    }
    values.setdefault("id", sha256(f"{doc.id} {score.model} {values['ruleset']}".encode()).hexdigest())
    return Finding(**values)


def indicator(key: str = "document-retention", **fields: Any) -> Indicator:
    values: dict[str, Any] = {
        "key": key,
        "title": "Passport or papers kept",
        "explanation": "Someone else keeps the worker's papers, so the worker cannot leave.",
        "severity": 3,
        "polarity": Polarity.RISK,
        "authority": Authority(keys=("ILO F7",), laws=(law(),)),
        **fields,
    }
    return Indicator(**values)


def law(**fields: Any) -> Law:
    values: dict[str, Any] = {
        "reference": "UU 6/2011",
        "article": "Pasal 130",
        "content": "unlawfully holding another person's travel document",
        "certainty": "medium",
        "checked_on": "2026-02-10",
        **fields,
    }
    return Law(**values)


def run(**fields: Any) -> Run:
    values: dict[str, Any] = {
        "id": 7,
        "started_at": NOW,
        "finished_at": NOW,
        "code_version": "0.1.0",
        "model": "2026.03",
        "ruleset": "rules-1",
        "findings": 1,
        "skips": {},
        **fields,
    }
    return Run(**values)


def health(source: str = "loker", **fields: Any) -> SourceHealth:
    values: dict[str, Any] = {"expected_min": 5, "found": 9, "findings": 8, "skips": 1, "note": "", **fields}
    return SourceHealth(source=source, **values)


def report(findings: Sequence[Finding] = (), **fields: Any) -> Report:
    indicators = fields.pop("indicators", {"document-retention": indicator()})
    made = build(run(), findings, (), (), (health(),), indicators, THRESHOLDS)
    return replace(made, **fields)
