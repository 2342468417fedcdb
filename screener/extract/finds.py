"""A contact found in a folded text, before its place in the original is known."""

from typing import NamedTuple


class Find(NamedTuple):
    """Kind, normal form, and where it stands: `start` inclusive, `end` exclusive."""

    kind: str
    value: str
    start: int
    end: int
