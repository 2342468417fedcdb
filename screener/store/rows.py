"""Findings as rows of the tables, and rows as the very findings they were made from."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping

from screener.records import (
    Band,
    Combination,
    Document,
    Fact,
    Finding,
    Flag,
    Kind,
    Polarity,
    Reason,
    Scope,
    Score,
    Span,
)
from screener.store.codec import digest
from screener.store.document_rows import document_rows
from screener.store.fact_rows import combination_row, fact_row
from screener.store.parts import Row, numbered


@dataclass(frozen=True, kw_only=True)
class FindingRows:
    """A finding taken apart: one row each of `document` and `finding`, and the rows that hang on them."""

    document: Row
    contacts: tuple[Row, ...]
    finding: Row
    flags: tuple[Row, ...]
    reasons: tuple[Row, ...]
    facts: tuple[Row, ...]
    combinations: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class FindingParts:
    """What hangs on a finding, as the records it was."""

    document: Document
    flags: Sequence[Flag]
    reasons: Sequence[Reason]
    facts: Sequence[Fact]
    combinations: Sequence[Combination]


def finding_rows(finding: Finding) -> FindingRows:
    """The rows of a finding, keyed by their content; raises ItemError when `carried` cannot be stored."""
    document, contacts = document_rows(finding.document)
    own = _finding_row(finding, str(document["key"]))
    flags = [_flag_row(flag) for flag in finding.flags]
    reasons = [_reason_row(reason) for reason in finding.score.reasons]
    facts = [fact_row(fact) for fact in finding.facts]
    combinations = [combination_row(combination) for combination in finding.combinations]
    key = digest([own, flags, reasons, facts, combinations])
    return FindingRows(
        document=document,
        contacts=contacts,
        finding={"key": key, **own},
        flags=numbered("finding_key", key, flags),
        reasons=numbered("finding_key", key, reasons),
        facts=numbered("finding_key", key, facts),
        combinations=numbered("finding_key", key, combinations),
    )


def _finding_row(finding: Finding, document_key: str) -> Row:
    return {
        "id": finding.id,
        "document_key": document_key,
        "kind": finding.kind.value,
        "scope": finding.scope.value,
        "ruleset": finding.ruleset,
        "probability": float(finding.score.probability),
        "band": finding.score.band.value,
        "model": finding.score.model,
        "threshold": float(finding.score.threshold),
    }


def _flag_row(flag: Flag) -> Row:
    return {
        "indicator": flag.indicator,
        "severity": flag.severity,
        "rule": flag.rule,
        "span_start": flag.span.start,
        "span_end": flag.span.end,
        "quote": flag.quote,
        "polarity": flag.polarity.value,
        "field": flag.field,
        "detail": flag.detail,
    }


def _reason_row(reason: Reason) -> Row:
    # float(): the scorer's numbers may be NumPy's, which neither JSON nor SQLite takes.
    return {
        "feature": reason.feature,
        "value": float(reason.value),
        "contribution": float(reason.contribution),
    }


def finding_of(item: RowMapping, finding: RowMapping, parts: FindingParts) -> Finding:
    """The finding of one item; the time of screening is the item's, all else was stored once per content."""
    return Finding(
        id=finding["id"],
        document=parts.document,
        kind=Kind(finding["kind"]),
        scope=Scope(finding["scope"]),
        flags=tuple(parts.flags),
        score=_score_of(finding, parts.reasons),
        ruleset=finding["ruleset"],
        screened_at=item["screened_at"],
        facts=tuple(parts.facts),
        combinations=tuple(parts.combinations),
    )


def _score_of(finding: RowMapping, reasons: Sequence[Reason]) -> Score:
    return Score(
        probability=finding["probability"],
        band=Band(finding["band"]),
        model=finding["model"],
        threshold=finding["threshold"],
        reasons=tuple(reasons),
    )


def flag_of(row: RowMapping) -> Flag:
    """The flag of a row."""
    return Flag(
        indicator=row["indicator"],
        severity=row["severity"],
        rule=row["rule"],
        span=Span(start=row["span_start"], end=row["span_end"]),
        quote=row["quote"],
        polarity=Polarity(row["polarity"]),
        field=row["field"],
        detail=row["detail"],
    )


def reason_of(row: RowMapping) -> Reason:
    """The reason of a row."""
    return Reason(feature=row["feature"], value=row["value"], contribution=row["contribution"])
