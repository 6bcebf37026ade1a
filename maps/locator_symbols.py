"""The symbols of a figure's events: their looks, and where those of one place stand side by side."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from dateline.maps.counts import is_counted
from dateline.maps.locator_areas import AREAS
from dateline.maps.locator_page import Page
from dateline.maps.palette import SHAPES, UNSURE, symbol
from dateline.maps.projection import View, project

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dateline.maps.canvas import Theme

#: With more places than this each shows its commonest type only.
_CROWD = 120


@dataclass(frozen=True, slots=True)
class Group:
    """Events of one type and look at one place."""

    kind: str
    look: str
    count: int
    x: float
    y: float
    radius: float  # of the symbol, in points


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol as drawn: its place's point, where it stands, and how far it reaches in points."""

    place: tuple[float, float]
    x: float
    y: float
    radius: float


def looks_of(events: gpd.GeoDataFrame) -> pd.Series:
    """Return how each event shall look: actual, wide (in an area), unsure, planned or faint."""
    looks = pd.Series("actual", index=events.index, dtype=object)
    looks[events["precision"].isin(AREAS)] = "wide"
    looks[events["confidence"] < UNSURE] = "unsure"
    looks[events["status"].isin(["denied", "hypothetical", "background"])] = "faint"
    looks[events["status"] == "planned"] = "planned"
    return looks


def _marker(kind: str) -> Any:
    """Return a type's symbol as matplotlib's path."""
    from matplotlib.path import Path as Outline

    corners = np.array(SHAPES[symbol(kind).shape])
    return Outline(np.vstack([corners, corners[:1]]), closed=True)


def _style(kind: str, look: str, theme: Theme, size: float) -> dict[str, Any]:
    """Return fill, rim and opacity of a symbol."""
    colour = symbol(kind).colour
    thin = {"linewidth": size / 16, "linestyle": "solid"}
    if look == "planned":
        rim = {"edgecolor": _lit(colour) if theme.rim > "#8" else colour, "linewidth": size / 6.5}
        return {**thin, "facecolor": theme.paper, **rim}
    if look == "wide":
        return {
            "facecolor": f"{colour}8C",
            "edgecolor": theme.muted,
            "linewidth": size / 14,
            "linestyle": (0, (2.2, 1.4)),
        }
    if look == "unsure":
        return {
            "facecolor": f"{colour}73",
            "edgecolor": theme.rim,
            "linewidth": size / 11,
            "linestyle": (0, (1.6, 1.2)),
        }
    return {**thin, "facecolor": f"{colour}{'59' if look == 'faint' else 'F2'}", "edgecolor": theme.rim}


def _reach(kind: str) -> float:
    """Return how far a type's symbol reaches, in radii of the circle of its area."""
    return float(np.abs(np.array(SHAPES[symbol(kind).shape])).max())


def _lit(colour: str) -> str:
    """Return a colour made lighter, to be seen on a dark ground."""
    return "#" + "".join(f"{(int(colour[at : at + 2], 16) + 255) // 2:02X}" for at in (1, 3, 5))


def stamp(
    axes: Axes, kind: str, look: str, theme: Theme, size: float, x: Any, y: Any, radii: list[float]
) -> None:
    """Draw symbols of one type and look; radii are in points, of a circle of the same area."""
    areas = [
        (2 * radius * _reach(kind)) ** 2 for radius in radii
    ]  # matplotlib scales a path to its widest corner
    style = _style(kind, look, theme, size)
    axes.scatter(x, y, s=areas, marker=_marker(kind), zorder=6, clip_on=True, **style)


def group_events(placed: gpd.GeoDataFrame, seen: View, size: float) -> list[list[Group]]:
    """Return the events by place, those of one type and look together, the fullest place last."""
    if placed.empty:
        return []
    at = shapely.get_coordinates(project(placed.geometry.to_numpy(), seen.crs)).round()
    table = pd.DataFrame({"kind": placed["type"], "look": placed["look"], "x": at[:, 0], "y": at[:, 1]})
    table["count"] = placed["n_events"] if is_counted(placed) else 1
    table = table[np.isfinite(at).all(axis=1)]
    counted = table.groupby(["x", "y", "kind", "look"], sort=False)["count"].sum().reset_index()
    crowded = is_crowded(placed)
    if crowded:  # each place's commonest alone, as large as all of them
        total = counted.groupby(["x", "y"])["count"].transform("sum")
        counted = counted.loc[counted.groupby(["x", "y"])["count"].idxmax()].assign(count=total)
    radius = (0.16 if crowded else 0.42) * size
    most = counted["count"].max() if crowded else 1
    places: dict[tuple[float, float], list[Group]] = {}
    for x, y, kind, look, count in counted.itertuples(index=False):
        grown = radius * (1 + 2 * math.sqrt(count / most) if crowded else 1 + 0.32 * math.log(count))
        places.setdefault((x, y), []).append(Group(kind, look, count, x, y, min(grown, 3 * radius)))
    return sorted(places.values(), key=lambda groups: sum(group.count for group in groups))


def is_crowded(placed: gpd.GeoDataFrame) -> bool:
    """Tell whether there are too many places to show each one's events side by side."""
    return int(placed.geometry.to_wkb().nunique()) > _CROWD


def draw_groups(page: Page, places: list[list[Group]]) -> list[Symbol]:
    """Draw every place's symbols side by side, the commonest on its point; return where they stand."""
    places = [sorted(groups, key=lambda group: -group.count) for groups in places]
    stood = [_symbol(one, one.x, one.y) for one, *_ in places]
    numbered = len(places) <= _CROWD
    for groups in places:
        own = (groups[0].x, groups[0].y)
        for group in groups:
            if group is not groups[0]:
                x, y = _beside(own, 2.15 * groups[0].radius * page.metre, stood)
                stood.append(_symbol(group, x, y))
            else:
                x, y = own
            stamp(page.axes, group.kind, group.look, page.theme, page.size, [x], [y], [group.radius])
            if group.count > 1 and numbered:
                _number(page, group, x, y)
    return stood


def _symbol(group: Group, x: float, y: float) -> Symbol:
    """Return a group's symbol where it stands."""
    return Symbol((group.x, group.y), x, y, group.radius * _reach(group.kind))


def _beside(own: tuple[float, float], step: float, stood: list[Symbol]) -> tuple[float, float]:
    """Return where a place's next symbol stands: beside its first, far from those of other places."""
    mine = np.array([(one.x, one.y) for one in stood if one.place == own])
    others = np.array([(one.x, one.y) for one in stood if one.place != own]).reshape(-1, 2)
    turn = 1.8 + np.arange(24) * math.pi / 12
    for ring in range(1, len(mine) + 2):
        spots = np.array(own) + ring * step * np.column_stack([np.cos(turn), np.sin(turn)])
        spots = spots[_nearest(spots, mine) > 0.97 * step]
        if len(spots):
            x, y = spots[np.argmax(np.minimum(_nearest(spots, others), 3 * step).round())]
            return float(x), float(y)
    return own


def _nearest(spots: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far each spot is from the nearest of others."""
    if not len(others):
        return np.full(len(spots), np.inf)
    return np.asarray(np.hypot(*(spots[:, None] - others).T).min(axis=0))


def _number(page: Page, group: Group, x: float, y: float) -> None:
    """Write how many events a symbol stands for."""
    red, green, blue = (int(symbol(group.kind).colour[start : start + 2], 16) for start in (1, 3, 5))
    bright = 0.299 * red + 0.587 * green + 0.114 * blue > 120
    page.axes.text(
        x,
        y,
        f"{group.count}" if group.count < 1000 else f"{group.count / 1000:.0f}k",
        fontsize=min(group.radius * (1.15 if group.count < 100 else 0.85), page.size * 0.8),
        color=page.theme.ink if group.look == "planned" else "#111111" if bright else "#FFFFFF",
        fontweight="bold",
        ha="center",
        va="center_baseline",
        zorder=7,
        clip_on=True,
    )
