"""Which event of a sentence a number of people is of, and which deaths without a cause are news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from dateline.geo.model import Quantity
from dateline.geo.quantities import Count
from dateline.geo.reports import (
    ARTICLES,
    CASUALTIES,
    HARM,
    OF_THINGS,
    Found,
    is_harm,
)
from dateline.geo.triggers import VERBAL
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word

_HARMING = frozenset({"killing", "wounding", "injuring"})
#: Modes of what takes people away: those it takes are counted with it. Others affect nobody.
_TAKING = frozenset({"arrest", "kidnapping", "capture"})
_AFFECTS_NONE = VERBAL | {"MOBILIZE", "CONSULT", "VOTE"}
_ANIMALS = wordlist("animals")
_EXECUTED = frozenset({"executed", "hanged", "beheaded", "shot"})
#: Ends of triggers that tell of bodies found.
FOUND = frozenset({"dead", "body", "found", "recovered", "discovered", "retrieved", "pulled"})


def with_numbers(found: Sequence[Found], counts: Sequence[Count]) -> list[Found]:
    """Give each number of people to the nearest event that it can belong to."""
    numbers: list[dict[str, Quantity]] = [{} for _ in found]
    for count in counts:
        fits = [i for i, item in enumerate(found) if _counts(item, count)]
        if count.kind != "affected":  # who was killed was not killed by an arrest
            fits = [i for i in fits if harms_people(found[i])] or [i for i in fits if may_kill(found[i])]
        if not fits and count.kind == "affected":  # "the raid led to 40 arrests", "shelling displaced 300"
            fits = [i for i, item in enumerate(found) if item.trigger.type in HARM]
        if count.tally:
            fits = [i for i in fits if found[i].links or found[i].trigger.type == "DISASTER"]
        if fits:
            before = [i for i in fits if found[i].trigger.head < count.at]
            goes_on = bool(before) and _goes_on(found[0].tokens, count.at)
            nearest = min(before if goes_on else fits, key=lambda i: _distance(found[i], count.at, goes_on))
            numbers[nearest].setdefault(count.kind, count.quantity)
    for item, extra in zip(found, numbers, strict=True):
        if item.trigger.entry.mode in CASUALTIES and _is_body(item):
            extra.setdefault("fatalities", Quantity(1))
    counted = [
        replace(item, numbers=item.numbers | extra) if extra else item
        for item, extra in zip(found, numbers, strict=True)
    ]
    return [item for item in counted if item.trigger.entry.mode not in CASUALTIES or _is_counted(item)]


def _distance(item: Found, at: int, of_verb: bool) -> tuple[bool, bool, int]:
    """Return how far a number is from an event: first whether a semicolon parts them.

    What goes on with a clause is `of_verb`: "fell onto a house in a storm, killing two" is of the fall.
    """
    low, high = sorted((item.trigger.head, at))
    parted = any(word.lower == ";" for word in item.tokens[low:high])
    return parted, of_verb and not item.trigger.verbal, high - low


def _counts(item: Found, count: Count) -> bool:
    """Return whether a number may be of an event by its kind: "arrested 80 suspects", "killed two"."""
    if item.trigger.type == "DISASTER":
        return True
    if count.kind == "affected":
        return item.trigger.entry.mode in _TAKING or not (is_harm(item) or item.trigger.type in _AFFECTS_NONE)
    return is_harm(item)


def _goes_on(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a number is of the clause before: "hit a market, killing 23 and injuring 40"."""
    lead = [word.lower for word in tokens[max(0, at - 12) : at]]
    begins = any(a == "," and b in _HARMING for a, b in pairwise(lead))
    return begins and ";" not in lead[-5:] and not _HARMING.isdisjoint(lead[-5:])


def harms_people(item: Found) -> bool:
    """Return whether people come to harm by an event of its own, not only things, or the freedom of some."""
    modes = OF_THINGS | {"kidnapping"}
    return item.trigger.type not in ("COERCE", "PROTEST") and item.trigger.entry.mode not in modes


def takes_numbers(item: Found) -> bool:
    """Return whether the killed and injured that a sentence counts can be of an event."""
    return is_harm(item) and may_kill(item)


def may_kill(item: Found) -> bool:
    """Return whether the dead of a sentence can be of an event: no arrest, but an execution or a raid."""
    executed = item.tokens[item.trigger.head].lower in _EXECUTED
    return item.trigger.type != "COERCE" or executed or item.trigger.entry.mode == "raid"


def _is_counted(item: Found) -> bool:
    """Return whether deaths without a cause are news: several people's, or somebody's found dead.

    One person who was hurt is news, too.
    """
    if item.trigger.entry.mode == "injuries":
        hurt = item.numbers.get("injured")
        return hurt is not None and hurt.value > 0
    if item.definite and item.links:
        return True  # "most of the deaths occurred in Nairobi"
    dead = item.numbers.get("fatalities")
    if dead is None:
        return item.trigger.verbal and (item.tokens[item.trigger.last].lower == "dead" or _is_body(item))
    if not dead.value:
        return False
    at = item.trigger.first
    return (
        dead.value > 1
        or item.tokens[item.trigger.last].lower in FOUND
        or item.tokens[max(0, at - 2)].lower == "one"
    )


def _is_body(item: Found) -> bool:
    """Return whether somebody unknown was found: "a woman's body was found in the river"."""
    at = item.trigger.head
    lead = [word.lower for word in item.tokens[max(0, at - 7) : at]]
    somebody = "body" in lead and not ARTICLES.isdisjoint(lead) and _ANIMALS.isdisjoint(lead)
    return item.tokens[at].lower in FOUND and somebody
