"""The globe in a corner of a figure, which shows where on Earth its map lies."""

from __future__ import annotations

from dateline.maps import basemap
from dateline.maps.locator_page import Page
from dateline.maps.locator_symbols import Group


def free_corner(page: Page, places: list[list[Group]]) -> tuple[int, int]:
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


def draw_globe(page: Page, base: basemap.Basemap, corner: tuple[int, int]) -> None:
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
