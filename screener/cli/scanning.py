"""`screener scan`: the daily run."""

import os
from pathlib import Path
from typing import Annotated

import typer

from screener.cli.app import Exit, say, tell_notes, tell_refused
from screener.cli.progress import reporter

Config = Annotated[Path, typer.Option("--config", "-c", help="The settings file.")]


def scan(
    config: Config = Path("screener.toml"),
    sample: Annotated[
        bool, typer.Option("--sample", help="Scan the sample site that comes with the program, into ./data/sample.")
    ] = False,
) -> None:
    """Collect from every source, screen what is found, store it, and write the report.

    An interrupted scan goes on where it was. Under cron it writes plain log lines; on a terminal, a progress bar.
    """
    from screener.bootstrap import now, open_scan
    from screener.cli.reporting import summary, write_report
    from screener.settings import load_settings

    environment = dict(os.environ)
    if sample:
        config, environment = _sample(environment)
    settings = load_settings(config, environment)
    with reporter("scan") as progress, open_scan(settings, progress) as running:
        running.work()
        ended = now()
        report, paths = write_report(settings, running.store, running.run, running.screener, finished_at=ended)
        running.finish(ended)
    print(summary(report, paths[0], config))
    troubled = [source for source in report.health if source.note]
    for source in troubled:
        say(f"source {source.source}: {source.note}")
    noted = tell_notes(running.screener.notes)
    refused = tell_refused(running.screener.detector.refusals)
    raise typer.Exit(Exit.PARTLY if troubled or noted or refused else Exit.DONE)


def _sample(environment: dict[str, str]) -> tuple[Path, dict[str, str]]:
    """The sample's settings, with its data under the current folder: the program's own may be read-only."""
    from screener.places import shipped

    data = Path.cwd() / "data" / "sample"
    return shipped("sample") / "screener.toml", {
        "SCREENER_DATA": str(data),
        "SCREENER_REPORT": str(data / "report"),
        **environment,
    }
