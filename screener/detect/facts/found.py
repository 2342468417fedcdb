"""What a finder of facts returns, still in folded offsets."""

from dataclasses import dataclass

from screener.records import FactKind, Money


@dataclass(frozen=True, kw_only=True)
class Found:
    """A fact in a tokenised text: characters `start` to `end` (exclusive) of the folded text.

    `measures` names the measured concepts that the rules may find at this place (see `MEASURED`); with `kind` None
    there is nothing else to it.
    """

    kind: FactKind | None
    start: int
    end: int
    value: str
    money: Money | None = None
    detail: str = ""
    measures: frozenset[str] = frozenset()
