"""At which of the places that a sentence names did its event happen?

A gradient-boosted classifier over :mod:`dateline.geo.link_features`, trained on HaltermanEvents, gives every
literal mention a probability for every trigger: first alone, then beside the other places.  What it cannot
have learnt there is added as rules: places of a list share their fate, and of two different events the one in
whose clause a place stands keeps it.  A last classifier, trained on whole reports, weighs both with what else
:mod:`dateline.geo.link_evidence` tells.  Of a place and its container only the finer is pinned.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, pairwise

import numpy as np

from dateline.geo import count_lists, elsewhere
from dateline.geo.governments import is_agent
from dateline.geo.journeys import GOING, is_base, is_cut_route, is_take_off
from dateline.geo.link_evidence import COLUMNS, Case, Story, evidence, prior
from dateline.geo.link_features import Scene, Spot, contains
from dateline.geo.persons import is_title
from dateline.geo.readings import Reading, of_mentions
from dateline.geo.trees import Floats, Forest
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import DATA, wordlist

#: Below this probability a place is not an event's: better unlocated than wrong.
THRESHOLD = 0.6
#: ... or below this, where it goes on a list of the event's places: "one in Hull and one near Boston".
LISTED = 0.5
#: Of several places, those much less likely than the best are other places.
_BEHIND = 0.45
#: A place is another event's that has it so much likelier.
_CLEARLY = 0.2
_CLAUSE = wordlist("clause_openers")
_COURTS = wordlist("courts")
_PLACE_NOUNS = wordlist("place_nouns")
#: Log-odds of what cannot be.
_NEVER = -9.0
#: Log-odds of what grammar alone makes likely.
_LIKELY = 2.0
_SPEECH = wordlist("speech")
_AUXILIARY = wordlist("auxiliaries")
#: Words that make a unit of a town's name.
UNITS = frozenset({"region", "oblast", "province", "governorate", "prefecture"})
_LOCATIVE = wordlist("locative")
#: Words that take up a place told before and tell it in detail: "across Gaza, most of them in Khan Younis".
_DETAILS = frozenset({"including", "notably", "particularly", "especially", "among"})
#: Verbs that only say that something was there.
_LIGHT = frozenset(
    {"reported", "held", "broke", "took", "occurred", "erupted", "continued", "heard", "happened", "staged"}
)
#: A clause of a crime's own behind a verdict: "convicted of crimes committed in Bangui".
#: Words that begin another clause.
_BEGIN = frozenset({"while", "and", "but", ";"})
_COMMITTED = frozenset({"committed", "carried", "took", "killed", "accused", "charges", "crimes", "role"})
#: What happens at the place it leads "from".
_LEAVING = frozenset({"RETREAT", "CRIME", "COERCE"})
_GROUND = frozenset(
    {"town", "towns", "village", "villages", "city", "cities", "base", "bases", "area", "positions"}
    | {"barracks", "outpost", "outposts", "post", "posts", "checkpoint", "camp", "hill", "hills"}
    | {"garrison", "airport"}
)
#: So many words of a clause with "where" tell what happened there.
_WHERE = 12
#: Log-odds of a place that grammar leaves no doubt of.
_TOLD = 1.5
#: Modes of events that are told without a place: what is only promised.
_NOWHERE = frozenset({"aid pledge", "donation", "call"})


#: A sentence, its triggers, and what the event network says of these.
Asked = tuple[Scene, Sequence[Trigger], Sequence[Reading]]


@dataclass(frozen=True, slots=True)
class Link:
    """A place that an event happened at, with the probability of that and why."""

    spot: Spot
    probability: float
    reason: str


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
    odds = np.full(len(rows), _NEVER, np.float32)  # no rival: "a conference on Sudan was held in London"
    asked = [
        place and not barred for case in cases for place, barred in zip(case.places, case.barred, strict=True)
    ]
    odds[asked] = alone.predict(rows[asked])
    of_cases = zip(cases, _by_case(odds, cases), strict=True)
    rivals = [case.scene.rivals(case.trigger.head, row) for case, row in of_cases]
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
    heads = {t.head: _heading(scene, t.head) for t in triggers}
    ruled = [_log_odds(case, list(row), heads) for case, row in zip(cases, judged, strict=True)]
    table = [[1 / (1 + math.exp(-x)) for x in row] for row in ruled]
    return Story(cases, evidence(cases, judged, ruled, _claims(scene, triggers, table)))


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


def _log_odds(case: Case, odds: list[float], heads: dict[int, int]) -> list[float]:
    """Return the classifier's log-odds for each spot, with what it never saw: journeys, origins, lists."""
    scene, trigger = case.scene, case.trigger
    for i, spot in enumerate(scene.places):
        if spot.resolution.place is None or not case.places[i]:
            odds[i] = _NEVER
            continue
        if trigger.entry.mode in GOING and spot.first > trigger.head:
            away = 1.5 if _sets_out(scene, trigger, spot) else -1.5
            odds[i] += {"to": 2.0, "into": 2.0, "from": away, "": 1.0}.get(spot.preposition, 0.0)
        if trigger.entry.mode == "displacement" and spot.preposition == "from":
            odds[i] += 3.0
        elif is_cut_route(scene, trigger, spot):
            odds[i] += 1.0
        elif spot.preposition == "from" or is_base(scene, spot):
            leaving = trigger.type in _LEAVING or trigger.entry.mode == "evacuation"
            leaving = leaving or _sets_out(scene, trigger, spot)
            odds[i] -= 0.0 if leaving and spot.first > trigger.head else 2.5
        odds[i] += _NEVER if case.barred[i] else _structure(scene, trigger, spot, heads)
        if _is_result(scene, trigger, spot, heads):
            odds[i] = max(odds[i] + 2.5, _LIKELY)
        if trigger.type == "AGREE":
            odds[i] -= 1.5
    _share(scene, odds)
    return odds


def _sets_out(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether it is only told from where troops set out: "ordered units from Kaduna to help"."""
    return trigger.entry.mode == "deployment" and not any(s.first > spot.last for s in scene.places)


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


def _structure(scene: Scene, trigger: Trigger, spot: Spot, heads: dict[int, int]) -> float:
    """Return what plain grammar adds to the classifier, which has seen verbs of violence only.

    `heads` holds the heads of all triggers, and where the place stands that begins each one's clause.
    """
    words = scene.lowers
    if spot.first and words[spot.first - 1] in ("not", "except"):
        return _NEVER
    low, high = sorted((trigger.head, spot.first))
    between = words[low + 1 : high]
    borders = sum(word in _CLAUSE or word in ";:" for word in between)
    after = spot.first > trigger.head
    if trigger.entry.mode == "invitation" and not after:
        return _NEVER
    if after and "before" in between and any(scene.verbs[low + 1 + between.index("before") : high]):
        return -2.5  # "an hour before he was sworn in in New Delhi"
    diverted = words[trigger.head].startswith(("divert", "rerout"))
    on_route = is_cut_route(scene, trigger, spot)
    if trigger.type in ("DISRUPTION", "ACCIDENT") and spot.preposition == "to" and not diverted | on_route:
        return -2.0  # "flights to Hyderabad", "a bus on its way to Erode"
    if not after and between[:2] in ([",", "which"], [",", "where"]) and len(between) <= 6:
        return 3.5  # "Peru, which holds an election"
    if words[max(0, spot.first - 3) : spot.first] == ["to", "and", "from"]:
        return 3.0  # "trains to and from Quetta"
    beside = words[max(0, spot.first - 2) : spot.last + 2]
    if not after and not _COURTS.isdisjoint(beside):
        if trigger.entry.mode == "legal action":
            return 3.5  # "a Cairo court jailed", "a court in Paris found"
        if trigger.type in ("ASSAULT", "CRIME", "ACCIDENT"):
            return -3.5  # ... "over the attack in Nice"
    extra = -1.2 if is_title(scene, spot) else 0.0
    if any(word in _SPEECH for word in between):
        extra -= 1.2  # "a spokesman in Potsdam said the bombing", "..., it said from its seat in Vienna"
    if trigger.type == "DISRUPTION" and not after and words[spot.last + 1] == "'s":
        extra += 1.0  # "half of Kyiv's homes were cut off"
    crime = any(low < head < high for head in heads) or not _COMMITTED.isdisjoint(between)
    if trigger.entry.mode == "legal action" and after and crime:
        extra -= 3.0  # "convicted of war crimes committed in Bangui"
    if _frames(scene, trigger, spot):
        extra += 1.5
    elif _opens(scene, spot) and not any(spot.last < head < trigger.head for head in heads):
        extra += 1.0
    if heads[trigger.head] == spot.first:
        extra += 3.0
    elif heads[trigger.head] > spot.first:
        extra -= 4.0
    if after and spot.first in heads.values():
        extra -= 2.0
    acts = [w for w, verb in zip(between, scene.verbs[low + 1 : high], strict=True) if verb]
    plain = not borders and "," not in between and all(w in _LIGHT or w in _AUXILIARY for w in acts)
    at_once = not trigger.verbal or between[:1] == [spot.preposition]
    if after and plain and at_once and spot.preposition in _LOCATIVE:
        extra += 1.5  # "an airstrike in Kharkiv", "an explosion at a mine in Shanxi", "crashed in Amur"
    elif spot.preposition in _LOCATIVE and not borders and len(between) < 16:
        extra += 0.8
    place = spot.resolution.place
    if not after and spot.first <= 3 and not borders and place and place.feature_class == "S":
        extra += 2.0  # "The Rivne plant lost power"
    return extra


def _heading(scene: Scene, head: int) -> int:
    """Return where the place stands that begins a trigger's clause, -1 for none; no clause has two."""
    return next((spot.first for spot in scene.places if _heads_clause(scene, head, spot)), -1)


def _heads_clause(scene: Scene, head: int, spot: Spot) -> bool:
    """Return whether a trigger's clause begins with a place: "..., while in Guadalajara a man was shot"."""
    words = scene.lowers
    if spot.preposition not in _LOCATIVE or spot.last >= head or spot.first < 2:
        return False
    begins = words[spot.first - 1] == spot.preposition and words[spot.first - 2] in _BEGIN
    return begins and not any(w in _CLAUSE or w in _BEGIN for w in words[spot.last + 1 : head])


def _is_result(scene: Scene, trigger: Trigger, spot: Spot, heads: Iterable[int]) -> bool:
    """Return whether a place stands in a result clause: "..., putting farmland under water at Fishtoft"."""
    if spot.preposition not in _LOCATIVE or any(trigger.head < head < spot.first for head in heads):
        return False
    between = scene.lowers[trigger.head + 1 : spot.first]
    comma = next((i for i, (a, b) in enumerate(pairwise(between)) if a == "," and b.endswith("ing")), -1)
    return comma >= 0 and not any(word in _CLAUSE or word in ";:" for word in between)


def _frames(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a sentence begins with the one place it is about: "In Temuco, police ..."."""
    if not _opens(scene, spot) or trigger.head < spot.last:
        return False
    return all(
        other is spot or not other.literal or contains(other.resolution, spot.resolution)
        for other in scene.places
    )


def _opens(scene: Scene, spot: Spot) -> bool:
    """Return whether a sentence begins with a place: "In Kingston, a judge ..."."""
    begins = spot.first <= 3 and spot.preposition in _LOCATIVE
    return begins and "," in scene.lowers[spot.last + 1 : spot.last + 4]


def _share(scene: Scene, odds: list[float]) -> None:
    """Give coordinated places ("in Odesa and Sumy"), and "Izium, in Kharkiv region", one fate."""
    chain: list[int] = []
    for i, spot in enumerate([*scene.places, None]):
        joined = (
            spot is not None
            and chain
            and (spot.coordinated or _details(scene, scene.places[chain[-1]], spot))
        )
        if joined and odds[i] > _NEVER:
            chain.append(i)
            continue
        if len(chain) > 1:
            shared = max(odds[j] for j in chain) - 0.3
            for j in chain:
                odds[j] = max(odds[j], shared)
        chain = [i] if spot is not None and odds[i] > _NEVER else []
    for i, outer in enumerate(scene.places[1:], 1):
        inner = scene.places[i - 1]
        if (contains(outer.resolution, inner.resolution) or _coarser(scene, outer, inner)) and _apposed(
            scene, outer, inner
        ):
            odds[i - 1] = max(odds[i - 1], odds[i] - 0.3) if odds[i - 1] > -1.5 else odds[i - 1]
            odds[i] = min(odds[i], odds[i - 1])


def _details(scene: Scene, before: Spot, spot: Spot) -> bool:
    """Return whether a place tells an earlier one in detail: "across Gaza, most of them in Khan Younis"."""
    between = scene.lowers[before.last + 1 : spot.first]
    told = not _DETAILS.isdisjoint(between) or ["of", "them"] in [list(pair) for pair in pairwise(between)]
    return told and spot.preposition in _LOCATIVE and ";" not in between and len(between) <= 20


def _claims(scene: Scene, triggers: Sequence[Trigger], table: list[list[float]]) -> list[list[float]]:
    """Take a place, and the rest of its list, from an event when another's trigger has the better claim."""
    result = [list(row) for row in table]
    apart = [[_semicolon(scene, trigger.head, spot) for spot in scene.places] for trigger in triggers]
    for a, trigger in enumerate(triggers):
        others = [(other, b) for b, other in enumerate(triggers) if b != a]
        own = _has_own(scene, trigger, table[a])
        claimed = False
        for i, spot in enumerate(scene.places if others else ()):
            if _leads_where(scene, spot, trigger):
                continue  # "marched to the palace in Lima, where police fired tear gas"
            far = _far(scene, trigger.head, spot)
            claimed = (claimed and spot.coordinated) or any(
                apart[a][i] > apart[b][i]
                or (far and table[b][i] >= 0.8 * table[a][i] and _has_claim(other, trigger, spot, own))
                for other, b in others
            )
            if claimed and not _frames(scene, trigger, spot):
                result[a][i] *= 0.4
    return result


def _leads_where(scene: Scene, spot: Spot, trigger: Trigger) -> bool:
    """Return whether a clause about a place itself holds the trigger: "Lima, where police fired"."""
    after = scene.lowers[spot.last + 1 : trigger.head]
    return after[:2] == [",", "where"] and len(after) <= 9


def _has_own(scene: Scene, trigger: Trigger, row: Sequence[float]) -> bool:
    """Return whether an event has a place of its own right behind its trigger."""
    return any(
        0 < s.first - trigger.last <= 6 and p > THRESHOLD for s, p in zip(scene.places, row, strict=True)
    )


def _has_claim(other: Trigger, trigger: Trigger, spot: Spot, own: bool) -> bool:
    """Return whether a place past a clause border belongs to another event: its trigger is nearer.

    An event with a place of its `own` behind its trigger leaves one before it to the event told there.  Of
    two events of one type only that without a place of its own behind its trigger may reach so far.
    """
    if own and other.head < spot.first < trigger.head:
        return True  # "the massacre at Srebrenica and the siege of Sarajevo"
    if abs(other.head - spot.first) >= abs(trigger.head - spot.first):
        return False
    if other.type != trigger.type:
        return True
    return own and (spot.first < trigger.head or trigger.head < other.head < spot.first)


def _far(scene: Scene, head: int, spot: Spot) -> bool:
    low, high = sorted((head, spot.first))
    between = scene.lowers[low + 1 : high]
    return any(word in _CLAUSE or word in ";,:" or word in ("and", "by", "followed") for word in between)


def _semicolon(scene: Scene, head: int, spot: Spot) -> bool:
    """Return whether a semicolon parts a place from a trigger."""
    low, high = sorted((head, spot.first))
    return ";" in scene.lowers[low + 1 : high]


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
    return likelier and any(word in _CLAUSE or word == ";" for word in scene.lowers[low + 1 : high])


def _chances(case: Case, odds: Sequence[float]) -> list[float]:
    """Return the probability of each spot, 0 for what cannot be the event's."""
    if case.trigger.entry.mode in _NOWHERE or elsewhere.is_remote(case.scene, case.trigger):
        return [0.0] * len(odds)
    chances = [
        1 / (1 + math.exp(-(max(x, _TOLD) if _is_told(case.scene, case.trigger, spot) else x)))
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


def _is_told(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether grammar leaves no doubt: "recaptured Sake", "in Malakal, where a barge arrived"."""
    if trigger.type == "ACCIDENT" and is_take_off(scene, spot):
        return not any(_is_venue(other) for other in scene.places if other is not spot)
    between = scene.lowers[trigger.last + 1 : spot.first]
    if spot.first > trigger.last and _is_numbered_part(scene, spot) and _CLAUSE.isdisjoint(between):
        return True
    if trigger.entry.mode == "territory taken" and trigger.verbal:
        return spot.first == trigger.last + 1 and not spot.preposition
    before, after, last = scene.before(spot), scene.after(spot), spot.last
    if before is not None and _names_container(scene, before, spot):
        return False  # "in Durán, Ecuador, where a mayor was shot"
    if after is not None and _names_container(scene, spot, after):
        last = after.last
    clause = scene.lowers[last + 1 : trigger.first]
    if clause[:2] != [",", "where"] or len(clause) > _WHERE or not _CLAUSE.isdisjoint(clause[2:]):
        return False
    return not any(last < other.first < trigger.first for other in scene.places)


def _is_venue(spot: Spot) -> bool:
    """Return whether a place where something may have happened is told."""
    return spot.preposition in _LOCATIVE and spot.resolution.mention.role == "literal"


def _is_numbered_part(scene: Scene, spot: Spot) -> bool:
    """Return whether a part of a place is told that has a number for a name: "in Ward 5 of Mandalay"."""
    at = spot.first - 1
    numbered = at > 2 and scene.lowers[at] == "of" and scene.lowers[at - 1].isdigit()
    return numbered and scene.sentence[at - 2].capital and spot.preposition in _LOCATIVE


def _names_container(scene: Scene, inner: Spot, outer: Spot) -> bool:
    """Return whether a place is named with the one that holds it: "Durán, Ecuador"."""
    return scene.lowers[inner.last + 1 : outer.first] == [","] and contains(
        outer.resolution, inner.resolution
    )


def _choose(scene: Scene, row: Sequence[float]) -> list[Link]:
    """Return the likely places of a trigger, of several that say the same only the finest."""
    best = max(row)
    chosen: list[Link] = []
    for i, (spot, p) in enumerate(zip(scene.places, row, strict=True)):
        listed = spot.coordinated and chosen and chosen[-1].spot is scene.places[i - 1]
        begins = i + 1 < len(row) and scene.places[i + 1].coordinated and row[i + 1] >= THRESHOLD
        if p >= (LISTED if listed or begins else THRESHOLD) and p >= _BEHIND * best:
            chosen.append(Link(spot, p, _reason(spot)))
    fine = [item for item in chosen if not any(_holds(scene, item.spot, other.spot) for other in chosen)]
    return distinct(fine)


def _holds(scene: Scene, outer: Spot, inner: Spot) -> bool:
    """Return whether the outer place only says where the inner one lies.

    "Izium, in Kharkiv region", "In Wales, ... at Newport", "the Black Sea port of Novorossiysk"; but "across
    the Gaza Strip, most of them in Khan Younis" names two.
    """
    if outer is inner:
        return False
    between = scene.lowers[min(outer.last, inner.last) + 1 : max(outer.first, inner.first)]
    if between in (["and"], ["or"]):
        return False  # "between Kidal and Tessalit"
    if (
        outer.first < inner.first
        and between
        and between[-1] == "of"
        and all(w in _PLACE_NOUNS for w in between)
    ):
        return True
    if not contains(outer.resolution, inner.resolution):
        return outer.first > inner.first and _coarser(scene, outer, inner) and _apposed(scene, outer, inner)
    whole = outer.resolution.place
    if whole is not None and whole.feature_code.startswith("PCL"):
        return True
    return outer.first > inner.first or outer.first <= 4 or len(between) <= 6


def _apposed(scene: Scene, outer: Spot, inner: Spot) -> bool:
    """Return whether an outer place stands right after the inner one: "Izium, in Kharkiv region"."""
    between = scene.lowers[inner.last + 1 : outer.first]
    after = scene.lowers[outer.last + 1] if outer.last + 1 < len(scene.lowers) else "."
    if between == [","] and after in ("and", "or"):
        return False  # a list
    return 0 < len(between) <= 5 and all(
        w in (",", "in", "the", "(", "'s", "of") or w in _PLACE_NOUNS for w in between
    )


def _is_unit(scene: Scene, spot: Spot) -> bool:
    """Return whether a name is a unit's by the word after it: "Kharkiv region"."""
    return spot.last + 1 < len(scene.lowers) and scene.lowers[spot.last + 1] in UNITS


def _coarser(scene: Scene, outer: Spot, inner: Spot) -> bool:
    """Return whether a unit or region may hold a town whose own unit the gazetteer does not tell."""
    a, b = outer.resolution.place, inner.resolution.place
    if a is not None and b is not None and b.feature_class != "A" and _is_unit(scene, outer):
        return a.country == b.country
    if a is None or b is None or (a.country and b.country and a.country != b.country):
        return False
    if a.feature_class == b.feature_class == "P":  # "Croydon, south London"
        near = abs(a.lat - b.lat) < 0.3 and abs(a.lon - b.lon) < 0.5
        return near and (a.population > 3 * b.population or _closes_pair(scene, outer, inner))
    return a.feature_class in ("A", "L") and b.feature_class in ("P", "S", "T")


def _closes_pair(scene: Scene, outer: Spot, inner: Spot) -> bool:
    """Return whether a place ends a pair that is no list: "in Jean-Denis, Petite-Riviere, gunmen shot"."""
    after = scene.after(outer)
    goes_on = after is not None and after.first <= outer.last + 3
    commas = (
        scene.lowers[inner.last + 1 : outer.first] == [","] == scene.lowers[outer.last + 1 : outer.last + 2]
    )
    return outer.preposition == "in" and commas and not goes_on


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
