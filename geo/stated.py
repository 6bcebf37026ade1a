"""Where the text says that a place lies, and which of its candidates lie elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from dateline.geo.candidates import NEARBY
from dateline.geo.cue_features import linked
from dateline.geo.cues import COMMA, KINDS, STATED
from dateline.geo.distances import between_km
from dateline.geo.draft import WELL_KNOWN, Best, Draft, among
from dateline.geo.place_columns import LOCAL, NATURAL, TOWN, WATER, Places

#: A place of a name is taken into account if it is so likely.
_LIKELY = 0.05
#: A town's quarters may lie so far beyond its circle; what lies farther off than this is in no part of it.
_BESIDE_KM, _FAR_KM = 5.0, 150.0
_PROVINCE = KINDS.index("admin1")
#: A suburb lies around its city, and a region's circle is rough.
_SUBURBAN_KM, _AROUND_KM = 10.0, 30.0


def elsewhere(draft: Draft, chosen: Sequence[int]) -> dict[int, int]:
    """Return the units whose chosen candidate lies outside of the place where the text says it is.

    Each with the unit of that place.

    Parameters
    ----------
    draft : Draft
    chosen : sequence of int
        The chosen candidate of every unit, -1 for none.
    """
    places = draft.places
    found: dict[int, int] = {}
    for inner, outer, kind in draft.context.links.tolist():
        a, b = chosen[inner], chosen[outer]
        if kind != STATED or a < 0 or b < 0 or places.row[a] == places.country_row[a]:
            continue
        if draft.context.kind[outer] == _PROVINCE and TOWN[places.group[b]] and _one_province(places, a, b):
            continue  # "Nikopol, Dnipro region"
        # "In Murcia" may be in the region around the city that is chosen for it.
        units = (places.admin1[b], places.admin2[b], places.row[b])
        around = np.flatnonzero(draft.pool.unit == outer)
        around = around[among(places.row[around], units) | (draft.p[around] >= _LIKELY)]
        if places.group[b] != WATER and not _holds(places, around, a).any():
            found[inner] = outer
    return found


def _one_province(places: Places, a: int, b: int) -> bool:
    return bool(places.admin1[a] >= 0 and places.admin1[a] == places.admin1[b])


def _holds(places: Places, outer: NDArray[np.intp], inner: int) -> NDArray[np.bool_]:
    """Return which of the outer places the inner one lies in, or is."""
    parents = (places.admin1[inner], places.admin2[inner], places.country_row[inner], places.row[inner])
    inside = among(places.row[outer], parents)
    km = between_km(places.xyz[outer], places.xyz[inner])
    # A country's border is known where the inner place has a country; other circles are rough.
    by_country = (places.row[outer] == places.country_row[outer]) & (places.country_row[inner] >= 0)
    radius = places.radius[outer]
    apart = TOWN[places.group[outer]] & (places.admin2[outer] != places.admin2[inner])
    reach = np.where(apart, radius + _SUBURBAN_KM, 1.5 * radius + _AROUND_KM)
    result: NDArray[np.bool_] = inside | (~by_country & (km <= reach))
    return result


def without_far(draft: Draft, misplaced: Mapping[int, int], best: Sequence[Best | None]) -> Draft:
    """Return the draft without places far from the unit or the town that holds them, as the text states.

    The Manningham area of Bradford is one that the gazetteer lacks, not that of Melbourne.  Where a country
    or a state is said to hold a well known place of another, that may be a matter of opinion.
    """
    places = draft.places
    far, near = np.zeros(len(draft.pool), bool), draft.pool.match == NEARBY
    countries = {found[0] for found in best if found is not None} & set(places.country_row.tolist())
    for unit, outer in misplaced.items():
        found = best[outer]
        own = draft.pool.unit == unit
        if found is None or not (own & near).any():
            continue
        at = np.flatnonzero((draft.pool.unit == outer) & (draft.pool.row == found[0]))[:1]
        if countries and not countries.intersection(places.country_row[at].tolist()):
            continue  # "Orientale province" in an article on Congo is not that of Rwanda
        off = between_km(places.xyz, places.xyz[at]) > places.radius[at] + _FAR_KM
        off &= ~near & ~NATURAL[places.group] & (places.row != places.admin1[at])
        far |= own & off & (found[2] | (places.importance < WELL_KNOWN))
    return draft.keep(np.flatnonzero(~far)) if far.any() else draft


def contained(draft: Draft) -> NDArray[np.bool_]:
    """Return which candidates lie in a likely place of a mention that the text puts them in."""
    contained = np.zeros(len(draft.pool), bool)
    kind = draft.context.links[:, 2]
    links = draft.context.links[(kind == COMMA) | (kind == STATED)]
    if len(links):
        i, j, _ = linked(draft.pool, links)
        within = draft.places.lies_in(i, j) | _about(draft.places, i, j)
        contained[i[within & (draft.p[j] >= _LIKELY)]] = True
    return contained


def lies_elsewhere(draft: Draft) -> NDArray[np.bool_]:
    """Return which candidates lie elsewhere than the text states, where a namesake lies there.

    "Moyale town, southern Ethiopia" is not the one in Kenya, "the Chapeltown area of Leeds" not the town near
    Sheffield.  Rivers and ranges are left: they lie in more than one unit.
    """
    places, stated = draft.places, draft.context.links[draft.context.links[:, 2] == STATED]
    misplaced = np.zeros(len(draft.pool), bool)
    if not len(stated):
        return misplaced
    i, j, link = linked(draft.pool, stated)
    likely = draft.p[j] >= _LIKELY
    within = np.flatnonzero((places.lies_in(i, j) | _about(places, i, j)) & likely)
    inside = np.zeros((len(stated), len(draft.pool)), bool)
    inside[link[within], i[within]] = True
    settled = np.zeros(len(stated), bool)
    settled[link[within]] = True
    others = settled[link] & ~inside[link, i] & ~NATURAL[places.group[i]] & ~places.lies_in(j, i)
    misplaced[i[others & (places.row[i] != places.country_row[i])]] = True
    return misplaced


def _about(places: Places, i: NDArray[np.intp], j: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return whether candidates `i` lie in or beside the circles of candidates `j`, where these are local."""
    km = between_km(places.xyz[i], places.xyz[j])
    about: NDArray[np.bool_] = LOCAL[places.group[j]] & (places.row[i] != places.row[j])
    about &= km <= places.radius[j] + _BESIDE_KM
    return about
