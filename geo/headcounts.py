"""Which numbers of a sentence count people: no ages, dates, amounts, nor parts of a number told already."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from dateline.geo import count_lists
from dateline.geo.harm import BE, BREAKS, DEAD, DONE, FUNCTION, HARMED, HURT, KILL, TOLL_OF, WOUNDS
from dateline.geo.numerals import PERSONS, SINGLE, UNITS, VAGUE, is_person, value
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word

_LOWER = re.compile(
    r"(?:at least|more than|over|above|no fewer than|no less than|upwards of|between"
    r"|past|passed|exceeded|topped|surpassed)\s*(?:the |some )?$",
    re.IGNORECASE,
)
_ENDS_LIST = BREAKS | DONE | BE
#: What may stand before those who are counted.
_FELLOW = frozenset(
    {"fellow", "other", "young", "local", "foreign", "armed", "female", "male", "senior", "off-duty"}
)
#: Words before a part of a number that is told already: "12 people, including three children".
_PART = frozenset({"including", "included", "includes", "include", "whom", "them"})
_DIED = frozenset({"died", "dead", "killed"})
_MONEY = frozenset({"$", "€", "£", "₹", "¥", "rs", "usd", "eur", "inr", "pkr", "ksh", "naira"})
_ANIMALS = wordlist("animals")
_CAMPS = frozenset({"camp", "camps", "settlement", "center", "centre"})
#: Words that describe things counted, and those who head a village or a council.
_OF_THINGS = frozenset({"health", "local", "suspected", "confirmed", "new", "additional", "more", "cholera"})
_HEADS = frozenset({"head", "heads", "chief", "chiefs"})
_DEATHS = frozenset({"deaths", "fatalities", "dead"})
_LOST = KILL | DEAD
_SIDES = frozenset({"sides", "countries", "governments", "parties", "armies", "camps"})
_MONTHS = frozenset(name.lower() for name in (*calendar.month_name, *calendar.month_abbr, "Sept") if name)
_OF_AGE = frozenset({"boy", "girl", "man", "woman", "child", "teenager", "youth", "student", "pupil"})
#: Words after which a number is no age any more.
_SAYS = frozenset({"were", "was", "died", "who", "have", "has", "are"})
#: Whose ages a number tells: "eleven people, nearly all over 80".
_AGED = frozenset(
    {"all", "aged", "those", "most", "mostly", "people", "men", "women", "patients", "residents"}
)


@dataclass(frozen=True, slots=True)
class Headcount:
    """A number of people, by the words `first` to `last` of a sentence; `single` if it is one person."""

    first: int
    last: int
    value: int
    at_least: bool
    single: bool


def find(text: str, sentence: Sequence[Word]) -> list[Headcount]:
    """Return the numbers of people of a sentence; "a couple and their two children" is one.

    Examples
    --------
    >>> from dateline.geo.words import words
    >>> text = "A teacher and two pupils, aged 7 and 9, died in 2024 with at least 30 others."
    >>> [(count.value, count.at_least) for count in find(text, words(text))]
    [(3, False), (30, True)]
    """
    found: list[Headcount] = []
    part: Headcount | None = None
    whole = 0
    i = 0
    while i < len(sentence):
        number, last = value(sentence, i)
        if number is None or _counts_nobody(around := _Around.of(sentence, i, last)):
            i = last + 1
            continue
        word = sentence[i].lower
        if _is_part(around) or (part and _goes_on(sentence, part, i, last)):
            part = Headcount(i, last, number, False, word in SINGLE)
            i = last + 1
            continue
        part = None
        before = text[max(0, sentence[i].start - 20) : sentence[i].start]
        plus = sentence[last + 1 : last + 2] and text[sentence[last].end] == "+"  # "20+ killed"
        last += bool(plus)
        at_least = bool(_LOWER.search(before) or plus) or word in VAGUE
        count = Headcount(i, last, number, at_least, word in SINGLE)
        if found and _joined(sentence, found[-1], count):
            found[-1] = replace(found[-1], last=last, value=found[-1].value + number, single=False)
            if whole and found[-1].value == 2 * whole:
                found[-1] = replace(found[-1], value=whole)  # "four people, a father and three sons, died"
        else:
            found.append(count)
            named = {word.lower for word in sentence[last + 1 : last + 3]}
            whole = number if named >= {"people", ","} else 0
        i = last + 1
    return found


def _goes_on(sentence: Sequence[Word], part: Headcount, first: int, last: int) -> bool:
    """Return whether a number goes on with a list of parts.

    "Including 12 in Lahore and five in Multan", "among them a nurse and her son"; but "including a nurse, and
    four others were hurt".
    """
    between = [word.lower for word in sentence[part.last + 1 : first]]
    listed = between[-2:] != [",", "and"] and _joined(sentence, part, Headcount(first, last, 1, False, False))
    return listed or count_lists.is_item(sentence, first, last)


def _joined(sentence: Sequence[Word], a: Headcount, b: Headcount) -> bool:
    """Return whether two numbers count one group: "a teacher and two pupils", "two Malian men and a boy"."""
    between = [word.lower for word in sentence[a.last + 1 : b.first]]
    names = {word.lower for word in sentence[a.last + 1 : b.first] if word.capital}
    inner = [word for word in between if word not in ("and", ",", "of", "their", "his", "her")]
    persons = inner or [sentence[a.last].lower]
    inner = [word for word in inner if word not in names]
    # whom somebody killed was a person, whatever the word for him: "killing a chef and two boys"
    killed = a.single and a.first > 0 and sentence[a.first - 1].lower in HARMED
    victim = killed and inner == persons and between[-1:] in (["and"], [","]) and DONE.isdisjoint(inner)
    family = [word.lower for word in sentence[max(0, a.first - 2) : a.first]] == ["family", "of"]
    known = victim or (family and persons == [sentence[a.last].lower])
    # "arrested 200 people and three officers were hurt" counts two groups
    objects = any(word.lower in DONE for word in sentence[max(0, a.first - 3) : a.first])
    ahead = [word.lower for word in sentence[b.last + 1 : b.last + 5]]
    clause = any(word in BE for word in takewhile(lambda word: word not in BREAKS, ahead))
    goes_on = between[-1:] == [","] and (_ends_in_and(sentence, b) or "killed" in ahead[:2])
    return (
        ("and" in between or (goes_on and not count_lists.is_item(sentence, b.first, b.last)))
        and len(inner) <= 3
        and (known or is_person(persons[-1]))
        and (known or all(is_person(word) or word in _FELLOW or word in names for word in persons))
        and not (objects and clause)
    )


def _ends_in_and(sentence: Sequence[Word], count: Headcount) -> bool:
    """Return whether a list goes on to its "and": "his parents, his sister and three neighbours"."""
    ahead = [word.lower for word in sentence[count.last + 1 : count.last + 6]]
    return "and" in takewhile(lambda word: word not in _ENDS_LIST, ahead)


# -- numbers that count nobody -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Around:
    """A number's words, in small letters, and those around it, the nearest first."""

    first: str
    last: str
    alone: bool
    before: Sequence[str]
    after: Sequence[str]
    lead: Sequence[str]
    touches: bool  # the word before it
    of_time: bool
    named: bool  # the word before it, or before its bracket, is a name or begins the sentence

    @staticmethod
    def of(sentence: Sequence[Word], first: int, last: int) -> _Around:
        lowers = [word.lower for word in sentence[max(0, first - 8) : last + 8]]
        at = min(first, 8)
        before, after = lowers[max(0, at - 3) : at][::-1] or [""], lowers[at + last - first + 1 :] or [""]
        touches = first > 0 and sentence[first - 1].end == sentence[first].start
        colon = after[0] == ":" and last + 2 < len(sentence)
        of_time = colon and sentence[last + 1].end == sentence[last + 2].start
        name = first - 1 - (before[0] == "(")
        named = name >= 0 and sentence[name].capital
        first_, last_ = lowers[at], lowers[at + last - first]
        return _Around(first_, last_, first == last, before, after, lowers[:at], touches, of_time, named)


def _counts_nobody(n: _Around) -> bool:
    return _counts_things(n) or _is_date(n) or _is_age(n)


def _counts_things(n: _Around) -> bool:
    """Return whether it counts money, kilometres, animals, sides, goals, or is a camp's article."""
    phrase = takewhile(lambda word: word not in FUNCTION, n.after[:3])
    counted = next((word for word in phrase if word in PERSONS or word in _ANIMALS), "")
    return (
        _are_things(n.after)
        or (n.named and n.first.isdigit() and n.before[0] in wordlist("numbered"))  # "Highway 90"
        or n.after[0] == "-"
        or n.of_time  # "at 10:30"
        or n.before[0] in _MONEY
        or (counted in _ANIMALS and n.first not in SINGLE)  # "1,600 infected birds"
        or (n.first == "both" and n.after[0] in _SIDES)
        or (n.first in SINGLE and n.after[0] in _CAMPS)  # "the Nuseirat refugee camp"
        or (n.before[0] in ("-", ":") and n.touches)  # "2-1", "10:30"
    )


def _are_things(after: Sequence[str]) -> bool:
    """Return whether a number counts what follows it: "two cars", "six health zones"; no "village chief"."""
    things = wordlist("things_counted")
    if after[0] in things:
        return not (after[1:2] and not after[0].endswith("s") and _are_members(after[1:3]))
    return after[0] in _OF_THINGS and after[1:2] != [] and after[1] in things


def _are_members(words: Sequence[str]) -> bool:
    """Return whether words name people whom the thing before them describes: "chief", "council member"."""
    if words[0] in FUNCTION or words[0] in wordlist("things_counted"):
        return False
    return any(is_person(word) or word in _HEADS for word in words)


def _is_part(n: _Around) -> bool:
    """Return whether it counts some of those counted elsewhere, or is a whole of which a part is counted."""
    if n.before[0] in _PART:
        # "300 cases, including 32 deaths"
        only_dead = n.after[0] in _DEATHS and _LOST.isdisjoint(n.lead)
        return not only_dead and not (n.before[0] == "whom" and not _DIED.isdisjoint(n.after[:3]))
    part_of = "among" in n.after[:6] and n.after[0] not in _DEATHS  # "85 deaths among 2,300 cases"
    among = n.after[n.after.index("among") + 1 :] if part_of else []
    return (
        (n.before[0] == "of" and "family" in (n.last, n.after[0]))  # "ten members of one family"
        # "including a family of four"
        or (n.before[:2] == ["of", "family"] and not _PART.isdisjoint(n.lead[-5:-2]))
        # "nine climbers, five of them foreigners"
        or (n.after[:2] == ["of", "them"] and n.before[0] == "," and not _are_hurt(n.after[2:]))
        or n.before[:2] == ["but", "all"]  # "killing all but one of them"
        or (n.before[:2] == ["the", "of"] and n.before[2:] != [] and _is_share(n.before[2]))
        or (n.after[:2] in (["of", "the"], ["of", "those"]) and _are_victims(n.after[2:3]))
        # "five children were among 20 people killed"
        or (among[:1] != ["them"] and any(word in UNITS or word[0].isdigit() for word in among))
    )


def _are_victims(words: Sequence[str]) -> bool:
    return not (HARMED | DEAD | {"victims"}).isdisjoint(words)


def _are_hurt(words: Sequence[str]) -> bool:
    """Return whether words tell that people were hurt: "with minor injuries", "in a critical condition"."""
    condition = words[:1] == ["in"] and "condition" in words[1:4]
    return condition or (words[:1] == ["with"] and not (WOUNDS | HURT).isdisjoint(words[1:4]))


def _is_share(word: str) -> bool:
    """Return whether a word tells how many of a whole: "four of the five", "none of the 40"."""
    return word in UNITS or word in ("none", "half", "all", "most", "some") or word.isdigit()


def _is_date(n: _Around) -> bool:
    """Return whether it is a day or a year: "between 4 and 12 June", "the October 7 attack", "in 2024"."""
    if n.after[:1] == ["and"] and n.after[2:] and n.after[2] in _MONTHS:
        return True
    if not n.alone or n.after[0] in PERSONS:
        return False
    of_month = n.before[0] in _MONTHS and n.first.isdigit()
    return of_month or bool(re.fullmatch(r"(?:19|20)\d\d", n.first))


def _is_age(n: _Around) -> bool:
    """Return whether it is somebody's age: "a boy of 15", "aged two, five and seven", ", 24, a nurse"."""
    before, after = n.before, n.after
    is_ = before[0] in BE
    who_was = is_ and before[1:2] == ["who"] and after[0] == ","
    said = "aged" in n.lead and not _SAYS.intersection(n.lead[n.lead.index("aged") :])
    # "the teacher killed in the attack was 34."
    was = before[0] in ("was", "is") and after[0] in (".", ",") and (TOLL_OF | DEAD).isdisjoint(n.lead)
    return (
        "aged" in before
        or said
        or was
        or who_was
        or (is_ and n.first in ("a", "an"))  # no age, but no count: "he was a nurse"
        or before[:2] == ["of", "grandmother"]
        or (before[0] == "of" and before[1:2] != [] and before[1] in _OF_AGE)
        # "nearly all over 80"
        or (
            before[0] in ("over", "under")
            and not _AGED.isdisjoint(before[1:2])
            and after[0] in (",", ".", ";")
        )
        or (before[0] == "," and after[0] == "," and n.first.isdigit())
        or (before[0] == "(" and after[0] == ")" and n.first.isdigit() and n.named)  # "Dola Devi (52)"
    )
