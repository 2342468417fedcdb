"""What the corpus holds."""

from dataclasses import dataclass

from screener.records.collected import Span
from screener.records.vocabulary import Polarity


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A flag as a labeller marked it in an example; offsets are in the example's text."""

    indicator: str
    polarity: Polarity
    span: Span
    quote: str


@dataclass(frozen=True, kw_only=True)
class Example:
    """One labelled text of the corpus. `group` is author and campaign; label is follow_up, ordinary or job_fraud.

    `seen_by_rules` says that those who wrote the rules had read it: figures on such texts flatter the rules.
    """

    id: str
    text: str
    title: str
    kind: str
    scope: str
    language: str
    source_type: str
    label: str
    tier: str
    modus: str
    group: str
    written_on: str
    marks: tuple[Mark, ...]
    seen_by_rules: bool = False
