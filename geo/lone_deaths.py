"""One death told without a number: "Fernando Villavicencio was assassinated", "Bus driver shot dead"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.geo.harm import BE, BREAKS, GOES_ON, SLAIN
from dateline.geo.numerals import BEGIN, is_person
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word

#: "Sixth miner dead" tells a toll of six.
_ORDINAL = re.compile(r"second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)")
_DIES = (["died", "on"], ["shot", "dead"], ["gunned", "down"])
_WHO = frozenset({"who", "he", "she"})
_LATER = frozenset({"later", "then", "subsequently"})
#: What has one head: "village head shot dead"; words of several people.
_HEADED = frozenset({"village", "district", "council", "clan", "ward", "school", "police", "tribal"})
_SEVERAL = frozenset({"people", "men", "women", "children", "police", "crew", "staff", "couple", "personnel"})
#: Beginnings of a family name that have no capital: "Ahmed al-Louh".
_PARTICLES = ("al-", "el-", "ul-", "ad-", "ar-", "as-", "bin-", "abu-")
_LONGEST_SUBJECT = 5  # words
#: With these before him nobody is told of without an article.
_NO_SUBJECT = BREAKS | BE | BEGIN | wordlist("clause_words")


def find(sentence: Sequence[Word], lowers: Sequence[str]) -> int | None:
    """Return the word that names the dead, None if nobody is; `lowers` are the sentence's plain words.

    Examples
    --------
    >>> from dateline.geo.words import words
    >>> told = words("Councillor Wilmer Zambrano, who was shot dead on Saturday, lived there.")
    >>> find(told, [word.lower for word in told])
    4
    """
    for i in range(1, len(lowers) - 1):
        there = lowers[max(0, i - 2) : i] in (["where", "he"], ["where", "she"])
        if lowers[i] in ("died", "succumbed") and (there or lowers[i - 1] in _LATER):
            return i  # "was shot on Thursday and later died"
        killed = lowers[i + 1] in SLAIN or lowers[i + 1 : i + 3] == ["shot", "dead"]
        if lowers[i] != "was" or not killed:
            continue
        if lowers[i - 1] in _WHO or (is_person(lowers[i - 1]) and not lowers[i - 1].endswith("s")):
            return i - 1
        if lowers[max(0, i - 3) : i : 2] == [",", ","] and lowers[i - 2].isdigit():
            i -= 3  # "Marta Zielinska, 25, was killed"
        name = sentence[max(0, i - 2) : i]
        if len(name) == 2 and name[0].capital and (name[1].capital or name[1].lower.startswith(_PARTICLES)):
            return i - 1
    return _of_headline(lowers)


def _of_headline(lowers: Sequence[str]) -> int | None:
    """Return the word that names the dead where he has no article.

    >>> _of_headline("bolivia : boy , 15 , killed in landslide".split())
    2
    >>> _of_headline("soldier killed five in the village".split())
    """
    begin = lowers.index(":") + 1 if ":" in lowers[:_LONGEST_SUBJECT] else 0
    for i in range(begin, min(begin + _LONGEST_SUBJECT, len(lowers) - 1)):
        word = lowers[i]
        if word in _NO_SUBJECT or _ORDINAL.fullmatch(word):
            return None
        head = word == "head" and i > begin and lowers[i - 1] in _HEADED
        if not head and (word.endswith("s") or word in _SEVERAL or not is_person(word)):
            continue
        aged = lowers[i + 1 : i + 4 : 2] == [",", ","] and lowers[i + 2].isdigit()
        killed = lowers[i + 4 if aged else i + 1 :]
        killed = killed[1:] if killed[:1] == ["found"] else killed
        if killed[:1] in (["dies"], ["drowns"]) or killed[:2] in _DIES or killed[:1] == ["dead"]:
            return i
        if killed[:1] and killed[0] in SLAIN | {"slain"} and (len(killed) == 1 or killed[1] in GOES_ON):
            return None if killed[1:3] == ["at", "least"] else i
    return None
