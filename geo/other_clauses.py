"""Places of another clause than an event's: where only some were, what it answers, what only dates it.

A classifier of words and distances does not see that "The strikes were a response to attacks on Saratov"
tells of two events, and "12 died in Lebanon, including three in Tyre" of one that was not in Tyre alone.
"""

from __future__ import annotations

from itertools import pairwise

from dateline.geo.harm import BREAKS
from dateline.geo.holding import contains
from dateline.geo.link_features import Scene
from dateline.geo.numerals import value
from dateline.geo.spots import Spot, begins_clause
from dateline.geo.triggers import PHYSICAL, Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import irregular_forms

#: Words between a number of people and a part of it: "12 people, including three", "five of them".
_INCLUDES, _OF_THEM = frozenset({"including", "included", "among"}), ["of", "them"]
_PART_WORDS = _INCLUDES | {"them"}
_ANSWERS = wordlist("answers")
_SPEECH = wordlist("speech")
_AGAINST = frozenset({"against", "over"})
_LOCATIVE = wordlist("locative")
_PERFECT = frozenset({"has", "have"})
_WHO = frozenset({"who", "which"})
#: What a state closes of its own.
_OWN = frozenset({"airspace", "border", "borders", "embassy", "ports", "waters"})
_FORESEE = frozenset(
    {"expect", "expects", "expected", "predict", "predicts", "predicted", "forecast", "fear"}
)
#: What says that a deed is yet to come, if these words stand so near before it.
_AHEAD, _NEAR = _FORESEE | {"will", "would", "could", "may", "might", "due", "set", "likely"}, 6
#: How long before or after something else an event came is told by that, not by where that was.
_CAME = frozenset({"came", "comes", "coming", "followed", "follows"})
#: "Soldiers and armed police" are all troops.
_OF_TROOPS = frozenset({"armed", "unarmed", "armoured", "armored", "mounted", "motorised", "motorized"})


def is_of_another(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a place is only that of another clause of its sentence."""
    return (
        whole_of(scene, trigger, spot) is not None
        or _is_answered(scene, trigger, spot)
        or _is_after_since(scene, trigger, spot)
        or _is_other_deed(scene, trigger, spot)
        or _is_of_speaker(scene, trigger, spot)
        or _is_protested(scene, trigger, spot)
        or _is_of_verb_before(scene, trigger, spot)
        or _only_dates(scene, trigger, spot)
        or _only_foresees(scene, spot)
        or _is_foreseen(scene, trigger, spot)
        or _is_at_home(scene, trigger, spot)
        or _begins_another(scene, trigger, spot)
        or _is_of_aside(scene, trigger, spot)
    )


def _is_of_aside(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether an aside tells where who acts has been: "Modi, who visited Goa on Monday, will meet"."""
    words = scene.lowers
    who = next((i for i in range(spot.first, 0, -1) if words[i] in _WHO or words[i] == ","), 0)
    if not who or words[who] == "," or words[who - 1] != "," or trigger.type in PHYSICAL:
        return False  # who works in a town comes to harm there
    close = next((i for i in range(spot.last + 1, len(words)) if words[i] == ","), len(words))
    return close < trigger.first


def _is_protested(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether what people protest against was done there: "against a law passed in Nairobi"."""
    between = scene.lowers[trigger.last : spot.first]
    at = next((i for i, word in enumerate(between) if word in _AGAINST), None)
    if trigger.type != "PROTEST" or at is None or not BREAKS.isdisjoint(between):
        return False
    return any(word.endswith("ed") or word in irregular_forms() for word in between[at + 3 :])


def whole_of(scene: Scene, trigger: Trigger, spot: Spot) -> Spot | None:
    """Return where all were, if only some were at a place: "12 in Lebanon, including three in Tyre"."""
    if _PART_WORDS.isdisjoint(scene.lowers):
        return None
    part = next((i for i in range(spot.first - 1, trigger.head, -1) if _counts_part(scene, i)), None)
    if part is None or not BREAKS.isdisjoint(scene.lowers[part : spot.first]):
        return None
    held = [whole for whole in scene.places if whole.last < part and _is_in(spot, whole)]
    return held[-1] if held else None


def _is_in(spot: Spot, whole: Spot) -> bool:
    """Return whether a place lies in another, or in the province of a larger town told for all of it."""
    a, b = whole.resolution.place, spot.resolution.place
    if not whole.literal or a is None or b is None:
        return False
    around = bool(a.admin1_id) and a.admin1_id == b.admin1_id and a.population > b.population
    return contains(whole.resolution, spot.resolution) or around


def _counts_part(scene: Scene, i: int) -> bool:
    """Return whether a number tells how many of those counted before: "including at least three"."""
    number, last = value(scene.sentence, i)
    lead = scene.lowers[max(0, i - 4) : i]
    of_them = scene.lowers[last + 1 : last + 3] == _OF_THEM
    return number is not None and (of_them or not _INCLUDES.isdisjoint(lead))


def _is_answered(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether it answers what happened there: "The strikes were a response to attacks on Saratov"."""
    between = scene.lowers[trigger.last + 1 : spot.first]
    at = next((i for i, word in enumerate(between) if word in _ANSWERS), None)
    return at is not None and not {"to", "for"}.isdisjoint(between[at + 1 : at + 2])


def _is_after_since(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether an event only dates what is told: "The worst fighting since a war in July reached X"."""
    lead = scene.lowers[max(0, trigger.first - 9) : trigger.first]
    since = lead[lead.index("since") :] if "since" in lead else [","]
    dates = "," not in since or ", which" in " ".join(since)  # "since a war, which killed 48, has reached X"
    return dates and not _PERFECT.isdisjoint(scene.lowers[trigger.last + 1 : spot.first])


def _is_other_deed(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether troops moved and something else was done there: "scrambled jets and shut X airport"."""
    between = range(trigger.last + 1, spot.first)
    return trigger.type == "MOBILIZE" and any(
        scene.lowers[i] == "and"
        and any(_is_deed(word) for word in scene.lowers[i + 1 : min(i + 3, spot.first)])
        for i in between
    )


def _is_deed(word: str) -> bool:
    return word.endswith("ed") and word not in _OF_TROOPS


def _is_of_speaker(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether another government tells the event: "In Thailand ..., while Phnom Penh said 20 died"."""
    return any(
        spot.last < other.first < trigger.first
        and scene.lowers[other.first - 1] in ("while", "but", "and")
        and scene.lowers[other.last + 1] in _SPEECH
        and not other.coordinated  # "residents of Oleshky and Hola Prystan told"
        for other in scene.places
    )


def _is_of_verb_before(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether each of two verbs has its own place: "hit a depot in Kerch and struck one in Tula"."""
    if scene.lowers[spot.last + 1 : trigger.first] != ["and"]:
        return False
    return trigger.verbal and any(
        trigger.last < own.first
        and own.preposition in _LOCATIVE
        and own.literal
        and own.resolution.place != spot.resolution.place
        and BREAKS.isdisjoint(scene.lowers[trigger.last + 1 : own.first])
        and not contains(own.resolution, spot.resolution)
        for own in scene.places
    )


def _only_dates(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a place lies in a clause that only says when: "came a day after talks in Oslo"."""
    between = scene.lowers[trigger.last + 1 : spot.first]
    came = next((i for i, word in enumerate(between) if word in _CAME), None)
    return came is not None and not {"after", "before", "as"}.isdisjoint(between[came:])


def _only_foresees(scene: Scene, spot: Spot) -> bool:
    """Return whether somebody there only expects it: "Forecasters in Offenbach expect the storm"."""
    after = scene.lowers[spot.last + 1] if spot.last + 1 < len(scene.lowers) else "."
    return spot.preposition == "in" and after in _FORESEE


def _is_foreseen(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether what has happened is only expected there: "hit Cebu and is to reach Da Nang"."""
    between = scene.lowers[trigger.last + 1 : spot.first]
    at = next((i for i, pair in enumerate(pairwise(between)) if _leads_ahead(*pair)), None)
    if at is None:
        return False
    lead = scene.lowers[max(0, trigger.head - _NEAR) : trigger.last + 1 + at]
    return not _AHEAD.isdisjoint(between[at + 1 : at + 3]) and _AHEAD.isdisjoint(lead)


def _leads_ahead(before: str, word: str) -> bool:
    return before in ("and", "but") and (word in ("is", "are") or word in _AHEAD)


def _is_at_home(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a state does that at home: "Israel struck Iran and closed its airspace"."""
    own = scene.lowers[trigger.last + 1 : trigger.last + 3]
    return spot.first < trigger.head and own[:1] == ["its"] and not _OWN.isdisjoint(own)


def _begins_another(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a place begins a later clause: "a roof fell in, and in Tralee a crane fell over"."""
    if spot.first < trigger.last or not begins_clause(scene.sentence, spot.first):
        return False
    subject = scene.lowers[spot.last + 1 : spot.last + 2]
    return scene.lowers[spot.first - 1] == spot.preposition == "in" and subject in (["a"], ["an"], ["the"])
