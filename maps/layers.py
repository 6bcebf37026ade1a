"""The tables as file formats want them: clean text, UTC times, geometries that can be written."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from dateline.errors import InputError
from dateline.maps.tables import Tables

#: Layers of a file -> the column that names a row.  ``places`` are points; ``areas`` the same rows again
#: where a polygon is known, because QGIS and most formats want one kind of geometry in a layer.
LAYERS = {"events": "id", "places": "place_id", "areas": "place_id", "mentions": "mention_id"}

#: Control characters but tab and line ends, half characters, and what XML forbids: no format keeps them.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
#: The bytes of harmless UTF-8 text; what is left without them is looked at more closely.
_HARMLESS = bytes(
    byte for byte in range(256) if byte in b"\t\n\r" or (byte >= 32 and byte not in (0x7F, 0xEF))
)
_CHUNK = 20_000

#: Columns of numbers (docs/schema.md) that come as objects when a table is empty or a value unknown.
_NUMBERS = {
    **dict.fromkeys(("confidence", "radius_km", "score", "probability", "lat", "lon"), "float64"),
    **dict.fromkeys(("fatalities", "injured", "affected", "reports", "population"), "Int64"),
    **dict.fromkeys(("trigger_start", "trigger_end", "quote_start", "quote_end"), "Int64"),
    **dict.fromkeys(("n_chars", "n_mentions", "n_events"), "Int64"),
}
#: Columns of times; in the table of mentions the first two are offsets.
_TIMES = ("start", "end", "published")

#: ``SOURCE`` of a place id -> whom to thank, and under which licence the record comes.
_CREDITS = {
    "geonames": "GeoNames (CC BY 4.0)",
    "postal": "GeoNames (CC BY 4.0)",
    "wof": "Who's On First (CC BY 4.0)",
    "ne": "Natural Earth (public domain)",
    "osm": "© OpenStreetMap contributors (ODbL 1.0)",
}


def layer(result: Tables, name: str) -> gpd.GeoDataFrame:
    """Return a table with text, times and geometries that every format can hold.

    Parameters
    ----------
    result : Tables
    name : str
        A key of :data:`LAYERS`, or ``articles`` (which has no geometry).

    Returns
    -------
    GeoDataFrame
        Unwritable characters replaced by U+FFFD, times in UTC to the millisecond, lists and dicts as JSON,
        empty geometries and those with coordinates that are no numbers as null.  The index counts from 0.

    Raises
    ------
    InputError
        If there is no such table.
    """
    known = (*LAYERS, "articles")
    if name not in known:
        raise InputError(f"no layer '{name}': choose one of {', '.join(known)}")
    table: Any = result.places if name == "areas" else getattr(result, name)
    columns = {column: _column(table[column]) for column in table.columns if column != "geometry"}
    plain = pd.DataFrame(columns, index=table.index).reset_index(drop=True)
    if name == "articles":
        return plain
    if name == "places":
        numbers = [pd.to_numeric(table[column]).to_numpy(dtype=float) for column in ("lon", "lat")]
        shapes = shapely.points(*numbers)
    else:
        shapes = np.asarray(table.geometry.to_numpy())
        if shapely.has_z(shapes).any():
            shapes = shapely.force_2d(shapes)
    finite = np.isfinite(shapely.bounds(shapes)).all(axis=1)  # bounds are NaN for a null or empty geometry
    if not finite.all():
        shapes = np.where(finite, shapes, None)
    frame = gpd.GeoDataFrame(plain, geometry=gpd.GeoSeries(shapes, crs=4326))
    if name == "areas":
        frame = frame[frame.geom_type.isin(["Polygon", "MultiPolygon"])].reset_index(drop=True)
    return frame


def _column(values: pd.Series) -> pd.Series:
    """Return a column as a format can hold it; numbers and times keep their type even when none is known."""
    if values.dtype == object and values.name in _NUMBERS:
        values = pd.to_numeric(values, errors="coerce").astype(_NUMBERS[str(values.name)])
    elif values.name in _TIMES and not pd.api.types.is_numeric_dtype(values.dtype):
        values = pd.to_datetime(values, utc=True)
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        return values.dt.tz_convert("UTC").dt.as_unit("ms")
    if pd.api.types.is_datetime64_dtype(values):
        return values.dt.tz_localize("UTC").dt.as_unit("ms")
    if isinstance(values.dtype, pd.CategoricalDtype):
        values = values.astype(values.cat.categories.dtype)
    if not (values.dtype == object or isinstance(values.dtype, pd.StringDtype)):
        return values
    if getattr(values.dtype, "storage", "") == "pyarrow" and not _suspicious_bytes(values):
        return values
    cells = values.to_numpy(dtype=object)
    kinds = set(map(type, cells))
    if kinds & {list, tuple, dict, set}:
        cells = np.array([_json(cell) for cell in cells], dtype=object)
    elif str not in kinds:
        return values  # whole numbers beside None, say: the writers know what to do
    return pd.Series(
        clean(cells), index=values.index, dtype=values.dtype if not kinds & {list, dict} else None
    )


def _json(cell: object) -> object:
    """Return a list or dict as JSON, anything else as it is."""
    if isinstance(cell, set):
        cell = sorted(cell, key=str)
    if isinstance(cell, list | tuple | dict):
        return json.dumps(cell, ensure_ascii=False, default=str)
    return cell


def clean(cells: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return text with unwritable characters replaced by U+FFFD; other values stay.

    Almost no text has any, so chunks are first searched as bytes, which is many times faster.
    """
    cleaned = None
    for start in range(0, len(cells), _CHUNK):
        chunk = cells[start : start + _CHUNK]
        if _suspicious(cell for cell in chunk if isinstance(cell, str)):
            cleaned = cells.copy() if cleaned is None else cleaned
            for row, cell in enumerate(chunk, start):
                if isinstance(cell, str):
                    cleaned[row] = _UNWRITABLE.sub("\ufffd", cell)
    return cells if cleaned is None else cleaned


def _suspicious_bytes(values: pd.Series) -> bool:
    """Tell whether a column that lies in Arrow's memory may hold unwritable characters."""
    column = values.array.__arrow_array__()
    for chunk in getattr(column, "chunks", [column]):
        content = chunk.buffers()[2]
        data = np.frombuffer(content, dtype=np.uint8) if content else np.empty(0, np.uint8)
        for start in range(0, len(data), 1 << 20):  # pieces that fit the processor's cache
            piece = data[start : start + (1 << 20)]
            low = piece[(piece < 0x20) | (piece == 0x7F) | (piece == 0xEF)]
            if len(low) and not np.isin(low, (0x09, 0x0A, 0x0D)).all():
                return True
    return False


def _suspicious(texts: Iterable[str]) -> bool:
    """Tell whether texts may hold unwritable characters."""
    joined = "".join(texts)
    if joined.isascii() and joined.isprintable():
        return False
    try:
        return bool(joined.encode().translate(None, _HARMLESS))
    except UnicodeEncodeError:  # half a character
        return True


def credit(result: Tables) -> str:
    """Return one line that names the sources of the places and their licences.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> places = pd.DataFrame({"place_id": ["geonames:703448", "ne:Donbas", "postal:9"]})
    >>> credit(SimpleNamespace(places=places))
    'Places: GeoNames (CC BY 4.0), Natural Earth (public domain). Made with Dateline.'
    """
    sources = sorted({str(key).partition(":")[0] for key in result.places["place_id"].dropna().unique()})
    named = dict.fromkeys(_CREDITS[source] for source in sources if source in _CREDITS)
    return f"Places: {', '.join(named)}. Made with Dateline." if named else "Made with Dateline."


def newest(result: Tables) -> str:
    """Return the moment of the newest article or event, for formats that date their files.

    The clock would make two runs differ.
    """
    columns = (result.articles["published"], result.events["end"])
    times = [pd.to_datetime(column, utc=True).max() for column in columns]
    known = [time for time in times if not pd.isna(time)]
    return f"{max(known, default=pd.Timestamp(0, tz='UTC')):%Y-%m-%dT%H:%M:%S.000Z}"


def arrow_installed() -> bool:
    """Tell whether pyarrow is there, by which GDAL writes several times faster."""
    return importlib.util.find_spec("pyarrow") is not None
