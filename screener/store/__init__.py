"""The database and the evidence in it: what was queued, fetched, found and skipped, run by run."""

from screener.store.lock import scan_lock
from screener.store.queue import QueueItem, Role, RunStart, RunState, SourceCounts, StoredPage
from screener.store.store import Store

__all__ = [
    "QueueItem",
    "Role",
    "RunStart",
    "RunState",
    "SourceCounts",
    "Store",
    "StoredPage",
    "scan_lock",
]
