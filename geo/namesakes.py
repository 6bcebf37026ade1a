"""Whose names a text's names are besides places': people's and companies'."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence, Set
from itertools import pairwise

from dateline.geo.arrays import Floats
from dateline.geo.facilities import Known
from dateline.geo.wordlists import wordlist
from dateline.geo.wordpiece import Word

_SURELY_NOT = 0.03  # the network's belief that a word is in a name, where it is a surname
_PLACING = frozenset(("in", "In", "at", "At", "near", "Near"))
_TITLE = re.compile(
    r"Mrs?|Ms|Dr|Sir|Lord|Lady|Judge|Justice|Sen|Rep|Gov|Prof|Rev|Sgt|Capt|Col|Gen|Lt|President|Mayor|Minister|"
    r"Senator|Governor|Professor|Captain|Colonel|General|Officer|Detective|Coach"
)

_GIVEN_BEFORE = re.compile(r"(?<![\w.-])(\w+)(?: [A-Z]\.)? $")
_GIVEN = wordlist("given_names")
_APOSTROPHES = frozenset("'’")
#: What makes a company's name of the name before it.
COMPANY = re.compile(
    r"(?:,? (?:Inc|Corp|Ltd|PLC|plc|GmbH)\b|(?: and [A-Z]\w+)?(?:['’]s)? (?:shares|stock)\b"
    r"(?! (?:an?|the|its|their|with|many|most|much|some)\b))"
)
_LOCATED = re.compile(r"\b[IiAa][nt] ")
_BOUNDARY = re.compile(r"\b")
COUNTRY_OR_STATE = frozenset(("code=PCLI", "code=ADM1"))


def surnames(text: str, words: Sequence[Word], table: Floats, names: Set[str]) -> frozenset[str]:
    """Return those of `names` that somewhere in the text follow a first name or a title.

    A first name is a common one, or a capitalised word which the network holds for no place, as it does the
    name there.  A name that is said to be a place elsewhere ("in Medellín") is none of them.
    """
    found, placed = set(), set()
    inside = (1 - table[:, 0]).tolist()
    for i, (before, word) in enumerate(pairwise(words)):
        name = text[word.start : word.end]
        if name not in names or word.start - before.end not in (1, 2) or word.breaks:
            continue
        first = text[before.start : before.end]
        if first in _PLACING:
            if text[word.end : word.end + 1] not in _APOSTROPHES:  # "a tree in Flores' honour"
                placed.add(name)
        elif (
            _is_given(text, word.start)
            or _TITLE.fullmatch(first)
            or (_may_be_given(first, name) and max(inside[i : i + 2]) < _SURELY_NOT)
        ):
            found.add(name)
    return frozenset(found - placed)


def companies(text: str, spans: Collection[tuple[int, int]], known: Known) -> frozenset[str]:
    """Return the names that are a company's at one of the `spans` ("Amazon shares"), and nowhere a place.

    A country or state ("HSBC Malta shares") is none.
    """
    found = {text[start:end] for start, end in spans if COMPANY.match(text, end)}
    if not found:
        return frozenset()
    lengths = {len(name) for name in found}
    placed = {
        text[place.end() : place.end() + length]
        for place in _LOCATED.finditer(text)
        for length in lengths
        if _BOUNDARY.match(text, place.end() + length)
    }
    return frozenset(name for name in found - placed if COUNTRY_OR_STATE.isdisjoint(known(name)))


def _is_given(text: str, start: int) -> bool:
    """Return whether a given name stands before `start`, and an initial maybe: "Matthew D. Flores"."""
    given = _GIVEN_BEFORE.search(text, max(0, start - 20), start)
    return given is not None and given[1] in _GIVEN


def _may_be_given(first: str, name: str) -> bool:
    """Return whether a word may be the first name that goes with a surname."""
    return len(first) > 2 and first[0].isupper() and first.isupper() == name.isupper()
