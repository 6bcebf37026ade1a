"""A table of counts as a figure: areas shaded by how many events they hold, and the legend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from dateline.maps import counts
from dateline.maps.locator_page import Page
from dateline.maps.projection import within

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from dateline.maps.canvas import Theme


def _colours(theme: Theme) -> tuple[str, ...]:
    """Return the colours of the classes for a theme."""
    return counts.DARK if theme.rim > "#8" else counts.LIGHT


def draw_shades(page: Page, shaded: pd.Series, areas: gpd.GeoDataFrame) -> None:
    """Shade areas by their counts."""
    from matplotlib.patches import PathPatch

    from dateline.maps.canvas import outlined, polygons

    shapes = areas.drop_duplicates("place_id").set_index("place_id").geometry
    ends = counts.limits(shaded.to_list())
    for key, count in shaded.items():
        colour = _colours(page.theme)[counts.shade(count, ends)]
        for part in polygons(within(np.array([shapes[key]], dtype=object), page.seen)):
            page.axes.add_patch(
                PathPatch(
                    outlined(part),
                    facecolor=colour,
                    edgecolor=page.theme.paper,
                    linewidth=page.size / 20,
                    alpha=0.9,
                    zorder=2.5,
                )
            )


def draw_classes(figure: Figure, theme: Theme, size: float, shaded: pd.Series, bottom: float) -> float:
    """Draw the legend of the classes above `bottom`; return its upper edge in inches."""
    from matplotlib.patches import Rectangle

    ends = counts.limits(shaded.to_list())
    if not ends:
        return bottom
    width, height = figure.get_size_inches()
    edge, small = 0.9 * size / 72, size * 0.82
    axes = figure.add_axes((0, 0, 1, 1), zorder=-1)
    axes.set(xlim=(0, width), ylim=(0, height))
    axes.axis("off")
    title, *words = ["Events per area", *counts.ranges(ends)]
    first = edge + 0.6 * len(title) * small / 72
    step = min(8.5 * small / 72, (width - edge - first) / len(words))
    letters: dict[str, Any] = {"fontsize": small * 0.88, "parse_math": False}
    axes.text(edge, bottom + 1.1 * small / 72, title, color=theme.muted, va="bottom", **letters)
    for place, (word, least) in enumerate(zip(words, ends, strict=True)):
        corner = (first + place * step, bottom + 1.25 * small / 72)
        colour = _colours(theme)[counts.shade(least, ends)]
        axes.add_patch(Rectangle(corner, step, 0.7 * small / 72, facecolor=colour))
        axes.text(corner[0], bottom, word, color=theme.ink, va="bottom", **letters)
    return bottom + 2.4 * small / 72
