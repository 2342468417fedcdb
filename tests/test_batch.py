"""Rows at scale: one result for each row, in their order, on one core or two."""

from collections.abc import Iterator
from functools import partial

import pytest

from screener.batch import screen_rows
from screener.bootstrap import make_screener
from screener.discover import BadRow, Row
from screener.errors import SettingsError
from screener.records import Finding
from screener.screening import Screener

AD = "Dicari admin chat Kamboja, gaji 12 juta, paspor ditahan perusahaan. WA 0812-0000-7890"


def row(number: int, **values: object) -> Row:
    return Row(path="ads.jsonl", line_number=number, values={"id": str(number), "text": f"{AD} {number}", **values})


def bad(number: int) -> BadRow:
    return BadRow(path="ads.jsonl", line_number=number, detail="not JSON")


def names(results: Iterator[Finding | BadRow]) -> list[str]:
    return [f"bad {r.line_number}" if isinstance(r, BadRow) else r.document.id for r in results]


def test_results_come_in_the_order_of_the_rows(screener: Screener) -> None:
    rows: list[Row | BadRow] = [row(1), bad(2), row(3), row(4, text=" "), row(5)]
    assert names(screen_rows(rows, lambda: screener)) == ["1", "bad 2", "3", "bad 4", "5"]


UNUSABLE = {
    "no text": ({"text": None}, "no text"),
    "blank text": ({"text": "\n"}, "blank"),
    "text that is a number": ({"text": 7}, "not a string"),
    "no id": ({"id": None}, "no id"),
    "an id that is a list": ({"id": []}, "neither text nor a whole number"),
    "a page without text": ({"html": b"<html><body></body></html>"}, ""),
}


@pytest.mark.parametrize(("values", "told"), UNUSABLE.values(), ids=UNUSABLE.keys())
def test_a_row_that_cannot_be_screened_says_why(screener: Screener, values: dict[str, object], told: str) -> None:
    (result,) = screen_rows([row(9, **values)], lambda: screener)
    assert isinstance(result, BadRow)
    assert (result.path, result.line_number) == ("ads.jsonl", 9)
    assert told in result.detail
    assert result.detail


def test_no_more_rows_are_read_than_are_screened_together(screener: Screener) -> None:
    taken: list[int] = []

    def endless() -> Iterator[Row]:
        while True:
            taken.append(len(taken))
            yield row(len(taken))

    results = screen_rows(endless(), lambda: screener)
    assert names(iter([next(results), next(results)])) == ["1", "2"]
    assert len(taken) == 64


def test_what_was_read_before_a_file_failed_is_screened(screener: Screener) -> None:
    def failing() -> Iterator[Row]:
        yield row(1)
        yield row(2)
        raise SettingsError("ads.jsonl cannot be read on")

    results = screen_rows(failing(), lambda: screener)
    assert names(iter([next(results), next(results)])) == ["1", "2"]
    with pytest.raises(SettingsError, match="cannot be read on"):
        next(results)


def test_two_processes_give_what_one_gives_in_the_same_order(screener: Screener) -> None:
    rows: list[Row | BadRow] = [row(number) if number % 7 else bad(number) for number in range(450)]
    alone = list(screen_rows(rows, lambda: screener))
    together = list(screen_rows(rows, make_screener, jobs=2))
    assert [bare(result) for result in together] == [bare(result) for result in alone]


def test_a_worker_that_is_used_again_takes_the_screener_of_the_new_call(screener: Screener) -> None:
    strict = partial(make_screener, thresholds=(0.999, 0.998))
    list(screen_rows([row(1)], make_screener, jobs=2))
    (result,) = screen_rows([row(1)], strict, jobs=2)
    (usual,) = screen_rows([row(1)], lambda: screener)
    assert isinstance(result, Finding)
    assert isinstance(usual, Finding)
    assert result.score.threshold == 0.999 != usual.score.threshold


def bare(result: Finding | BadRow) -> object:
    if isinstance(result, BadRow):
        return result
    return result.id, result.document, result.flags, result.score
