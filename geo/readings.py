"""What the event network says of every event of an article: whether it is one, its status, its places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

import numpy as np

from dateline.geo.arrays import Floats
from dateline.geo.event_network import STATUSES, EventNetwork
from dateline.geo.event_story import Story, kind, relations
from dateline.geo.link_features import Scene
from dateline.geo.model import Resolution
from dateline.geo.spots import Spot
from dateline.geo.triggers import TYPES, Trigger

#: From this probability the network is believed on a type, whatever the lexicon says.
LIKELY = 0.5
#: The log-odds of what the network does not see.
UNSEEN = -9.0


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

    @property
    def type(self) -> str | None:
        """The type of event that it likely reports, if there is one."""
        best = max(self.types[1:])
        return TYPES[self.types.index(best, 1) - 1] if best >= LIKELY else None

    def of_whole(self, part: str, whole: str) -> Reading:
        """Return it with what it says of a place, where only some were, said of the one where all were."""
        places = {key: odds for key, odds in self.places.items() if key != part}
        best = max(self.places.get(part, UNSEEN), self.places.get(whole, UNSEEN))
        return replace(self, places=places | {whole: best})


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


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, what stands before it (a dateline), its triggers, and the number of its paragraph."""

    scene: Scene
    lead: Scene | None
    triggers: Sequence[Trigger]
    paragraph: int


def readings(network: EventNetwork, passages: Sequence[Passage]) -> list[list[Reading]]:
    """Return what the network says of each trigger of each sentence of an article.

    Parameters
    ----------
    network : EventNetwork
    passages : sequence of Passage
        The sentences, in order.
    """
    events = [(n, p.scene, t.first, t.last) for n, p in enumerate(passages) for t in p.triggers]
    if not events:
        return [[] for _ in passages]
    named = list(_named(passages))
    spans = [*events, *((n, scene, spot.first, spot.last) for n, scene, spot in named)]
    vectors = np.array([_mean(scene, first, last) for _, scene, first, last in spans])
    resolutions = [spot.resolution for *_, spot in named]
    keys = [place_key(resolution) for resolution in resolutions]
    odds, statuses = network.told(vectors, _story(passages, spans, len(events), keys, resolutions))
    read = iter(
        Reading(tuple(of_types), tuple(of_statuses), _by_place(keys, of_places))
        for of_types, of_statuses, of_places in zip(
            network.types(vectors[: len(events)]).tolist(), statuses.tolist(), odds, strict=True
        )
    )
    return [[next(read) for _ in p.triggers] for p in passages]


def _named(passages: Sequence[Passage]) -> Iterator[tuple[int, Scene, Spot]]:
    """Yield the mentions of places with the numbers of their sentences."""
    for n, passage in enumerate(passages):
        if passage.lead is not None:
            yield from ((n, passage.lead, spot) for spot in passage.lead.places)
        for spot in passage.scene.places:
            # a place that "there" takes up stands elsewhere
            if spot.resolution.mention.start >= passage.scene.sentence[0].start:
                yield n, passage.scene, spot


def _story(
    passages: Sequence[Passage],
    spans: Sequence[tuple[int, Scene, int, int]],
    events: int,
    keys: Sequence[str],
    resolutions: Sequence[Resolution],
) -> Story:
    """Return events and mentions as they stand to each other."""
    leads = [len(p.lead.sentence) if p.lead else 0 for p in passages]
    sizes = [lead + len(p.scene.sentence) for lead, p in zip(leads, passages, strict=True)]
    starts = list(accumulate(sizes, initial=0))
    words = [
        starts[n] + first + (0 if scene is passages[n].lead else leads[n]) for n, scene, first, _ in spans
    ]
    return Story(
        events,
        np.array(words),
        np.array([n for n, *_ in spans]),
        np.array([passages[n].paragraph for n, *_ in spans]),
        np.array([kind(resolution) for resolution in resolutions], np.intp).reshape(-1, 3),
        relations(keys, resolutions),
    )


def _by_place(keys: Sequence[str], odds: Floats) -> dict[str, float]:
    """Join the mentions of each place: it is as likely as they are together."""
    found: dict[str, float] = {}
    for key, value in zip(keys, odds.tolist(), strict=True):
        found[key] = float(np.logaddexp(found[key], value)) if key in found else value
    return found


def _mean(scene: Scene, first: int, last: int) -> Floats:
    """Return the mean vector of the words of a span that the network read."""
    assert scene.vectors is not None
    word: Floats = scene.vectors[first]
    if first == last:
        return word
    rows = scene.vectors[first : last + 1]
    read = rows[rows.any(1)]
    mean: Floats = (read if len(read) else rows).mean(0)
    return mean
