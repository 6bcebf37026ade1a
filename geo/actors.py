"""Who did it, and to whom: the governments and forces that stand before and behind a trigger."""

from __future__ import annotations

from dateline.geo.link_features import Scene
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import wordlist

_CLAUSE = (wordlist("clause_openers") - {"that"}) | wordlist("speech")
_FORCES = wordlist("agents")
_PASSIVE = frozenset({"was", "were", "been", "being", "be", "is", "are"})
_REACH = 14


def find(scene: Scene, trigger: Trigger) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return actors and recipients of an event: countries by name, forces by word.

    Metonyms ("Kyiv accused Moscow") and demonyms ("Russian drones") stand for their country.
    """
    words = scene.lowers
    passive = trigger.verbal and any(
        word in _PASSIVE for word in words[max(0, trigger.head - 2) : trigger.head]
    )
    actors: list[str] = []
    recipients: list[str] = []
    named = {i for spot in scene.places for i in range(spot.first, spot.last + 1)}
    for spot in scene.places:
        place = spot.resolution.place
        if (
            spot.resolution.mention.role == "literal"
            or place is None
            or not _near(scene, trigger, spot.first)
        ):
            continue
        by = "by" in words[max(0, spot.first - 3) : spot.first]
        acts = by or (spot.first < trigger.head) != passive
        (actors if acts else recipients).append(place.country_name or place.name)
    for i, word in enumerate(words):
        if word in _FORCES and i not in named and trigger.verbal and _near(scene, trigger, i):
            subject = not passive and 0 < trigger.head - i <= 4 and not words[trigger.head].endswith("ing")
            by = passive and i > trigger.head and "by" in words[max(trigger.head, i - 3) : i]
            if (subject or by) and not actors:
                actors.append(word)
    return tuple(dict.fromkeys(actors)), tuple(dict.fromkeys(recipients))


def _near(scene: Scene, trigger: Trigger, at: int) -> bool:
    """Return whether a word stands in the trigger's clause."""
    low, high = sorted((trigger.head, at))
    between = scene.lowers[low + 1 : high]
    return high - low <= _REACH and not any(word in _CLAUSE or word in ";:" for word in between)
