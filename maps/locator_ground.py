"""The names of the ground on a figure: countries inside their borders, those in the news first."""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from dateline.maps.basemap import Basemap
from dateline.maps.counts import is_counted
from dateline.maps.locator_page import Page, halo
from dateline.maps.projection import cap, project, visible

#: Wider figures (metres) show none of the smaller cities.
_CITIES_WIDTH = 2_200_000.0
#: Side of the cells in which room is looked for, as a share of a letter.
_CELL = 0.3
_SEA = -1
#: Parts of a country this much smaller than its largest in sight do not bear its name: French Guiana.
_MAIN = 0.2


@dataclass(slots=True)
class Cells:
    """The map in small cells, rows from the south: whose land each is, and whether something stands there."""

    page: Page
    owner: NDArray[np.int16]  # the country's row in the basemap
    main: NDArray[np.bool_]  # whether it is of the country's larger parts
    side: float  # pixels

    @property
    def frame(self) -> Any:
        """The map's box in pixels."""
        return self.page.axes.get_window_extent()

    def taken(self) -> NDArray[np.bool_]:
        """Return the cells that something stands on, and those at the edge."""
        taken = np.ones(self.owner.shape, dtype=bool)
        taken[1:-1, 1:-1] = False
        for box in self.page.taken:
            left, low, right, high = self.span(box)
            taken[max(low, 0) : max(high, 0), max(left, 0) : max(right, 0)] = True
        return taken

    def span(self, box: Any) -> tuple[int, int, int, int]:
        """Return the first and last column and row, the last excluded, that a box in pixels touches."""
        left, low, right, high = (np.array([box.min, box.max]) - self.frame.min).ravel() / self.side
        return math.floor(left), math.floor(low), math.ceil(right), math.ceil(high)


def cells(page: Page, base: Basemap) -> Cells:
    """Return the map's cells, each given to the country in which its middle lies."""
    from dateline.maps.canvas import shapes_of

    frame = page.axes.get_window_extent()
    side = _CELL * page.size * page.figure.dpi / 72
    metre = page.metre * _CELL * page.size  # metres of a cell
    west, south, _, _ = page.seen.box
    owner = np.full((int(frame.height // side), int(frame.width // side)), _SEA, dtype=np.int16)
    main = np.zeros(owner.shape, dtype=bool)
    x = west + metre * (np.arange(owner.shape[1]) + 0.5)
    y = south + metre * (np.arange(owner.shape[0]) + 0.5)
    shapes = visible(shapes_of(base.countries), page.seen)
    for row, shape in enumerate(shapes):
        if shapely.is_empty(shape):
            continue
        left, low, right, high = shapely.bounds(shape)
        columns = slice(*np.searchsorted(x, (left, right)))
        rows = slice(*np.searchsorted(y, (low, high)))
        at = np.meshgrid(x[columns], y[rows])
        parts = shapely.get_parts(shape)
        large = shapely.union_all(parts[shapely.area(parts) >= _MAIN * shapely.area(parts).max()])
        shapely.prepare([shape, large])
        owner[rows, columns][shapely.contains_xy(shape, *at)] = row
        main[rows, columns] |= shapely.contains_xy(large, *at)
    return Cells(page, owner, main, side)


def name_ground(page: Page, base: Basemap, placed: gpd.GeoDataFrame, named: set[str]) -> None:
    """Write the names of countries and cities where there is room left.

    Parameters
    ----------
    page : Page
    base : Basemap
    placed : GeoDataFrame
        The events: their countries come first, and are named even when small.
    named : set of str
        Codes of the countries whose name stands already.
    """
    ground = cells(page, base)
    for row, concerned in _countries(page, base, ground, placed):
        if base.countries["iso"].iat[row] not in named:
            _name_country(page, base, ground, row, concerned)
    _name_cities(page, base)


def _zoom(page: Page) -> float:
    """Return the web map's zoom at which as much is seen; the world is at 2 or so."""
    return math.log2(40_075_000 / page.seen.width) + 2.0


def _near(page: Page) -> Any:
    """Return the part of the globe about the map, which can be projected."""
    return cap(page.seen.middle, min(page.seen.reach + 1, 89.0))


def _countries(page: Page, base: Basemap, ground: Cells, placed: gpd.GeoDataFrame) -> list[tuple[int, bool]]:
    """Return rows of the countries to name and whether they are in the news, which then come first."""
    weights = placed["n_events"] if is_counted(placed) else placed["country"].astype(bool).astype(int)
    events = weights.groupby(placed["country"]).sum().to_dict()
    rows, sizes = np.unique(ground.owner[ground.owner >= 0], return_counts=True)
    iso, zoom = base.countries["iso"].to_numpy(), base.countries["zoom"].to_numpy()
    found = [
        (-events.get(iso[row], 0) if iso[row] else 0, -int(size), int(row))
        for row, size in zip(rows, sizes, strict=True)
    ]
    return [(row, count < 0) for count, _, row in sorted(found) if count < 0 or zoom[row] <= _zoom(page)]


def _name_country(page: Page, base: Basemap, ground: Cells, row: int, concerned: bool) -> None:
    """Write a country's name inside its borders, in one line or two, if there is room."""
    name = base.countries["name"].iat[row].upper()
    lines = textwrap.wrap(name, max(len(name) // 2 + 2, max(map(len, name.split()))))
    anchor = _anchor(page, base, ground, row)
    for text in dict.fromkeys([name, "\n".join(lines)]):
        drawn = page.axes.text(
            0,
            0,
            text,
            fontsize=page.size * 0.66,
            color=page.theme.muted,
            ha="center",
            va="center",
            linespacing=1.0,
            parse_math=False,
            path_effects=halo(page, 0.14),
            zorder=4,
        )
        box = drawn.get_window_extent(page.renderer)
        middle = _room(ground, row, box, anchor, concerned)
        if middle is not None:
            drawn.set_position(tuple(page.axes.transData.inverted().transform(middle)))
            page.taken.append(drawn.get_window_extent(page.renderer))
            return
        drawn.remove()


def _anchor(page: Page, base: Basemap, ground: Cells, row: int) -> tuple[float, float]:
    """Return the cell where a country's name stands best: at its label point, or amid what is seen of it."""
    rows, columns = np.nonzero(ground.main & (ground.owner == row))
    if not len(rows):
        rows, columns = np.nonzero(ground.owner == row)
    middle = (float(rows.mean()), float(columns.mean()))
    point = shapely.Point(base.countries["label_lon"].iat[row], base.countries["label_lat"].iat[row])
    if not page.seen.world and not shapely.intersects(_near(page), point):
        return middle
    x, y = shapely.get_coordinates(project(np.array([point], dtype=object), page.seen.crs))[0]
    metre = page.metre * _CELL * page.size
    at = (float((y - page.seen.box[1]) / metre), float((x - page.seen.box[0]) / metre))
    seen = all(0 <= place < most for place, most in zip(at, ground.owner.shape, strict=True))
    return at if seen and ground.owner[int(at[0]), int(at[1])] == row else middle


def _room(
    ground: Cells, row: int, box: Any, anchor: tuple[float, float], concerned: bool
) -> tuple[float, float] | None:
    """Return where, in pixels, the middle of a name may stand; none if it would seem to name another.

    It stands on its country's land, and hardly on another's; that of a country in the news may spill over
    a little, or stand in the sea before its coast.
    """
    wide, high = math.ceil(box.width / ground.side), math.ceil(box.height / ground.side)
    if wide >= ground.owner.shape[1] or high >= ground.owner.shape[0]:
        return None
    own = _sums(ground.owner == row, wide, high) / (wide * high)
    others = _sums(ground.owner >= 0, wide, high) / (wide * high) - own
    fits = (own >= 0.75) & (others <= 0.12)
    if concerned:
        fits |= ((own >= 0.55) & (others <= 0.4)) | ((own >= 0.08) & (others <= 0.02))
    fits &= _sums(ground.main & (ground.owner == row), wide, high) >= 0.08 * wide * high
    fits &= _sums(ground.taken(), wide, high) == 0
    if not fits.any():
        return None
    rows, columns = np.nonzero(fits)
    off = np.hypot(rows + high / 2 - anchor[0], columns + wide / 2 - anchor[1]) / high
    at = int(np.argmin(off + 8 * others[fits] + 2 * (1 - own[fits])))
    return (
        float(ground.frame.x0 + (columns[at] + wide / 2) * ground.side),
        float(ground.frame.y0 + (rows[at] + high / 2) * ground.side),
    )


def _sums(mask: NDArray[np.bool_], wide: int, high: int) -> NDArray[np.int64]:
    """Return how many cells of each window of a size are in a mask, by the window's lower left cell."""
    total = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), dtype=np.int64)
    total[1:, 1:] = mask.cumsum(axis=0).cumsum(axis=1)
    rows = total[high:] - total[:-high]
    return np.asarray(rows[:, wide:] - rows[:, :-wide])


def _name_cities(page: Page, base: Basemap) -> None:
    """Write the names of cities, each beside its dot."""
    if page.seen.width >= _CITIES_WIDTH:
        return
    cities = base.cities[base.cities["zoom"] <= _zoom(page) - 0.8]
    cities = cities[cities.intersects(_near(page))]
    at = shapely.get_coordinates(project(cities.geometry.to_numpy(), page.seen.crs))
    frame = page.axes.get_window_extent()
    for name, (x, y) in zip(cities["name"], at, strict=True):
        text = page.axes.text(
            x,
            y,
            f"· {name}",
            fontsize=page.size * 0.7,
            color=page.theme.muted,
            ha="left",
            va="center",
            parse_math=False,
            path_effects=halo(page, 0.14),
            zorder=4,
        )
        box = text.get_window_extent(page.renderer)
        inside = box.x0 > frame.x0 and box.x1 < frame.x1 and box.y0 > frame.y0 and box.y1 < frame.y1
        if inside and not any(box.overlaps(other) for other in page.taken):
            page.taken.append(box)
        else:
            text.remove()
