"""The detector: one text in, its kind, scope and flags out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from screener.detect.clauses import clauses
from screener.detect.combinations import CombinationRule, combined
from screener.detect.explaining import Explanation, explain
from screener.detect.facts import MEASURED, Reference, facts_of, found_in, with_measures
from screener.detect.kindreasons import KindReason, by_cues, by_learning
from screener.detect.kinds import KindCues, flags_count, kind_of, scope_of
from screener.detect.learntflags import FlagModel, Proposal
from screener.detect.learntkinds import KindModel, Told
from screener.detect.lexicon import Lexicon
from screener.detect.matching import Match, Matching, RuleIndex, by_scope
from screener.detect.patterns import PatternFinder
from screener.detect.proposed import proposed
from screener.detect.rulefiles import Refusal
from screener.detect.rules import Rule, read_rules, ruleset_digest
from screener.detect.scope import Layout
from screener.detect.terms import TOKENS_MAX, TermFinder, Terms
from screener.detect.view import View, joined
from screener.ngrams import grams
from screener.records import Combination, Document, Fact, Flag, Indicator, Kind, Reading, Scope
from screener.text import LENGTH_MAX, fold, unmask

_HERE = Path(__file__).parent
_DATA = _HERE / "data"
_DISGUISE = "obfuscated-text"
_DISGUISES_SHOWN = 2
_DOUBTFUL_MAX = 2
_Sign = TypeVar("_Sign", Flag, Combination)


@dataclass(frozen=True, kw_only=True)
class Detector:
    """Finds indicators in documents; made once by `load_detector`.

    `ruleset` names all the data it works by, `base_ruleset` that without the rules of further folders: those are
    `own_rules`, also among `rules`, and `refusals` says which files of those folders are not used.
    Without learnt `kinds`, cues written by hand tell what kind a text is.
    """

    indicators: Mapping[str, Indicator]
    combinations: tuple[CombinationRule, ...]
    rules: tuple[Rule, ...]
    ruleset: str
    base_ruleset: str
    _finder: TermFinder
    _lexicon: Lexicon
    _cues: Mapping[Kind, KindCues]
    _reference: Reference
    _patterns: PatternFinder
    _by_scope: Mapping[Scope, RuleIndex]
    kinds: KindModel | None = None
    flag_model: FlagModel | None = None
    own_rules: tuple[Rule, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    def with_rules(self, folders: Iterable[Path]) -> "Detector":
        """The same detector with the rules of further folders besides; files that do not fit are left out and refused.

        Raises RuleError for a folder that is not there.
        """
        book = read_rules(folders, self.indicators, self._lexicon.concepts | MEASURED, self.rules)
        rules = tuple(sorted((*self.rules, *book.rules), key=attrgetter("name")))
        return replace(
            self,
            rules=rules,
            ruleset=ruleset_digest([*data_files(), *book.files]) if book.files else self.ruleset,
            own_rules=(*self.own_rules, *book.rules),
            refusals=(*self.refusals, *book.refusals),
            _patterns=pattern_finder(rules),
            _by_scope=by_scope(rules),
        )

    def explained(self, document: Document) -> Explanation:
        """The reading of a document with what decided it and what raised no flag; takes as long as two readings."""
        view = self.view(document)
        return explain(self.read(document), {"title": view.title, "text": view.text}, self.rules)

    def kind_reasons(self, document: Document) -> tuple[KindReason, ...]:
        """What spoke for each kind of text, the strongest first."""
        view = self.view(document)
        fields = {"title": view.title, "text": view.text}
        if self.kinds is None:
            return by_cues(view.both, fields, view.original, self._cues)
        return by_learning(self.kinds, view.both, fields, view.original, view.grams)

    def measured_terms(self, text: str) -> Terms:
        """The terms of a text as rules see them: with what is read off its facts among the hits."""
        return self._measured(self.terms(text), "text")[0]

    def read(
        self, document: Document, kind: Kind | Told | None = None, proposals: Iterable[Proposal] | None = None
    ) -> Reading:
        """The kind, the scope, the facts and the flags of a document.

        `kind`, and the flag model's `proposals`, are found out when they are not given.
        """
        view = self.view(document)
        told = self._kind_of(view) if kind is None else kind if isinstance(kind, Told) else Told(kind)
        scope = scope_of(view.fields)
        flags, combinations = combined(self.combinations, self._flags(told.kind, scope, view, proposals), view.facts)
        if told.doubtful:
            flags, combinations = _no_severe(flags), _no_severe(combinations)
        return Reading(
            document=document,
            kind=told.kind,
            scope=scope,
            flags=flags,
            facts=view.facts,
            combinations=combinations,
            doubtful=told.doubtful,
            plain_title=view.title.folded.text,
            plain_text=view.text.folded.text,
            disguises=tuple(disguise.span for disguise in view.text.folded.disguises if disguise.deliberate),
            truncated=len(document.text) > LENGTH_MAX or len(view.text.starts) == TOKENS_MAX,
            grams=view.grams,
        )

    def view(self, document: Document) -> View:
        """A document made ready for reading: tokens, concepts and facts of its title and text."""
        title, title_layout, title_facts = self._measured(self.terms(document.title), "title")
        text, text_layout, text_facts = self._measured(self.terms(document.text), "text")
        return View(
            document=document,
            title=title,
            text=text,
            layouts={"title": title_layout, "text": text_layout},
            both=joined(title, text),
            facts=(*title_facts, *text_facts),
            grams=grams(f"{title.folded.text}\n{text.folded.text}"),
        )

    def with_kinds(self, kinds: KindModel) -> "Detector":
        """The same detector, which tells kinds by a learnt model."""
        return replace(self, kinds=kinds)

    def with_flags(self, flag_model: FlagModel) -> "Detector":
        """The same detector, which besides its rules proposes flags by a learnt model."""
        return replace(self, flag_model=flag_model)

    @property
    def combination_titles(self) -> Mapping[str, str]:
        """The title of each combination by its key."""
        return {one.key: one.title for one in self.combinations}

    @property
    def kind_patterns(self) -> tuple[re.Pattern[str], ...]:
        """The expressions over the original text that speak for or against a kind."""
        return tuple(pattern for cues in self._cues.values() for pattern in cues.patterns)

    def _kind_of(self, view: View) -> Told:
        if self.kinds is None:
            return Told(kind_of(view.both, view.original, self._cues))
        return self.kinds.kind(view.both, view.original, view.grams)

    def _measured(self, terms: Terms, field: str) -> tuple[Terms, Layout, tuple[Fact, ...]]:
        layout = Layout(terms)
        if not terms.starts:  # most documents have no title
            return terms, layout, ()
        found = found_in(terms, layout, self._reference)
        return with_measures(terms, found), layout, tuple(facts_of(found, terms, field))

    def terms(self, text: str) -> Terms:
        """The tokens and concepts of a text, disguised spellings of known words undone."""
        if not text:
            return Terms(folded=fold(text), starts=(), ends=(), hits={})
        return self._patterns.added(self._finder.find(unmask(fold(text[:LENGTH_MAX]), self._lexicon.words)))

    def _flags(self, kind: Kind, scope: Scope, view: View, proposals: Iterable[Proposal] | None) -> tuple[Flag, ...]:
        if not flags_count(kind, view.document):
            return ()
        in_text = self._flags_in(view.text, view.layouts["text"], "text", scope)
        said = {flag.indicator for flag in in_text}
        in_title = self._flags_in(view.title, view.layouts["title"], "title", scope)
        by_model = self._by_model(view, scope, in_text, proposals)
        # A title mostly says again what the text says: one sighting is one flag.
        return (*(flag for flag in in_title if flag.indicator not in said), *in_text, *by_model)

    def _by_model(
        self, view: View, scope: Scope, raised: Sequence[Flag], proposals: Iterable[Proposal] | None
    ) -> list[Flag]:
        """The flags that only the model proposes, where a sentence speaks for itself."""
        if scope is Scope.DOMESTIC:
            return []
        if proposals is None:
            cut = clauses(view.text, view.layouts["text"]) if self.flag_model else ()
            proposals = self.flag_model.proposals(cut) if self.flag_model else ()
        heard = (one for one in proposals if not view.layouts["text"].silenced(one.start))
        made = (proposed(one, view.text, self.indicators[one.indicator], raised) for one in heard)
        return [flag for flag in made if flag is not None]

    def _flags_in(self, terms: Terms, layout: Layout, field: str, scope: Scope) -> list[Flag]:
        if not terms.starts:
            return []
        matching, rules = Matching(terms, layout), self._by_scope[scope].possible(terms)
        flags = [self._flag(match, terms, field) for match in matching.matches(rules)]
        if scope is not Scope.DOMESTIC:
            flags += self._disguised(terms, field)
        return merged(sorted(flags, key=lambda flag: (flag.span.start, -flag.span.end)))

    def _disguised(self, terms: Terms, field: str) -> Iterator[Flag]:
        """A flag for the first words whose spelling is meant to hide them: two show the manner."""
        indicator = self.indicators[_DISGUISE]
        meant = (disguise for disguise in terms.folded.disguises if disguise.deliberate)
        for disguise in islice(meant, _DISGUISES_SHOWN):
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


def _no_severe(signs: tuple[_Sign, ...]) -> tuple[_Sign, ...]:
    """The signs with severity 2 for 3: a text that is likelier something else deserves no more than a look."""
    return tuple(replace(sign, severity=min(sign.severity, _DOUBTFUL_MAX)) for sign in signs)


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


def data_files() -> list[Path]:
    """Every file of this package that decides about readings."""
    return list(_HERE.rglob("*.toml"))


def pattern_finder(rules: Iterable[Rule]) -> PatternFinder:
    """The finder of all expressions of the rules."""
    return PatternFinder(pattern for rule in rules for pattern in rule.patterns)
