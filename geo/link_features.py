"""What the words between an event's trigger and a place tell of whether the event happened there.

A dependency parser would say it better and cost twenty times as much; distances, prepositions, clause borders
and the order of verbs and places say most of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np

from dateline.geo.arrays import Floats
from dateline.geo.harm import BE
from dateline.geo.holding import contains
from dateline.geo.spots import LEADS, PLACE_NOUNS, PREPOSITIONS, Spot
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word, is_verbish

_CLAUSE = wordlist("clause_openers")
_SPEECH = wordlist("speech")
_AGENTS = (
    wordlist("force") | wordlist("diplomat") | {"government", "authorities", "police", "court", "parliament"}
)
_QUOTES = frozenset('"“”')
_COMMA, _STOPS, _AND = frozenset(","), frozenset(";:—–"), frozenset({"and"})
_HELPERS = wordlist("auxiliaries")
#: Words after a name that make it the name of a town, unit or site: "Manbij district", not "Manbij campaign".
_PLACE_AFTER = (wordlist("place_nouns") | wordlist("sites") | {"governorate", "county", "countryside"}) - {
    "the", "a", "an", "of", "both"
}  # fmt: skip
_AT = frozenset(["in", "at", "near", "on"])
#: The size in km of a place that nobody resolved.
_SMALL = 3.0


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
                 of(LEADS), of(_AT)]  # fmt: skip
        return [list(accumulate(mark, initial=0)) for mark in marks]

    @cached_property
    def held(self) -> list[list[int]]:
        """Which places each one holds."""
        return [
            [j for j, b in enumerate(self.places) if a is not b and contains(a.resolution, b.resolution)]
            for a in self.places
        ]

    @cached_property
    def holders(self) -> list[list[int]]:
        """Which places hold each one."""
        holders: list[list[int]] = [[] for _ in self.places]
        for j, held in enumerate(self.held):
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
                    spot.first > 0 and self.lowers[spot.first - 1] in PLACE_NOUNS,
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
        return [(self._of_place(spot), *self._of_phrase(i, spot)) for i, spot in enumerate(self.places)]

    def _of_place(self, spot: Spot) -> list[float]:
        """Return what kind of place a spot is, and what stands right beside it."""
        words = self.lowers
        after = words[spot.last + 1] if spot.last + 1 < len(words) else "."
        after_is_name = spot.last + 1 < len(words) and self.sentence[spot.last + 1].capital
        before = words[spot.first - 1] if spot.first else ""
        place = spot.resolution.place
        mention = spot.resolution.mention
        code = place.feature_code if place else ""
        kind = place.feature_class if place else ""
        return [
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
            after.isalpha() and not after_is_name and after not in _CLAUSE and after not in LEADS,
            spot.last + 1 < len(words) and self.verbs[spot.last + 1],
            before == ",",
            before == "-",
            spot.first <= 3,
            spot.first / (len(words) or 1),
            min(len(words), 80),
        ]

    def _of_phrase(self, i: int, spot: Spot) -> tuple[list[float], str]:
        """Return what leads to a spot, and the word that may govern its phrase."""
        words = self.lowers
        lead = spot.first - 1
        while lead > 0 and words[lead] in PLACE_NOUNS and words[lead] != spot.preposition:
            lead -= 1
        governor = words[lead - 1] if lead > 0 else ""
        row: list[float] = [
            lead > 0 and self.verbs[lead - 1],
            governor in _AGENTS,
            bool(self.held[i]),
            bool(self.holders[i]),
            *(spot.preposition == preposition for preposition in PREPOSITIONS),
            spot.preposition in ("in", "at", "near", "on", "outside", "around", "inside", "across"),
        ]
        return row, governor


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
#: What stands for the distance of a place that is not there.
_FAR = 99
#: The columns of :meth:`Scene.features`.
NAMES = [
    *_ROW_NAMES, "rank", "behind_nearest", "behind_nearest_after", "behind_locative", "places",
    "gap_before", "joined_before", "literal_before", "gap_after", "joined_after", "literal_after",
    "place_word_after", "place_word_before", "size", "finer_places", "finer_beside", "finest",
]  # fmt: skip
