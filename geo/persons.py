"""Places that only tell who somebody is: "residents of", "born in Cardiff", "a former mayor of"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dateline.geo.holding import contains
from dateline.geo.journeys import BROUGHT_AWAY
from dateline.geo.link_features import Scene
from dateline.geo.numerals import PERSONS
from dateline.geo.spots import VENUE, Spot
from dateline.geo.triggers import PHYSICAL, VERBAL, Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word

_OFFICES = (wordlist("diplomat") | wordlist("force") | {"senator", "congressman", "club"}) - {"front", "war"}
_HOLDERS = wordlist("diplomat") | wordlist("persons")
#: Words that lead to where somebody comes from.
_PERSONAL = wordlist("origins")
_PERSONS = PERSONS | {"family", "families"}
#: "Lost their lives in X" is no biography.
_OF_PEOPLE = frozenset({"their", "lost", "of", "many"})
#: Who "lives" somewhere; "cost 1,600 civilian lives in Ghouta" is another word.
_WHO_LIVES = frozenset({"who", "he", "she", "that", "which", "now", "still", "also"})
#: Last words of what is no person's name.
_BUILT = wordlist("sites") | frozenset(
    {"mosque", "cathedral", "church", "temple", "synagogue", "monastery", "shrine", "market"}
    | {"bazaar", "mall", "square", "gate", "tower", "palace", "citadel", "fort", "castle", "museum"}
    | {"theatre", "stadium", "school", "college", "barracks", "court", "embassy", "consulate"}
    | {"parliament", "hotel", "club", "park", "bank", "coast", "shore", "side", "part", "quarter"}
    | {"suburb", "east", "west", "north", "south", "strip"}
)
_DEFINITE = frozenset({"the", "a", "an", "its", "their", "this"})


def only_tells_who(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a place only tells who somebody is, not where he spoke, was held or was tried."""
    return (
        is_biography(scene.sentence, spot.first)
        or _is_origin(scene, trigger, spot)
        or _is_of_who(scene, trigger, spot)
    )


def is_biography(tokens: Sequence[Word], first: int) -> bool:
    """Return whether a place only says who somebody is: "born in Cardiff", "based in Paris"."""
    lead = [word.lower for word in tokens[max(0, first - 5) : first]]
    return any(
        b in _PERSONAL and a not in _OF_PEOPLE and (b != "lives" or a in _WHO_LIVES)
        for a, b in pairwise(lead)
    )


def is_title(scene: Scene, spot: Spot) -> bool:
    """Return whether a place only says who somebody is: "McConnell of Kentucky", "a former mayor of Toul"."""
    of = spot.preposition == "of" and spot.first > 1
    of_name = of and (scene.sentence[spot.first - 2].capital or scene.lowers[spot.first - 2] in _HOLDERS)
    return of_name or (spot.last + 1 < len(scene.lowers) and scene.lowers[spot.last + 1] in _OFFICES)


def _is_origin(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether people to whom it happened come from there: "indicted two brothers from Las Cruces"."""
    if trigger.type not in PHYSICAL and trigger.type != "COERCE":
        return False
    led = scene.lowers[max(0, spot.first - 2) : spot.first]
    if scene.lowers[trigger.head] in BROUGHT_AWAY:
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


def _is_of_who(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a place is that of who spoke, was held or tried: "Residents of Mezhyhirya asked"."""
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
        other is not spot and other.known and other.preposition in VENUE and not is_title(scene, other)
        for other in scene.places
        if not contains(other.resolution, spot.resolution)
    )


def _has_court(scene: Scene, trigger: Trigger) -> bool:
    """Return whether a court is named behind a verdict: "jailed at Peterborough Crown Court"."""
    after = scene.sentence[trigger.last + 1 : trigger.last + 9]
    at = next((i for i, word in enumerate(after) if word.lower in ("court", "assizes") and word.capital), 0)
    return at > 1 and any(word.lower in ("at", "in", "by") for word in after[:at])
