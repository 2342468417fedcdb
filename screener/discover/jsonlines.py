"""JSON Lines to rows, one line at a time."""

import json
import math
from collections.abc import Iterable, Iterator
from typing import NoReturn

from screener.discover.lines import Line
from screener.discover.rows import BadRow, Row

_DIGITS_SHOWN = 40


def json_rows(path: str, lines: Iterable[Line]) -> Iterator[Row | BadRow]:
    """A row for each line that holds an object; blank lines are passed over, all others are bad rows."""
    for line in lines:
        if line.fault:
            yield BadRow(path=path, line_number=line.number, detail=line.fault)
        elif line.text.strip():
            yield _row(path, line)


def _row(path: str, line: Line) -> Row | BadRow:
    try:
        value = json.loads(line.text, parse_constant=_refuse, parse_float=_number)
    except RecursionError:
        return BadRow(path=path, line_number=line.number, detail="nested too deep")
    except ValueError as error:
        return BadRow(path=path, line_number=line.number, detail=f"not JSON: {error}")
    if not isinstance(value, dict):
        return BadRow(path=path, line_number=line.number, detail="not an object")
    return Row(path=path, line_number=line.number, values=value)


def _number(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        # Python would write it as Infinity, which no other program reads as JSON.
        raise ValueError(f"{digits[:_DIGITS_SHOWN]} is more than a number can hold")
    return number


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")
