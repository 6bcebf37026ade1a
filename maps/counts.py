"""Tables of counts (docs/schema.md): areas by how many events they hold, in classes of one colour."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import pandas as pd

#: From few events to many, on light ground and on dark: one hue, safe for the colour-blind.
LIGHT = ("#FDDBB0", "#FDB97D", "#F08A4B", "#D5502C", "#97170F")
DARK = ("#4D2C22", "#83402B", "#BD5A31", "#EA8A4D", "#FFC996")
#: Most areas have few events: these shares of them lie below the limits of the classes.
_SHARES = (0.3, 0.6, 0.8, 0.93)


def is_counted(events: pd.DataFrame) -> bool:
    """Tell whether each row of a table of events stands for many events."""
    return "n_events" in events


def number(events: pd.DataFrame) -> int:
    """Return how many events a table tells of; an event may have several rows."""
    return int(events["n_events"].sum()) if is_counted(events) else int(events["event_id"].nunique())


def shaded(events: pd.DataFrame, areas: gpd.GeoDataFrame) -> pd.Series:
    """Return the events of each area that is shaded, by place id, the fullest first.

    What is only known to a country or region is not: the shaded areas lie within it.
    """
    wide = events["precision"].isin(["country", "region"]) | ~events["place_id"].isin(areas["place_id"])
    counts: pd.Series = events[~wide].groupby("place_id")["n_events"].sum()
    return counts.sort_index().sort_values(ascending=False, kind="stable")


def limits(counts: Sequence[int]) -> list[int]:
    """Return the least number of each class, at most five: round numbers near the upper quantiles.

    Areas with the fewest events, often most of them, are one class and have no say in the others.

    Examples
    --------
    >>> limits([1, 1, 2, 3, 7, 12, 30, 61, 700])
    [1, 5, 20, 50, 500]
    >>> limits([1] * 30 + [2] * 8 + [3, 3, 4, 5, 7])
    [1, 2, 5]
    >>> limits([])
    []
    """
    if not len(counts):
        return []
    fewest = int(min(counts))
    more = sorted(int(count) for count in counts if count > fewest)
    ends = [_round(more[int(share * len(more))]) for share in _SHARES] if more else []
    return list(dict.fromkeys([fewest, *(end for end in ends if end > fewest)]))


def _round(count: int) -> int:
    """Return 1, 2 or 5 times a power of ten, not above a count."""
    ten = 10 ** int(math.log10(count))
    return int(ten * next(digit for digit in (5, 2, 1) if digit * ten <= count))


def shade(count: int, ends: Sequence[int]) -> int:
    """Return the colour of a count, 0 to 4; a few classes are spread over all five.

    Examples
    --------
    >>> [shade(count, [1, 2, 10]) for count in (1, 5, 99)]
    [0, 2, 4]
    """
    at = sum(end <= count for end in ends) - 1
    return round(4 * at / (len(ends) - 1)) if len(ends) > 1 else 2


def ranges(ends: Sequence[int]) -> list[str]:
    """Return the classes in words.

    Examples
    --------
    >>> ranges([1, 2, 10])
    ['1', '2–9', '10 and more']
    """
    words = []
    for least, following in zip(ends, [*ends[1:], None], strict=True):
        if following is None:
            words.append(f"{least:,} and more")
        else:
            words.append(f"{least:,}" if following - 1 == least else f"{least:,}–{following - 1:,}")
    return words


def largest(events: pd.DataFrame) -> list[tuple[Any, int]]:
    """Return places and their events, the fullest first."""
    counts = events.groupby("place_id").agg({"place": "first", "n_events": "sum"}).sort_index()
    counts = counts.sort_values("n_events", ascending=False, kind="stable")
    return [(place, int(count)) for place, count in zip(counts["place"], counts["n_events"], strict=True)]
