"""The records of this room: what is queued, how a run begins, and what a stored page knows."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

from screener.records import Page

Role = Literal["index", "item"]


class RunState(StrEnum):
    """How far a run is; an interrupted one was left unfinished and cannot be resumed any more."""

    RUNNING = "running"
    FINISHED = "finished"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, kw_only=True)
class RunStart:
    """The run that a scan works on; `resumed` says that an unfinished run goes on under its old id."""

    id: int
    resumed: bool


@dataclass(frozen=True, kw_only=True)
class QueueItem:
    """One URL to visit: an index lists items, an item ends in one finding or one skip."""

    url: str
    source: str
    role: Role


@dataclass(frozen=True, kw_only=True)
class StoredPage:
    """A page as it was last got whole, with the validators of a conditional request (RFC 9110, 8.8)."""

    page: Page
    etag: str | None
    last_modified: str | None


class SourceCounts(NamedTuple):
    """What one source came to in one run, in items; failed indexes are not items."""

    found: int
    findings: int
    skips: int
