"""Places that only the article as a whole tells: "A slope slid in Sake.  Rescuers pulled out four survivors."

Where no words of its own sentence, of its dateline or of the sentence before say where an event happened, the
event network, which has read the whole article, may know.  Acts of speech have no place.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dateline.geo import carried
from dateline.geo.holding import contains
from dateline.geo.link_choice import Link
from dateline.geo.model import Resolution
from dateline.geo.readings import place_key
from dateline.geo.reports import Found
from dateline.geo.spots import Spot
from dateline.geo.triggers import VERBAL

#: The network's log-odds from which a place is taken.
LIKELY = 1.5


def with_places_read(events: Iterable[Found], resolutions: Sequence[Resolution]) -> list[Found]:
    """Return the events, those without a place at the places that the network reads, if it reads any.

    Parameters
    ----------
    events : iterable of Found
        All that an article reports.
    resolutions : sequence of Resolution
        Of all its mentions.
    """
    mentions: dict[str, list[Resolution]] = defaultdict(list)
    for r in sorted(resolutions, key=_start):
        if r.place is not None and r.mention.role == "literal":
            mentions[place_key(r)].append(r)
    return [_placed(item, mentions) for item in events]


def _placed(item: Found, mentions: Mapping[str, Sequence[Resolution]]) -> Found:
    """Return an event at the places that the network reads, if nothing else tells any.

    What its own sentence names was judged there.
    """
    if item.links or item.trigger.type in VERBAL or carried.hints_elsewhere(item):
        return item
    likely = sorted(
        (mentions[key][0] for key, odds in item.read.places.items() if odds >= LIKELY and key in mentions),
        key=_start,
    )
    outside = [r for r in likely if not _is_named(item, mentions[place_key(r)])]
    finest = [a for a in outside if not any(contains(a, b) for b in outside)]
    links = tuple(_link(r, item.read.places[place_key(r)]) for r in finest)
    return replace(item, links=links, carried=True) if links else item


def _is_named(item: Found, mentions: Sequence[Resolution]) -> bool:
    """Return whether one of the mentions of a place, in order, stands in an event's own sentence."""
    after = bisect_left(mentions, item.sentence.start, key=_start)
    return after < len(mentions) and _start(mentions[after]) < item.sentence.end


def _start(resolution: Resolution) -> int:
    return resolution.mention.start


def _link(resolution: Resolution, odds: float) -> Link:
    spot = Spot(resolution, -1, -1, "", coordinated=False)
    return Link(spot, 1 / (1 + math.exp(-odds)), f'"{resolution.mention.text}", by the article as a whole')
