"""A finding as the JSON object that `screener screen` and `findings.jsonl` write: raw, nothing masked."""

from screener.records import Contact, Finding, Flag, Reason


def as_row(finding: Finding) -> dict[str, object]:
    """The finding as a JSON object of the screen contract; `id` is the document's: a row's own, or a digest."""
    return {
        "id": finding.document.id,
        "kind": finding.kind.value,
        "scope": finding.scope.value,
        "language": finding.document.language,
        "probability": finding.score.probability,
        "band": finding.score.band.value,
        "flags": [_flag(flag) for flag in finding.flags],
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
