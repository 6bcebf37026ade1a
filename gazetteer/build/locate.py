"""In which country and first-level unit a point lies, by the polygons."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import shapely
from numpy.typing import NDArray

from dateline.gazetteer.build.record import Places, Record

#: Coastal places fall just outside simplified polygons: the nearest one within so many degrees counts.
_NEAR = 0.1


#: Neighbours that must agree before a settlement follows them.
_AGREE = 3


def follow_neighbours(places: Places) -> None:
    """Give settlements without a first-level unit that of their neighbours in the country, where all agree.

    Some countries have units that no polygon here draws: the 26 provinces of the Congo, say.
    """
    known: dict[str, list[Record]] = defaultdict(list)
    bare: dict[str, list[Record]] = defaultdict(list)
    for record in places.values():
        if record.feature_class == "P" and record.country:
            (known if record.admin1 else bare)[record.country].append(record)
    for country, records in bare.items():
        neighbours = known[country]
        if len(neighbours) < _AGREE:
            continue
        around = _on_sphere(neighbours)
        for record, point in zip(records, _on_sphere(records), strict=True):
            nearest = np.argpartition(((around - point) ** 2).sum(axis=1), _AGREE - 1)[:_AGREE]
            units = {neighbours[row].admin1 for row in nearest}
            if len(units) == 1:
                record.admin1 = units.pop()


def _on_sphere(records: list[Record]) -> NDArray[np.float64]:
    """Return the points as vectors, so that nearness does not depend on latitude."""
    lat, lon = np.radians([r.lat for r in records]), np.radians([r.lon for r in records])
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


class Locator:
    """Finds the first-level unit and the country of points."""

    def __init__(self, places: Places) -> None:
        self._units = [p for p in places.values() if p.feature_code == "ADM1" and p.shape is not None]
        self._countries = [
            p
            for p in places.values()
            if p.feature_code.startswith(("PCL", "TERR")) and p.feature_class == "A" and p.shape is not None
        ]
        self._unit_tree = shapely.STRtree([p.shape for p in self._units])
        self._country_tree = shapely.STRtree([p.shape for p in self._countries])

    def place(self, records: list[Record]) -> None:
        """Set the first-level unit of records and, where they have none, their country."""
        if not records:
            return
        points = shapely.points([[r.lon, r.lat] for r in records])
        for unit, index in self._hits(self._unit_tree, points, self._units):
            record = records[index]
            if record.country in ("", unit.country):
                record.country, record.admin1 = unit.country, unit.id
        bare = [i for i, record in enumerate(records) if not record.country]
        for country, index in self._hits(self._country_tree, points[bare], self._countries):
            records[bare[index]].country = country.country

    @staticmethod
    def _hits(tree: shapely.STRtree, points: np.ndarray, owners: list[Record]) -> list[tuple[Record, int]]:
        """Return (polygon's record, number of the point), nearest polygon last where several are near."""
        if not len(points):
            return []
        inside = tree.query(points, predicate="within")
        near = tree.query_nearest(points, max_distance=_NEAR, all_matches=False)
        pairs = np.concatenate([near.T, inside.T])
        return [(owners[polygon], int(point)) for point, polygon in pairs]
