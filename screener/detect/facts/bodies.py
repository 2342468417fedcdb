"""Official bodies of labour migration: their names and the addresses that are really theirs."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from screener.detect.tables import read_table
from screener.errors import RuleError

Kind = Literal[
    "ministry",
    "regional office",
    "field post",
    "labour office",
    "one-stop service",
    "foreign ministry",
    "mission",
    "police",
    "protection",
    "international",
]


class _WrittenBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    short: str
    kind: Kind
    words: list[str] = Field(min_length=1)
    domains: list[str]
    hotlines: list[str]
    certainty: Literal["high", "medium", "low"]
    source: str = Field(min_length=3)


@dataclass(frozen=True, kw_only=True)
class Body:
    """A public or international body: `words` are its names in ads, `domains` and `hotlines` its own addresses."""

    name: str
    short: str
    kind: str
    words: tuple[str, ...]
    domains: tuple[str, ...]
    hotlines: tuple[str, ...]
    certainty: str


_BODIES = TypeAdapter(list[_WrittenBody])


def load_bodies(path: Path) -> tuple[Body, ...]:
    """The official bodies in the order of the file. Raises RuleError that names file, row and reason."""
    bodies = tuple(_body(row) for row in read_table(path, _BODIES, "body"))
    owner: dict[str, str] = {}
    for body in bodies:
        for word in body.words:
            if owner.setdefault(word, body.short) != body.short:
                raise RuleError(f"{path.name}: {body.short}: the name {word!r} belongs to {owner[word]} too")
    return bodies


def _body(row: _WrittenBody) -> Body:
    lists = {key: tuple(getattr(row, key)) for key in ("words", "domains", "hotlines")}
    return Body(name=row.name, short=row.short, kind=row.kind, certainty=row.certainty, **lists)
