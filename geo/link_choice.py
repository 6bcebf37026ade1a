"""Which places are an event's: the likeliest, and of those that say the same only the finest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dateline.geo import count_lists, elsewhere
from dateline.geo.apposition import only_tells_where
from dateline.geo.link_evidence import Case
from dateline.geo.link_features import Scene
from dateline.geo.spots import Spot
from dateline.geo.told_there import leaves_no_doubt
from dateline.geo.wordlists import wordlist

_CLAUSE = wordlist("clause_openers")
#: Below this probability a place is not an event's: better unlocated than wrong.
THRESHOLD = 0.6
#: ... or below this, where it goes on a list of the event's places: "one in Hull and one near Boston".
LISTED = 0.5
#: ... or below this, where the list goes on with another: "hit Sumy, Kharkiv region and Kyiv".
BETWEEN = 0.35
#: Of several places, those much less likely than the best are other places.
_BEHIND = 0.45
#: A place is another event's that has it so much likelier.
_CLEARLY = 0.2
#: Log-odds of a place that grammar leaves no doubt of.
_TOLD = 1.5
#: Modes of events that are told without a place: what is only promised.
_NOWHERE = frozenset({"aid pledge", "donation", "call"})


@dataclass(frozen=True, slots=True)
class Link:
    """A place that an event happened at, with the probability of that and why."""

    spot: Spot
    probability: float
    reason: str


def decide(cases: Sequence[Case], odds: Sequence[Sequence[float]]) -> list[list[Link]]:
    """Return the likely places of each trigger of a sentence."""
    if not cases:
        return []
    table = [_chances(case, row) for case, row in zip(cases, odds, strict=True)]
    return [
        _choose(
            case.scene, [p if not _is_of_next(cases, table, n, i) else 0.0 for i, p in enumerate(table[n])]
        )
        for n, case in enumerate(cases)
    ]


def _is_of_next(cases: Sequence[Case], table: Sequence[Sequence[float]], n: int, i: int) -> bool:
    """Return whether a place is clearly that of an event in a clause between: "while envoys met in it"."""
    scene, head = cases[n].scene, cases[n].trigger.head
    low, high = sorted((head, scene.places[i].first))
    likelier = any(
        low < other.trigger.head < high and row[i] > table[n][i] + _CLEARLY
        for other, row in zip(cases, table, strict=True)
    )
    words = scene.between(head, scene.places[i])
    return likelier and any(word in _CLAUSE or word == ";" for word in words)


def _chances(case: Case, odds: Sequence[float]) -> list[float]:
    """Return the probability of each spot, 0 for what cannot be the event's."""
    if case.trigger.entry.mode in _NOWHERE or elsewhere.is_remote(case.scene, case.trigger):
        return [0.0] * len(odds)
    chances = [
        1 / (1 + math.exp(-(max(x, _TOLD) if leaves_no_doubt(case.scene, case.trigger, spot) else x)))
        if place and not barred and spot.resolution.place is not None
        else 0.0
        for x, place, barred, spot in zip(odds, case.places, case.barred, case.scene.places, strict=True)
    ]
    return _of_counts(case.scene, chances)


def _of_counts(scene: Scene, chances: Sequence[float]) -> list[float]:
    """Return the chances of the spots, those at which people are counted one after another being as likely.

    "Floods killed 12 in Kano, seven in Katsina and four in Sokoto".
    """
    shared = list(chances)
    listed = [
        (i, i + 1)
        for i, (before, spot) in enumerate(pairwise(scene.places))
        if count_lists.counts_on(scene.sentence, before.last + 1, spot.first)
    ]
    for one, other in [*listed, *((b, a) for a, b in reversed(listed))]:
        if chances[other]:
            shared[other] = max(shared[one], shared[other])
    return shared


def _choose(scene: Scene, row: Sequence[float]) -> list[Link]:
    """Return the likely places of a trigger, of several that say the same only the finest."""
    best = max(row)
    chosen: list[Link] = []
    for i, (spot, p) in enumerate(zip(scene.places, row, strict=True)):
        listed = spot.coordinated and chosen and chosen[-1].spot is scene.places[i - 1]
        begins = i + 1 < len(row) and scene.places[i + 1].coordinated and row[i + 1] >= THRESHOLD
        least = BETWEEN if listed and begins else LISTED if listed or begins else THRESHOLD
        if p >= least and p >= _BEHIND * best:
            chosen.append(Link(spot, p, _reason(spot)))
    fine = [a for a in chosen if not any(only_tells_where(scene, a.spot, b.spot) for b in chosen)]
    return distinct(fine)


def _reason(spot: Spot) -> str:
    name = spot.resolution.mention.text
    if spot.coordinated:
        return f'"{name}" in one list with the place before'
    return f'"{spot.preposition} {name}"' if spot.preposition else f'"{name}" in its clause'


def distinct(links: Sequence[Link]) -> list[Link]:
    """Return one link a place, the likeliest."""
    best: dict[str, Link] = {}
    for item in links:
        place = item.spot.resolution.place
        key = place.id if place else ""
        if key not in best or item.probability > best[key].probability:
            best[key] = item
    return sorted(best.values(), key=lambda item: item.spot.first)


def weakened(links: Sequence[Link], factor: float, reason: str) -> tuple[Link, ...]:
    """Return links carried from elsewhere: less likely, and saying why they are here."""
    return tuple(replace(item, probability=item.probability * factor, reason=reason) for item in links)
