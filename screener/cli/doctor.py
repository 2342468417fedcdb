"""`screener doctor`: is everything in order, and if not, what to do."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from screener.cli.app import Exit, plain

_FREE_MIN = 500 * 1024 * 1024
_SAFE_SQLITE = (3, 51, 3)


def doctor(
    config: Annotated[Path | None, typer.Option("--config", "-c", help="A settings file to check as well.")] = None,
) -> None:
    """Check the installation, the rules, the model, the settings and the database; exit 1 when something is wrong."""
    failed = False
    for well, line in _checks(config):
        print(f"{'ok  ' if well else 'FAIL'}  {plain(line)}")
        failed = failed or not well
    raise typer.Exit(Exit.FAILED if failed else Exit.DONE)


def _checks(config: Path | None) -> Iterator[tuple[bool, str]]:
    yield sys.version_info >= (3, 11), f"Python {sys.version.split()[0]}"
    careful = (
        "" if sqlite3.sqlite_version_info >= _SAFE_SQLITE else " (older than 3.51.3: the safer, slower journal is used)"
    )
    yield True, f"SQLite {sqlite3.sqlite_version}{careful}"
    yield from _rules_and_model()
    if config:
        yield from _data(config)


def _rules_and_model() -> Iterator[tuple[bool, str]]:
    from screener.bootstrap import default_model_folder, open_model
    from screener.detect import load_detector
    from screener.errors import ModelError, RuleError

    try:
        detector = load_detector()
        yield (
            True,
            f"{len(detector.rules)} rules for {len(detector.indicators)} indicators, ruleset {detector.ruleset}",
        )
        _, model = open_model(detector, None)
        yield (
            True,
            f"model {model.name}: digest, features, ruleset and {len(model.manifest.golden)} golden texts fit",
        )
        yield True, f"in {default_model_folder()}"
    except (ModelError, RuleError) as error:
        yield False, str(error)


def _data(config: Path) -> Iterator[tuple[bool, str]]:
    from screener.bootstrap import open_store, own_rule_folders, screener_of
    from screener.errors import RunError
    from screener.settings import load_settings

    try:
        settings = load_settings(config, os.environ)
        yield True, f"{config}: {len(settings.sources)} sources"
        if settings.model_folder or own_rule_folders(settings):
            screener = screener_of(settings)()
            yield from ((False, f"rule file left out: {refusal}") for refusal in screener.detector.refusals)
            yield True, f"its model {screener.model.name} fits its ruleset {screener.detector.ruleset}"
        with open_store(settings) as store:
            problems = store.check()
            yield from ((False, problem) for problem in problems)
            yield True, f"{len(store.runs())} runs in {settings.data}"
        free = shutil.disk_usage(settings.data).free
        yield (
            free >= _FREE_MIN,
            f"{free // 2**20} MiB free for {settings.data} (at least {_FREE_MIN // 2**20} are wanted)",
        )
    except RunError as error:
        yield False, str(error)
