"""Geometries at the edge of the map: cut at 180 degrees, wound and bounded as RFC 7946 asks."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from shapely import MultiLineString, MultiPoint, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient


def wrap(longitude: float) -> float:
    """Bring a longitude to -180...180 degrees; 180 itself stays.

    Examples
    --------
    >>> wrap(183.0), wrap(180.0), wrap(-541.0)
    (-177.0, 180.0, 179.0)
    """
    return longitude if -180 <= longitude <= 180 else (longitude + 180) % 360 - 180


def cut(geometry: BaseGeometry) -> BaseGeometry:
    """Cut a geometry at the antimeridian and wind its exterior rings counter-clockwise.

    A step of more than 180 degrees between two corners is taken to go the short way round, across the
    antimeridian; a ring that goes all the way round encloses a pole.  Latitudes beyond the poles are moved
    to them.

    Parameters
    ----------
    geometry : shapely geometry
        In degrees, not empty; longitudes may lie beyond 180.

    Returns
    -------
    shapely geometry
        Within -180...180 and -90...90 degrees.

    Examples
    --------
    >>> cut(shapely.box(177, -20, 183, -15)).bounds
    (-180.0, -20.0, 180.0, -15.0)
    """
    if isinstance(geometry, Point):
        if abs(geometry.x) <= 180 and abs(geometry.y) <= 90:
            return geometry
        return Point(wrap(geometry.x), min(90.0, max(-90.0, geometry.y)))
    if hasattr(geometry, "geoms"):
        return _collect([cut(part) for part in geometry.geoms])
    flat = _unwrapped_polygon(geometry) if isinstance(geometry, Polygon) else _unwrapped_line(geometry)
    west, _, east, _ = flat.bounds
    if west < -180 or east > 180:
        flat = _folded(flat)
    return _collect([flat])


def _unwrapped(coordinates: np.ndarray) -> np.ndarray:
    """Return corners with longitudes that run on across the antimeridian."""
    lon, lat = coordinates[:, 0], np.clip(coordinates[:, 1], -90, 90)
    steps = np.diff(lon)
    # A step of a whole turn is the edge of a map that was cut before, along the pole: it stays.
    jumps = (np.abs(steps) > 180) & (np.abs(steps) < 359.999)
    turns = np.concatenate([[0], np.cumsum(np.where(jumps, -np.sign(steps), 0))])
    return np.column_stack([lon + 360 * turns, lat])


def _unwrapped_line(line: BaseGeometry) -> BaseGeometry:
    """Return a line whose longitudes run on across the antimeridian."""
    return type(line)(_unwrapped(shapely.get_coordinates(line)))


def _unwrapped_ring(ring: BaseGeometry) -> np.ndarray:
    """Return a ring's corners running on across the antimeridian, by way of the pole if it goes round one."""
    corners = _unwrapped(shapely.get_coordinates(ring))
    if abs(corners[-1, 0] - corners[0, 0]) < 180:
        return corners
    pole = 90.0 if corners[:, 1].mean() > 0 else -90.0
    return np.vstack([corners, [corners[-1, 0], pole], [corners[0, 0], pole], corners[:1]])


def _unwrapped_polygon(polygon: Polygon) -> Polygon:
    """Return a valid polygon whose rings run on across the antimeridian, holes beside their exterior."""
    shell = _unwrapped_ring(polygon.exterior)
    middle = shell[:, 0].mean()
    holes = []
    for ring in polygon.interiors:
        hole = _unwrapped_ring(ring)
        hole[:, 0] += 360 * np.round((middle - hole[:, 0].mean()) / 360)
        holes.append(hole)
    flat = Polygon(shell, holes)
    return flat if flat.is_valid else shapely.make_valid(flat)


def _folded(flat: BaseGeometry) -> BaseGeometry:
    """Return the parts of each turn of the globe, moved to the first."""
    west, _, east, _ = flat.bounds
    parts = []
    for turn in range(int(np.floor((west + 180) / 360)), int(np.ceil((east - 180) / 360)) + 1):
        part = shapely.intersection(flat, shapely.box(-180 + 360 * turn, -90, 180 + 360 * turn, 90))
        if not part.is_empty:
            parts.append(shapely.transform(part, lambda xy, turn=turn: xy - [360 * turn, 0]))
    return shapely.union_all(parts)


def _collect(shapes: list[BaseGeometry]) -> BaseGeometry:
    """Join geometries, keeping those of the highest dimension; exterior rings are wound counter-clockwise."""
    parts = [part for shape in shapes for part in getattr(shape, "geoms", [shape])]
    dimension = max(shapely.get_dimensions(parts))
    kept = [part for part in parts if shapely.get_dimensions(part) == dimension]
    if dimension == 2:
        kept = [orient(part) for part in kept]
    if len(kept) == 1:
        return kept[0]
    return (MultiPoint, MultiLineString, MultiPolygon)[dimension](kept)


def bounds(shapes: Iterable[BaseGeometry | None]) -> tuple[float, float, float, float] | None:
    """Return the smallest box (west, south, east, north) round shapes, west > east across the antimeridian.

    The box leaves out the widest gap between the shapes' longitudes (RFC 7946, section 5.2).

    Examples
    --------
    >>> bounds([Point(178, -17), Point(-175, -21)])
    (178.0, -21.0, -175.0, -17.0)
    """
    pieces = [piece for shape in shapes if shape is not None for piece in getattr(shape, "geoms", [shape])]
    if not pieces:
        return None
    boxes = shapely.bounds(np.array(pieces, dtype=object))
    spans = boxes[np.argsort(boxes[:, 0], kind="stable")]
    west, east = spans[:, 0], np.maximum.accumulate(spans[:, 2])
    gaps = west[1:] - east[:-1]
    outside = west[0] + 360 - east[-1]
    south, north = float(boxes[:, 1].min()), float(boxes[:, 3].max())
    if len(gaps) and gaps.max() > outside:
        widest = int(gaps.argmax())
        return float(west[widest + 1]), south, float(east[widest]), north
    return float(west[0]), south, float(east[-1]), north
