"""What all parts of a figure draw with: its page, and text that obeys it."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.maps.layers import clean
from dateline.maps.projection import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from dateline.maps.canvas import Theme


@dataclass(slots=True)
class Page:
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


def write_text(figure: Figure, x: float, y: float, text: str, **options: Any) -> None:
    """Write text at inches from the lower left corner; a dollar sign in it starts no formula."""
    width, height = figure.get_size_inches()
    figure.text(x / width, y / height, text, parse_math=False, **options)


def wrapped(text: str, width: float, size: float, most: int) -> list[str]:
    """Break text into lines of a width in inches, about equally long."""
    letters = max(12, int(width * 72 / (size * 0.58)))
    lines = textwrap.wrap(text, letters, max_lines=most, placeholder=" …")
    for fewer in range(letters - 1, letters // 2, -1):
        shorter = textwrap.wrap(text, fewer)
        if len(shorter) != len(lines):
            break
        lines = shorter
    return lines


def plain(text: str) -> str:
    """Return text in one line, without characters that no file keeps."""
    (cleaned,) = clean(np.array([" ".join(text.split())], dtype=object))
    return str(cleaned)


def halo(page: Page, share: float) -> list[Any]:
    """Return the halo of a text; `share` of the letters' size."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=page.size * share, foreground=page.theme.halo, alpha=0.85)]
