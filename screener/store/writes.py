"""The writes. Each is one unit of work, and a repeated one changes nothing.

Content goes in under ids made from itself; an outcome goes in only while its URL is pending.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from screener.errors import StoreError
from screener.records import Finding, Page, Skip
from screener.store import schema
from screener.store.database import insert_once
from screener.store.document_rows import page_rows
from screener.store.queue import QueueItem, Role, RunStart, RunState
from screener.store.rows import finding_rows


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a run works with; an unfinished run is resumed only by one that would judge alike."""

    code_version: str
    model: str
    ruleset: str
    settings_digest: str


def begin_run(connection: Connection, plan: Plan, now: datetime) -> RunStart:
    """The run to work on: the newest if it is unfinished and fits the plan, else a new one."""
    newest = _newest_run(connection)
    if newest is not None and newest["state"] == RunState.RUNNING:
        if _fits(newest, plan):
            return RunStart(id=newest["id"], resumed=True)
        _set_state(connection, newest["id"], RunState.INTERRUPTED, None)
    row = {"state": RunState.RUNNING.value, "started_at": now, **_plan_row(plan)}
    key = connection.execute(insert(schema.run).values(row)).inserted_primary_key
    if key is None:
        raise StoreError("the database gave the new run no number; please report this as a defect")
    return RunStart(id=key[0], resumed=False)


def _newest_run(connection: Connection) -> RowMapping | None:
    query = select(schema.run).order_by(schema.run.c.id.desc()).limit(1).with_for_update()
    return connection.execute(query).mappings().one_or_none()


def _fits(run: RowMapping, plan: Plan) -> bool:
    wanted = (plan.settings_digest, plan.model, plan.ruleset)
    return (run["settings_digest"], run["model"], run["ruleset"]) == wanted


def _plan_row(plan: Plan) -> dict[str, str]:
    return {
        "code_version": plan.code_version,
        "model": plan.model,
        "ruleset": plan.ruleset,
        "settings_digest": plan.settings_digest,
    }


def _set_state(connection: Connection, run: int, state: RunState, finished_at: datetime | None) -> None:
    change = update(schema.run).where(schema.run.c.id == run)
    connection.execute(change.values(state=state.value, finished_at=finished_at))


def finish_run(connection: Connection, run: int, now: datetime) -> None:
    """The run closed; raises StoreError while a URL of it is pending, or when it was interrupted."""
    row = _run(connection, run)
    if row["state"] == RunState.FINISHED:
        return
    _demand_running(run, row["state"])
    _demand_nothing_pending(connection, run)
    # A clock that was set back must not make a run that ended before it began.
    _set_state(connection, run, RunState.FINISHED, max(now, row["started_at"]))


def _run(connection: Connection, run: int) -> RowMapping:
    query = select(schema.run).where(schema.run.c.id == run)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise StoreError(f"there is no run {run}")
    return row


def _demand_running(run: int, state: str) -> None:
    if state != RunState.RUNNING:
        raise StoreError(f"run {run} is {state}; begin a new run to go on")


def _demand_nothing_pending(connection: Connection, run: int) -> None:
    pending = (schema.item.c.run_id == run) & (schema.item.c.state == "pending")
    count = connection.execute(select(func.count()).where(pending)).scalar_one()
    if count:
        raise StoreError(f"run {run} cannot end: {count} of its URLs have no outcome yet")


def enqueue(connection: Connection, run: int, items: Sequence[QueueItem]) -> None:
    """The items queued in their order; a URL that the run knows already stays as it is."""
    _demand_running(run, _run(connection, run)["state"])
    _queue(connection, run, items)


def _queue(connection: Connection, run: int, items: Sequence[QueueItem]) -> None:
    insert_once(connection, schema.item, [_item_row(run, item) for item in items])


def _item_row(run: int, item: QueueItem) -> dict[str, object]:
    return {"run_id": run, "url": item.url, "source": item.source, "role": item.role, "state": "pending"}


def finish_index(connection: Connection, run: int, url: str, found: Sequence[QueueItem], page: Page | None) -> None:
    """The index done, and what it lists queued."""
    if _is_pending(connection, run, url, "index"):
        _queue(connection, run, found)
        _close_item(connection, run, url, {"page_id": _put_page(connection, page)})


def finish_finding(connection: Connection, run: int, url: str, finding: Finding, page: Page | None) -> None:
    """The item done with its finding, and all that hangs on it stored."""
    if _is_pending(connection, run, url, "item"):
        outcome = {
            "page_id": _put_page(connection, page),
            "finding_key": _put_finding(connection, finding),
            "screened_at": finding.screened_at,
        }
        _close_item(connection, run, url, outcome)


def finish_skip(connection: Connection, run: int, skip: Skip, role: Role, page: Page | None) -> None:
    """The index or item done with the reason why nothing came of it."""
    if _is_pending(connection, run, skip.url, role):
        outcome = {
            "page_id": _put_page(connection, page),
            "skip_reason": skip.reason.value,
            "skip_detail": skip.detail,
            "skip_source": skip.source,
        }
        _close_item(connection, run, skip.url, outcome)


def _is_pending(connection: Connection, run: int, url: str, role: Role) -> bool:
    state = _run(connection, run)["state"]
    here = (schema.item.c.run_id == run) & (schema.item.c.url == url)
    query = select(schema.item.c.state, schema.item.c.role).where(here).with_for_update()
    item = connection.execute(query).mappings().one_or_none()
    if item is None:
        raise StoreError(f"{url} was never queued in run {run}; please report this as a defect")
    if item["role"] != role:
        raise StoreError(f"{url} is queued as an {item['role']}, not as an {role}; please report this as a defect")
    if item["state"] == "pending":
        _demand_running(run, state)
    return bool(item["state"] == "pending")


def _close_item(connection: Connection, run: int, url: str, outcome: Mapping[str, object]) -> None:
    here = (schema.item.c.run_id == run) & (schema.item.c.url == url)
    connection.execute(update(schema.item).where(here).values(state="done", **outcome))


def _put_page(connection: Connection, page: Page | None) -> object:
    if page is None:
        return None
    row, body = page_rows(page)
    insert_once(connection, schema.body, [body])
    insert_once(connection, schema.page, [row])
    return row["id"]


def _put_finding(connection: Connection, finding: Finding) -> object:
    rows = finding_rows(finding)
    insert_once(connection, schema.document, [rows.document])
    insert_once(connection, schema.contact, rows.contacts)
    insert_once(connection, schema.finding, [rows.finding])
    insert_once(connection, schema.flag, rows.flags)
    insert_once(connection, schema.reason, rows.reasons)
    insert_once(connection, schema.fact, rows.facts)
    insert_once(connection, schema.combination, rows.combinations)
    return rows.finding["key"]
