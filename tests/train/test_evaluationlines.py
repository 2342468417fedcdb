"""The lines of an evaluation: the weakest first, everything measured, and what could not be."""

import re
from dataclasses import replace

import pytest

from screener.train.evaluation import Interval
from screener.train.evaluationlines import figure, lines, span
from tests.train.benches import evaluation

LINES = list(lines(evaluation()))


def test_slices_of_each_field_come_the_weakest_first() -> None:
    shares: dict[str, list[float]] = {}
    for line in LINES[LINES.index(next(line for line in LINES if line.startswith("share right"))) + 1 :]:
        if not line.strip():
            break
        match = re.match(r"    (\d\.\d\d)  ", line)
        if match:
            shares[list(shares)[-1]].append(float(match[1]))
        else:
            shares[line] = []
    assert "  modus" in shares
    assert all(field == sorted(field) for field in shares.values())


def test_every_system_of_every_protocol_has_a_row_of_figures() -> None:
    for protocol in evaluation().protocols[:3]:
        start = next(i for i, line in enumerate(LINES) if line.startswith(f"{protocol.name}  "))
        rows = LINES[start + 1 : start + 6]
        assert [row[:28].strip() for row in rows] == [one.system for one in protocol.systems]
        assert [span(one.ap) in row for one, row in zip(protocol.systems, rows, strict=True)] == [True] * 5


@pytest.mark.parametrize(
    "line",
    [
        "80 examples, 40 to follow up, 80 groups, 8 authors; figures from all of them",
        "note: a note",
        "later texts: not measured, different dates of writing: 1, and at least 2 are needed",
        "  0.25 (0.75)  leet (9), AP 0.50 (0.60)",
        "  confinement, by rules: recall 0.57 of 7 marks, precision - of 0 flags",
    ],
    ids=["texts", "notes", "not measured", "disguises", "flags"],
)
def test_a_line_says(line: str) -> None:
    assert line in LINES


def test_what_was_not_measured_has_no_heading() -> None:
    bare = replace(evaluation(), moduses=(), learning=(), disguises=(), flags=())
    assert not any(
        word in line for line in lines(bare) for word in ("never trained on", "share of the authors", "marks")
    )


def test_figures_are_written_short() -> None:
    assert span(Interval(value=0.987, low=0.9, high=1.0)) == "0.99 (0.90-1.00)"
    assert (figure(None), figure(0.126)) == ("-", "0.13")
