"""Rules on trial: do they hit their hits, whom do they get in the way of, what do they cost, what would they add."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from screener.detect.detector import Detector
from screener.detect.explaining import held, in_words, quoted, why, why_unheard
from screener.detect.matching import Match, Matching
from screener.detect.patterns import PatternFinder, concept_of
from screener.detect.rules import Rule
from screener.detect.scope import Layout
from screener.detect.terms import Terms
from screener.records import Document, Reading, Span

_SAMPLE_STEP = 10
_SAMPLE_SENTENCES = 40
_ROUNDS = 3


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A text that a rule should hit or miss (`expected`), and why it does not."""

    text: str
    expected: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Collision:
    """A rule of another indicator that fires on the very words of a hit."""

    rule: str
    quote: str


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A rule with what fails in it, who collides with it, and which rules of its indicator cover all its hits."""

    rule: Rule
    failures: tuple[Failure, ...]
    collisions: tuple[Collision, ...]
    covered_by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Firing:
    """A place where a rule fires in a document.

    `unheard` says why it raises no flag there ("" when it does); `is_new` that the detector it is compared with does
    not flag the indicator anywhere in the document.
    """

    rule: Rule
    field: str
    span: Span
    quote: str
    unheard: str
    is_new: bool


def check_rule(rule: Rule, detector: Detector) -> Checked:
    """The rule tried on its own hits and misses, among all rules of the detector."""
    hits = [_matching(text, detector) for text in rule.hits]
    firing = [_fired([rule], matching) for matching in hits]
    missed = (_missed(rule, m, text) for text, m, own in zip(rule.hits, hits, firing, strict=True) if not own)
    wrong = (_wrong(rule, _matching(text, detector), text) for text in rule.misses)
    others = [other for other in detector.rules if other is not rule]
    fired = [_fired(others, matching) for matching in hits]
    return Checked(
        rule=rule,
        failures=(*missed, *filter(None, wrong)),
        collisions=tuple(_collisions(rule, hits, firing, fired)),
        covered_by=_covered_by(rule, firing, fired),
    )


def _matching(text: str, detector: Detector) -> Matching:
    terms = detector.measured_terms(text)
    return Matching(terms, Layout(terms))


def _fired(rules: Iterable[Rule], matching: Matching) -> list[Match]:
    return [match for match in held(rules, matching) if not matching.silence(match)]


def _missed(rule: Rule, matching: Matching, text: str) -> Failure:
    silenced = [in_words(*reason) for match in held([rule], matching) if (reason := why(match, matching))]
    return Failure(text=text, expected="hit", reason="; ".join(silenced) or _why_not_held(rule, matching.terms))


def _why_not_held(rule: Rule, terms: Terms) -> str:
    unsaid = ["|".join(sorted(part)) for part in rule.find if part.isdisjoint(terms.hits)]
    # A pattern is named as its author wrote it.
    unsaid = [repr(part.removeprefix(concept_of(""))) for part in unsaid]
    if unsaid:
        return f"nothing in it for {' and for '.join(unsaid)}"
    order = ", in this order" if rule.order else ""
    return f"its parts are there, but not within {rule.within} words of one sentence{order}"


def _wrong(rule: Rule, matching: Matching, text: str) -> Failure | None:
    fired = _fired([rule], matching)
    quote = quoted(fired[0], matching.terms)[1] if fired else ""
    return Failure(text=text, expected="miss", reason=f"fires on {quote!r}") if fired else None


def _collisions(
    rule: Rule, hits: Sequence[Matching], firing: Sequence[list[Match]], fired: Sequence[list[Match]]
) -> Iterator[Collision]:
    """The first place of each rule of another indicator that fires on the same words."""
    seen: set[str] = set()
    for matching, own, others in zip(hits, firing, fired, strict=True):
        places = {(match.first, match.last) for match in own}
        for other in others:
            name = other.rule.name
            if other.rule.indicator != rule.indicator and (other.first, other.last) in places and name not in seen:
                seen.add(name)
                yield Collision(rule=name, quote=quoted(other, matching.terms)[1])


def _covered_by(rule: Rule, firing: Sequence[list[Match]], fired: Sequence[list[Match]]) -> tuple[str, ...]:
    """The rules of the same indicator that fire on words of every hit."""
    covering: set[str] | None = None
    for own, others in zip(firing, fired, strict=True):
        there = {m.rule.name for m in others if m.rule.indicator == rule.indicator and _meets(m, own)}
        covering = there if covering is None else covering & there
    return tuple(sorted(covering or ()))


def _meets(match: Match, others: Iterable[Match]) -> bool:
    return any(match.first < other.last and other.first < match.last for other in others)


def sample_of(detector: Detector) -> list[Layout]:
    """The fixed text for measuring: every tenth hit and miss of the detector's rules, 40 to a text."""
    sentences = [text for rule in detector.rules for text in (*rule.hits, *rule.misses)][::_SAMPLE_STEP]
    texts = [sentences[at : at + _SAMPLE_SENTENCES] for at in range(0, len(sentences), _SAMPLE_SENTENCES)]
    return [_warmed(Layout(detector.measured_terms(".\n".join(text)))) for text in texts]


def _warmed(layout: Layout) -> Layout:
    # A layout is worked out once for all rules: no rule is to be charged for it.
    layout.clause(0)
    layout.silenced(0)
    return layout


def cost(rule: Rule, sample: Sequence[Layout], clock: Callable[[], float]) -> float:
    """What a rule costs on the sample, in microseconds per 1,000 characters: the least of three rounds."""
    finder = PatternFinder(rule.patterns) if rule.patterns else None
    characters = sum(len(layout.terms.folded.text) for layout in sample)
    rounds = (_seconds(rule, finder, sample, clock) for _ in range(_ROUNDS))
    return min(rounds) * 1e6 / (characters / 1_000) if characters else 0.0


def _seconds(rule: Rule, finder: PatternFinder | None, sample: Sequence[Layout], clock: Callable[[], float]) -> float:
    begun = clock()
    for layout in sample:
        _fired([rule], Matching(finder.added(layout.terms) if finder else layout.terms, layout))
    return clock() - begun


def firings(document: Document, rules: Sequence[Rule], detector: Detector, without: Detector) -> list[Firing]:
    """Every place in a document where one of the rules fires; `without` is the detector to compare with."""
    fields = {"title": document.title, "text": document.text}
    matchings = {field: _matching(text, detector) for field, text in fields.items()}
    found = [(field, m, match) for field, m in matchings.items() for match in _fired(rules, m)]
    if not found:
        return []
    reading, before = detector.read(document), {flag.indicator for flag in without.read(document).flags}
    return [_firing(field, match, matching.terms, reading, before) for field, matching, match in found]


def _firing(field: str, match: Match, terms: Terms, reading: Reading, before: set[str]) -> Firing:
    span, quote = quoted(match, terms)
    raised = any((flag.rule, flag.field, flag.span) == (match.rule.name, field, span) for flag in reading.flags)
    return Firing(
        rule=match.rule,
        field=field,
        span=span,
        quote=quote,
        unheard="" if raised else in_words(*why_unheard(match.rule, span, field, reading)),
        is_new=raised and match.rule.indicator not in before,
    )
