"""Which events of a result are wanted: where, when, what, how sure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dateline.geo.result import Result

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which events are wanted; each part that is empty or None lets all pass.

    Parameters
    ----------
    bbox : (west, south, east, north), optional
        Degrees; west > east crosses the antimeridian.
    countries : collection of str
        ISO 3166-1 alpha-2 codes.
    types : collection of str
        Types or modes of events, in any case: ``ASSAULT``, ``airstrike``.
    since, until : date, optional
        Events of these days, both included; an event without a date passes neither.
    min_confidence : float
        Least confidence of an event, 0 to 1.

    Examples
    --------
    >>> bool(Filters()), bool(Filters(countries=["UA"]))
    (False, True)
    """

    bbox: Box | None = None
    countries: Collection[str] = ()
    types: Collection[str] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    min_confidence: float = 0.0

    def __bool__(self) -> bool:
        return self != Filters()

    def apply(self, result: Result) -> Result:
        """Return a result with the wanted events, and only their mentions, places and articles."""
        if not self:
            return result
        events = result.events[self._wanted(result.events)].reset_index(drop=True)
        return replace(
            result,
            events=events,
            places=_matching(result.places, "place_id", events),
            mentions=_matching(result.mentions, "mention_id", events),
            articles=_matching(result.articles, "article_id", events),
        )

    def _wanted(self, events: pd.DataFrame) -> pd.Series:
        wanted = events["confidence"] >= self.min_confidence
        if self.bbox:
            west, south, east, north = self.bbox
            lon, lat = events.geometry.x, events.geometry.y
            inside = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
            wanted &= inside & (lat >= south) & (lat <= north)
        if self.countries:
            wanted &= events["country"].isin([code.upper() for code in self.countries])
        if self.types:
            names = [name.lower() for name in self.types]
            wanted &= events["type"].str.lower().isin(names) | events["mode"].str.lower().isin(names)
        if self.since:
            wanted &= events["end"] >= pd.Timestamp(self.since, tz="UTC")
        if self.until:
            wanted &= events["start"] < pd.Timestamp(self.until, tz="UTC") + pd.Timedelta(days=1)
        return wanted


def _matching(table: Any, column: str, events: pd.DataFrame) -> Any:
    return table[table[column].isin(events[column])].reset_index(drop=True)
