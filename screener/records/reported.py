"""What a run came to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from screener.records.judged import Finding, Indicator, Skip
from screener.records.vocabulary import SkipReason


@dataclass(frozen=True, kw_only=True)
class Run:
    """One scan: when, with what, and how each URL ended. `finished_at` is None while it is under way."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    code_version: str
    model: str
    ruleset: str
    findings: int
    skips: Mapping[SkipReason, int]


@dataclass(frozen=True, kw_only=True)
class SourceHealth:
    """How one source did in a run; `found` counts items discovered, `note` is empty when all is well."""

    source: str
    expected_min: int
    found: int
    findings: int
    skips: int
    note: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """All that the report shows of one run. `new` holds the ids of findings no earlier run had.

    `notes` are whole sentences about what was not as it should be, such as a rule file that was left out.
    """

    run: Run
    findings: tuple[Finding, ...]
    skips: tuple[Skip, ...]
    new: frozenset[str]
    health: tuple[SourceHealth, ...]
    indicators: Mapping[str, Indicator]
    alert_threshold: float
    review_threshold: float
    notes: tuple[str, ...] = ()
