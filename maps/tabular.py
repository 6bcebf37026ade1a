"""CSV that Excel opens with Cyrillic intact and no formula alive."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd

from dateline.maps.files import write_atomically
from dateline.maps.layers import layer
from dateline.maps.tables import Tables

#: A cell that begins with one of these is a formula to a spreadsheet, or may become one after trimming.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
#: Blanks and invisible marks that a spreadsheet may drop before it looks.
_BLANK = " \u00a0\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"


def write(result: Tables, path: str | os.PathLike[str], *, table: str = "events") -> Path:
    """Write a table as CSV for spreadsheets: UTF-8 with a byte order mark, one row a line.

    Text that a spreadsheet would run as a formula gets an apostrophe before it; line ends within text become
    spaces.  Geometry is given as `lon` and `lat`, times are in UTC with Z, unknown values are empty.

    Parameters
    ----------
    result : Tables
    path : path
        The file, ``.csv``.
    table : str
        ``events``, ``places``, ``mentions`` or ``articles``.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    InputError
        If there is no such table.
    OutputError
        If the file cannot be written; an older one is untouched.
    """
    frame = layer(result, table)
    plain = pd.DataFrame(frame.drop(columns="geometry", errors="ignore"))
    if "geometry" in frame and "lon" not in plain:
        points = frame.geometry.representative_point()
        plain["lon"], plain["lat"] = points.x.round(6), points.y.round(6)
    for name in plain.columns:
        plain[name] = _cells(plain[name])
    plain.columns = pd.Index([harmless(str(name)) for name in plain.columns])
    # Excel takes the mark at the start as the sign of UTF-8; without it Cyrillic is spoilt.
    return write_atomically(path, "\ufeff" + plain.to_csv(index=False, lineterminator="\r\n"))


def _cells(column: pd.Series) -> pd.Series:
    """Return a column as a spreadsheet may hold it."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        texts = np.datetime_as_string(column.dt.tz_localize(None).to_numpy(), unit="s")
        return pd.Series(texts, index=column.index, dtype=object).add("Z").where(column.notna(), None)
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column.replace([np.inf, -np.inf], np.nan) if column.dtype.kind == "f" else column
    return column.astype(object).map(lambda cell: harmless(cell) if isinstance(cell, str) else cell)


def harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula.

    Examples
    --------
    >>> harmless("=cmd|' /C calc'!A0")
    "'=cmd|' /C calc'!A0"
    >>> harmless("Kyiv")
    'Kyiv'
    """
    one_line = " ".join(text.splitlines()) if "\n" in text or "\r" in text or not text.isprintable() else text
    return f"'{one_line}" if one_line.lstrip(_BLANK).startswith(_FORMULA) else one_line
