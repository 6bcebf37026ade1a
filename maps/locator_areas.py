"""Areas and circles of a figure: where events lie that are not known to the point."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from dateline.maps.counts import is_counted
from dateline.maps.locator_page import Page
from dateline.maps.palette import symbol
from dateline.maps.projection import project, within

#: Precisions at which a place's area says more than its point.
AREAS = ("region", "country", "admin1")


def find_areas(areas: gpd.GeoDataFrame, placed: gpd.GeoDataFrame) -> list[tuple[Any, str]]:
    """Return the areas somewhere in which events happened, with the colour of the first one's type."""
    wide = placed[placed["precision"].isin(AREAS)].drop_duplicates("place_id")
    known = areas.set_index("place_id").geometry
    found = [
        (known[key], symbol(kind).colour)
        for key, kind in zip(wide["place_id"], wide["type"], strict=True)
        if key in known.index
    ]
    return sorted(found, key=lambda area: -area[0].area)


def draw_areas(page: Page, areas: list[tuple[Any, str]]) -> None:
    """Draw areas softly: what is known to an area only has no point."""
    from matplotlib.patches import PathPatch

    from dateline.maps.canvas import outlined, polygons

    for area, colour in areas:
        for part in polygons(within(np.array([area], dtype=object), page.seen)):
            page.axes.add_patch(
                PathPatch(
                    outlined(part),
                    facecolor=f"{colour}1C",
                    edgecolor=page.theme.muted,
                    linewidth=page.size / 11,
                    linestyle=(0, (2.2, 1.4)),
                    zorder=3,
                )
            )


def draw_circles(page: Page, placed: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> None:
    """Draw how far from its point an event may lie, where no outline and no wide symbol says so."""
    from matplotlib.patches import Circle

    known = is_counted(placed) | placed["place_id"].isin(areas["place_id"])
    near = placed[~(known & placed["precision"].isin(AREAS)) & np.isfinite(placed["radius_km"])]
    near = near[near["radius_km"] * 1000 > page.size * page.metre].drop_duplicates(["place_id", "radius_km"])
    if near.empty or page.seen.world:
        return
    at = shapely.get_coordinates(project(near.geometry.to_numpy(), page.seen.crs))
    for (x, y), radius, kind in zip(at, near["radius_km"], near["type"], strict=True):
        page.axes.add_patch(
            Circle(
                (x, y),
                radius * 1000,
                facecolor=f"{symbol(kind).colour}1C",
                edgecolor=page.theme.muted,
                linewidth=page.size / 11,
                linestyle=(0, (2.2, 1.4)),
                zorder=3,
            )
        )
