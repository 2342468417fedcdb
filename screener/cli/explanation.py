"""An explanation as lines for a terminal or a pipe, with nothing in them that could steer a terminal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from screener.cli.app import plain
from screener.detect import Explanation, Silenced, Undone
from screener.detect.explaining import in_words
from screener.detect.kindreasons import KindReason
from screener.records import Combination, Fact, FactKind, Flag, Indicator, Kind, Law, Reading, Reason, Score, stated
from screener.report.segments import NumberedSpan, Segment, segment

_UNDERLINE, _PLAIN = "\x1b[4m", "\x1b[24m"
_CUES_SHOWN = 8
_SILENCED_SHOWN = 100
_SPOKEN = "Clauses, each by itself (log-odds that the text is to follow up; clause-vote is their mean)"
Catalogue = Mapping[str, Indicator]


def explanation_lines(
    explanation: Explanation, kinds: Sequence[KindReason], indicators: Catalogue, *, underline: bool
) -> Iterator[str]:
    """The text with its flags, and what there is to say of them and of what is not flagged."""
    reading = explanation.reading
    yield from _text(reading, underline=underline)
    yield from _section("Flags", _flags(reading.flags, indicators))
    yield from _section("Not flagged", _silenced(explanation.silenced))
    yield from _section("Disguises undone", map(_undone, explanation.undone))
    yield from _section("Combinations", _combinations(reading.combinations))
    yield from _section("Facts", _facts(reading))
    if explanation.spoken:
        yield from _section(_SPOKEN, _spoken(explanation.spoken))
    doubt = ", in doubt: no sign counts as severity 3" if reading.doubtful else ""
    yield from _section(f"Kind: {reading.kind.value}{doubt}", _kinds(kinds, reading.kind))
    words = map(plain, explanation.scope_words)
    yield from _section(f"Scope: {reading.scope.value}", words, none="no place and no cue of one is named")


def _spoken(clauses: Sequence[tuple[str, float]]) -> Iterator[str]:
    strongest = sorted(clauses, key=lambda one: -abs(one[1]))
    yield from (plain(f"{says:+.2f}  {quote!r}") for quote, says in strongest[:_CUES_SHOWN])
    if len(clauses) > _CUES_SHOWN:
        yield f"and {len(clauses) - _CUES_SHOWN} more"


def _section(title: str, lines: Iterable[str], none: str = "none") -> Iterator[str]:
    yield f"\n{title}"
    lines = list(lines)
    yield from (f"  {line}" for line in lines or [none])


def _text(reading: Reading, *, underline: bool) -> Iterator[str]:
    document = reading.document
    if document.title:
        yield f"Title: {_marked(document.title, 'title', reading.flags, underline=underline)}"
    yield _marked(document.text, "text", reading.flags, underline=underline).rstrip("\n")
    if reading.truncated:
        yield f"(only the first {len(reading.plain_text)} characters or so are read)"


def _marked(text: str, field: str, flags: Sequence[Flag], *, underline: bool) -> str:
    spans = [
        NumberedSpan(number=number, start=flag.span.start, end=flag.span.end)
        for number, flag in enumerate(flags, start=1)
        if flag.field == field
    ]
    return "".join(_stretch(part, underline=underline) for part in segment(text, spans))


def _stretch(part: Segment, *, underline: bool) -> str:
    if part.left_out:
        return f"\n(... {part.left_out} characters left out ...)\n"
    words = plain(part.text)
    if not part.numbers:
        return words
    if underline:
        ending = f"{{{_numbers(part.ends)}}}" if part.ends else ""
        return f"{_UNDERLINE}{words}{_PLAIN}{ending}"
    return f"[[{words}]]{{{_numbers(part.numbers)}}}"


def _numbers(numbers: Iterable[int]) -> str:
    return ",".join(map(str, numbers))


def _flags(flags: Sequence[Flag], indicators: Catalogue) -> Iterator[str]:
    for number, flag in enumerate(flags, start=1):
        indicator = indicators[flag.indicator]
        level = f"severity {flag.severity}" if flag.severity else "speaks for the ad"
        detail = f"; {plain(flag.detail)}" if flag.detail else ""
        yield f"{{{number}}} {indicator.title} ({level}) by {flag.rule}: {plain(repr(flag.quote))}{detail}"
        yield from (f"    {_law(law)}" for law in indicator.authority.laws)


def _law(law: Law) -> str:
    return f"{law.reference}, {law.article}: {law.content} (certainty {law.certainty}, checked {law.checked_on})"


def _silenced(silenced: Sequence[Silenced]) -> Iterator[str]:
    """One line for all rules that were silenced at one place for one reason."""
    places = [list(same) for _, same in groupby(sorted(silenced, key=_place), key=_place)]
    for same in places[:_SILENCED_SHOWN]:
        one, rules = same[0], ", ".join(dict.fromkeys(each.rule for each in same))
        where = f"{one.field}, character {one.span.start}"
        yield plain(f"{one.quote!r} ({where}): {in_words(one.reason, one.by)}; by {rules}")
    if len(places) > _SILENCED_SHOWN:
        yield f"and {len(places) - _SILENCED_SHOWN} more"


def _place(one: Silenced) -> tuple[str, int, int, str, str, tuple[str, ...]]:
    return one.field, one.span.start, one.span.end, one.indicator, one.reason, one.by


def _undone(one: Undone) -> str:
    return plain(f"{one.original!r} -> {one.plain}{'' if one.deliberate else ' (common spelling, no disguise)'}")


def _combinations(combinations: Iterable[Combination]) -> Iterator[str]:
    for one in combinations:
        about = f" {one.about}" if one.about else ""
        yield f"{one.title} ({one.effect}{about}, severity {one.severity}): {one.explanation}"
        yield from (plain(f"  {part.of}: {part.quote!r}") for part in one.parts)


def _facts(reading: Reading) -> Iterator[str]:
    for kind in FactKind:
        said = [fact for fact in reading.facts if fact.kind is kind]
        yield plain(f"{kind.value + ':':17}{'; '.join(dict.fromkeys(map(_fact, said))) or stated(said, kind)}")


def _fact(fact: Fact) -> str:
    return f"{fact.value} ({fact.quote!r}{'; ' + fact.detail if fact.detail else ''})"


def _kinds(kinds: Sequence[KindReason], kind: Kind) -> Iterator[str]:
    """The kind that was taken with its cues, then the others with their weights."""
    taken = next((one for one in kinds if one.kind is kind), kinds[0])
    against = f"; log-odds of its cues against {taken.against.value}" if taken.against else ""
    yield f"{taken.kind.value} {taken.weight:.2f}{'' if taken is kinds[0] else ', taken in doubt'}{against}"
    yield from (plain(f"  {part:+.2f}  {cue}") for cue, part in taken.cues[:_CUES_SHOWN])
    rest = taken.cues[_CUES_SHOWN:]
    if rest:
        yield f"  {sum(part for _, part in rest):+.2f}  {len(rest)} others"
    yield "others: " + ", ".join(f"{one.kind.value} {one.weight:.2f}" for one in kinds if one is not taken)


def score_lines(score: Score) -> Iterator[str]:
    """The score and each of its reasons, the largest first; they add up to the log-odds."""
    total = sum(reason.contribution for reason in score.reasons)
    yield f"\nScore: {score.probability:.4f}, {score.band.value}"
    yield f"  alert from {score.threshold:.4f}; model {score.model}"
    yield from (_reason(reason) for reason in sorted(score.reasons, key=lambda one: -abs(one.contribution)))
    yield f"  {total:+8.4f}  together: the log-odds"


def _reason(reason: Reason) -> str:
    times = f" x {reason.value:g}" if reason.value != 1 else ""
    return plain(f"  {reason.contribution:+8.4f}  {reason.feature}{times}")
