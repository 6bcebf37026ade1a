"""Where weapons, people and aircraft set out, and where they are brought: seldom where an event happened."""

from __future__ import annotations

from dateline.geo.link_features import Scene, Spot
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import verb_forms

#: Modes of events that end at the place they go "to".
GOING = frozenset({"visit", "aid", "deployment", "smoke", "displacement", "rescue", "meeting", "invitation"})
#: Who is taken or sent away is so from where he was, not where he comes to: "deported to Accra".
_SENT_AWAY = frozenset(
    form for verb in ("deport", "extradite", "expel", "evacuate", "repatriate") for form in verb_forms(verb)
)
_TAKE_OFF = frozenset({"takeoff", "take-off", "off", "departure", "departing", "departed"})
_LAUNCHED = frozenset(form for verb in ("launch", "fire") for form in verb_forms(verb))
_CLAUSE = wordlist("clause_openers")


def is_launch_site(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether weapons only set out there: "launched drones from the directions of Kursk and Orel"."""
    words = scene.lowers
    launched = not _LAUNCHED.isdisjoint(words[trigger.first : trigger.last + 1])
    if trigger.type != "ASSAULT" or not launched or words[spot.first - 2] == "heard":
        return False
    before = scene.before(spot)
    if spot.coordinated and before is not None and is_launch_site(scene, trigger, before):
        return True
    lead = words[max(0, spot.first - 4) : spot.first]
    directed = lead[-1:] == ["of"] and lead[-2] in ("direction", "directions") and "from" in lead
    return directed or spot.preposition == "from"


def is_brought_to(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether people are only brought there: "deported to Accra", "evacuated to a school in Hull"."""
    going = trigger.entry.mode in GOING - {"rescue"}
    between = scene.lowers[trigger.head + 1 : spot.first]
    if (
        going
        or trigger.type == "PROTEST"
        or "to" not in between
        or _SENT_AWAY.isdisjoint(scene.lowers[trigger.first : trigger.last + 1])
    ):
        return False
    onward = between[between.index("to") :]
    return not any(word in _CLAUSE or word in ("from", ",", ";") for word in onward)


def is_take_off(scene: Scene, spot: Spot) -> bool:
    """Return whether an aircraft had just left a place: "crashed minutes after take-off from Ahmedabad"."""
    lead = scene.lowers[max(0, spot.first - 9) : spot.first]
    return spot.preposition == "from" and "after" in lead and not _TAKE_OFF.isdisjoint(lead)
