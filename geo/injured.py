"""The injured whom a sentence only counts: they came to harm in what was told before."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.geo.harm import BE, HOSPITALS, HURT
from dateline.geo.reports import TOLLS, Found, is_harm

_HAVE = frozenset({"has", "have", "had"})
#: What is done with the injured: the place behind it is not where they came to harm.
_NURSED = HOSPITALS | {
    *("treated", "taken", "brought", "driven", "airlifted", "flown", "rushed", "evacuated", "transferred"),
    *("carried", "ferried", "moved", "admitted", "reached"),
}
#: Words behind "were wounded" that tell how, so that it is an event of its own.
_CAUSES = frozenset({"by", "when", "after", "as", "during", "from", "while", "trying", "in"})
#: Words before it that tell of other injured.
_APART = frozenset({"elsewhere", "separate", "separately", "another", "meanwhile", "since", "earlier"})


def without_counts(harm: Found, news: Sequence[Found]) -> list[Found]:
    """Return what a sentence tells but for what only counts the injured of harm told before.

    "Eighteen wounded had been brought to a hospital in Maiduguri" is no news from Maiduguri.  A sentence that
    tells of harm of its own counts the injured of that.
    """
    if harm.status != "actual" or any(is_harm(item) and not _is_count(item) for item in news):
        return [*news]
    return [item for item in news if not _is_count(item) or item.date not in (None, harm.date)]


def _is_count(item: Found) -> bool:
    """Return whether an item says nothing but that so many were hurt, and perhaps where they are nursed."""
    told = {word.lower for word in item.tokens[item.trigger.first : item.trigger.last + 1]}
    hurt = told <= HURT | BE | _HAVE and item.trigger.entry.mode in TOLLS
    if not hurt or item.status != "actual" or item.numbers.keys() != {"injured"} or item.actors:
        return False
    lowers = [word.lower for word in item.tokens]
    nursed = next((i for i, word in enumerate(lowers) if word in _NURSED), len(lowers))
    behind = lowers[item.trigger.last + 1 : item.trigger.last + 2]
    if behind and behind[0] in _CAUSES and item.trigger.last + 3 < nursed:
        return False
    return _APART.isdisjoint(lowers) and all(link.spot.first > nursed for link in item.links)
