"""How the places of a sentence stand beside one another, once each has been judged alone."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from dateline.geo.arrays import Floats
from dateline.geo.link_features import Scene

#: Log-odds beyond which a classifier knows no better, and those of a rival that is not there.
_SURE = 9.2
#: The columns of :func:`rivals`.
RIVALS = [
    "alone", "best_rival", "before", "after", "holder", "held", "same_side", "expected", "likelier", "behind",
]  # fmt: skip


def rivals(scene: Scene, head: int, odds: Sequence[float]) -> Floats:
    """Return a row for each spot: its log-odds, told alone, beside those of the other spots.

    A classifier that has them sees what one spot alone cannot tell: that another one is likelier, holds
    it, lies in it, or shares its list.
    """
    odds = [max(-_SURE, min(_SURE, x)) for x in odds]
    chances = [1 / (1 + math.exp(-x)) for x in odds]
    best, total = max(chances, default=0.0), sum(chances)
    ranked = sorted(chances)
    sides = [spot.first > head for spot in scene.places]
    highest = best_two(odds, -_SURE)
    of_side = {
        side: best_two([x for x, own in zip(odds, sides, strict=True) if own == side], -_SURE)
        for side in (True, False)
    }
    rows: list[list[float]] = []
    for i, (x, chance) in enumerate(zip(odds, chances, strict=True)):
        rows.append(
            [
                x,
                rival(highest, x),
                odds[i - 1] if i else -_SURE,
                odds[i + 1] if i + 1 < len(odds) else -_SURE,
                max((odds[j] for j in scene.holders[i]), default=-_SURE),
                max((odds[j] for j in scene.held[i]), default=-_SURE),
                rival(of_side[sides[i]], x),
                total,
                len(ranked) - bisect_right(ranked, chance),
                best - chance,
            ]
        )
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(RIVALS))


def best_two(odds: Sequence[float], least: float) -> list[float]:
    """Return the two highest log-odds, for those that are not there the `least`."""
    return sorted([*odds, least, least], reverse=True)[:2]


def rival(highest: Sequence[float], own: float) -> float:
    """Return the highest of some log-odds beside one's own."""
    return highest[own == highest[0]]
