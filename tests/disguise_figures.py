"""How well disguised texts are read: the figures that `make bench` prints."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from screener.detect import Detector
from screener.extract import contacts
from screener.records import Document, Example, Flag, Mark
from screener.train.corpus import document_of
from screener.train.disguise import disguised

EVASION = "obfuscated-text"


@dataclass(frozen=True, kw_only=True)
class Plain:
    """Of texts that nobody disguised: how many, the shares undone and flagged in, and words that were undone."""

    number: int
    undone: float
    flagged: float
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Disguisable:
    """Texts written in the clear, whose labels the writers of the rules had read: none is held out."""

    detector: Detector
    examples: Sequence[Example]

    @classmethod
    def of(cls, detector: Detector, examples: Iterable[Example]) -> "Disguisable":
        """Those of some examples."""
        clear = [e for e in examples if e.seen_by_rules and e.tier != "obfuscated"]
        return cls(detector=detector, examples=clear)

    def recall(self, per_sentence: int, kinds: Iterable[str]) -> float:
        """The share of the labelled marks that a flag overlaps when words of each sentence are disguised."""
        kinds = list(kinds)
        found = total = 0
        for number, example in enumerate(self.examples):
            text, marks = disguised(example.text, example.marks, per_sentence, number, kinds)
            flags = self._flags(example, text)
            total += len(marks)
            found += sum(any(_meets(flag, mark) for flag in flags) for mark in marks)
        return found / total

    def _flags(self, example: Example, text: str) -> tuple[Flag, ...]:
        document = Document(id=example.id, url="", text=text, title=example.title, contacts=contacts(text))
        return self.detector.read(document).flags

    def plain(self) -> Plain:
        """What is undone and flagged in the texts as they are, where no labeller marked a disguise."""
        plain = [e for e in self.examples if all(mark.indicator != EVASION for mark in e.marks)]
        undone = [self.detector.terms(example.text).folded for example in plain]
        flagged = [self.detector.read(document_of(example)).flags for example in plain]
        return Plain(
            number=len(plain),
            undone=sum(bool(folded.disguises) for folded in undone) / len(plain),
            flagged=sum(any(flag.indicator == EVASION for flag in flags) for flags in flagged) / len(plain),
            words=tuple(folded.original[d.span.start : d.span.end] for folded in undone for d in folded.disguises),
        )


def _meets(flag: Flag, mark: Mark) -> bool:
    same = flag.field == "text" and flag.indicator == mark.indicator
    return same and flag.span.start < mark.span.end and mark.span.start < flag.span.end
