"""``save``: one door to every writer, chosen by the file's extension."""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import Any

from dateline.errors import InputError
from dateline.maps.tables import Tables, check

#: Extension -> module under ``dateline.maps`` whose ``write(result, path, **options)`` makes such a file.
#: Modules are imported only when their kind is asked for.
WRITERS: dict[str, str] = {
    ".csv": "tabular",
    ".fgb": "flatgeobuf",
    ".geojson": "geojson",
    ".gpkg": "geopackage",
    ".html": "web",
    ".json": "geojson",
    ".kml": "kml",
    ".kmz": "kml",
    ".parquet": "geoparquet",
    ".pdf": "locator",
    ".png": "locator",
    ".qgz": "project",
    ".svg": "locator",
}

#: The extensions that :func:`save` knows.
EXTENSIONS = tuple(WRITERS)


def save(result: Tables, path: str | os.PathLike[str], **options: Any) -> Path:
    """Write a result as a map or data file; the extension says which.

    Parameters
    ----------
    result : Tables
        The four tables of docs/schema.md.
    path : path
        Where to write; ``.html`` makes a self-contained map, ``.qgz`` a project for QGIS.
    **options
        Passed to the writer of that kind, such as ``title``; see its ``write``.

    Returns
    -------
    Path
        ``path``.

    Raises
    ------
    InputError
        If no writer knows the extension, or a table lacks something.
    OutputError
        If the file cannot be written; an older one is untouched.
    """
    path = Path(path)
    module = WRITERS.get(path.suffix.lower())
    if module is None:
        known = ", ".join(sorted(WRITERS))
        raise InputError(f"no writer for '{path.name}': give it one of these extensions: {known}")
    check(result)
    importlib.import_module(f"dateline.maps.{module}").write(result, path, **options)
    return path
