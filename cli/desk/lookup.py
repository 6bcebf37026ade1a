"""How places are looked up at the desk: by name in the gazetteer, at a geocoder, around a point."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dateline.errors import InputError
from dateline.gazetteer import Gazetteer, Place

if TYPE_CHECKING:
    from dateline.geo.geocoding import Fallback

_FOUND = 9
_AROUND = 40


class Lookup:
    """The gazetteer, and a geocoder behind it where the user allowed one.

    Parameters
    ----------
    gazetteer : Gazetteer
    geocoder : Fallback, optional
        Asked only when a person presses the button for it.
    """

    def __init__(self, gazetteer: Gazetteer, geocoder: Fallback | None = None) -> None:
        self._gazetteer = gazetteer
        self._geocoder = geocoder

    @property
    def geocoder_name(self) -> str:
        """Whom a person may ask, empty when nobody."""
        return self._geocoder.summary.service if self._geocoder else ""

    def find(self, name: str) -> list[Place]:
        """Return what the gazetteer knows by a name."""
        return [match.place for match in self._gazetteer.find(name, limit=_FOUND)]

    def geocode(self, name: str) -> list[Place]:
        """Return what the geocoder knows by a name.

        Raises
        ------
        InputError
            If no geocoder is allowed, or it does not answer.
        """
        if self._geocoder is None:
            raise InputError("no geocoder is allowed; start the desk with --geocode")
        return list(self._geocoder.look_up(name))[:_FOUND]

    def around(self, lat: float, lon: float) -> list[Place]:
        """Return settlements near a point, larger ones first."""
        near = self._gazetteer.nearest(lat, lon, _AROUND)
        return sorted(near, key=lambda place: -place.population)


@cache
def outline() -> str:
    """Draw the countries of the bundled basemap, one unit a degree, y pointing down."""
    from dateline.maps import basemap

    paths = []
    for shape in basemap.load().countries.geometry.simplify(0.05).explode(index_parts=False):
        ring = " ".join(f"{x:.2f},{-y:.2f}" for x, y in shape.exterior.coords)
        paths.append(f"M{ring}Z")
    return "".join(paths)
