"""Maps, exports and figures from the tables of docs/schema.md."""

from __future__ import annotations

from dateline.maps.save import EXTENSIONS, save
from dateline.maps.tables import Tables

__all__ = ["EXTENSIONS", "Tables", "save"]
