"""The catalogue of indicators: what each means, how serious it is, and the law behind it."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from screener.errors import RuleError
from screener.records import Authority, Indicator, Law, Polarity


class _WrittenIndicator(BaseModel):
    """An indicator as written: `laws` are keys of the `[law]` table of the same file."""

    model_config = ConfigDict(extra="forbid")

    title: str
    explanation: str = Field(min_length=20)
    severity: Literal[0, 1, 2, 3]
    polarity: Polarity = Polarity.RISK
    keys: list[str] = []
    laws: list[str] = []


class _WrittenLaw(BaseModel):
    """One article of law as written."""

    model_config = ConfigDict(extra="forbid")

    reference: str
    article: str
    content: str
    certainty: Literal["high", "medium", "low"]
    checked_on: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")


class _Catalogue(BaseModel):
    model_config = ConfigDict(extra="forbid")

    law: dict[str, _WrittenLaw]
    indicator: dict[str, _WrittenIndicator]


_CATALOGUE = TypeAdapter(_Catalogue)


def load_indicators(path: Path) -> Mapping[str, Indicator]:
    """The indicators by key, in the order of the file. Raises RuleError that names the entry that does not fit."""
    try:
        catalogue = _CATALOGUE.validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError) as error:
        raise RuleError(f"{path.name}: {error}") from error
    laws = {key: Law(**law.model_dump()) for key, law in catalogue.law.items()}
    return {key: _indicator(path, key, written, laws) for key, written in catalogue.indicator.items()}


def _indicator(path: Path, key: str, written: _WrittenIndicator, laws: Mapping[str, Law]) -> Indicator:
    unknown = [law for law in written.laws if law not in laws]
    if unknown:
        raise RuleError(f"{path.name}: indicator {key!r}: there is no law {unknown[0]!r}")
    return Indicator(
        key=key,
        title=written.title,
        explanation=written.explanation,
        severity=written.severity,
        polarity=written.polarity,
        authority=Authority(keys=tuple(written.keys), laws=tuple(laws[law] for law in written.laws)),
    )
