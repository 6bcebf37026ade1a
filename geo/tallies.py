"""Tolls that are not of one event: of a year, a war, an epidemic."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dateline.geo.harm import TOLL_OF
from dateline.geo.wordlists import wordlist

_PERIODS = frozenset({"year", "season", "month", "winter", "summer", "week", "war", "conflict", "ceasefire"})
_THIS = frozenset({"this", "the", "'s", "last", "past", "since", "of"})
_ALWAYS = frozenset({"since", "overall", "cumulative", "annual", "nationwide", "yearly"})
#: A toll is told by so many words before its number.
_TOLD_BY = 22


def is_tally(lowers: Sequence[str], first: int, last: int, told: bool) -> bool:
    """Return whether a toll whose number stands at words `first` to `last` counts the dead of many events.

    That of a disease does where the sentence has `told` the newly dead, unless it is "from the outbreak".

    >>> said = "dengue killed three , taking the toll this year to 61".split()
    >>> is_tally(said, 10, 10, True)
    True
    >>> is_tally("two bodies were found , bringing the toll from the collapse to 14".split(), 12, 12, True)
    False
    """
    toll = max((i for i in range(max(0, first - _TOLD_BY), first) if lowers[i] in TOLL_OF), default=first)
    phrase = lowers[max(0, toll - 4) : last + 5]
    if told and "from" not in lowers[toll:first] and not wordlist("diseases").isdisjoint(lowers):
        return True
    period = any(
        a in _THIS and b in _PERIODS and not _is_of_event(phrase[i + 2 : i + 4])
        for i, (a, b) in enumerate(pairwise(phrase))
    )
    return period or not _ALWAYS.isdisjoint(phrase)


def _is_of_event(after: Sequence[str]) -> bool:
    """Return whether a time only dates an event: "the toll in last week's typhoon", no "this year's toll"."""
    return after[:1] == ["'s"] and TOLL_OF.isdisjoint(after[1:2])
