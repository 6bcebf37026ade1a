"""Users' own places: a CSV, GeoJSON or GeoPackage, checked row by row before any of it is used.

Columns (in a CSV) or properties: ``name``, ``lat``, ``lon`` are needed (geometry replaces the last two in
GeoJSON
and GeoPackage); ``id``, ``aliases`` (joined by ``|``), ``country``, ``feature_class``, ``feature_code``,
``population``, ``radius_km`` may be there.  A row whose id is in the gazetteer (``geonames:703448``)
replaces that
place.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from dateline.errors import InputError
from dateline.gazetteer import shapes
from dateline.gazetteer.build.record import Record
from dateline.gazetteer.names import LONGEST, normalize
from dateline.gazetteer.place import SOURCE_NAMES
from dateline.gazetteer.store import NUMBERED, PRIMARY, Store

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_NEEDED = ("name", "lat", "lon")
_CLASSES = frozenset("AHLPRSTUV")
_SUFFIXES = (".csv", ".geojson", ".json", ".gpkg")


@dataclass(frozen=True, slots=True)
class ExtraPlace:
    """A user's place, checked."""

    id: str
    name: str
    lat: float
    lon: float
    aliases: tuple[str, ...]
    country: str
    feature_class: str
    feature_code: str
    population: int
    radius_km: float
    shape: BaseGeometry | None = None


def read(path: Path) -> Iterator[ExtraPlace]:
    """Read and check a file of places, one after the other.

    Raises
    ------
    InputError
        If the file is missing, of another kind, in an unknown coordinate system, or a row is wrong; the
        message names the file, the line (or feature) and the mend.
    """
    if not path.is_file():
        raise InputError(f"{path}: no such file")
    if path.suffix.lower() not in _SUFFIXES:
        raise InputError(
            f"{path}: not a CSV, GeoJSON or GeoPackage; name it with one of {', '.join(_SUFFIXES)}"
        )
    rows = _csv_rows(path) if path.suffix.lower() == ".csv" else _feature_rows(path)
    seen: dict[str, str] = {}
    for where, row, shape in rows:
        place = _checked(where, row, shape, len(seen) + 1)
        if place.id in seen:
            raise InputError(
                f"{where}: the id {place.id} is already used in {seen[place.id]}; ids must be unique"
            )
        seen[place.id] = where.rpartition(", ")[2]
        yield place
    if not seen:
        raise InputError(f"{path}: it holds no places")


Row = tuple[str, Mapping[str, Any], "BaseGeometry | None"]


def _csv_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a CSV."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [column for column in _NEEDED if column not in (reader.fieldnames or ())]
            if missing:
                raise InputError(
                    f"{path}, line 1: no column {missing[0]!r}; a CSV of places needs name, lat and lon"
                )
            for row in reader:
                where = f"{path}, line {reader.line_num}"
                if None in row:
                    raise InputError(f"{where}: more fields than columns; put names with commas in quotes")
                yield where, row, None
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8; save it as UTF-8") from None
    except csv.Error as error:
        raise InputError(f"{path}: not a CSV file ({error})") from None


def _feature_rows(path: Path) -> Iterator[Row]:
    """Yield the features of a GeoJSON or GeoPackage, in EPSG:4326."""
    import geopandas
    import pyogrio

    try:
        frame = pyogrio.read_dataframe(path)
    except (pyogrio.errors.DataSourceError, ValueError, RuntimeError):
        raise InputError(f"{path}: cannot be read as GeoJSON or GeoPackage") from None
    if not isinstance(frame, geopandas.GeoDataFrame) or frame.empty:
        raise InputError(f"{path}: it holds no places with a geometry")
    if frame.crs is None:
        raise InputError(f"{path}: its coordinate system is not stated; save it in EPSG:4326")
    if frame.crs.to_epsg() != 4326:
        frame = frame.to_crs(4326)
    if "name" not in frame.columns:
        raise InputError(f"{path}: no property 'name'; every place needs one")
    columns = [column for column in frame.columns if column != frame.geometry.name]
    values = zip(*(frame[column].tolist() for column in columns), strict=True)
    for number, (shape, row) in enumerate(zip(frame.geometry, values, strict=True), 1):
        where = f"{path}, feature {number}"
        if shape is None or shape.is_empty:
            raise InputError(f"{where}: it has no geometry")
        point = shape if shape.geom_type == "Point" else shape.representative_point()
        if shape.geom_type == "GeometryCollection":
            raise InputError(f"{where}: a collection of geometries; give a point, a line or a polygon")
        kept = None if shape.geom_type in ("Point", "MultiPoint") else shape
        yield where, dict(zip(columns, row, strict=True)) | {"lat": point.y, "lon": point.x}, kept


def _checked(where: str, row: Mapping[str, Any], shape: BaseGeometry | None, number: int) -> ExtraPlace:
    """Check one row."""
    name = _text(row, "name")
    if not normalize(name) or len(name) > LONGEST:
        raise InputError(f"{where}: the name {name[:40]!r} is empty or too long; give each place a name")
    lat, lon = _number(where, row, "lat", float), _number(where, row, "lon", float)
    if lat is None or lon is None:
        raise InputError(f"{where}: {name} has no lat or no lon")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        swapped = -90 <= lon <= 90 and -180 <= lat <= 180
        mend = (
            "lat and lon look swapped" if swapped else "latitude is -90 to 90, longitude -180 to 180 degrees"
        )
        raise InputError(f"{where}: {name} lies at lat {lat}, lon {lon}; {mend}")
    country = _text(row, "country").upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise InputError(f"{where}: the country {country!r} is not an ISO 3166-1 alpha-2 code such as UA")
    feature_class = _text(row, "feature_class").upper() or "P"
    if feature_class not in _CLASSES:
        raise InputError(f"{where}: the feature class {feature_class!r} is not one of A H L P R S T U V")
    population = _number(where, row, "population", lambda text: int(float(text))) or 0
    radius = _number(where, row, "radius_km", float) or 0.0
    if not 0 <= population < 1 << 32 or not 0 <= radius < 25000:
        raise InputError(f"{where}: the population or the radius is out of range")
    return ExtraPlace(
        id=_id(where, _text(row, "id"), number),
        name=name,
        lat=lat,
        lon=lon,
        aliases=tuple(alias.strip() for alias in _text(row, "aliases").split("|") if alias.strip()),
        country=country,
        feature_class=feature_class,
        feature_code=_text(row, "feature_code").upper()[:12] or ("PPL" if feature_class == "P" else ""),
        population=population,
        radius_km=radius,
        shape=shape,
    )


def _id(where: str, id: str, number: int) -> str:
    """Return an id with its source; rows without one are numbered."""
    if not id:
        return f"user:{number}"
    source, _, key = id.partition(":")
    if source not in SOURCE_NAMES:
        return f"user:{id}"
    digits = key.isascii() and key.isdecimal() and len(key) <= 15
    if source in NUMBERED and not (digits and int(key) < 1 << 32):
        raise InputError(f"{where}: the id {id[:40]!r} must be {source}: and a number below {1 << 32:,}")
    return id


def _text(row: Mapping[str, Any], column: str) -> str:
    value = row.get(column)
    return "" if value is None or value != value else str(value).strip()


def _number(where: str, row: Mapping[str, Any], column: str, read: Callable[[str], Any]) -> Any:
    """Read a number, None when the field is empty."""
    text = _text(row, column)
    if not text:
        return None
    try:
        value = read(text)
    except (ValueError, OverflowError):
        value = math.nan
    if not math.isfinite(value):
        raise InputError(f"{where}: {column} is {text[:40]!r}, not a number")
    return value


def store(path: Path) -> Store:
    """Read a file of places as a store in memory."""
    from dateline.gazetteer.build import pack

    places: dict[str, Record] = {}
    for place in read(path):
        record = Record(
            id=place.id, name=place.name, lat=place.lat, lon=place.lon, feature_class=place.feature_class,
            feature_code=place.feature_code, country=place.country, population=place.population,
            radius_km=place.radius_km, shape=place.shape,
        )  # fmt: skip
        record.add([place.name], PRIMARY)
        record.add(place.aliases)
        places[record.id] = record
    return pack.compiled(places, "user", {})


def refuse_exchanged(path: Path, own: Store, base: Store) -> None:
    """Refuse places most of which lie in their country only with latitude and longitude exchanged.

    Parameters
    ----------
    path : Path
        Where the places come from, for the message.
    own, base : Store
        The user's places, and the bundle that holds the countries' polygons.
    """
    lat, lon = own.columns.lat, own.columns.lon
    polygons = dict(zip(base.tables["country"], base.country_rows.tolist(), strict=True))
    stated = exchanged = 0
    for number, code in enumerate(own.tables["country"]):
        coded = base.shape(polygons[code]) if polygons.get(code, -1) >= 0 else None
        if coded is None:
            continue
        rows = np.flatnonzero(own.columns.country == number)
        country = shapes.decode(coded)
        shapely.prepare(country)
        inside = shapely.intersects_xy(country, lon[rows], lat[rows])
        stated += len(rows)
        exchanged += int(np.count_nonzero(shapely.intersects_xy(country, lat[rows], lon[rows]) & ~inside))
    if exchanged * 2 > stated:
        raise InputError(
            f"{path}: {exchanged:,} of {stated:,} places lie in the country they name only with lat and lon "
            "exchanged; exchange the two columns"
        )
