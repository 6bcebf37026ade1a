"""Whose reading of contested borders the country codes follow; ``docs/worldviews.md`` tells the reasons.

The bundle is built in the view ``un``.  Another view changes the country of whole countries, first-level
units or regions, never a border line.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from dateline.errors import InputError
from dateline.gazetteer import shapes

if TYPE_CHECKING:
    from dateline.gazetteer.joined import Places
    from dateline.gazetteer.store import Columns

_CRIMEA = ("geonames:703883", "geonames:694422")
_GOLAN = "dateline:golan-heights"

#: View -> what belongs to which country there, unlike in the view ``un``: a country code, the id of a unit or
#: the id of a region with a polygon -> country code.
WORLDVIEWS: dict[str, dict[str, str]] = {
    "un": {},
    "de-facto": {**dict.fromkeys(_CRIMEA, "RU"), _GOLAN: "IL", "EH": "MA"},
    "ar": {"FK": "AR"},
    "cn": {"TW": "CN", "geonames:1278341": "CN", "dateline:aksai-chin": "CN"},
    "il": {_GOLAN: "IL"},
    "in": {"dateline:pakistani-kashmir": "IN", "dateline:aksai-chin": "IN"},
    "jp": {"dateline:kuril-islands": "JP"},
    "ma": {"EH": "MA"},
    "pk": {"dateline:indian-kashmir": "PK"},
    "rs": {"XK": "RS"},
    "ru": {
        **dict.fromkeys(_CRIMEA, "RU"),
        # Donetsk, Luhansk, Zaporizhzhia and Kherson oblasts, claimed since 2022.
        **dict.fromkeys(("geonames:709716", "geonames:702657", "geonames:687699", "geonames:706442"), "RU"),
    },
    "us": {_GOLAN: "IL", "EH": "MA"},
    "ve": {"dateline:essequibo": "VE"},
}


def columns(store: Places, worldview: str) -> Columns:
    """Return the columns of a store with the countries of a view.

    Raises
    ------
    InputError
        If there is no such view.
    """
    if worldview not in WORLDVIEWS:
        raise InputError(f"worldview {worldview!r} is unknown; choose one of {', '.join(WORLDVIEWS)}")
    plain = store.columns
    if not WORLDVIEWS[worldview]:
        return plain
    codes = store.tables["country"]
    country = plain.country.copy()
    for what, owner in WORLDVIEWS[worldview].items():
        inside = plain.country == codes.index(what) if what in codes else _inside(store, store.row(what))
        country[inside] = codes.index(owner)
    country.flags.writeable = False
    return replace(plain, country=country)


def _inside(store: Places, row: int) -> np.ndarray:
    """Return which places lie in a unit (by their hierarchy) or a region (by its polygon)."""
    plain = store.columns
    inside: np.ndarray = (plain.admin1 == row) | (np.arange(len(plain.lat)) == row)
    coded = store.shape(row)
    if coded is not None:
        shape = shapes.decode(coded)
        west, south, east, north = shape.bounds
        near = np.flatnonzero(
            (plain.lon >= west) & (plain.lon <= east) & (plain.lat >= south) & (plain.lat <= north)
        )
        shapely.prepare(shape)
        inside[near] |= shapely.intersects_xy(shape, plain.lon[near], plain.lat[near])
    return inside
