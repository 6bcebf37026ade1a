"""The mentions among the words of a sentence: which words, and what leads to them."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.geo import count_lists
from dateline.geo.model import Resolution
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word

#: Prepositions that lead to places, each a feature of its own; `` `` stands for none.
PREPOSITIONS = (
    "", "in", "at", "near", "on", "from", "to", "of", "by", "across", "outside", "around", "into", "over",
    "inside",
    "between", "towards", "against", "for", "with", "off", "'s", "about", "through", "along",
)  # fmt: skip
_ALIASES = {"throughout": "across", "toward": "towards", "within": "inside", "onto": "into", "beside": "near",
            "opposite": "near", "above": "over", "as": "about", "like": "about", "than": "about"}  # fmt: skip
LEADS = frozenset(PREPOSITIONS[1:]) - {"'s"} | frozenset(_ALIASES)
#: What may stand between a preposition and its place: "in the northern port city of Odesa".
PLACE_NOUNS = wordlist("place_nouns")
_ON = frozenset({"in", "on"})
_DATE_WORDS = frozenset(name.lower() for name in (*calendar.month_name, *calendar.day_name)) | {
    "last",
    "early",
    "late",
}
#: Prepositions that lead to where something happens.
VENUE = frozenset({"in", "at", "near", "outside", "on"})
_ROADS = wordlist("roads")
_STARTS = frozenset(["a", "an", "the", "two", "three", "four", "five", "police", "thousands", "hundreds"])


@dataclass(frozen=True, slots=True)
class Spot:
    """A mention in a sentence: words `first` to `last`, and the preposition that leads to it."""

    resolution: Resolution
    first: int
    last: int
    preposition: str
    coordinated: bool

    @property
    def literal(self) -> bool:
        """Whether the place itself is meant: no people, government or adjective."""
        return self.resolution.mention.role == "literal"

    @property
    def known(self) -> bool:
        """Whether the place itself is meant, and the gazetteer has it."""
        return self.literal and self.resolution.place is not None


def spots(sentence: Sequence[Word], resolutions: Sequence[Resolution]) -> list[Spot]:
    """Return the mentions among a sentence's words; those of a list share a preposition."""
    found: list[Spot] = []
    at = 0
    for resolution in resolutions:
        mention = resolution.mention
        while at < len(sentence) and sentence[at].end <= mention.start:
            at += 1
        last = at
        while last + 1 < len(sentence) and sentence[last + 1].start < mention.end:
            last += 1
        if at >= len(sentence) or sentence[at].start >= mention.end:
            continue
        preposition = _preposition(sentence, at)
        joined = (
            bool(found) and _coordinated(sentence, found[-1].last, at) and not _new_clause(sentence, at, last)
        )
        if joined and not preposition:
            preposition = found[-1].preposition
        if (
            found and found[-1].first == at and _names_road(sentence, at, last)
        ):  # "the Nakuru-Eldoret highway"
            preposition = "between"
            found[-1] = replace(found[-1], preposition=preposition)
        found.append(Spot(resolution, at, last, preposition, joined))
    return found


def _names_road(sentence: Sequence[Word], first: int, last: int) -> bool:
    """Return whether a road stands beside words: "the Nakuru-Eldoret highway", "the road Nakuru-Eldoret"."""
    return any(0 <= i < len(sentence) and sentence[i].lower in _ROADS for i in (first - 1, last + 1))


def _new_clause(sentence: Sequence[Word], first: int, last: int) -> bool:
    """Return whether a place begins a clause: "died near Courmayeur, and in Switzerland a slide ..."."""
    lead = [word.lower for word in sentence[max(0, first - 3) : first]]
    after = sentence[last + 1].lower if last + 1 < len(sentence) else "."
    if lead[1:] == [",", "and"] and after.endswith("ed"):
        return True  # "in Gaza City, and Israel released ..."
    return lead[:2] == [",", "and"] and lead[2:] in (["in"], ["at"]) and after in _STARTS


def _preposition(sentence: Sequence[Word], first: int) -> str:
    """Return the preposition before a place, looking past "the northern port city of" and "Ward 5 of"."""
    i = first - 1
    while i >= 0 and first - i < 7:
        word = sentence[i].lower
        if word in LEADS and word != "of":
            return _ALIASES.get(word, word)
        numbered = word.isdigit() and i > 0 and sentence[i - 1].capital  # "in Ward 5 of Mandalay"
        if word not in PLACE_NOUNS and not (sentence[i].capital and i > 0) and word != "'s" and not numbered:
            break
        i -= 1
    return "of" if first and sentence[first - 1].lower == "of" else ""


def _coordinated(sentence: Sequence[Word], last: int, first: int) -> bool:
    if count_lists.counts_on(sentence, last + 1, first):
        return True
    between = [word.lower for word in sentence[last + 1 : first]]
    if between[:2] == ["and", ","] and "," in between[2:]:
        del between[1 : between.index(",", 2) + 1]  # "at Ludhiana and, across the state border, at Ambala"
    if not 0 < len(between) <= 5 or not {"and", "or", "&", ","} & set(between):
        return False
    if between[:-1] == [","] and between[-1] in ("near", "outside"):
        return True
    if between[0] in _ON and between[-1] == "and" and _is_date(between[1:-1]):
        return True  # "seized Goma in January 2025 and Bukavu weeks later"
    return all(
        word in {",", "and", "or", "&", "as", "well", "in", "at", "near", "also", "one"}
        or word in PLACE_NOUNS
        for word in between
    )


def _is_date(words: Sequence[str]) -> bool:
    """Return whether words are a month, a day or a year: "January 2025", "last Tuesday"."""
    return bool(words) and all(word in _DATE_WORDS or word.isdigit() for word in words)


def is_route(a: Spot, b: Spot) -> bool:
    """Return whether two places are the ends of a way: "from Dushanbe to Khujand"."""
    return a.preposition == "from" and b.preposition == "to" and b.first - a.last <= 4


def begins_clause(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a place behind its preposition begins a clause: ", and in Tralee a crane"."""
    lead = [word.lower for word in tokens[max(0, at - 3) : at]]
    return lead[:2] in ([",", "and"], [",", "but"], [",", "while"])
