"""How the examples of a corpus are spread."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from screener.records import Example
from screener.train.corpus import author_of

FIELDS = ("label", "kind", "scope", "language", "modus", "tier", "source_type", "author")


@dataclass(frozen=True, kw_only=True)
class Table:
    """One row for each value of a field, the commonest first: the value, its groups, and its texts by label."""

    field: str
    labels: tuple[str, ...]
    rows: tuple[tuple[str, int, tuple[int, ...]], ...]


def balance(examples: Sequence[Example]) -> list[Table]:
    """A table for label, kind, scope, language, modus, tier, source type and author."""
    labels = tuple(sorted({example.label for example in examples}))
    return [_table(field, examples, labels) for field in FIELDS]


def _table(field: str, examples: Sequence[Example], labels: tuple[str, ...]) -> Table:
    values = [author_of(example) if field == "author" else str(getattr(example, field)) for example in examples]
    counts = Counter(zip(values, (example.label for example in examples), strict=True))
    groups = Counter(value for value, _ in {(v, e.group) for v, e in zip(values, examples, strict=True)})
    common = sorted(Counter(values).items(), key=lambda entry: (-entry[1], entry[0]))
    rows = tuple((value, groups[value], tuple(counts[value, label] for label in labels)) for value, _ in common)
    return Table(field=field, labels=labels, rows=rows)
