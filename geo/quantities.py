"""Numbers of people killed, injured and affected, with "over a million" kept as a lower bound.

Affected are people displaced, evacuated, trapped, missing, arrested, or left without power or water.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dateline.geo import aboard, count_lists, fates, headcounts, lone_deaths, tallies
from dateline.geo.fates import Kind
from dateline.geo.harm import HARM, HURT, KILL, TOLL, plain_words
from dateline.geo.headcounts import Headcount
from dateline.geo.model import Quantity
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word

_NOBODY = {("no", "casualties"), ("no", "injuries"), ("without", "casualties"), ("no", "victims")}
_EARLIER = frozenset({"earlier", "previous", "initial", "preliminary", "first", "former"})
_ALONG_WITH = {("along", "with"), ("together", "with")}
_HIS = frozenset({"his", "her", "their"})


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people at the words `at` to `last` of a sentence; a `tally` is of many events."""

    kind: Kind
    quantity: Quantity
    at: int
    last: int
    tally: bool = False


def find(text: str, sentence: Sequence[Word], wholes: Collection[int] = ()) -> list[Count]:
    """Return the numbers of killed, injured and affected people that a sentence states.

    `wholes` are the words of places that hold others which the sentence names.

    Examples
    --------
    >>> from dateline.geo.words import words
    >>> text = "The blast killed at least 23 people and wounded two; over a million were left without power."
    >>> [(c.kind, c.quantity.value, c.quantity.at_least) for c in find(text, words(text))]
    [('fatalities', 23, True), ('injured', 2, False), ('affected', 1000000, True)]
    """
    if HARM.isdisjoint(plain_words([word.lower for word in sentence])):
        return []
    kept = _without_dots(sentence)
    wholes = [at for at, i in enumerate(kept) if i in wholes]
    found = _found(text, [sentence[i] for i in kept], wholes)
    return [replace(count, at=kept[count.at], last=kept[count.last]) for count in found]


def _without_dots(sentence: Sequence[Word]) -> list[int]:
    """Return which words a sentence has but for the full stops of abbreviations: "U.S.", "Jan.", "Lt."."""
    return [
        i
        for i, word in enumerate(sentence)
        if word.lower != "."
        or not 0 < i < len(sentence) - 1
        or sentence[i - 1].end != word.start
        or not _is_abbreviated(sentence[i - 1])
    ]


def _is_abbreviated(word: Word) -> bool:
    letter = len(word.lower) == 1 and word.capital
    return letter or (word.lower != "no" and word.lower in wordlist("abbreviations"))


def _found(text: str, sentence: Sequence[Word], wholes: Collection[int]) -> list[Count]:
    """Return what `find` does, of a sentence whose abbreviations have no full stops."""
    lowers = plain_words([word.lower for word in sentence])
    found = _nobody(lowers)
    numbers = headcounts.find(text, sentence)
    for number, kind in zip(numbers, fates.of_each(sentence, lowers, numbers), strict=True):
        if kind:
            quantity = Quantity(number.value, number.at_least)
            found.append(Count(kind, quantity, number.first, number.last))
    found += _aboard(lowers, numbers)
    told = any(count.kind == "fatalities" for count in found)
    if not told and (at := lone_deaths.find(sentence, lowers)) is not None:
        found.append(Count("fatalities", Quantity(1), at, at))
    return _tolls(lowers, _summed(sentence, found, wholes))


def _nobody(lowers: Sequence[str]) -> list[Count]:
    """Return the noughts: "no casualties", "no one was hurt"."""
    found: list[Count] = []
    for i, (word, after) in enumerate(pairwise(lowers)):
        near = lowers[i : i + 5]
        if "else" in near[1:3]:
            continue  # "seven died and nobody else was hurt"
        nobody = word in ("nobody", "none") or (word, after) == ("no", "one")
        if (word, after) in _NOBODY or (nobody and not (HURT | {"hit", "harmed"}).isdisjoint(near)):
            found += [Count("fatalities", Quantity(0), i, i), Count("injured", Quantity(0), i, i)]
        elif nobody and not KILL.isdisjoint(near):
            found.append(Count("fatalities", Quantity(0), i, i))
    return found


def _aboard(lowers: Sequence[str], numbers: Sequence[Headcount]) -> list[Count]:
    """Return how many of those on board were killed, or that nobody came to harm."""
    told = aboard.dead(lowers, numbers)
    if told is None:
        return []
    dead, at = told
    killed = Count("fatalities", Quantity(dead), at, at)
    return [killed] if dead else [killed, Count("injured", Quantity(0), at, at)]


def _summed(sentence: Sequence[Word], found: Sequence[Count], wholes: Collection[int]) -> list[Count]:
    """Add up "five in Homs and three in Hama", unless their sum is told as well."""
    kept: list[Count] = []
    items: list[Count] = []
    for count in [*found, None]:
        if count and kept and count.kind == kept[-1].kind and _goes_with(sentence, count):
            items.append(count)
            continue
        if items:
            kept[-1], items = _sum(sentence, kept[-1], items, wholes), []
        kept += [count] if count else []
    return kept


def _goes_with(sentence: Sequence[Word], count: Count) -> bool:
    """Return whether a number is added to the one before: "two in Homs", "along with 28 others"."""
    before = [word.lower for word in sentence[max(0, count.at - 4) : count.at] if word.lower not in _HIS]
    comma, *lead = before[-3:] or [""]
    after = sentence[count.last].lower, *(word.lower for word in sentence[count.last + 1 : count.last + 2])
    # three may be told before: "Two attackers were also killed, along with three police officers"
    along = tuple(lead) in _ALONG_WITH and (comma != "," or "others" in after)
    return along or count_lists.is_item(sentence, count.at, count.last)


def _sum(sentence: Sequence[Word], head: Count, items: Sequence[Count], wholes: Collection[int]) -> Count:
    """Return the number before a list of others with these added, if it is not their sum."""
    told, parts = head.quantity.value, sum(item.quantity.value for item in items)
    total = count_lists.is_total(sentence, head.at, items[0].at, wholes)
    if total and parts <= told:
        return head
    at_least = head.quantity.at_least or any(item.quantity.at_least for item in items)
    return replace(head, quantity=Quantity(told + parts, at_least))


def _tolls(lowers: Sequence[str], found: Sequence[Count]) -> list[Count]:
    """Return the counts of a sentence; where a toll is told, it is the number of the dead."""
    kept: list[Count] = []
    for count in found:
        if any(a in _EARLIER and b in TOLL for a, b in pairwise(lowers[max(0, count.at - 4) : count.at])):
            continue  # "revising an earlier toll of 14"
        lead = lowers[max(0, count.at - 9) : count.at]
        of_dead = "number" in lead and not {"dead", "deaths", "fatalities", "killed"}.isdisjoint(lead)
        toll = count.kind == "fatalities" and (of_dead or not TOLL.isdisjoint(lead))
        told = any(other.kind == "fatalities" for other in found if other is not count)
        if toll and tallies.is_tally(lowers, count.at, count.last, told):
            if told:
                continue  # "killed three, taking the toll this year to 61"
            count = replace(count, tally=True)
        elif toll:
            kept = [other for other in kept if other.kind != "fatalities"]
        kept.append(count)
    return kept
