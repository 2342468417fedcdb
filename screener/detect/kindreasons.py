"""What spoke for the kind that a text was read as, in the terms of whatever decided it: learnt weights, or cues."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from screener.detect.explaining import quoted
from screener.detect.kinds import KindCues
from screener.detect.learntkinds import KindModel, cues
from screener.detect.terms import Terms
from screener.detect.view import View
from screener.records import Kind

_WORDS_SHOWN = 3
_VOTE = "each clause by itself"


@dataclass(frozen=True, kw_only=True)
class KindReason:
    """How much speaks for a kind, and the cues with their parts, the largest first.

    With learnt kinds `weight` is a probability and the parts are log-odds against `against`; otherwise `weight` is
    the sum of the parts and `against` is None.
    """

    kind: Kind
    weight: float
    cues: tuple[tuple[str, float], ...]
    against: Kind | None = None


Fields = Mapping[str, Terms]


def by_cues(both: Terms, fields: Fields, original: str, written: Mapping[Kind, KindCues]) -> tuple[KindReason, ...]:
    """The reasons of the cues written by hand, the kind with the most weight first; `both` counts title and text."""
    reasons = [_by_cues(kind, of_kind, both, fields, original) for kind, of_kind in written.items()]
    return tuple(sorted(reasons, key=lambda one: -one.weight))


def _by_cues(kind: Kind, of_kind: KindCues, both: Terms, fields: Fields, original: str) -> KindReason:
    parts = [
        ("base", of_kind.base),
        *((_named(c, fields), of_kind.part(c, len(both.hits[c]))) for c in of_kind.concepts if both.hits.get(c)),
        *((pattern.pattern, weight) for pattern, weight in of_kind.patterns.items() if pattern.search(original)),
    ]
    return KindReason(kind=kind, weight=sum(part for _, part in parts), cues=_ordered(parts))


def by_learning(model: KindModel, view: View, vote: float) -> tuple[KindReason, ...]:
    """The reasons of learnt kinds, the likeliest first: each against the likeliest of the others."""
    odds = model.probabilities(view.both, view.original, view.grams, vote)
    found = _Found(cues(view.both, view.original, model.patterns), view.named_fields, vote)
    order = sorted(odds, key=lambda kind: -odds[kind])
    others = (order[1] if kind is order[0] else order[0] for kind in order)
    return tuple(
        KindReason(kind=kind, weight=odds[kind], cues=_learnt(model, kind, other, found), against=other)
        for kind, other in zip(order, others, strict=True)
    )


class _Found(NamedTuple):
    """What a learnt kind is told by: the cues of a text, its fields to quote them from, and the vote of its clauses."""

    cues: Mapping[str, float]
    fields: Fields
    vote: float


def _learnt(model: KindModel, kind: Kind, other: Kind, found: _Found) -> tuple[tuple[str, float], ...]:
    """The cues of a text with what each adds to the log-odds of one kind against another, the strongest first."""
    this, that = model.kinds.index(kind), model.kinds.index(other)
    parts = [
        (_named(name.removeprefix("concept:"), found.fields), value * float(of_kind[this] - of_kind[that]))
        for name, value in found.cues.items()
        if (of_kind := model.cues.get(name)) is not None
    ]
    return _ordered([*parts, (_VOTE, found.vote * ((kind is Kind.AD) - (other is Kind.AD)))])


def _named(concept: str, fields: Fields) -> str:
    """A cue with some of the words that it was found in, where it is a concept."""
    said = [quoted(hit, terms)[1] for terms in fields.values() for hit in terms.hits.get(concept, ())]
    words = list(dict.fromkeys(said))[:_WORDS_SHOWN]
    return f"{concept}: {', '.join(words)}" if words else concept


def _ordered(parts: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    kept: Sequence[tuple[str, float]] = [part for part in parts if part[1]]
    return tuple(sorted(kept, key=lambda part: -abs(part[1])))
