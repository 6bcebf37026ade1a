"""What the event network says of every event of an article: whether it is one, its status, its places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from dateline.geo.event_network import STATUSES, EventNetwork, Floats, distance
from dateline.geo.link_features import Scene
from dateline.geo.model import Resolution
from dateline.geo.triggers import TYPES, Trigger

#: The log-odds of what the network does not see.
UNSEEN = -9.0
#: Where a dateline stands in its sentence.
_LEAD = -1


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network reads of a trigger.

    Parameters
    ----------
    types : tuple of float
        The probability that it reports no event, and of each type.
    statuses : tuple of float
        The probability of each of :data:`STATUSES`.
    places : mapping of str to float
        The log-odds of the article's places by their keys (:func:`place_key`).
    """

    types: tuple[float, ...] = (0.5,) + (0.5 / len(TYPES),) * len(TYPES)
    statuses: tuple[float, ...] = (1 / len(STATUSES),) * len(STATUSES)
    places: Mapping[str, float] = field(default_factory=dict)


#: Where nothing was read.
UNREAD = Reading()


def of_mentions(odds: Mapping[str, float], scene: Scene) -> list[tuple[float, float]]:
    """Return for each mention of a sentence the log-odds of its place, and the best of any other's.

    Parameters
    ----------
    odds : mapping of str to float
        Of an event of the sentence.
    scene : Scene
        The sentence.
    """
    ranked = sorted(((value, key) for key, value in odds.items()), reverse=True)[:2]
    found = []
    for spot in scene.places:
        own = place_key(spot.resolution)
        rival = next((value for value, key in ranked if key != own), UNSEEN)
        found.append((odds.get(own, UNSEEN), rival))
    return found


def place_key(resolution: Resolution) -> str:
    """Return what is the same for all mentions of a place."""
    return resolution.place.id if resolution.place else resolution.mention.text.casefold()


def readings(
    network: EventNetwork, told: Sequence[tuple[Scene, Scene | None, Sequence[Trigger]]]
) -> list[list[Reading]]:
    """Return what the network says of each trigger of each sentence of an article.

    Parameters
    ----------
    network : EventNetwork
    told : sequence of (Scene, Scene or None, sequence of Trigger)
        Sentences, each with what stands before it (a dateline) and its triggers.
    """
    events = [(n, t, scene) for n, (scene, _, triggers) in enumerate(told) for t in triggers]
    if not events:
        return [[] for _ in told]
    heads = np.array([_mean(scene, t.first, t.last) for _, t, scene in events])
    places = _place_odds(network, told, events, heads)
    read = iter(
        Reading(tuple(of_types), tuple(of_statuses), of_places)
        for of_types, of_statuses, of_places in zip(
            network.types(heads).tolist(), network.statuses(heads).tolist(), places, strict=True
        )
    )
    return [[next(read) for _ in triggers] for _, _, triggers in told]


def _place_odds(
    network: EventNetwork,
    told: Sequence[tuple[Scene, Scene | None, Sequence[Trigger]]],
    events: Sequence[tuple[int, Trigger, Scene]],
    heads: Floats,
) -> list[dict[str, float]]:
    """Return for each event the log-odds of the places of all sentences."""
    keys, where, vectors = [], [], []
    for n, (scene, lead, _) in enumerate(told):
        if lead is not None:
            keys += [place_key(spot.resolution) for spot in lead.places]
            where += [(n, _LEAD) for _ in lead.places]
            vectors += [_mean(lead, spot.first, spot.last) for spot in lead.places]
        # a place that "there" takes up stands elsewhere
        named = [s for s in scene.places if s.resolution.mention.start >= scene.sentence[0].start]
        keys += [place_key(spot.resolution) for spot in named]
        where += [(n, spot.first) for spot in named]
        vectors += [_mean(scene, spot.first, spot.last) for spot in named]
    if not keys:
        return [{} for _ in events]
    apart = np.array([[distance(at - n, word < t.first) for at, word in where] for n, t, _ in events])
    return [_by_place(keys, odds) for odds in network.places(heads, np.array(vectors), apart)]


def _by_place(keys: Sequence[str], odds: Floats) -> dict[str, float]:
    """Join the mentions of each place: it is as likely as they are together."""
    found: dict[str, float] = {}
    for key, value in zip(keys, odds.tolist(), strict=True):
        found[key] = float(np.logaddexp(found[key], value)) if key in found else value
    return found


def _mean(scene: Scene, first: int, last: int) -> Floats:
    """Return the mean vector of the words of a span that the network read."""
    assert scene.vectors is not None
    rows = scene.vectors[first : last + 1]
    read = rows[rows.any(1)] if first < last else rows
    mean: Floats = (read if len(read) else rows).mean(0)
    return mean
