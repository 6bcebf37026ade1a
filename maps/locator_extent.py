"""Which events a figure shows: what happened decides its extent, the rest is shown where it lies near."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from dateline.maps.alt import happened
from dateline.maps.counts import is_counted
from dateline.maps.locator_areas import find_areas
from dateline.maps.locator_page import plain
from dateline.maps.palette import UNSURE
from dateline.maps.projection import project, view

#: Title and legend leave a map at least this many times as wide for its height as the whole picture.
_FLATTEST = 2.5
#: The caption names so many places outside.
_NAMED = 4


def _settled(placed: pd.DataFrame) -> pd.Series:
    """Tell which events happened where they stand, as far as is known."""
    return happened(placed) & ~(placed["confidence"] < UNSURE)


def shapes_of(placed: gpd.GeoDataFrame, known: gpd.GeoDataFrame) -> list[Any]:
    """Return what a view of events must hold: their points, and areas in which something happened."""
    now = _settled(placed)
    return [*placed.geometry, *(area for area, _ in find_areas(known, placed[now] if now.any() else placed))]


def in_view(placed: gpd.GeoDataFrame, known: gpd.GeoDataFrame, aspect: float) -> NDArray[np.bool_]:
    """Tell which events are shown: what is planned or unsure far away must not make a dot of the news.

    Parameters
    ----------
    placed : GeoDataFrame
        Located events.
    known : GeoDataFrame
        Outlines of areas.
    aspect : float
        Width of the picture divided by its height; the map within is flatter, by how much is not known yet.
    """
    shown: NDArray[np.bool_] = _settled(placed).to_numpy(dtype=bool)
    while shown.any() and not shown.all() and not is_counted(placed):
        shapes = shapes_of(placed[shown], known)
        wide, tall = view(shapes, aspect * _FLATTEST), view(shapes, aspect)
        if wide.world or tall.world:
            break
        x, y = shapely.get_coordinates(project(placed.geometry.to_numpy(), tall.crs)).T
        west, south, east, north = wide.box[0], tall.box[1], wide.box[2], tall.box[3]
        near = (west < x) & (x < east) & (south < y) & (y < north)
        if not (near & ~shown).any():
            return shown
        shown = shown | near
    return np.ones(len(placed), dtype=bool)


def told_outside(outside: pd.DataFrame) -> str:
    """Return the sentence that names what lies outside the map, empty if nothing does."""
    why = outside["status"].where(~happened(outside), "uncertain")
    pairs = dict.fromkeys(zip(outside["place"], why, strict=True))
    named = [f"{plain(place)} ({status})" for place, status in pairs if place]
    if not named:
        return ""
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return f"Outside the map: {', '.join(named[:_NAMED])}{more}."
