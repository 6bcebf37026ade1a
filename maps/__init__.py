"""Maps, exports, figures and embeds from the tables of docs/schema.md."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from dateline.maps.save import EXTENSIONS, save
from dateline.maps.tables import Tables

if TYPE_CHECKING:
    from dateline.maps.alt import alt_text
    from dateline.maps.locator import figure
    from dateline.maps.snippet import embed, markdown, repr_html, repr_png
    from dateline.maps.web import to_html

__all__ = [
    "EXTENSIONS",
    "Tables",
    "alt_text",
    "embed",
    "figure",
    "markdown",
    "repr_html",
    "repr_png",
    "save",
    "to_html",
]

#: What draws on larger libraries, and so is imported only when it is used -> its module.
_LATER = {
    "alt_text": "alt",
    **dict.fromkeys(("embed", "markdown", "repr_html", "repr_png"), "snippet"),
    "figure": "locator",
    "to_html": "web",
}


def __getattr__(name: str) -> Any:
    """Import a function when it is first asked for."""
    if name in _LATER:
        return getattr(importlib.import_module(f"dateline.maps.{_LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
