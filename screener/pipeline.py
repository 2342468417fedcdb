"""The daily run: discover → fetch → screening → store; one outcome for each URL, resumable at any instant."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from screener.discover import BadRow, Listing, Row, links_of, rows_of
from screener.errors import ExtractError, FetchError, ItemError, SettingsError
from screener.extract import document_from_row
from screener.fetch import Fetcher, Request, fetch_many
from screener.records import Document, Finding, Page, Skip, SkipReason, Source, SourceHealth, SourceKind
from screener.screening import Screener
from screener.store import QueueItem, Store

_NOT_MODIFIED = 304
_FILE_BATCH = 100


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What the run tells while it works: one call when items were found, one for each outcome."""

    found: Callable[[int], None]
    done: Callable[[str, str], None]


@dataclass(frozen=True, kw_only=True)
class Scan:
    """The parts of one run and its number."""

    store: Store
    fetcher: Fetcher
    screener: Screener
    sources: Mapping[str, Source]
    workers: int
    now: Callable[[], datetime]
    progress: Progress
    run: int
    listings: Counter[str] = field(default_factory=Counter)

    def work(self) -> None:
        """Bring every URL of the run to its outcome; the run stays open until `finish`."""
        while pending := self.store.pending(self.run):
            self.progress.found(len(pending))
            self._files([item for item in pending if self._is_file(item)])
            self._pages(self._within_limits([item for item in pending if not self._is_file(item)]))

    def finish(self, at: datetime) -> None:
        """Close the run; only once its report is on disk, so that the next scan makes up for one that is missing."""
        self.store.finish_run(self.run, at)

    def _is_file(self, item: QueueItem) -> bool:
        return self.sources[item.source].kind is SourceKind.FILE

    def _within_limits(self, items: Iterable[QueueItem]) -> list[QueueItem]:
        """The items that their sources' `pages_max` leaves room for; the others are skipped."""
        used = {name: count.findings + count.skips for name, count in self.store.source_counts(self.run).items()}
        kept = []
        for item in items:
            limit = self.sources[item.source].pages_max
            if item.role == "item" and used[item.source] >= limit:
                self._skip(item, ExtractError(SkipReason.SITE_LIMIT, f"pages_max of {item.source} is {limit}"))
                continue
            used[item.source] += item.role == "item"
            kept.append(item)
        return kept

    def _pages(self, items: Iterable[QueueItem]) -> None:
        wanted = {item.url: item for item in items}
        requests = (self._request(item) for item in wanted.values())
        for request, result in fetch_many(self.fetcher, requests, workers=self.workers):
            item = wanted[request.url]
            if isinstance(result, FetchError):
                self._skip(item, result)
            elif item.role == "index":
                self._index(item, result)
            else:
                self._item(item, result)

    def _request(self, item: QueueItem) -> Request:
        source, stored = self.sources[item.source], self.store.stored_page(item.url)
        return Request(
            url=item.url,
            source=item.source,
            delay_seconds=source.delay_seconds,
            etag=stored.etag if stored else None,
            last_modified=stored.last_modified if stored else None,
            role="feed" if item.role == "index" and source.kind is not SourceKind.LISTING else "item",
        )

    def _whole(self, page: Page) -> Page:
        """The page itself, or the stored one that a 304 speaks of."""
        stored = self.store.stored_page(page.url) if page.status == _NOT_MODIFIED else None
        return replace(stored.page, fetched_at=page.fetched_at) if stored else page

    def _index(self, item: QueueItem, page: Page) -> None:
        whole, source = self._whole(page), self.sources[item.source]
        try:
            listing = links_of(whole, source)
        except ItemError as error:
            self._skip(item, error)
            return
        self.store.finish_index(self.run, item.url, list(self._queued(listing, source)), whole)
        self.progress.done(item.url, "index")

    def _queued(self, listing: Listing, source: Source) -> Iterator[QueueItem]:
        """What an index lists; further indexes only while `pages_max` leaves room, as some sites never end."""
        known = self.store.source_counts(self.run).get(source.name)
        found = len(listing.items) + (known.found if known else 0)
        self.listings[source.name] += 1
        yield from (QueueItem(url=url, source=source.name, role="item") for url in listing.items)
        if max(found, self.listings[source.name]) < source.pages_max:
            yield from (QueueItem(url=url, source=source.name, role="index") for url in listing.indexes)

    def _item(self, item: QueueItem, page: Page) -> None:
        whole = self._whole(page)
        try:
            finding = self.screener.screen_page(whole, self.sources[item.source])
        except ExtractError as error:
            self._skip(item, error, whole)
            return
        self._finding(item, finding, whole)

    def _finding(self, item: QueueItem, finding: Finding, page: Page | None) -> None:
        try:
            self.store.finish_finding(self.run, item.url, finding, page)
        except ItemError as error:
            self._skip(item, error, page)
            return
        self.progress.done(item.url, finding.score.band.value)

    def _skip(self, item: QueueItem, error: ItemError, page: Page | None = None) -> None:
        skip = Skip(url=item.url, reason=error.reason, detail=error.detail, source=item.source)
        if item.role == "index":
            self.store.fail_index(self.run, skip)
        else:
            self.store.finish_skip(self.run, skip, page)
        self.progress.done(item.url, error.reason.value)

    def _files(self, items: Iterable[QueueItem]) -> None:
        """Rows of files need no fetching; a file interrupted half-way is read again, its rows are known by then."""
        for item in items:
            if item.role == "index":
                self._file(item)
        gone = ExtractError(SkipReason.NOT_FOUND, "the file has changed, and this row is no longer in it")
        for item in self.store.pending(self.run):
            if item.role == "item" and self._is_file(item):
                self._skip(item, gone)

    def _file(self, index: QueueItem) -> None:
        """One file that cannot be read is one failed source, and no reason to stop the others."""
        try:
            rows = rows_of(Path(index.url))
            while batch := list(islice(rows, _FILE_BATCH)):
                self._batch(index, batch)
        except SettingsError as error:
            self._skip(index, ExtractError(SkipReason.NOT_FOUND, str(error)))
        except OSError as error:
            self._skip(index, ExtractError(SkipReason.UNPARSED, f"{index.url}: cannot be read: {error.strerror}"))
        else:
            self.store.finish_index(self.run, index.url, [], None)

    def _batch(self, index: QueueItem, rows: list[Row | BadRow]) -> None:
        queued = [QueueItem(url=_row_url(index.url, row), source=index.source, role="item") for row in rows]
        self.store.enqueue(self.run, queued)
        for item, row in zip(queued, rows, strict=True):
            self._row(item, row)

    def _row(self, item: QueueItem, row: Row | BadRow) -> None:
        try:
            finding = self.screener.screen(self._document(item, row))
        except ExtractError as error:
            self._skip(item, error)
            return
        self._finding(item, finding, None)

    def _document(self, item: QueueItem, row: Row | BadRow) -> Document:
        if isinstance(row, BadRow):
            raise ExtractError(SkipReason.BAD_ROW, f"line {row.line_number}: {row.detail}")
        identify = self.screener.identify
        return document_from_row(row.values, identify=identify, now=self.now(), source=item.source)


@dataclass(frozen=True, kw_only=True)
class Version:
    """What a run is made with, beside model and rules: the code, and the settings that decide what is collected."""

    code: str
    settings: str


def begin(store: Store, screener: Screener, sources: Iterable[Source], version: Version, now: datetime) -> int:
    """The number of the run to work on: the interrupted one when nothing that matters has changed, else a new one."""
    start = store.begin_run(
        code_version=version.code,
        model=screener.model.name,
        ruleset=screener.detector.ruleset,
        settings_digest=version.settings,
        now=now,
    )
    seeds = [QueueItem(url=seed, source=source.name, role="index") for source in sources for seed in source.seeds]
    store.enqueue(start.id, seeds)
    return start.id


def health(store: Store, run: int, sources: Iterable[Source]) -> list[SourceHealth]:
    """How each source did in a run, in words where it did not do well."""
    counts, failed = store.source_counts(run), store.index_skips(run)
    bad = [skip for skip in store.skips(run) if skip.reason is SkipReason.BAD_ROW]
    return [
        SourceHealth(
            source=source.name,
            expected_min=source.expected_min,
            found=count.found,
            findings=count.findings,
            skips=count.skips,
            note=_note(source, count.found, _of(source, failed), _of(source, bad)),
        )
        for source in sources
        if (count := counts.get(source.name))
    ]


def _of(source: Source, skips: Iterable[Skip]) -> list[Skip]:
    return [skip for skip in skips if skip.source == source.name]


def _note(source: Source, found: int, failed: list[Skip], bad: list[Skip]) -> str:
    if failed:
        return f"{len(failed)} of its listing pages could not be read ({failed[0].reason.value}: {failed[0].detail})"
    if found < source.expected_min:
        return f"{found} items found, at least {source.expected_min} expected: has the page changed?"
    if bad:
        return f"{len(bad)} bad rows were left out (the first: {bad[0].detail})"
    return ""


def _row_url(path: str, row: Row | BadRow) -> str:
    """A name for a row that has no address: the same row of the same file has the same name in every run."""
    file = Path(path) / row.path if Path(path).is_dir() else Path(path)
    return f"file:{file}#{row.line_number}"
