"""What grammar adds to the classifier of places: journeys, lists, clauses, and which event has a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from dateline.geo.apposition import apposed, coarser
from dateline.geo.holding import contains
from dateline.geo.journeys import GOING, is_base, is_cut_route
from dateline.geo.link_choice import THRESHOLD
from dateline.geo.link_evidence import Case
from dateline.geo.link_features import Scene
from dateline.geo.persons import is_title
from dateline.geo.spots import Spot
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import wordlist

_CLAUSE = wordlist("clause_openers")
_LOCATIVE = wordlist("locative")
_COURTS = wordlist("courts")
#: Log-odds of what cannot be.
NEVER = -9.0
#: Log-odds of what grammar alone makes likely.
_LIKELY = 2.0
_SPEECH = wordlist("speech")
_AUXILIARY = wordlist("auxiliaries")
#: Words that take up a place told before and tell it in detail: "across Gaza, most of them in Khan Younis".
_DETAILS = frozenset({"including", "notably", "particularly", "especially", "among"})
#: Verbs that only say that something was there.
_LIGHT = frozenset(
    {"reported", "held", "broke", "took", "occurred", "erupted", "continued", "heard", "happened", "staged"}
)
#: Words that begin another clause.
_BEGIN = frozenset({"while", "and", "but", ";"})
#: A clause of a crime's own behind a verdict: "convicted of crimes committed in Bangui".
_COMMITTED = frozenset({"committed", "carried", "took", "killed", "accused", "charges", "crimes", "role"})
#: What happens at the place it leads "from".
_LEAVING = frozenset({"RETREAT", "CRIME", "COERCE"})


def by_grammar(case: Case, odds: list[float], heads: dict[int, int]) -> list[float]:
    """Return the classifier's log-odds for each spot, with what it never saw: journeys, origins, lists."""
    scene, trigger = case.scene, case.trigger
    for i, spot in enumerate(scene.places):
        if spot.resolution.place is None or not case.places[i]:
            odds[i] = NEVER
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
        odds[i] += NEVER if case.barred[i] else _structure(scene, trigger, spot, heads)
        if _is_result(scene, trigger, spot, heads):
            odds[i] = max(odds[i] + 2.5, _LIKELY)
        if trigger.type == "AGREE":
            odds[i] -= 1.5
    _share(scene, odds)
    return odds


def _sets_out(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether it is only told from where troops set out: "ordered units from Kaduna to help"."""
    return trigger.entry.mode == "deployment" and not any(s.first > spot.last for s in scene.places)


def _structure(scene: Scene, trigger: Trigger, spot: Spot, heads: dict[int, int]) -> float:
    """Return what plain grammar adds to the classifier, which has seen verbs of violence only.

    `heads` holds the heads of all triggers, and where the place stands that begins each one's clause.
    """
    settled = _settled(scene, trigger, spot)
    if settled is not None:
        return settled
    return (
        _by_words(scene, trigger, spot, heads)
        + _by_clause(scene, trigger, spot, heads)
        + _by_preposition(scene, trigger, spot)
    )


def _settled(scene: Scene, trigger: Trigger, spot: Spot) -> float | None:
    """Return what grammar adds where it alone decides, else None."""
    words, within, after = scene.lowers, scene.between(trigger.head, spot), spot.first > trigger.head
    if spot.first and words[spot.first - 1] in ("not", "except"):
        return NEVER
    if trigger.entry.mode == "invitation" and not after:
        return NEVER
    if after and "before" in within:
        told = trigger.head + 1 + within.index("before")
        if any(scene.verbs[told : spot.first]):
            return -2.5  # "an hour before he was sworn in in New Delhi"
    diverted = words[trigger.head].startswith(("divert", "rerout"))
    on_route = is_cut_route(scene, trigger, spot)
    if trigger.type in ("DISRUPTION", "ACCIDENT") and spot.preposition == "to" and not diverted | on_route:
        return -2.0  # "flights to Hyderabad", "a bus on its way to Erode"
    if not after and within[:2] in ([",", "which"], [",", "where"]) and len(within) <= 6:
        return 3.5  # "Peru, which holds an election"
    if words[max(0, spot.first - 3) : spot.first] == ["to", "and", "from"]:
        return 3.0  # "trains to and from Quetta"
    court = not _COURTS.isdisjoint(words[max(0, spot.first - 2) : spot.last + 2])
    if not after and court and trigger.entry.mode == "legal action":
        return 3.5  # "a Cairo court jailed", "a court in Paris found"
    if not after and court and trigger.type in ("ASSAULT", "CRIME", "ACCIDENT"):
        return -3.5  # ... "over the attack in Nice"
    return None


def _by_words(scene: Scene, trigger: Trigger, spot: Spot, heads: Iterable[int]) -> float:
    """Return what titles, speech, verdicts and what a place owns make of it."""
    within, after = scene.between(trigger.head, spot), spot.first > trigger.head
    extra = -1.2 if is_title(scene, spot) else 0.0
    if any(word in _SPEECH for word in within):
        extra -= 1.2  # "a spokesman in Potsdam said the bombing", "..., it said from its seat in Vienna"
    if trigger.type == "DISRUPTION" and not after and scene.lowers[spot.last + 1] == "'s":
        extra += 1.0  # "half of Kyiv's homes were cut off"
    low, high = sorted((trigger.head, spot.first))
    crime = any(low < head < high for head in heads) or not _COMMITTED.isdisjoint(within)
    if trigger.entry.mode == "legal action" and after and crime:
        extra -= 3.0  # "convicted of war crimes committed in Bangui"
    return extra


def _by_clause(scene: Scene, trigger: Trigger, spot: Spot, heads: dict[int, int]) -> float:
    """Return what it makes of a place that it begins the sentence, or a trigger's clause."""
    extra = 0.0
    if _frames(scene, trigger, spot):
        extra += 1.5
    elif _opens(scene, spot) and not any(spot.last < head < trigger.head for head in heads):
        extra += 1.0
    if heads[trigger.head] == spot.first:
        extra += 3.0
    elif heads[trigger.head] > spot.first:
        extra -= 4.0
    if spot.first > trigger.head and spot.first in heads.values():
        extra -= 2.0
    return extra


def _by_preposition(scene: Scene, trigger: Trigger, spot: Spot) -> float:
    """Return what it makes of a place that "in" and the like lead to it from the trigger at once."""
    within, after = scene.between(trigger.head, spot), spot.first > trigger.head
    low, high = sorted((trigger.head, spot.first))
    borders = any(word in _CLAUSE or word in ";:" for word in within)
    acts = [word for word, verb in zip(within, scene.verbs[low + 1 : high], strict=True) if verb]
    plain = not borders and "," not in within and all(w in _LIGHT or w in _AUXILIARY for w in acts)
    at_once = not trigger.verbal or within[:1] == [spot.preposition]
    extra = 0.0
    if after and plain and at_once and spot.preposition in _LOCATIVE:
        extra += 1.5  # "an airstrike in Kharkiv", "an explosion at a mine in Shanxi", "crashed in Amur"
    elif spot.preposition in _LOCATIVE and not borders and len(within) < 16:
        extra += 0.8
    place = spot.resolution.place
    if not after and spot.first <= 3 and not borders and place and place.feature_class == "S":
        extra += 2.0  # "The Rivne plant lost power"
    return extra


def heading(scene: Scene, head: int) -> int:
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
        if joined and odds[i] > NEVER:
            chain.append(i)
            continue
        if len(chain) > 1:
            shared = max(odds[j] for j in chain) - 0.3
            for j in chain:
                odds[j] = max(odds[j], shared)
        chain = [i] if spot is not None and odds[i] > NEVER else []
    for i, outer in enumerate(scene.places[1:], 1):
        inner = scene.places[i - 1]
        if (contains(outer.resolution, inner.resolution) or coarser(scene, outer, inner)) and apposed(
            scene, outer, inner
        ):
            odds[i - 1] = max(odds[i - 1], odds[i] - 0.3) if odds[i - 1] > -1.5 else odds[i - 1]
            odds[i] = min(odds[i], odds[i - 1])


def _details(scene: Scene, before: Spot, spot: Spot) -> bool:
    """Return whether a place tells an earlier one in detail: "across Gaza, most of them in Khan Younis"."""
    between = scene.lowers[before.last + 1 : spot.first]
    told = not _DETAILS.isdisjoint(between) or ["of", "them"] in [list(pair) for pair in pairwise(between)]
    return told and spot.preposition in _LOCATIVE and ";" not in between and len(between) <= 20


def claims(scene: Scene, triggers: Sequence[Trigger], table: list[list[float]]) -> list[list[float]]:
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
    """Return whether a clause border, a list or a cause parts a place from a trigger."""
    words = scene.between(head, spot)
    return any(word in _CLAUSE or word in ";,:" or word in ("and", "by", "followed") for word in words)


def _semicolon(scene: Scene, head: int, spot: Spot) -> bool:
    """Return whether a semicolon parts a place from a trigger."""
    return ";" in scene.between(head, spot)
