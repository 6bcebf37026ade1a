"""Numbers of people killed, injured and affected, with "over a million" kept as a lower bound.

Affected are people displaced, evacuated, trapped, missing, arrested, or left without power or water.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import Literal

from dateline.geo.model import Quantity
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word, verb_forms

Kind = Literal["fatalities", "injured", "affected"]

_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "both": 2,
}  # fmt: skip
#: Words before one person: "a nurse", "his wife", "the driver", "another".
_SINGLE = frozenset({"a", "an", "the", "his", "her", "its", "their", "another", "one"})
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12, "lakh": 100_000}
_SUFFIXES = {"k": 1000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000}
_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "millions": 2_000_000}
_TENS = {"tens": 20, "hundreds": 200}
_NONE = frozenset({"no", "nobody", "none", "zero"})
_OF_COUPLES = frozenset({"old", "elderly", "young", "married", "retired", "local"})
#: Words after which a number is no age any more.
_SAYS = frozenset({"were", "was", "died", "who", "have", "has", "are"})
#: Whose ages a number tells: "eleven people, nearly all over 80".
_AGED = frozenset(
    {"all", "aged", "those", "most", "mostly", "people", "men", "women", "patients", "residents"}
)
#: Words that a number may begin with.
_BEGIN = _NONE | _SINGLE | {"half", *_UNITS, *_TENS, *_VAGUE}
_LOWER = re.compile(
    r"(?:at least|more than|over|above|no fewer than|no less than|upwards of|between)\s*(?:the |some )?$",
    re.IGNORECASE,
)


def _forms(*verbs: str) -> frozenset[str]:
    return frozenset(form for verb in verbs for form in verb_forms(verb))


_KILL = _forms(
    *("kill", "murder", "slay", "drown", "die", "perish", "assassinate", "massacre", "execute", "behead"),
    *("suffocate", "martyr", "hang", "lynch", "slaughter"),
) | {"gunned", "mowed", "mown"}
_TO_DEATH = frozenset({"froze", "frozen", "beaten", "burnt", "bled", "shot"})
_KILLED_SOMEHOW = frozenset({"machine-gunned", "strangled", "electrocuted"})
_SLAIN = frozenset({"killed", "murdered", "assassinated", "executed", "beheaded", "lynched"})
_INTRANSITIVE = _forms("die", "drown", "perish", "suffocate") | {"dead"}
_DEAD = frozenset(["dead", "deaths", "fatalities", "lives", "bodies", "death", "toll"])
_HURT = _forms("injure", "wound", "hurt", "hospitalise", "hospitalize", "maim") | {"injuries", "casualties"}
#: Who is treated for these, or has them, is injured.
_WOUNDS = frozenset({"burns", "wounds", "cuts", "injuries", "fractures", "bruises", "concussion", "bites"})
_HAS = frozenset({"with", "for", "sustained", "suffered", "nursed", "received"})
_TO_HOSPITAL = frozenset({"taken", "rushed", "treated", "admitted", "brought", "flown", "sent", "airlifted"})
_HOSPITALS = frozenset({"hospital", "hospitals", "clinic", "clinics"})
_AFFECT = _forms(
    *("displace", "evacuate", "affect", "flee", "cut", "leave", "lose", "strand", "kidnap", "abduct"),
    *("shelter", "arrest", "detain", "trap", "rescue", "uproot", "need"),
) | {"missing", "unaccounted", "homeless", "without"}
_HARMED = (_KILL | _HURT) - _INTRANSITIVE
_DONE = _HARMED | _AFFECT
#: Without one of these words a sentence counts nobody who came to harm.
_HARM = _KILL | _DEAD | _HURT | _AFFECT | _WOUNDS | _HOSPITALS | {"victims", "treated", "safe", "hit"}
_LOSE = _forms("lose")
_BE = frozenset({"was", "were", "are", "is", "been", "being", "be"})
_PERSONS = wordlist("people") | wordlist("persons")
_CLAUSE = frozenset(";.:")
_BREAKS = wordlist("clause_openers") | {",", ";"}
_NOBODY = {("no", "casualties"), ("no", "injuries"), ("without", "casualties"), ("no", "victims")}
_UNHURT = frozenset({"safe", "unhurt", "unharmed", "survived", "uninjured"})
#: Words before a part of a number that is told already: "12 people, including three children".
_PART = frozenset({"including", "included", "includes", "include", "whom", "them"})
_MONEY = frozenset({"$", "€", "£", "₹", "¥", "rs", "usd", "eur", "inr", "pkr", "ksh", "naira"})
_OF_AGE = frozenset({"boy", "girl", "man", "woman", "child", "teenager", "youth", "student", "pupil"})
_TOLL = frozenset({"toll", "tally"})
_EARLIER = frozenset({"earlier", "previous", "initial", "preliminary", "first", "former"})
_TOLL_OF = _TOLL | {"number"}
_RISE = wordlist("rise")
#: A toll is told by so many words before its number.
_TOLD_BY = 22


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people at word `at` of a sentence."""

    kind: Kind
    quantity: Quantity
    at: int


@dataclass(frozen=True, slots=True)
class _Number:
    first: int
    last: int
    value: int
    at_least: bool
    single: bool


def find(text: str, sentence: Sequence[Word]) -> list[Count]:
    """Return the numbers of killed, injured and affected people that a sentence states.

    Examples
    --------
    >>> from dateline.geo.words import words
    >>> text = "The blast killed at least 23 people and wounded two; over a million were left without power."
    >>> [(c.kind, c.quantity.value, c.quantity.at_least) for c in find(text, words(text))]
    [('fatalities', 23, True), ('injured', 2, False), ('affected', 1000000, True)]
    """
    lowers = _in_plain_words(_without_charges([word.lower for word in sentence]))
    if _HARM.isdisjoint(lowers):
        return []
    found = _nobody(lowers)
    numbers = _numbers(text, sentence)
    for i, number in enumerate(numbers):
        stop = numbers[i + 1].first if i + 1 < len(numbers) else len(sentence)
        start = numbers[i - 1].last + 1 if i else 0
        if kind := _kind(lowers, number, start, stop):
            found.append(Count(kind, Quantity(number.value, number.at_least), number.first))
    told = any(count.kind == "fatalities" for count in found)
    if not told and (at := _one_killed(sentence, lowers)) is not None:
        found.append(Count("fatalities", Quantity(1), at))
    return _totals(lowers, found)


def _one_killed(sentence: Sequence[Word], lowers: Sequence[str]) -> int | None:
    """Return the word that tells of one death without a number: "Fernando Villavicencio was assassinated".

    >>> from dateline.geo.words import words
    >>> told = words("Councillor Wilmer Zambrano, who was shot dead on Saturday, lived there.")
    >>> _one_killed(told, [word.lower for word in told])
    4
    """
    for i in range(1, len(lowers) - 1):
        killed = lowers[i + 1] in _SLAIN or lowers[i + 1 : i + 3] == ["shot", "dead"]
        if lowers[i] != "was" or not killed:
            continue
        if lowers[i - 1] == "who" or (_person(lowers[i - 1]) and not lowers[i - 1].endswith("s")):
            return i - 1
        if lowers[max(0, i - 3) : i : 2] == [",", ","] and lowers[i - 2].isdigit():
            i -= 3  # "Marta Zielinska, 25, was killed"
        name = sentence[max(0, i - 2) : i]
        if len(name) == 2 and all(part.capital for part in name):
            return i - 1
    return _one_of_headline(lowers)


#: What may follow a participle, not an object: "killed in", "killed as".
_GOES_ON = frozenset(
    ["in", "as", "by", "after", "near", "on", "when", "while", "during", "outside", "inside", "to", "at", ","]
) | {"."}
#: "Sixth miner dead" tells a toll of six.
_ORDINAL = re.compile(r"second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)")
_LONGEST_SUBJECT = 5  # words
#: With these before him nobody is told of without an article.
_NO_SUBJECT = _BREAKS | _BE | _BEGIN | wordlist("clause_words")


def _one_of_headline(lowers: Sequence[str]) -> int | None:
    """Return the word that tells of one death without an article, as headlines do: "Bus driver shot dead".

    >>> _one_of_headline("bolivia : boy , 15 , killed in landslide".split())
    2
    >>> _one_of_headline("soldier killed five in the village".split())
    """
    begin = lowers.index(":") + 1 if ":" in lowers[:_LONGEST_SUBJECT] else 0
    for i in range(begin, min(begin + _LONGEST_SUBJECT, len(lowers) - 1)):
        word = lowers[i]
        if word in _NO_SUBJECT or _ORDINAL.fullmatch(word):
            return None
        if word.endswith("s") or not (word + "s" in _PERSONS or _DOER.fullmatch(word)) or not _person(word):
            continue
        aged = lowers[i + 1 : i + 4 : 2] == [",", ","] and lowers[i + 2].isdigit()
        killed = lowers[i + 4 if aged else i + 1 :]
        killed = killed[1:] if killed[:1] == ["found"] else killed
        if killed[:1] in (["dies"], ["drowns"]) or killed[:2] == ["shot", "dead"] or killed[:1] == ["dead"]:
            return i
        if killed[:1] and killed[0] in _SLAIN | {"slain"} and (len(killed) == 1 or killed[1] in _GOES_ON):
            return None if killed[1:3] == ["at", "least"] else i
    return None


def _without_charges(lowers: list[str]) -> list[str]:
    """Return the words but "murder" where it is a charge, which says of nobody that he is dead.

    >>> _without_charges("charged with attempted murder after the murder of two guards".split())
    ['charged', 'with', 'attempted', '', 'after', 'the', 'murder', 'of', 'two', 'guards']
    """
    for i in [i for i, word in enumerate(lowers) if word in ("murder", "murders")]:
        before, after = lowers[max(0, i - 1) : i], lowers[i + 1 : i + 2]
        if before == ["attempted"] or (before != ["to"] and after != ["of"]):
            lowers[i] = ""
    return lowers


def _in_plain_words(lowers: list[str]) -> list[str]:
    """Return the words with "killed" for what means it: "blown up", "fatally shot", "beaten to death".

    >>> _in_plain_words("two were blown up , three fatally stabbed and one strangled".split())
    ['two', 'were', 'killed', 'up', ',', 'three', 'fatally', 'killed', 'and', 'one', 'killed']
    """
    for i, word in enumerate(lowers):
        before, after = lowers[i - 1] if i else "", lowers[i + 1 : i + 3]
        blown = word == "blown" and before in _BE and after[:1] in (["up"], ["apart"])
        fatally = before == "fatally" and word.endswith(("ed", "shot"))
        to_death = (
            after == ["to", "death"] and (word in _TO_DEATH or word.endswith("ed")) and word != "sentenced"
        )
        cost = word == "cost" and "lives" in lowers[i : i + 6]
        if blown or fatally or to_death or cost or word in _KILLED_SOMEHOW:
            lowers[i] = "killed"
    return lowers


def _nobody(lowers: Sequence[str]) -> list[Count]:
    """Return the noughts: "no casualties", "no one was hurt"."""
    found: list[Count] = []
    for i, (word, after) in enumerate(pairwise(lowers)):
        near = lowers[i : i + 5]
        nobody = word in ("nobody", "none") or (word, after) == ("no", "one")
        safe = (word, after) == ("all", "on") and not _UNHURT.isdisjoint(lowers[i : i + 8])
        if safe or (word, after) in _NOBODY or (nobody and not (_HURT | {"hit", "harmed"}).isdisjoint(near)):
            found += [Count("fatalities", Quantity(0), i), Count("injured", Quantity(0), i)]
        elif nobody and not _KILL.isdisjoint(near):
            found.append(Count("fatalities", Quantity(0), i))
    return found


def _totals(lowers: Sequence[str], found: Sequence[Count]) -> list[Count]:
    """Add up "five in Homs and three in Hama"; where a toll is told, it is the number of the dead."""
    kept: list[Count] = []
    for count in found:
        if any(a in _EARLIER and b in _TOLL for a, b in pairwise(lowers[max(0, count.at - 4) : count.at])):
            continue  # "revising an earlier toll of 14"
        lead = lowers[max(0, count.at - 9) : count.at]
        of_dead = "number" in lead and not {"dead", "deaths", "fatalities"}.isdisjoint(lead)
        toll = count.kind == "fatalities" and (of_dead or not _TOLL.isdisjoint(lead))
        if toll:
            kept = [other for other in kept if other.kind != "fatalities"]
        listed = lowers[count.at - 1] in (",", "and") and lowers[count.at + 1 : count.at + 2] in (
            ["in"],
            ["at"],
        )
        last = kept[-1] if kept else None
        if listed and count.at and last and last.kind == count.kind:
            total = last.quantity.value + count.quantity.value
            kept[-1] = replace(last, quantity=replace(last.quantity, value=total))
        else:
            kept.append(count)
    return kept


# -- numbers in figures and words --------------------------------------------------------------------------


def _numbers(text: str, sentence: Sequence[Word]) -> list[_Number]:
    """Return the numbers of people of a sentence; "a couple and their two children" is one."""
    found: list[_Number] = []
    i = 0
    while i < len(sentence):
        value, last = _value(sentence, i)
        if value is None or _is_no_count(sentence, i, last):
            i = last + 1
            continue
        word = sentence[i].lower
        before = text[max(0, sentence[i].start - 20) : sentence[i].start]
        at_least = bool(_LOWER.search(before)) or word in _VAGUE
        number = _Number(i, last, value, at_least, word in _SINGLE)
        if found and _joined(sentence, found[-1], number):
            found[-1] = replace(found[-1], last=last, value=found[-1].value + value, single=False)
        else:
            found.append(number)
        i = last + 1
    return found


_ENDS_LIST = _BREAKS | _DONE | _BE
#: What may stand before those who are counted.
_FELLOW = frozenset(
    {"fellow", "other", "young", "local", "foreign", "armed", "female", "male", "senior", "off-duty"}
)
#: The endings of those who do something; things that end so are listed.
_DOER = re.compile(r"[a-z-]{3,}(?:er|or|ist|man|men|woman|women|ee|mate|goer|ian|herd|-by)s?")
_THINGS = wordlist("no_persons")


def _joined(sentence: Sequence[Word], a: _Number, b: _Number) -> bool:
    """Return whether two numbers count one group: "a teacher and two pupils"."""
    between = [word.lower for word in sentence[a.last + 1 : b.first]]
    inner = [word for word in between if word not in ("and", ",", "of", "their", "his", "her")]
    persons = inner or [sentence[a.last].lower]
    # "arrested 200 people and three officers were hurt" counts two groups
    objects = any(word.lower in _DONE for word in sentence[max(0, a.first - 3) : a.first])
    ahead = [word.lower for word in sentence[b.last + 1 : b.last + 5]]
    clause = any(word in _BE for word in takewhile(lambda word: word not in _BREAKS, ahead))
    goes_on = between[-1:] == [","] and (_ends_in_and(sentence, b) or "killed" in ahead[:2])
    return (
        ("and" in between or goes_on)
        and len(inner) <= 3
        and _person(persons[-1])
        and all(_person(word) or word in _FELLOW for word in persons)
        and not (objects and clause)
    )


def _ends_in_and(sentence: Sequence[Word], number: _Number) -> bool:
    """Return whether a list goes on to its "and": "his parents, his sister and three neighbours"."""
    ahead = [word.lower for word in sentence[number.last + 1 : number.last + 6]]
    return "and" in takewhile(lambda word: word not in _ENDS_LIST, ahead)


def _person(word: str) -> bool:
    """Return whether a word names a person, by the lists or by its ending: "motorcyclist", "teachers"."""
    if word in _PERSONS or word + "s" in _PERSONS or word.endswith(("-year-old", "-old")):
        return True
    return bool(_DOER.fullmatch(word)) and word.removesuffix("s") not in _THINGS


def _value(sentence: Sequence[Word], i: int) -> tuple[int | None, int]:
    """Return the number that begins at a word, and the index of its last word."""
    word = sentence[i].lower
    if not (word in _BEGIN or word[0].isdigit() or "-" in word):
        return None, i
    after = [other.lower for other in sentence[i + 1 : i + 3]]
    if word in _NONE:
        return (None, i + 1) if (word, *after[:1]) == ("no", "one") else (0, i)
    if word in _TENS and after[:1] == ["of"] and after[1:] == ["thousands"]:
        return _TENS[word] * 1000, i + 2
    if word in _VAGUE:
        return _VAGUE[word], i
    if word == "a" and after == ["score", "of"]:
        return 20, i + 2
    if word == "half" and after == ["a", "million"]:
        return 500_000, i + 2
    if word in ("a", "an", "the") and "couple" in after and (after[0] == "couple" or after[0] in _OF_COUPLES):
        return 2, i + 1 + after.index("couple")
    if word[0].isdigit():
        return _scaled(sentence, *_digits(sentence, i))
    if word in _UNITS:
        value, last = _scaled(sentence, float(_UNITS[word]), i)
        if value == 1 and word == "one":
            return _one(sentence, i)
        return value, last
    if "-" in word and all(part in _UNITS for part in word.split("-")):
        return _scaled(sentence, float(sum(_UNITS[part] for part in word.split("-"))), i)
    if word in ("a", "an"):
        value, last = _scaled(sentence, 1.0, i)
        if last > i:
            return value, last
    return _one(sentence, i) if word in _SINGLE else (None, i)


def _one(sentence: Sequence[Word], i: int) -> tuple[int | None, int]:
    """Return 1 for one person: "a 34-year-old man", "the driver", "another"."""
    word = sentence[i].lower
    ahead = [other.lower for other in sentence[i + 1 : i + 4]]
    if word in ("one", "another") and (not ahead or ahead[0] not in wordlist("things_counted")):
        return 1, i
    harmed = word in ("a", "an") and i > 0 and sentence[i - 1].lower in _HARMED
    if harmed and ahead and ahead[0] not in _BEASTS:
        return 1, i  # "killed a shepherd"
    if ahead[:2] in (
        ["crew", "member"],
        ["police", "officer"],
        ["police", "constable"],
        ["family", "member"],
    ):
        return 1, i + 2
    for k, other in enumerate(ahead, 1):
        passive = [w.lower for w in sentence[i + k + 1 : i + k + 3]]
        if passive[:1] == ["was"] and passive[1:] and passive[1] in _HARMED and word in ("a", "an"):
            return 1, i + k  # "a rapper was killed"
        if other in _PLURALS or not other[0].isalnum() or other in wordlist("clause_words"):
            break
        if other + "s" in _PERSONS or (_person(other) and not other.endswith("s")):
            return 1, i + k
    return None, i


_BEASTS = frozenset(
    {"cow", "bull", "dog", "horse", "goat", "sheep", "camel", "bear", "shark", "wolf", "third"}
)
_PLURALS = frozenset({"people", "men", "women", "children", "police", "policemen", "crew", "staff", "wives"})


def _digits(sentence: Sequence[Word], i: int) -> tuple[float | None, int]:
    """Return "6,000", "1.5", "1.2m" and "45 000", which are several words for the tokeniser."""
    digits, scale = sentence[i].lower, 1
    while i + 2 < len(sentence) and digits.replace(".", "").isdigit():
        mark, more = sentence[i + 1], sentence[i + 2]
        if mark.lower in ",." and more.lower[0].isdigit() and mark.start == sentence[i].end == more.start - 1:
            digits += ("" if mark.lower == "," else ".") + more.lower
            i += 2
        else:
            break
    if suffix := re.fullmatch(r"([\d.]+)(k|m|mn|bn)", digits):
        digits, scale = suffix[1], _SUFFIXES[suffix[2]]
    spaced = sentence[i + 1].lower if i + 1 < len(sentence) else ""
    if re.fullmatch(r"[1-9]\d{0,2}", digits) and re.fullmatch(r"\d{3}", spaced):
        digits, i = digits + spaced, i + 1
    return (float(digits) * scale if re.fullmatch(r"\d+(?:\.\d+)?", digits) else None), i


def _scaled(sentence: Sequence[Word], value: float | None, i: int) -> tuple[int | None, int]:
    """Multiply by the words behind: "two hundred and fifty", "1.2 million"."""
    if value is None:
        return None, i
    while i + 1 < len(sentence) and sentence[i + 1].lower in _SCALES:
        value, i = value * _SCALES[sentence[i + 1].lower], i + 1
        rest = [word.lower for word in sentence[i + 1 : i + 3]]
        if rest[:1] == ["and"] and value >= 100 and rest[1:] and _below_hundred(rest[1]):
            return int(value) + _below_hundred(rest[1]), i + 2
    if value != int(value):
        return None, i  # "magnitude 7.1"
    return min(int(value), 10**10), i


def _below_hundred(word: str) -> int:
    return sum(_UNITS.get(part, 0) for part in word.split("-"))


_DIED = frozenset({"died", "dead", "killed"})
_MONTHS = frozenset(name.lower() for name in calendar.month_name if name)
_UNITS_OF = wordlist("things_counted")
_ANIMALS = wordlist("animals")
_CAMPS = frozenset({"camp", "camps", "settlement", "center", "centre"})
_SIDES = frozenset({"sides", "countries", "governments", "parties", "armies", "camps"})


def _is_no_count(sentence: Sequence[Word], first: int, last: int) -> bool:
    """Return whether a number counts no people, is a part of one that is told, an age or an amount."""
    after = [word.lower for word in sentence[last + 1 : last + 8]] or [""]
    before = [word.lower for word in sentence[max(0, first - 3) : first]][::-1] or [""]
    part = before[0] in _PART and not (before[0] == "whom" and not _DIED.isdisjoint(after[:3]))
    if after[0] in _UNITS_OF or after[0] in {"-", ":"} or part or before[0] in _MONEY or before[0] == "aged":
        return True
    counted = next((word for word in after[:3] if word in _PERSONS or word in _ANIMALS), "")
    if counted in _ANIMALS and sentence[first].lower not in _SINGLE:
        return True  # "1,600 infected birds"
    if sentence[first].lower == "both" and after[0] in _SIDES:
        return True
    if sentence[first].lower in _SINGLE and after[0] in _CAMPS:
        return True  # "the Nuseirat refugee camp"
    if before[0] == "of" and "family" in (sentence[last].lower, after[0]):
        return True  # "ten members of one family"
    if after[:1] == ["and"] and after[2:] and after[2] in _MONTHS:
        return True  # "between 4 and 12 June"
    if (
        before[0] in _MONTHS
        and first == last
        and sentence[first].lower.isdigit()
        and after[0] not in _PERSONS
    ):
        return True  # "the October 7 attack"
    if before[0] == "-" and sentence[first - 1].end == sentence[first].start:
        return True  # "2-1"
    if after[:2] == ["of", "them"] and "," in before[:1]:
        return True  # "nine climbers, five of them foreigners"
    if before[:1] == ["of"] and before[1:2] and before[1] in _OF_AGE:
        return True  # "a boy of 15"
    if (
        before[:1] in (["over"], ["under"])
        and before[1:2]
        and before[1] in _AGED
        and after[0] in (",", ".", ";")
    ):
        return True  # "nearly all over 80"
    if before[:2] == ["but", "all"]:
        return True  # "killing all but one of them"
    if before[:2] == ["the", "of"] and before[2:] and _is_share(before[2]):
        return True  # "four of the five crew", "none of the 40 passengers"
    lead = [word.lower for word in sentence[max(0, first - 8) : first]]
    if before[0] in ("was", "is") and after[0] in (".", ",") and (_TOLL_OF | _DEAD).isdisjoint(lead):
        return True  # "the teacher killed in the attack was 34."
    if "aged" in lead and not _SAYS.intersection(lead[lead.index("aged") :]):
        return True  # "aged two, five and seven"
    if before[:2] == ["of", "grandmother"] or (
        before[0] in _BE and before[1:2] == ["who"] and after[0] == ","
    ):
        return True  # "a grandmother of 82", "who was 48, died"
    if "aged" in before or (before[0] in _BE and sentence[first].lower in ("a", "an")):
        return True
    if (
        after[:2] in (["of", "the"], ["of", "those"])
        and after[2:]
        and after[2] in _HARMED | _DEAD | {"victims"}
    ):
        return True
    year = re.fullmatch(r"(?:19|20)\d\d", sentence[first].lower) and first == last
    if year and after[0] not in _PERSONS:
        return True
    rest = after[after.index("among") + 1 :] if "among" in after[:6] else []
    if rest[:1] != ["them"] and any(word in _UNITS or word[0].isdigit() for word in rest):
        return True  # "five children were among 20 people killed"
    # ", 24, a nurse": an age
    return before[0] == "," and after[0] == "," and sentence[first].lower.isdigit()


def _is_share(word: str) -> bool:
    """Return whether a word tells how many of a whole: "four of the five", "none of the 40"."""
    return word in _UNITS or word in ("none", "half", "all", "most", "some") or word.isdigit()


# -- what happened to them ---------------------------------------------------------------------------------


def _kind(lowers: Sequence[str], number: _Number, start: int, stop: int) -> Kind | None:
    """Return what happened to the people counted: the nearest verb of harm, passive after, active before."""
    after = lowers[number.last + 1 : min(stop, number.last + 14)]
    before = lowers[max(start, number.first - 7) : number.first][::-1]
    if kind := _risen_to(lowers[max(0, number.first - _TOLD_BY) : number.first]) or _object_of(before):
        return kind
    if ("to", "death") in pairwise(after[:5]):
        return "fatalities"  # "hacked 14 villagers to death"
    for i, word in enumerate(after):
        if word in _CLAUSE or word in _NONE:
            break
        passive = (
            (i == 0 and (not number.single or lowers[number.last] == "one"))
            or (word in _HURT and number.first > 0 and lowers[number.first - 1] in ("and", ",") and i <= 4)
            or any(w in _BE or w in ("others", "people", "found", "feared") for w in after[:i])
            or (1 <= i <= 3 and word in ("killed", "gunned", "slain") and _goes_on(after, i))
            or (i > 0 and after[i - 1] in _PERSONS)
        )
        if i == 0 and word in _AFFECT and after[1:2] and _person(after[1]):
            continue  # "seven trapped miners confirmed dead"
        if word in ("killing", "wounding", "injuring", "rescue"):
            continue  # "held in retaliation for the killing", "five rescue workers died"
        if word in ("death", "deaths") and after[i - 1] in ("their", "his", "her"):
            return "fatalities"  # "fell to their deaths"
        if word == "succumbed" and "injuries" in after[i : i + 5]:
            return "fatalities"
        if word in _KILL or word in _DEAD or (word == "shot" and after[i + 1 : i + 2] == ["dead"]):
            return "fatalities" if passive or word in _INTRANSITIVE else None
        if passive and (word in _HURT or _is_treated(after, i)):
            return "injured"
        if word in _WOUNDS and not _HAS.isdisjoint(after[:i]):
            return "injured"  # "four men sustained burns"
        if word in ("lost", "lose") and after[i + 1 : i + 2] in (["their"], ["his"], ["her"]):
            return "fatalities" if after[i + 2 : i + 3] in (["lives"], ["life"]) else None
        if (
            word in _AFFECT
            and after[i + 1 : i + 2] == ["and"]
            and not _SLAIN.isdisjoint(after[i + 2 : i + 3])
        ):
            continue  # "trapped and killed"
        if word in _AFFECT and (passive or word in ("without", "homeless")):
            return "affected" if number.value > 1 else None
    for word in before:
        if word in _CLAUSE:
            break
        led = after and (after[0] in _PERSONS or after[0] in ("in", "at"))
        if word in _INTRANSITIVE and word not in _DEAD and not led:
            return None  # "who died aged 91, wrote forty books"
        if word in _KILL or word in _DEAD:
            return "fatalities"
        if word in _HURT:
            return "injured"
        if word in _AFFECT and word not in _LOSE:
            told = number.value > 1 and after and after[0] in _PERSONS
            if told or word.endswith("ing"):  # "shooting 27 dead and abducting 60"
                return "affected" if number.value > 1 else None
    return None


def _goes_on(after: Sequence[str], i: int) -> bool:
    """Return whether a participle has no object and its subject no verb: "8 Maoists gunned down in"."""
    rest = after[i + 1 :][after[i + 1 : i + 2] == ["down"] :]
    return (
        bool(rest) and rest[0] in _GOES_ON and rest[:2] != ["at", "least"] and _BREAKS.isdisjoint(after[:i])
    )


def _risen_to(lead: Sequence[str]) -> Kind | None:
    """Return the kind of which a toll is told: "the number of injured in the quake rose to"."""
    counted = next((i for i in reversed(range(len(lead))) if lead[i] in _TOLL_OF), None)
    if counted is None or lead[-1] not in ("to", "at", "reached") or _RISE.isdisjoint(lead):
        return None
    of_whom = lead[max(0, counted - 1) : counted + 5]
    if not _HURT.isdisjoint(of_whom):
        return "injured"
    return None if (_KILL | _DEAD).isdisjoint(of_whom) else "fatalities"


def _is_treated(after: Sequence[str], i: int) -> bool:
    """Return whether people are in hospital, or treated."""
    if after[i] in _HOSPITALS:
        return "in" in after[max(0, i - 2) : i] or not _TO_HOSPITAL.isdisjoint(after[:i])
    return after[i] == "treated"


def _object_of(before: Sequence[str]) -> Kind | None:
    """Return the kind where a number is the object of a verb of harm: "killed at least 23"."""
    for i, word in enumerate(before[:5]):
        if word in (",", "and", "or"):
            break
        if word in _HARMED and before[i + 1 : i + 2] and before[i + 1] not in _BE:
            return "fatalities" if word in _KILL else "injured"
    return None
