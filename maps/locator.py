"""Locator maps for print and slides: PNG, SVG and PDF, drawn without a browser."""

from __future__ import annotations

import contextlib
import io
import math
import os
import textwrap
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from dateline.errors import InputError, MissingExtraError
from dateline.maps import basemap
from dateline.maps.alt import alt_text, period
from dateline.maps.basemap import Worldview
from dateline.maps.files import write_atomically
from dateline.maps.layers import clean, credit, layer
from dateline.maps.palette import SHAPES, SYMBOLS, UNSURE, symbol
from dateline.maps.projection import View, project, view, within
from dateline.maps.tables import Tables, check

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from dateline.maps.canvas import Theme

Size = Literal["slide", "page", "column", "social"]
#: Size -> width and height in inches, dots per inch, letters in points, the most labels.
SIZES: dict[str, tuple[float, float, int, float, int]] = {
    "slide": (13.333, 7.5, 144, 15.0, 24),
    "page": (6.3, 4.7, 300, 8.0, 20),
    "column": (3.35, 3.9, 300, 6.6, 10),
    "social": (12.0, 6.75, 100, 15.0, 16),
}
_FORMATS = (".png", ".svg", ".pdf")
#: The legend names so many types; the rest together.
_LEGEND = 9
#: With more places than this each shows its commonest type only.
_CROWD = 120
#: Precisions at which a place's area says more than its point.
_AREAS = ("region", "country", "admin1")
#: For scripts that DejaVu Sans lacks.
_FURTHER_FONTS = (
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans CJK SC",
)
#: Where a country's name may stand beside its place, in heights of the name: neighbours as close as Israel,
#: Palestine and Jordan shall all be named, and none so far off that it seems to name another.
_NUDGES = ((0, 0), (0, -0.7), (0, 0.7), (-2.7, 0), (2.7, 0), (-2.7, -0.7), (2.7, -0.7))
_GOLDEN = math.pi * (3 - math.sqrt(5))


@dataclass(frozen=True, slots=True)
class _Group:
    """Events of one type and look at one place."""

    kind: str
    look: str
    count: int
    x: float
    y: float
    radius: float  # of the symbol, in points


@dataclass(slots=True)
class _Page:
    """What drawing needs throughout."""

    figure: Figure
    axes: Axes
    theme: Theme
    seen: View
    size: float  # of letters, in points
    taken: list[Any] = field(default_factory=list)  # boxes in pixels where no name may stand

    @property
    def renderer(self) -> Any:
        """What measures text."""
        canvas: Any = self.figure.canvas
        return canvas.get_renderer()

    @property
    def metre(self) -> float:
        """Metres of the map in a point of the picture."""
        width = self.axes.get_window_extent().width / self.figure.dpi * 72
        return self.seen.width / width


def figure(
    result: Tables,
    path: str | os.PathLike[str],
    *,
    size: Size = "page",
    dark: bool = False,
    title: str | None = None,
    subtitle: str | None = None,
    worldview: Worldview = "un",
) -> Path:
    """Draw a result as a locator map for a report, an article or a slide.

    Title, sources and credits stand in the picture; its alt text (see :func:`~dateline.maps.alt.alt_text`) in
    the file's metadata.  The same result gives the same bytes.

    Parameters
    ----------
    result : Tables
    path : path
        The picture: ``.png``, ``.svg`` or ``.pdf``.
    size : {"slide", "page", "column", "social"}
        A 16:9 slide (1920 x 1080 pixels), the width of a page (160 mm) or of a column (85 mm), a post
        (1200 x 675 pixels).
    dark : bool
        Light on dark.
    title : str, optional
        By default that of the article, when there is one only; ``""`` for none.
    subtitle : str, optional
        By default the number of events and their days.
    worldview : {"un", "de-facto"}
        Whose borders to draw.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    InputError
        If there is no such size or format.
    MissingExtraError
        If matplotlib or textalloc is not installed.
    OutputError
        If the file cannot be written; an older one is untouched.
    """
    path = Path(path)
    form = path.suffix.lower()
    if form not in _FORMATS:
        raise InputError(f"no figure can be written as '{path.name}': choose one of {', '.join(_FORMATS)}")
    if size not in get_args(Size):
        raise InputError(f"no size '{size}': choose one of {', '.join(get_args(Size))}")
    try:
        import matplotlib
        import textalloc  # noqa: F401
    except ImportError as error:
        raise MissingExtraError("A figure", "figure") from error
    check(result)
    heading = _title(result) if title is None else title
    alt = _plain(alt_text(result))
    fonts: dict[str, Any] = {"font.family": _families(), "svg.hashsalt": "dateline", "pdf.fonttype": 42}
    settings: dict[Any, Any] = {**matplotlib.rcParamsDefault, **fonts}
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)  # a box stands for a letter no font has
        drawn = _drawn(result, size, dark, _plain(heading), subtitle, worldview)
        options: dict[str, Any] = {
            "metadata": _metadata(form, _plain(heading), alt),
            "facecolor": drawn.get_facecolor(),
        }

        def write_draft(draft: Path) -> None:
            drawn.savefig(draft, **options)
            if form == ".svg":
                draft.write_text(_described(draft.read_text("utf-8"), _plain(heading), alt), "utf-8")

        return write_atomically(path, write_draft)


#: By this name :func:`~dateline.maps.save.save` finds a writer.
write = figure


def _families() -> list[str]:
    """Return the fonts: matplotlib's own, which every machine has, then others for letters that it lacks."""
    from matplotlib.font_manager import fontManager

    known = set(fontManager.get_font_names())
    return ["DejaVu Sans", *(name for name in _FURTHER_FONTS if name in known)]


def _plain(text: str) -> str:
    """Return text in one line, without characters that no file keeps."""
    (cleaned,) = clean(np.array([" ".join(text.split())], dtype=object))
    return str(cleaned)


def _title(result: Tables) -> str:
    """Return the article's title when there is but one article."""
    return str(result.articles["title"].iloc[0]) if len(result.articles) == 1 else ""


def _metadata(form: str, title: str, alt: str) -> dict[str, Any]:
    """Return what the file says of itself; no dates, which would differ from run to run."""
    if form == ".png":
        return {"Title": title, "Description": alt, "Software": "Dateline"}
    if form == ".svg":
        return {"Title": title, "Description": alt, "Creator": "Dateline", "Date": None}
    return {"Title": title, "Subject": alt, "Creator": "Dateline", "Producer": None, "CreationDate": None}


def _described(svg: str, title: str, alt: str) -> str:
    """Return an SVG with its title and alt text where screen readers look for them."""
    from xml.sax.saxutils import escape

    head, tag, rest = svg.partition("<svg ")
    inside, close, body = rest.partition(">")
    words = f"\n <title>{escape(title or alt)}</title>\n <desc>{escape(alt)}</desc>"
    return f'{head}{tag}role="img" {inside}{close}{words}{body}'


def _drawn(
    result: Tables, size: str, dark: bool, title: str, subtitle: str | None, worldview: Worldview
) -> Figure:
    """Return the finished figure."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from dateline.maps import canvas

    theme = canvas.DARK if dark else canvas.LIGHT
    width, height, dpi, letters, most = SIZES[size]
    drawn = Figure(figsize=(width, height), dpi=dpi, facecolor=theme.paper)
    FigureCanvasAgg(drawn)
    events = layer(result, "events")
    placed = events[events.geometry.notna()].reset_index(drop=True)
    placed["look"] = _looks(placed)
    areas = _areas(result, placed)
    top = _headings(drawn, theme, letters, title, _subtitle(events) if subtitle is None else subtitle)
    bottom = _credits(drawn, theme, letters, result)
    bottom = _legend(drawn, theme, letters, placed, areas, bottom)
    edge = 0.9 * letters / 72
    box = (edge / width, bottom / height, 1 - 2 * edge / width, (height - top - bottom) / height)
    axes = drawn.add_axes(box)
    shapes = [*placed.geometry, *(area for area, _ in areas)] or list(layer(result, "places").geometry)
    seen = view([shape for shape in shapes if shape is not None], box[2] * width / (box[3] * height))
    page = _Page(drawn, axes, theme, seen, letters)
    base = basemap.load(worldview)
    canvas.draw(axes, base, seen, theme, letters / 18)
    _draw_areas(page, areas)
    groups = _groups(placed, seen, letters)
    corner = _free_corner(page, groups)
    if not seen.world:
        _draw_globe(page, base, corner)
    right = corner == (0, 0)
    canvas.scale_bar(axes, seen, theme, letters * 0.72, right=right)
    _draw_circles(page, placed)
    spread = _draw_groups(page, groups)
    _reserve_scale(page, right=right)
    _label(page, placed, spread, most)
    _name_ground(page, base)
    return drawn


def _looks(events: gpd.GeoDataFrame) -> pd.Series:
    """Return how each event shall look: actual, wide (in an area), unsure, planned or faint."""
    looks = pd.Series("actual", index=events.index, dtype=object)
    looks[events["precision"].isin(_AREAS)] = "wide"
    looks[events["confidence"] < UNSURE] = "unsure"
    looks[events["status"].isin(["denied", "hypothetical", "background"])] = "faint"
    looks[events["status"] == "planned"] = "planned"
    return looks


def _areas(result: Tables, placed: gpd.GeoDataFrame) -> list[tuple[Any, str]]:
    """Return the areas somewhere in which events happened, with the colour of the first one's type."""
    wide = placed[placed["precision"].isin(_AREAS)].drop_duplicates("place_id")
    known = layer(result, "areas").set_index("place_id").geometry
    found = [
        (known[key], symbol(kind).colour)
        for key, kind in zip(wide["place_id"], wide["type"], strict=True)
        if key in known.index
    ]
    return sorted(found, key=lambda area: -area[0].area)


def _subtitle(events: gpd.GeoDataFrame) -> str:
    """Return how many events there are, and when."""
    number = events["event_id"].nunique()
    unplaced = number - events["event_id"][events.geometry.notna()].nunique()
    count = f"{number:,} event{'s' if number != 1 else ''}"
    days = period(events)
    parts = [count, days, f"{unplaced:,} not located" if unplaced else ""]
    return " · ".join(part for part in parts if part)


def _text(figure: Figure, x: float, y: float, text: str, **options: Any) -> None:
    """Write text at inches from the lower left corner; a dollar sign in it starts no formula."""
    width, height = figure.get_size_inches()
    figure.text(x / width, y / height, text, parse_math=False, **options)


def _wrapped(text: str, width: float, size: float, most: int) -> list[str]:
    """Break text into lines of a width in inches, about equally long."""
    letters = max(12, int(width * 72 / (size * 0.58)))
    lines = textwrap.wrap(text, letters, max_lines=most, placeholder=" …")
    for fewer in range(letters - 1, letters // 2, -1):
        shorter = textwrap.wrap(text, fewer)
        if len(shorter) != len(lines):
            break
        lines = shorter
    return lines


def _headings(figure: Figure, theme: Theme, size: float, title: str, subtitle: str) -> float:
    """Write title and subtitle; return the height they take, in inches."""
    width, height = figure.get_size_inches()
    edge = 0.9 * size / 72
    y = height - edge
    lines = [(line, 1.45, "bold", theme.ink) for line in _wrapped(title, width - 2 * edge, size * 1.5, 2)]
    lines += [(line, 0.95, "normal", theme.muted) for line in _wrapped(subtitle, width - 2 * edge, size, 2)]
    for line, scale, weight, colour in lines:
        _text(figure, edge, y, line, fontsize=size * scale, fontweight=weight, color=colour, va="top")
        y -= size * scale * 1.32 / 72
    return float(height - y + (0.25 * size / 72 if lines else 0))


def _credits(figure: Figure, theme: Theme, size: float, result: Tables) -> float:
    """Write sources and credits at the foot; return the height they take, in inches."""
    named = [name for name in result.events["source"].dropna().unique() if str(name).strip()]
    sources = ", ".join(map(str, named[:3])) + (f" and {len(named) - 3} more" if len(named) > 3 else "")
    text = " ".join([f"Source: {sources}." if named else "", credit(result), "Map: Natural Earth."])
    if _crowded(result.events[result.events.geometry.notna()]):
        text = f"Each symbol shows the commonest type at its place. {text}"
    small = size * 0.68
    edge = 0.9 * size / 72
    lines = _wrapped(_plain(text), figure.get_size_inches()[0] - 2 * edge, small, 3)
    y = edge * 0.8
    for line in reversed(lines):
        _text(figure, edge, y, line, fontsize=small, color=theme.muted, va="bottom")
        y += small * 1.35 / 72
    return y + 0.3 * size / 72


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


def _lit(colour: str) -> str:
    """Return a colour made lighter, to be seen on a dark ground."""
    return "#" + "".join(f"{(int(colour[at : at + 2], 16) + 255) // 2:02X}" for at in (1, 3, 5))


def _legend(
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
            _stamp(axes, kind, look, theme, size, [x + 0.55 * small / 72], [y], [radius])
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
    counts = placed["type"].value_counts(sort=True)
    kinds = sorted(counts.index[:_LEGEND], key=lambda kind: (order.get(kind, len(order)), kind))
    entries = [(kind, "actual", f"{_plain(symbol(kind).label)[:28]} ({counts[kind]:,})") for kind in kinds]
    if len(counts) > _LEGEND:
        entries.append(
            ("OTHER", "actual", f"{len(counts) - _LEGEND} other types ({counts.iloc[_LEGEND:].sum():,})")
        )
    named = {"planned": "Planned", "unsure": "Uncertain", "faint": "Background or denied"}
    looks = set(placed["look"])
    entries += [("OTHER", look, label) for look, label in named.items() if look in looks]
    return entries + ([("OTHER", "area", "Somewhere in this area")] if areas else [])


def _stamp(
    axes: Axes, kind: str, look: str, theme: Theme, size: float, x: Any, y: Any, radii: list[float]
) -> None:
    """Draw symbols of one type and look; radii are in points, of a circle of the same area."""
    reach = np.abs(np.array(SHAPES[symbol(kind).shape])).max()
    areas = [(2 * radius * reach) ** 2 for radius in radii]  # matplotlib scales a path to its widest corner
    style = _style(kind, look, theme, size)
    axes.scatter(x, y, s=areas, marker=_marker(kind), zorder=6, clip_on=True, **style)


def _groups(placed: gpd.GeoDataFrame, seen: View, size: float) -> list[list[_Group]]:
    """Return the events by place, those of one type and look together, the fullest place last."""
    if placed.empty:
        return []
    at = shapely.get_coordinates(project(placed.geometry.to_numpy(), seen.crs)).round()
    table = pd.DataFrame({"kind": placed["type"], "look": placed["look"], "x": at[:, 0], "y": at[:, 1]})
    table = table[np.isfinite(at).all(axis=1)]
    counted = table.groupby(["x", "y", "kind", "look"], sort=False).size().reset_index(name="count")
    crowded = _crowded(placed)
    if crowded:  # each place's commonest alone, as large as all of them
        total = counted.groupby(["x", "y"])["count"].transform("sum")
        counted = counted.loc[counted.groupby(["x", "y"])["count"].idxmax()].assign(count=total)
    radius = (0.16 if crowded else 0.42) * size
    most = counted["count"].max() if crowded else 1
    places: dict[tuple[float, float], list[_Group]] = {}
    for x, y, kind, look, count in counted.itertuples(index=False):
        grown = radius * (1 + 2 * math.sqrt(count / most) if crowded else 1 + 0.32 * math.log(count))
        places.setdefault((x, y), []).append(_Group(kind, look, count, x, y, min(grown, 3 * radius)))
    return sorted(places.values(), key=lambda groups: sum(group.count for group in groups))


def _crowded(placed: gpd.GeoDataFrame) -> bool:
    """Tell whether there are too many places to show each one's events side by side."""
    return int(placed.geometry.to_wkb().nunique()) > _CROWD


def _draw_groups(page: _Page, places: list[list[_Group]]) -> list[tuple[float, float, float]]:
    """Draw every place's symbols side by side; return where they stand and their radii in points."""
    stood = []
    numbered = len(places) <= _CROWD
    for groups in places:
        groups = sorted(groups, key=lambda group: -group.count)
        step = 2.15 * groups[0].radius * page.metre
        for number, group in enumerate(groups):
            away = step * math.sqrt(number)
            x = group.x + away * math.cos(number * _GOLDEN - 0.6)
            y = group.y + away * math.sin(number * _GOLDEN - 0.6)
            _stamp(page.axes, group.kind, group.look, page.theme, page.size, [x], [y], [group.radius])
            stood.append((x, y, group.radius))
            if group.count > 1 and numbered:
                _number(page, group, x, y)
    return stood


def _number(page: _Page, group: _Group, x: float, y: float) -> None:
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


def _draw_areas(page: _Page, areas: list[tuple[Any, str]]) -> None:
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


def _draw_circles(page: _Page, placed: gpd.GeoDataFrame) -> None:
    """Draw how far from its point an event may lie, where that is wider than its symbol."""
    from matplotlib.patches import Circle

    near = placed[~placed["precision"].isin(_AREAS)]
    near = near[np.isfinite(near["radius_km"]) & (near["radius_km"] * 1000 > page.size * page.metre)]
    near = near.drop_duplicates(["place_id", "radius_km"])
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


def _free_corner(page: _Page, places: list[list[_Group]]) -> tuple[int, int]:
    """Return the corner of the map with the fewest places: (0, 0) is the lower left."""
    west, south, east, north = page.seen.box
    counts = {}
    for corner in ((1, 1), (0, 0), (1, 0), (0, 1)):
        share = [
            abs((groups[0].x - west) / (east - west) - corner[0]) < 0.27
            and abs((groups[0].y - south) / (north - south) - corner[1]) < 0.33
            for groups in places
        ]
        counts[corner] = sum(share)
    return min(counts, key=lambda corner: counts[corner])


def _draw_globe(page: _Page, base: basemap.Basemap, corner: tuple[int, int]) -> None:
    """Draw the globe into a corner of the map."""
    from dateline.maps import canvas

    box = page.axes.get_position()
    width, height = page.figure.get_size_inches()
    side = 0.24 * min(box.width * width, box.height * height)
    gap = 0.5 * page.size / 72
    x = box.x0 * width + (gap if corner[0] == 0 else box.width * width - gap - side)
    y = box.y0 * height + (gap if corner[1] == 0 else box.height * height - gap - side)
    inset = page.figure.add_axes((x / width, y / height, side / width, side / height), zorder=5)
    canvas.globe(inset, base, page.seen, page.theme, page.size / 14)
    page.taken.append(inset.get_window_extent())


def _reserve_scale(page: _Page, *, right: bool) -> None:
    """Keep names away from the scale bar."""
    from matplotlib.transforms import Bbox

    box = page.axes.get_window_extent()
    wide, high = box.width * 0.27, 3.2 * page.size / 72 * page.figure.dpi
    x = box.x1 - wide if right else box.x0
    page.taken.append(Bbox.from_bounds(x, box.y0, wide, high))


def _halo(page: _Page, share: float) -> list[Any]:
    """Return the halo of a text; `share` of the letters' size."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=page.size * share, foreground=page.theme.halo, alpha=0.85)]


def _label(
    page: _Page, placed: gpd.GeoDataFrame, spread: list[tuple[float, float, float]], most: int
) -> None:
    """Name the places, those with most events first; none stands on another or on a symbol."""
    import textalloc

    named = placed[placed["place"].astype(bool)]
    if named.empty:
        return
    counts = named.groupby(["place_id", "place"], sort=False).size()
    chosen = counts.sort_values(ascending=False, kind="stable").index[:most]
    first = named.drop_duplicates(["place_id", "place"]).set_index(["place_id", "place"]).loc[chosen]
    at = shapely.get_coordinates(project(first.geometry.to_numpy(), page.seen.crs))
    texts = [textwrap.shorten(_plain(place), 32, placeholder="…") or "?" for _, place in chosen]
    blocked = _blocked(page)
    around = np.array([(x, y) for x, y, _ in spread] + blocked)
    pixel = page.figure.dpi / 72
    radii: list[Any] = [radius * pixel for _, _, radius in spread] + [2.0 * pixel] * len(blocked)
    widest = {(x, y): radius * pixel for x, y, radius in spread}
    own: list[Any] = [widest.get((x, y), 0.4 * page.size * pixel) for x, y in at.round()]
    with contextlib.redirect_stdout(io.StringIO()):  # it prints when there is no room
        _, _, drawn, _ = textalloc.allocate(
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
            path_effects=_halo(page, 0.22),
            fontweight="bold",
            zorder=9,
        )
    written: list[Any] = [text for text in drawn if text is not None]
    page.taken += [text.get_window_extent(page.renderer) for text in written]
    for (x, y), radius in zip(page.axes.transData.transform(around[: len(spread)]), radii, strict=False):
        page.taken.append(_square(x, y, radius))


def _square(x: float, y: float, half: float) -> Any:
    """Return a square box about a point."""
    from matplotlib.transforms import Bbox

    return Bbox([[x - half, y - half], [x + half, y + half]])


def _blocked(page: _Page) -> list[tuple[float, float]]:
    """Return points, in metres, that fill the boxes where no name may stand."""
    back = page.axes.transData.inverted()
    points = []
    for box in page.taken:
        x, y = np.meshgrid(np.linspace(box.x0, box.x1, 6), np.linspace(box.y0, box.y1, 6))
        points += [tuple(point) for point in back.transform(np.column_stack([x.ravel(), y.ravel()]))]
    return points


def _name_ground(page: _Page, base: basemap.Basemap) -> None:
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
            path_effects=_halo(page, 0.14),
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
