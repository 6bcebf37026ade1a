"""What bears on an event's place beside the words between: rules, the kind of event, its neighbours.

What stands between the two (:mod:`dateline.geo.link_features`) tells the same of all events.  Here that is
joined with what was made of it so far, and with what only whole reports teach: that speech is seldom pinned,
that another event or an unknown village is nearer, that both ends of a road share their fate.
"""

from __future__ import annotations

import calendar
import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dateline.geo.arrays import Floats
from dateline.geo.link_features import NAMES, Scene
from dateline.geo.link_rivals import best_two, rival
from dateline.geo.spots import Spot, is_route
from dateline.geo.triggers import TYPES, VERBAL, Trigger
from dateline.geo.wordlists import wordlist

_TYPE = {name: i for i, name in enumerate(TYPES)}
_LOCATIVE = wordlist("locative") | {"to", "from"}
_SPEECH = wordlist("speech")
_DAYS = frozenset(name.lower() for name in (*calendar.month_name, *calendar.day_name))
#: The log-odds of what is not there, and beyond which a probability says no more.
_NONE = -9.0
_SURE = 9.0
#: The log-odds beyond which the rules are not believed.
_DOUBT = 4.0
#: A word so far from a trigger is as far as any.
_FAR = 99


@dataclass(frozen=True, slots=True)
class Case:
    """A trigger and its sentence: which mentions are places, which are not the event's, the words between.

    `read` is what the event network says of each mention, and of the likeliest other place of the article.
    """

    scene: Scene
    trigger: Trigger
    places: Sequence[bool]
    barred: Sequence[bool]
    words: Floats
    read: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Story:
    """All triggers of a sentence, and a row of :data:`COLUMNS` for each place of each."""

    cases: Sequence[Case]
    rows: Floats


def evidence(
    cases: Sequence[Case],
    judged: Sequence[Sequence[float]],
    ruled: Sequence[Sequence[float]],
    claimed: Sequence[Sequence[float]],
) -> Floats:
    """Return a row for each place of each trigger of a sentence.

    Parameters
    ----------
    cases
        Of one sentence.
    judged, ruled : log-odds, by trigger and place
        By the classifier of what stands between, and as rules change them.
    claimed : probabilities
        As other events claim their places.
    """
    scene = cases[0].scene
    heads = sorted(case.trigger.head for case in cases)
    unknown = _unknown_names(scene)
    of_places = [_of_place(scene, i) for i in range(len(scene.places))]
    by_place = [best_two([row[i] for row in ruled], _NONE) for i in range(len(scene.places))]
    rows: list[list[float]] = []
    for n, case in enumerate(cases):
        head = case.trigger.head
        best = best_two(ruled[n], _NONE)
        nameless = min((abs(at - head) for at in unknown), default=_FAR)
        unresolved = max(
            (x for x, spot in zip(judged[n], scene.places, strict=True) if spot.resolution.place is None),
            default=_NONE,
        )
        of_event = [*_of_event(case.trigger), len(cases), n, unresolved]
        read = best_two([odds for odds, _ in case.read], _NONE)
        for i, spot in enumerate(scene.places):
            rows.append(
                [
                    judged[n][i],
                    ruled[n][i],
                    log_odds(claimed[n][i]),
                    case.barred[i],
                    rival(best, ruled[n][i]),
                    rival(by_place[i], ruled[n][i]),
                    *of_event,
                    *_nearer_events(heads, head, spot),
                    nameless < abs(spot.first - head),
                    *of_places[i],
                    *case.read[i],
                    rival(read, case.read[i][0]),
                ]
            )
    return np.hstack([np.vstack([case.words for case in cases]), np.array(rows, np.float32)])


def prior(rows: Floats) -> Floats:
    """Return the log-odds that rules and rivals leave, which the last classifier only corrects."""
    return np.clip(rows[:, COLUMNS.index("claimed")], -_DOUBT, _DOUBT)


def _of_event(trigger: Trigger) -> list[float]:
    return [
        trigger.type in VERBAL - {"AGREE"},
        _TYPE.get(trigger.type, -1),
    ]


def _of_place(scene: Scene, i: int) -> list[float]:
    """Return what is the same for every event: how sure a place is, and whether a list or a route goes on."""
    spot = scene.places[i]
    before = scene.before(spot)
    after = scene.places[i + 1] if i + 1 < len(scene.places) else None
    resolution = spot.resolution
    return [
        resolution.mention.end < scene.sentence[0].start,  # taken up: "there", "the town"
        resolution.probability,
        resolution.match == "nearby",
        resolution.mention.score,
        after is not None and after.coordinated,
        before is not None and is_route(before, spot),
        after is not None and is_route(spot, after),
        _speaks(scene, spot),
    ]


def _speaks(scene: Scene, spot: Spot) -> int:
    """Return how somebody speaks there: "officials in Kyiv said" (1), "the army said in Bamako" (2)."""
    if spot.last + 1 < len(scene.lowers) and scene.lowers[spot.last + 1] in _SPEECH:
        return 1
    return 0 if _SPEECH.isdisjoint(scene.lowers[max(0, spot.first - 4) : spot.first]) else 2


def _nearer_events(heads: Sequence[int], head: int, spot: Spot) -> list[float]:
    """Return how many events stand between a trigger and a place, and nearer; whether it is the next's."""
    low, high = sorted((head, spot.first))
    distance = high - low
    following = bisect_right(heads, head)
    return [
        bisect_left(heads, high) - bisect_right(heads, low),
        bisect_left(heads, spot.first + distance) - bisect_right(heads, spot.first - distance),
        following < len(heads) and spot.first > heads[following],
    ]


def _unknown_names(scene: Scene) -> list[int]:
    """Return where a preposition leads to a name that nobody recognised: "died at Ibaa"."""
    known = {i for spot in scene.places for i in range(spot.first, spot.last + 1)}
    words = scene.lowers
    return [
        i
        for i, word in enumerate(scene.sentence)
        if i and word.capital and i not in known and words[i] not in _DAYS and words[i - 1] in _LOCATIVE
    ]


def log_odds(probability: float) -> float:
    """Return the log-odds of a probability, bounded: beyond that one says no more."""
    return max(-_SURE, min(_SURE, math.log(max(probability, 1e-9) / max(1 - probability, 1e-9))))


#: The columns of :func:`evidence`.
COLUMNS = [
    *NAMES, "judged", "ruled", "claimed", "barred", "rival", "other_event", "speech", "type",
    "events", "nth", "unresolved_rival", "events_between", "events_nearer", "next_events", "unknown_nearer",
    "taken_up", "resolution", "nearby", "recognition", "list_goes_on", "route_end", "route_start", "speaks",
    "read", "read_elsewhere", "read_rival",
]  # fmt: skip
