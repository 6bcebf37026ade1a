"""GeoJSON to RFC 7946, the same bytes for the same result, and QGIS's style beside it."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from dateline.maps import qml as styles
from dateline.maps import qml_sidecar
from dateline.maps.antimeridian import bounds, cut
from dateline.maps.files import write_atomically
from dateline.maps.layers import LAYERS, credit, layer
from dateline.maps.tables import Tables

#: Six decimals of a degree are 11 cm.
DECIMALS = 6


def write(result: Tables, path: str | os.PathLike[str], *, table: str = "events", qml: bool = True) -> Path:
    """Write a table as GeoJSON (RFC 7946).

    Coordinates are in degrees with 6 decimals (11 cm), exterior rings run counter-clockwise, geometries are
    cut at the antimeridian, and every feature has its id.  Rows without a place have a null geometry.

    Parameters
    ----------
    result : Tables
    path : path
        The file, ``.geojson`` or ``.json``.
    table : str
        ``events``, ``places``, ``areas`` or ``mentions``.
    qml : bool
        Also write QGIS's style beside it, which QGIS applies by itself; a style of your own there is kept.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    InputError
        If there is no such layer.
    OutputError
        If the file cannot be written; an older one is untouched.
    """
    frame = layer(result, table)
    if qml and table == "events":
        frame = styles.ranked(frame)
    text = "".join(_lines(frame, table, credit(result)))
    path = write_atomically(path, text)
    if qml:
        qml_sidecar.write_sidecar(frame, table, path)
    return path


def _lines(frame: gpd.GeoDataFrame, table: str, description: str) -> Iterator[str]:
    """Yield the file, one feature a line so that versions can be compared."""
    shapes = [geometry and cut(geometry) for geometry in frame.geometry]
    head: dict[str, Any] = {"type": "FeatureCollection", "name": table, "description": description}
    box = bounds(shapes)
    if box is not None:
        head["bbox"] = [rounded(value) for value in box]
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "features": ['
    plain = pd.DataFrame(frame.drop(columns="geometry"))
    columns = [_values(plain[name]) for name in plain.columns]
    keys = plain[LAYERS[table]]
    between = "\n"
    for key, shape, *values in zip(keys, shapes, *columns, strict=True):
        feature = {
            "type": "Feature",
            "id": key,
            "properties": dict(zip(plain.columns, values, strict=True)),
            "geometry": _geometry(shape),
        }
        yield between + json.dumps(feature, ensure_ascii=False, allow_nan=False)
        between = ",\n"
    yield "\n]}\n"


def _values(column: pd.Series) -> list[Any]:
    """Return a column as values of JSON: times in UTC with Z, null for what is unknown."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        known = column.notna().to_numpy()
        texts = np.datetime_as_string(column.dt.tz_localize(None).to_numpy(), unit="s")
        return [f"{text}Z" if is_known else None for text, is_known in zip(texts, known, strict=True)]
    return [None if _unknown(value) else value for value in column.astype(object).tolist()]


def _unknown(value: object) -> bool:
    """Tell whether a value has no place in JSON: None, NA, NaN or infinity."""
    return value is None or value is pd.NA or (isinstance(value, float) and not math.isfinite(value))


def rounded(value: float) -> float:
    """Round to the file's decimals; never minus zero."""
    return round(float(value), DECIMALS) + 0.0


def _geometry(shape: BaseGeometry | None) -> dict[str, Any] | None:
    """Return a geometry as GeoJSON, its exterior rings counter-clockwise."""
    if shape is None:
        return None
    if shape.geom_type == "Point":
        return {"type": "Point", "coordinates": [rounded(shape.x), rounded(shape.y)]}
    mapping = shapely.geometry.mapping(shape)
    return {"type": mapping["type"], "coordinates": _nested(mapping["coordinates"])}


def _nested(coordinates: Any) -> Any:
    """Return nested coordinates as rounded lists."""
    if isinstance(coordinates[0], tuple | list):
        return [_nested(part) for part in coordinates]
    return [rounded(value) for value in coordinates]
