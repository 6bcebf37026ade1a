"""How well candidates agree with what the text links: "Paris, Texas", "Sumy in Ukraine", "Lviv and Odesa".

For :mod:`dateline.geo.features`; :mod:`dateline.geo.cues` finds the links.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dateline.geo.arrays import Floats, Ints
from dateline.geo.candidates import Pool
from dateline.geo.cues import BESIDE, COMMA, STATED, WITHIN
from dateline.geo.distances import between_km
from dateline.geo.place_columns import GROUPS, Places

#: Kinds of links.
_LINKS = 4
#: Towns of all sizes are one kind of place in a list of towns.
_ALIKE = np.array(
    [GROUPS.index("town") if name in ("capital", "seat") else i for i, name in enumerate(GROUPS)]
)
#: For each kind of link whether a candidate lies inside what it is linked to, holds it, and which it should;
#: then how like it is to what stands beside it, how near, and whether it is the same kind of place.
LINKED = (
    "comma_inside", "comma_holds", "comma", "within_inside", "within_holds", "within", "stated_inside",
    "stated_holds", "stated", "beside_like", "beside_near", "beside_kind",
)  # fmt: skip


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


def agreement(pool: Pool, places: Places, links: Ints, p: Floats) -> Floats:
    """Return how well each candidate fits what its mention is linked to: a row for each of :data:`LINKED`."""
    n = len(p)
    result = np.zeros((12, n), np.float32)
    if not len(links) or not n:
        return result
    last = int(pool.unit[-1])
    links = links[(links[:, :2] <= last).all(1)]
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
