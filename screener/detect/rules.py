"""Rules: how concepts combine to raise an indicator, as data that carries the texts it must hit and must miss."""

import difflib
import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from screener.detect.patterns import concept_of, fault
from screener.detect.rulefiles import Refusal, Table, read_tables, rule_files
from screener.errors import RuleError
from screener.records import Scope

_ANYWHERE: frozenset[Scope] = frozenset(Scope)
_NOT_AT_HOME = frozenset({Scope.OVERSEAS, Scope.UNKNOWN})


_NAME = r"^[a-z0-9-]+/[a-z0-9-]+$"
_TOLD_MAX = 20


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


class _WrittenRule(BaseModel):
    """A rule as its author writes it."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(pattern=_NAME)
    indicator: str
    find: list[str] = Field(default=[], max_length=5)
    pattern: Annotated[list[str], BeforeValidator(_listed), Field(max_length=3)] = []
    order: bool = False
    within: int = Field(default=6, ge=1, le=60)
    where: Literal["sentence", "text"] = "sentence"
    unless: list[str] = []
    unless_anywhere: list[str] = []
    negated: Literal["silent", "needed", "same"] = "silent"
    warned: Literal["silent", "same"] = "silent"
    at_home: bool = False
    hits: list[str] = Field(min_length=1)
    misses: list[str] = []


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One way to say an indicator.

    `find` are its parts, each a set of concepts of which one must be there; `patterns` are expressions of the analyst
    whose hits stand among those of the concepts, each a last part in `find`; `within` counts tokens from the first
    part to the last; `unless` silences within the sentence, `unless_anywhere` within the text; `negated` says what a
    negation does: silences ("silent"), is part of the meaning ("needed"), or changes nothing ("same"), unless it
    answers a question; `warned` the same of a sentence that warns. `path` and `line` say where it is written.
    """

    name: str
    indicator: str
    find: tuple[frozenset[str], ...]
    patterns: tuple[str, ...]
    order: bool
    within: int
    whole_text: bool
    unless: frozenset[str]
    unless_anywhere: frozenset[str]
    negated: str
    warned: str
    scopes: frozenset[Scope]
    hits: tuple[str, ...]
    misses: tuple[str, ...]
    path: Path
    line: int


@dataclass(frozen=True, kw_only=True)
class RuleBook:
    """The rules of some folders by name, the files they stand in, and why other files are not used."""

    rules: tuple[Rule, ...] = ()
    files: tuple[Path, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def load_rules(folders: Iterable[Path], indicators: Collection[str], concepts: Collection[str]) -> tuple[Rule, ...]:
    """The rules of every `*.toml` in the folders, in the order of their names.

    Raises RuleError that names file, line and reason for an unknown indicator or concept, a missing hit, a pattern
    that does not compile, or a name that is taken; and for a folder that is not there.
    """
    book = read_rules(folders, indicators, concepts)
    if book.refusals:
        raise RuleError(str(book.refusals[0]))
    return book.rules


def read_rules(
    folders: Iterable[Path], indicators: Collection[str], concepts: Collection[str], known: Iterable[Rule] = ()
) -> RuleBook:
    """The rules of the files that fit, as `load_rules` has them, and a refusal for each mistake in the others.

    A file with one mistake is left out as a whole. `known` are rules whose names are taken already. Raises RuleError
    for a folder that is not there.
    """
    named, rules = {rule.name: rule for rule in known}, list[Rule]()
    files, refusals = list[Path](), list[Refusal]()
    for path in _distinct(sorted(path for folder in folders for path in rule_files(folder))):
        read = list(_of_file(path, indicators, concepts, named))
        faults = [one for one in read if isinstance(one, Refusal)]
        if faults:
            refusals += _shortened(path, faults)
            continue
        files.append(path)
        new = [rule for rule in read if isinstance(rule, Rule)]
        rules += new
        named |= {rule.name: rule for rule in new}
    return RuleBook(
        rules=tuple(sorted(rules, key=lambda rule: rule.name)), files=tuple(files), refusals=tuple(refusals)
    )


def _distinct(paths: Iterable[Path]) -> Iterable[Path]:
    """Each file once, though it is in a folder that was named twice, or linked."""
    by_place: dict[str, Path] = {}
    for path in paths:
        by_place.setdefault(os.path.realpath(path), path)
    return by_place.values()


def _shortened(path: Path, faults: list[Refusal]) -> list[Refusal]:
    more = len(faults) - _TOLD_MAX
    return faults if more <= 0 else [*faults[:_TOLD_MAX], Refusal(path=path, reason=f"and {more} more mistakes")]


def _of_file(
    path: Path, indicators: Collection[str], concepts: Collection[str], named: Mapping[str, Rule]
) -> Iterator[Rule | Refusal]:
    """Each rule of a file, or what is wrong with it."""
    tables = read_tables(path)
    if isinstance(tables, Refusal):
        yield tables
        return
    here = dict(named)
    for number, table in enumerate(tables, start=1):
        faults = list(_misfits(number, table) or _unknown(table, indicators, concepts, here))
        if faults:
            yield from (Refusal(path=path, line=line, reason=reason) for line, reason in faults)
        else:
            rule = _rule(path, table)
            yield here.setdefault(rule.name, rule)


def ruleset_digest(paths: Iterable[Path]) -> str:
    """The first 16 hex digits of SHA-256 over the names and contents of the files that decide about flags."""
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.name):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


_Fault = tuple[int, str]


def _misfits(number: int, table: Table) -> list[_Fault]:
    """Line and reason of everything in a table that has not the form of a rule."""
    who = f"rule {table.values.get('name', number)!r}"
    try:
        written = _WrittenRule.model_validate(table.values)
    except ValidationError as error:
        return [(table.line_of(str(p["loc"][0])), f"{who}: {_mistake(p)}") for p in error.errors()]
    if not written.find and not written.pattern:
        return [(table.line, f"{who}: has neither `find` nor `pattern`")]
    wrong = ((pattern, why) for pattern in written.pattern if (why := fault(pattern)))
    return [(table.line_of("pattern"), f"{who}: pattern {pattern[:60]!r} {why}") for pattern, why in wrong]


def _mistake(problem: ErrorDetails) -> str:
    place = ".".join(str(part + 1) if isinstance(part, int) else part for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f"{place}: {problem['msg']}{_suggestion(place, _WrittenRule.model_fields)}"
    if problem["type"] == "string_pattern_mismatch":
        return f"{place}: must be of the form bonus/our-words: small letters, digits, hyphens and one slash"
    return f"{place}: {problem['msg']}"


def _suggestion(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, sorted(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _unknown(
    table: Table, indicators: Collection[str], concepts: Collection[str], named: Mapping[str, Rule]
) -> Iterator[_Fault]:
    """Line and reason of each indicator, concept or name that cannot be used."""
    written = _WrittenRule.model_validate(table.values)
    who = f"rule {written.name!r}"
    if taken := named.get(written.name):
        yield table.line_of("name"), f"{who}: the name is taken by {taken.path.name}, line {taken.line}"
    if written.indicator not in indicators:
        close = _suggestion(written.indicator, indicators)
        yield table.line_of("indicator"), f"{who}: there is no indicator {written.indicator!r}{close}"
    find = [concept for part in written.find for concept in _words(part)]
    for key, named_there in (("find", find), ("unless", written.unless), ("unless_anywhere", written.unless_anywhere)):
        for concept in dict.fromkeys(c for c in named_there if c not in concepts):
            yield table.line_of(key), f"{who}: there is no concept {concept!r}{_suggestion(concept, concepts)}"


def _words(part: str) -> list[str]:
    return [concept.strip() for concept in part.split("|")]


def _rule(path: Path, table: Table) -> Rule:
    written = _WrittenRule.model_validate(table.values)
    patterns = [frozenset({concept_of(pattern)}) for pattern in written.pattern]
    return Rule(
        **written.model_dump(include={"name", "indicator", "order", "within", "negated", "warned"}),
        find=(*(frozenset(_words(part)) for part in written.find), *patterns),
        patterns=tuple(written.pattern),
        whole_text=written.where == "text",
        unless=frozenset(written.unless),
        unless_anywhere=frozenset(written.unless_anywhere),
        scopes=_ANYWHERE if written.at_home else _NOT_AT_HOME,
        hits=tuple(written.hits),
        misses=tuple(written.misses),
        path=path,
        line=table.line,
    )
