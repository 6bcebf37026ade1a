"""What the writers take: the four tables of docs/schema.md, checked before anything is written."""

from __future__ import annotations

from typing import Any, Protocol

import geopandas as gpd
import pandas as pd

from dateline.errors import InputError

#: The columns of docs/schema.md, in its order.
EVENT_COLUMNS = (
    "id", "event_id", "article_id", "type", "mode", "acled", "status", "trigger", "trigger_start",
    "trigger_end", "quote", "quote_start", "quote_end", "mention_id", "place_id", "place", "country",
    "admin1", "precision", "radius_km", "start", "end", "date_text", "actors", "recipients", "fatalities",
    "injured", "affected", "at_least", "confidence", "alternatives", "reasons", "reports", "sources",
    "title", "source", "url", "published", "gazetteer", "geometry",
)  # fmt: skip
PLACE_COLUMNS = (
    "place_id", "name", "country", "country_name", "admin1", "admin2", "feature_class", "feature_code",
    "population", "lat", "lon", "radius_km", "source", "n_mentions", "n_events", "geometry",
)  # fmt: skip
MENTION_COLUMNS = (
    "mention_id", "article_id", "start", "end", "text", "role", "score", "place_id", "place",
    "probability", "status", "match", "alternatives", "reasons", "geometry",
)  # fmt: skip
ARTICLE_COLUMNS = (
    "article_id", "title", "published", "source", "section", "url", "language", "path", "n_chars",
    "n_mentions", "n_events", "focus", "duplicate_of",
)  # fmt: skip


class Tables(Protocol):
    """Anything with the four tables of docs/schema.md: what ``dateline.geo`` returns, or your own."""

    @property
    def events(self) -> gpd.GeoDataFrame:
        """A row for each event and place."""

    @property
    def places(self) -> gpd.GeoDataFrame:
        """A row for each place named."""

    @property
    def mentions(self) -> gpd.GeoDataFrame:
        """A row for each toponym."""

    @property
    def articles(self) -> pd.DataFrame:
        """A row for each article."""


def check(result: Tables) -> None:
    """Check that a result has the four tables with the columns the writers read.

    Parameters
    ----------
    result : Tables
        What shall be written.

    Raises
    ------
    InputError
        Naming the table and what it lacks: a column, its geometry, EPSG:4326, unique event ids.
    """
    for name, columns in (
        ("events", EVENT_COLUMNS),
        ("places", PLACE_COLUMNS),
        ("mentions", MENTION_COLUMNS),
        ("articles", ARTICLE_COLUMNS),
    ):
        table: Any = getattr(result, name, None)
        if not isinstance(table, pd.DataFrame):
            raise InputError(f"the result has no table '{name}' (see docs/schema.md)")
        missing = [column for column in columns if column not in table.columns]
        if missing:
            raise InputError(f"the table '{name}' lacks the column '{missing[0]}' (see docs/schema.md)")
        if "geometry" not in columns:
            continue
        if not isinstance(table, gpd.GeoDataFrame):
            raise InputError(f"the table '{name}' is no GeoDataFrame: make it one with geometry='geometry'")
        if table.crs is None or table.crs.to_epsg() != 4326:
            raise InputError(
                f"the table '{name}' is not in EPSG:4326: use {name}.to_crs(4326) or set_crs(4326)"
            )
    if not result.events["id"].is_unique:
        twice = result.events["id"][result.events["id"].duplicated()].iloc[0]
        raise InputError(f"the table 'events' has the id '{twice}' twice; ids must be unique")
