"""Numbers told place by place: "12 in Kano, seven in Katsina"; "nine: five in Kulgam and four in Doda"."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Sequence
from itertools import dropwhile, takewhile

from dateline.geo.harm import BE, DONE, INTRANSITIVE
from dateline.geo.numerals import UNITS, is_person
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word

#: What stands before an item of such a list, and what leads to its place.
_BEFORE = frozenset({",", "and", ":", ";", "(", "–", "—", "plus"})
_LEADS = frozenset({"in", "at", "near", "around", "from", "outside", "over"})
_PLACE_NOUNS = wordlist("place_nouns")
_LISTED = _BEFORE | _LEADS | _PLACE_NOUNS
_VERBS = BE | DONE | INTRANSITIVE | {"had", "have", "has"}
#: What may stand before the number, and no place.
ABOUT = frozenset({"at", "least", "about", "some", "nearly", "more", "than", "over", "another"})
_DAYS = frozenset(name.lower() for name in (*calendar.month_name, *calendar.day_name) if name)
_FELLOWS = frozenset({"others", "other", "more", "dead", "deaths", "people", "further"})


def counts_on(sentence: Sequence[Word], after: int, name: int) -> bool:
    """Return whether the words between two places lead from one item of such a list to the next.

    The first place ends with the word before `after`, the second begins with word `name`.

    >>> from dateline.geo.words import words
    >>> told = words("killed two in Kano, seven in Katsina, and four in Sokoto were hurt")
    >>> counts_on(told, 4, 7), counts_on(told, 8, 12)
    (True, False)
    """
    between = [*dropwhile(_PLACE_NOUNS.__contains__, (word.lower for word in sentence[after:name]))]
    items = [*dropwhile((_BEFORE | ABOUT).__contains__, between)]
    listed = between[:1] != [] and between[0] in _BEFORE and items[:1] != []
    counted = listed and (items[0] in UNITS or items[0].isdigit())
    return counted and _leads(items[1:]) and not _does_something(sentence, after, name)


def _does_something(sentence: Sequence[Word], after: int, name: int) -> bool:
    """Return whether those counted at a place have a verb of their own: one follows, and one stands before.

    "Killed two in Kano, and four in Sokoto were hurt", but "two in Kano and four in Sokoto were hurt".
    """
    follows = next((word.lower for word in sentence[name:] if not word.capital), "")
    told = any(word.lower in _VERBS for word in sentence[:after])
    return told and follows in _VERBS


def _leads(words: Sequence[str]) -> bool:
    """Return whether words only name people, and lead to a place."""
    rest = [*dropwhile(lambda word: word in _FELLOWS or is_person(word), words)]
    return bool(rest) and rest[0] in _LEADS and all(word in _PLACE_NOUNS for word in rest[1:])


def is_item(sentence: Sequence[Word], first: int, last: int) -> bool:
    """Return whether a number is an item of such a list: its place follows.

    >>> from dateline.geo.words import words
    >>> told = words("Floods killed 12 people in Kano, seven in Katsina and four on Sunday.")
    >>> [is_item(told, i, i) for i in (2, 7, 11)]
    [False, True, False]
    """
    begin = next((i for i in range(first - 1, -1, -1) if sentence[i].lower not in ABOUT), 0)
    if begin == 0 or sentence[begin].lower not in _BEFORE or sentence[begin - 1].lower in _DAYS:
        return False  # "24 in Baghdad on Monday, eight in Mosul on Tuesday"
    ahead = [*takewhile(lambda word: not word.capital, sentence[last + 1 : last + 9])]
    name = sentence[last + 1 + len(ahead) : last + 2 + len(ahead)]
    named = any(word.capital and word.lower not in _DAYS for word in name)
    if not named or not _leads([word.lower for word in ahead]):
        return False
    return not _does_something(sentence, first, last + 1 + len(ahead))


def begins(sentence: Sequence[Word], last: int, item: int, item_last: int) -> bool:
    """Return whether a number that ends with word `last` is the first of a list, told before its verb.

    >>> from dateline.geo.words import words
    >>> begins(words("Two officers in Lagos and one in Ibadan were killed."), 0, 5, 5)
    True
    """
    return is_item(sentence, item, item_last) and all(
        word.capital or word.lower in _LISTED or is_person(word.lower) for word in sentence[last + 1 : item]
    )


def is_total(sentence: Sequence[Word], first: int, item: int, wholes: Collection[int]) -> bool:
    """Return whether a number is the sum of a list whose first item stands at word `item`.

    It is unless it has a place of its own, that is none of the `wholes` in which the items' places lie.

    >>> from dateline.geo.words import words
    >>> told = words("Floods in March killed nine: five in Kulgam, and 12 in Kano, seven in Katsina.")
    >>> is_total(told, 4, 6, ()), is_total(told, 11, 15, ()), is_total(told, 11, 15, {13})
    (True, False, True)
    """
    if sentence[item - 1].lower in (":", "("):
        return True
    if sentence[item - 1].lower == "and":
        return False
    places = {
        i
        for i in range(first + 2, item)
        if sentence[i].capital and (sentence[i - 1].lower in _LEADS | _PLACE_NOUNS | {"across"})
    }
    return places <= set(wholes)
