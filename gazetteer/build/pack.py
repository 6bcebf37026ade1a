"""Turning records into a store and writing it as a bundle; the same records give the same bytes."""

from __future__ import annotations

import hashlib
import json
import math
import zlib
from collections import defaultdict
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
import shapely
from numpy.typing import NDArray
from rapidfuzz import fuzz

from dateline.errors import OutputError
from dateline.gazetteer import shapes
from dateline.gazetteer.build.record import LANGUAGES, Places, Record, bare_name
from dateline.gazetteer.names import LONGEST, normalize
from dateline.gazetteer.store import (
    ALTERNATE,
    BLOCK,
    FILES,
    FORMAT,
    NAME_PENALTY,
    NUMBERED,
    PRIMARY,
    SPELLING,
    Store,
    offsets,
)
from dateline.gazetteer.variants import latin

_SOURCES = ("geonames", "wof", "postal", "ne", "ourairports", "wri", "dateline", "user")


def compiled(places: Places, version: str, info: dict[str, Any]) -> Store:
    """Return the places as a store in memory."""
    records = _ordered(places)
    rows = {record.id: row for row, record in enumerate(records)}
    tables = {
        "source": list(_SOURCES),
        "feature_code": sorted({record.feature_code for record in records}),
        "country": sorted({record.country for record in records} | {""}),
        "key": sorted({r.id.partition(":")[2] for r in records if r.id.partition(":")[0] not in NUMBERED}),
    }
    people, eponyms = _people(records), _eponyms(records, rows)
    importance = np.array(
        [importance_of(r, people.get(r.id, 0), r.id in eponyms) for r in records], np.float32
    )
    _yield_to_cities(records, rows, importance)
    _yield_to_units(records, importance)
    labels = [record.name.encode() for record in records]
    shaped = [(row, r.shape) for row, r in enumerate(records) if r.shape is not None]
    coded = [shapes.encode(shape) for _, shape in shaped]
    trie, names = _names(records, importance)
    tag_rows, tag_blocks = _tags(records)
    arrays = (
        _columns(records, rows, tables)
        | {
            "importance": importance,
            "label_counts": _counts([len(label) for label in labels]),
            "shape_rows": np.array([row for row, _ in shaped], np.int32),
            "shape_offsets": offsets([len(data) for data in coded]),
            "shape_bounds": np.array([bounds(shape) for _, shape in shaped], np.float32).reshape(-1, 4),
            "tag_rows": tag_rows,
            "tag_offsets": offsets([len(block) for block in tag_blocks]),
            "country_rows": _country_rows(records, tables["country"]),
        }
        | names
    )
    info = info | {"places": len(records), "names": len(trie), "shapes": len(shaped)}
    blobs = {"labels.bin": b"".join(labels), "tags.bin": b"".join(tag_blocks), "shapes.bin": b"".join(coded)}
    return Store({"format": FORMAT, "version": version, "tables": tables, "info": info}, arrays, blobs, trie)


def write(store: Store, folder: Path) -> None:
    """Write a store as a bundle; the manifest comes last, so that a broken write is noticed at opening."""
    layout: dict[str, dict[str, Any]] = {}
    name_arrays = {name: array for name, array in store.arrays.items() if name.startswith("name_")}
    place_arrays = {name: array for name, array in store.arrays.items() if not name.startswith("name_")}
    files = {name: bytes(blob) for name, blob in store.blobs.items()} | {
        "places.bin": _joined("places.bin", place_arrays, layout),
        "names.bin": _joined("names.bin", name_arrays, layout),
        "names.marisa": store.trie.tobytes(),
    }
    manifest = store.manifest | {
        "arrays": layout,
        "files": {
            name: {"bytes": len(files[name]), "sha256": hashlib.sha256(files[name]).hexdigest()}
            for name in FILES
        },
    }
    body = json.dumps(manifest, ensure_ascii=False, sort_keys=True)
    manifest["sha256"] = hashlib.sha256(body.encode()).hexdigest()
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in (files | {"manifest.json": f"{text}\n".encode()}).items():
            part = folder / f"{name}.part"
            part.write_bytes(data)
            part.replace(folder / name)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror}); choose another folder") from None


def _tags(records: list[Record]) -> tuple[NDArray[np.int32], list[bytes]]:
    """Return the rows with names by language and those names in compressed blocks."""
    rows, lines = [], []
    for row, record in enumerate(records):
        pairs = dict.fromkeys((lang, _plain(name)) for lang, name in record.tagged if lang in LANGUAGES)
        if pairs:
            rows.append(row)
            lines.append("\r".join(f"{language}\t{name}" for language, name in pairs))
    blocks = [
        zlib.compress("\n".join(lines[at : at + BLOCK]).encode(), 9) for at in range(0, len(lines), BLOCK)
    ]
    return np.array(rows, np.int32), blocks


def _plain(name: str) -> str:
    return " ".join(name.split())


def _ordered(places: Places) -> list[Record]:
    """Return the records by source, then by key: the order that ids are searched in."""

    def order(record: Record) -> tuple[int, int, str]:
        source, _, key = record.id.partition(":")
        return _SOURCES.index(source), int(key) if source in NUMBERED else 0, key

    return sorted(places.values(), key=order)


def _columns(
    records: list[Record], rows: dict[str, int], tables: dict[str, list[str]]
) -> dict[str, NDArray[Any]]:
    """Return the places' columns."""
    number = {name: {value: i for i, value in enumerate(values)} for name, values in tables.items()}

    def key(id: str) -> int:
        source, _, word = id.partition(":")
        return int(word) if source in NUMBERED else number["key"][word]

    sources = [number["source"][record.id.partition(":")[0]] for record in records]
    return {
        "lat": np.array([record.lat for record in records], np.float32),
        "lon": np.array([record.lon for record in records], np.float32),
        "population": np.array([record.population for record in records], np.uint32),
        "feature_class": np.array([ord(record.feature_class) for record in records], np.uint8),
        "feature_code": np.array([number["feature_code"][r.feature_code] for r in records], np.uint16),
        "country": np.array([number["country"][record.country] for record in records], np.uint16),
        "admin1": np.array([rows.get(record.admin1, -1) for record in records], np.int32),
        "admin2": np.array([rows.get(record.admin2, -1) for record in records], np.int32),
        "radius_km": np.array([radius_of(record) for record in records], np.float32),
        "source": np.array(sources, np.uint8),
        "key": np.array([key(record.id) for record in records], np.uint32),
        "source_offsets": np.searchsorted(sources, np.arange(len(_SOURCES) + 1)).astype(np.int64),
    }


def _names(
    records: list[Record], importance: NDArray[np.float32]
) -> tuple[marisa_trie.Trie, dict[str, NDArray[Any]]]:
    """Return the trie of normalised names and, for each name, its rows and kinds, likeliest first.

    A place that leads a name becomes important enough to come first.
    """
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for row, record in enumerate(records):
        primary = normalize(record.name)
        own = {primary, bare_name(record.name)} if record.feature_code == "ADM1" else {primary}
        for name, kind in record.names.items():
            key = normalize(name)
            if key in own:
                kind = PRIMARY
            elif kind == ALTERNATE and fuzz.ratio(key if key.isascii() else latin(key), primary) >= 75:
                kind = SPELLING
            if _is_name(key, kind):
                found[key][row] = min(kind, found[key].get(row, kind), key=NAME_PENALTY.__getitem__)
    _lead(records, found, importance)
    trie = marisa_trie.Trie(sorted(found))
    entries: list[list[tuple[int, int]]] = [[] for _ in range(len(trie))]
    for key, by_row in found.items():
        entries[trie[key]] = sorted(
            by_row.items(), key=lambda item: (NAME_PENALTY[item[1]] - importance[item[0]], item[0])
        )
    flat = [item for entry in entries for item in entry]
    return trie, {
        "name_counts": _counts([len(entry) for entry in entries]),
        "name_rows": np.array([row for row, _ in flat], np.int32),
        "name_kinds": np.array([kind for _, kind in flat], np.uint8),
    }


def _lead(records: list[Record], found: dict[str, dict[int, int]], importance: NDArray[np.float32]) -> None:
    """Raise the places that are meant by a name where nothing else tells above all others of that name."""
    for row, record in enumerate(records):
        for key in sorted(record.leads):
            own = NAME_PENALTY[found[key][row]]
            most = max(
                (importance[i] - NAME_PENALTY[kind] for i, kind in found[key].items() if i != row), default=0
            )
            importance[row] = max(importance[row], min(most + own + _AHEAD, _MOST))


def _is_name(key: str, kind: int) -> bool:
    """Return whether a key is stored: not one Latin letter ("S."), unless it is the place's own name."""
    return 0 < len(key) <= LONGEST and (len(key) > 1 or not key.isascii() or kind == PRIMARY)


def _country_rows(records: list[Record], codes: list[str]) -> NDArray[np.int32]:
    """Return the row of each country's own place, -1 where there is none."""
    rows = {
        record.country: row
        for row, record in enumerate(records)
        if record.feature_class == "A" and record.feature_code.startswith(("PCL", "TERR"))
    }
    return np.array([rows.get(code, -1) for code in codes], np.int32)


#: So much better known is what a plain name means than its namesakes, but no better than this.
_AHEAD, _MOST = 0.08, 0.85
#: A unit that reaches further than this from its point is not mistaken for a town in it, in km.
_LARGE_KM = 100.0
#: A cape or an islet lies just outside its unit's simplified polygon; in degrees.
_NEAR = 0.3


#: A seat that has fewer inhabitants than this share of its largest namesake's is not better known than it.
_OVERSHADOWED = 0.25
#: Seats of units, the highest first: where a source tells no seat of the first level, one below is it.
_SEATS = ("PPLC", "PPLA", "PPLA2")


def _people(records: list[Record]) -> dict[str, int]:
    """Return how many people live in the settlements of each first-level unit."""
    people: dict[str, int] = defaultdict(int)
    for record in records:
        if record.feature_class == "P" and record.feature_code != "PPLX":
            people[record.admin1] += record.population
    return people


def _eponyms(records: list[Record], rows: dict[str, int]) -> set[str]:
    """Return the seats that their first-level unit is called after.

    Such a city is better known than one of its size elsewhere: Valencia in Valencia, not the one in Carabobo;
    but Santarém is the large one in Brazil.
    """
    seats: dict[str, list[Record]] = defaultdict(list)
    largest: dict[str, int] = defaultdict(int)
    for record in records:
        if record.feature_class == "P":
            key = normalize(record.name)
            largest[key] = max(largest[key], record.population)
        if record.feature_code in _SEATS and record.admin1 in rows:
            seats[record.admin1].append(record)
    found = set()
    for unit, cities in seats.items():
        names = {normalize(name) for name in records[rows[unit]].names}
        highest = min(_SEATS.index(city.feature_code) for city in cities)
        found |= {
            city.id
            for city in cities
            if city.feature_code == _SEATS[highest]
            and normalize(city.name) in names
            and city.population >= _OVERSHADOWED * largest[normalize(city.name)]
        }
    return found


def importance_of(record: Record, people: int, eponym: bool = False) -> float:
    """Return 0 to 1: how likely the place is meant when only a name of it is known.

    The order of magnitude of its population, raised for capitals and countries; units count by the `people`
    in their settlements, rivers by their reach, other natural features as middling towns.  What our own
    tables hold is there because the news speaks of it: their rows state the least importance.
    """
    code = record.feature_code
    if code == "ADM1":
        value = _between(4.0, math.log10(max(people, record.population) + 10) - 0.9, 6.2)
    elif record.feature_class == "A":
        value = {"PCL": 9.0, "CON": 9.0, "TER": 7.0, "RGN": 7.0}.get(code[:3], 3.4)
    elif record.feature_class == "P":
        value = math.log10(record.population + 10) + {
            "PPLC": 1.6,
            "PPLA": 0.7,
            "PPLA2": 0.2,
            "PPLX": -1.0,
            "PPLH": -0.5,
        }.get(code, 0.0)
        value += 0.3 if eponym else 0.0
    elif code in ("CONT", "OCN", "RGN"):
        value = 7.0
    elif code in ("SEA", "GULF", "STRT", "MTS", "DSRT", "PEN"):
        value = 5.5
    elif code == "STM":
        value = _between(3.5, 2.5 + 1.1 * math.log10(radius_of(record)), 4.8)
    else:
        value = 4.0
    return round(max(min(value, 10.0) / 10, record.least), 4)


def _between(least: float, value: float, most: float) -> float:
    return min(max(value, least), most)


def _yield_to_cities(records: list[Record], rows: dict[str, int], importance: NDArray[np.float32]) -> None:
    """Rank a unit below the city in it that bears its name: plain "Marib" is the city.

    A large unit yields only to its seat or a large city: "California" is the state, whatever a town in it is
    called.
    """
    for row, record in enumerate(records):
        if record.feature_class != "P":
            continue
        city = record.feature_code in ("PPLC", "PPLA") or record.population >= 200_000
        if not (city or record.feature_code == "PPLA2" or record.population >= 20_000):
            continue
        own = {normalize(name) for name in record.names}
        for unit in {rows.get(record.admin1, -1), rows.get(record.admin2, -1)} - {-1}:
            if not city and radius_of(records[unit]) > _LARGE_KM:
                continue
            if not own.isdisjoint(normalize(name) for name in records[unit].names):
                importance[unit] = max(0.0, min(importance[unit], importance[row] - 0.25))


def _yield_to_units(records: list[Record], importance: NDArray[np.float32]) -> None:
    """Rank a natural feature below the country or unit of its name that it lies in: Florida is the state.

    A river yields to a unit that a third of it runs through: Helmand is the province, Zambezi the river.
    """
    units: dict[str, list[int]] = defaultdict(list)
    for row, record in enumerate(records):
        if record.shape is not None and record.feature_class == "A":
            for key in {normalize(record.name), bare_name(record.name)}:
                units[key].append(row)
    for row, record in enumerate(records):
        river = record.feature_code == "STM"
        if not record.id.startswith("ne:") or not (river or record.feature_class in "TL"):
            continue
        shape = shapely.Point(record.lon, record.lat) if record.shape is None else record.shape
        for unit in units.get(normalize(record.name), []):
            if river and shapely.intersection(shape, records[unit].shape).length < shape.length / 3:
                continue
            if shapely.distance(shape, records[unit].shape) < _NEAR:
                importance[row] = max(0.0, min(importance[row], importance[unit] - 0.1))


def radius_of(record: Record) -> float:
    """Return the given radius, half the diagonal of the shape, or one that fits the population, in km."""
    if record.radius_km:
        return record.radius_km
    if record.shape is not None:
        west, south, east, north = bounds(record.shape)
        width = (east - west) % 360 * math.cos(math.radians((south + north) / 2))
        return round(math.hypot(width, north - south) / 2 * 111.2, 1)
    if record.feature_class == "P":
        return round(max(1.0, 0.012 * math.sqrt(record.population)), 1)
    return {"ADM1": 60.0, "ADM2": 20.0}.get(record.feature_code, 2.0)


def bounds(shape: shapely.Geometry) -> tuple[float, float, float, float]:
    """Return (west, south, east, north); west > east for a shape that crosses the antimeridian."""
    west, south, east, north = shapely.bounds(shape)
    if east - west > 180:
        lon = shapely.get_coordinates(shape)[:, 0]
        if (lon > 0).any() and (lon < 0).any() and lon[lon > 0].min() - lon[lon < 0].max() > 60:
            return float(lon[lon > 0].min()), float(south), float(lon[lon < 0].max()), float(north)
    return float(west), float(south), float(east), float(north)


def _counts(lengths: list[int]) -> NDArray[np.unsignedinteger[Any]]:
    """Return lengths in two bytes each, in four where one needs them (a user's places of one name)."""
    return np.array(lengths, np.uint16 if max(lengths, default=0) < 1 << 16 else np.uint32)


def _joined(file: str, columns: dict[str, NDArray[Any]], arrays: dict[str, dict[str, Any]]) -> bytes:
    """Lay arrays one after the other, each at a multiple of 16 bytes, and note where they lie."""
    out = bytearray()
    for name, column in columns.items():
        out += bytes(-len(out) % 16)
        little = column.astype(column.dtype.newbyteorder("<"))
        arrays[name] = {
            "file": file, "offset": len(out), "dtype": little.dtype.str, "shape": list(column.shape)
        }  # fmt: skip
        out += little.tobytes()
    return bytes(out)
