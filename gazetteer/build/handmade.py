"""The hand-written tables beside the bundle: regions with their members, facilities, aliases, points."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import shapely

from dateline.errors import InputError
from dateline.gazetteer.build.record import Places, Record
from dateline.gazetteer.names import normalize
from dateline.gazetteer.store import ALTERNATE, CONTESTED, NAME_KINDS, PRIMARY, SPELLING

DATA = Path(__file__).parents[1] / "data"
#: A facility lies in its country or at most so many degrees from it (bridges, islets).
_NEAR = 0.6
#: A feature of one name is another place when it lies so many degrees away.
_FAR = 10.0
#: A place of the same name and kind so near to a row of the table is the same one, in degrees.
_SAME = 0.05
#: Regions of several countries are kept coarser, in degrees.
_COARSE = 0.1
#: What the tables hold is in the news: it counts at least as much as a town of these, whatever its size.
_LEAST, _LEAST_SETTLEMENT = 0.55, 0.45
#: Table of places -> the same for its settlements and for what else it holds.  Those of the second are not
#: better known than their namesakes: its villages count as one of a thousand people.
_RANKS = {
    "facilities.csv": (_LEAST_SETTLEMENT, _LEAST),
    "known-places.csv": (_LEAST_SETTLEMENT, _LEAST),
    "news-places.csv": (0.3, 0.0),
}


def _rows(name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (where, row) of a table."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            yield f"{DATA / name}, line {number}", row


def add_points(places: Places) -> None:
    """Put countries and units at GeoNames' own points (``geonames-points.csv``)."""
    for where, row in _rows("geonames-points.csv"):
        if row["id"] not in places:
            raise InputError(f"{where}: no place has the id {row['id']}")
        record = places[row["id"]]
        record.lat, record.lon = float(row["lat"]), float(row["lon"])


def add_aliases(places: Places) -> None:
    """Add the names of ``aliases.csv`` (columns id, name, kind) to places that are there.

    A name of the kind ``primary`` is also the one shown: Tuscany, not Toscana.  One of the kind ``not`` is
    taken away, for it means another place: Moria is not Jerusalem.
    """
    for where, row in _rows("aliases.csv"):
        if row["id"] not in places:
            raise InputError(f"{where}: no place has the id {row['id']}")
        record = places[row["id"]]
        if row["kind"] == "not":
            record.drop(row["name"])
            continue
        kind = NAME_KINDS.index(row["kind"])
        if kind == PRIMARY:
            record.name = row["name"]
        if record.names.get(row["name"]) != PRIMARY:
            record.names[row["name"]] = kind


def add_plain_names(places: Places) -> None:
    """Add what names mean where nothing else tells (``plain-names.csv``): Granada is the city in Spain.

    They are in use, whatever a source takes them for.
    """
    for where, row in _rows("plain-names.csv"):
        if row["id"] not in places:
            raise InputError(f"{where}: no place has the id {row['id']}")
        record = places[row["id"]]
        if record.names.get(row["name"], CONTESTED) in (ALTERNATE, CONTESTED):
            record.names[row["name"]] = SPELLING
        record.leads.add(normalize(row["name"]))


def add_regions(
    places: Places,
    units: dict[str, shapely.Geometry],
    members: dict[str, list[str]],
    translations: dict[str, list[tuple[str, str]]],
) -> None:
    """Add the regions of ``regions.csv``.

    The column `members` gives the polygon: ISO 3166 codes, ``disputed:NAME`` of Natural Earth, or ``gn``: the
    countries that GeoNames' hierarchy puts under the id.

    Parameters
    ----------
    units : dict
        Polygons by ISO code or ``disputed:NAME``.
    members : dict
        ISO codes of the countries under a GeoNames id.
    translations : dict
        M49 code -> (language, name), from CLDR.
    """
    drawn = _drawn(places)
    for where, row in _rows("regions.csv"):
        codes = row["members"].split()
        if codes == ["gn"]:
            codes = [code for code in members[row["id"]] if code in units]
        missing = [code for code in codes if code not in units]
        if missing:
            raise InputError(f"{where}: no polygon has the code {missing[0]}")
        record = places.get(row["id"])
        if record is None:
            record = Record(
                id=row["id"], name=row["name"], feature_class=_class_of(row["code"]),
                feature_code=row["code"], country=row["country"],
            )  # fmt: skip
        record.name, record.least = row["name"], _LEAST
        _add_names(record, row, translations)
        if row["lat"]:
            record.lat, record.lon = float(row["lat"]), float(row["lon"])
        if codes and record.shape is None:
            shape = shapely.union_all([units[code] for code in codes])
            coarse = len(codes) > 3 and not row["country"]
            record.shape = shapely.simplify(shape, _COARSE) if coarse else shape
        _absorb(places, drawn, record)
        if record.shape is not None and not (record.lat or record.lon):
            point = record.shape.representative_point()
            record.lat, record.lon = round(point.y, 3), round(point.x, 3)
        if not (record.lat or record.lon):
            raise InputError(f"{where}: {row['name']} has neither members nor a point")
        if record.shape is None and not record.radius_km:
            record.radius_km = 60.0
        places[record.id] = record


def _drawn(places: Places) -> dict[str, list[Record]]:
    """Return Natural Earth's features by name."""
    drawn: dict[str, list[Record]] = defaultdict(list)
    for place in places.values():
        if place.id.startswith("ne:"):
            drawn[normalize(place.name)].append(place)
    return drawn


def _absorb(places: Places, drawn: dict[str, list[Record]], own: Record) -> None:
    """Take over Natural Earth's features of the same name nearby, so that one place is there once."""
    for feature in drawn.get(normalize(own.name), []):
        if (own.lat or own.lon) and math.hypot(feature.lat - own.lat, feature.lon - own.lon) > _FAR:
            continue
        if places.pop(feature.id, None) is None:
            continue
        own.add(feature.names)
        own.tagged += feature.tagged
        if own.shape is None:
            own.shape = feature.shape


def add_facilities(places: Places, countries: dict[str, shapely.Geometry]) -> None:
    """Add the places of ``facilities.csv``, ``known-places.csv`` and ``news-places.csv``.

    A row whose id is there already (``geonames:7303419``) names, places and ranks that place.  What the first
    two hold comes before its namesakes; the places of the last one rank as what they are.

    Raises
    ------
    InputError
        If a point lies outside the country it is said to be in, or a place is there under another id.
    """
    drawn = _drawn(places)
    rows = [(where, row, rank) for table, rank in _RANKS.items() for where, row in _rows(table)]
    known = _settlements(places, {row["name"] for _, row, _ in rows})
    inhabited = {place.country for place in places.values()}
    for where, row, (of_settlement, of_other) in rows:
        record = places.get(row["id"]) or Record(id=row["id"], name=row["name"], radius_km=1.0)
        record.name, record.lat, record.lon = row["name"], float(row["lat"]), float(row["lon"])
        record.feature_class, record.feature_code = _class_of(row["code"]), row["code"]
        record.country = row["country"]
        record.radius_km = float(row["radius_km"] or record.radius_km)
        record.least = of_settlement if record.feature_class == "P" else of_other
        if record.feature_code == "ADM2":
            record.admin2 = record.id
        _add_names(record, row, {})
        outline = countries.get(record.country)  # some small territories have none
        if outline is None and record.country and record.country not in inhabited:
            raise InputError(f"{where}: there is no country {record.country}; give its ISO 3166 alpha-2 code")
        if outline is not None and outline.distance(shapely.Point(record.lon, record.lat)) > _NEAR:
            raise InputError(f"{where}: {record.name} lies outside {record.country}")
        if other := _same(known, record):
            raise InputError(f"{where}: {record.name} is there already; give its id, {other.id}")
        for name in record.names:
            known[name].append(record)
        _absorb(places, drawn, record)
        places[record.id] = record


def _settlements(places: Places, names: set[str]) -> dict[str, list[Record]]:
    """Return the settlements of GeoNames that bear one of these names, by name.

    Those of Who's On First are joined later (:mod:`.doubles`).
    """
    found: dict[str, list[Record]] = defaultdict(list)
    for place in places.values():
        if place.feature_class == "P" and not place.id.startswith("wof:"):
            for name in names.intersection(place.names):
                found[name].append(place)
    return found


def _same(known: dict[str, list[Record]], own: Record) -> Record | None:
    """Return the place of its kind under another id, of GeoNames or the tables, that a row would double."""
    for other in (other for name in own.names for other in known.get(name, ())):
        near = abs(other.lat - own.lat) < _SAME and abs(other.lon - own.lon) < _SAME
        kind = other.country == own.country and other.feature_class == own.feature_class
        if other.id != own.id and kind and near:
            return other
    return None


def _add_names(record: Record, row: dict[str, str], translations: dict[str, list[tuple[str, str]]]) -> None:
    """Add names written as ``name;uk:name;m49:CODE``; they are in use, so as good as the first one."""
    record.add([row["name"]], PRIMARY)
    for text in row["names"].split(";"):
        language, _, name = (
            text.rpartition(":") if text[2:3] == ":" or text.startswith("m49:") else ("", "", text)
        )
        if language == "m49":
            record.tagged += translations.get(name, [])
            record.add(translated for _, translated in translations.get(name, []))
        elif name:
            record.tagged += [(language, name)] if language else []
            record.add([name], SPELLING)


#: GeoNames' class of the codes used in the tables; L where not listed.
_CLASSES = {
    "A": "ADM2",
    "S": "BLDG MFG BDG HSP MSQE CH MSTY HSTS SHRN TMPL PRN MILB NVB AIRB AIRP PSN DAM CRSG GATE NSY SPA "
    "CMP UNIV MALL PIPE TOWR SQR SCH HTL STDM MUS RSTN CMTY CAVE MN",
    "P": "PPL PPLX PPLR PPLC PPLA2",
    "T": "PEN ISL ISLS MTS MT CAPE BCH VAL DLTA DSRT PLN PLAT PASS SPIT HLL",
    "H": "CNL FLLS GLCR RF SHOL OCN SEA STRT STM RSV LK CHN BAY",
    "R": "ST",
    "V": "FRST",
}  # fmt: skip


def _class_of(code: str) -> str:
    return next((letter for letter, codes in _CLASSES.items() if code in codes.split()), "L")
