"""Page to finding: the pure composition of the stages."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from screener.detect import Detector, read_flags, read_kinds
from screener.errors import ModelError
from screener.extract import LanguageIdentifier, contacts, document_id, extract
from screener.records import Document, Finding, Page, Reading, Source
from screener.score.features import features
from screener.score.model import Model, drifted, load_model


@dataclass(frozen=True, kw_only=True)
class Screener:
    """Screens documents with one detector and one model, in one thread. `now` gives the time written into findings.

    `notes` are whole sentences about what is not as it should be, such as a model that stands in for another.
    """

    detector: Detector
    model: Model
    identify: LanguageIdentifier
    now: Callable[[], datetime]
    notes: tuple[str, ...] = ()

    def screen_page(self, page: Page, source: Source) -> Finding:
        """The finding of a page. Raises ExtractError when no text can be read from it."""
        return self.screen(extract(page, source, identify=self.identify, now=self.now()))

    def screen(self, document: Document) -> Finding:
        """The finding of a document: its kind, scope, flags and score."""
        return self._finding(self.detector.read(document))

    def screen_each(self, documents: Iterable[Document]) -> Iterator[Finding]:
        """The finding of each document in order, faster than one by one; some 64 are held at a time."""
        return map(self._finding, self.detector.read_each(documents))

    def _finding(self, reading: Reading) -> Finding:
        return Finding(
            id=finding_id(reading.document.id, self.model.name, self.detector.ruleset),
            document=reading.document,
            kind=reading.kind,
            scope=reading.scope,
            flags=reading.flags,
            score=self.model.score(reading),
            ruleset=self.detector.ruleset,
            screened_at=self.now(),
            facts=reading.facts,
            combinations=reading.combinations,
        )


def finding_id(document: str, model: str, ruleset: str) -> str:
    """The hex SHA-256 that names the screening of one document by one model and one ruleset."""
    return hashlib.sha256(f"{document}\x1f{model}\x1f{ruleset}".encode("utf-8", "surrogatepass")).hexdigest()


def plain_document(text: str) -> Document:
    """A document of nothing but a text, for golden texts and tries."""
    return Document(id=document_id("", "", text), url="", text=text, contacts=contacts(text))


def read_text(detector: Detector, text: str) -> Reading:
    """The reading of a text on its own."""
    return detector.read(plain_document(text))


def load_fitting(detector: Detector, folder: Path) -> tuple[Detector, Model]:
    """The model of a folder, proved to fit the detector but for its golden texts, and the detector with its models.

    Raises ModelError when it does not fit.
    """
    model = load_model(folder, features(detector.indicators, detector.combination_titles), detector.base_ruleset)
    flag_model = read_flags(model.flags)
    unknown = sorted(flag_model.callings.keys() - detector.indicators.keys())
    if unknown:
        raise ModelError(f"{folder} proposes flags of {unknown[0]!r}, which is no indicator: train again")
    return detector.with_kinds(read_kinds(model.kinds)).with_flags(flag_model), model


def golden_scores(detector: Detector, model: Model) -> list[float]:
    """The probabilities of the model's golden texts, as they are scored here and now."""
    return [model.score(read_text(detector, golden.text)).probability for golden in model.manifest.golden]


def check_golden(detector: Detector, model: Model) -> None:
    """Raises ModelError when the model does not score its golden texts as it did when it was trained."""
    if drifted(model, golden_scores(detector, model)):
        raise ModelError(
            f"model {model.name} does not give its golden texts the scores it was trained with: "
            "a library or the program differs; train again with `screener train`"
        )
