"""What the words between an event's trigger and a place tell of whether the event happened there.

A dependency parser would say it better and cost twenty times as much; distances, prepositions, clause borders
and the order of verbs and places say most of it.
"""

from __future__ import annotations

import calendar
import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise

import numpy as np

from dateline.geo import count_lists
from dateline.geo.arrays import Floats
from dateline.geo.harm import BE
from dateline.geo.model import Resolution
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word, irregular_forms

#: Prepositions that lead to places, each a feature of its own; `` `` stands for none.
PREPOSITIONS = (
    "", "in", "at", "near", "on", "from", "to", "of", "by", "across", "outside", "around", "into", "over",
    "inside",
    "between", "towards", "against", "for", "with", "off", "'s", "about", "through", "along",
)  # fmt: skip
_ALIASES = {"throughout": "across", "toward": "towards", "within": "inside", "onto": "into", "beside": "near",
            "opposite": "near", "above": "over", "as": "about", "like": "about", "than": "about"}  # fmt: skip
_LEADS = frozenset(PREPOSITIONS[1:]) - {"'s"} | frozenset(_ALIASES)
#: What may stand between a preposition and its place: "in the northern port city of Odesa".
_PLACE_NOUNS = wordlist("place_nouns")
_CLAUSE = wordlist("clause_openers")
_AUXILIARY = wordlist("auxiliaries") | {"will", "would", "could", "may", "might"}
_SPEECH = wordlist("speech")
_AGENTS = (
    wordlist("force") | wordlist("diplomat") | {"government", "authorities", "police", "court", "parliament"}
)
_PAST = irregular_forms()
_QUOTES = frozenset('"“”')
_COMMA, _STOPS, _AND = frozenset(","), frozenset(";:—–"), frozenset({"and"})
_HELPERS = wordlist("auxiliaries")
#: Words after a name that make it the name of a town, unit or site: "Manbij district", not "Manbij campaign".
_PLACE_AFTER = (wordlist("place_nouns") | wordlist("sites") | {"governorate", "county", "countryside"}) - {
    "the", "a", "an", "of", "both"
}  # fmt: skip
_AT = frozenset(["in", "at", "near", "on"])
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
#: The size in km of a place that nobody resolved.
_SMALL = 3.0


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
        if word in _LEADS and word != "of":
            return _ALIASES.get(word, word)
        numbered = word.isdigit() and i > 0 and sentence[i - 1].capital  # "in Ward 5 of Mandalay"
        if word not in _PLACE_NOUNS and not (sentence[i].capital and i > 0) and word != "'s" and not numbered:
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
        or word in _PLACE_NOUNS
        for word in between
    )


def _is_date(words: Sequence[str]) -> bool:
    """Return whether words are a month, a day or a year: "January 2025", "last Tuesday"."""
    return bool(words) and all(word in _DATE_WORDS or word.isdigit() for word in words)


class Scene:
    """A sentence with what all of its features share, computed once.

    Parameters
    ----------
    sentence : sequence of Word
    places : sequence of Spot
        Every mention, governments and demonyms included: they tell where a place is not.
    vectors : array, shape (words, size), optional
        What the event network makes of the words.
    """

    def __init__(
        self, sentence: Sequence[Word], places: Sequence[Spot], vectors: Floats | None = None
    ) -> None:
        self.sentence = sentence
        self.places = places
        self.vectors = vectors
        self.lowers = [word.lower for word in sentence]
        self._sizes = [
            spot.resolution.place.radius_km if spot.resolution.place else _SMALL for spot in places
        ]
        self._literal = [spot.literal for spot in places]
        self._before = {id(spot): before for before, spot in pairwise(places)}
        self._after = {id(spot): after for spot, after in pairwise(places)}

    @cached_property
    def verbs(self) -> list[bool]:
        """Whether each word may be a verb."""
        return [is_verbish(word.lower, word.capital) for word in self.sentence]

    def after(self, spot: Spot) -> Spot | None:
        """Return the place named after one of the sentence's, None for the last."""
        return self._after.get(id(spot))

    def before(self, spot: Spot) -> Spot | None:
        """Return the place named before one of the sentence's, None for the first."""
        return self._before.get(id(spot))

    def between(self, head: int, spot: Spot) -> list[str]:
        """Return the words between the head of a trigger and a place, whichever stands first."""
        low, high = sorted((head, spot.first))
        return self.lowers[low + 1 : high]

    def features(self, head: int, verbal: bool = True) -> Floats:
        """Return a row for each spot, about the trigger at word `head`."""
        if not self.places:
            return np.zeros((0, len(NAMES)), np.float32)
        rows = [self._row(head, verbal, i) for i in range(len(self.places))]
        distances = [row[_DISTANCE] for row in rows]
        after = min((row[_DISTANCE] for row in rows if row[_AFTER]), default=_FAR)
        locative = min((row[_DISTANCE] for row in rows if row[_LOCATIVE_COLUMN]), default=_FAR)
        nearest = min(distances)
        order = sorted(range(len(rows)), key=distances.__getitem__)
        for rank, i in enumerate(order):
            distance = distances[i]
            rows[i] += [rank, distance - nearest, distance - after, distance - locative, len(rows)]
            rows[i] += self._beside[i]
        return np.array(rows, dtype=np.float32)

    def rivals(self, head: int, odds: Sequence[float]) -> Floats:
        """Return a row for each spot: its log-odds, told alone, beside those of the other spots.

        A classifier that has them sees what one spot alone cannot tell: that another one is likelier, holds
        it, lies in it, or shares its list.
        """
        odds = [max(-_SURE, min(_SURE, x)) for x in odds]
        chances = [1 / (1 + math.exp(-x)) for x in odds]
        best, total = max(chances, default=0.0), sum(chances)
        ranked = sorted(chances)
        sides = [spot.first > head for spot in self.places]
        highest = best_two(odds, -_SURE)
        of_side = {
            side: best_two([x for x, own in zip(odds, sides, strict=True) if own == side], -_SURE)
            for side in (True, False)
        }
        rows: list[list[float]] = []
        for i, (x, chance) in enumerate(zip(odds, chances, strict=True)):
            rows.append(
                [
                    x,
                    rival(highest, x),
                    odds[i - 1] if i else -_SURE,
                    odds[i + 1] if i + 1 < len(odds) else -_SURE,
                    max((odds[j] for j in self._holders[i]), default=-_SURE),
                    max((odds[j] for j in self._held[i]), default=-_SURE),
                    rival(of_side[sides[i]], x),
                    total,
                    len(ranked) - bisect_right(ranked, chance),
                    best - chance,
                ]
            )
        return np.array(rows, dtype=np.float32).reshape(len(rows), len(RIVALS))

    @cached_property
    def _sums(self) -> list[list[int]]:
        """For each kind of marks, how many stand before each word."""
        words, verbs = self.lowers, self.verbs
        finite = [
            verb and w not in _HELPERS and not w.endswith("ing") for w, verb in zip(words, verbs, strict=True)
        ]

        def of(kind: frozenset[str]) -> Iterable[bool]:
            return map(kind.__contains__, words)

        marks = [of(_COMMA), of(_CLAUSE), verbs, of(_QUOTES), of(_STOPS), of(_SPEECH), of(_AND), finite,
                 of(_LEADS), of(_AT)]  # fmt: skip
        return [list(accumulate(mark, initial=0)) for mark in marks]

    @cached_property
    def _held(self) -> list[list[int]]:
        """Which places each one holds."""
        return [
            [j for j, b in enumerate(self.places) if a is not b and contains(a.resolution, b.resolution)]
            for a in self.places
        ]

    @cached_property
    def _holders(self) -> list[list[int]]:
        """Which places hold each one."""
        holders: list[list[int]] = [[] for _ in self.places]
        for j, held in enumerate(self._held):
            for i in held:
                holders[i].append(j)
        return holders

    @cached_property
    def _beside(self) -> list[list[float]]:
        """What is the same for every trigger: each spot's size, and how it is joined to its neighbours."""
        rows: list[list[float]] = []
        for i, spot in enumerate(self.places):
            size = self._sizes[i]
            beside = [j for j in (i - 1, i + 1) if 0 <= j < len(self.places)]
            literal = [s for s, real in zip(self._sizes, self._literal, strict=True) if real]
            rows.append(
                [
                    *self._join(i - 1, i, i - 1),
                    *self._join(i, i + 1, i + 1),
                    spot.last + 1 < len(self.lowers) and self.lowers[spot.last + 1] in _PLACE_AFTER,
                    spot.first > 0 and self.lowers[spot.first - 1] in _PLACE_NOUNS,
                    math.log1p(size),
                    sum(other < size / 2 for other in literal),
                    any(self._literal[j] and self._sizes[j] < size for j in beside),
                    size <= min(self._sizes),
                ]
            )
        return rows

    def _join(self, a: int, b: int, other: int) -> tuple[float, float, float]:
        """Return how far two spots are apart, how they are joined, and whether the other one is literal."""
        if a < 0 or b >= len(self.places):
            return (20.0, 9.0, 0.0)
        between = self.lowers[self.places[a].last + 1 : self.places[b].first]
        return (min(len(between), 12), _joint(between), self._literal[other])

    def _row(self, head: int, verbal: bool, i: int) -> list[float]:
        spot = self.places[i]
        low, high = (head + 1, spot.first) if spot.first > head else (spot.last + 1, head)
        high = max(low, high)
        between = [sums[high] - sums[low] for sums in self._sums]
        words = self.lowers
        distance = high - low
        of_place, of_phrase, governor = self._around[i]
        return [
            spot.first > head,
            min(distance, 60),
            *between,
            distance <= 1,
            *of_place,
            head / (len(words) or 1),
            verbal,
            bool(head and words[head - 1] in BE),
            words[head].endswith("ing"),
            governor == words[head],
            *of_phrase,
        ]

    @cached_property
    def _around(self) -> list[tuple[list[float], list[float], str]]:
        """What a row holds before and after what depends on the trigger, and the word that may govern it."""
        return [self._around_spot(spot, i) for i, spot in enumerate(self.places)]

    def _around_spot(self, spot: Spot, i: int) -> tuple[list[float], list[float], str]:
        words = self.lowers
        after = words[spot.last + 1] if spot.last + 1 < len(words) else "."
        after_is_name = spot.last + 1 < len(words) and self.sentence[spot.last + 1].capital
        before = words[spot.first - 1] if spot.first else ""
        lead = spot.first - 1
        while lead > 0 and words[lead] in _PLACE_NOUNS and words[lead] != spot.preposition:
            lead -= 1
        governor = words[lead - 1] if lead > 0 else ""
        place = spot.resolution.place
        mention = spot.resolution.mention
        code = place.feature_code if place else ""
        kind = place.feature_class if place else ""
        of_place: list[float] = [
            mention.role == "literal",
            mention.role == "metonym",
            mention.role == "demonym",
            spot.coordinated,
            kind == "P",
            code.startswith("ADM1"),
            code.startswith("ADM"),
            code.startswith("PCL"),
            kind in ("H", "L", "T"),
            kind == "S",
            place is None,
            after == ",",
            after in (".", ""),
            after == "'s",
            after == "and",
            after in _AGENTS,
            after.isalpha() and not after_is_name and after not in _CLAUSE and after not in _LEADS,
            spot.last + 1 < len(words) and self.verbs[spot.last + 1],
            before == ",",
            before == "-",
            spot.first <= 3,
            spot.first / (len(words) or 1),
            min(len(words), 80),
        ]
        of_phrase: list[float] = [
            lead > 0 and self.verbs[lead - 1],
            governor in _AGENTS,
            bool(self._held[i]),
            bool(self._holders[i]),
            *(spot.preposition == preposition for preposition in PREPOSITIONS),
            spot.preposition in ("in", "at", "near", "on", "outside", "around", "inside", "across"),
        ]
        return of_place, of_phrase, governor


def best_two(odds: Sequence[float], least: float) -> list[float]:
    """Return the two highest log-odds, for those that are not there the `least`."""
    return sorted([*odds, least, least], reverse=True)[:2]


def is_route(a: Spot, b: Spot) -> bool:
    """Return whether two places are the ends of a way: "from Dushanbe to Khujand"."""
    return a.preposition == "from" and b.preposition == "to" and b.first - a.last <= 4


def rival(highest: Sequence[float], own: float) -> float:
    """Return the highest of some log-odds beside one's own."""
    return highest[own == highest[0]]


def _joint(between: Sequence[str]) -> float:
    """Return how the words between two places join them: nothing, comma, "in" or "of", a list, other."""
    if not between:
        return 1.0
    if list(between) == [","]:
        return 2.0
    if len(between) > 4:
        return 0.0
    if between[0] in ("in", "of") or between[-1] in ("in", "of"):
        return 3.0
    return 4.0 if "and" in between else 5.0


def begins_clause(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a place behind its preposition begins a clause: ", and in Tralee a crane"."""
    lead = [word.lower for word in tokens[max(0, at - 3) : at]]
    return lead[:2] in ([",", "and"], [",", "but"], [",", "while"])


#: First-level units that hold others: the Gaza Strip, whose governorates stand beside it.
_OF_UNITS = frozenset({"geonames:281132"})


def contains(outer: Resolution, inner: Resolution) -> bool:
    """Return whether a place is the country, unit or region that holds another."""
    a, b = outer.place, inner.place
    if a is None or b is None or a.id == b.id:
        return False
    if a.id in (b.admin1_id, b.admin2_id):
        return True
    if b.feature_class == "S" and a.feature_class == "P":
        return (
            abs(a.lat - b.lat) + abs(a.lon - b.lon) * 0.6 < (a.radius_km + 20) / 111
        )  # Pulkovo, St Petersburg
    if a.feature_code.startswith("PCL"):
        return a.country == b.country and not b.feature_code.startswith("PCL")
    if a.feature_class not in ("A", "L", "H", "T") or a.radius_km < 20 or a.radius_km < 2 * b.radius_km:
        return False
    if a.country and b.country and a.country != b.country:
        return False
    if a.admin1_id and b.admin1_id and a.feature_class == "A" and a.id not in _OF_UNITS:
        return False  # units whose hierarchy is known and differs
    if a.bbox and not (a.bbox[0] <= b.lon <= a.bbox[2] and a.bbox[1] <= b.lat <= a.bbox[3]):
        return False
    return math.hypot(a.lat - b.lat, (a.lon - b.lon) * math.cos(math.radians(b.lat))) * 111 <= a.radius_km


@lru_cache(maxsize=8192)
def is_verbish(lower: str, capital: bool) -> bool:
    """Return whether a word looks like a verb: auxiliary, irregular past, "-ed" or "-ing"."""
    if lower in _AUXILIARY or lower in _PAST or lower in _SPEECH:
        return True
    return not capital and len(lower) > 4 and lower.endswith(("ed", "ing"))


_ROW_NAMES = [
    "after", "distance", "commas", "clauses", "verbs", "quotes", "stops", "speech", "ands", "finite_verbs",
    "prepositions", "locatives", "adjacent",
    "literal", "metonym", "demonym", "coordinated", "settlement", "adm1", "adm", "country", "region", "spot",
    "unresolved", "then_comma", "then_stop", "then_s", "then_and", "then_agent", "then_noun", "then_verb",
    "after_comma", "after_dash", "initial", "position", "length", "head_position", "verbal", "passive", "ing",
    "governed", "verb_governed", "agent_governed", "container", "contained",
    *(f"prep_{preposition}" for preposition in PREPOSITIONS), "locative",
]  # fmt: skip
_LOCATIVE_COLUMN = len(_ROW_NAMES) - 1
_AFTER, _DISTANCE = _ROW_NAMES.index("after"), _ROW_NAMES.index("distance")
#: Log-odds beyond which a classifier knows no better, and those of a rival that is not there.
_SURE = 9.2
#: The columns of :meth:`Scene.rivals`.
RIVALS = [
    "alone", "best_rival", "before", "after", "holder", "held", "same_side", "expected", "likelier", "behind",
]  # fmt: skip
#: What stands for the distance of a place that is not there.
_FAR = 99
#: The columns of :meth:`Scene.features`.
NAMES = [
    *_ROW_NAMES, "rank", "behind_nearest", "behind_nearest_after", "behind_locative", "places",
    "gap_before", "joined_before", "literal_before", "gap_after", "joined_after", "literal_after",
    "place_word_after", "place_word_before", "size", "finer_places", "finer_beside", "finest",
]  # fmt: skip
