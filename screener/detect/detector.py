"""The detector: documents in, their kinds, scopes, facts and flags out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from screener.detect.combinations import CombinationRule, combined
from screener.detect.explaining import Explanation, explain, spoken
from screener.detect.facts import MEASURED
from screener.detect.flagging import Asked, Flagger, Raised
from screener.detect.kindreasons import KindReason, by_cues, by_learning
from screener.detect.kinds import KindCues, kind_of, scope_of
from screener.detect.learntflags import FlagModel
from screener.detect.learntkinds import KindModel, Told
from screener.detect.matching import by_scope
from screener.detect.opinions import Opinion
from screener.detect.patterns import PatternFinder
from screener.detect.rulefiles import Refusal
from screener.detect.rules import Rule, read_rules, ruleset_digest
from screener.detect.terms import TOKENS_MAX, Terms
from screener.detect.view import View, Viewer
from screener.records import Combination, Document, Flag, Indicator, Kind, Reading
from screener.text import LENGTH_MAX

_HERE = Path(__file__).parent
_DOUBTFUL_MAX = 2
_TOGETHER = 64
_CHARACTERS_TOGETHER = 100_000
_Sign = TypeVar("_Sign", Flag, Combination)


@dataclass(frozen=True, kw_only=True)
class Detector:
    """Finds indicators in documents; made once by `load_detector`.

    `ruleset` names all the data it works by, `base_ruleset` that without the rules of further folders: those are
    `own_rules`, also among `rules`, and `refusals` says which files of those folders are not used.
    Without learnt `kinds`, cues written by hand tell what kind a text is.
    """

    combinations: tuple[CombinationRule, ...]
    rules: tuple[Rule, ...]
    ruleset: str
    base_ruleset: str
    _viewer: Viewer
    _flagger: Flagger
    _cues: Mapping[Kind, KindCues]
    kinds: KindModel | None = None
    own_rules: tuple[Rule, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    def with_rules(self, folders: Iterable[Path]) -> "Detector":
        """The same detector with the rules of further folders besides; files that do not fit are left out and refused.

        Raises RuleError for a folder that is not there.
        """
        book = read_rules(folders, self.indicators, self._viewer.lexicon.concepts | MEASURED, self.rules)
        rules = tuple(sorted((*self.rules, *book.rules), key=attrgetter("name")))
        own = (*self.own_rules, *book.rules)
        return replace(
            self,
            rules=rules,
            ruleset=ruleset_digest([*data_files(), *book.files]) if book.files else self.ruleset,
            own_rules=own,
            refusals=(*self.refusals, *book.refusals),
            _viewer=replace(self._viewer, patterns=pattern_finder(rules)),
            _flagger=replace(self._flagger, by_scope=by_scope(rules), own_rules=frozenset(rule.name for rule in own)),
        )

    def with_kinds(self, kinds: KindModel) -> "Detector":
        """The same detector, which tells kinds by a learnt model."""
        return replace(self, kinds=kinds)

    def with_flags(self, flag_model: FlagModel) -> "Detector":
        """The same detector with a learnt model, which proposes flags and doubts those of rules."""
        return replace(self, _flagger=replace(self._flagger, flag_model=flag_model))

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """Every indicator by its key."""
        return self._flagger.indicators

    @property
    def flag_model(self) -> FlagModel | None:
        """What proposes flags besides the rules, and doubts theirs."""
        return self._flagger.flag_model

    @property
    def combination_titles(self) -> Mapping[str, str]:
        """The title of each combination by its key."""
        return {one.key: one.title for one in self.combinations}

    @property
    def kind_patterns(self) -> tuple[re.Pattern[str], ...]:
        """The expressions over the original text that speak for or against a kind."""
        return tuple(pattern for cues in self._cues.values() for pattern in cues.patterns)

    def explained(self, document: Document) -> Explanation:
        """The reading of a document with what decided it and what raised no flag; takes as long as two readings."""
        view = self.view(document)
        told = explain(self.read(document), view.named_fields, self.rules)
        return replace(told, spoken=spoken(self._flagger.opinion(view), view.text))

    def kind_reasons(self, document: Document) -> tuple[KindReason, ...]:
        """What spoke for each kind of text, the strongest first."""
        view = self.view(document)
        if self.kinds is None:
            return by_cues(view.both, view.named_fields, view.original, self._cues)
        return by_learning(self.kinds, view, self._flagger.opinion(view).votes.ad)

    def view(self, document: Document) -> View:
        """A document made ready for reading: tokens, concepts and facts of its title and text."""
        return self._viewer.views([document])[0]

    def terms(self, text: str) -> Terms:
        """The tokens and concepts of a text, disguised spellings of known words undone."""
        return self._viewer.terms([text])[0]

    def measured_terms(self, text: str) -> Terms:
        """The terms of a text as rules see them: with what is read off its facts among the hits."""
        return self._viewer.measured([text], "text")[0].terms

    def read(self, document: Document, kind: Kind | Told | None = None) -> Reading:
        """The kind, the scope, the facts and the flags of a document; `kind` is found out when it is not given."""
        told = Told(kind) if isinstance(kind, Kind) else kind
        return self._readings([self.view(document)], told)[0]

    def sightings(self, document: Document) -> list[Flag]:
        """What rules raise in the text of a document, taken for an ad: each by itself, nothing doubted."""
        view = self.view(document)
        return self._flagger.sightings(view, scope_of(view.fields))

    def read_each(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """The reading of each document in order, a third faster than one by one; some 64 are held at a time."""
        for chunk in _chunks(documents):
            yield from self._readings(self._viewer.views(chunk))

    def _kind_of(self, view: View, opinion: Opinion) -> Told:
        if self.kinds is None:
            return Told(kind_of(view.both, view.original, self._cues))
        return self.kinds.kind(view.both, view.original, view.grams, opinion.votes.ad)

    def _readings(self, views: Sequence[View], given: Told | None = None) -> list[Reading]:
        """The readings of documents made ready; all go through a step together (see `Viewer`)."""
        opinions = [self._flagger.opinion(view) for view in views]
        told = [given or self._kind_of(*one) for one in zip(views, opinions, strict=True)]
        asked = [
            Asked(view=view, kind=one.kind, scope=scope_of(view.fields), opinion=opinion)
            for view, one, opinion in zip(views, told, opinions, strict=True)
        ]
        raised = self._flagger.flags(asked)
        return [self._reading(*one) for one in zip(asked, told, raised, strict=True)]

    def _reading(self, asked: Asked, told: Told, raised: Raised) -> Reading:
        view, document = asked.view, asked.view.document
        flags, combinations = combined(self.combinations, raised.flags, view.facts)
        if told.doubtful:
            flags, combinations = _no_severe(flags), _no_severe(combinations)
        return Reading(
            document=document,
            kind=told.kind,
            scope=asked.scope,
            flags=flags,
            facts=view.facts,
            combinations=combinations,
            doubted=raised.doubted,
            doubtful=told.doubtful,
            vote=asked.opinion.votes.follow_up,
            plain_title=view.title.folded.text,
            plain_text=view.text.folded.text,
            disguises=tuple(disguise.span for disguise in view.text.folded.disguises if disguise.deliberate),
            truncated=len(document.text) > LENGTH_MAX or len(view.text.starts) == TOKENS_MAX,
            grams=view.grams,
        )


def _chunks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """The documents in runs that are few and short enough to be held in memory with all that is read in them."""
    chunk: list[Document] = []
    characters = 0
    for document in documents:
        chunk.append(document)
        characters += len(document.title) + len(document.text)
        if len(chunk) == _TOGETHER or characters >= _CHARACTERS_TOGETHER:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def _no_severe(signs: tuple[_Sign, ...]) -> tuple[_Sign, ...]:
    """The signs with severity 2 for 3: a text that is twice as likely something else deserves no more than a look."""
    return tuple(replace(sign, severity=min(sign.severity, _DOUBTFUL_MAX)) for sign in signs)


def data_files() -> list[Path]:
    """Every file of this package that decides about readings."""
    return list(_HERE.rglob("*.toml"))


def pattern_finder(rules: Iterable[Rule]) -> PatternFinder:
    """The finder of all expressions of the rules."""
    return PatternFinder(pattern for rule in rules for pattern in rule.patterns)
