"""What stands around the map of a figure: title, legend, sources and credits."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from dateline.maps import counts
from dateline.maps.alt import period
from dateline.maps.layers import credit
from dateline.maps.locator_areas import AREAS
from dateline.maps.locator_page import plain, wrapped, write_text
from dateline.maps.locator_symbols import is_crowded, stamp
from dateline.maps.palette import SYMBOLS, symbol
from dateline.maps.tables import Tables

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from dateline.maps.canvas import Theme

#: The legend names so many types; the rest together.
_LEGEND = 9


def events_and_days(events: gpd.GeoDataFrame) -> str:
    """Return how many events there are, and when."""
    number = counts.number(events)
    unplaced = number - counts.number(events[events.geometry.notna()])
    count = f"{number:,} event{'s' if number != 1 else ''}"
    days = period(events)
    parts = [count, days, f"{unplaced:,} not located" if unplaced else ""]
    return " · ".join(part for part in parts if part)


def write_headings(figure: Figure, theme: Theme, size: float, title: str, subtitle: str) -> float:
    """Write title and subtitle; return the height they take, in inches."""
    width, height = figure.get_size_inches()
    edge = 0.9 * size / 72
    y = height - edge
    lines = [(line, 1.45, "bold", theme.ink) for line in wrapped(title, width - 2 * edge, size * 1.5, 2)]
    lines += [(line, 0.95, "normal", theme.muted) for line in wrapped(subtitle, width - 2 * edge, size, 2)]
    for line, scale, weight, colour in lines:
        write_text(figure, edge, y, line, fontsize=size * scale, fontweight=weight, color=colour, va="top")
        y -= size * scale * 1.32 / 72
    return float(height - y + (0.25 * size / 72 if lines else 0))


def write_credits(figure: Figure, theme: Theme, size: float, result: Tables, outside: str) -> float:
    """Write what lies outside, sources and credits at the foot; return their height in inches."""
    named = [name for name in result.events["source"].dropna().unique() if str(name).strip()]
    sources = ", ".join(map(str, named[:3])) + (f" and {len(named) - 3} more" if len(named) > 3 else "")
    text = " ".join([f"Source: {sources}." if named else "", credit(result), "Map: Natural Earth."])
    if not counts.is_counted(result.events) and is_crowded(result.events[result.events.geometry.notna()]):
        text = f"Each symbol shows the commonest type at its place. {text}"
    if outside:
        text = f"{outside} {text}"
    small = size * 0.68
    edge = 0.9 * size / 72
    lines = wrapped(plain(text), figure.get_size_inches()[0] - 2 * edge, small, 3)
    y = edge * 0.8
    for line in reversed(lines):
        write_text(figure, edge, y, line, fontsize=small, color=theme.muted, va="bottom")
        y += small * 1.35 / 72
    return y + 0.3 * size / 72


def draw_legend(
    figure: Figure, theme: Theme, size: float, placed: gpd.GeoDataFrame, areas: list[Any], bottom: float
) -> float:
    """Draw the legend above `bottom`; return its upper edge in inches."""
    entries = _entries(placed, areas)
    if not entries:
        return bottom
    width, height = figure.get_size_inches()
    edge, small = 0.9 * size / 72, size * 0.82
    longest = max(len(label) for _, _, label in entries)
    column = (longest * 0.56 + 2.6) * small / 72
    columns = max(1, min(len(entries), int((width - 2 * edge) / column)))
    rows = math.ceil(len(entries) / columns)
    axes = figure.add_axes((0, 0, 1, 1), zorder=-1)
    axes.set(xlim=(0, width), ylim=(0, height))
    axes.axis("off")
    step = small * 1.65 / 72
    for number, (kind, look, label) in enumerate(entries):
        row, place = divmod(number, columns)
        x, y = edge + place * column, bottom + (rows - row - 0.5) * step
        radius = 0.42 * small
        if look == "area":
            axes.plot(
                [x, x + 1.1 * small / 72],
                [y, y],
                color=theme.muted,
                linewidth=size / 8,
                linestyle=(0, (2.2, 1.4)),
            )
        else:
            stamp(axes, kind, look, theme, size, [x + 0.55 * small / 72], [y], [radius])
        axes.text(
            x + 1.6 * small / 72,
            y,
            label,
            fontsize=small,
            color=theme.ink,
            va="center_baseline",
            parse_math=False,
        )
    return bottom + rows * step + 0.35 * size / 72


def _entries(placed: gpd.GeoDataFrame, areas: list[Any]) -> list[tuple[str, str, str]]:
    """Return the legend: type, look and label of each entry."""
    order = {kind: place for place, kind in enumerate(SYMBOLS)}
    number = pd.Series({kind: counts.number(rows) for kind, rows in placed.groupby("type")}, dtype=int)
    number = number.sort_values(ascending=False, kind="stable")
    kinds = sorted(number.index[:_LEGEND], key=lambda kind: (order.get(kind, len(order)), kind))
    entries = [(kind, "actual", f"{plain(symbol(kind).label)[:28]} ({number[kind]:,})") for kind in kinds]
    if len(number) > _LEGEND:
        rest = number.iloc[_LEGEND:]
        entries.append(("OTHER", "actual", f"{len(rest)} other types ({rest.sum():,})"))
    named = {
        "wide": "Region or country only",
        "planned": "Planned",
        "unsure": "Uncertain",
        "faint": "Background or denied",
    }
    looks = set(placed["look"])
    entries += [("OTHER", look, label) for look, label in named.items() if look in looks]
    wide = bool(areas) or placed["precision"].isin([*AREAS, "near"]).any()
    return entries + ([("OTHER", "area", "Somewhere in this area")] if wide else [])
