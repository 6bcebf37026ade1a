"""Where no event could be placed: the places that the articles name, as dots that nobody takes for events."""

from __future__ import annotations

import geopandas as gpd
import shapely

from dateline.maps.layers import layer
from dateline.maps.locator_page import Page
from dateline.maps.locator_symbols import Symbol
from dateline.maps.projection import project
from dateline.maps.tables import Tables

NOTE = "No event placed; dots are places named. Events are read in English only."
_RADIUS = 0.22  # in heights of a letter


def named_places(result: Tables) -> gpd.GeoDataFrame:
    """Return the places that a dot can stand for, most often named first: no country and no province.

    The table has the columns by which events' places are named.
    """
    places = layer(result, "places").sort_values("n_mentions", ascending=False, kind="stable")
    points = places[places.geometry.notna() & places["feature_class"].ne("A")]
    named = points.rename(columns={"name": "place"})[["place_id", "place", "country", "geometry"]]
    return named.assign(precision="exact", status="actual").reset_index(drop=True)


def draw_dots(page: Page, places: gpd.GeoDataFrame) -> list[Symbol]:
    """Draw a hollow dot for each place; return where they stand."""
    if places.empty:
        return []
    radius = _RADIUS * page.size
    at = shapely.get_coordinates(project(places.geometry.to_numpy(), page.seen.crs))
    page.axes.scatter(
        at[:, 0],
        at[:, 1],
        s=(2 * radius) ** 2,
        facecolors=page.theme.paper,
        edgecolors=page.theme.muted,
        linewidths=0.12 * page.size,
        zorder=6,
    )
    return [Symbol((round(x), round(y)), x, y, radius) for x, y in at.tolist()]
