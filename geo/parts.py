"""The part of a country or region that a text speaks of: "eastern Ukraine", "the north of Mali".

The gazetteer has the whole; which part of its outline is meant gives a point and a radius that say more.
"""

from __future__ import annotations

import math
import re

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dateline.gazetteer import Place
from dateline.geo.model import Mention, Part

_EARTH_KM = 6371.0088
#: Of an outline's extent from north to south, or west to east, so much is its northern or eastern part.
_SHARE = 1 / 3
#: ... its north-eastern part in both directions, and so much on each side is not its middle.
_CORNER, _MARGIN = 0.5, 0.3
#: Islands smaller than this share of the largest part of a country do not count for where its north is.
_ISLAND = 0.2
#: A place this small has no parts worth telling apart.
_SMALLEST_KM = 10.0

_SIDE = r"(?P<side>(?:north|south)(?:[ -]?(?:east|west))?|east|west|central)"
_BEARINGS = ("north", "south", "east", "west", "central")
#: "eastern [Ukraine]", "the far north of [Mali]"; "in the Middle East [Israel]" has no side.
_BEFORE = re.compile(
    rf"(?<![\w-])(?<!Middle )(?:far[ -])?{_SIDE}(?:ern)?(?:[ -](?:part|parts)(?: of)?)?[ -]$"
    rf"|\b(?:the|its) (?:far |extreme )?{_SIDE.replace('side', 'of')}(?:ern)?(?: (?:part|parts|half|areas?))?"
    r" of (?:the )?$",
    re.IGNORECASE,
)
#: Before "central [Mali]" in "northern and central Mali", which is most of it.
_ANOTHER = re.compile(r"\b(?:north|south|east|west|central)[\w-]*,? (?:and|or|to) (?:the )?$", re.IGNORECASE)
#: "[eastern Ukraine]", where the whole is a name.
_INSIDE = re.compile(rf"(?:the )?(?:far )?{_SIDE}(?:ern)?[ -]", re.IGNORECASE)


def find_side(text: str, mention: Mention, place: Place) -> str | None:
    """Return the side of a place that the words of a mention, or those before it, name.

    Parameters
    ----------
    text : str
    mention : Mention
    place : Place
        What the mention stands for; towns and other small places have no sides.

    Returns
    -------
    str or None
        ``north``, ``northeast`` ... or ``central``.

    Examples
    --------
    >>> ukraine = Place("geonames:690791", "Ukraine", 49.0, 32.0, "A", "PCLI", radius_km=800)
    >>> find_side("Shells fell in north-eastern Ukraine.", Mention(29, 36, "Ukraine"), ukraine)
    'northeast'
    """
    if place.feature_class not in ("A", "L", "T") or place.radius_km < _SMALLEST_KM:
        return None
    before = text[max(0, mention.start - 60) : mention.start]
    lower = before.casefold()
    match = _BEFORE.search(before) if any(bearing in lower for bearing in _BEARINGS) else None
    if match and _ANOTHER.search(before, 0, match.start()):
        return None
    if not match:
        match = _INSIDE.match(mention.text)
        if not match or place.name.casefold() not in mention.text[match.end() :].casefold():
            return None
    found = match.groupdict()
    side: str = found["side"] or found.get("of") or ""
    return re.sub(r"[ -]", "", side.lower())


def mainland(outline: BaseGeometry) -> shapely.MultiPolygon:
    """Return the polygons of an outline that are large beside its largest; none of what is no area."""
    parts = shapely.get_parts(outline)
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    sizes = shapely.area(parts) * np.cos(np.radians(shapely.get_y(shapely.centroid(parts))))
    return shapely.MultiPolygon(list(parts[sizes >= _ISLAND * sizes.max(initial=0)]))


def cut(mainland: shapely.MultiPolygon, side: str) -> Part | None:
    """Return the middle and the reach of one side of a place, None where it has no area."""
    if mainland.is_empty:
        return None
    piece = shapely.clip_by_rect(mainland, *_side(mainland.bounds, side))
    if piece.is_empty:
        return None
    middle = piece.centroid if piece.contains(piece.centroid) else piece.representative_point()
    edge = shapely.get_coordinates(piece.convex_hull)
    scale = math.cos(math.radians(middle.y))
    reach = np.hypot((edge[:, 0] - middle.x) * scale, edge[:, 1] - middle.y).max() * math.radians(_EARTH_KM)
    return Part(side, round(middle.y, 5), round(middle.x, 5), round(float(reach), 1))


def _side(bounds: tuple[float, float, float, float], side: str) -> tuple[float, float, float, float]:
    """Return one side of a rectangle (west, south, east, north)."""
    west, south, east, north = bounds
    wide, tall = east - west, north - south
    if side == "central":
        return west + _MARGIN * wide, south + _MARGIN * tall, east - _MARGIN * wide, north - _MARGIN * tall
    rest = 1 - (_SHARE if side in ("north", "south", "east", "west") else _CORNER)
    return (
        west + rest * wide * ("east" in side),
        south + rest * tall * ("north" in side),
        east - rest * wide * ("west" in side),
        north - rest * tall * ("south" in side),
    )
