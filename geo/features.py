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

from dateline.gazetteer import Gazetteer
from dateline.gazetteer.store import NAME_PENALTY
from dateline.geo.candidates import BEGINNING, NEARBY, Pool
from dateline.geo.cues import BESIDE, COMMA, KINDS, STATED, WITHIN

#: Kinds of links.
_LINKS = 4

Floats = NDArray[np.float32]
Ints = NDArray[np.integer[Any]]

EARTH_KM = 6371.0088
_UNKNOWN_KM = 20_000.0
_LARGE_KM, _LARGE_IMPORTANCE = 100.0, 0.44
#: Candidates of one name that are nearer than this are hardly different answers.
CLOSE_KM = 100.0

#: Kinds of place, coarser than GeoNames' feature codes.
GROUPS = (
    "other", "region", "country", "admin1", "admin2", "admin3", "capital", "seat", "town", "section", "water",
    "land", "facility", "area", "former",
)  # fmt: skip

#: Whether a place of the group is local: no region, country or first-level unit.
LOCAL = np.array([name not in ("region", "country", "admin1") for name in GROUPS])
#: Towns of all sizes are one kind of place in a list of towns.
_ALIKE = np.array(
    [GROUPS.index("town") if name in ("capital", "seat") else i for i, name in enumerate(GROUPS)]
)
#: Whether a place of the group is a settlement of its own.
TOWN = np.array([name in ("capital", "seat", "town") for name in GROUPS])
WATER = GROUPS.index("water")
#: Whether a place of the group is a region, a river, a range and the like, whose name often has the article.
NATURAL = np.array([name in ("region", "water", "land", "area") for name in GROUPS])
#: How much less likely a place is meant by each kind of name, in steps of importance.
PENALTY = np.array(NAME_PENALTY, np.float32)

#: The columns of the feature matrix.
NAMES = (
    "log_population", "importance", "group", "name_kind", "match", "candidates", "population_lag",
    "importance_lag", "prior", "prior_lead", "country_share", "country_mass", "admin1_share", "admin1_mass",
    "admin2_mass", "near_mass", "near_share", "around_share", "admin1_named", "admin2_named", "country_named",
    "holds_mass", "comma_inside", "comma_holds", "comma", "within_inside", "within_holds", "within",
    "stated_inside", "stated_holds", "stated", "beside_like", "beside_near", "beside_kind", "kind_fit",
    "home_km", "home_country", "mentions", "lead", "same_name_mass", "same_name", "has_namesake_above",
    "has_namesake_below", "dateline_km", "dateline_country", "words",
    "capitals", "cluster_mass", "source_prior", "best_own_prior", "best_own_match", "total_mass",
    "country_other", "fame_lead", "known_lag", "stated_lag", "kind_lag", "area_share", "area_lag",
    "company",
)  # fmt: skip

#: Which groups fit (1) and do not fit (-1) a kind of place named in the text (see cues.KINDS).
_FITS = {
    "country": ("country",),
    "admin1": ("admin1", "region", "admin2"),
    "admin2": ("admin2", "admin3", "admin1"),
    "settlement": ("capital", "seat", "town", "section", "admin3"),
    "section": ("section", "town"),
    "water": ("water",),
    "land": ("land", "area", "region"),
    "facility": ("facility",),
    "street": (),
}
KIND_FIT = np.zeros((len(KINDS), len(GROUPS)), np.float32)
for _kind, _groups in _FITS.items():
    KIND_FIT[KINDS.index(_kind)] = -1
    for _group in _groups:
        KIND_FIT[KINDS.index(_kind), GROUPS.index(_group)] = 1


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


class PlaceTable:
    """The gazetteer's columns in the form the features want them, for a few rows at a time."""

    def __init__(self, gaz: Gazetteer) -> None:
        self._columns = gaz.columns
        self._country_rows = gaz.country_rows
        self._group = np.array([_group_of(code) for code in gaz.tables["feature_code"]], np.int64)
        self._class_group = np.zeros(256, np.int64)
        for letter, group in (("H", "water"), ("T", "land"), ("S", "facility"), ("L", "area"), ("P", "town")):
            self._class_group[ord(letter)] = GROUPS.index(group)

    def take(self, rows: NDArray[np.int32]) -> Places:
        """Return the columns of some rows."""
        c = self._columns
        country = c.country[rows].astype(np.int64)
        group = self._group[c.feature_code[rows]]
        # A state hundreds of kilometres across is not less known than a village of its name.
        large = (group == GROUPS.index("admin1")) & (c.radius_km[rows] >= _LARGE_KM)
        return Places(
            row=rows.astype(np.int64),
            country=country,
            country_row=self._country_rows[country].astype(np.int64),
            admin1=c.admin1[rows].astype(np.int64),
            admin2=c.admin2[rows].astype(np.int64),
            group=np.where(group > 0, group, self._class_group[c.feature_class[rows]]),
            population=np.log10(1 + c.population[rows].astype(np.float32)),
            importance=np.maximum(c.importance[rows], np.where(large, _LARGE_IMPORTANCE, 0)).astype(
                np.float32
            ),
            radius=c.radius_km[rows],
            xyz=unit_vectors(c.lat[rows], c.lon[rows]),
        )


@dataclass(slots=True)
class Places:
    """The columns of the candidates; `xyz` are unit vectors."""

    row: Ints
    country: Ints
    country_row: Ints
    admin1: Ints
    admin2: Ints
    group: Ints
    population: Floats
    importance: Floats
    radius: Floats
    xyz: Floats

    def take(self, at: NDArray[np.intp] | NDArray[np.bool_]) -> Places:
        """Return the chosen candidates' columns."""
        return Places(*(getattr(self, name)[at] for name in self.__slots__))

    def lies_in(self, i: NDArray[np.intp], j: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return whether candidates `i` lie in the units or countries that candidates `j` are."""
        outer = self.row[j]
        inside: NDArray[np.bool_] = (self.admin1[i] == outer) | (self.admin2[i] == outer)
        inside |= self.country_row[i] == outer
        return inside


def unit_vectors(lat: NDArray[np.floating[Any]], lon: NDArray[np.floating[Any]]) -> Floats:
    """Return points, given in degrees, on the unit sphere; shape (n, 3)."""
    a, b = np.radians(lat), np.radians(lon)
    across = np.cos(a)
    xyz = np.empty((len(a), 3), np.float32)
    xyz[:, 0], xyz[:, 1], xyz[:, 2] = across * np.cos(b), across * np.sin(b), np.sin(a)
    return xyz


def _group_of(code: str) -> int:
    """Return the index into :data:`GROUPS` of a GeoNames feature code, 0 where its class decides."""
    if code.startswith("PCL") or code == "TERR":
        name = "former" if code == "PCLH" else "country"
    elif code.startswith("ADM") and code[3:4].isdigit():
        name = "former" if code.endswith("H") else ("admin1", "admin2", "admin3")[min(int(code[3]), 3) - 1]
    elif code in ("CONT", "RGN", "RGNE", "RGNH"):
        name = "region"
    else:
        name = {
            "PPLC": "capital", "PPLA": "seat", "PPLX": "section", "PPLQ": "former", "PPLH": "former",
            "PPLW": "former", "PPLCH": "former",
        }.get(code, "other")  # fmt: skip
    return GROUPS.index(name)


class Peers:
    """The candidates of each unit beside one another: all pairs of one unit, each with itself included.

    Parameters
    ----------
    unit : int array
        The unit of each candidate; ascends.
    xyz : float array
        Where the candidates are, on the unit sphere.
    """

    def __init__(self, unit: NDArray[np.int32], xyz: Floats) -> None:
        #: Where the candidates of each unit begin.
        self.starts, self._run = runs(unit)
        sizes = np.bincount(self._run)
        #: How many candidates the unit of each has.
        self.count = sizes[self._run]
        self._pairs = self.count.cumsum() - self.count
        self.i = np.arange(len(unit)).repeat(self.count)
        self.j = (self.starts[self._run] - self._pairs).repeat(self.count) + np.arange(len(self.i))
        #: Whether the two of a pair are hardly different answers.
        self.close = between_km(xyz[self.i], xyz[self.j]) < CLOSE_KM

    def most(self, values: NDArray[np.floating[Any]]) -> Floats:
        """Return, for each candidate, the largest value of its unit; of several columns, if they are rows."""
        most: Floats = np.maximum.reduceat(values, self.starts, axis=-1)[..., self._run].astype(np.float32)
        return most

    def rival(self, values: NDArray[np.floating[Any]]) -> Floats:
        """Return the largest value of each candidate's peers that lie elsewhere, -1 if there are none."""
        elsewhere = np.where(self.close, -1, values[self.j])
        rival: Floats = np.maximum.reduceat(elsewhere, self._pairs).astype(np.float32)
        return rival

    def cluster(self, p: Floats) -> Floats:
        """Return the probability of each candidate's peers close to it: a city and its district are one."""
        return np.bincount(self.i, p[self.j] * self.close, len(p)).astype(np.float32)


def runs(values: Ints) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return where each run of equal values begins, and of which run each value is."""
    begins = np.empty(len(values), bool)
    begins[:1] = True
    np.not_equal(values[1:], values[:-1], out=begins[1:])
    return begins.nonzero()[0], begins.cumsum() - 1


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
    unit, n_units = pool.unit, len(context.weight)
    group = context.group[unit]
    mass = p * context.weight[unit]
    own = pool.match != NEARBY
    # "Dublin Center Drive" says of no Dublin more than "Dublin" does.
    again = pool.match == BEGINNING
    if again.any():
        again &= np.isin(places.row, places.row[own & ~again])
    mass_own = mass * (own & ~again)
    total = float(mass_own.sum())
    others = np.maximum(total - np.bincount(context.group, context.weight, minlength=n_units)[group], 0.5)

    keys = _Keys(places, n_units)
    admin1, admin2, country = keys.masses(group, mass_own, keys.units, keys.units)
    # The units that a candidate lies in, of which it is none itself.
    above = np.where(keys.units == keys.row, 0, keys.units)
    named = keys.masses(group, mass_own, keys.row, above)
    held = keys.masses(group, mass_own, above, keys.row).sum(0)
    (other,) = keys.masses(unit, p, keys.units[2:], keys.units[2:])
    near, around, area = _near(places, group, mass_own)
    # A city holds its quarters, though no hierarchy says so.
    held = np.where(TOWN[places.group], area, held)
    inside = _inside(pool, places, context, p)
    kind_fit = KIND_FIT[context.kind[unit], places.group]
    known = places.importance - PENALTY[pool.name_kind] - 2 * ~own

    lagging = np.array([places.population, places.importance, known, inside[6], kind_fit, area / others])
    population_lag, importance_lag, known_lag, stated_lag, kind_lag, area_lag = lagging - peers.most(lagging)
    top_p = peers.most(p)
    best_own, second, best_match = peers.most(
        np.array([np.where(own, p, 0), np.where(p >= top_p, 0, p), -pool.match.astype(np.float32)])
    )
    home_km, home_country = _from_home(places, context)
    dateline_km, dateline_country = _from_dateline(pool, places, context, p)
    same_name, nothing = np.bincount(context.group)[group] > 1, np.zeros(len(p), np.float32)
    columns = (
        places.population, places.importance, places.group, pool.name_kind, pool.match, np.log1p(peers.count),
        population_lag, importance_lag,
        p, p - np.where(p >= top_p, second, top_p),
        country / others, country, admin1 / others, admin1, admin2,
        near, near / others, around / others,
        *named, held / others,
        *inside,
        kind_fit,
        np.log10(1 + home_km), home_country,
        np.log(context.mentions)[unit], context.lead[unit],
        _same_name(places, group, p) if same_name.any() else nothing, same_name,
        *_namesakes(places, peers),
        np.log10(1 + dateline_km), dateline_country,
        context.words[unit], context.capitals[unit],
        peers.cluster(p), source_prior, best_own, -best_match,
        np.full(len(p), np.log1p(total)), other,
        known - peers.rival(known), known_lag, stated_lag, kind_lag, area / others,
        area_lag, _company(places, group, mass_own),
    )  # fmt: skip
    return np.ascontiguousarray(np.array(columns, np.float32).T)


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


def numbered(values: Ints) -> NDArray[np.intp]:
    """Return the place of each value among the distinct ones: `numpy.unique`'s inverse, sooner."""
    order = values.argsort(kind="stable")
    number = np.empty(len(values), np.intp)
    _, number[order] = runs(values[order])
    return number


def sum_by(key: Ints, mass: Floats) -> NDArray[Any]:
    """Return, for each candidate, the mass of all that share its key."""
    number = numbered(key)
    return np.bincount(number, mass)[number]


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


def linked(pool: Pool, links: Ints) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Return all pairs of candidates of linked units: inner candidate, outer candidate, link."""
    starts = np.searchsorted(pool.unit, np.arange(int(links[:, :2].max(initial=-1)) + 2))
    a, b = links[:, 0], links[:, 1]
    n_a, n_b = starts[a + 1] - starts[a], starts[b + 1] - starts[b]
    sizes = n_a * n_b
    link = np.repeat(np.arange(len(links)), sizes)
    within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    wide = np.maximum(n_b, 1)[link]
    return starts[a][link] + within // wide, starts[b][link] + within % wide, link


def _inside(pool: Pool, places: Places, context: Context, p: Floats) -> Floats:
    """Return how linked mentions fit: inside, holds, present for each kind; likeness, nearness, kindred."""
    n = len(p)
    result = np.zeros((12, n), np.float32)
    if not len(context.links) or not n:
        return result
    last = int(pool.unit[-1])
    links = context.links[(context.links[:, :2] <= last).all(1)]
    i, j, link = linked(pool, links)
    row, radius = places.row, places.radius
    km = between_km(places.xyz[i], places.xyz[j])
    lies_in = places.lies_in(i, j) | (km < radius[j]) & (radius[j] > radius[i])
    lies_in &= row[i] != row[j]
    kind = links[:, 2][link]
    holds, held = (
        np.bincount(kind * n + a, p[b] * lies_in, n * _LINKS).reshape(_LINKS, n) for a, b in ((i, j), (j, i))
    )
    present = np.zeros((_LINKS, last + 1), np.int64)
    present[links[:, 2], links[:, 1]] = -1
    present[links[:, 2], links[:, 0]] = 1
    for at, wanted in ((0, COMMA), (3, WITHIN), (6, STATED)):
        result[at], result[at + 1], result[at + 2] = holds[wanted], held[wanted], present[wanted][pool.unit]
    beside = (kind == BESIDE) | (kind == COMMA)
    if not beside.any():
        return result
    i, j, km = i[beside], j[beside], km[beside]
    kindred = _ALIKE[places.group[i]] == _ALIKE[places.group[j]]
    alike = kindred & (places.country[i] == places.country[j])
    p_i, p_j, spread = p[i], p[j], 1 + (km / 150) ** 2
    result[9] = np.bincount(i, p_j * alike, n) + np.bincount(j, p_i * alike, n)
    result[10] = np.bincount(i, p_j / spread, n) + np.bincount(j, p_i / spread, n)
    result[11] = np.bincount(i, p_j * kindred, n) + np.bincount(j, p_i * kindred, n)
    return result


def between_km(a: Floats, b: Floats) -> Floats:
    """Return the distance in km between unit vectors, row by row (the chord: fair below 5,000 km)."""
    apart = a - b
    x, y, z = (apart * apart).T
    distance: Floats = np.sqrt(x + y + z) * EARTH_KM
    return distance


def apart_km(a: Floats, b: Floats) -> Floats:
    """Return the distance in km (the chord) of each of some unit vectors from each of others."""
    distance: Floats = np.sqrt(np.maximum(2 - 2 * (a @ b.T), 0)) * EARTH_KM
    return distance


def _from_home(places: Places, context: Context) -> tuple[Floats, Floats]:
    """Return the distance from the publisher's home, and 1 / -1 for its country or another, 0 if unknown."""
    n = len(places.row)
    if context.home is None:
        return np.full(n, _UNKNOWN_KM, np.float32), np.zeros(n, np.float32)
    lat, lon, country = context.home
    return from_point(places, lat, lon), np.where(places.country == country, 1, -1).astype(np.float32)


def from_point(places: Places, lat: float, lon: float) -> Floats:
    """Return the distance of each place from a point, in km."""
    return between_km(places.xyz, unit_vectors(np.array([lat]), np.array([lon])))


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


def same_unit(unit: NDArray[np.int32]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return all pairs of candidates of one unit, each candidate with itself included."""
    starts, run = runs(unit)
    sizes = np.bincount(run)[run]
    i = np.repeat(np.arange(len(unit)), sizes)
    return i, np.repeat(starts[run] - np.cumsum(sizes) + sizes, sizes) + np.arange(len(i))
