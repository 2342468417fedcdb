"""The catalogue of indicators: what each means, how serious it is, and the law behind it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from screener.detect.tables import read_table
from screener.errors import RuleError
from screener.records import Authority, Indicator, Law, Polarity


class _WrittenIndicator(BaseModel):
    """An indicator as written: `laws` are keys of the file of laws."""

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
    source: str = Field(min_length=3)


_LAWS = TypeAdapter(dict[str, _WrittenLaw])
_INDICATORS = TypeAdapter(dict[str, _WrittenIndicator])


def load_laws(path: Path) -> Mapping[str, Law]:
    """The articles of law by key. Raises RuleError that names file and row when one does not fit."""
    written = read_table(path, _LAWS, "law")
    return {key: Law(**law.model_dump(exclude={"source"})) for key, law in written.items()}


def load_indicators(path: Path, laws: Mapping[str, Law]) -> Mapping[str, Indicator]:
    """The indicators by key, in the order of the file. Raises RuleError that names the entry that does not fit."""
    return {key: _indicator(path, key, row, laws) for key, row in read_table(path, _INDICATORS, "indicator").items()}


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
