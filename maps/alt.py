"""What a map shows, in a sentence, for those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dateline.maps import basemap, counts
from dateline.maps.layers import layer
from dateline.maps.palette import UNSURE, symbol
from dateline.maps.tables import Tables

#: The sentence names so many kinds of events, and so many places of each.
_KINDS, _PLACES, _COUNTRIES = 4, 4, 4
#: Modes of events whose plural no rule gives.
_PLURALS = {
    **{
        mode: mode
        for mode in ("aid", "cooperation", "displacement", "repression", "shelling", "smoke", "support")
    },
    **{mode: f"{mode} attacks" for mode in ("drone", "missile")},
    "chemical weapon": "use of chemical weapons",
    "force against protest": "force against protests",
    "relations cut": "breaks of relations",
    "shelter": "people sheltering",
    "territory taken": "territory taken",
    "vandalism": "vandalism",
}


def alt_text(result: Tables) -> str:
    """Describe what a map of a result shows.

    Parameters
    ----------
    result : Tables

    Returns
    -------
    str
        Countries, then what happened where, commonest first, then what is planned or not sure.

    Examples
    --------
    >>> from tests import frames  # doctest: +SKIP
    >>> alt_text(frames.seed())  # doctest: +SKIP
    'Map of Ukraine, the United Arab Emirates and Turkey: power cuts in Kyiv and Ukraine; ...'
    """
    events = layer(result, "events")
    placed = events[events.geometry.notna()]
    if placed.empty:
        named = list(layer(result, "places")["name"].dropna())
        dots = f" Places named: {_listed(named, _PLACES)}." if named else ""
        return ("Map without events." if events.empty else "Map without events: none could be placed.") + dots
    if counts.is_counted(placed):
        top = [f"{place} ({count:,})" for place, count in counts.largest(placed)[:_PLACES]]
        total = counts.number(placed)
        return f"Map of {_countries(placed)}{_period(placed)}: {total:,} events, most in {_listed(top)}."
    groups = [
        ("", placed[happened(placed) & ~(placed["confidence"] < UNSURE)]),
        ("not certain: ", placed[happened(placed) & (placed["confidence"] < UNSURE)]),
        ("planned: ", placed[placed["status"] == "planned"]),
        ("also mentioned: ", placed[~happened(placed) & (placed["status"] != "planned")]),
    ]
    parts = [lead + _kinds(group) for lead, group in groups if not group.empty]
    period = _period(placed)
    return f"Map of {_countries(placed)}{period}: {'; '.join(parts)}."


def happened(events: pd.DataFrame) -> pd.Series:
    """Tell which events are reported as having happened."""
    return ~events["status"].isin(["planned", "denied", "hypothetical", "background"])


def _countries(events: pd.DataFrame) -> str:
    """Return the names of the countries, commonest first."""
    codes = [code for code in events["country"].value_counts(sort=True).index if code]
    table = basemap.load("un").countries
    names = dict(zip(table["iso"], table["name"], strict=True))
    known = [_with_article(names.get(code, code)) for code in codes]
    if not known:
        return "events"
    if len(known) > _COUNTRIES:
        return f"{len(known)} countries, most of all {_listed(known[:3])}"
    return _listed(known)


def _with_article(name: str) -> str:
    """Return a country as it stands in a sentence."""
    plural = name.startswith(("United ", "Central African", "Dominican Rep", "Czech Rep")) or name.endswith(
        "s"
    )
    return (
        f"the {name}"
        if plural and name not in ("Honduras", "Cyprus", "Laos", "Mauritius", "Belarus")
        else name
    )


def _kinds(events: pd.DataFrame) -> str:
    """Return what happened where, commonest first."""
    what = [_what(mode, kind) for mode, kind in zip(events["mode"], events["type"], strict=True)]
    number = pd.Series(what).value_counts(sort=False)
    order = number.sort_values(ascending=False, kind="stable").index
    told = []
    for one in order[:_KINDS]:
        places = events["place"][[other == one for other in what]]
        names = list(dict.fromkeys(name for name in places if name)) or ["an unnamed place"]
        told.append(f"{one} in {_listed(names, _PLACES)}")
    if len(order) > _KINDS:
        rest = int(number[order[_KINDS:]].sum())
        told.append(f"{rest} other event{'s' if rest > 1 else ''}")
    return "; ".join(told)


def _what(mode: str, kind: str) -> str:
    """Return a kind of event in the plural: its mode where it has one."""
    mode = mode.strip() if isinstance(mode, str) else ""
    if not mode:
        return symbol(kind).plural
    if mode in _PLURALS or mode.endswith("s"):
        return _PLURALS.get(mode, mode)
    if mode.endswith(("sh", "ch", "x")):
        return f"{mode}es"
    return f"{mode[:-1]}ies" if mode.endswith("y") else f"{mode}s"


def _listed(names: Iterable[str], most: int = 99) -> str:
    """Return names as a list in words."""
    names = list(names)
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} other places"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _period(events: pd.DataFrame) -> str:
    """Return the days of what happened as they follow the countries, empty when unknown."""
    text = period(events)
    return f", {text}" if text else ""


def period(events: pd.DataFrame) -> str:
    """Return the days of what happened, such as ``23 to 24 January 2026``; empty when unknown.

    What is planned, denied or told about an earlier time does not count.
    """
    now = events[happened(events)]
    first, last = now["start"].min(), now["end"].max()
    if pd.isna(first):
        return ""
    last = first if pd.isna(last) else max(first, last)
    end = f"{last.day} {last:%B %Y}"
    if first.date() == last.date():
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {end}"
    start = f"{first.day} {first:%B}" if first.year == last.year else f"{first.day} {first:%B %Y}"
    return f"{start} to {end}"
