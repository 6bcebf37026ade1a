"""The names of events' places on a figure: each beside its own symbol, or with a line to it."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from dateline.maps.alt import happened
from dateline.maps.counts import is_counted
from dateline.maps.locator_page import Page, halo, plain
from dateline.maps.locator_symbols import Symbol
from dateline.maps.projection import project

#: Where a name may stand about its symbol, best first: in units of half its width and height.
_SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))
#: Lengths of the line to a name that finds no room beside its symbol, in letters.
_LINES = (1.0, 1.8, 2.6)


class Spot(NamedTuple):
    """Where a name may stand: its box in pixels, as a shape, and the symbol it stands beside."""

    box: Any
    symbol: int
    line: bool


def reserve_scale(page: Page, *, right: bool) -> None:
    """Keep names away from the scale bar."""
    from matplotlib.transforms import Bbox

    box = page.axes.get_window_extent()
    wide, high = box.width * 0.27, 3.2 * page.size / 72 * page.figure.dpi
    x = box.x1 - wide if right else box.x0
    page.taken.append(Bbox.from_bounds(x, box.y0, wide, high))


def name_places(page: Page, placed: gpd.GeoDataFrame, stood: list[Symbol], most: int) -> set[str]:
    """Name the places, what happened before what is planned, those with most events first.

    A name stands on nothing else, and beside its own place's symbol: where that is not plain to see because
    another's is as near, a line leads to it, and where there is no room it is left out.

    Returns
    -------
    set of str
        Codes of the countries that are named.
    """
    named = placed[placed["place"].astype(bool)]
    board = Board(page, stood)
    countries = set()
    if not named.empty:
        for place in _ranked(named):
            if len(board.taken) - len(page.taken) == most:
                break
            first = named[(named["place_id"] == place[0]) & (named["place"] == place[1])].iloc[0]
            point = project(np.array([first.geometry], dtype=object), page.seen.crs)
            x, y = shapely.get_coordinates(point)[0]
            text = textwrap.shorten(plain(place[1]), 32, placeholder="…") or "?"
            if board.write(text, float(x), float(y)) and first["precision"] == "country":
                countries.add(first["country"])
    board.keep()
    return countries


def _ranked(named: gpd.GeoDataFrame) -> list[tuple[str, str]]:
    """Return id and name of the places, those to be named first at the front."""
    weights = named["n_events"] if is_counted(named) else pd.Series(1, index=named.index)
    table = pd.DataFrame({"now": weights.where(happened(named), 0), "all": weights})
    sums = table.groupby([named["place_id"], named["place"]], sort=False).sum()
    return list(sums.sort_values(["now", "all"], ascending=False, kind="stable").index)


class Board:
    """The map in pixels while its places are named."""

    def __init__(self, page: Page, stood: list[Symbol]) -> None:
        self.page = page
        self.letter = page.size * page.figure.dpi / 72
        self.at = page.axes.transData.transform(np.array([(one.x, one.y) for one in stood]).reshape(-1, 2))
        self.radii = np.array([one.radius for one in stood]) * page.figure.dpi / 72
        self.places = [one.place for one in stood]
        self.symbols = shapely.points(self.at)
        self.taken = [_shape(box) for box in page.taken]
        self.lines: list[Any] = []
        self.frame = _shape(page.axes.get_window_extent()).buffer(-0.2 * self.letter)

    def write(self, text: str, x: float, y: float) -> bool:
        """Write a name beside the symbols of a place; tell whether there was room."""
        own = np.array([place == (round(x), round(y)) for place in self.places], dtype=bool)
        if not own.any():  # shaded by its count: the name stands on the area
            own = self._point(x, y, own)
        drawn = self.page.axes.text(
            0,
            0,
            text,
            fontsize=self.page.size * 0.92,
            fontweight="bold",
            color=self.page.theme.ink,
            ha="center",
            va="center",
            parse_math=False,
            path_effects=halo(self.page, 0.22),
            zorder=9,
        )
        box = drawn.get_window_extent(self.page.renderer)
        spots = self._spots(np.flatnonzero(own), box.width / 2, box.height / 2)
        spot = next((one for one in spots if self._fits(one, own)), None)
        if spot is None:
            drawn.remove()
            return False
        middle = spot.box.centroid
        x, y = self.page.axes.transData.inverted().transform((middle.x, middle.y))
        drawn.set_position((x, y))
        if spot.line:
            self._lead(spot)
        self.taken.append(spot.box)
        return True

    def _point(self, x: float, y: float, own: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Let a place that has no symbol be a point; return which symbol is its own."""
        self.at = np.vstack([self.at, self.page.axes.transData.transform([(x, y)])])
        self.radii = np.append(self.radii, 0.0)
        self.places.append((round(x), round(y)))
        self.symbols = shapely.points(self.at)
        return np.append(own, True)

    def _spots(self, own: NDArray[np.int64], half: float, tall: float) -> Iterator[Spot]:
        """Return where a name may stand, best first: beside a symbol of its place, then at a line's end."""
        for symbol in own:
            x, y = self.at[symbol]
            away = self.radii[symbol] + 0.15 * self.letter
            for right, up in _SIDES:
                slant = 0.7 if right and up else 1.0
                yield Spot(
                    _about(x + right * (slant * away + half), y + up * (slant * away + tall), half, tall),
                    int(symbol),
                    line=False,
                )
        symbol = own[0]
        x, y = self.at[symbol]
        for length in _LINES:
            away = self.radii[symbol] + length * self.letter
            for turn in np.arange(16) * math.pi / 8:
                east, north = math.cos(turn), math.sin(turn)
                middle = (
                    x + east * away + round(1.3 * east) * half,
                    y + north * away + round(1.3 * north) * tall,
                )
                yield Spot(_about(*middle, half, tall), int(symbol), line=True)

    def _fits(self, spot: Spot, own: NDArray[np.bool_]) -> bool:
        """Tell whether a name stands free, and is seen to belong to its place."""
        standing = [*self.taken, *self.lines]
        if not self.frame.contains(spot.box) or any(spot.box.intersects(thing) for thing in standing):
            return False
        gaps = shapely.distance(spot.box, self.symbols) - self.radii
        if (gaps < 0.05 * self.letter).any():
            return False
        others = gaps[~own].min(initial=np.inf)
        if not spot.line:
            return bool(others > gaps[own].min() + 0.2 * self.letter)
        line = self._line(spot).difference(self.symbols[spot.symbol].buffer(self.radii[spot.symbol]))
        clear = shapely.distance(line, self.symbols[~own]) > self.radii[~own]
        free = not any(line.intersects(thing) for thing in standing)
        return bool(others > 0.3 * self.letter and clear.all() and free)

    def _line(self, spot: Spot) -> Any:
        """Return the line from a symbol to its name."""
        return shapely.shortest_line(shapely.Point(self.at[spot.symbol]), spot.box)

    def _lead(self, spot: Spot) -> None:
        """Draw the line from a symbol to its name."""
        line = self._line(spot)
        points = self.page.axes.transData.inverted().transform(shapely.get_coordinates(line))
        self.page.axes.plot(*points.T, color=self.page.theme.ink, linewidth=self.page.size / 13, zorder=5)
        self.lines.append(line)

    def keep(self) -> None:
        """Keep what is written later away from names, lines and symbols."""
        from matplotlib.transforms import Bbox

        shapes = [*self.taken[len(self.page.taken) :], *self.lines]
        shapes += [_about(x, y, radius, radius) for (x, y), radius in zip(self.at, self.radii, strict=True)]
        self.page.taken += [Bbox(np.reshape(shape.bounds, (2, 2))) for shape in shapes]


def _shape(box: Any) -> Any:
    """Return a box in pixels as a shape."""
    return shapely.box(box.x0, box.y0, box.x1, box.y1)


def _about(x: float, y: float, half: float, tall: float) -> Any:
    """Return a box about a point as a shape."""
    return shapely.box(x - half, y - tall, x + half, y + tall)
