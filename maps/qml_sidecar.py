"""A style beside its file, where QGIS looks for it; a user's own there stays."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd

from dateline.maps.files import write_atomically
from dateline.maps.qml import MARK, style


def write_sidecar(frame: gpd.GeoDataFrame, table: str, path: Path) -> None:
    """Write a table's style beside its file, where QGIS looks for it.

    A user's own style there stays.  None is written beside a GeoPackage of the same name: QGIS would prefer
    it to the styles within, for every layer.
    """
    sidecar = path.with_suffix(".qml")
    if not path.with_suffix(".gpkg").exists() and (not sidecar.exists() or _is_ours(sidecar)):
        write_atomically(sidecar, style(frame, table))


def remove_sidecar(path: Path) -> None:
    """Remove Dateline's own style for another format beside a GeoPackage of the same name."""
    sidecar = path.with_suffix(".qml")
    if sidecar.exists() and _is_ours(sidecar):
        sidecar.unlink()


def _is_ours(sidecar: Path) -> bool:
    """Tell whether Dateline wrote a style."""
    with sidecar.open("rb") as file:
        return MARK in file.read(500)
