"""How far a second labeller agrees is told a field and an indicator."""

from pathlib import Path

import pytest

from screener.errors import SettingsError
from screener.records import Example
from screener.train.agreement import agreement, read_second
from screener.train.reading import files_of, gather
from tests.train.factory import mark, row, write

SECOND = ("labeller", "id", "kind", "scope", "language", "label", "tier", "modus", "flags")
INDICATORS = {"document-retention": None, "secrecy": None}


def second(number: int, **fields: object) -> dict[str, object]:
    values = {**row(id=f"a1-{number}", **fields), "labeller": "second"}
    return {name: values[name] for name in SECOND}


@pytest.fixture
def four(tmp_path: Path) -> tuple[Example, ...]:
    labels = ["follow_up", "follow_up", "ordinary", "ordinary"]
    rows = [row(id=f"a1-{n}", label=label) for n, label in enumerate(labels, start=1)]
    path = write(tmp_path / "corpus.jsonl", *rows)
    return tuple(placed.example for placed in gather(files_of(path), INDICATORS).rows)


def test_kappa_is_what_is_beyond_chance(four: tuple[Example, ...], tmp_path: Path) -> None:
    labels = ["follow_up", "ordinary", "ordinary", "ordinary"]
    path = write(tmp_path / "s.jsonl", *(second(n, label=label) for n, label in enumerate(labels, start=1)))
    fields = {one.field: one for one in agreement(four, read_second(path)).fields}
    # Three of four alike, by chance 0.5 * 0.25 + 0.5 * 0.75 = 0.5: kappa is (0.75 - 0.5) / 0.5.
    assert (fields["label"].share, fields["label"].kappa) == (0.75, 0.5)
    assert (fields["kind"].share, fields["kind"].kappa) == (1.0, None)


def test_marks_meet_where_indicator_and_words_do(four: tuple[Example, ...], tmp_path: Path) -> None:
    inside, elsewhere = mark(start=30, end=36, quote="x"), mark(indicator="secrecy")
    path = write(tmp_path / "s.jsonl", second(1, flags=[inside]), second(2, flags=[elsewhere]), second(3, flags=[]))
    found = {one.indicator: one for one in agreement(four, read_second(path)).indicators}
    held, secret = found["document-retention"], found["secrecy"]
    assert (held.first, held.first_met, held.second, held.second_met) == (3, 1, 1, 1)
    assert (secret.first, secret.first_met, secret.second, secret.second_met) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"id": "a1-1"}', "s.jsonl:2: labeller: Field required"),
        ("not json", "s.jsonl:2: "),
        ('{"id": "", "labeller": "x"}', "s.jsonl:2: id: "),
    ],
)
def test_a_row_that_does_not_fit_is_named_by_line(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "s.jsonl"
    path.write_text(f'{{"format_version": 1}}\n{line}\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=told):
        read_second(path)


def test_labels_of_unknown_texts_are_refused(four: tuple[Example, ...], tmp_path: Path) -> None:
    path = write(tmp_path / "s.jsonl", second(9))
    with pytest.raises(SettingsError, match="a1-9"):
        agreement(four, read_second(path))
