"""What the event network says of every event and every place of an article, in one sentence or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from dateline.geo.event_network import EventNetwork, Floats, distance
from dateline.geo.link_features import Scene
from dateline.geo.model import Resolution
from dateline.geo.triggers import Trigger

#: The log-odds of what the network does not see.
UNSEEN = -9.0
#: Where a dateline stands in its sentence.
_LEAD = -1
#: For each trigger of a sentence, the log-odds of the article's places by their keys.
PlaceOdds = Sequence[Mapping[str, float]]


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


def place_odds(
    network: EventNetwork, told: Sequence[tuple[Scene, Scene | None, Sequence[Trigger]]]
) -> list[PlaceOdds]:
    """Return, for each sentence of an article, what the network says of its events.

    Parameters
    ----------
    network : EventNetwork
    told : sequence of (Scene, Scene or None, sequence of Trigger)
        Sentences, each with what stands before it (a dateline) and its triggers.
    """
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
    events = [(n, t, scene) for n, (scene, _, triggers) in enumerate(told) for t in triggers]
    if not keys or not events:
        return [[{} for _ in triggers] for _, _, triggers in told]
    heads = np.array([_mean(scene, t.first, t.last) for _, t, scene in events])
    apart = np.array([[distance(at - n, word < t.first) for at, word in where] for n, t, _ in events])
    table = iter(network.places(heads, np.array(vectors), apart))
    return [[_by_place(keys, next(table)) for _ in triggers] for _, _, triggers in told]


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
