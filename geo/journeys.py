"""Where weapons, people and aircraft set out, and where they are brought: seldom where an event happened."""

from __future__ import annotations

from itertools import pairwise

from dateline.geo.harm import BREAKS
from dateline.geo.link_features import Scene
from dateline.geo.spots import Spot, is_route
from dateline.geo.triggers import PHYSICAL, Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import all_forms

#: Modes of events that end at the place they go "to".
GOING = frozenset({"visit", "aid", "deployment", "smoke", "displacement", "rescue", "meeting", "invitation"})
#: Who is taken or sent away is so from where he was, not where he comes to: "deported to Accra".
_SENT_AWAY = all_forms("deport", "extradite", "expel", "evacuate", "repatriate")
_TAKE_OFF = frozenset({"takeoff", "take-off", "off", "departure", "departing", "departed"})
_LAUNCHED = all_forms("launch", "fire")
#: What ends the way that people are brought.
_WAY_ENDS = BREAKS | {"from"}
#: Words that lead on to where somebody or something is going: "a ship bound for Jeddah".
_ROUTE = wordlist("routes")
_SERVICES = frozenset(
    {"flight", "flights", "train", "trains", "service", "services", "ferry", "ferries", "bus", "buses"}
    | {"deliveries", "traffic", "sailings"}
)
_STOPPED = all_forms(
    "suspend", "cancel", "halt", "stop", "scrap", "interrupt", "disrupt", "curtail", "resume", "restart"
)
#: Who is brought away from a place was there: "evacuated 54 staff from Macomia".
BROUGHT_AWAY = all_forms(
    *("evacuate", "airlift", "rescue", "free", "remove", "drive", "expel", "displace", "move", "pull"),
    *("abduct", "kidnap", "snatch"),
)
#: How somebody is brought somewhere, and so many words on the place stands: "to the main hospital in Goma".
_TAKEN = frozenset(
    {"taken", "rushed", "brought", "flown", "airlifted", "evacuated", "transferred", "transported", "driven"}
)
_WAY = 8
_CAME_BACK = all_forms("return", "arrive") | {"back"}


def only_passes(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether somebody or something only sets out from a place, or comes to it."""
    return (
        _is_destination(scene, trigger, spot)
        or _is_launch_site(scene, trigger, spot)
        or _is_brought_to(scene, trigger, spot)
        or _is_taken_to(scene, trigger, spot)
        or _is_left(scene, trigger, spot)
    )


def _is_launch_site(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether weapons only set out there: "launched drones from the directions of Kursk and Orel".

    Or troops: "advanced from Kursk".
    """
    words = scene.lowers
    if words[trigger.head].startswith("advanc"):
        return spot.preposition == "from"
    launched = not _LAUNCHED.isdisjoint(words[trigger.first : trigger.last + 1])
    if trigger.type != "ASSAULT" or not launched or words[spot.first - 2] == "heard":
        return False
    before = scene.before(spot)
    if spot.coordinated and before is not None and _is_launch_site(scene, trigger, before):
        return True
    lead = words[max(0, spot.first - 4) : spot.first]
    directed = lead[-1:] == ["of"] and lead[-2] in ("direction", "directions") and "from" in lead
    return directed or spot.preposition == "from"


def _is_brought_to(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether people are only brought there: "deported to Accra", "evacuated its staff to Malakal"."""
    if trigger.type == "RETREAT" and scene.lowers[trigger.head] in BROUGHT_AWAY and spot.preposition == "to":
        return spot.first > trigger.head
    if trigger.entry.mode in GOING - {"rescue"} or trigger.type == "PROTEST":
        return False
    if trigger.entry.mode == "evacuation" and spot.preposition == "in" and len(scene.places) == 1:
        return False  # "evacuated to shelters in Miyazaki": of no other town
    between = scene.lowers[trigger.head + 1 : spot.first]
    sent = not _SENT_AWAY.isdisjoint(scene.lowers[trigger.first : trigger.last + 1])
    return sent and "to" in between and _WAY_ENDS.isdisjoint(between[between.index("to") :])


def is_take_off(scene: Scene, spot: Spot) -> bool:
    """Return whether an aircraft had just left a place: "crashed minutes after take-off from Ahmedabad"."""
    lead = scene.lowers[max(0, spot.first - 9) : spot.first]
    return spot.preposition == "from" and "after" in lead and not _TAKE_OFF.isdisjoint(lead)


def _is_destination(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a place is only where something goes: "heads for Tokyo", "from Lima to Ayacucho"."""
    if trigger.entry.mode in GOING or spot.preposition not in ("to", "for", "towards"):
        return False
    if is_cut_route(scene, trigger, spot):
        return False
    lead = scene.lowers[max(0, spot.first - 5) : spot.first]
    if not _ROUTE.isdisjoint(lead):
        return True
    before = scene.before(spot)
    return (
        before is not None
        and before.preposition == "from"
        and scene.lowers[spot.first - 1] == "to"
        and spot.first - before.last <= 4
    )


def is_cut_route(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a place is an end of a way that is shut or open: "the ferry from Oban to Islay"."""
    if trigger.type not in ("DISRUPTION", "CONCEDE") or spot.preposition not in ("from", "to"):
        return False
    before, after = scene.before(spot), scene.after(spot)
    if spot.coordinated and before is not None and scene.lowers[before.first - 1] == "to":
        return is_cut_route(scene, trigger, before)
    if spot.preposition == "to" and scene.lowers[spot.first - 2] in _SERVICES:
        return scene.lowers[trigger.head] in _STOPPED  # "suspended flights to Goma"
    return any(is_route(a, b) for a, b in ((before, spot), (spot, after)) if a is not None and b is not None)


def _is_taken_to(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether those harmed were only brought there: "wounded and taken to a hospital in Goma"."""
    if trigger.type not in PHYSICAL | {"COERCE"} or trigger.entry.mode in GOING | {"evacuation"}:
        return False
    between = scene.lowers[trigger.last + 1 : spot.first]
    taken = next((i for i in reversed(range(len(between))) if between[i] in _TAKEN), len(between))
    way = between[taken + 1 :]
    return "to" in way[:2] and len(way) <= _WAY and BREAKS.isdisjoint(way) and spot.preposition != "from"


def _is_left(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether people had come back from there: "returning from a camp in Bama when attacked"."""
    lead = scene.lowers[max(0, spot.first - 6) : spot.first]
    back = any(a in _CAME_BACK and b == "from" for a, b in pairwise(lead))
    told = trigger.type in PHYSICAL and trigger.entry.mode not in GOING and spot.first < trigger.first
    return back and told


def is_base(scene: Scene, spot: Spot) -> bool:
    """Return whether it is only where somebody came from: "from a base in Gusau", "left Zuwara"."""
    lead = scene.lowers[max(0, spot.first - 5) : spot.first]
    if lead[-1:] in (["left"], ["leaving"], ["departed"]):
        return True
    if spot.preposition not in ("in", "at", "near") or "from" not in lead:
        return False
    origin = spot.first - len(lead) + lead.index("from")
    taken = any(origin < other.first < spot.first for other in scene.places)  # "from Lebanon at Haifa"
    return not taken and not any(scene.verbs[origin : spot.first])
