"""The ground of a figure: land, borders, names, a scale bar and a globe, drawn with matplotlib."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.path import Path as Outline
from numpy.typing import NDArray

from dateline.maps.basemap import Basemap
from dateline.maps.projection import View, cap, project, within

#: Wider figures (metres) show no first-level units.
_ADMIN1_WIDTH = 3_500_000.0
#: In wider ones the scale differs too much from place to place for a scale bar.
_SCALE_WIDTH = 6_000_000.0


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of a figure, ``#RRGGBB``."""

    paper: str
    water: str
    land: str
    border: str
    admin1: str
    ink: str
    muted: str
    halo: str
    rim: str


LIGHT = Theme(
    "#FFFFFF", "#D9E7F0", "#F8F6F1", "#A7A3AE", "#E1DDD4", "#1E2127", "#676B74", "#FFFFFF", "#33363C"
)
DARK = Theme(
    "#12161C", "#1A2530", "#2C343F", "#687383", "#3A4350", "#F2F4F7", "#A3ADB9", "#161B22", "#F2F4F7"
)


def draw(axes: Axes, base: Basemap, seen: View, theme: Theme, weight: float) -> None:
    """Draw the basemap; `weight` is the width of a border in points."""
    west, south, east, north = seen.box
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], facecolor=theme.water)
    axes.set_aspect("equal")
    for spine in axes.spines.values():
        spine.set(edgecolor=theme.border, linewidth=weight)
    # Outlined in their own colour, neighbours leave no hair of water between them.
    _fill(axes, within(shapes_of(base.countries), seen), theme.land, weight * 0.5)
    _fill(axes, within(shapes_of(base.lakes), seen), theme.water, 0)
    if seen.width < _ADMIN1_WIDTH:
        _lines(axes, within(shapes_of(base.admin1_lines), seen), theme.admin1, weight * 0.8)
    _lines(axes, within(shapes_of(base.borders), seen), theme.border, weight)
    _lines(axes, within(shapes_of(base.disputed), seen), theme.border, weight, dashed=True)


def shapes_of(frame: Any) -> NDArray[np.object_]:
    """Return a table's geometries as an array."""
    return np.asarray(frame.geometry.to_numpy(), dtype=object)


def _fill(axes: Axes, shapes: NDArray[np.object_], colour: str, outline: float) -> None:
    """Fill polygons."""
    axes.add_collection(
        PathCollection(
            [outlined(shape) for shape in polygons(shapes)],
            facecolor=colour,
            edgecolor=colour,
            linewidth=outline,
            zorder=1,
        ),
        autolim=False,
    )


def polygons(shapes: NDArray[np.object_]) -> list[Any]:
    """Return the polygons that shapes consist of."""
    parts = shapely.get_parts(shapely.get_parts(shapes))
    return [part for part in parts if part.geom_type == "Polygon"]


def outlined(polygon: Any) -> Outline:
    """Return a polygon with its holes as a path."""
    rings = [np.asarray(ring.coords) for ring in (polygon.exterior, *polygon.interiors)]
    codes = [[Outline.MOVETO, *[Outline.LINETO] * (len(ring) - 2), Outline.CLOSEPOLY] for ring in rings]
    return Outline(np.concatenate(rings), np.concatenate(codes))


def _lines(
    axes: Axes, shapes: NDArray[np.object_], colour: str, width: float, *, dashed: bool = False
) -> None:
    """Draw lines."""
    lines = [np.asarray(line.coords) for line in shapely.get_parts(shapely.get_parts(shapes))]
    style = (0, (3, 2)) if dashed else "solid"
    axes.add_collection(
        LineCollection(
            lines, colors=colour, linewidths=width, linestyles=[style], capstyle="round", zorder=2
        ),
        autolim=False,
    )


def scale_bar(axes: Axes, seen: View, theme: Theme, size: float, *, right: bool) -> None:
    """Draw a scale bar in a lower corner; `size` is that of its letters in points."""
    if seen.world or seen.width > _SCALE_WIDTH:
        return
    length = _round(seen.width / 5)
    west, south, east, _ = seen.box
    inch = axes.figure.dpi_scale_trans.inverted().transform(axes.bbox.get_points())
    metre = seen.width / (inch[1][0] - inch[0][0]) / 72  # metres of the map in a point of the picture
    x = east - length - 1.2 * size * metre if right else west + 1.2 * size * metre
    y = south + 1.1 * size * metre
    tick = 0.35 * size * metre
    axes.plot(
        [x, x, x + length, x + length],
        [y + tick, y, y, y + tick],
        color=theme.ink,
        linewidth=size / 9,
        solid_joinstyle="miter",
        zorder=8,
    )
    axes.text(
        x + length / 2,
        y + tick * 0.6,
        f"{length / 1000:,.0f} km".replace(",", " "),
        ha="center",
        va="bottom",
        fontsize=size,
        color=theme.ink,
        zorder=8,
    )


def _round(length: float) -> float:
    """Return the largest of 1, 2 or 5 times a power of ten that is no longer than a length."""
    power = 10.0 ** math.floor(math.log10(length))
    return max(step * power for step in (1, 2, 5) if step * power <= length)


def globe(axes: Axes, base: Basemap, seen: View, theme: Theme, weight: float) -> None:
    """Draw a globe with the picture's frame into axes of its own."""
    radius = 6_371_007.2
    crs = f"+proj=ortho +lat_0={seen.middle[1]:.4f} +lon_0={seen.middle[0]:.4f} +R={radius} +units=m"
    half = cap(seen.middle, 89.5)
    coarse = shapely.make_valid(shapely.simplify(shapes_of(base.land), 0.3, preserve_topology=False))
    parts = project(shapely.segmentize(shapely.intersection(coarse, half), 2.0), crs)
    axes.set(xlim=(-1.04 * radius, 1.04 * radius), ylim=(-1.04 * radius, 1.04 * radius))
    axes.set_aspect("equal")
    axes.axis("off")
    turn = np.linspace(0, 2 * np.pi, 181)
    disc = shapely.Polygon(np.column_stack([np.cos(turn), np.sin(turn)]) * radius)
    _fill(axes, np.array([disc], dtype=object), theme.water, 0)
    _fill(axes, parts, theme.border, 0)
    axes.plot(*disc.exterior.xy, color=theme.muted, linewidth=weight)
    west, south, east, north = seen.box
    edge = shapely.segmentize(shapely.box(west, south, east, north).exterior, (east - west) / 20)
    # Both projections share their middle: a chord of the one is the sine of the other.
    points = np.asarray(edge.coords)
    chord = np.hypot(points[:, 0], points[:, 1])
    angle = 2 * np.arcsin(np.minimum(chord / (2 * radius), 1.0))
    frame = points * (radius * np.sin(angle) / np.maximum(chord, 1.0))[:, None]
    small = max(abs(west - east), abs(north - south)) < 0.12 * radius
    if small:  # too small for its frame to be seen
        axes.plot([0], [0], marker="s", markersize=weight * 6, color="#D55E00", markeredgewidth=0)
    else:
        axes.fill(*frame.T, facecolor="none", edgecolor="#D55E00", linewidth=weight * 1.8)
