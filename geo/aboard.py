"""All on board a plane, boat or bus: how many were killed with it, or that none was."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.geo.harm import KILL
from dateline.geo.headcounts import Headcount

_ALL = frozenset({"all", "everyone", "everybody"})
_UNHURT = frozenset({"safe", "unhurt", "unharmed", "survived", "uninjured"})
_LOST = KILL | {"loss"}
_CARRIES = frozenset({"carrying", "with", "carried"})
#: So many words around "all on board" tell what became of them.
_NEAR = 8


def dead(lowers: Sequence[str], numbers: Sequence[Headcount]) -> tuple[int, int] | None:
    """Return how many died as all on board did, 0 if all survived, and the word that tells so.

    >>> from dateline.geo import headcounts
    >>> from dateline.geo.words import words
    >>> def told(text):
    ...     return dead([word.lower for word in words(text)], headcounts.find(text, words(text)))
    >>> told("A plane carrying 11 people crashed, killing all on board.")
    (11, 8)
    >>> told("A boat sank, but all nine on board survived."), told("All aboard the ferry were filmed.")
    ((0, 5), None)
    """
    carried = next((number for number in numbers if _is_carried(lowers, number)), None)
    for i, word in enumerate(lowers):
        if carried and word == "no" and lowers[i + 1 : i + 2] == ["survivors"]:
            return carried.value, i
        if word not in _ALL:
            continue
        counted = next((number for number in numbers if i < number.first <= i + 2), None)
        at = counted.last if counted else i
        if not _is_aboard(lowers[at + 1 : at + 4]):
            continue
        around = lowers[max(0, i - 2) : at + _NEAR]
        if not _UNHURT.isdisjoint(around):
            return 0, i
        aboard = counted or carried
        if aboard and not _LOST.isdisjoint(around):
            return aboard.value, i
    return None


def _is_aboard(words: Sequence[str]) -> bool:
    return "aboard" in words[:2] or "board" in words[1:] or list(words[:2]) == ["of", "them"]


def _is_carried(lowers: Sequence[str], number: Headcount) -> bool:
    """Return whether people were on board: "carrying 11 people", "with 40 passengers on board"."""
    before = lowers[max(0, number.first - 3) : number.first]
    return not _CARRIES.isdisjoint(before) or _is_aboard(lowers[number.last + 1 : number.last + 5])
