"""How far a second labeller, who saw no label, agrees with the corpus: Cohen's kappa a field, marks an indicator.

Kappa is the agreement beyond chance (Cohen, Educational and Psychological Measurement 20, 1960).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from screener.errors import SettingsError
from screener.records import Example, Polarity
from screener.train.rows import Kinds, Scopes, WrittenMark

FIELDS = ("label", "kind", "scope", "language", "tier", "modus")
_HEADER = '{"format_version": 1}'
_Marks = Sequence[tuple[str, int, int]]


class SecondLabels(BaseModel):
    """What a second labeller says of one example."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(min_length=1)
    labeller: str
    kind: Kinds
    scope: Scopes
    language: str
    label: str
    tier: str
    modus: str
    flags: list[WrittenMark] = []


@dataclass(frozen=True, kw_only=True)
class OfField:
    """The share of texts that both put alike, and kappa; None where all texts have one value."""

    field: str
    share: float
    kappa: float | None


@dataclass(frozen=True, kw_only=True)
class OfIndicator:
    """Marks of the first and the second labeller, and how many of each the other marked too, on words in common."""

    indicator: str
    first: int
    first_met: int
    second: int
    second_met: int

    @property
    def share(self) -> float:
        """The marks that both made, of all marks."""
        return (self.first_met + self.second_met) / max(1, self.first + self.second)


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Agreement over the texts that both labelled; indicators of risk, the least agreed upon first."""

    texts: int
    fields: tuple[OfField, ...]
    indicators: tuple[OfIndicator, ...]


def read_second(path: Path) -> list[SecondLabels]:
    """The rows of a file of second labels. Raises SettingsError that names file, line and reason."""
    try:
        header, *lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise SettingsError(f"{path}: cannot be read as lines of UTF-8: {error}") from error
    if header != _HEADER:
        raise SettingsError(f"{path}:1: must be {_HEADER}")
    return [_row(f"{path}:{number}", line) for number, line in enumerate(lines, start=2)]


def _row(place: str, line: str) -> SecondLabels:
    try:
        return SecondLabels.model_validate_json(line)
    except ValidationError as error:
        told = error.errors()[0]
        raise SettingsError(f"{place}: {'.'.join(map(str, told['loc']))}: {told['msg']}") from error


def agreement(examples: Sequence[Example], second: Sequence[SecondLabels]) -> Agreement:
    """The agreement of the corpus with second labels. Raises SettingsError for an id that the corpus does not have."""
    known = {example.id: example for example in examples}
    missing = [row.id for row in second if row.id not in known]
    if missing or not second:
        raise SettingsError(
            f"second labels of examples that are not in the corpus: {missing[:5]}, {len(missing)} in all"
        )
    pairs = [(known[row.id], row) for row in second]
    counted = sorted(_of_indicators(pairs), key=lambda one: (one.share, one.indicator))
    return Agreement(
        texts=len(pairs), fields=tuple(_of_field(name, pairs) for name in FIELDS), indicators=tuple(counted)
    )


def _of_field(name: str, pairs: Sequence[tuple[Example, SecondLabels]]) -> OfField:
    from sklearn.metrics import cohen_kappa_score  # noqa: PLC0415  takes longer than reading the files

    first, second = [getattr(example, name) for example, _ in pairs], [getattr(row, name) for _, row in pairs]
    share = sum(one == other for one, other in zip(first, second, strict=True)) / len(pairs)
    several = len({*first, *second}) > 1
    return OfField(field=name, share=share, kappa=float(cohen_kappa_score(first, second)) if several else None)


def _of_indicators(pairs: Sequence[tuple[Example, SecondLabels]]) -> Iterator[OfIndicator]:
    counts: Mapping[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for example, row in pairs:
        first = [(m.indicator, m.span.start, m.span.end) for m in example.marks if m.polarity is Polarity.RISK]
        second = [(m.indicator, m.start, m.end) for m in row.flags if m.polarity is Polarity.RISK]
        for column, (own, other) in ((0, (first, second)), (2, (second, first))):
            for mark in own:
                counts[mark[0]][column] += 1
                counts[mark[0]][column + 1] += _met(mark, other)
    for name, (first_count, first_met, second_count, second_met) in counts.items():
        yield OfIndicator(
            indicator=name, first=first_count, first_met=first_met, second=second_count, second_met=second_met
        )


def _met(mark: tuple[str, int, int], others: _Marks) -> bool:
    indicator, start, end = mark
    return any(indicator == name and start < last and first < end for name, first, last in others)
