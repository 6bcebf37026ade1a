"""Why a place was chosen, in words that a reader can check against the article and a map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dateline.gazetteer import Gazetteer
from dateline.geo.candidates import AFFIX, FUZZY, NEARBY, VARIANT
from dateline.geo.cues import BESIDE, KINDS
from dateline.geo.draft import Draft
from dateline.geo.features import EARTH_KM, LOCAL

#: A place farther than this from another one is no reason.
_CLOSE_KM = 100
_KIND_WORDS = {"admin1": "a state or region", "admin2": "a county or district", "water": "a river or sea"}


def reasons(draft: Draft, gaz: Gazetteer, unit: int, chosen: Sequence[int]) -> tuple[str, ...]:
    """Return the reasons for the candidate chosen for a unit.

    Parameters
    ----------
    draft : Draft
    gaz : Gazetteer
    unit : int
        Number of the unit in ``draft.units``.
    chosen : sequence of int
        The chosen candidate of every unit, -1 for none.
    """
    at = chosen[unit]
    name = draft.units[unit].name
    if at < 0:
        return (f"none of the known places called {name} fits",)
    match = draft.pool.match[at]
    found = list(_about_name(draft, gaz, unit, at))
    if match != NEARBY:
        found += _about_links(draft, gaz, unit, at, chosen)
        found += _about_others(draft, gaz, unit, at, chosen)
    return tuple(dict.fromkeys(found))


def _about_name(draft: Draft, gaz: Gazetteer, unit: int, at: int) -> list[str]:
    """Return what the name itself says."""
    pool, places = draft.pool, draft.places
    name, match = draft.units[unit].name, pool.match[at]
    label = gaz.place(int(pool.row[at])).name
    if match == NEARBY:
        return [f"{name} itself is not in the gazetteer; the article places it in or near {label}"]
    found = []
    if match in (VARIANT, AFFIX):
        found.append(f"{name} read as another form of {label}")
    elif match == FUZZY:
        found.append(f"{name} resembles {label}")
    own = np.flatnonzero((pool.unit == unit) & (pool.match != NEARBY))
    if len(own) == 1:
        found.append("no other place of this name is known")
    elif places.importance[at] >= places.importance[own].max():
        found.append("the best known place of this name")
    word = KINDS[draft.units[unit].kind]
    if word in _KIND_WORDS:
        found.append(f"the article calls it {_KIND_WORDS[word]}")
    return found


def _about_links(draft: Draft, gaz: Gazetteer, unit: int, at: int, chosen: Sequence[int]) -> list[str]:
    """Return what the mentions tied to this one say."""
    places = draft.places
    found = []
    for inner, outer, kind in draft.context.links.tolist():
        if kind == BESIDE or unit not in (inner, outer):
            continue
        other = chosen[outer if unit == inner else inner]
        if other < 0:
            continue
        low, high = (at, other) if unit == inner else (other, at)
        parents = (places.admin1[low], places.admin2[low], places.country_row[low])
        if places.row[high] in parents and places.row[low] != places.row[high]:
            words = "lies in" if unit == inner else "holds"
            found.append(f"{words} {gaz.place(int(places.row[other])).name}, named beside it")
    return found


def _about_others(draft: Draft, gaz: Gazetteer, unit: int, at: int, chosen: Sequence[int]) -> list[str]:
    """Return how the place agrees with the other places of the article and with its publisher."""
    places, group = draft.places, draft.context.group
    others = np.array([c for u, c in enumerate(chosen) if c >= 0 and group[u] != group[unit]], np.int64)
    found = []
    if len(others) and places.country_row[at] >= 0:
        units = draft.pool.unit[others]
        same = int(draft.context.mentions[units][places.country[others] == places.country[at]].sum())
        if same:
            found.append(f"same country as {same} other mention{'s' if same > 1 else ''}")
    local = others[LOCAL[places.group[others]] & (places.row[others] != places.row[at])]
    if len(local) and LOCAL[places.group[at]]:
        km = np.sqrt(((places.xyz[local] - places.xyz[at]) ** 2).sum(1)) * EARTH_KM
        nearest = int(np.argmin(km))
        if km[nearest] <= _CLOSE_KM:
            label = gaz.place(int(places.row[local[nearest]])).name
            found.append(f"{max(1, round(float(km[nearest])))} km from {label}")
    home = draft.context.home
    if home is not None and places.country[at] == home[2]:
        found.append("the publisher's own country")
    return found
