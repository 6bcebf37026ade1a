"""Places that leave no doubt that an event happened there: "recaptured Sake", "in Uvira, where a barge sank".

What grammar alone decides is not left to a classifier of words and distances.
"""

from __future__ import annotations

from dateline.geo.apposition import names_container
from dateline.geo.date_tense import is_past
from dateline.geo.harm import HURT
from dateline.geo.journeys import is_take_off
from dateline.geo.link_features import Scene
from dateline.geo.spots import Spot
from dateline.geo.triggers import VERBAL, Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import all_forms

_CLAUSE, _LOCATIVE = wordlist("clause_openers"), wordlist("locative")
_SITES, _PASSIVE = wordlist("sites"), wordlist("passive")
#: So many words of a clause with "where" tell what happened there.
_WHERE = 12
#: What befalls a dam or a bridge itself, and what is done to it.
_GIVES_WAY = all_forms("collapse", "burst", "breach", "burn", "explode", "overflow")
#: Who was harmed, and by what: "a man killed in the flood".
_HARMED, _BY = HURT | {"killed"}, frozenset({"in", "by", "during"})
_DAMAGED = all_forms("hit", "strike", "bomb", "shell", "attack", "destroy", "damage", "close", "evacuate")
#: What leads from a clause to what another tells.
_LEADS_AWAY = _CLAUSE | wordlist("speech")
_PERFECT = frozenset({"has", "have", "had"})
#: What becomes of airports, mines and bridges.
_OF_SITES = frozenset({"DISRUPTION", "CONCEDE", "ACCIDENT", "DISASTER"})
#: So long is what stands between a dam and what befell it: "The Arbaat dam, 40 km north of Port Sudan,".
_ASIDE = 10


def leaves_no_doubt(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether grammar leaves no doubt that an event happened at a place."""
    if trigger.type == "ACCIDENT" and is_take_off(scene, spot):
        return not any(_is_venue(other) for other in scene.places if other is not spot)
    if trigger.entry.mode == "territory taken" and trigger.verbal:
        return spot.first == trigger.last + 1 and not spot.preposition
    return (
        _is_numbered_part_behind(scene, trigger, spot)
        or _begins_clause(scene, trigger, spot)
        or _is_hit_itself(scene, trigger, spot)
        or _leads_where(scene, trigger, spot)
        or _is_what_follows_of(scene, trigger, spot)
        or _is_said_there(scene, trigger, spot)
        or (trigger.entry.mode == "weapons test" and spot.preposition == "from")
    )


def _is_venue(spot: Spot) -> bool:
    """Return whether a place where something may have happened is told."""
    return spot.preposition in _LOCATIVE and spot.literal


def _is_numbered_part_behind(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a part of a place is told that has a number for a name: "in Ward 5 of Mandalay"."""
    at = spot.first - 1
    numbered = at > 2 and scene.lowers[at] == "of" and scene.lowers[at - 1].isdigit()
    if not numbered or not scene.sentence[at - 2].capital or spot.preposition not in _LOCATIVE:
        return False
    return spot.first > trigger.last and _CLAUSE.isdisjoint(scene.lowers[trigger.last + 1 : spot.first])


def _begins_clause(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a place begins a trigger's clause, which has no other: "...; in Lae, crowds marched"."""
    words, at = scene.lowers, spot.first - 2
    border = next((i for i in range(spot.last, len(words)) if words[i] == ";"), len(words))
    begins = words[at] == ";" if at >= 0 else spot.first == 1 and border < len(words)
    if not begins or not _is_venue(spot) or words[spot.last + 1 : spot.last + 2] != [","]:
        return False
    lead = words[spot.last + 1 : trigger.first]
    if not spot.last < trigger.first < border or not _LEADS_AWAY.isdisjoint(lead) or any(map(is_past, lead)):
        return False  # "...; in Geneva, the UN said 30 people were killed"
    harmed_by = words[trigger.last] in _HARMED and not _BY.isdisjoint(
        words[trigger.last + 1 : trigger.last + 2]
    )
    if harmed_by and _PASSIVE.isdisjoint(lead):
        return False  # "...; in London, friends of a man killed in the flood met"
    return not any(spot.last < other.first < border and _is_venue(other) for other in scene.places)


def _is_hit_itself(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a dam, a bridge or the like is what was harmed: "The Arbaat dam, ..., collapsed"."""
    words, place = scene.lowers, spot.resolution.place
    if spot.preposition or place is None or not 0 < trigger.head - spot.last <= _ASIDE:
        return False
    last = spot.last + (words[spot.last + 1] in _SITES)
    if words[last] not in _SITES and place.feature_class != "S":
        return False
    between = words[last + 1 : trigger.head]
    # an aside: "..., 40 km north of Port Sudan, collapsed"
    if between[:1] == [","] and between.count(",") > 1:
        between = between[-between[::-1].index(",") or len(between) :]
    told = [word for word in between if word not in _PERFECT]
    if told:
        return told[0] in _PASSIVE and len(told) == 1 and words[trigger.head] in _DAMAGED
    return words[trigger.head] in _GIVES_WAY


def _leads_where(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a clause about a place holds the trigger: "at Soyo in Zaire, where a ship burnt"."""
    before, last = scene.before(spot), spot.last
    if before is not None and _is_held(scene, before, spot):
        return False  # "in Durán, Ecuador, where a mayor was shot"
    after = scene.after(spot)
    while after is not None and (after.coordinated or _is_held(scene, spot, after)):
        last, after = after.last, scene.after(after)
    clause = scene.lowers[last + 1 : trigger.first]
    if clause[:2] != [",", "where"] or len(clause) > _WHERE or not _CLAUSE.isdisjoint(clause[2:]):
        return False
    return not any(last < other.first < trigger.first for other in scene.places)


def _is_what_follows_of(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a clause tells what became of a site itself: "Goma airport, which closed on Monday"."""
    words, place = scene.lowers, spot.resolution.place
    last = spot.last + (words[spot.last + 1 : spot.last + 2] != [] and words[spot.last + 1] in _SITES)
    site = words[last] in _SITES or (place is not None and place.feature_class == "S")
    clause = words[last + 1 : trigger.first]
    if trigger.type not in _OF_SITES or clause[:2] not in ([",", "which"], [",", "that"]):
        return False
    return site and all(word in _PASSIVE or word in _PERFECT for word in clause[2:])


def _is_said_there(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether who says it speaks there: "The general, speaking in Atbara, ruled out talks"."""
    speaks = scene.lowers[max(0, spot.first - 2) : spot.first - 1] == ["speaking"]
    return speaks and spot.preposition in _LOCATIVE and trigger.type in VERBAL and trigger.verbal


def _is_held(scene: Scene, inner: Spot, outer: Spot) -> bool:
    """Return whether a place is named with the one that holds it: "Durán, Ecuador", "at Soyo in Zaire"."""
    in_it = scene.lowers[inner.last + 1 : outer.first] == ["in"] and inner.preposition in ("at", "in")
    return in_it or names_container(scene, inner, outer)
