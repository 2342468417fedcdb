"""A researcher's own rows: `text` and `label` at least, under any further columns."""

import re
from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from screener.train.rows import DATE, Kinds, Problem, Scopes, WrittenMark, mark_problems, validated

_SHOWN = 40
_SURROGATE = re.compile("[\ud800-\udfff]")
_FOLLOW_UP = ("follow_up", "1", "true", "yes", "ya")
_ORDINARY = ("ordinary", "0", "false", "no", "tidak")
_LABELS = {
    **dict.fromkeys(_FOLLOW_UP, "follow_up"),
    **dict.fromkeys(_ORDINARY, "ordinary"),
    "job_fraud": "job_fraud",
}
_ALLOWED = f"{', '.join(_FOLLOW_UP)} (to follow up), {', '.join(_ORDINARY)} (all others), or job_fraud"


def _label(value: object) -> str:
    # Tables write whole numbers as 1.0 once a cell of the column is empty.
    word = str(value).strip().casefold().removesuffix(".0").replace("-", "_").replace(" ", "_")
    if word not in _LABELS:
        shown, allowed = str(value)[:_SHOWN], _ALLOWED
        raise PydanticCustomError(
            "label", "'{shown}' is no label; allowed: {allowed}", {"shown": shown, "allowed": allowed}
        )
    return _LABELS[word]


class OwnRow(BaseModel):
    """One row as given; what is empty here is filled in later."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    text: str
    label: Annotated[str, BeforeValidator(_label)]
    id: str = ""
    title: str = ""
    kind: Kinds = "ad"
    scope: Scopes = "unknown"
    language: str = Field(default="", max_length=35)
    source_type: str = "unknown"
    tier: str = "unknown"
    modus: str = "unknown"
    author: str = ""
    group: str = ""
    written_on: str = Field(default="", pattern=DATE)
    flags: list[WrittenMark] = []
    seen_by_rules: bool = False


def own_row_of(
    place: str, values: Mapping[str, object], indicators: Mapping[str, object]
) -> tuple[OwnRow | None, list[Problem]]:
    """The row under the names of `OwnRow`, whatever their case, or None with all that is wrong with it."""
    stated = _stated(values)
    row, problems = validated(OwnRow, place, stated)
    problems += _half_characters(place, stated)
    if row is None or problems:
        return None, problems
    problems = list(mark_problems(place, row.text, row.flags, indicators))
    return None if problems else row, problems


def _half_characters(place: str, stated: Mapping[str, object]) -> list[Problem]:
    """The values that no file in UTF-8 could hold."""
    halves = [name for name, value in stated.items() if isinstance(value, str) and _SURROGATE.search(value)]
    read = [name for name in halves if name in OwnRow.model_fields]
    return [Problem(place=place, reason=f"{name}: half of a surrogate pair is no character") for name in read]


def _stated(values: Mapping[str, object]) -> dict[str, object]:
    """The values that say something, under plain names: an empty cell is a missing one."""
    named = {_key(name): value for name, value in values.items()}
    return {name: value for name, value in named.items() if value is not None and str(value).strip()}


def id_of(values: Mapping[str, object]) -> str:
    """What the row gives as its id, empty when it gives none."""
    return str(_stated(values).get("id", ""))


def unread_columns(names: Iterable[str]) -> list[str]:
    """The columns that mean nothing here, by name."""
    return sorted(name for name in names if _key(name) not in OwnRow.model_fields)


def lacking_columns(names: Iterable[str]) -> list[str]:
    """Which of the two needed columns are not among the names."""
    known = set(map(_key, names))
    return [name for name in ("text", "label") if name not in known]


def _key(name: str) -> str:
    return name.strip().casefold()
