"""The labelled corpus: read from files, refused with everything that is wrong in it."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from screener.errors import SettingsError
from screener.extract import contacts
from screener.records import Document, Example
from screener.train.reading import files_of, gather
from screener.train.rows import Placed

FOLLOW_UP = "follow_up"
GROUPS_MIN = 20
"""The groups that a label must be in for a model to be trained on it."""
_PROBLEMS_SHOWN = 20
_PLACES_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """The examples in the order of the files, and the hex SHA-256 of those files.

    `notes` says, a sentence each, what was filled in for rows that left it out; it is for the user to see.
    """

    examples: tuple[Example, ...]
    digest: str
    notes: tuple[str, ...] = ()


def read_corpus(path: Path, indicators: Mapping[str, object], *, groups_min: int = GROUPS_MIN) -> Corpus:
    """The corpus of a file, or of every `*.jsonl`, `*.ndjson` and `*.csv` in a folder.

    Raises SettingsError that lists file, line and reason of what does not fit: rows, ids used twice, and labels that
    are in fewer than `groups_min` groups (0 allows anything).
    """
    paths = files_of(path)
    gathered = gather(paths, indicators)
    problems = [str(problem) for problem in gathered.problems]
    if not problems and not gathered.rows:
        problems = [f"{path}: there is no .jsonl or .csv file with examples here"]
    problems = problems or list(too_few(gathered.rows, groups_min))
    if problems:
        raise SettingsError(listed(problems))
    examples = tuple(row.example for row in gathered.rows)
    return Corpus(examples=examples, digest=_digest(paths), notes=gathered.notes)


def listed(problems: Sequence[str]) -> str:
    """The first twenty problems, a line each, and how many more there are."""
    more = len(problems) - _PROBLEMS_SHOWN
    return "\n".join(problems[:_PROBLEMS_SHOWN]) + (f"\nand {more} more" if more > 0 else "")


def too_few(rows: Sequence[Placed], groups_min: int = GROUPS_MIN) -> Iterator[str]:
    """Each label that is in fewer groups than `groups_min`, with their number and where they begin."""
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        groups[row.example.label].setdefault(row.example.group, row.place)
    wanted = (FOLLOW_UP, *(label for label in sorted(groups) if label != FOLLOW_UP))
    for label in wanted if len(wanted) > 1 else (*wanted, "ordinary"):
        found = list(groups[label].values())
        if len(found) < groups_min:
            yield (
                f"label {label!r} is in {_counted(found)}, but {groups_min} are needed to learn it: "
                "more authors and more campaigns are needed"
            )


def _counted(groups: Sequence[str]) -> str:
    """How many groups, and where the first of them begin."""
    count = f"{len(groups)} group{'' if len(groups) == 1 else 's'}"
    more = ", ..." if len(groups) > _PLACES_SHOWN else ""
    return f"{count} ({', '.join(groups[:_PLACES_SHOWN])}{more})" if groups else count


def _digest(paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def document_of(example: Example) -> Document:
    """The example as the document that would be screened; labels stay behind."""
    return Document(
        id=example.id,
        url="",
        text=example.text,
        title=example.title,
        language=example.language,
        contacts=contacts(example.text),
    )


def author_of(example: Example) -> str:
    """Who wrote the example: the part of its group before the slash."""
    return example.group.split("/", maxsplit=1)[0]
