"""`screener scan`: the daily run."""

import os
from pathlib import Path
from typing import Annotated

import typer

from screener.cli.app import Exit, say
from screener.cli.progress import reporter

Config = Annotated[Path, typer.Option("--config", "-c", help="The settings file.")]


def scan(config: Config = Path("screener.toml")) -> None:
    """Collect from every source, screen what is found, store it, and write the report.

    An interrupted scan goes on where it was. Under cron it writes plain log lines; on a terminal, a progress bar.
    """
    from screener.bootstrap import open_scan
    from screener.cli.reporting import summary, write_report
    from screener.settings import load_settings

    settings = load_settings(config, os.environ)
    with reporter("scan") as progress, open_scan(settings, progress) as running:
        running.work()
        report, paths = write_report(settings, running.store, running.run, running.screener)
    print(summary(report, paths[0], config))
    troubled = [source for source in report.health if source.note]
    for source in troubled:
        say(f"source {source.source}: {source.note}")
    raise typer.Exit(Exit.PARTLY if troubled else Exit.DONE)
