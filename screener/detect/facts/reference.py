"""The dated tables that facts are held against: one TOML file each in `detect/data/`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from screener.detect.facts.bodies import Body, load_bodies
from screener.detect.facts.pay_tables import PayTables, load_pay_tables
from screener.detect.gazetteer import Gazetteer, Place, load_gazetteer


@dataclass(frozen=True, kw_only=True)
class Reference:
    """All tables, read once."""

    pay: PayTables
    gazetteer: Gazetteer
    places: Mapping[str, Place]
    """The place of each name in the gazetteer; see `form_key`."""
    bodies: tuple[Body, ...]


def load_reference(folder: Path) -> Reference:
    """The tables of a folder. Raises RuleError that names file, row and reason when one does not fit."""
    gazetteer, bodies = load_gazetteer(folder), load_bodies(folder / "agencies.toml")
    countries = {place.iso: place.name for place in gazetteer.places}
    return Reference(
        pay=load_pay_tables(folder, countries), gazetteer=gazetteer, places=gazetteer.by_form(), bodies=bodies
    )
