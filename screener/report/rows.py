"""A finding as the JSON object that `screener screen` and `findings.jsonl` write: raw, nothing masked."""

from collections.abc import Sequence
from decimal import Decimal

from screener.records import NOT_STATED, Combination, Contact, Fact, FactKind, Finding, Flag, Money, Part, Reason


def as_row(finding: Finding) -> dict[str, object]:
    """The finding as a JSON object of the screen contract; `id` is the document's: a row's own, or a digest.

    Offsets of `flags` are in the text, those of `title_flags` in the title.
    """
    return {
        "id": finding.document.id,
        "kind": finding.kind.value,
        "scope": finding.scope.value,
        "language": finding.document.language,
        "probability": finding.score.probability,
        "band": finding.score.band.value,
        "flags": [_flag(flag) for flag in finding.flags if flag.field == "text"],
        "title_flags": [_flag(flag) for flag in finding.flags if flag.field == "title"],
        "facts": {kind.value: _stated(finding.facts, kind) for kind in FactKind},
        "combinations": [_combination(combination) for combination in finding.combinations],
        "reasons": [_reason(reason) for reason in finding.score.reasons],
        "contacts": [_contact(contact) for contact in finding.document.contacts],
        "model": finding.score.model,
        "ruleset": finding.ruleset,
    }


def as_report_row(finding: Finding, *, new: bool) -> dict[str, object]:
    """The contract's object and its document: url, title, text, source, published (ISO 8601) and new."""
    document, row = finding.document, as_row(finding)
    return {
        "id": row.pop("id"),
        "url": document.url,
        "title": document.title,
        **row,
        "new": new,
        "published": document.published.isoformat() if document.published else None,
        "source": document.source,
        "text": document.text,
    }


def _flag(flag: Flag) -> dict[str, object]:
    return {
        "indicator": flag.indicator,
        "severity": flag.severity,
        "polarity": flag.polarity.value,
        "start": flag.span.start,
        "end": flag.span.end,
        "quote": flag.quote,
        "field": flag.field,
        "rule": flag.rule,
    }


def _stated(facts: Sequence[Fact], kind: FactKind) -> list[dict[str, object]] | str:
    return [_fact(fact) for fact in facts if fact.kind is kind] or NOT_STATED


def _fact(fact: Fact) -> dict[str, object]:
    row: dict[str, object] = {
        "value": fact.value,
        "quote": fact.quote,
        "start": fact.span.start,
        "end": fact.span.end,
        "field": fact.field,
        "detail": fact.detail,
    }
    return {**row, "money": _money(fact.money)} if fact.money else row


def _money(money: Money) -> dict[str, object]:
    # Amounts as text: a JSON number is a binary fraction to most programs that read it.
    return {
        "minimum": _digits(money.minimum),
        "maximum": _digits(money.maximum),
        "currency": money.currency,
        "period": money.period,
    }


def _digits(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _combination(combination: Combination) -> dict[str, object]:
    return {
        "key": combination.key,
        "title": combination.title,
        "effect": combination.effect,
        "severity": combination.severity,
        "parts": [_part(part) for part in combination.parts],
    }


def _part(part: Part) -> dict[str, object]:
    return {
        "of": part.of,
        "quote": part.quote,
        "start": part.span.start,
        "end": part.span.end,
        "field": part.field,
    }


def _reason(reason: Reason) -> dict[str, object]:
    return {"feature": reason.feature, "value": reason.value, "contribution": reason.contribution}


def _contact(contact: Contact) -> dict[str, object]:
    return {
        "kind": contact.kind,
        "value": contact.value,
        "start": contact.span.start,
        "end": contact.span.end,
        "quote": contact.quote,
    }
