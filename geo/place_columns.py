"""The gazetteer's columns of a few places, in the form that features want them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.gazetteer import Gazetteer
from dateline.geo.arrays import Floats, Ints
from dateline.geo.cues import KINDS
from dateline.geo.distances import between_km, unit_vectors

_LARGE_KM, _LARGE_IMPORTANCE = 100.0, 0.44
#: Kinds of place, coarser than GeoNames' feature codes.
GROUPS = (
    "other", "region", "country", "admin1", "admin2", "admin3", "capital", "seat", "town", "section", "water",
    "land", "facility", "area", "former",
)  # fmt: skip
#: Whether a place of the group is local: no region, country or first-level unit.
LOCAL = np.array([name not in ("region", "country", "admin1") for name in GROUPS])
#: Whether a place of the group is a settlement of its own.
TOWN = np.array([name in ("capital", "seat", "town") for name in GROUPS])
WATER = GROUPS.index("water")
#: Whether a place of the group is a region, a river, a range and the like, whose name often has the article.
NATURAL = np.array([name in ("region", "water", "land", "area") for name in GROUPS])
#: Which groups fit (1) and do not fit (-1) a kind of place named in the text (see cues.KINDS).
_FITS = {
    "country": ("country",),
    "admin1": ("admin1", "region", "admin2"),
    "admin2": ("admin2", "admin3", "admin1"),
    "settlement": ("capital", "seat", "town", "section", "admin3"),
    "section": ("section", "town"),
    "water": ("water",),
    "land": ("land", "area", "region"),
    "facility": ("facility",),
    "street": (),
}


def _kind_fit() -> Floats:
    fit = np.zeros((len(KINDS), len(GROUPS)), np.float32)
    for kind, groups in _FITS.items():
        fit[KINDS.index(kind)] = -1
        fit[KINDS.index(kind), [GROUPS.index(group) for group in groups]] = 1
    return fit


#: How well each kind of place named in the text (row) fits each group (column).
KIND_FIT = _kind_fit()


class PlaceTable:
    """The gazetteer's columns in the form the features want them, for a few rows at a time."""

    def __init__(self, gaz: Gazetteer) -> None:
        self._columns = gaz.columns
        self._country_rows = gaz.country_rows
        self._group = np.array([_group_of(code) for code in gaz.tables["feature_code"]], np.int64)
        self._class_group = np.zeros(256, np.int64)
        for letter, group in (("H", "water"), ("T", "land"), ("S", "facility"), ("L", "area"), ("P", "town")):
            self._class_group[ord(letter)] = GROUPS.index(group)

    def take(self, rows: NDArray[np.int32]) -> Places:
        """Return the columns of some rows."""
        c = self._columns
        country = c.country[rows].astype(np.int64)
        group = self._group[c.feature_code[rows]]
        # A state hundreds of kilometres across is not less known than a village of its name.
        large = (group == GROUPS.index("admin1")) & (c.radius_km[rows] >= _LARGE_KM)
        return Places(
            row=rows.astype(np.int64),
            country=country,
            country_row=self._country_rows[country].astype(np.int64),
            admin1=c.admin1[rows].astype(np.int64),
            admin2=c.admin2[rows].astype(np.int64),
            group=np.where(group > 0, group, self._class_group[c.feature_class[rows]]),
            population=np.log10(1 + c.population[rows].astype(np.float32)),
            importance=np.maximum(c.importance[rows], np.where(large, _LARGE_IMPORTANCE, 0)).astype(
                np.float32
            ),
            radius=c.radius_km[rows],
            xyz=unit_vectors(c.lat[rows], c.lon[rows]),
        )


@dataclass(slots=True)
class Places:
    """The columns of the candidates; `xyz` are unit vectors."""

    row: Ints
    country: Ints
    country_row: Ints
    admin1: Ints
    admin2: Ints
    group: Ints
    population: Floats
    importance: Floats
    radius: Floats
    xyz: Floats

    def take(self, at: NDArray[np.intp] | NDArray[np.bool_]) -> Places:
        """Return the chosen candidates' columns."""
        return Places(*(getattr(self, name)[at] for name in self.__slots__))

    def lies_in(self, i: NDArray[np.intp], j: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return whether candidates `i` lie in the units or countries that candidates `j` are."""
        outer = self.row[j]
        inside: NDArray[np.bool_] = (self.admin1[i] == outer) | (self.admin2[i] == outer)
        inside |= self.country_row[i] == outer
        return inside


def _group_of(code: str) -> int:
    """Return the index into :data:`GROUPS` of a GeoNames feature code, 0 where its class decides."""
    if code.startswith("PCL") or code == "TERR":
        name = "former" if code == "PCLH" else "country"
    elif code.startswith("ADM") and code[3:4].isdigit():
        name = "former" if code.endswith("H") else ("admin1", "admin2", "admin3")[min(int(code[3]), 3) - 1]
    elif code in ("CONT", "RGN", "RGNE", "RGNH"):
        name = "region"
    else:
        name = {
            "PPLC": "capital", "PPLA": "seat", "PPLX": "section", "PPLQ": "former", "PPLH": "former",
            "PPLW": "former", "PPLCH": "former",
        }.get(code, "other")  # fmt: skip
    return GROUPS.index(name)


def from_point(places: Places, lat: float, lon: float) -> Floats:
    """Return the distance of each place from a point, in km."""
    return between_km(places.xyz, unit_vectors(np.array([lat]), np.array([lon])))
