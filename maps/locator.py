"""Locator maps for print and slides: PNG, SVG and PDF, drawn without a browser."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import pandas as pd

from dateline.errors import InputError, MissingExtraError
from dateline.maps import basemap, counts
from dateline.maps.alt import alt_text
from dateline.maps.basemap import Worldview
from dateline.maps.files import write_atomically
from dateline.maps.layers import layer
from dateline.maps.locator_areas import draw_areas, draw_circles, find_areas
from dateline.maps.locator_extent import in_view, shapes_of, told_outside
from dateline.maps.locator_frame import draw_legend, events_and_days, write_credits, write_headings
from dateline.maps.locator_ground import name_ground
from dateline.maps.locator_inset import draw_globe, free_corner
from dateline.maps.locator_metadata import described, file_metadata
from dateline.maps.locator_named import NOTE, draw_dots, named_places
from dateline.maps.locator_names import name_places, reserve_scale
from dateline.maps.locator_page import Page, plain
from dateline.maps.locator_shades import draw_classes, draw_shades
from dateline.maps.locator_symbols import draw_groups, group_events, looks_of
from dateline.maps.projection import view
from dateline.maps.tables import Tables, check

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Size = Literal["slide", "page", "column", "social"]
#: Size -> width and height in inches, dots per inch, letters in points, the most labels.
SIZES: dict[str, tuple[float, float, int, float, int]] = {
    "slide": (13.333, 7.5, 144, 15.0, 24),
    "page": (6.3, 4.7, 300, 8.0, 20),
    "column": (3.35, 3.9, 300, 6.6, 10),
    "social": (12.0, 6.75, 100, 15.0, 16),
}
_FORMATS = (".png", ".svg", ".pdf")
#: For scripts that DejaVu Sans lacks.
_FURTHER_FONTS = (
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans CJK SC",
)


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
        If matplotlib is not installed.
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
    except ImportError as error:
        raise MissingExtraError("A figure", "figure") from error
    check(result)
    heading = _title(result) if title is None else title
    alt = plain(alt_text(result))
    fonts: dict[str, Any] = {"font.family": _families(), "svg.hashsalt": "dateline", "pdf.fonttype": 42}
    settings: dict[Any, Any] = {**matplotlib.rcParamsDefault, **fonts}
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)  # a box stands for a letter no font has
        drawn = _drawn(result, size, dark, plain(heading), subtitle, worldview)
        options: dict[str, Any] = {
            "metadata": file_metadata(form, plain(heading), alt),
            "facecolor": drawn.get_facecolor(),
        }

        def write_draft(draft: Path) -> None:
            drawn.savefig(draft, **options)
            if form == ".svg":
                draft.write_text(described(draft.read_text("utf-8"), plain(heading), alt), "utf-8")

        return write_atomically(path, write_draft)


#: By this name :func:`~dateline.maps.save.save` finds a writer.
write = figure


def _families() -> list[str]:
    """Return the fonts: matplotlib's own, which every machine has, then others for letters that it lacks."""
    from matplotlib.font_manager import fontManager

    known = set(fontManager.get_font_names())
    return ["DejaVu Sans", *(name for name in _FURTHER_FONTS if name in known)]


def _title(result: Tables) -> str:
    """Return the article's title when there is but one article."""
    return str(result.articles["title"].iloc[0]) if len(result.articles) == 1 else ""


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
    placed["look"] = looks_of(placed)
    known = layer(result, "areas")
    shown = in_view(placed, known, width / height)
    outside = told_outside(placed[~shown])
    placed = placed[shown].reset_index(drop=True)
    shaded = counts.shaded(placed, known) if counts.is_counted(placed) else pd.Series(dtype=int)
    pinned = placed[~placed["place_id"].isin(shaded.index)].reset_index(drop=True)
    areas = find_areas(known, pinned)
    dots = named_places(result) if placed.empty else placed.iloc[:0]
    if subtitle is None:
        subtitle = events_and_days(events) if dots.empty else NOTE
    top = write_headings(drawn, theme, letters, title, subtitle)
    bottom = write_credits(drawn, theme, letters, result, outside)
    bottom = draw_legend(drawn, theme, letters, pinned, areas, bottom)
    bottom = draw_classes(drawn, theme, letters, shaded, bottom)
    edge = 0.9 * letters / 72
    box = (edge / width, bottom / height, 1 - 2 * edge / width, (height - top - bottom) / height)
    axes = drawn.add_axes(box)
    shapes = [*shapes_of(pinned, known), *placed.geometry, *dots.geometry]
    shapes = shapes or list(layer(result, "places").geometry)
    seen = view([shape for shape in shapes if shape is not None], box[2] * width / (box[3] * height))
    page = Page(drawn, axes, theme, seen, letters)
    base = basemap.load(worldview)
    canvas.draw(axes, base, seen, theme, letters / 18)
    draw_shades(page, shaded, known)
    draw_areas(page, areas)
    groups = group_events(pinned, seen, letters)
    corner = free_corner(page, groups)
    if not seen.world:
        draw_globe(page, base, corner)
    right = corner == (0, 0)
    canvas.scale_bar(axes, seen, theme, letters * 0.72, right=right)
    draw_circles(page, pinned, known)
    stood = draw_groups(page, groups) + draw_dots(page, dots)
    reserve_scale(page, right=right)
    shown_places = placed if dots.empty else dots
    named = name_places(page, shown_places, stood, most)
    name_ground(page, base, shown_places, named)
    return drawn
