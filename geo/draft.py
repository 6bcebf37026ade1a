"""An article on its way to being resolved: units, candidates and what the features need, pass by pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.geo.arrays import Floats
from dateline.geo.candidates import AFFIX, EXACT, Pool, Unit
from dateline.geo.cues import Cues
from dateline.geo.features import PENALTY, Context, features
from dateline.geo.model import Article, Mention
from dateline.geo.peers import Peers
from dateline.geo.place_columns import WATER, Places

#: The importance of a place that most readers have heard of: Oxford, Leeds.
WELL_KNOWN = 0.54
#: That of a sea so large that nothing lies near it.
_OCEAN_IMPORTANCE = 0.6


#: A unit's likeliest candidate: its row, its probability, whether it is local, or wide, and its index.
Best = tuple[int, float, bool, bool, int]


@dataclass
class Draft:
    """The state of one article.

    `unit_of` maps mentions to units; `p` holds each candidate's probability so far, `source_prior` is nonzero
    for candidates borrowed from other toponyms.
    """

    article: Article
    mentions: Sequence[Mention]
    cues: Cues
    units: list[Unit]
    unit_of: list[int]
    context: Context
    pool: Pool
    places: Places
    p: Floats
    source_prior: Floats

    def features(self) -> Floats:
        """Return the feature matrix of the present state."""
        return features(self.pool, self.places, self.peers, self.context, self.p, self.source_prior)

    @cached_property
    def peers(self) -> Peers:
        """The candidates beside those of the same unit."""
        return Peers(self.pool.unit, self.places.xyz)

    def keep(self, at: NDArray[np.intp]) -> Draft:
        """Return the draft with the chosen candidates only."""
        return replace(
            self,
            pool=self.pool.take(at),
            places=self.places.take(at),
            p=self.p[at],
            source_prior=self.source_prior[at],
        )


def among(values: NDArray[Any], wanted: Sequence[Any] | NDArray[Any]) -> NDArray[np.bool_]:
    """Return which values are among a few wanted ones, faster than numpy's `isin` for short arrays."""
    found: NDArray[np.bool_] = np.equal.outer(values, wanted).any(-1)
    return found


def softmax(score: NDArray[np.floating[Any]], unit: NDArray[np.int32], n_units: int) -> Floats:
    """Return the exponentials of the scores, scaled to sum to one over each unit."""
    most = np.full(n_units, -np.inf, np.float32)
    np.maximum.at(most, unit, score.astype(np.float32))
    raw = np.exp(score - most[unit])
    scaled: Floats = (raw / np.bincount(unit, raw, n_units)[unit]).astype(np.float32)
    return scaled


def famous_units(draft: Draft) -> NDArray[np.bool_]:
    """Return which units bear the name of a place so well known that none which lacks a record is meant."""
    pool = draft.pool
    university = np.array([unit.name.lower().startswith("university of ") for unit in draft.units], bool)
    named = (pool.match == EXACT) | ((pool.match == AFFIX) & university[pool.unit])
    known = named & (draft.places.importance - PENALTY[pool.name_kind] >= WELL_KNOWN)
    famous: NDArray[np.bool_] = np.bincount(pool.unit, known, len(draft.units)) > 0
    return famous


def best_rows(draft: Draft) -> list[Best | None]:
    """Return what is known of each unit's likeliest candidate."""
    result: list[Best | None] = [None] * len(draft.units)
    order = np.lexsort((-draft.p, draft.pool.unit))
    for at in order.tolist():
        unit = int(draft.pool.unit[at])
        if result[unit] is None:
            group = int(draft.places.group[at])
            wide = group in (1, 2) or (group == WATER and draft.places.importance[at] >= _OCEAN_IMPORTANCE)
            local = group not in (1, 2, 3) and not wide
            result[unit] = (int(draft.pool.row[at]), float(draft.p[at]), local, wide, at)
    return result
