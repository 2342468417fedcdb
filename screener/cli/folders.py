"""Which folders of rules a command works with, and which settings are near."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from screener.settings import Settings

Config = Annotated[
    Path | None,
    typer.Option("--config", "-c", help="The settings file; screener.toml in this folder when there is one."),
]
RuleFolders = Annotated[
    list[Path] | None,
    typer.Option("--rules", help="A folder with rules of your own, or one rule file; may be given again."),
]
_SETTINGS = Path("screener.toml")


def settings_near(config: Path | None) -> "Settings | None":
    """The settings of the file that is named, or of screener.toml here; None when there is neither."""
    from screener.settings import load_settings

    if config or _SETTINGS.is_file():
        return load_settings(config or _SETTINGS, os.environ)
    return None


def own_folders(given: list[Path] | None, settings: "Settings | None") -> tuple[Path, ...]:
    """The folders that are given, or else those of the settings and of the data folder.

    Raises SettingsError for one that is given and not there.
    """
    from screener.bootstrap import data_rule_folders, own_rule_folders
    from screener.errors import SettingsError

    missing = [folder for folder in given or () if not folder.exists()]
    if missing:
        raise SettingsError(f"{missing[0]}: there is no such folder of rules")
    if given:
        return tuple(given)
    if settings:
        return own_rule_folders(settings)
    return data_rule_folders(Path(os.environ.get("SCREENER_DATA") or "data"))
