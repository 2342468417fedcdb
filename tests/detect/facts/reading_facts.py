"""How the tests of facts read a text."""

from screener.detect import Detector
from screener.records import Document, Fact, FactKind


def facts(detector: Detector, text: str, *kinds: FactKind) -> list[Fact]:
    """The facts of some kinds in a text, in their order."""
    read = detector.read(Document(id="x", url="", title="", text=text)).facts
    return [fact for fact in read if fact.kind in kinds]


def values(detector: Detector, text: str, kind: FactKind) -> list[str]:
    """The values of the facts of a kind."""
    return [fact.value for fact in facts(detector, text, kind)]


def measured(detector: Detector, text: str, concept: str) -> bool:
    """Whether a text has a measured concept."""
    return concept in detector.measured_terms(text).hits
