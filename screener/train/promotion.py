"""Bringing a model into use: only one that verifies and is above the floors, or with a reason that is recorded."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Literal

from pydantic import BaseModel, ConfigDict, FiniteFloat, ValidationError

from screener.detect import Detector
from screener.errors import ModelError, SettingsError
from screener.score.manifest import MANIFEST
from screener.score.registry import Change, default_version, switch, trail
from screener.screening import check_golden, load_fitting

_LOADS = 3
_MEGABYTE = 1e6


class Floors(BaseModel):
    """What a model must reach to be used: figures of its manifest, its size, and the time to load it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format_version: Literal[1]
    at_least: dict[str, FiniteFloat]
    at_most: dict[str, FiniteFloat]


def read_floors(path: Path) -> Floors:
    """The floors of a file. Raises SettingsError when it cannot be read as such."""
    try:
        return Floors.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValidationError, ValueError, RecursionError) as error:
        raise SettingsError(f"{path}: these are no floors of format 1: {error}") from error


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """A model that verifies, with the figures that count, and in what it is below the floors, in words."""

    folder: Path
    figures: Mapping[str, float]
    shortfalls: tuple[str, ...]


def weigh(folder: Path, detector: Detector, floors: Floors, timer: Callable[[], float]) -> Weighed:
    """The model of a folder verified and held against the floors. Raises ModelError when it does not verify."""
    whole, model = load_fitting(detector, folder)
    check_golden(whole, model)
    figures = {
        **model.manifest.figures,
        "megabytes_on_disk": sum(path.stat().st_size for path in folder.iterdir()) / _MEGABYTE,
        "load_seconds": load_seconds(folder, detector, timer),
    }
    return Weighed(folder=folder, figures=figures, shortfalls=shortfalls(figures, floors))


def load_seconds(folder: Path, detector: Detector, timer: Callable[[], float]) -> float:
    """The time to check and load a model, its golden texts not scored; the median of three."""
    return median(_load(folder, detector, timer) for _ in range(_LOADS))


def _load(folder: Path, detector: Detector, timer: Callable[[], float]) -> float:
    start = timer()
    load_fitting(detector, folder)
    return timer() - start


def shortfalls(figures: Mapping[str, float], floors: Floors) -> tuple[str, ...]:
    """Each figure that is below its floor, or above its ceiling, or missing, beside it."""
    low = [f"{_told(name, figures)}, the floor is {floor:g}" for name, floor in floors.at_least.items()
           if name not in figures or figures[name] < floor]  # fmt: skip
    high = [f"{_told(name, figures)}, at most {ceiling:g} is allowed" for name, ceiling in floors.at_most.items()
            if name not in figures or figures[name] > ceiling]  # fmt: skip
    return (*low, *high)


def _told(name: str, figures: Mapping[str, float]) -> str:
    return f"{name.replace('_', ' ')} is {f'{figures[name]:.4f}' if name in figures else 'not known'}"


def promote(models: Path, weighed: Weighed, override: str | None, at: datetime) -> Change | None:
    """The change that brought a model of this folder into use, recorded; None when it is in use already.

    Raises ModelError below a floor without a reason to override it, and when another process was quicker;
    SettingsError for a model of another folder, and for a reason without words.
    """
    if override is not None and not override.strip():
        raise SettingsError("--override: say in words why a model below the floors should be used")
    name, before = weighed.folder.name, default_version(models)
    if weighed.folder.resolve().parent != models.resolve():
        raise SettingsError(f"{weighed.folder} is not in {models}: copy it there first")
    if name == before:
        return None
    if weighed.shortfalls and override is None:
        raise ModelError(_refusal(name, before, weighed.shortfalls))
    change = Change(
        time=at,
        event="promote",
        before=before,
        after=name,
        override=override,
        shortfalls=weighed.shortfalls,
        figures=dict(weighed.figures),
    )
    switch(models, change)
    return change


def _refusal(name: str, before: str | None, missed: tuple[str, ...]) -> str:
    lines = [f"{name} is below the floors, and {before or 'no model'} stays in use:", *(f"  {one}" for one in missed)]
    return "\n".join([*lines, f"to use it all the same: screener model promote {name} --override REASON"])


def previous(models: Path) -> Path:
    """The folder of the model that was in use before this one. Raises ModelError when there is none."""
    before, used = default_version(models), trail(models)
    earlier = used[:-1] if used[-1:] == [before] else used
    if before is None or not earlier:
        raise ModelError(f"no model was in use before {before or 'now'}: there is nothing to go back to")
    folder = models / earlier[-1]
    if not (folder / MANIFEST).is_file():
        raise ModelError(f"{folder.name} was in use before, but it is no longer in {models}: bring its folder back")
    return folder


def rollback(models: Path, detector: Detector, at: datetime) -> Change:
    """The change back to the model that was in use before, recorded.

    Raises ModelError when there is none, or when it does not verify any more.
    """
    before, folder = default_version(models), previous(models)
    whole, model = load_fitting(detector, folder)
    check_golden(whole, model)
    change = Change(time=at, event="rollback", before=before, after=folder.name, figures=model.manifest.figures)
    switch(models, change)
    return change
