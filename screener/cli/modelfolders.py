"""Which folder of models, and which model in it, a command speaks of."""

from pathlib import Path
from typing import Annotated

import typer

Models = Annotated[
    Path | None, typer.Option("--models", help="The folder of models; the one this program reads when left out.")
]
Model = Annotated[
    str | None,
    typer.Argument(metavar="[M]", help="A version, or the path of a model folder; the one in use when left out."),
]


def models_folder(given: Path | None) -> Path:
    """The folder of models that is given, or the program's own. Raises SettingsError for one that is not there."""
    from screener.errors import SettingsError
    from screener.places import shipped

    folder = given or shipped("models")
    if not folder.is_dir():
        raise SettingsError(f"--models {folder}: there is no such folder")
    return folder


def folder_named(name: str | None, models: Path | None) -> Path:
    """The folder of the model of that name, or of the one in use. Raises SettingsError when there is none."""
    from screener.score.registry import model_folder

    return model_folder(models_folder(models), name)
