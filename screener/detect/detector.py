"""The detector: one text in, its kind, scope and flags out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from screener.detect.facts import MEASURED, Reference, facts_of, found_in, load_reference, with_measures
from screener.detect.indicators import load_indicators
from screener.detect.kinds import KindCues, kind_of, load_kinds, scope_of
from screener.detect.lexicon import Lexicon, load_lexicon
from screener.detect.matching import Match, Matching, RuleIndex, by_scope
from screener.detect.rules import Rule, load_rules, ruleset_digest
from screener.detect.scope import Layout
from screener.detect.terms import LENGTH_MAX, TermFinder, Terms
from screener.records import Document, Fact, Flag, Indicator, Kind, Reading, Scope
from screener.text import fold, unmask

_HERE = Path(__file__).parent
_DATA = _HERE / "data"
_DISGUISE = "obfuscated-text"
_DISGUISES_SHOWN = 2


@dataclass(frozen=True, kw_only=True)
class Detector:
    """Finds indicators in documents; made once by `load_detector`.

    `ruleset` names all the data it works by, `base_ruleset` that without the rules of further folders.
    """

    indicators: Mapping[str, Indicator]
    rules: tuple[Rule, ...]
    ruleset: str
    base_ruleset: str
    _finder: TermFinder
    _lexicon: Lexicon
    _kinds: Mapping[Kind, KindCues]
    _reference: Reference
    _by_scope: Mapping[Scope, RuleIndex]

    def read(self, document: Document) -> Reading:
        """The kind, the scope and the flags of a document; risk flags are raised in ads only."""
        title, title_facts = self._measured(self.terms(document.title), "title")
        text, text_facts = self._measured(self.terms(document.text), "text")
        both = _joined(title, text)
        kind, scope = kind_of(both, f"{document.title}\n{document.text}", self._kinds), scope_of(both)
        return Reading(
            document=document,
            kind=kind,
            scope=scope,
            flags=tuple(self._flags(kind, scope, {"title": title, "text": text})),
            facts=(*title_facts, *text_facts),
            plain_title=title.folded.text,
            plain_text=text.folded.text,
            disguises=tuple(disguise.span for disguise in text.folded.disguises),
            truncated=len(document.text) > LENGTH_MAX,
        )

    def _measured(self, terms: Terms, field: str) -> tuple[Terms, tuple[Fact, ...]]:
        found = found_in(terms, Layout(terms), self._reference)
        return with_measures(terms, found), tuple(facts_of(found, terms, field))

    def terms(self, text: str) -> Terms:
        """The tokens and concepts of a text, disguised spellings of known words undone."""
        return self._finder.find(unmask(fold(text[:LENGTH_MAX]), self._lexicon.words))

    def _flags(self, kind: Kind, scope: Scope, fields: Mapping[str, Terms]) -> Iterator[Flag]:
        if kind is not Kind.AD:
            return
        in_text = self._flags_in(fields["text"], "text", scope)
        said = {flag.indicator for flag in in_text}
        in_title = self._flags_in(fields["title"], "title", scope)
        # A title mostly says again what the text says: one sighting is one flag.
        yield from (flag for flag in in_title if flag.indicator not in said)
        yield from in_text

    def _flags_in(self, terms: Terms, field: str, scope: Scope) -> list[Flag]:
        matching, rules = Matching(terms, Layout(terms)), self._by_scope[scope].possible(terms)
        flags = [self._flag(match, terms, field) for match in matching.matches(rules)]
        if scope is not Scope.DOMESTIC:
            flags += self._disguised(terms, field)
        return merged(sorted(flags, key=lambda flag: (flag.span.start, -flag.span.end)))

    def _disguised(self, terms: Terms, field: str) -> Iterator[Flag]:
        """A flag for the first words that had to be unmasked before they could be read: two show the manner."""
        indicator = self.indicators[_DISGUISE]
        for disguise in terms.folded.disguises[:_DISGUISES_SHOWN]:
            yield Flag(
                indicator=indicator.key,
                severity=indicator.severity,
                rule=f"{_DISGUISE}/unmasked",
                span=disguise.span,
                quote=terms.folded.original[disguise.span.start : disguise.span.end],
                polarity=indicator.polarity,
                field=field,
                detail=disguise.plain,
            )

    def _flag(self, match: Match, terms: Terms, field: str) -> Flag:
        indicator = self.indicators[match.rule.indicator]
        span = terms.folded.span(terms.starts[match.first], terms.ends[match.last - 1])
        return Flag(
            indicator=indicator.key,
            severity=indicator.severity,
            rule=match.rule.name,
            span=span,
            quote=terms.folded.original[span.start : span.end],
            polarity=indicator.polarity,
            field=field,
            detail=_elsewhere(match, terms),
        )


def _elsewhere(match: Match, terms: Terms) -> str:
    """The words of the other parts of a rule that spans the whole text."""
    if not match.rule.whole_text:
        return ""
    spans = (terms.folded.span(terms.starts[part.start], terms.ends[part.end - 1]) for part in match.parts[1:])
    return "; ".join(terms.folded.original[span.start : span.end] for span in spans)


def merged(flags: Iterable[Flag]) -> list[Flag]:
    """The flags without those that an earlier flag of the same indicator overlaps: one sighting, one flag."""
    kept: list[Flag] = []
    reach: dict[str, int] = {}
    for flag in flags:
        if flag.span.start >= reach.get(flag.indicator, 0):
            kept.append(flag)
        reach[flag.indicator] = max(reach.get(flag.indicator, 0), flag.span.end)
    return kept


def _joined(title: Terms, text: Terms) -> Terms:
    """Title and text as one for counting cues; the offsets are those of the text."""
    hits = {name: [*title.hits.get(name, ()), *text.hits.get(name, ())] for name in {*title.hits, *text.hits}}
    return Terms(folded=text.folded, starts=text.starts, ends=text.ends, hits=hits)


def load_detector(extra_rules: Sequence[Path] = ()) -> Detector:
    """The detector with the rules of this package and of further folders. Raises RuleError when one does not fit."""
    indicators = load_indicators(_DATA / "indicators.toml")
    lexicon = load_lexicon(_HERE / "concepts", _DATA / "places.toml")
    rules = load_rules([_HERE / "rules", *extra_rules], indicators, lexicon.concepts | MEASURED)
    own = list(_HERE.rglob("*.toml"))
    extra = [path for folder in extra_rules for path in folder.glob("*.toml")]
    return Detector(
        indicators=indicators,
        rules=rules,
        ruleset=ruleset_digest([*own, *extra]),
        base_ruleset=ruleset_digest(own),
        _finder=TermFinder(lexicon),
        _lexicon=lexicon,
        _kinds=load_kinds(_HERE / "kinds.toml"),
        _reference=load_reference(_DATA),
        _by_scope=by_scope(rules, lexicon.sizes),
    )
