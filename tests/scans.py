"""Scans of the sample site over real HTTP into real databases, and what came of them."""

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from screener.bootstrap import now, open_scan, open_store, report_of
from screener.fetch import serve
from screener.pipeline import Progress
from screener.places import shipped
from screener.records import Finding, Report, Run, Skip
from screener.screening import Screener
from screener.settings import Settings, load_settings

SLOW_ROBOTS = "cahaya-mandiri.test/robots.txt"
QUIET = Progress(found=lambda _: None, done=lambda _url, _outcome: None)


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """One finished run: what is stored of it, what was asked of the site, and its report."""

    settings: Settings
    run: Run
    outcomes: list[tuple[str, str]]
    findings: dict[str, Finding]
    skips: dict[str, Skip]
    report: Report
    requests: list[tuple[str, str, int]]
    problems: list[str]


def sample_copy(folder: Path) -> Path:
    """The settings of a copy of the sample whose slow host does not ask for a second between two requests."""
    shutil.copytree(shipped("sample"), folder)
    robots = folder / "site" / SLOW_ROBOTS
    robots.write_text(robots.read_text(encoding="utf-8").replace("Crawl-delay: 1", "Crawl-delay: 0.01"))
    return folder / "screener.toml"


def scan(config: Path, screener: Screener, environment: Mapping[str, str] | None = None) -> Scanned:
    """One scan with these settings; the sample site of the settings is served, and its requests are kept."""
    settings = load_settings(config, environment or {})
    if settings.sample_site is None:
        return _scanned(settings, screener, [])
    with serve(settings.sample_site) as site:
        routed = replace(settings, sample_site=None, routes={**settings.routes, **site.routes})
        return _scanned(routed, screener, site.requests)


def _scanned(settings: Settings, screener: Screener, requests: list[tuple[str, str, int]]) -> Scanned:
    with open_scan(settings, QUIET, screener) as running:
        running.work()
        running.finish(now())
        report = report_of(settings, running.store, running.run, screener)
    with open_store(settings) as store:
        run = store.run(report.run.id)
        return Scanned(
            settings=settings,
            run=run,
            outcomes=outcomes(settings.data, run.id),
            findings=_by_url(outcomes(settings.data, run.id), report.findings),
            skips={skip.url: skip for skip in store.skips(run.id)},
            report=report,
            requests=list(requests),
            problems=store.check(),
        )


def _by_url(found: list[tuple[str, str]], findings: tuple[Finding, ...]) -> dict[str, Finding]:
    by_id = {finding.id: finding for finding in findings}
    return {url: by_id[outcome] for url, outcome in found if outcome in by_id}


def outcomes(data: Path, run: int) -> list[tuple[str, str]]:
    """Each item of a run with the id of its finding or the reason of its skip, by URL."""
    return rows(
        data,
        "SELECT item.url, coalesce(finding.id, '') || coalesce(skip_reason, '') FROM item"
        " LEFT JOIN finding ON finding.key = finding_key WHERE role = 'item' AND run_id = ? ORDER BY item.url",
        run,
    )


def rows(data: Path, query: str, *values: object) -> list[Any]:
    """What a query of the database in a data folder gives."""
    with closing(sqlite3.connect(data / "screener.sqlite")) as connection:
        return connection.execute(query, values).fetchall()
