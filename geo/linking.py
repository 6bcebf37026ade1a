"""At which of the places that a sentence names did its event happen?

A gradient-boosted classifier over :mod:`dateline.geo.link_features`, trained on HaltermanEvents, gives every
literal mention a probability for every trigger: first alone, then beside the other places.  What it cannot
have learnt there is added as rules: places of a list share their fate, and of two different events the one in
whose clause a place stands keeps it.  A last classifier, trained on whole reports, weighs both with what else
:mod:`dateline.geo.link_evidence` tells.  Of a place and its container only the finer is pinned.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

import numpy as np

from dateline.geo import elsewhere, link_rivals
from dateline.geo.arrays import Floats
from dateline.geo.governments import is_agent
from dateline.geo.link_choice import Link, decide
from dateline.geo.link_evidence import COLUMNS, Case, Story, evidence, prior
from dateline.geo.link_features import Scene
from dateline.geo.link_grammar import NEVER, by_grammar, claims, heading
from dateline.geo.readings import Reading, of_mentions
from dateline.geo.trees import Forest
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import DATA

#: What stands where ground changes hands.
_GROUND = frozenset(
    {"town", "towns", "village", "villages", "city", "cities", "base", "bases", "area", "positions"}
    | {"barracks", "outpost", "outposts", "post", "posts", "checkpoint", "camp", "hill", "hills"}
    | {"garrison", "airport"}
)


#: A sentence, its triggers, and what the event network says of these.
Asked = tuple[Scene, Sequence[Trigger], Sequence[Reading]]


@cache
def _forests() -> tuple[Forest, Forest]:
    """Return what judges a place alone, and what judges it beside the others."""
    return Forest.load(DATA / "linker.npz", "alone"), Forest.load(DATA / "linker.npz", "beside")


@cache
def _report() -> Forest:
    """Return what weighs that and all other evidence, as our own articles taught."""
    return Forest.load(DATA / "linker.npz", "report")


def link(sentences: Sequence[Asked]) -> list[list[list[Link]]]:
    """Return, for every trigger of every sentence, the places at which its event happened, in order.

    The classifiers are asked once for all sentences: calling one costs more than what it computes for one.
    """
    stories = weighed_evidence(sentences)
    tables = [story.rows for story in stories if story.cases]
    odds = iter(_odds(np.vstack(tables)) if tables else ())
    return [
        decide(story.cases, [[next(odds) for _ in case.places] for case in story.cases])
        or [[] for _ in triggers]
        for story, (_, triggers, _) in zip(stories, sentences, strict=True)
    ]


def _odds(table: Floats) -> list[float]:
    """Return the log-odds of each row of evidence."""
    odds: list[float] = (prior(table) + _report().predict(table)).tolist()
    return odds


def weighed_evidence(sentences: Sequence[Asked]) -> list[Story]:
    """Return the evidence of every sentence: nothing where it names no literal place."""
    told = [_cases(*sentence) for sentence in sentences]
    judged = iter(_judged([case for cases in told for case in cases]))
    return [_story(cases, [next(judged) for _ in cases]) for cases in told]


def _cases(scene: Scene, triggers: Sequence[Trigger], read: Sequence[Reading]) -> list[Case]:
    """Return the triggers of a sentence, if it names a place where something may have happened."""
    if not triggers or not any(spot.literal for spot in scene.places):
        return []
    places = [_is_place(scene, i) for i in range(len(scene.places))]
    return [
        Case(
            scene,
            t,
            places,
            [elsewhere.is_elsewhere(scene, t, spot) for spot in scene.places],
            scene.features(t.head, t.verbal),
            of_mentions(reading.places, scene),
        )
        for t, reading in zip(triggers, read, strict=True)
    ]


def _judged(cases: Sequence[Case]) -> list[list[float]]:
    """Return the log-odds of each spot, for each trigger, by what HaltermanEvents taught."""
    if not cases:
        return []
    alone, beside = _forests()
    rows = np.vstack([case.words for case in cases])
    odds = np.full(len(rows), NEVER, np.float32)  # no rival: "a conference on Sudan was held in London"
    asked = [
        place and not barred for case in cases for place, barred in zip(case.places, case.barred, strict=True)
    ]
    odds[asked] = alone.predict(rows[asked])
    of_cases = zip(cases, _by_case(odds, cases), strict=True)
    rivals = [link_rivals.rivals(case.scene, case.trigger.head, row) for case, row in of_cases]
    return _by_case(beside.predict(np.hstack([rows, np.vstack(rivals)])), cases)


def _by_case(odds: Floats, cases: Sequence[Case]) -> list[list[float]]:
    """Return what was predicted of all spots, case by case."""
    ends = accumulate(len(case.places) for case in cases)
    return [odds[end - len(case.places) : end].tolist() for case, end in zip(cases, ends, strict=True)]


def _story(cases: Sequence[Case], judged: Sequence[Sequence[float]]) -> Story:
    """Return a sentence with the evidence of its links: what was judged, and what the rules make of that."""
    if not cases:
        return Story((), np.zeros((0, len(COLUMNS)), np.float32))
    scene, triggers = cases[0].scene, [case.trigger for case in cases]
    heads = {t.head: heading(scene, t.head) for t in triggers}
    ruled = [by_grammar(case, list(row), heads) for case, row in zip(cases, judged, strict=True)]
    table = [[1 / (1 + math.exp(-x)) for x in row] for row in ruled]
    return Story(cases, evidence(cases, judged, ruled, claims(scene, triggers, table)))


def takes_ground(scene: Scene, trigger: Trigger) -> bool:
    """Return whether what was "captured" or "seized" is a place: no kingpin, no women, no cargo."""
    if not trigger.verbal or trigger.first != trigger.last:
        return True  # "took control", "seized the town of"
    if scene.lowers[trigger.head].startswith("advanc"):
        return True  # "advanced in", "advanced west of"
    after = range(trigger.last + 1, trigger.last + 9)
    if not _GROUND.isdisjoint(scene.lowers[after.start : after.stop]):
        return True
    passive = scene.lowers[trigger.first - 1] in ("was", "were", "been", "being")
    return any(
        (spot.first in after and spot.preposition in ("", "of")) or (passive and spot.first < trigger.first)
        for spot in scene.places
        if spot.literal
    )


def _is_place(scene: Scene, i: int) -> bool:
    """Return whether a mention is literal, or in one list with a literal one ("struck Odesa and Sumy")."""
    role = scene.places[i].resolution.mention.role
    if is_agent(scene, scene.places[i]):
        return False
    if role != "metonym":
        return role == "literal"
    before = scene.places[i - 1] if i and scene.places[i].coordinated else None
    after = scene.places[i + 1] if i + 1 < len(scene.places) and scene.places[i + 1].coordinated else None
    return any(other and other.literal for other in (before, after))
