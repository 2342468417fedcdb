"""Everything that can be told of a corpus without training on it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from screener.detect.detector import data_files
from screener.detect.gazetteer import HOME, load_gazetteer
from screener.detect.indicators import load_indicators, load_laws
from screener.records import Indicator, Kind
from screener.train.audit import CueFigure, Giveaway, cue_figures, giveaways
from screener.train.balance import Table, balance
from screener.train.corpus import too_few
from screener.train.overlap import repeated, shared_contacts, shared_sentences, torn_groups
from screener.train.reading import files_of, gather
from screener.train.rows import Placed, Problem

_DATA = next(path.parent for path in data_files() if path.name == "places.toml")
_MARKED = {Kind.AD, Kind.TESTIMONY}


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a check found, each part worst first.

    `problems` break the corpus and `warnings` weaken it, both with file and line; cues and words are of the audit.
    """

    examples: int
    groups: int
    problems: tuple[str, ...]
    warnings: tuple[str, ...]
    notes: tuple[str, ...]
    cues: tuple[CueFigure, ...]
    giveaways: tuple[Giveaway, ...]
    tables: tuple[Table, ...]


def check_corpus(path: Path, tell: Callable[[str], None]) -> Checked:
    """Everything found in the corpus of a file or folder; rows that do not fit are left out of the audit."""
    tell("reading")
    indicators = load_indicators(_DATA / "indicators.toml", load_laws(_DATA / "law.toml"))
    gathered = gather(files_of(path), indicators)
    rows = gathered.rows
    tell(f"comparing {len(rows)} texts")
    nothing = [] if rows or gathered.problems else [f"{path}: there is no .jsonl or .csv file with examples here"]
    doubled = [str(overlap) for overlap in (*repeated(rows), *torn_groups(rows))]
    tell("measuring cues")
    examples = [row.example for row in rows]
    return Checked(
        examples=len(rows),
        groups=len({example.group for example in examples}),
        problems=(*nothing, *map(str, gathered.problems), *map(str, _turned(rows, indicators)), *doubled),
        warnings=tuple(_warnings(rows)),
        notes=gathered.notes,
        cues=tuple(cue_figures(examples, _countries())),
        giveaways=tuple(giveaways(examples)),
        tables=tuple(balance(examples)) if examples else (),
    )


def _turned(rows: Sequence[Placed], indicators: Mapping[str, Indicator]) -> Iterator[Problem]:
    """The marks that call a risk protective, or the other way round."""
    for row in rows:
        for mark in row.example.marks:
            wanted = indicators[mark.indicator].polarity
            if mark.polarity is not wanted:
                yield Problem(place=row.place, reason=f"flag {mark.indicator!r}: its polarity is {wanted.value}")


def _warnings(rows: Sequence[Placed]) -> Iterator[str]:
    yield from too_few(rows)
    for row in rows:
        if row.example.marks and row.example.kind not in _MARKED:
            yield f"{row.place}: flags in a text of kind {row.example.kind!r}, which raises none"
    yield from map(str, shared_sentences(rows))
    yield from map(str, shared_contacts(rows))


def _countries() -> dict[str, tuple[str, ...]]:
    """The names of each country abroad under which ads mention it."""
    return {place.name: place.forms for place in load_gazetteer(_DATA).places if place.iso != HOME}
