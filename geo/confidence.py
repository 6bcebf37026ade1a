"""How sure it is that an event is one, and that it happened where it is pinned, as stated.

Two forests weigh all that was found out about an event (:mod:`dateline.geo.event_evidence`).  Articles of our
own taught them (``python -m benchmarks.training.confidence``): of pins that are 80 % sure, four in five are
right there.  What is too unlikely is left out: a place, or an event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from dateline.geo.event_evidence import Whole
from dateline.geo.model import Article, EventPlace, Resolution
from dateline.geo.pins import pins
from dateline.geo.reports import Found
from dateline.geo.trees import Forest
from dateline.geo.wordlists import DATA

#: A place less likely than this, by linker and resolver or by the forests if the event is one, is not stated:
#: the event stays unlocated.
PIN_FLOOR, PLACE_FLOOR = 0.33, 0.5
#: What a word of the lexicon, and one that only the network knows, reports is left out below this.
EVENT_FLOOR, TOLD_FLOOR = 0.3, 0.45


@dataclass(frozen=True, slots=True)
class Judged:
    """An event, how likely it is one, and its likely places, each with how likely it happened there."""

    event: Found
    probability: float
    places: tuple[EventPlace, ...]


def judged(article: Article, events: Sequence[Found], resolutions: Sequence[Resolution]) -> list[Judged]:
    """Return the events of an article with their likely places.

    Parameters
    ----------
    article : Article
    events : sequence of Found
        All that it reports, each event once, in the order of its text.
    resolutions : sequence of Resolution
        Of all its mentions.
    """
    placed = [pins(article.text, item.links) for item in events]
    of_events, of_pins = evidence(article, events, placed, resolutions)
    likely, right = iter(_chances("event", of_events)), iter(_chances("pin", of_pins))
    told = []
    for item, places in zip(events, placed, strict=True):
        probability = next(likely)
        stated = [_pinned(place, next(right), probability) for place in places]
        told.append(Judged(item, probability, tuple(filter(None, stated))))
    return told


def _pinned(place: EventPlace, chance: float, event: float) -> EventPlace | None:
    """Return a place with the chance that the event happened there, none if that is too unlikely.

    It is no surer than which place is meant: the articles that taught the forests tell no namesakes of one
    country apart.
    """
    if place.confidence < PIN_FLOOR or chance < PLACE_FLOOR * event:
        return None
    return replace(place, confidence=min(chance, round(place.resolution.probability, 3)))


def evidence(
    article: Article,
    events: Sequence[Found],
    placed: Sequence[Sequence[EventPlace]],
    resolutions: Sequence[Resolution],
) -> tuple[list[list[float]], list[list[float]]]:
    """Return a row for each event of an article, and one for each of the places of each, in order."""
    whole = Whole(article.date, events, resolutions)
    of_events = [whole.of_event(item, before) for item, before in zip(events, (None, *events), strict=False)]
    of_pins = []
    for item, before, row, places in zip(events, (None, *events), of_events, placed, strict=False):
        for link, place in zip(item.links, places, strict=True):
            teller = item.teller(link)  # who tells the place knows it: "The blast took place in Cholet"
            told = row if teller is item else whole.of_event(teller, before)
            of_pins.append([*told, *whole.of_pin(teller, link, place)])
    return of_events, of_pins


def _chances(name: str, rows: Sequence[Sequence[float]]) -> list[float]:
    if not rows:
        return []
    odds = _forest(name).predict(np.array(rows, np.float32))
    return [round(p, 3) for p in (1 / (1 + np.exp(-odds.astype(float)))).tolist()]


@cache
def _forest(name: str) -> Forest:
    return Forest.load(DATA / "confidence.npz", name)
