"""What a researcher's rows leave out: language, group and author, each filled in and told."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import numpy as np

from screener.records import Example
from screener.train.nearduplicates import SIMILARITY_MIN, Indices, joined, near_duplicates
from screener.train.rows import Placed, marks_of
from screener.train.tabular import OwnRow

PARTS = 10
_AUTHORS_MIN = 2
_READ_FOR_LANGUAGE = 400
_FILLED = (("kind", "ad"), ("scope", "unknown"), ("source_type", "unknown"), ("tier", "unknown"), ("modus", "unknown"))
_TAKEN_OVER = {"text", "title", "kind", "scope", "source_type", "label", "tier", "modus", "written_on", "seen_by_rules"}


@dataclass(frozen=True, kw_only=True)
class PlacedRow:
    """A row of one's own and where it stands, as "file:line"."""

    place: str
    row: OwnRow


def filled(rows: Sequence[PlacedRow], language_of: Callable[[str], str]) -> tuple[list[Placed], tuple[str, ...]]:
    """An example for each row, in their order, and what was filled in, a sentence each.

    Rows without a group are in one with their near-duplicates; groups without an author are dealt out to ten parts,
    which stand for authors.
    """
    group_of = _joined(rows)
    authors = _authors(rows, group_of)
    names = _names(rows, group_of, authors)
    examples = [
        Placed(place=one.place, example=_example(one, names[group], language_of))
        for one, group in zip(rows, group_of.tolist(), strict=True)
    ]
    return examples, tuple(_notes(rows, group_of, authors))


def _example(one: PlacedRow, group: str, language_of: Callable[[str], str]) -> Example:
    row = one.row
    return Example(
        **row.model_dump(include=_TAKEN_OVER),
        id=row.id or row_id(one.place),
        language=row.language.strip().lower() or language_of(row.text[:_READ_FOR_LANGUAGE]),
        group=group,
        marks=marks_of(row.flags),
    )


def row_id(place: str) -> str:
    """The id of a row that has none: the name of its file and its line."""
    return PurePath(place).name


def _joined(rows: Sequence[PlacedRow]) -> Indices:
    """A number for each row, the same for those of one group."""
    first: dict[tuple[str, str], int] = {}
    same = [
        (first.setdefault((one.row.author, one.row.group), number), number)
        for number, one in enumerate(rows)
        if one.row.group
    ]
    if any(not one.row.group for one in rows):
        same += [(pair.left, pair.right) for pair in near_duplicates([one.row.text for one in rows])]
    return joined(len(rows), same)


def _authors(rows: Sequence[PlacedRow], group_of: Indices) -> dict[int, str]:
    """Who wrote each group: the first author that one of its rows names; empty when fewer than two are named."""
    if len({one.row.author for one in rows} - {""}) < _AUTHORS_MIN:
        return {}
    authors: dict[int, str] = {}
    for one, group in zip(rows, group_of.tolist(), strict=True):
        if one.row.author:
            authors.setdefault(group, one.row.author.replace("/", "-"))
    return authors


def _names(rows: Sequence[PlacedRow], group_of: Indices, authors: dict[int, str]) -> dict[int, str]:
    """Author and campaign of each group: the first name that its rows give, or one made from its first text."""
    given: dict[int, str] = {}
    made: dict[int, str] = {}
    for one, group in zip(rows, group_of.tolist(), strict=True):
        if one.row.group:
            given.setdefault(group, one.row.group)
        if group not in made:
            made[group] = _digest(one.row.text)[:12]
    campaigns = {group: given.get(group, name) for group, name in made.items()}
    return {group: f"{authors.get(group) or _part(name)}/{name}" for group, name in campaigns.items()}


def _part(campaign: str) -> str:
    return f"part-{int(_digest(campaign), 16) % PARTS}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _notes(rows: Sequence[PlacedRow], group_of: Indices, authors: dict[int, str]) -> Iterator[str]:
    sizes = Counter(group_of.tolist())
    alone = sum(not one.row.group for one in rows)
    if alone:
        yield (
            f"{alone} of {len(rows)} rows name no group: texts with at least {SIMILARITY_MIN:.0%} of their shingles of "
            f"three words in common count as one; {len(sizes)} groups, the largest of {max(sizes.values())} texts"
        )
    yield from _author_notes(rows, group_of, authors)
    yield from _default_notes(rows)
    twofold = _twofold(rows)
    if twofold:
        yield f"{twofold} texts stand there more than once with different labels"


def _author_notes(rows: Sequence[PlacedRow], group_of: Indices, authors: dict[int, str]) -> Iterator[str]:
    nameless = len(np.unique(group_of)) - len(authors)
    if nameless:
        yield (
            f"{nameless} groups have no author, or all the same one: they are dealt out to {PARTS} parts by a hash of "
            "their names, and 'author left out' means one of these parts left out, not a stranger"
        )
    by_group: dict[int, set[str]] = {}
    for one, group in zip(rows, group_of.tolist(), strict=True):
        by_group.setdefault(group, set()).add(one.row.author)
    shared = sum(len(names - {""}) > 1 for names in by_group.values())
    if authors and shared:
        yield f"{shared} groups hold near-duplicates by several authors: they count as the first one's"


def _default_notes(rows: Sequence[PlacedRow]) -> Iterator[str]:
    missing = {name: sum(name not in one.row.model_fields_set for one in rows) for name, _ in _FILLED}
    parts = [f"{name} {value!r} ({missing[name]} rows)" for name, value in _FILLED if missing[name]]
    if parts:
        yield f"filled in: {', '.join(parts)}"
    unknown = sum(not one.row.language for one in rows)
    if unknown:
        yield f"language told by this program in {unknown} rows"


def _twofold(rows: Sequence[PlacedRow]) -> int:
    labels: dict[str, set[str]] = {}
    for one in rows:
        labels.setdefault(" ".join(one.row.text.casefold().split()), set()).add(one.row.label)
    return sum(len(different) > 1 for different in labels.values())
