"""Maps, exports and figures from the tables of docs/schema.md."""

from __future__ import annotations

from typing import Any

from dateline.maps.save import EXTENSIONS, save
from dateline.maps.tables import Tables

__all__ = ["EXTENSIONS", "Tables", "save", "to_html"]


def __getattr__(name: str) -> Any:
    """Import ``to_html``, and Folium with it, only when it is used."""
    if name == "to_html":
        from dateline.maps.web import to_html

        return to_html
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
