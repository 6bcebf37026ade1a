"""What speaks for each candidate: the numbers that the ranker reads, computed for a whole article at once.

Two kinds: what the gazetteer says of the candidate itself (population, kind of place, kind of name), and how
well it agrees with what the article's other toponyms probably mean (same country, close by, inside of).  The
second kind weighs the other candidates by the probabilities of an earlier pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.gazetteer.store import NAME_PENALTY
from dateline.geo.arrays import Floats, Ints
from dateline.geo.candidates import BEGINNING, NEARBY, Pool
from dateline.geo.cue_features import LINKED, agreement
from dateline.geo.distances import EARTH_KM, between_km
from dateline.geo.peers import Peers, numbered, sum_by
from dateline.geo.place_columns import KIND_FIT, LOCAL, TOWN, Places, from_point

_UNKNOWN_KM = 20_000.0
#: How much less likely a place is meant by each kind of name, in steps of importance.
PENALTY = np.array(NAME_PENALTY, np.float32)

Columns = dict[str, NDArray[Any]]

#: The columns of the feature matrix.
NAMES = (
    "log_population", "importance", "group", "name_kind", "match", "candidates", "population_lag",
    "importance_lag", "prior", "prior_lead", "country_share", "country_mass", "admin1_share", "admin1_mass",
    "admin2_mass", "near_mass", "near_share", "around_share", "admin1_named", "admin2_named", "country_named",
    "holds_mass", *LINKED, "kind_fit",
    "home_km", "home_country", "mentions", "lead", "same_name_mass", "same_name", "has_namesake_above",
    "has_namesake_below", "dateline_km", "dateline_country", "words",
    "capitals", "cluster_mass", "source_prior", "best_own_prior", "best_own_match", "total_mass",
    "country_other", "fame_lead", "known_lag", "stated_lag", "kind_lag", "area_share", "area_lag",
    "company",
)  # fmt: skip


@dataclass(slots=True)
class Context:
    """What the features need to know about an article, per unit.

    `group` numbers distinct names; `weight` grows with the number of mentions; `links` holds rows of
    (inner unit, outer unit, kind); `home` is the publisher's (lat, lon, country number) or None.
    """

    group: Ints
    weight: Floats
    mentions: Ints
    kind: Ints
    lead: NDArray[np.bool_]
    words: Ints
    capitals: NDArray[np.bool_]
    links: Ints
    dateline: int | None
    home: tuple[float, float, int] | None


def features(
    pool: Pool, places: Places, peers: Peers, context: Context, p: Floats, source_prior: Floats
) -> Floats:
    """Return the feature matrix.

    Parameters
    ----------
    pool, places, peers
        The candidates, their columns, and how they stand beside one another.
    context : Context
    p : float array
        Each candidate's probability so far; sums to at most one over a unit.
    source_prior : float array
        For a :data:`~dateline.geo.candidates.NEARBY` candidate the probability of the toponym it was taken
        from, else 0.

    Returns
    -------
    float array, shape (candidates, len(NAMES))
    """
    unit, group = pool.unit, context.group[pool.unit]
    own = pool.match != NEARBY
    mass = p * context.weight[unit] * _tells_more(pool, places, own)
    total = float(mass.sum())
    of_group = np.bincount(context.group, context.weight, minlength=len(context.weight))
    others = np.maximum(total - of_group[group], 0.5)
    columns = {
        "log_population": places.population,
        "importance": places.importance,
        "group": places.group,
        "name_kind": pool.name_kind,
        "match": pool.match,
        "source_prior": source_prior,
        "total_mass": np.full(len(p), np.log1p(total)),
        "company": _company(places, group, mass),
        "kind_fit": KIND_FIT[context.kind[unit], places.group],
        **dict(zip(LINKED, agreement(pool, places, context.links, p), strict=True)),
        **_from_others(pool, places, context, p, mass, others),
        **_from_article(pool, places, context, p),
    }
    columns |= _among_peers(pool, places, peers, p, own, columns)
    return np.ascontiguousarray(np.array([columns[name] for name in NAMES], np.float32).T)


def _tells_more(pool: Pool, places: Places, own: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return whether each candidate has a name of its own, and says more than a shorter name does.

    "Dublin Center Drive" says of no Dublin more than "Dublin" does.
    """
    again = pool.match == BEGINNING
    if again.any():
        again &= np.isin(places.row, places.row[own & ~again])
    more: NDArray[np.bool_] = own & ~again
    return more


def _from_others(
    pool: Pool, places: Places, context: Context, p: Floats, mass: Floats, others: NDArray[np.floating[Any]]
) -> Columns:
    """Return how many of the article's other names mean what lies in the same units, or close by."""
    group = context.group[pool.unit]
    keys = _Keys(places, len(context.weight))
    admin1, admin2, country = keys.masses(group, mass, keys.units, keys.units)
    # The units that a candidate lies in, of which it is none itself.
    above = np.where(keys.units == keys.row, 0, keys.units)
    admin1_named, admin2_named, country_named = keys.masses(group, mass, keys.row, above)
    held = keys.masses(group, mass, above, keys.row).sum(0)
    (other,) = keys.masses(pool.unit, p, keys.units[2:], keys.units[2:])
    near, around, area = _near(places, group, mass)
    # A city holds its quarters, though no hierarchy says so.
    held = np.where(TOWN[places.group], area, held)
    return {
        "country_share": country / others,
        "country_mass": country,
        "admin1_share": admin1 / others,
        "admin1_mass": admin1,
        "admin2_mass": admin2,
        "near_mass": near,
        "near_share": near / others,
        "around_share": around / others,
        "admin1_named": admin1_named,
        "admin2_named": admin2_named,
        "country_named": country_named,
        "holds_mass": held / others,
        "country_other": other,
        "area_share": area / others,
    }


def _from_article(pool: Pool, places: Places, context: Context, p: Floats) -> Columns:
    """Return how each name stands in the article, how far each candidate is from its home and dateline."""
    unit, group = pool.unit, context.group[pool.unit]
    home_km, home_country = _from_home(places, context)
    dateline_km, dateline_country = _from_dateline(pool, places, context, p)
    same_name = np.bincount(context.group)[group] > 1
    return {
        "home_km": np.log10(1 + home_km),
        "home_country": home_country,
        "dateline_km": np.log10(1 + dateline_km),
        "dateline_country": dateline_country,
        "mentions": np.log(context.mentions)[unit],
        "lead": context.lead[unit],
        "words": context.words[unit],
        "capitals": context.capitals[unit],
        "same_name": same_name,
        "same_name_mass": _same_name(places, group, p) if same_name.any() else np.zeros(len(p), np.float32),
    }


def _among_peers(
    pool: Pool, places: Places, peers: Peers, p: Floats, own: NDArray[np.bool_], columns: Columns
) -> Columns:
    """Return how each candidate stands among those of its unit, given its other `columns`."""
    known = places.importance - PENALTY[pool.name_kind] - 2 * ~own
    values = {
        "population_lag": places.population,
        "importance_lag": places.importance,
        "known_lag": known,
        "stated_lag": columns["stated_inside"],
        "kind_lag": columns["kind_fit"],
        "area_lag": columns["area_share"],
    }
    lagging = np.array(list(values.values()))
    top_p = peers.most(p)
    best_own, second, best_match = peers.most(
        np.array([np.where(own, p, 0), np.where(p >= top_p, 0, p), -pool.match.astype(np.float32)])
    )
    above, below = _namesakes(places, peers)
    return {
        **dict(zip(values, lagging - peers.most(lagging), strict=True)),
        "candidates": np.log1p(peers.count),
        "prior": p,
        "prior_lead": p - np.where(p >= top_p, second, top_p),
        "best_own_prior": best_own,
        "best_own_match": -best_match,
        "cluster_mass": peers.cluster(p),
        "fame_lead": known - peers.rival(known),
        "has_namesake_above": above,
        "has_namesake_below": below,
    }


class _Keys:
    """The rows that candidates are, and lie in, as small numbers, for sums by row and by one of `groups`.

    `row` is one row of numbers, `units` three: of first-level and second-level units and of countries.
    """

    def __init__(self, places: Places, groups: int) -> None:
        keys = (places.row, places.admin1, places.admin2, places.country_row)
        small = numbered(np.concatenate([[-1], *keys]))
        self._count, self._groups = int(small.max()) + 1, groups
        small = small[1:].reshape(4, -1)
        self.row, self.units = small[:1], small[1:]

    def masses(self, group: Ints, mass: Floats, key: Ints, wanted: Ints) -> Floats:
        """Return, for each candidate, the mass of other groups' candidates whose key is the wanted one.

        `key` and `wanted` hold one row, or a row for each of several such masses; 0 is wanted by nobody.
        """
        weights = np.concatenate([mass] * len(key))
        first = np.arange(len(key))[:, None]
        row = first * self._count
        table = (first * self._groups + group) * self._count
        of_key = np.bincount((row + key).ravel(), weights, self._count * len(key))
        of_group = np.bincount((table + key).ravel(), weights, self._count * self._groups * len(key))
        others = np.maximum(of_key[row + wanted] - of_group[table + wanted], 0)
        masses: Floats = (others * (wanted > 0)).astype(np.float32)
        return masses


def _near(places: Places, group: Ints, mass: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the mass of other names within about 60 and about 400 km, and of local ones in the place's area.

    The first two fade with distance.
    """
    chord2 = np.maximum(2 - 2 * (places.xyz @ places.xyz.T), 0) * (EARTH_KM * EARTH_KM)
    other = mass[None, :] * (group[:, None] != group[None, :])
    near = (other / (1 + chord2 / 60.0**2)).sum(1)
    around = (other / (1 + chord2 / 400.0**2)).sum(1)
    radius = places.radius
    inside = (chord2 < (radius * radius)[:, None]) & (radius[None, :] < radius[:, None])
    area = (other * inside * LOCAL[places.group][None, :]).sum(1)
    return near, around, area


def _company(places: Places, group: Ints, mass: Floats) -> Floats:
    """Return how well known the places are that the other names mean: the world's or a county's."""
    fame, weight = np.bincount(group, mass * places.importance), np.bincount(group, mass)
    rest = float(mass.sum()) - weight
    known = (float((mass * places.importance).sum()) - fame) / np.maximum(rest, 1e-6)
    company: Floats = np.where(rest > 0.1, known, 0.5)[group].astype(np.float32)
    return company


def _from_home(places: Places, context: Context) -> tuple[Floats, Floats]:
    """Return the distance from the publisher's home, and 1 / -1 for its country or another, 0 if unknown."""
    n = len(places.row)
    if context.home is None:
        return np.full(n, _UNKNOWN_KM, np.float32), np.zeros(n, np.float32)
    lat, lon, country = context.home
    return from_point(places, lat, lon), np.where(places.country == country, 1, -1).astype(np.float32)


def _from_dateline(pool: Pool, places: Places, context: Context, p: Floats) -> tuple[Floats, Floats]:
    """Return distance and country agreement with the likeliest place of the dateline."""
    n = len(p)
    of_dateline = np.flatnonzero(pool.unit == (-1 if context.dateline is None else context.dateline))
    if not len(of_dateline):
        return np.full(n, _UNKNOWN_KM, np.float32), np.zeros(n, np.float32)
    best = of_dateline[np.argmax(p[of_dateline])]
    km = between_km(places.xyz, places.xyz[best : best + 1])
    same = np.where(places.country == places.country[best], 1, -1).astype(np.float32)
    other = pool.unit != context.dateline
    return np.where(other, km, np.float32(_UNKNOWN_KM)), (same * other).astype(np.float32)


def _same_name(places: Places, group: Ints, p: Floats) -> Floats:
    """Return the probability that the same name elsewhere in the article means the same place."""
    key = places.row * (group.max() + 1) + group
    elsewhere: Floats = np.maximum(sum_by(key, p).astype(np.float32) - p, np.float32(0))
    return elsewhere


def _namesakes(places: Places, peers: Peers) -> tuple[Floats, Floats]:
    """Return whether another candidate of the same name lies above (its state) or below (its city)."""
    row, i, j = places.row, peers.i, peers.j
    lies_in = places.lies_in(i, j) & (row[i] != row[j])
    above, below = np.zeros(len(row), np.float32), np.zeros(len(row), np.float32)
    above[i[lies_in]] = below[j[lies_in]] = 1
    return above, below
