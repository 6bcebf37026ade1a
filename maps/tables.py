"""What the writers take: the four tables of docs/schema.md, checked before anything is written."""

from __future__ import annotations

from typing import Any, Protocol

import geopandas as gpd
import pandas as pd

from dateline import schema
from dateline.errors import InputError


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
        ("events", schema.EVENTS),
        ("places", schema.PLACES),
        ("mentions", schema.MENTIONS),
        ("articles", schema.ARTICLES),
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
