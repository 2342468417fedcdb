"""What a text is (ad, warning, news, question, other) and where the work would be, decided before any flag counts."""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from screener.detect.expressions import together
from screener.detect.scope import Layout
from screener.detect.terms import Terms
from screener.errors import RuleError
from screener.records import Document, Kind, Scope

_TIMES_COUNTED = 3


class _WrittenKind(BaseModel):
    """How a kind shows: a base, weights of concepts, weights of expressions over the original text."""

    model_config = ConfigDict(extra="forbid")

    base: float = 0.0
    concepts: dict[str, float] = {}
    patterns: dict[str, float] = {}


@dataclass(frozen=True, kw_only=True)
class KindCues:
    """Weighted cues of one kind."""

    base: float
    concepts: Mapping[str, float]
    patterns: Mapping[re.Pattern[str], float]

    def weight(self, terms: Terms, matched: Collection[re.Pattern[str]]) -> float:
        """How much speaks for this kind; `matched` are the expressions that the text matches.

        A concept counts at most three times.
        """
        words = sum(self.part(concept, len(terms.hits.get(concept, ()))) for concept in self.concepts)
        return self.base + words + sum(weight for pattern, weight in self.patterns.items() if pattern in matched)

    def part(self, concept: str, times: int) -> float:
        """What a concept that is said so many times adds to the weight."""
        return min(times, _TIMES_COUNTED) * self.concepts[concept]


def load_kinds(path: Path) -> Mapping[Kind, KindCues]:
    """The cues of each kind. Raises RuleError that names the file when it does not fit."""
    try:
        written = {Kind(k): _WrittenKind.model_validate(v) for k, v in tomllib.loads(path.read_text("utf-8")).items()}
        return {
            kind: KindCues(
                base=cues.base,
                concepts=cues.concepts,
                patterns={re.compile(pattern): weight for pattern, weight in cues.patterns.items()},
            )
            for kind, cues in written.items()
        }
    except (tomllib.TOMLDecodeError, ValidationError, ValueError, re.error) as error:
        raise RuleError(f"{path.name}: {error}") from error


def kind_of(terms: Terms, original: str, kinds: Mapping[Kind, KindCues]) -> Kind:
    """The kind with the most weight; the first listed wins a tie."""
    patterns = together(tuple(pattern for cues in kinds.values() for pattern in cues.patterns))
    matched = set(patterns.matching(original))
    return max(kinds, key=lambda kind: kinds[kind].weight(terms, matched))


def flags_count(kind: Kind, document: Document) -> bool:
    """Whether flags count in a text of this kind: in ads, and in testimonies that give a contact.

    Recruiters tell of their own luck (reference, section 0.1).
    """
    return kind is Kind.AD or (kind is Kind.TESTIMONY and bool(document.contacts))


def scope_of(fields: Iterable[tuple[Terms, Layout]]) -> Scope:
    """Where the work would be: abroad as soon as some field names a foreign place, or a cue of going abroad.

    What is denied does not count ("lokal, bukan luar negeri").
    """
    fields = tuple(fields)
    if any(_affirmed(terms, layout, ("overseas-place", "overseas-cue")) for terms, layout in fields):
        return Scope.OVERSEAS
    at_home = any(terms.hits.get(cue) for terms, _ in fields for cue in ("home-place", "home-cue"))
    return Scope.DOMESTIC if at_home else Scope.UNKNOWN


def _affirmed(terms: Terms, layout: Layout, concepts: Iterable[str]) -> bool:
    hits = (hit for concept in concepts for hit in terms.hits.get(concept, ()))
    return any(not layout.negated(hit.start, hit.end - 1) for hit in hits)
