"""The projection of a figure, chosen by what it shows, and geometries brought into it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from dateline.maps.antimeridian import bounds, cut

_EARTH = 6_371_007.2  # metres: radius of the sphere with the ellipsoid's area (Snyder 1987, p. 13)
#: A figure shows at least this much, so that a single place is seen among its neighbours (metres).
_SMALLEST = 700_000.0
#: Blank round the outermost events, as a share of the picture.
_MARGIN = 0.14
#: Beyond this distance from the middle (degrees) a figure shows the whole world.
_HORIZON = 75.0


@dataclass(frozen=True, slots=True)
class View:
    """What a figure shows, and how.

    Parameters
    ----------
    crs : str
        The projection, in metres.
    middle : tuple of float
        Longitude and latitude on which it is centred.
    box : tuple of float
        West, south, east and north edge in metres.
    world : bool
        Whether the whole world is shown.
    """

    crs: str
    middle: tuple[float, float]
    box: tuple[float, float, float, float]
    world: bool = False

    @property
    def width(self) -> float:
        """Width in metres, at the middle."""
        return self.box[2] - self.box[0]

    @property
    def reach(self) -> float:
        """Distance on the globe from the middle to the farthest corner, in degrees."""
        west, south, east, north = self.box
        chord = max(np.hypot(x, y) for x in (west, east) for y in (south, north))
        # The projection draws a chord of the sphere at its true length (Snyder 1987, p. 182).
        return float(np.degrees(2 * np.arcsin(min(1.0, chord / (2 * _EARTH)))))


def view(shapes: list[BaseGeometry], aspect: float) -> View:
    """Choose the projection and the extent that show shapes best.

    Up to a continent: Lambert's azimuthal equal-area projection about their middle, in which areas are true
    and shapes near the middle nearly so; beyond, the whole world in the Equal Earth projection.

    Parameters
    ----------
    shapes : list of shapely geometries
        In degrees; without any, the world is shown.
    aspect : float
        Width of the picture divided by its height.

    Returns
    -------
    View

    Examples
    --------
    >>> view([shapely.Point(36.25, 49.98)], aspect=1.0).width
    700000.0
    """
    box = bounds(shapes)
    if box is None:
        return _world(0.0, [], aspect)
    west, south, east, north = box
    turn = 360.0 if west > east else 0.0
    middle = ((west + east + turn) / 2, (south + north) / 2)
    middle = (middle[0] - 360 if middle[0] > 180 else middle[0], middle[1])
    crs = f"+proj=laea +lat_0={middle[1]:.4f} +lon_0={middle[0]:.4f} +R={_EARTH} +units=m"
    points = shapely.points(np.unique(shapely.get_coordinates(shapes), axis=0))
    far = np.degrees(_distance(middle, shapely.get_coordinates(points)).max())
    if far > _HORIZON or east + turn - west > 200:
        return _world(middle[0] if turn else 0.0, shapes, aspect)
    found = View(crs, middle, _fitted(shapely.bounds(project(points, crs)), aspect))
    return found if found.reach < _HORIZON else _world(middle[0] if turn else 0.0, shapes, aspect)


def _world(middle: float, shapes: list[BaseGeometry], aspect: float) -> View:
    """Return a view in the projection of the world; `middle` is the longitude in its middle."""
    crs = f"+proj=eqearth +lon_0={middle:.4f} +R={_EARTH} +units=m"
    # Equal Earth is 5.41 R wide and 2.63 R high (Šavrič, Patterson and Jenny 2019); less the southern ice.
    whole = np.array([[-2.71, -0.98, 2.71, 1.32]]) * _EARTH
    boxes = shapely.bounds(project(np.array(shapes, dtype=object), crs)) if shapes else whole / 1.28
    boxes = boxes[np.isfinite(boxes).all(axis=1)]
    return View(crs, (middle, 0.0), _fitted(boxes, aspect), world=True)


def _distance(middle: tuple[float, float], degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return distances on the globe in radians (haversine)."""
    lon, lat = np.radians(degrees).T
    lon0, lat0 = np.radians(middle)
    square = np.sin((lat - lat0) / 2) ** 2 + np.cos(lat) * np.cos(lat0) * np.sin((lon - lon0) / 2) ** 2
    return np.asarray(2 * np.arcsin(np.sqrt(np.clip(square, 0, 1))))


def _fitted(boxes: NDArray[np.float64], aspect: float) -> tuple[float, float, float, float]:
    """Return the box of a picture round boxes in metres."""
    west, south = boxes[:, :2].min(axis=0)
    east, north = boxes[:, 2:].max(axis=0)
    wide, high = (east - west) * (1 + 2 * _MARGIN), (north - south) * (1 + 2 * _MARGIN)
    smallest = _SMALLEST * max(1.0, aspect)
    width = max(wide, high * aspect, smallest)
    x, y = (west + east) / 2, (south + north) / 2
    half = (width / 2, width / aspect / 2)
    return float(x - half[0]), float(y - half[1]), float(x + half[0]), float(y + half[1])


def project(shapes: NDArray[np.object_], crs: str) -> NDArray[np.object_]:
    """Project shapes from degrees to metres."""
    transform = pyproj.Transformer.from_crs("+proj=longlat +R=6371007.2", crs, always_xy=True)

    def metres(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(transform.transform(coordinates[:, 0], coordinates[:, 1]))

    return np.asarray(shapely.transform(shapes, metres))


def cap(middle: tuple[float, float], degrees: float) -> BaseGeometry:
    """Return the part of the globe within a distance of a point, as a shape in degrees.

    Examples
    --------
    >>> south = cap((-80.0, -3.0), 89.5)
    >>> south.contains(shapely.Point(-80, -3)), south.contains(shapely.Point(100, 3))
    (True, False)
    """
    sphere = pyproj.Geod(a=_EARTH, b=_EARTH)
    bearings = np.linspace(0, 360, 181)[:-1]
    ones = np.ones_like(bearings)
    reach = np.radians(degrees) * _EARTH
    lon, lat, _ = sphere.fwd(middle[0] * ones, middle[1] * ones, bearings, reach * ones)
    if abs(middle[1]) + degrees <= 90:
        return cut(shapely.Polygon(np.column_stack([lon, lat])))
    # Round a pole the edge crosses every meridian once: what lies between it and that pole.
    order = np.argsort(lon)
    lon, lat = lon[order], lat[order]
    seam = float(np.interp(180, [lon[-1], lon[0] + 360], [lat[-1], lat[0]]))
    pole = 90.0 if middle[1] > 0 else -90.0
    corners = [(-180, pole), (-180, seam), *zip(lon, lat, strict=True), (180, seam), (180, pole)]
    return orient(shapely.Polygon(corners))


def within(shapes: NDArray[np.object_], seen: View) -> NDArray[np.object_]:
    """Clip shapes in degrees to what a view shows, and project them; those out of sight are left out."""
    clipped = visible(shapes, seen)
    return np.asarray(clipped[~shapely.is_empty(clipped)])


def visible(shapes: NDArray[np.object_], seen: View) -> NDArray[np.object_]:
    """Clip shapes in degrees to what a view shows, and project them; those out of sight are empty.

    Clipping before projecting keeps what lies behind the globe from folding into the picture.
    """
    if seen.world:
        shapes = _parted(shapes, seen.middle[0])
    else:
        near = cap(seen.middle, min(seen.reach * 1.08 + 1, 89.0))
        shapely.prepare(near)
        shapes = np.where(shapely.intersects(near, shapes), shapes, shapely.Polygon())
        crossing = ~shapely.contains_properly(near, shapes)
        shapes[crossing] = shapely.intersection(shapes[crossing], near)
    projected = project(shapely.segmentize(shapes, 1.0), seen.crs)  # a parallel is a curve here
    return np.asarray(shapely.clip_by_rect(projected, *_grown(seen.box)))


def _grown(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Return a box a little larger, so that no outline runs along the picture's edge."""
    more = 0.02 * (box[2] - box[0])
    return box[0] - more, box[1] - more, box[2] + more, box[3] + more


def _parted(shapes: NDArray[np.object_], middle: float) -> NDArray[np.object_]:
    """Part shapes at the seam opposite to a map's middle."""
    if middle == 0:
        return shapes
    seam = (middle + 360) % 360 - 180
    gap = shapely.box(seam - 1e-6, -90, seam + 1e-6, 90)
    crossing = shapely.intersects(shapes, gap)
    shapes = shapes.copy()
    shapes[crossing] = shapely.difference(shapes[crossing], gap)
    return shapes
