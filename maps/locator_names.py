"""The names on a figure: events' places first, then countries and cities where there is room left."""

from __future__ import annotations

import contextlib
import io
import textwrap
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from dateline.maps import basemap
from dateline.maps.counts import is_counted
from dateline.maps.locator_page import Page, halo, plain
from dateline.maps.projection import project

#: Where a country's name may stand beside its place, in heights of the name: neighbours as close as Israel,
#: Palestine and Jordan shall all be named, and none so far off that it seems to name another.
_NUDGES = ((0, 0), (0, -0.7), (0, 0.7), (-2.7, 0), (2.7, 0), (-2.7, -0.7), (2.7, -0.7))
#: A name farther from its place, in heights of the name, seems to name another, whatever line leads to it.
_FARTHEST = 3.5


def reserve_scale(page: Page, *, right: bool) -> None:
    """Keep names away from the scale bar."""
    from matplotlib.transforms import Bbox

    box = page.axes.get_window_extent()
    wide, high = box.width * 0.27, 3.2 * page.size / 72 * page.figure.dpi
    x = box.x1 - wide if right else box.x0
    page.taken.append(Bbox.from_bounds(x, box.y0, wide, high))


def name_places(
    page: Page, placed: gpd.GeoDataFrame, spread: list[tuple[float, float, float]], most: int
) -> None:
    """Name the places, those with most events first; none stands on another or on a symbol."""
    import textalloc

    named = placed[placed["place"].astype(bool)]
    if named.empty:
        return
    weights = named["n_events"] if is_counted(named) else pd.Series(1, index=named.index)
    counts = weights.groupby([named["place_id"], named["place"]], sort=False).sum()
    chosen = counts.sort_values(ascending=False, kind="stable").index[:most]
    first = named.drop_duplicates(["place_id", "place"]).set_index(["place_id", "place"]).loc[chosen]
    at = shapely.get_coordinates(project(first.geometry.to_numpy(), page.seen.crs))
    texts = [textwrap.shorten(plain(place), 32, placeholder="…") or "?" for _, place in chosen]
    blocked = _blocked(page)
    around = np.array([(x, y) for x, y, _ in spread] + blocked)
    pixel = page.figure.dpi / 72
    radii: list[Any] = [radius * pixel for _, _, radius in spread] + [2.0 * pixel] * len(blocked)
    widest = {(x, y): radius * pixel for x, y, radius in spread}
    own: list[Any] = [widest.get((x, y), 0.4 * page.size * pixel) for x, y in at.round()]
    with contextlib.redirect_stdout(io.StringIO()):  # it prints when there is no room
        _, _, drawn, lines = textalloc.allocate(
            page.axes,
            at[:, 0],
            at[:, 1],
            texts,
            x_scatter=around[:, 0],
            y_scatter=around[:, 1],
            scatter_sizes=radii,
            text_scatter_sizes=own,
            textsize=page.size * 0.92,
            margin=0.002,
            min_distance=0.005,
            max_distance=0.06,
            direction=["east", "west", "north", "south", "northeast", "southeast", "northwest", "southwest"],
            draw_all=False,
            linecolor=page.theme.muted,
            linewidth=page.size / 16,
            textcolor=page.theme.ink,
            avoid_label_lines_overlap=True,
            parse_math=False,
            path_effects=halo(page, 0.22),
            fontweight="bold",
            zorder=9,
        )
    written: list[Any] = []
    points = page.axes.transData.transform(at)
    text: Any
    line: Any
    for text, line, (x, y), radius in zip(drawn, lines, points, own, strict=True):
        if text is None:
            continue
        if _gap(text.get_window_extent(page.renderer), x, y) > radius + _FARTHEST * page.size * pixel:
            text.remove()
            if line is not None:
                line.remove()
        else:
            written.append(text)
    page.taken += [text.get_window_extent(page.renderer) for text in written]
    for (x, y), radius in zip(page.axes.transData.transform(around[: len(spread)]), radii, strict=False):
        page.taken.append(_square(x, y, radius))


def _gap(box: Any, x: float, y: float) -> float:
    """Return how far a point lies from a box, in pixels."""
    return float(np.hypot(max(box.x0 - x, x - box.x1, 0), max(box.y0 - y, y - box.y1, 0)))


def _square(x: float, y: float, half: float) -> Any:
    """Return a square box about a point."""
    from matplotlib.transforms import Bbox

    return Bbox([[x - half, y - half], [x + half, y + half]])


def _blocked(page: Page) -> list[tuple[float, float]]:
    """Return points, in metres, that fill the boxes where no name may stand."""
    back = page.axes.transData.inverted()
    points = []
    for box in page.taken:
        x, y = np.meshgrid(np.linspace(box.x0, box.x1, 6), np.linspace(box.y0, box.y1, 6))
        points += [tuple(point) for point in back.transform(np.column_stack([x.ravel(), y.ravel()]))]
    return points


def name_ground(page: Page, base: basemap.Basemap) -> None:
    """Write the names of countries and cities where there is room left."""
    from dateline.maps.canvas import names

    frame = page.axes.get_window_extent()
    for name, x, y, country in names(base, page.seen):
        scale = 0.66 if country else 0.7
        text = page.axes.text(
            x,
            y,
            name if country else f"· {name}",
            fontsize=page.size * scale,
            color=page.theme.muted,
            ha="center" if country else "left",
            va="center",
            parse_math=False,
            path_effects=halo(page, 0.14),
            zorder=4,
        )
        box = text.get_window_extent(page.renderer)
        for right, up in _NUDGES if country else _NUDGES[:1]:
            moved = box.translated(right * box.height, up * box.height)
            inside = (
                moved.x0 > frame.x0 and moved.x1 < frame.x1 and moved.y0 > frame.y0 and moved.y1 < frame.y1
            )
            if inside and not any(moved.overlaps(other) for other in page.taken):
                pixel = page.metre * 72 / page.figure.dpi
                text.set_position((x + (moved.x0 - box.x0) * pixel, y + (moved.y0 - box.y0) * pixel))
                page.taken.append(moved)
                break
        else:
            text.remove()
