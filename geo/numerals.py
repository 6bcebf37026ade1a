"""Numbers in figures and words: "6,000", "1.2 million", "dozens", "half a million", "a nurse"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.geo.harm import BE, FUNCTION, HARMED
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word

UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "both": 2,
}  # fmt: skip
#: Words before one person: "a nurse", "his wife", "the driver", "another".
SINGLE = frozenset({"a", "an", "the", "his", "her", "its", "their", "another", "one"})
VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "millions": 2_000_000}
NONE = frozenset({"no", "nobody", "none", "zero"})
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12, "lakh": 100_000}
_SUFFIXES = {"k": 1000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000}
_TENS = {"tens": 20, "hundreds": 200}
_OF_COUPLES = frozenset({"old", "elderly", "young", "married", "retired", "local"})
#: Words that a number may begin with.
BEGIN = NONE | SINGLE | {"half", *UNITS, *_TENS, *VAGUE}

PERSONS = wordlist("people") | wordlist("persons")
#: The endings of those who do something; things that end so are listed.
DOER = re.compile(r"[a-z-]{3,}(?:er|or|ist|man|men|woman|women|ee|mate|goer|ian|herd|-by)s?")
_THINGS = wordlist("no_persons")
_BEASTS = frozenset(
    {"cow", "bull", "dog", "horse", "goat", "sheep", "camel", "bear", "shark", "wolf", "third"}
)
_PLURALS = frozenset(
    {"people", "men", "women", "children", "police", "policemen", "crew", "staff", "wives", "personnel"}
)
#: "Two were killed and a third was hurt".
_FURTHER = frozenset({"second", "third", "fourth", "fifth", "sixth"})
_VERBS = BE | {"died", "remains", "suffered", "sustained"}
_MEMBERS = (["crew", "member"], ["police", "officer"], ["police", "constable"], ["family", "member"])


def is_person(word: str) -> bool:
    """Return whether a word names a person, by the lists or by its ending: "motorcyclist", "teachers"."""
    if word in PERSONS or word + "s" in PERSONS or word.endswith(("-year-old", "-old")):
        return True
    return bool(DOER.fullmatch(word)) and word.removesuffix("s") not in _THINGS


def value(sentence: Sequence[Word], i: int) -> tuple[int | None, int]:
    """Return the number that begins at a word, None if none does, and the index of its last word.

    Examples
    --------
    >>> from dateline.geo.words import words
    >>> [value(words(said), 0)[0] for said in ("1.2 million people", "a dozen men", "the driver", "the car")]
    [1200000, 12, 1, None]
    """
    word = sentence[i].lower
    if not (word in BEGIN or word[0].isdigit() or "-" in word):
        return None, i
    after = [other.lower for other in sentence[i + 1 : i + 3]]
    if word == "another" and after and (after[0] in UNITS or after[0].isdigit()):
        return value(sentence, i + 1)
    if word in NONE:
        return (None, i + 1) if (word, *after[:1]) == ("no", "one") else (0, i)
    if several := _in_several_words(word, after):
        return several[0], i + several[1]
    if word[0].isdigit():
        return _scaled(sentence, *_digits(sentence, i))
    if word in UNITS:
        number, last = _scaled(sentence, float(UNITS[word]), i)
        return _one(sentence, i) if word == "one" and number == 1 else (number, last)
    if "-" in word and all(part in UNITS for part in word.split("-")):
        return _scaled(sentence, float(sum(UNITS[part] for part in word.split("-"))), i)
    if word in ("a", "an"):
        number, last = _scaled(sentence, 1.0, i)
        if last > i:
            return number, last
    return _one(sentence, i) if word in SINGLE else (None, i)


def _in_several_words(word: str, after: Sequence[str]) -> tuple[int, int] | None:
    """Return a number told vaguely or by a noun, and how many more words it takes."""
    if word in _TENS and after == ["of", "thousands"]:
        return _TENS[word] * 1000, 2
    if word in VAGUE:
        return VAGUE[word], 0
    if word == "a" and after == ["score", "of"]:
        return 20, 2
    if word == "half" and after == ["a", "million"]:
        return 500_000, 2
    if word in ("a", "an", "the") and "couple" in after and (after[0] == "couple" or after[0] in _OF_COUPLES):
        return 2, 1 + after.index("couple")
    return None


def _one(sentence: Sequence[Word], i: int) -> tuple[int | None, int]:
    """Return 1 for one person: "a 34-year-old man", "the driver", "a sheriff's deputy", "another"."""
    word = sentence[i].lower
    ahead = [other.lower for other in sentence[i + 1 : i + 4]]
    if word in ("one", "another") and (not ahead or ahead[0] not in wordlist("things_counted")):
        return 1, i
    if word in ("a", "the") and ahead[1:] and ahead[0] in _FURTHER and ahead[1] in _VERBS:
        return 1, i + 1
    before = [other.lower for other in sentence[max(0, i - 2) : i]]
    killed = before == ["shot", "dead"] or not HARMED.isdisjoint(before[-1:])
    harmed = word in ("a", "an") and killed
    if harmed and ahead and ahead[0] not in _BEASTS and "number" not in ahead:
        return 1, i  # "killed a shepherd"
    if ahead[:2] in _MEMBERS:
        return 1, i + 2
    for k, other in enumerate(ahead, 1):
        if ahead[k - 1 : k + 1] == ["family", "of"]:
            break  # "a family of four"
        if word in ("a", "an") and _is_harmed([w.lower for w in sentence[i + k + 1 : i + k + 5]]):
            return 1, i + k  # "a rapper was killed"
        if other in _PLURALS or (not other[0].isalnum() and other != "'s"):
            break
        if other in wordlist("clause_words"):
            break
        if _is_adjective(sentence, i + k) or other in wordlist("things_counted"):
            continue
        if other + "s" in PERSONS or (is_person(other) and not other.endswith("s")):
            return 1, i + k
    return None, i


def _is_harmed(after: Sequence[str]) -> bool:
    """Return whether the words after somebody tell that he was hurt or killed."""
    shot = after[1:4] == ["shot", "and", "killed"] or after[1:3] == ["shot", "dead"]
    return after[:1] == ["was"] and (shot or not HARMED.isdisjoint(after[1:2]))


def _is_adjective(sentence: Sequence[Word], i: int) -> bool:
    """Return whether the name of a people describes the noun behind it: "an Israeli strike"."""
    if not sentence[i].capital or not sentence[i].lower.endswith(("an", "i", "ese", "ish")):
        return False
    after = sentence[i + 1].lower if i + 1 < len(sentence) else "."
    return after[0].isalpha() and after not in FUNCTION and after not in ("who", "had", "has", "died")


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


def _scaled(sentence: Sequence[Word], number: float | None, i: int) -> tuple[int | None, int]:
    """Multiply by the words behind: "two hundred and fifty", "1.2 million"."""
    if number is None:
        return None, i
    while i + 1 < len(sentence) and sentence[i + 1].lower in _SCALES:
        number, i = number * _SCALES[sentence[i + 1].lower], i + 1
        rest = [word.lower for word in sentence[i + 1 : i + 3]]
        if rest[:1] == ["and"] and number >= 100 and rest[1:] and _below_hundred(rest[1]):
            return int(number) + _below_hundred(rest[1]), i + 2
    if number != int(number):
        return None, i  # "magnitude 7.1"
    return min(int(number), 10**10), i


def _below_hundred(word: str) -> int:
    return sum(UNITS.get(part, 0) for part in word.split("-"))
