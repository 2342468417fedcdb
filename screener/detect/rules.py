"""Rules: how concepts combine to raise an indicator, as data that carries the texts it must hit and must miss."""

import hashlib
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from screener.errors import RuleError
from screener.records import Scope

_ANYWHERE: frozenset[Scope] = frozenset(Scope)
_NOT_AT_HOME = frozenset({Scope.OVERSEAS, Scope.UNKNOWN})


class _WrittenRule(BaseModel):
    """A rule as its author writes it."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")
    indicator: str
    find: list[str] = Field(min_length=1, max_length=5)
    order: bool = False
    within: int = Field(default=6, ge=1, le=60)
    where: Literal["sentence", "text"] = "sentence"
    unless: list[str] = []
    unless_anywhere: list[str] = []
    negated: Literal["silent", "needed", "same"] = "silent"
    at_home: bool = False
    hits: list[str] = Field(min_length=1)
    misses: list[str] = []


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One way to say an indicator.

    `find` are its parts, each a set of concepts of which one must be there; `within` counts tokens from the first part
    to the last; `unless` silences within the sentence, `unless_anywhere` within the text; `negated` says what a
    negation does: silences ("silent"), is part of the meaning ("needed"), or changes nothing ("same").
    """

    name: str
    indicator: str
    find: tuple[frozenset[str], ...]
    order: bool
    within: int
    whole_text: bool
    unless: frozenset[str]
    unless_anywhere: frozenset[str]
    negated: str
    scopes: frozenset[Scope]
    hits: tuple[str, ...]
    misses: tuple[str, ...]


def load_rules(folders: Iterable[Path], indicators: Collection[str], concepts: Collection[str]) -> tuple[Rule, ...]:
    """The rules of every `*.toml` in the folders, in the order of their names.

    Raises RuleError that names file, rule and reason for an unknown indicator or concept, a missing hit, or a name
    that is taken; and for a folder that is not there.
    """
    rules: dict[str, Rule] = {}
    for path in sorted(path for folder in folders for path in _files(folder)):
        for rule in _rules_of(path):
            if rule.name in rules:
                raise RuleError(f"{path.name}: rule {rule.name!r}: the name is taken")
            _check(path, rule, indicators, concepts)
            rules[rule.name] = rule
    return tuple(rules[name] for name in sorted(rules))


def _files(folder: Path) -> Iterable[Path]:
    if not folder.is_dir():
        raise RuleError(f"{folder}: there is no such folder of rules")
    return folder.glob("*.toml")


def ruleset_digest(paths: Iterable[Path]) -> str:
    """The first 16 hex digits of SHA-256 over the names and contents of the files that decide about flags."""
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.name):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _rules_of(path: Path) -> list[Rule]:
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise RuleError(f"{path.name}: {error}") from error
    entries = written.pop("rule", [])
    if written or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise RuleError(f"{path.name}: a rule file holds [[rule]] tables and nothing else")
    return [_rule(path, number, entry) for number, entry in enumerate(entries, start=1)]


def _rule(path: Path, number: int, entry: dict[str, object]) -> Rule:
    try:
        written = _WrittenRule.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise RuleError(f"{path.name}: rule {entry.get('name', number)!r}: {where}: {first['msg']}") from error
    return Rule(
        **written.model_dump(include={"name", "indicator", "order", "within", "negated"}),
        find=tuple(frozenset(part.split("|")) for part in written.find),
        whole_text=written.where == "text",
        unless=frozenset(written.unless),
        unless_anywhere=frozenset(written.unless_anywhere),
        scopes=_ANYWHERE if written.at_home else _NOT_AT_HOME,
        hits=tuple(written.hits),
        misses=tuple(written.misses),
    )


def _check(path: Path, rule: Rule, indicators: Collection[str], concepts: Collection[str]) -> None:
    if rule.indicator not in indicators:
        raise RuleError(f"{path.name}: rule {rule.name!r}: there is no indicator {rule.indicator!r}")
    named = rule.unless.union(rule.unless_anywhere, *rule.find)
    unknown = sorted(named - set(concepts))
    if unknown:
        raise RuleError(f"{path.name}: rule {rule.name!r}: there is no concept {unknown[0]!r}")
