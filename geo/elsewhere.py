"""Places that a sentence names for another reason than that its event happened there.

Where something goes or comes from, what a distance is measured from, the other side of a border, who somebody
is, what is talked about: a classifier of words and distances confuses them with the place of the event.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dateline.geo import containers, journeys, other_clauses
from dateline.geo.link_features import Scene, Spot, begins_clause, contains, is_route
from dateline.geo.triggers import PHYSICAL, VERBAL, Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word, verb_forms

#: Words that lead on to where somebody or something is going: "a ship bound for Jeddah".
_ROUTE = wordlist("routes")
#: Words that say how far a place is from another: "Dvorichna, 20 km north of Kupiansk".
_LENGTHS = wordlist("lengths")
_ROADS = wordlist("roads")
_BEARINGS = frozenset(["north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"])
_OFFICES = (wordlist("diplomat") | wordlist("force") | {"senator", "congressman", "club"}) - {"front", "war"}
_HOLDERS = wordlist("diplomat") | wordlist("persons")
#: Words that lead to where somebody comes from.
_PERSONAL = wordlist("origins")
#: What makes a mere adjective of a place: "a Barbados-flagged ship".
_OF_ORIGIN = ("-flagged", "-registered", "-based", "-born", "-bound", "-backed", "-led", "-made", "-owned")
#: What a place suffers itself; whatever else it "has" done, its government did: "Abuja has sent troops".
_SUFFERED = wordlist("suffered")
_CLAUSE, _LOCATIVE = wordlist("clause_openers") | {"and", "said"}, wordlist("locative")
_VENUE = frozenset({"in", "at", "near", "outside", "on"})
_ABOUT = frozenset({"on", "over", "about", "between", "with"})
_PERSONS = wordlist("people") | wordlist("persons") | {"family", "families"}
#: "Lost their lives in X" is no biography.
_OF_PEOPLE = frozenset({"their", "lost", "of", "many"})
#: Who "lives" somewhere; "cost 1,600 civilian lives in Ghouta" is another word.
_WHO_LIVES = frozenset({"who", "he", "she", "that", "which", "now", "still", "also"})
#: What a state closes of its own.
_OWN = frozenset({"airspace", "border", "borders", "embassy", "ports", "waters"})
_SERVICES = frozenset(
    {"flight", "flights", "train", "trains", "service", "services", "ferry", "ferries", "bus", "buses"}
    | {"deliveries", "traffic", "sailings"}
)
_STOPPED = frozenset(
    form
    for verb in (
        "suspend",
        "cancel",
        "halt",
        "stop",
        "scrap",
        "interrupt",
        "disrupt",
        "curtail",
        "resume",
        "restart",
    )
    for form in verb_forms(verb)
)
#: Who is brought away from a place was there: "evacuated 54 staff from Macomia".
_BROUGHT_AWAY = frozenset(
    form
    for verb in (
        "evacuate",
        "airlift",
        "rescue",
        "free",
        "remove",
        "drive",
        "expel",
        "displace",
        "move",
        "pull",
        "abduct",
        "kidnap",
        "snatch",
    )
    for form in verb_forms(verb)
)
#: Last words of what is no person's name.
_BUILT = wordlist("sites") | frozenset(
    {
        "mosque",
        "cathedral",
        "church",
        "temple",
        "synagogue",
        "monastery",
        "shrine",
        "market",
        "bazaar",
        "mall",
    }
    | {
        "square",
        "gate",
        "tower",
        "palace",
        "citadel",
        "fort",
        "castle",
        "museum",
        "theatre",
        "stadium",
        "school",
    }
    | {"college", "barracks", "court", "embassy", "consulate", "parliament", "hotel", "club", "park", "bank"}
    | {"coast", "shore", "side", "part", "quarter", "suburb", "east", "west", "north", "south", "strip"}
)
#: What a state does from its capital, and what a city closes of its own.
_STATE_ACTS, _OF_CITY = wordlist("state_acts"), wordlist("city_services")
#: Where those meet who impose sanctions.
_MEETINGS = frozenset({"meeting", "summit", "talks", "session", "conference", "gathering"})
_DEFINITE = frozenset({"the", "a", "an", "its", "their", "this"})
_FORESEE = frozenset(
    {"expect", "expects", "expected", "predict", "predicts", "predicted", "forecast", "fear"}
)
#: What says that a deed is yet to come, if these words stand so near before it.
_AHEAD, _NEAR = _FORESEE | {"will", "would", "could", "may", "might", "due", "set", "likely"}, 6
_CLOSES = wordlist("clause_openers") | {",", ";"}
#: How somebody is brought somewhere, and so many words on the place stands: "to the main hospital in Goma".
_TAKEN = frozenset(
    {"taken", "rushed", "brought", "flown", "airlifted", "evacuated", "transferred", "transported", "driven"}
)
_WAY = 8
_CAME_BACK = frozenset(form for verb in ("return", "arrive") for form in verb_forms(verb)) | {"back"}
#: What a government that stands by the name of its capital "has been" doing.
_ACTING = frozenset({"fighting", "battling", "bombing", "shelling", "striking", "attacking", "waging"})
_REMOTE = frozenset({"telephone", "phone", "phoned", "video", "videoconference", "online"})
#: How long before or after something else an event came is told by that, not by where that was.
_CAME = frozenset({"came", "comes", "coming", "followed", "follows"})


def is_elsewhere(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a place cannot be an event's, whatever the classifier says."""
    return (
        (
            trigger.entry.mode not in journeys.GOING
            and _is_destination(scene, spot)
            and not is_cut_route(scene, trigger, spot)
        )
        or _is_measured_from(scene, spot)
        or _leads_to_finer(scene, spot)
        or containers.only_holds(scene, spot)
        or _only_borders(scene, spot)
        or is_biography(scene.sentence, spot.first)
        or _only_dates(scene, trigger, spot)
        or _is_topic(scene, trigger, spot)
        or _is_perceived(scene, trigger, spot)
        or _is_origin(scene, trigger, spot)
        or journeys.is_launch_site(scene, trigger, spot)
        or journeys.is_brought_to(scene, trigger, spot)
        or _is_sanctioned(scene, trigger, spot)
        or _only_tells_who(scene, trigger, spot)
        or containers.frames_finer(scene, trigger, spot)
        or _only_foresees(scene, spot)
        or _is_foreseen(scene, trigger, spot)
        or _is_anothers(scene, trigger, spot)
        or _begins_another(scene, trigger, spot)
        or _is_taken_to(scene, trigger, spot)
        or other_clauses.is_of_another(scene, trigger, spot)
        or _is_left(scene, trigger, spot)
        or _is_brought_to(scene, trigger, spot)
    )


def is_agent(scene: Scene, spot: Spot) -> bool:
    """Return whether a place stands for who acts: "a Barbados-flagged ship", "Abuja has sent troops"."""
    return scene.lowers[spot.last].endswith(_OF_ORIGIN) or _acts(scene, spot) or _governs(scene, spot)


def _acts(scene: Scene, spot: Spot) -> bool:
    """Return whether a place has done something: then its government did, "Abuja has sent troops"."""
    has, done = [*scene.lowers[spot.last + 1 : spot.last + 3], "", ""][:2]
    place = spot.resolution.place
    if place is not None and place.feature_code.startswith("PCL") and not spot.preposition:
        lead = scene.lowers[spot.first - 1] if spot.first else "."
        if lead in ("and", ",", ".") and has.endswith("ed") and done not in ("by", "in", "with", "on"):
            return True  # "..., and Israel released 90 prisoners"
    if done == "been":  # "Yaounde has been fighting rebels"
        done = scene.lowers[spot.last + 3] if spot.last + 3 < len(scene.lowers) else ""
        return not spot.preposition and has in ("has", "have") and done in _ACTING
    return not spot.preposition and has in ("has", "have") and done not in _SUFFERED


def _governs(scene: Scene, spot: Spot) -> bool:
    """Return whether a capital acts as its state: "Helsinki shut the border", not "its schools"."""
    place, at = spot.resolution.place, spot.last + 1
    if place is None or place.feature_code != "PPLC" or spot.preposition:
        return False
    verb, *what = [*scene.lowers[at : at + 5], ""]
    lead = scene.lowers[spot.first - 1] if spot.first else "."
    return (
        verb in _STATE_ACTS
        and (lead in _CLAUSE or not lead.isalnum())
        and what[0].isalnum()
        and what[0] not in _LOCATIVE
        and _OF_CITY.isdisjoint(what)
    )


def _only_dates(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a place lies in a clause that only says when: "came a day after talks in Oslo"."""
    between = scene.lowers[trigger.last + 1 : spot.first]
    came = next((i for i, word in enumerate(between) if word in _CAME), None)
    return came is not None and not {"after", "before", "as"}.isdisjoint(between[came:])


def _is_topic(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a place is what is talked about, or who talks: "a conference on Sudan", "with Iran"."""
    told = spot.preposition in _ABOUT or (
        spot.preposition == "of" and not _ABOUT.isdisjoint(scene.lowers[max(0, spot.first - 4) : spot.first])
    )
    return trigger.type in ("CONSULT", "AGREE") and told


def _is_perceived(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a place only felt or heard it: "The quake was felt in Manado", "heard 18 km away".

    Of "Tremors were felt in Manado" no other place is told.
    """
    between = scene.lowers[trigger.last + 1 : spot.first]
    definite = not {"the", "this", "that"}.isdisjoint(scene.lowers[max(0, trigger.first - 3) : trigger.first])
    only = "felt" in between[:3] and not definite
    return ("felt" in between and not only) or ("heard" in between and definite)


def _is_origin(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether people to whom it happened come from there: "indicted two brothers from Las Cruces"."""
    if trigger.type not in PHYSICAL and trigger.type != "COERCE":
        return False
    led = scene.lowers[max(0, spot.first - 2) : spot.first]
    if scene.lowers[trigger.head] in _BROUGHT_AWAY:
        return False
    return (led[1:] == ["from"] and led[0] in _PERSONS) or _is_residence(scene, spot)


def _is_residence(scene: Scene, spot: Spot) -> bool:
    """Return whether somebody is "of" a place: "arrested Ann Adkins, 40, of McKee", "Beau Dunn of London"."""
    words = scene.lowers
    if spot.first < 3 or words[spot.first - 1] != "of":
        return False
    if words[spot.first - 2] == "," and words[spot.first - 3].isdigit():
        return True
    at = spot.first - 1
    while at > 0 and scene.sentence[at - 1].capital:
        at -= 1
    name = words[at : spot.first - 1]
    built = not _BUILT.isdisjoint(name) or (at > 0 and words[at - 1] in _DEFINITE)
    return len(name) >= 2 and not built  # not "the Great Hall of Aleppo", "Grand Mosque of Aleppo shelled"


def _only_tells_who(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a place tells who somebody is, and nothing of where he spoke, was held or was tried."""
    words = scene.lowers
    lead, after = words[max(0, spot.first - 2) : spot.first], words[spot.last + 1 : spot.last + 2]
    if trigger.type in VERBAL and lead[1:] == ["of"] and lead[0] in _PERSONS and spot.first < trigger.first:
        return True  # "Residents of Mezhyhirya asked the court"
    if trigger.entry.mode == "legal action" and spot.last < trigger.first and _has_court(scene, trigger):
        return True  # "a teacher in Cambridge was jailed at Peterborough Crown Court"
    if lead == ["and", "in"]:
        return False  # "and in Les Cayes police fired tear gas"
    named = is_title(scene, spot) or (after and after[0] in _PERSONS and spot.preposition in ("", "of"))
    return bool(named) and trigger.type in ("COERCE", "CRIME", "ASSAULT") and _has_venue(scene, spot)


def _has_venue(scene: Scene, spot: Spot) -> bool:
    """Return whether another place is told of: "a mayor of Leposavic at the Jarinje crossing"."""
    return any(
        other is not spot
        and _is_literal(other)
        and other.preposition in _VENUE
        and not is_title(scene, other)
        for other in scene.places
        if not contains(other.resolution, spot.resolution)
    )


def _has_court(scene: Scene, trigger: Trigger) -> bool:
    """Return whether a court is named behind a verdict: "jailed at Peterborough Crown Court"."""
    after = scene.sentence[trigger.last + 1 : trigger.last + 9]
    at = next((i for i, word in enumerate(after) if word.lower in ("court", "assizes") and word.capital), 0)
    return at > 1 and any(word.lower in ("at", "in", "by") for word in after[:at])


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
    return len(between) > 1 and _MEETINGS.isdisjoint(between)


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


def _is_anothers(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a state does that at home: "Israel struck Iran and closed its airspace"."""
    own = scene.lowers[trigger.last + 1 : trigger.last + 3]
    return spot.first < trigger.head and own[:1] == ["its"] and not _OWN.isdisjoint(own)


def _begins_another(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a place begins a later clause: "a roof fell in, and in Tralee a crane fell over"."""
    if spot.first < trigger.last or not begins_clause(scene.sentence, spot.first):
        return False
    subject = scene.lowers[spot.last + 1 : spot.last + 2]
    return scene.lowers[spot.first - 1] == spot.preposition == "in" and subject in (["a"], ["an"], ["the"])


def _is_taken_to(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether those harmed were only brought there: "wounded and taken to a hospital in Goma"."""
    if trigger.type not in PHYSICAL | {"COERCE"} or trigger.entry.mode in journeys.GOING | {"evacuation"}:
        return False
    between = scene.lowers[trigger.last + 1 : spot.first]
    taken = next((i for i in reversed(range(len(between))) if between[i] in _TAKEN), len(between))
    way = between[taken + 1 :]
    return "to" in way[:2] and len(way) <= _WAY and _CLOSES.isdisjoint(way) and spot.preposition != "from"


def _is_brought_to(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether people were only withdrawn to a place: "evacuated its staff to Malakal"."""
    away = trigger.type == "RETREAT" and scene.lowers[trigger.head] in _BROUGHT_AWAY
    return away and spot.preposition == "to" and spot.first > trigger.head


def _is_left(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether people had come back from there: "returning from a camp in Bama when attacked"."""
    lead = scene.lowers[max(0, spot.first - 6) : spot.first]
    back = any(a in _CAME_BACK and b == "from" for a, b in pairwise(lead))
    told = (
        trigger.type in PHYSICAL and trigger.entry.mode not in journeys.GOING and spot.first < trigger.first
    )
    return back and told


def is_remote(scene: Scene, trigger: Trigger) -> bool:
    """Return whether people only meet from afar: "spoke by telephone", "met by video link"."""
    around = scene.lowers[trigger.first : trigger.last + 5]
    return trigger.type == "CONSULT" and not _REMOTE.isdisjoint(around)


def _is_destination(scene: Scene, spot: Spot) -> bool:
    """Return whether a place is only where something goes: "heads for Tokyo", "from Lima to Ayacucho"."""
    if spot.preposition not in ("to", "for", "towards"):
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


def _is_measured_from(scene: Scene, spot: Spot) -> bool:
    """Return whether a place only tells where another lies: "Dvorichna, 20 km north of Kupiansk"."""
    before = scene.before(spot)
    place = before.resolution.place if before else None
    if before is None or place is None:
        return False
    between = scene.lowers[before.last + 1 : spot.first]
    settled = place.feature_class in ("P", "S")
    if (
        settled
        and between[-1:] == ["near"]
        and len(between) <= 3
        and between[0].isalpha()
        and "and" not in between
        and _ROADS.isdisjoint(between)
        and not _is_bearing_point(scene, before)
    ):
        return not any(scene.verbs[before.last + 1 : spot.first])  # "Zamzam camp near El Fasher"
    if between[:1] == [","] and between[-1:] == ["of"] and not _BEARINGS.isdisjoint(between[1:3]):
        return True  # "Southport, north of Liverpool"
    if settled and between in ([",", "near"], [",", "outside"], [",", "close", "to"]):
        return True  # "Rotherham, near Sheffield"
    if len(between) > 14 or between[:1] not in ([","], ["("]) or _LENGTHS.isdisjoint(between[1:6]):
        return False
    return "," not in between[1:] and bool({"of", "from", "outside"} & set(between[-4:]))


def _is_bearing_point(scene: Scene, spot: Spot) -> bool:
    """Return whether something lies on one side of a place: "north of Lyman", not "in the north of Mali"."""
    lead = ["", "", "", *scene.lowers[: spot.first]][-3:]
    return lead[2] == "of" and lead[1] in _BEARINGS and lead[0] != "the"


def _leads_to_finer(scene: Scene, spot: Spot) -> bool:
    """Return whether a road or a bearing leads to a finer place: "the Pune expressway near Khopoli"."""
    after = scene.after(spot)
    while after is not None and after.first == spot.first:
        after = scene.after(after)  # the other end of the road
    if after is None or after.preposition not in ("near", "at", "in", "outside") or not _is_literal(after):
        return False
    between = scene.lowers[spot.last + 1 : after.first]
    on_road = between[:1] and between[0] in _ROADS and "-" in scene.lowers[spot.last]
    beside = _is_bearing_point(scene, spot) and between == ["near"]
    return bool((on_road and len(between) <= 6 and "," not in between) or beside)


def _is_literal(spot: Spot) -> bool:
    return spot.resolution.mention.role == "literal" and spot.resolution.place is not None


def is_biography(tokens: Sequence[Word], first: int) -> bool:
    """Return whether a place only says who somebody is: "born in Cardiff", "based in Paris"."""
    lead = [word.lower for word in tokens[max(0, first - 5) : first]]
    return any(
        b in _PERSONAL and a not in _OF_PEOPLE and (b != "lives" or a in _WHO_LIVES)
        for a, b in pairwise(lead)
    )


def _only_borders(scene: Scene, spot: Spot) -> bool:
    """Return whether a place lies on the other side: "near the border with Algeria"."""
    before = scene.before(spot)
    start = max(0, spot.first - 5) if before is None else max(before.last + 1, spot.first - 5)
    lead = scene.lowers[start : spot.first]
    return "with" in lead and not {"border", "borders", "frontier", "crossing"}.isdisjoint(
        lead[: lead.index("with")]
    )


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


def is_title(scene: Scene, spot: Spot) -> bool:
    """Return whether a place only says who somebody is: "McConnell of Kentucky", "a former mayor of Toul"."""
    of = spot.preposition == "of" and spot.first > 1
    of_name = of and (scene.sentence[spot.first - 2].capital or scene.lowers[spot.first - 2] in _HOLDERS)
    return of_name or (spot.last + 1 < len(scene.lowers) and scene.lowers[spot.last + 1] in _OFFICES)
