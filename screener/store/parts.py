"""What rows of all tables have in common: numbered parts, and values read out of JSON."""

from collections.abc import Iterable
from typing import Any

Row = dict[str, object]


def numbered(owner: str, key: str, rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows of what hangs on `owner`, in their order."""
    return tuple({owner: key, "position": position, **row} for position, row in enumerate(rows))


def of_type(kind: type[Any], value: object) -> Any:  # noqa: ANN401  JSON has no type before this check
    """The value itself; raises ValueError when it is not of this kind, which is damage."""
    if not isinstance(value, kind):
        raise ValueError(f"a {kind.__name__} was stored here, not {value!r}")  # noqa: TRY004  damage, not misuse
    return value
