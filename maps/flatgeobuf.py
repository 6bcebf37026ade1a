"""FlatGeobuf: one layer, with an index that web clients read piece by piece."""

from __future__ import annotations

import os
from pathlib import Path

from dateline.maps.files import write_atomically
from dateline.maps.gdal import write_layer
from dateline.maps.layers import credit, layer
from dateline.maps.tables import Tables


def write(result: Tables, path: str | os.PathLike[str], *, table: str = "events") -> Path:
    """Write a table as FlatGeobuf.

    Parameters
    ----------
    result : Tables
    path : path
        The file, ``.fgb``.
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
    OutputError
        If the file cannot be written; an older one is untouched.
    """
    frame = layer(result, table)
    # The index cannot hold rows without a place, which GDAL would drop without a word.
    indexed = "NO" if frame.geometry.isna().any() or frame.empty else "YES"
    options = {"SPATIAL_INDEX": indexed, "TITLE": table, "DESCRIPTION": credit(result)}

    def write_draft(draft: Path) -> None:
        write_layer(frame, draft, table, "FlatGeobuf", layer_options=options)

    return write_atomically(path, write_draft)
