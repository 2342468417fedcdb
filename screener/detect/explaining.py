"""Why a text was read as it was: what raised no flag and what silenced it, words of its scope, disguises undone.

Nothing here is in the way of screening: it goes over a text a second time, for one who asks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from screener.detect.kinds import flags_count
from screener.detect.matching import Match, Matching
from screener.detect.opinions import DOUBTED_BELOW, Opinion
from screener.detect.rules import Rule
from screener.detect.scope import NEGATION_REACH, Layout, between
from screener.detect.terms import Hit, Terms
from screener.records import Flag, Reading, Scope, Span

_WORDS_SHOWN = 5
_PLACES_MAX = 1_000
_REACH = 200
_SCOPE_CUES = {
    Scope.OVERSEAS: ("overseas-place", "overseas-cue"),
    Scope.DOMESTIC: ("home-place", "home-cue"),
    Scope.UNKNOWN: (),
}
_REASONS = {
    "negated": "negated by {}",
    "not negated": "not negated, and the rule asks for a negation",
    "warning": "in a sentence that warns: {}",
    "quotation": "quoted as what others say: {}",
    "unless": "the rule is silent beside {}",
    "kind": "flags do not count in a text that reads as {}",
    "doubted": "the flag model doubts it: {}",
    "cancelled": "set aside by the combination {}",
    "scope": "the rule does not count where the work is {}",
    "said already": "flagged already by {}",
}


@dataclass(frozen=True, kw_only=True)
class Silenced:
    """A place where a rule held and raised no flag.

    `reason` is that of `Matching.silence`, or "kind" (flags do not count in such a text), "scope" (the rule does not
    count for work at home), "doubted" (by the flag model), "cancelled" (by a combination), or
    "said already" (another flag of the indicator stands there); `by` are the words or rules that did it.
    """

    rule: str
    indicator: str
    field: str
    span: Span
    quote: str
    reason: str
    by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Undone:
    """A disguised word: where it stands, as it was written, and the plain word it was read as.

    What is not `deliberate`, such as chat spelling, raises no flag by itself.
    """

    field: str
    span: Span
    original: str
    plain: str
    deliberate: bool


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """A reading with what raised no flag in it (the first thousand places), disguises, and the words of its scope.

    `spoken` are the clauses of the text with what each says by itself: log-odds that the text is to follow up.
    """

    reading: Reading
    silenced: tuple[Silenced, ...]
    undone: tuple[Undone, ...]
    scope_words: tuple[str, ...]
    spoken: tuple[tuple[str, float], ...] = ()


def spoken(opinion: Opinion, terms: Terms) -> tuple[tuple[str, float], ...]:
    """The clauses of a text as it was written, each with what it says of it."""
    spans = (terms.folded.span(terms.starts[one.start], terms.ends[one.end - 1]) for one in opinion.clauses)
    said = opinion.spoken[:, 0].tolist()
    return tuple((terms.folded.original[span.start : span.end], says) for span, says in zip(spans, said, strict=True))


def explain(reading: Reading, fields: Mapping[str, Terms], rules: Sequence[Rule]) -> Explanation:
    """The explanation of a reading; `fields` are the terms of its title and text, `rules` all that were tried."""
    silenced = [one for field, terms in fields.items() for one in _silenced(reading, field, terms, rules)]
    return Explanation(
        reading=reading,
        silenced=tuple(sorted(silenced, key=lambda one: (one.field != "title", one.span.start, one.rule))),
        undone=tuple(one for field, terms in fields.items() for one in _undone(field, terms)),
        scope_words=tuple(_scope_words(fields, reading.scope)),
    )


def quoted(hit: Hit | Match, terms: Terms) -> tuple[Span, str]:
    """Where a hit or match stands in the original, and its words there."""
    first, last = (hit.first, hit.last) if isinstance(hit, Match) else (hit.start, hit.end)
    span = terms.folded.span(terms.starts[first], terms.ends[last - 1])
    return span, terms.folded.original[span.start : span.end]


def _silenced(reading: Reading, field: str, terms: Terms, rules: Iterable[Rule]) -> Iterator[Silenced]:
    matching = Matching(terms, Layout(terms))
    raised = {(flag.rule, flag.span.start) for flag in reading.flags if flag.field == field}
    # What repeats one offer a thousand times is understood before its end.
    for match in islice(held(rules, matching), _PLACES_MAX):
        span, quote = quoted(match, terms)
        if (match.rule.name, span.start) in raised:
            continue
        reason, by = why(match, matching) or why_unheard(match.rule, span, field, reading)
        rule, indicator = match.rule.name, match.rule.indicator
        yield Silenced(rule=rule, indicator=indicator, field=field, span=span, quote=quote, reason=reason, by=by)


def held(rules: Iterable[Rule], matching: Matching) -> Iterator[Match]:
    """Every place where one of the rules holds, silenced or not."""
    hits = matching.terms.hits
    for rule in rules:
        if not any(part.isdisjoint(hits) for part in rule.find):
            yield from matching.candidates(rule)


def why(match: Match, matching: Matching) -> tuple[str, tuple[str, ...]] | None:
    """Why a match is silenced, and the words that did it; None when it is not."""
    reason = matching.silence(match)
    return (reason, tuple(dict.fromkeys(_words(reason, match, matching)))) if reason else None


def _words(reason: str, match: Match, matching: Matching) -> Iterator[str]:
    hits, layout = matching.terms.hits, matching.layout
    if reason == "unless":
        yield from _blockers(match, matching)
    elif reason == "negated":
        near = between(hits.get("negator", ()), max(0, match.first - NEGATION_REACH), match.last)
        yield from (quoted(hit, matching.terms)[1] for hit in near)
    elif reason in {"warning", "quotation"}:
        cues = hits.get("warning-cue" if reason == "warning" else "reported-speech", ())
        sentence = layout.sentence(match.first)
        near = between(cues, match.first - _REACH, match.first + _REACH)
        there = [cue for cue in near if layout.sentence(cue.start) == sentence]
        # A list is warned of by the sentence before it.
        there = there or list(between(cues, 0, match.first)[-1:])
        yield from (quoted(cue, matching.terms)[1] for cue in there)


def _blockers(match: Match, matching: Matching) -> Iterator[str]:
    layout, hits = matching.layout, matching.terms.hits
    sentence = layout.sentence(match.first)
    for concept in sorted(match.rule.unless | match.rule.unless_anywhere):
        said = hits.get(concept, ())
        if concept in match.rule.unless_anywhere:
            near = list(said[:_WORDS_SHOWN])
        else:
            around = between(said, match.first - _REACH, match.last + _REACH)
            near = [hit for hit in around if layout.sentence(hit.start) == sentence]
        yield from (f"{concept}: {quoted(hit, matching.terms)[1]}" for hit in near)


def why_unheard(rule: Rule, span: Span, field: str, reading: Reading) -> tuple[str, tuple[str, ...]]:
    """Why a rule that holds unsilenced at a place of a reading raised no flag there: reason, and by what."""
    if not flags_count(reading.kind, reading.document):
        return "kind", (reading.kind.value,)
    if reading.scope not in rule.scopes:
        return "scope", (reading.scope.value,)
    if any(flag.rule == rule.name and flag.span == span and flag.field == field for flag in reading.doubted):
        return "doubted", (f"it is right by less than {DOUBTED_BELOW:.0%}",)
    about = [one for one in reading.combinations if one.about == rule.indicator and one.effect == "cancels"]
    if about:
        return "cancelled", tuple(one.title for one in about)
    same = [flag for flag in reading.flags if flag.indicator == rule.indicator]
    there = [flag.rule for flag in same if flag.field == field and _overlap(flag, span)]
    return "said already", tuple(dict.fromkeys(there or [flag.rule for flag in same]))


def in_words(reason: str, by: Iterable[str]) -> str:
    """A reason of `Silenced` as a phrase, such as "negated by 'tidak'"."""
    named = ", ".join(repr(word) for word in by)
    return _REASONS.get(reason, f"{reason}: {{}}").format(named).removesuffix(": ")


def _overlap(flag: Flag, span: Span) -> bool:
    return flag.span.start < span.end and span.start < flag.span.end


def _undone(field: str, terms: Terms) -> Iterator[Undone]:
    for disguise in terms.folded.disguises:
        original = terms.folded.original[disguise.span.start : disguise.span.end]
        yield Undone(
            field=field, span=disguise.span, original=original, plain=disguise.plain, deliberate=disguise.deliberate
        )


def _scope_words(fields: Mapping[str, Terms], scope: Scope) -> Iterator[str]:
    for concept in _SCOPE_CUES[scope]:
        said = [quoted(hit, terms)[1] for terms in fields.values() for hit in terms.hits.get(concept, ())]
        if said:
            yield f"{concept}: {', '.join(list(dict.fromkeys(said))[:_WORDS_SHOWN])}"
