"""Rows at scale → findings: streamed, in order, on one core or several; no database and no network."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence

from joblib import Parallel, delayed
from joblib import hash as digest_of

from screener.discover import BadRow, Row
from screener.errors import ExtractError, SettingsError
from screener.extract import document_from_row
from screener.records import Document, Finding
from screener.screening import Screener

_CHUNK = 192
_CHUNK_ALONE = 64
_PIECES_BETWEEN = 10_000


def screen_rows(
    rows: Iterable[Row | BadRow], make_screener: Callable[[], Screener], *, jobs: int = 1
) -> Iterator[Finding | BadRow]:
    """One finding or bad row for each row, in their order; memory does not grow with their number."""
    if jobs == 1:
        screener = make_screener()
        for chunk in _chunks(rows, _CHUNK_ALONE):
            yield from _screened(chunk, screener)
        return
    chunks = _chunks(rows, _CHUNK)
    parallel = Parallel(n_jobs=jobs, return_as="generator", pre_dispatch="2*n_jobs")
    for chunk in parallel(delayed(_screened_chunk)(chunk, make_screener) for chunk in chunks):
        yield from chunk


def _chunks(rows: Iterable[Row | BadRow], length: int) -> Iterator[list[Row | BadRow]]:
    """The rows in runs; what was read before the rows failed is given first."""
    chunk: list[Row | BadRow] = []
    try:
        for row in rows:
            chunk.append(row)
            if len(chunk) == length:
                yield chunk
                chunk = []
    except SettingsError:  # a file that cannot be read on
        if chunk:
            yield chunk
        raise
    if chunk:
        yield chunk


def settle() -> None:
    """Take what is loaded from the garbage collector's sight, and let it look less often.

    It would go through rules and models again and again; and a text is read in thousands of small pieces, of which
    none is a cycle: looking after every 10,000 instead of 700 saves 7 % of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_PIECES_BETWEEN)


_made: dict[str, Screener] = {}


def _screened_chunk(rows: Sequence[Row | BadRow], make_screener: Callable[[], Screener]) -> list[Finding | BadRow]:
    """Runs in a worker process, which makes its screener once: loading costs more than a chunk."""
    # Each chunk brings its own copy of the maker, and workers outlive the call that started them.
    key = digest_of(make_screener)
    if key not in _made:
        gc.unfreeze()
        _made.clear()
        _made[key] = make_screener()
        settle()
    return list(_screened(rows, _made[key]))


def _screened(rows: Sequence[Row | BadRow], screener: Screener) -> Iterator[Finding | BadRow]:
    read = [_read(row, screener) for row in rows]
    findings = screener.screen_each(one for one in read if isinstance(one, Document))
    return (one if isinstance(one, BadRow) else next(findings) for one in read)


def _read(row: Row | BadRow, screener: Screener) -> Document | BadRow:
    if isinstance(row, BadRow):
        return row
    try:
        return document_from_row(row.values, identify=screener.identify, now=screener.now())
    except ExtractError as error:
        return BadRow(path=row.path, line_number=row.line_number, detail=error.detail or error.reason.value)
