"""Places that a sentence names for another reason than that its event happened there.

Where something goes or comes from, what a distance is measured from, the other side of a border, who somebody
is, what is talked about: a classifier of words and distances confuses them with the place of the event.
"""

from __future__ import annotations

from dateline.geo import bearings, containers, journeys, other_clauses, persons
from dateline.geo.date_tense import leads_to_verb
from dateline.geo.link_features import Scene
from dateline.geo.spots import Spot
from dateline.geo.triggers import Trigger

_ABOUT = frozenset({"on", "over", "about", "between", "with"})
#: Where those meet who impose sanctions.
_MEETINGS = frozenset({"meeting", "summit", "talks", "session", "conference", "gathering"})
_MET = frozenset({"gathered", "met", "assembled", "convened"})
#: A subject has so many words at least: no "In Lima agreed".
_SUBJECT = 1
_REMOTE = frozenset({"telephone", "phone", "phoned", "video", "videoconference", "online"})


def is_elsewhere(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a place cannot be an event's, whatever the classifier says."""
    return (
        journeys.only_passes(scene, trigger, spot)
        or bearings.only_locates(scene, spot)
        or containers.only_holds(scene, spot)
        or containers.frames_finer(scene, trigger, spot)
        or persons.only_tells_who(scene, trigger, spot)
        or other_clauses.is_of_another(scene, trigger, spot)
        or _is_topic(scene, trigger, spot)
        or _is_agreed_upon(scene, trigger, spot)
        or _is_perceived(scene, trigger, spot)
        or _is_sanctioned(scene, trigger, spot)
    )


def _is_topic(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a place is what is talked about, or who talks: "a conference on Sudan", "with Iran"."""
    told = spot.preposition in _ABOUT or (
        spot.preposition == "of" and not _ABOUT.isdisjoint(scene.lowers[max(0, spot.first - 4) : spot.first])
    )
    return trigger.type in ("CONSULT", "AGREE") and told


def _is_agreed_upon(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a place is of what is promised, or of who does: "agreed to open the pass at Margara"."""
    if trigger.type != "AGREE" or not trigger.verbal:
        return False
    if spot.last + 1 == trigger.first:
        met = scene.lowers[max(0, spot.first - 2) : spot.first - 1]  # "ministers meeting in Doha agreed"
        subject = spot.first > _SUBJECT and (_MEETINGS | _MET).isdisjoint(met)
        return spot.preposition == "in" and subject  # "the rebels in Shusha agreed"
    to = next((i for i in range(trigger.last, spot.first) if scene.lowers[i] == "to"), None)
    return to is not None and leads_to_verb(scene.sentence, to)


def _is_perceived(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a place only felt or heard it: "The quake was felt in Manado", "heard 18 km away".

    Of "Tremors were felt in Manado" no other place is told.
    """
    between = scene.lowers[trigger.last + 1 : spot.first]
    definite = not {"the", "this", "that"}.isdisjoint(scene.lowers[max(0, trigger.first - 3) : trigger.first])
    only = "felt" in between[:3] and not definite
    return ("felt" in between and not only) or ("heard" in between and definite)


def _is_sanctioned(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether it is only the seat of whom sanctions hit: "blacklisted two shipping firms in Dubai"."""
    if trigger.entry.mode != "sanctions":
        return False
    words = scene.lowers
    if spot.first < trigger.first:
        return spot.first > 2 and words[spot.last + 1 : trigger.first] in (
            ["were"],
            ["was"],
            ["have", "been"],
        )
    between = words[trigger.last + 1 : spot.first]
    before = scene.before(spot)
    agreed_there = before is not None and trigger.last < before.first and words[before.last + 1] == "in"
    agreed_there &= between[-1:] == ["in"]  # "sanctions on Mali in Accra"
    return len(between) > 1 and _MEETINGS.isdisjoint(between) and not agreed_there


def is_remote(scene: Scene, trigger: Trigger) -> bool:
    """Return whether people only meet from afar: "spoke by telephone", "met by video link"."""
    around = scene.lowers[trigger.first : trigger.last + 5]
    return trigger.type == "CONSULT" and not _REMOTE.isdisjoint(around)
