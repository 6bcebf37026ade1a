"""A ready QGIS project with its data beside it."""

from __future__ import annotations

import os
from pathlib import Path

from dateline.errors import OutputError
from dateline.maps import geopackage, qgis
from dateline.maps.basemap import Worldview
from dateline.maps.files import write_atomically
from dateline.maps.tables import Tables


def write(
    result: Tables, path: str | os.PathLike[str], *, title: str = "Dateline", worldview: Worldview = "un"
) -> Path:
    """Write a QGIS project, and its data and basemap as a GeoPackage of the same name beside it.

    The two find each other by name: keep them in one folder.

    Parameters
    ----------
    result : Tables
    path : path
        The project, ``.qgz``.
    title : str
        Title of the project.
    worldview : {"un", "de-facto"}
        Whose borders the basemap draws.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    OutputError
        If a file cannot be written; older ones are untouched.
    """
    path = Path(path)
    data = path.with_suffix(".gpkg")
    content = qgis.project(geopackage.layers(result), qgis.ground(worldview), file=data.name, title=title)
    try:
        geopackage.write(result, data, title=title, basemap=True, worldview=worldview)
    except OutputError as error:
        raise OutputError(f"cannot write {path}: its data has to stand beside it, but {error}") from error
    return write_atomically(path, qgis.zipped(content))
