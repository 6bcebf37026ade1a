"""The hand-written tables beside the bundle: regions with their members, aliases."""

from __future__ import annotations

import csv
from pathlib import Path

import shapely

from dateline.errors import InputError
from dateline.gazetteer.build.record import Places, Record
from dateline.gazetteer.store import ABBREVIATION, ALTERNATE, DEMONYM, DEMONYM_PLURAL, HISTORIC, PRIMARY

DATA = Path(__file__).parents[1] / "data"
_KINDS = {
    "alternate": ALTERNATE, "abbreviation": ABBREVIATION, "historic": HISTORIC, "demonym": DEMONYM,
    "demonym-plural": DEMONYM_PLURAL,
}  # fmt: skip


def add_aliases(places: Places) -> None:
    """Add the names of ``aliases.csv`` (columns id, name, kind) to places that are there."""
    with (DATA / "aliases.csv").open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            if row["id"] not in places:
                raise InputError(f"{DATA / 'aliases.csv'}, line {number}: no place has the id {row['id']}")
            names = places[row["id"]].names
            names[row["name"]] = min(_KINDS[row["kind"]], names.get(row["name"], 9))


def add_regions(places: Places, units: dict[str, shapely.Geometry]) -> None:
    """Add the regions of ``regions.csv``; members (ISO 3166 codes) give the polygon."""
    with (DATA / "regions.csv").open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            where = f"{DATA / 'regions.csv'}, line {number}"
            missing = [code for code in row["members"].split() if code not in units]
            if missing:
                raise InputError(f"{where}: no unit has the code {missing[0]}")
            record = Record(
                id=f"dateline:{row['id']}",
                name=row["name"],
                feature_class="L",
                feature_code=row["code"],
                country=row["country"],
            )
            record.add([row["name"]], PRIMARY)
            record.add(name.strip() for name in row["aliases"].split("|"))
            if row["members"]:
                record.shape = shapely.union_all([units[code] for code in row["members"].split()])
                point = record.shape.representative_point()
                record.lat, record.lon = round(point.y, 3), round(point.x, 3)
            if row["lat"]:
                record.lat, record.lon = float(row["lat"]), float(row["lon"])
            record.radius_km = float(row["radius_km"] or 0)
            places[record.id] = record
