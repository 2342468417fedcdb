"""One row of a corpus file to one example, or to everything that is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from screener.records import Example, Mark, Polarity, Span

_SHOWN = 60
_Model = TypeVar("_Model", bound=BaseModel)
Kinds = Literal["ad", "warning", "news", "question", "testimony", "other"]
Scopes = Literal["overseas", "domestic", "unknown"]
DATE = r"^\d{4}-\d{2}-\d{2}$"


class WrittenMark(BaseModel):
    """One flag of a row."""

    model_config = ConfigDict(extra="forbid")

    indicator: str
    polarity: Polarity
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    quote: str = Field(min_length=1)


class WrittenExample(BaseModel):
    """One row of a file that declares its format; nothing may be missing or unknown."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(min_length=1)
    text: str = Field(min_length=1)
    title: str = ""
    kind: Kinds
    scope: Scopes
    language: Literal["id", "en", "ms", "mixed"]
    source_type: str
    label: Literal["follow_up", "ordinary", "job_fraud"]
    tier: str
    modus: str
    group: str = Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")
    written_on: str = Field(pattern=DATE)
    flags: list[WrittenMark] = []
    seen_by_rules: bool = False


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something wrong at a place, which is "file:line"."""

    place: str
    reason: str

    def __str__(self) -> str:
        """Place and reason, as a user reads them."""
        return f"{self.place}: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class Placed:
    """An example and where it stands, as "file:line"."""

    place: str
    example: Example


def example_of(
    place: str, values: Mapping[str, object], indicators: Mapping[str, object]
) -> tuple[Example | None, list[Problem]]:
    """The example of a row in the declared format, or None with all that is wrong with the row."""
    written, problems = validated(WrittenExample, place, values)
    if written is None:
        return None, problems
    problems = list(mark_problems(place, written.text, written.flags, indicators))
    marks = marks_of(written.flags)
    return None if problems else Example(**written.model_dump(exclude={"flags"}), marks=marks), problems


def validated(model: type[_Model], place: str, values: Mapping[str, object]) -> tuple[_Model | None, list[Problem]]:
    """The row as the model has it, or None with every field that does not fit."""
    try:
        return model.model_validate(values), []
    except ValidationError as error:
        return None, [
            Problem(place=place, reason=f"{'.'.join(map(str, one['loc'])) or 'row'}: {one['msg']}")
            for one in error.errors(include_url=False)
        ]


def mark_problems(
    place: str, text: str, marks: Sequence[WrittenMark], indicators: Mapping[str, object]
) -> Iterator[Problem]:
    """Every mark of an unknown indicator, and every one whose quote is not what stands at its place in the text."""
    for mark in marks:
        if mark.indicator not in indicators:
            yield Problem(place=place, reason=f"flag {mark.indicator[:_SHOWN]!r}: there is no such indicator")
        if text[mark.start : mark.end] != mark.quote:
            where = f"the text from {mark.start} to {mark.end} is not {mark.quote[:_SHOWN]!r}"
            yield Problem(place=place, reason=f"flag {mark.indicator[:_SHOWN]!r}: {where}")


def marks_of(written: Sequence[WrittenMark]) -> tuple[Mark, ...]:
    """The marks as records."""
    return tuple(
        Mark(indicator=m.indicator, polarity=m.polarity, span=Span(start=m.start, end=m.end), quote=m.quote)
        for m in written
    )
