"""Numbers of people killed, injured and affected, with "over a million" kept as a lower bound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dateline.geo.model import Quantity
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word, verb_forms

Kind = Literal["fatalities", "injured", "affected"]

_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "a": 1, "an": 1,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12}
_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "millions": 2_000_000}
_NONE = frozenset({"no", "nobody", "none", "zero"})
_BOUND = re.compile(
    r"(?:at least|more than|over|above|as many as|no fewer than|nearly|up to)\s*$", re.IGNORECASE
)
_LOWER = re.compile(r"(?:at least|more than|over|above|no fewer than)\s*$", re.IGNORECASE)


def _forms(*verbs: str) -> frozenset[str]:
    return frozenset(form for verb in verbs for form in verb_forms(verb))


_KILL = _forms(
    "kill", "murder", "slay", "drown", "die", "perish", "assassinate", "massacre", "execute", "behead"
)
_DEAD = frozenset(["dead", "deaths", "fatalities", "lives", "bodies", "death"])
_HURT = _forms("injure", "wound", "hurt", "hospitalise", "hospitalize", "maim") | {
    "injuries",
    "wounded",
    "casualties",
}
_AFFECT = _forms(
    "displace", "evacuate", "affect", "flee", "cut", "leave", "lose", "strand", "kidnap", "abduct", "shelter"
)
_PERSONS = wordlist("people") | wordlist("persons")
_CLAUSE = frozenset(";.:")


_NOBODY = {("no", "casualties"), ("no", "injuries"), ("without", "casualties"), ("no", "victims")}


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


def find(text: str, sentence: Sequence[Word]) -> list[Count]:
    """Return the numbers of killed, injured and affected people that a sentence states.

    Examples
    --------
    >>> from dateline.geo.words import words
    >>> text = "The blast killed at least 23 people and wounded two; over a million were left without power."
    >>> [(c.kind, c.quantity.value, c.quantity.at_least) for c in find(text, words(text))]
    [('fatalities', 23, True), ('injured', 2, False), ('affected', 1000000, True)]
    """
    lowers = [word.lower for word in sentence]
    found: list[Count] = []
    for i, word in enumerate(lowers[:-1]):
        nobody = word in ("nobody", "none") and not _HURT.isdisjoint(lowers[i : i + 4])
        if nobody or (word, lowers[i + 1]) in _NOBODY:
            found += [Count("fatalities", Quantity(0), i), Count("injured", Quantity(0), i)]
    numbers = list(_numbers(text, sentence))
    for i, number in enumerate(numbers):
        stop = numbers[i + 1].first if i + 1 < len(numbers) else len(sentence)
        start = numbers[i - 1].last + 1 if i else 0
        if kind := _kind(sentence, number, start, stop):
            found.append(Count(kind, Quantity(number.value, number.at_least), number.first))
    return found


def _numbers(text: str, sentence: Sequence[Word]) -> list[_Number]:
    found = []
    i = 0
    while i < len(sentence):
        value, last = _value(sentence, i)
        if value is None or _is_no_count(text, sentence, i, last):
            i += 1
            continue
        before = text[max(0, sentence[i].start - 20) : sentence[i].start]
        found.append(_Number(i, last, value, bool(_LOWER.search(before)) or sentence[i].lower in _VAGUE))
        i = last + 1
    return found


def _value(sentence: Sequence[Word], i: int) -> tuple[int | None, int]:
    """Return the number that begins at a word, and the index of its last word."""
    word = sentence[i].lower
    if word in _NONE:
        return 0, i
    if word in _VAGUE:
        return _VAGUE[word], i
    value: float
    if word[0].isdigit():
        digits = word
        # "6,000" and "1.5" are several words for the tokeniser
        while (
            i + 2 < len(sentence)
            and sentence[i + 1].lower in ",."
            and sentence[i + 2].lower.isdigit()
            and sentence[i + 1].start == sentence[i].end
            and sentence[i + 2].start == sentence[i + 1].end
        ):
            digits += ("" if sentence[i + 1].lower == "," else ".") + sentence[i + 2].lower
            i += 2
        if not re.fullmatch(r"\d+(?:\.\d+)?", digits):
            return None, i
        value = float(digits)
    elif word in _UNITS:
        value = _UNITS[word]
    elif "-" in word and all(part in _UNITS for part in word.split("-")):
        value = sum(_UNITS[part] for part in word.split("-"))
    else:
        return None, i
    scaled = False
    while i + 1 < len(sentence) and sentence[i + 1].lower in _SCALES:
        value, i, scaled = value * _SCALES[sentence[i + 1].lower], i + 1, True
    if word in ("a", "an") and not scaled:
        return 1, i
    return min(int(value), 10**10), i


_UNITS_OF = wordlist("things_counted")


def _is_no_count(text: str, sentence: Sequence[Word], first: int, last: int) -> bool:
    """Return whether a number counts something other than people, or is a date, an age or an amount."""
    after = sentence[last + 1].lower if last + 1 < len(sentence) else ""
    before = sentence[first - 1].lower if first else ""
    if after in _UNITS_OF or before in {"$", "€", "£", "aged", "-", "of the"} or after in {"-", ":"}:
        return True
    if sentence[first].lower in ("a", "an") and after not in _PERSONS and after + "s" not in _PERSONS:
        return last == first
    # ", 24, a nurse": an age
    return before == "," and after == "," and sentence[first].lower.isdigit()


def _kind(sentence: Sequence[Word], number: _Number, start: int, stop: int) -> Kind | None:
    """Return what happened to the people counted: the nearest verb of harm, passive after, active before."""
    after = [word.lower for word in sentence[number.last + 1 : min(stop, number.last + 14)]]
    before = [word.lower for word in sentence[max(start, number.first - 7) : number.first]][::-1]
    for i, word in enumerate(after):
        if word in _CLAUSE:
            break
        if word in (",", "and") and i > 0 and any(other in _KILL or other in _HURT for other in before[:5]):
            break
        passive = (
            i == 0
            or any(w in ("were", "was", "been", "others", "people", "others") for w in after[:i])
            or after[i - 1] in _PERSONS
        )
        if word in _KILL or word in _DEAD:
            if passive or word in ("died", "drowned", "perished", "dead"):
                return "fatalities"
            break
        if word in _HURT and passive:
            return "injured"
        if word in _AFFECT and passive and number.value > 1:
            return "affected"
        if word in ("without", "homeless", "displaced") and i < 12:
            return "affected"
    for word in before:
        if word in _CLAUSE:
            break
        if word in _KILL or word in _DEAD:
            return "fatalities"
        if word in _HURT:
            return "injured"
        if word in _AFFECT and number.value > 1 and after and after[0] in _PERSONS:
            return "affected"
    return None
