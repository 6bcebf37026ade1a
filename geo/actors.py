"""Who did it, and to whom: the governments and forces that stand before and behind a trigger."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dateline.geo.harm import BE, GOES_ON, INTRANSITIVE
from dateline.geo.link_features import Scene
from dateline.geo.spots import Spot
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import wordlist

_SPEECH = wordlist("speech")
_CLAUSE = wordlist("clause_openers") - {"that"}
_FORCES = wordlist("agents")
#: Who takes up the speaker: "Iraq said it would ...".
_SELF = frozenset({"it", "they", "he", "she", "its", "their"})
#: Types of what is done to a country that a report names as a place: "apologised to Brazil".
_DEALINGS = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT"}
    | {"THREATEN", "SANCTION"}
)
#: Prepositions that lead to whom it is done to.
_DATIVE = frozenset({"to", "with", "against", "from", "of", "on", "'s", "for"})
_REACH = 14
#: The victims stand so many words behind the verb at most: "killed at least 12 U.S. soldiers".
_OBJECT = 6
#: Who arrests or abducts others.
_CATCHES = wordlist("force") | wordlist("culprits") | {"authorities", "officers"}
#: What makes a mere adjective of a country: "an Iran-aligned group", "a Liberian-flagged tanker".
_MERELY = (
    *("-speaking", "-language", "-flagged", "-registered", "-aligned", "-allied", "-backed", "-supported"),
    *("-born", "-bound", "-made", "-built", "-owned", "-linked"),
)
_PREFIXES = frozenset({"pan", "trans", "inter", "anti", "non", "post", "pre"})
_ARTICLES = frozenset({"a", "an", "the"})
_CLAIMS = wordlist("claims") | {"charge", "charges", "allegation", "accusation", "assertion"}
_HARM = frozenset({"killed", "killing", "wounded", "wounding", "injured", "injuring", "hurt"})


def find(scene: Scene, trigger: Trigger) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return actors and recipients of an event: countries by name, forces by word.

    Metonyms ("Kyiv accused Moscow") and demonyms ("Russian drones") stand for their country; so does a
    country that is the subject of the sentence, or to which something is promised, sent or denied.
    """
    words = scene.lowers
    passive = trigger.verbal and _is_suffered(words, trigger)
    ahead = words[trigger.last + 1 : trigger.last + 2]
    by_what = not passive and words[trigger.head] in _HARM and not GOES_ON.isdisjoint(ahead)
    actors: list[str] = []
    recipients: list[str] = []
    named = {i for spot in scene.places for i in range(spot.first, spot.last + 1)}
    for spot in scene.places:
        place = spot.resolution.place
        if place is None or not _near(scene, trigger, spot.first) or _is_in_compound(words, spot):
            continue
        if spot.literal and not _is_party(scene, trigger, spot):
            continue
        if by_what and spot.first > trigger.head:
            continue  # "people killed in an Israeli strike": the strike tells whose it was
        active = trigger.verbal and not passive  # "demanded an admission by Moscow"
        by = not active and "by" in words[max(0, spot.first - 3) : spot.first]
        acts = by or ((spot.first < trigger.head) != passive and not _is_harmed(scene, trigger, spot.first))
        (actors if acts else recipients).append(place.country_name or place.name)
    for i, word in enumerate(words):
        if word in _FORCES and i not in named and trigger.verbal and _near(scene, trigger, i):
            subject = not passive and 0 < trigger.head - i <= 4 and not words[trigger.head].endswith("ing")
            by = passive and i > trigger.head and "by" in words[max(trigger.head, i - 3) : i]
            if (subject or by) and not actors:
                actors.append(word)
            elif _is_object(words, trigger, i, passive) and not recipients:
                recipients.append(word)
    return tuple(dict.fromkeys(actors)), tuple(dict.fromkeys(recipients))


def _is_suffered(words: Sequence[str], trigger: Trigger) -> bool:
    """Return whether the subject of a verb suffers it: "was hit", "hit by a drone", "came under fire"."""
    passive = not BE.isdisjoint(words[max(0, trigger.head - 2) : trigger.head])
    passive &= not words[trigger.head].endswith("ing")  # "Israel is bombing Rafah"
    under = "under" in words[trigger.head + 1 : trigger.last + 1]
    subject = words[max(0, trigger.head - 1) : trigger.head]
    taken = trigger.entry.mode in ("arrest", "kidnapping") and _CATCHES.isdisjoint(subject)
    caught = taken and not GOES_ON.isdisjoint(words[trigger.head + 1 : trigger.head + 2])
    died = words[trigger.head] in INTRANSITIVE
    return passive or under or caught or died or words[trigger.last + 1 : trigger.last + 2] == ["by"]


def _is_in_compound(words: Sequence[str], spot: Spot) -> bool:
    """Return whether a name is a part of a word: "the Pan-American Highway", "English-speaking rebels"."""
    return words[spot.first].partition("-")[0] in _PREFIXES or words[spot.last].endswith(_MERELY)


def _is_harmed(scene: Scene, trigger: Trigger, at: int) -> bool:
    """Return whether a word is of those that another verb tells were hurt: "a bomb killed two Iraqis"."""
    words = scene.lowers
    for i, word in enumerate(words):
        died = word in INTRANSITIVE
        if (word in _HARM or died) and i != trigger.head and i + 1 < len(words):
            passive = died or not BE.isdisjoint(words[max(0, i - 2) : i]) or words[i + 1] in GOES_ON
            first, last = (i - _REACH, i) if passive else (i, i + _OBJECT)
            if first < at < last:
                return True
    return False


def _is_party(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a country told as a place takes part: as the subject, or as whom it is done to."""
    place = spot.resolution.place
    if place is None or not place.feature_code.startswith("PCL"):
        return False
    if spot.first < trigger.head:
        return not spot.preposition and trigger.verbal and not _leads(scene, spot)
    return trigger.type in _DEALINGS and spot.preposition in _DATIVE


def _leads(scene: Scene, spot: Spot) -> bool:
    """Return whether a name only stands beside another: "the war-torn Sudan region", "Lebanon's"."""
    after = scene.lowers[spot.last + 1 : spot.last + 2]
    return after == ["'s"] or after == ["-"]


def _is_object(words: Sequence[str], trigger: Trigger, i: int, passive: bool) -> bool:
    """Return whether a force is whom something is asked or promised: "urged the rebels"."""
    between = words[trigger.last + 1 : i]
    told = i > trigger.last and len(between) <= 3 and "by" not in between and "," not in between
    return told and trigger.type in _DEALINGS and not passive


def _near(scene: Scene, trigger: Trigger, at: int) -> bool:
    """Return whether a word stands in the trigger's clause, or before "said it would"."""
    low, high = sorted((trigger.head, at))
    between = scene.lowers[low + 1 : high]
    speech = next((i for i, word in enumerate(between) if word in _SPEECH), None)
    if speech is not None and (at > trigger.head or _SELF.isdisjoint(between[speech + 1 : speech + 4])):
        return False
    if "," in between and any(a in _ARTICLES and b in _CLAIMS for a, b in pairwise(between)):
        return False  # "Kinshasa accused Kigali, a charge Rwanda denied"
    return high - low <= _REACH and not any(word in _CLAUSE or word in ";:" for word in between)
