"""What bears on whether an event is one, and happened where it would be pinned: a row of numbers for each.

Rules and forests before this decide one thing each: what a word reports, its status, its places, its date.
Here all of that is put together with what the event network reads, once the whole article is told.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import get_args

from dateline.geo.date_meanings import Tense
from dateline.geo.event_network import STATUSES
from dateline.geo.link_choice import Link
from dateline.geo.link_evidence import log_odds
from dateline.geo.model import EventPlace, Precision, Resolution
from dateline.geo.readings import UNSEEN, place_key
from dateline.geo.reports import Found
from dateline.geo.triggers import PHYSICAL, TYPES, VERBAL

_TYPE = {name: i for i, name in enumerate(TYPES)}
_TENSE: dict[Tense, float] = {"past": 0, "unknown": 1, "future": 2}
_KIND = {"text": 0.0, "heading": 1.0, "caption": 2.0}
_PRECISION = {name: float(i) for i, name in enumerate(get_args(Precision))}
_MATCH = {"exact": 0.0, "variant": 1.0, "fuzzy": 2.0, "geocoder": 3.0, "nearby": 4.0}
_FEATURE = {letter: float(i) for i, letter in enumerate("PAHLRSTUV")}
_PREPOSITION = {"in": 1.0, "at": 2.0, "near": 3.0, "on": 4.0, "from": 5.0, "to": 6.0, "of": 7.0, "": 8.0}
_NONE, _OTHER = -1.0, 9.0
#: Counts, words, kilometres and days beyond which more are no more.
_MANY, _FAR, _WIDE, _LONG = 12, 40, 500.0, 400


class Whole:
    """An article's events, seen together.

    Parameters
    ----------
    published : datetime.date or None
        The article's day.
    events : sequence of Found
        In the order of the text.
    resolutions : sequence of Resolution
        Of all its mentions.
    """

    def __init__(
        self, published: dt.date | None, events: Sequence[Found], resolutions: Sequence[Resolution]
    ) -> None:
        literal = [r for r in resolutions if r.place and r.mention.role == "literal"]
        self._published = published
        self._types = Counter(item.trigger.type for item in events)
        self._sentences = Counter(item.sentence.start for item in events)
        self._news = sum(1 - item.read.types[0] for item in events) / max(1, len(events))
        self._named = Counter(place_key(r) for r in literal)
        self._countries = Counter(r.place.country for r in literal if r.place)
        self._linked = Counter(place_key(link.spot.resolution) for item in events for link in item.links)

    def of_event(self, item: Found, before: Found | None) -> list[float]:
        """Return what bears on whether an event is one; `before` is the one told before it."""
        trigger, read = item.trigger, item.read
        own = _TYPE.get(trigger.type, -1) + 1
        status = STATUSES.index(item.status)
        return [
            log_odds(1 - read.types[0]),
            log_odds(read.types[own]) if own else _NONE,
            max(p for i, p in enumerate(read.types) if i not in (0, own)),
            *read.statuses,
            read.statuses[status],
            float(status),
            float(STATUSES.index(item.told)),
            trigger.probability,
            float(trigger.verbal),
            float(own),
            float(trigger.type in VERBAL),
            float(trigger.type in PHYSICAL),
            float(bool(trigger.entry.mode)),
            _TENSE[item.tense],
            *_of_date(item, self._published),
            float(item.definite),
            float(item.in_subordinate),
            _KIND.get(item.sentence.kind, _OTHER),
            float(min(_MANY, item.sentence.paragraph)),
            float(min(_FAR, len(item.tokens))),
            float(min(_FAR, trigger.head)),
            float(trigger.last - trigger.first),
            float(self._sentences[item.sentence.start]),
            float(min(_MANY, self._types[trigger.type])),
            float(min(_MANY, self._types.total())),
            self._news,
            float(bool(item.numbers)),
            float(bool(item.actors)),
            float(bool(item.recipients)),
            float(len(item.links)),
            max(read.places.values(), default=UNSEEN),
            *_after(item, before),
        ]

    def of_pin(self, item: Found, link: Link, pin: EventPlace) -> list[float]:
        """Return what bears on whether an event happened at one of its places, beside :meth:`of_event`."""
        resolution, spot = link.spot.resolution, link.spot
        place = resolution.place
        assert place is not None  # links are made of resolved mentions only
        key = place_key(resolution)
        own = item.read.places.get(key, UNSEEN)
        linked = {place_key(other.spot.resolution) for other in item.links}
        others = [value for name, value in item.read.places.items() if name != key]
        unlinked = [value for name, value in item.read.places.items() if name not in linked]
        return [
            log_odds(link.probability),
            log_odds(max((other.probability for other in item.links if other is not link), default=0.0)),
            resolution.probability,
            resolution.mention.score,
            _MATCH.get(resolution.match, 0.0),
            _FEATURE.get(place.feature_class, _NONE),
            _PRECISION[pin.precision],
            min(_WIDE, pin.radius_km),
            own,
            own - max(others, default=UNSEEN),
            own - max(unlinked, default=UNSEEN),
            float(sum(value > own for value in others)),
            float(min(_MANY, len(others))),
            *_between(item, link),
            _PREPOSITION.get(spot.preposition, _OTHER),
            float(spot.coordinated),
            float(item.carried),
            float(min(_MANY, self._named[key])),
            self._countries[place.country] / max(1, self._countries.total()),
            float(min(_MANY, self._linked[key])),
        ]


def _of_date(item: Found, published: dt.date | None) -> tuple[float, ...]:
    if item.date is None:
        return (_NONE, 0.0, 0.0)
    told = item.date.interval
    age = (published - told.last).days if published else 0
    return (
        float(item.date in item.dates),
        float(max(-_LONG, min(_LONG, age))),
        float(min(_LONG, (told.last - told.first).days)),
    )


def _after(item: Found, before: Found | None) -> tuple[float, ...]:
    """Return what was told right before."""
    if before is None:
        return (_NONE,) * 4
    return (
        float(min(_MANY, item.sentence.paragraph - before.sentence.paragraph)),
        float(item.sentence is before.sentence),
        float(STATUSES.index(before.status)),
        before.read.statuses[STATUSES.index("background")],
    )


def _between(item: Found, link: Link) -> tuple[float, ...]:
    """Return on which side of its event a place stands, in which sentence, and what stands between."""
    mention, tokens = link.spot.resolution.mention, item.tokens
    if mention.start < tokens[0].start:
        return (2.0, _NONE, _NONE)
    if mention.start >= item.sentence.end:
        return (3.0, _NONE, _NONE)
    first = next(i for i, word in enumerate(tokens) if word.end > mention.start)
    low, high = sorted((item.trigger.head, first))
    commas = sum(word.lower == "," for word in tokens[low:high])
    return (float(first > item.trigger.head), float(min(_FAR, high - low)), float(commas))
