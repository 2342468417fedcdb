"""Combinations: flags, and facts, that mean more together than each alone; kept as data, every part quoted."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import tomli
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from screener.errors import RuleError
from screener.records import Combination, Fact, FactKind, Flag, Part

_FACT = "fact:"
_LOWERED = 1


class _Written(BaseModel):
    """A combination as written."""

    model_config = ConfigDict(extra="forbid")

    key: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str
    explanation: str = Field(min_length=20)
    effect: Literal["raises", "cancels", "lowers", "notes"]
    severity: Literal[0, 1, 2, 3]
    about: str = ""
    all: list[list[str]] = Field(min_length=2)
    none: list[str] = []
    source: str = Field(min_length=5)


@dataclass(frozen=True, kw_only=True)
class CombinationRule:
    """What must be there together: one entry of each set in `needed`, and nothing of `barred`."""

    key: str
    title: str
    explanation: str
    effect: str
    severity: int
    about: str
    needed: tuple[frozenset[str], ...]
    barred: frozenset[str]


def load_combinations(path: Path, indicators: Collection[str]) -> tuple[CombinationRule, ...]:
    """The combinations in the order of the file. Raises RuleError that names file, row and reason."""
    try:
        rows = tomli.loads(path.read_text(encoding="utf-8")).get("combination", [])
        written = [_Written.model_validate(row) for row in rows]
    except (tomli.TOMLDecodeError, ValidationError, UnicodeDecodeError) as error:
        raise RuleError(f"{path.name}: {error}") from error
    known = {*indicators, *(f"{_FACT}{kind.value}" for kind in FactKind)}
    for row in written:
        unknown = sorted(
            {*row.none, *([row.about] if row.about else []), *(e for part in row.all for e in part)} - known
        )
        if unknown:
            raise RuleError(f"{path.name}: combination {row.key!r}: there is no indicator or fact {unknown[0]!r}")
    return tuple(_rule(row) for row in written)


def _rule(row: _Written) -> CombinationRule:
    return CombinationRule(
        **row.model_dump(include={"key", "title", "explanation", "effect", "severity", "about"}),
        needed=tuple(frozenset(part) for part in row.all),
        barred=frozenset(row.none),
    )


def combined(
    rules: Sequence[CombinationRule], flags: Sequence[Flag], facts: Sequence[Fact]
) -> tuple[tuple[Flag, ...], tuple[Combination, ...]]:
    """The flags as the combinations leave them, and the combinations that hold."""
    parts = _parts(flags, facts)
    found = tuple(_combination(rule, parts) for rule in rules if _holds(rule, parts))
    return tuple(_left(flags, found)), found


def _parts(flags: Sequence[Flag], facts: Sequence[Fact]) -> Mapping[str, Part]:
    """The first sighting of each indicator, and of each kind of fact."""
    parts: dict[str, Part] = {}
    for flag in flags:
        parts.setdefault(flag.indicator, Part(of=flag.indicator, span=flag.span, quote=flag.quote, field=flag.field))
    for fact in facts:
        name = f"{_FACT}{fact.kind.value}"
        parts.setdefault(name, Part(of=name, span=fact.span, quote=fact.quote, field=fact.field))
    return parts


def _holds(rule: CombinationRule, parts: Mapping[str, Part]) -> bool:
    return not any(part.isdisjoint(parts) for part in rule.needed) and rule.barred.isdisjoint(parts)


def _combination(rule: CombinationRule, parts: Mapping[str, Part]) -> Combination:
    return Combination(
        key=rule.key,
        title=rule.title,
        explanation=rule.explanation,
        effect=rule.effect,
        severity=rule.severity,
        about=rule.about,
        parts=tuple(parts[name] for needed in rule.needed for name in sorted(needed & parts.keys())),
    )


def _left(flags: Sequence[Flag], found: Sequence[Combination]) -> Iterator[Flag]:
    effects = {combination.about: combination.effect for combination in found if combination.about}
    for flag in flags:
        effect = effects.get(flag.indicator)
        if effect == "lowers":
            yield replace(flag, severity=min(flag.severity, _LOWERED))
        elif effect != "cancels":
            yield flag
