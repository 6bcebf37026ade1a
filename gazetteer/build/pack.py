"""Writing records as a bundle of columns, names, labels and shapes; the same records give the same bytes."""

from __future__ import annotations

import hashlib
import json
import math
from collections import defaultdict
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
import shapely
from numpy.typing import NDArray
from rapidfuzz import fuzz

from dateline.gazetteer import shapes
from dateline.gazetteer.build.record import Places, Record
from dateline.gazetteer.names import LONGEST, normalize
from dateline.gazetteer.store import ALTERNATE, FILES, FORMAT, NAME_PENALTY, SPELLING
from dateline.gazetteer.variants import latin

_SOURCES = ("geonames", "wof", "ne", "ourairports", "wri", "dateline", "user")


def write(places: Places, folder: Path, version: str, info: dict[str, Any]) -> None:
    """Write a bundle; a folder that is there is overwritten file by file."""
    records = _ordered(places)
    rows = {record.id: row for row, record in enumerate(records)}
    files: dict[str, bytes] = {}
    arrays: dict[str, dict[str, Any]] = {}
    tables = {
        "source": list(_SOURCES),
        "feature_code": sorted({record.feature_code for record in records}),
        "country": sorted({record.country for record in records} | {""}),
        "key": sorted(
            {r.id.partition(":")[2] for r in records if not r.id.startswith(("geonames:", "wof:"))}
        ),
    }
    importance = np.array([importance_of(record) for record in records], np.float32)
    labels = [record.name.encode() for record in records]
    files["labels.bin"] = b"".join(labels)
    shaped = [(row, r.shape) for row, r in enumerate(records) if r.shape is not None]
    coded = [shapes.encode(shape) for _, shape in shaped]
    files["shapes.bin"] = b"".join(coded)
    columns = _columns(records, rows, tables) | {
        "importance": importance,
        "label_offsets": _offsets([len(label) for label in labels]),
        "shape_rows": np.array([row for row, _ in shaped], np.int32),
        "shape_offsets": _offsets([len(data) for data in coded]),
        "shape_bounds": np.array([bounds(shape) for _, shape in shaped], np.float32).reshape(-1, 4),
        "country_rows": _country_rows(records, tables["country"]),
    }
    files["places.bin"] = _joined("places.bin", columns, arrays)
    trie, names = _names(records, importance)
    files["names.bin"] = _joined("names.bin", names, arrays)
    files["names.marisa"] = trie.tobytes()
    manifest = {
        "format": FORMAT,
        "version": version,
        "files": {
            name: {"bytes": len(files[name]), "sha256": hashlib.sha256(files[name]).hexdigest()}
            for name in FILES
        },
        "arrays": arrays,
        "tables": tables,
        "info": info | {"places": len(records), "names": len(trie), "shapes": len(shaped)},
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        part = folder / f"{name}.part"
        part.write_bytes(data)
        part.replace(folder / name)
    text = json.dumps(manifest, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _ordered(places: Places) -> list[Record]:
    """Return the records by source, then by key: the order that ids are searched in."""

    def order(record: Record) -> tuple[int, int, str]:
        source, _, key = record.id.partition(":")
        return _SOURCES.index(source), int(key) if source in ("geonames", "wof") else 0, key

    return sorted(places.values(), key=order)


def _columns(
    records: list[Record], rows: dict[str, int], tables: dict[str, list[str]]
) -> dict[str, NDArray[Any]]:
    """Return the places' columns."""
    number = {name: {value: i for i, value in enumerate(values)} for name, values in tables.items()}

    def key(id: str) -> int:
        source, _, word = id.partition(":")
        return int(word) if source in ("geonames", "wof") else number["key"][word]

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
        "key": np.array([key(record.id) for record in records], np.int64),
        "source_offsets": np.searchsorted(sources, np.arange(len(_SOURCES) + 1)).astype(np.int64),
    }


def _names(
    records: list[Record], importance: NDArray[np.float32]
) -> tuple[marisa_trie.Trie, dict[str, NDArray[Any]]]:
    """Return the trie of normalised names and, for each name, its rows and kinds, likeliest first."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for row, record in enumerate(records):
        primary = normalize(record.name)
        for name, kind in record.names.items():
            key = normalize(name)
            if kind == ALTERNATE and fuzz.ratio(key if key.isascii() else latin(key), primary) >= 70:
                kind = SPELLING
            if key and len(key) <= LONGEST:
                found[key][row] = min(kind, found[key].get(row, kind))
    trie = marisa_trie.Trie(sorted(found))
    entries: list[list[tuple[int, int]]] = [[] for _ in range(len(trie))]
    for key, by_row in found.items():
        entries[trie[key]] = sorted(
            by_row.items(), key=lambda item: (NAME_PENALTY[item[1]] - importance[item[0]], item[0])
        )
    flat = [item for entry in entries for item in entry]
    return trie, {
        "name_offsets": _offsets([len(entry) for entry in entries]),
        "name_rows": np.array([row for row, _ in flat], np.int32),
        "name_kinds": np.array([kind for _, kind in flat], np.uint8),
    }


def _country_rows(records: list[Record], codes: list[str]) -> NDArray[np.int32]:
    """Return the row of each country's own place, -1 where there is none."""
    rows = {
        record.country: row
        for row, record in enumerate(records)
        if record.feature_class == "A" and record.feature_code.startswith(("PCL", "TERR"))
    }
    return np.array([rows.get(code, -1) for code in codes], np.int32)


def importance_of(record: Record) -> float:
    """Return 0 to 1: how likely the place is meant when only a name of it is known.

    The order of magnitude of its population, raised for capitals and countries; units and natural features
    count as middling towns.
    """
    code, people = record.feature_code, math.log10(record.population + 10)
    if record.feature_class == "A":
        value = {"PCL": 9.0, "CON": 9.0, "TER": 7.0, "RGN": 7.0}.get(code[:3], 0.0) or (
            5.2 if code == "ADM1" else 3.4
        )
    elif record.feature_class == "P":
        value = people + {"PPLC": 1.6, "PPLA": 0.7, "PPLA2": 0.2, "PPLX": -1.0, "PPLH": -0.5}.get(code, 0.0)
    elif code in ("CONT", "OCN", "RGN"):
        value = 7.0
    else:
        value = 4.0
    return round(min(value, 10.0) / 10, 4)


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


def _offsets(lengths: list[int]) -> NDArray[np.uint32]:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.uint32)


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
