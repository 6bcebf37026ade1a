"""Writing a layer through GDAL (pyogrio), for GeoPackage and FlatGeobuf."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from dateline.maps.layers import arrow_installed


def write_layer(frame: pd.DataFrame, path: Path, name: str, driver: str, **options: Any) -> None:
    """Write a table as one layer of a file.

    Parameters
    ----------
    frame : GeoDataFrame or DataFrame
        A table of one kind of geometry, or without any.
    path : path
        The file; a layer is added to one that is there.
    name : str
        Name of the layer.
    driver : str
        GDAL's name of the format.
    **options
        ``dataset_options`` and ``layer_options`` of the format.

    Raises
    ------
    OSError
        If GDAL cannot write, as on a full disk.
    """
    if isinstance(frame, gpd.GeoDataFrame):
        geometry = kind(frame, name)
        options["geometry_type"] = geometry if geometry == "Point" else f"Multi{geometry}"
        options["promote_to_multi"] = geometry != "Point"
    try:
        pyogrio.write_dataframe(
            frame, path, layer=name, driver=driver, use_arrow=arrow_installed(), **options
        )
    except (DataLayerError, DataSourceError) as error:
        raise OSError(f"GDAL says: {str(error).rpartition('; ')[2]}") from error


def kind(frame: gpd.GeoDataFrame, name: str) -> str:
    """Return the kind of a layer's geometries: Point, LineString or Polygon."""
    kinds = set(frame.geom_type.dropna())
    if kinds & {"Polygon", "MultiPolygon"} or name == "areas":
        return "Polygon"
    return "LineString" if kinds & {"LineString", "MultiLineString"} else "Point"
