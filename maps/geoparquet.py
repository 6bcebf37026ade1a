"""GeoParquet 1.1, for DuckDB, BigQuery, GeoPandas and the like."""

from __future__ import annotations

import os
from pathlib import Path

from dateline.errors import MissingExtraError
from dateline.maps.files import write_atomically
from dateline.maps.layers import arrow_installed, credit, layer
from dateline.maps.tables import Tables


def write(result: Tables, path: str | os.PathLike[str], *, table: str = "events") -> Path:
    """Write a table as GeoParquet 1.1 (WKB geometries, zstd, with a bounding-box column for fast filters).

    Parameters
    ----------
    result : Tables
    path : path
        The file, ``.parquet``.
    table : str
        ``events``, ``places``, ``areas`` or ``mentions``.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    InputError
        If there is no such layer.
    MissingExtraError
        If pyarrow is not installed.
    OutputError
        If the file cannot be written; an older one is untouched.
    """
    if not arrow_installed():
        raise MissingExtraError("GeoParquet", "parquet")
    frame = layer(result, table)
    frame.attrs = {"description": credit(result)}  # pandas keeps it in the file's metadata

    def write_draft(draft: Path) -> None:
        frame.to_parquet(
            draft, schema_version="1.1.0", write_covering_bbox=True, compression="zstd", index=False
        )

    return write_atomically(path, write_draft)
