"""Facts and combinations as rows of the tables, and rows as the very records they were made from."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping

from screener.records import Combination, Fact, FactKind, Money, Part, Span
from screener.store.codec import dumps, loads
from screener.store.parts import Row, of_type


def fact_row(fact: Fact) -> Row:
    """The row of a fact; the columns of its amount are empty when it has none."""
    return {
        "kind": fact.kind.value,
        "value": fact.value,
        "span_start": fact.span.start,
        "span_end": fact.span.end,
        "quote": fact.quote,
        "field": fact.field,
        "detail": fact.detail,
        **_money_columns(fact.money),
    }


def _money_columns(money: Money | None) -> Row:
    if money is None:
        return dict.fromkeys(("minimum", "maximum", "currency", "period", "money_quote"))
    return {
        "minimum": _digits(money.minimum),
        "maximum": _digits(money.maximum),
        "currency": money.currency,
        "period": money.period,
        "money_quote": money.quote,
    }


def _digits(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def fact_of(row: RowMapping) -> Fact:
    """The fact of a row; raises ValueError when its kind or an amount is damaged."""
    return Fact(
        kind=FactKind(row["kind"]),
        value=row["value"],
        span=Span(start=row["span_start"], end=row["span_end"]),
        quote=row["quote"],
        field=row["field"],
        money=_money_of(row),
        detail=row["detail"],
    )


def _money_of(row: RowMapping) -> Money | None:
    if row["currency"] is None:
        return None
    return Money(
        minimum=_amount(row["minimum"]),
        maximum=_amount(row["maximum"]),
        currency=row["currency"],
        period=row["period"],
        quote=row["money_quote"],
    )


def _amount(digits: str | None) -> Decimal | None:
    try:
        return None if digits is None else Decimal(digits)
    except ArithmeticError as error:
        raise ValueError(f"an amount was stored here, not {digits!r}") from error


def combination_row(combination: Combination) -> Row:
    """The row of a combination, its parts as JSON."""
    return {
        "key": combination.key,
        "title": combination.title,
        "explanation": combination.explanation,
        "effect": combination.effect,
        "severity": combination.severity,
        "about": combination.about,
        "parts": dumps([asdict(part) for part in combination.parts]),
    }


def combination_of(row: RowMapping) -> Combination:
    """The combination of a row; raises ValueError when its parts are damaged."""
    return Combination(
        key=row["key"],
        title=row["title"],
        explanation=row["explanation"],
        effect=row["effect"],
        severity=row["severity"],
        about=row["about"],
        parts=tuple(_part_of(part) for part in of_type(list, loads(row["parts"]))),
    )


def _part_of(value: object) -> Part:
    fields: Mapping[str, Any] = of_type(dict, value)
    try:
        return Part(**{**fields, "span": Span(**fields["span"])})
    except (KeyError, TypeError) as error:
        raise ValueError(f"a part of a combination was stored here, not {value!r}") from error
