"""`screener report`: the report of a stored run, written again."""

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screener.cli.app import tell_notes, tell_refused
from screener.cli.scanning import Config

if TYPE_CHECKING:
    from datetime import datetime

    from screener.records import Report
    from screener.screening import Screener
    from screener.settings import Settings
    from screener.store import Store


def report(
    config: Config = Path("screener.toml"),
    run: Annotated[int | None, typer.Option(min=1, help="The number of the run; the newest when left out.")] = None,
) -> None:
    """Write the report of a stored run again, without collecting anything."""
    from screener.bootstrap import open_store, screener_of
    from screener.errors import StoreError
    from screener.settings import load_settings

    settings = load_settings(config, os.environ)
    with open_store(settings) as store:
        newest = store.latest_run()
        if newest is None:
            raise StoreError(f"{settings.data} holds no run yet: collect one with `screener scan --config {config}`")
        screener = screener_of(settings)()
        written, paths = write_report(settings, store, run or newest.id, screener)
    print(summary(written, paths[0], config))
    tell_notes(screener.notes)
    tell_refused(screener.detector.refusals)


def write_report(
    settings: "Settings", store: "Store", run: int, screener: "Screener", *, finished_at: "datetime | None" = None
) -> "tuple[Report, list[Path]]":
    """The report of a run and the files it was written to; `finished_at` is for a run about to be closed."""
    from screener.bootstrap import now, report_of
    from screener.report import write

    built = report_of(settings, store, run, screener)
    if finished_at:
        built = replace(built, run=replace(built.run, finished_at=finished_at))
    paths = write(
        built,
        settings.report_folder,
        prevalence=settings.prevalence,
        generated_at=now(),
        title=settings.report_title,
        masked=settings.masked,
    )
    return built, paths


def summary(report: "Report", page: Path, config: Path) -> str:
    """What the run came to, in a few lines."""
    bands = Counter(finding.score.band.value for finding in report.findings)
    kinds = Counter(finding.kind.value for finding in report.findings)
    # The same page can be found by two sources.
    new = sum(finding.id in report.new for finding in report.findings)
    skips = Counter(skip.reason.value for skip in report.skips)
    return "\n".join(
        [
            f"Run {report.run.id}: {len(report.findings)} findings, {len(report.skips)} skipped, {new} new",
            f"  bands:   {_counts(bands, ('alert', 'review', 'clear'))}",
            f"  kinds:   {_counts(kinds, tuple(kinds))}",
            f"  skipped: {_counts(skips, tuple(sorted(skips))) or 'none'}",
            f"Report:    {page.resolve()}",
            f"Next:      open it in a browser; `screener report --config {config}` writes it again",
        ]
    )


def _counts(counts: Counter[str], order: tuple[str, ...]) -> str:
    return ", ".join(f"{counts[key]} {key}" for key in order)
