"""At which of the places that a sentence names did its event happen?

Places are first put into groups: coordinated names ("Odesa and Sumy") share one fate, and of a place and its
container ("Izium, in Kharkiv region") only the finer one can be pinned.  Then each is judged for a trigger.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.geo.model import Resolution
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word

_LOCATIVE = wordlist("locative")
_GOAL = frozenset(["to", "into", "onto", "towards", "toward", "against", "for"])
_ORIGIN = frozenset(["from"])
_AWAY = wordlist("other_prepositions")
_BREAKS = wordlist("clause_openers")
_SKIP = wordlist("place_nouns")


@dataclass(frozen=True, slots=True)
class Spot:
    """A literal mention in a sentence: words `first` to `last`, and the preposition that leads to it."""

    resolution: Resolution
    first: int
    last: int
    preposition: str


@dataclass(frozen=True, slots=True)
class Link:
    """A place that an event may have happened at, with the probability of that and why."""

    spot: Spot
    probability: float
    reason: str


def spots(sentence: Sequence[Word], resolutions: Sequence[Resolution]) -> list[Spot]:
    """Return the literal mentions among a sentence's words; coordinated ones share a preposition."""
    found: list[Spot] = []
    for resolution in resolutions:
        mention = resolution.mention
        inside = [i for i, word in enumerate(sentence) if mention.start <= word.start < mention.end]
        if not inside:
            continue
        first, last = inside[0], inside[-1]
        preposition = _preposition(sentence, first)
        if found and not preposition and _coordinated(sentence, found[-1].last, first):
            preposition = found[-1].preposition
        found.append(Spot(resolution, first, last, preposition))
    return [spot for spot in found if spot.resolution.mention.role == "literal"]


def _preposition(sentence: Sequence[Word], first: int) -> str:
    i = first - 1
    while i >= 0 and first - i < 6:
        word = sentence[i].lower
        if word in _LOCATIVE | _GOAL | _ORIGIN | _AWAY and word != "of":
            return word
        if word not in _SKIP and not (sentence[i].capital and word not in ("'s",)) and word != "'s":
            return "of" if word == "of" else ""
        i -= 1
    return ""


def _coordinated(sentence: Sequence[Word], last: int, first: int) -> bool:
    between = [word.lower for word in sentence[last + 1 : first]]
    return (
        bool(between)
        and len(between) <= 4
        and all(
            w in {",", "and", "or", "the", "as", "well", "in", "&", "but", "then"} or w in _SKIP
            for w in between
        )
    )


def contains(outer: Resolution, inner: Resolution) -> bool:
    """Return whether a place is the country, unit or region that holds another."""
    a, b = outer.place, inner.place
    if a is None or b is None or a.id == b.id:
        return False
    if a.id in (b.admin1_id, b.admin2_id):
        return True
    if a.feature_class == "A" and a.feature_code.startswith("PCL"):
        return a.country == b.country and not b.feature_code.startswith("PCL")
    rank = {"P": 0, "S": 0}
    if a.feature_class in ("A", "L", "H") and rank.get(b.feature_class, 1) == 0 and a.bbox:
        west, south, east, north = a.bbox
        return (
            a.radius_km > 20
            and west <= b.lon <= east
            and south <= b.lat <= north
            and (not a.country or a.country == b.country)
        )
    return False


def link(
    sentence: Sequence[Word], trigger: Trigger, places: Sequence[Spot], triggers: Sequence[Trigger]
) -> list[Link]:
    """Return the places at which a trigger's event happened, likeliest first; none where none is likely."""
    scored = [(spot, *_score(sentence, trigger, spot, triggers)) for spot in places]
    if not scored:
        return []
    best = max(score for _, score, _ in scored)
    chosen: list[Link] = []
    for spot, score, reason in scored:
        if score < 0.3 or score < best - 0.25:
            continue
        chosen.append(Link(spot, 1 / (1 + math.exp(-4 * (score - 0.3))), reason))
    fine = [
        link
        for link in chosen
        if not any(contains(link.spot.resolution, other.spot.resolution) for other in chosen)
    ]
    return sorted(_distinct(fine), key=lambda link: -link.probability)


def _distinct(links: Sequence[Link]) -> list[Link]:
    seen: dict[str, Link] = {}
    for item in links:
        place = item.spot.resolution.place
        key = place.id if place else item.spot.resolution.mention.text
        if key not in seen or item.probability > seen[key].probability:
            seen[key] = item
    return list(seen.values())


def _score(
    sentence: Sequence[Word], trigger: Trigger, spot: Spot, triggers: Sequence[Trigger]
) -> tuple[float, str]:
    low, high = sorted((trigger.head, spot.first))
    between = [word.lower for word in sentence[low + 1 : high]]
    distance = high - low
    score = 0.75 - 0.02 * min(distance, 25)
    after = spot.first > trigger.head
    prep = spot.preposition
    reason = (
        f'"{prep} {spot.resolution.mention.text}"'
        if prep
        else f'"{spot.resolution.mention.text}" in the sentence'
    )
    if prep in _LOCATIVE:
        score += 0.15
    elif prep in _GOAL:
        score += 0.05
    elif prep in _ORIGIN:
        score -= 0.45
    elif prep in _AWAY:
        score -= 0.1
    if not after and not prep:
        score -= 0.1
    breaks = sum(word in _BREAKS for word in between)
    score -= 0.12 * breaks + (0.35 if ";" in between or ":" in between else 0)
    # another event stands between
    others = [t for t in triggers if t is not trigger and low < t.head < high and t.type != trigger.type]
    score -= 0.2 * min(2, len(others))
    closer = [
        t
        for t in triggers
        if t.type != trigger.type and abs(t.head - spot.first) < distance and t.head <= spot.first
    ]
    score -= 0.1 * bool(closer and after)
    return score, reason


_OFFSET = re.compile(
    r"(?P<n>\d[\d,.]*|\w+) ?(?P<unit>km|kilomet(?:re|er)s?|miles?|mi)\b(?: \([^)]*\))?,? (?:to the )?"
    r"(?:(?P<dir>(?:north|south|east|west)(?:-?(?:east|west))?)(?:ern)? )?"
    r"(?:of|from|outside)(?: the)?(?: \w+){0,4}? ?$",
    re.IGNORECASE,
)
_BEARINGS = {
    "north": 0,
    "northeast": 45,
    "east": 90,
    "southeast": 135,
    "south": 180,
    "southwest": 225,
    "west": 270,
    "northwest": 315,
}
_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
}


def offset(text: str, at: int) -> tuple[float, float | None]:
    """Return distance (km) and bearing (degrees, None if untold) that lead to a mention at an offset.

    >>> offset("shelling 20 km north of Kupiansk", 24)
    (20.0, 0.0)
    """
    match = _OFFSET.search(text[max(0, at - 70) : at])
    if not match:
        return 0.0, None
    number = match["n"].casefold()
    try:
        value = float(_WORDS.get(number) or number.replace(",", ""))
    except ValueError:
        return 0.0, None
    km = value * (1.609344 if match["unit"].casefold().startswith("mi") else 1.0)
    bearing = _BEARINGS.get((match["dir"] or "").casefold().replace("-", ""))
    return (round(km, 1), float(bearing) if bearing is not None else None) if km <= 300 else (0.0, None)
