"""The reads: plain queries, each returning records in a stated order."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, RowMapping, Select, Table, exists, func, select

from screener.errors import StoreError
from screener.records import Finding, Run, Skip, SkipReason
from screener.store import schema
from screener.store.document_rows import contact_of, document_of, page_of
from screener.store.fact_rows import combination_of, fact_of
from screener.store.queue import QueueItem, Role, RunState, SourceCounts, StoredPage
from screener.store.rows import FindingParts, finding_of, flag_of, reason_of

_HTTP_OK = 200
_Part = TypeVar("_Part")
_RUN, _ITEM, _FINDING, _DOCUMENT = schema.run.c, schema.item.c, schema.finding.c, schema.document.c


def runs(connection: Connection, states: Iterable[RunState] = tuple(RunState)) -> list[Run]:
    """The runs in these states, newest first."""
    query = select(schema.run).where(_RUN.state.in_([state.value for state in states]))
    rows = connection.execute(query.order_by(_RUN.id.desc())).mappings().all()
    return [_run_of(connection, row) for row in rows]


def latest_run(connection: Connection) -> Run | None:
    """The newest run, whatever its state; None in a new database."""
    query = select(schema.run).order_by(_RUN.id.desc()).limit(1)
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else _run_of(connection, row)


def run(connection: Connection, run_id: int) -> Run:
    """The run of this number; raises StoreError when there is none."""
    return _run_of(connection, _run_row(connection, run_id))


def run_state(connection: Connection, run_id: int) -> RunState:
    """How far the run of this number is; raises StoreError when there is none."""
    return RunState(_run_row(connection, run_id)["state"])


def _run_row(connection: Connection, run_id: int) -> RowMapping:
    query = select(schema.run).where(_RUN.id == run_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise StoreError(f"there is no run {run_id}")
    return row


def _run_of(connection: Connection, row: RowMapping) -> Run:
    return Run(
        id=row["id"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        code_version=row["code_version"],
        model=row["model"],
        ruleset=row["ruleset"],
        findings=_finding_count(connection, row["id"]),
        skips=_skip_counts(connection, row["id"]),
    )


def _finding_count(connection: Connection, run_id: int) -> int:
    query = select(func.count()).where(_ITEM.run_id == run_id, _ITEM.finding_key.is_not(None))
    return connection.execute(query).scalar_one()


def _skip_counts(connection: Connection, run_id: int) -> Mapping[SkipReason, int]:
    query = (
        select(_ITEM.skip_reason, func.count())
        .where(_ITEM.run_id == run_id, _ITEM.role == "item", _ITEM.skip_reason.is_not(None))
        .group_by(_ITEM.skip_reason)
        .order_by(_ITEM.skip_reason)
    )
    return {SkipReason(reason): count for reason, count in connection.execute(query)}


def pending(connection: Connection, run_id: int) -> list[QueueItem]:
    """The URLs of a run without an outcome, in the order of discovery."""
    query = select(schema.item).where(_ITEM.run_id == run_id, _ITEM.state == "pending").order_by(_ITEM.id)
    rows = connection.execute(query).mappings()
    return [QueueItem(url=row["url"], source=row["source"], role=row["role"]) for row in rows]


def count_items(connection: Connection, run_id: int) -> int:
    """How many items a run discovered, done or not; indexes are not counted."""
    query = select(func.count()).where(_ITEM.run_id == run_id, _ITEM.role == "item")
    return connection.execute(query).scalar_one()


def skips(connection: Connection, run_id: int, role: Role) -> list[Skip]:
    """The skipped items or indexes of a run, in the order of discovery."""
    query = (
        select(schema.item)
        .where(_ITEM.run_id == run_id, _ITEM.role == role, _ITEM.skip_reason.is_not(None))
        .order_by(_ITEM.id)
    )
    return [_skip_of(row) for row in connection.execute(query).mappings()]


def _skip_of(row: RowMapping) -> Skip:
    reason = SkipReason(row["skip_reason"])
    return Skip(url=row["url"], reason=reason, detail=row["skip_detail"], source=row["skip_source"])


def source_counts(connection: Connection, run_id: int) -> dict[str, SourceCounts]:
    """The items of a run by source, sources by name; one whose index alone is known is there with zeros."""
    is_item = _ITEM.role == "item"
    query = (
        select(
            _ITEM.source,
            func.count().filter(is_item),
            func.count(_ITEM.finding_key),
            func.count(_ITEM.skip_reason).filter(is_item),
        )
        .where(_ITEM.run_id == run_id)
        .group_by(_ITEM.source)
        .order_by(_ITEM.source)
    )
    return {row[0]: SourceCounts(*row[1:]) for row in connection.execute(query)}


def new_findings(connection: Connection, run_id: int) -> frozenset[str]:
    """The ids of a run's findings whose document id no earlier finished run had."""
    earlier_item, earlier_finding = schema.item.alias(), schema.finding.alias()
    earlier_document, earlier_run = schema.document.alias(), schema.run.alias()
    seen = (
        exists()
        .where(earlier_document.c.id == _DOCUMENT.id)
        .where(earlier_finding.c.document_key == earlier_document.c.key)
        .where(earlier_item.c.finding_key == earlier_finding.c.key)
        .where(earlier_run.c.id == earlier_item.c.run_id)
        .where(earlier_run.c.id < run_id, earlier_run.c.state == RunState.FINISHED.value)
    )
    query = _with_documents(select(_FINDING.id)).where(_ITEM.run_id == run_id, ~seen)
    return frozenset(connection.execute(query).scalars())


def _with_documents(query: Select[Any]) -> Select[Any]:
    joined = schema.item.join(schema.finding, _ITEM.finding_key == _FINDING.key)
    return query.select_from(joined.join(schema.document, _FINDING.document_key == _DOCUMENT.key))


def stored_page(connection: Connection, url: str) -> StoredPage | None:
    """The newest page stored for a URL with status 200: only such a one can answer a 304."""
    page = schema.page.c
    query = (
        select(schema.page, schema.body.c.size, schema.body.c.content)
        .join_from(schema.page, schema.body, page.digest == schema.body.c.digest)
        .where(page.url == url, page.status == _HTTP_OK)
        .order_by(page.fetched_at.desc(), page.id)
        .limit(1)
    )
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        return None
    found = page_of(row)
    validators = found.headers.get("etag"), found.headers.get("last-modified")
    return StoredPage(page=found, etag=validators[0], last_modified=validators[1])


def finding_order(connection: Connection, run_id: int) -> Sequence[int]:
    """The numbers of a run's items with a finding, highest probability first, then as discovered."""
    query = (
        select(_ITEM.id)
        .join_from(schema.item, schema.finding, _ITEM.finding_key == _FINDING.key)
        .where(_ITEM.run_id == run_id)
        .order_by(_FINDING.probability.desc(), _ITEM.id)
    )
    return connection.execute(query).scalars().all()


def findings(connection: Connection, item_ids: Sequence[int]) -> list[Finding]:
    """The findings of these items, in the order given."""
    items = _by_key(connection, _ITEM.id, item_ids)
    found = _by_key(connection, _FINDING.key, {row["finding_key"] for row in items.values()})
    documents = _by_key(connection, _DOCUMENT.key, {row["document_key"] for row in found.values()})
    contacts = _parts(connection, schema.contact, schema.contact.c.document_key, documents, contact_of)
    flags = _parts(connection, schema.flag, schema.flag.c.finding_key, found, flag_of)
    reasons = _parts(connection, schema.reason, schema.reason.c.finding_key, found, reason_of)
    facts = _parts(connection, schema.fact, schema.fact.c.finding_key, found, fact_of)
    combinations = _parts(connection, schema.combination, schema.combination.c.finding_key, found, combination_of)

    def one(item: RowMapping) -> Finding:
        key = item["finding_key"]
        document_key = found[key]["document_key"]
        parts = FindingParts(
            document=document_of(documents[document_key], contacts[document_key]),
            flags=flags[key],
            reasons=reasons[key],
            facts=facts[key],
            combinations=combinations[key],
        )
        return finding_of(item, found[key], parts)

    return [one(items[number]) for number in item_ids]


def _by_key(connection: Connection, key: Column[Any], keys: Iterable[object]) -> dict[Any, RowMapping]:
    query = select(key.table).where(key.in_(list(keys)))
    return {row[key.name]: row for row in connection.execute(query).mappings()}


def _parts(
    connection: Connection,
    table: Table,
    owner: Column[Any],
    owners: Iterable[str],
    part_of: Callable[[RowMapping], _Part],
) -> dict[str, list[_Part]]:
    parts: dict[str, list[_Part]] = {key: [] for key in owners}
    query = select(table).where(owner.in_(list(parts))).order_by(owner, table.c.position)
    for row in connection.execute(query).mappings():
        parts[row[owner.name]].append(part_of(row))
    return parts
