"""An article's events and mentions of places in one row, and how they stand to each other.

The event network reads that row once it has read the words: which event is nearer to a place, which place
holds another, what was told before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.geo.holding import contains
from dateline.geo.model import Resolution

Integers = NDArray[np.intp]

#: Sentences beyond which all is as far, and words: beyond these, in a sentence, one is a step farther.
FAR, STEPS = 3, (2, 3, 5, 9, 17)
#: So many ways there are for one word to stand to another (:func:`apart`).
WAYS = 2 * FAR + 2 * (len(STEPS) + 1)
#: Sentences between items that do not see each other, but for those of the first sentence.
UNSEEN = 12
#: Items, and paragraphs, between two beyond which more are no more.
MANY, PARAGRAPHS = 3, 2
ROLES = {"literal": 1, "metonym": 2, "demonym": 3}
#: What a place may be, the first that fits: class and beginning of the code.
FEATURES = (("A", "PCL"), ("A", "ADM1"), ("A", ""), ("P", "PPLC"), ("P", "PPLA"), ("P", ""), ("S", ""),
            ("L", ""), ("H", ""), ("T", ""), ("", ""))  # fmt: skip
#: How the places of two mentions are related.
UNRELATED, SAME, HOLDS, HELD = range(4)


@dataclass(frozen=True, slots=True)
class Story:
    """Events, then mentions of places: where each stands in the article, and what the places are.

    Parameters
    ----------
    events : int
        How many of the items are events.
    words, sentences, paragraphs : int arrays, shape (items,)
        The numbers of each item's first word, its sentence and its paragraph.
    kinds : int array, shape (mentions, 3)
        :func:`kind` of each mention.
    relations : int array, shape (mentions, mentions)
        :func:`relations` of their places.
    """

    events: int
    words: Integers
    sentences: Integers
    paragraphs: Integers
    kinds: Integers
    relations: Integers

    def apart(self) -> Integers:
        """Return where each item stands as another sees it (row), shape (items, items).

        Below `FAR` it is so many sentences before, then after; in the same sentence, so many words.
        """
        far, near = _differences(self.sentences), _differences(self.words)
        steps = np.searchsorted(STEPS, np.abs(near), side="right")
        same = 2 * FAR + steps + np.where(near >= 0, len(STEPS) + 1, 0)
        other = np.where(far > 0, np.minimum(far, FAR) + FAR - 1, np.maximum(far, -FAR) + FAR)
        return np.where(far == 0, same, other)

    def paragraphs_apart(self) -> Integers:
        """Return how many paragraphs lie between items, shape (items, items)."""
        return np.minimum(np.abs(_differences(self.paragraphs)), PARAGRAPHS)

    def seen(self) -> NDArray[np.bool_]:
        """Return which items each sees (row), shape (items, items)."""
        first = self.sentences == self.sentences.min(initial=0)
        seen: NDArray[np.bool_] = (np.abs(_differences(self.sentences)) <= UNSEEN) | first
        return seen

    def between(self) -> tuple[Integers, Integers]:
        """Return how many events, and mentions, stand between each event and each mention.

        Returns
        -------
        two int arrays, shape (events, mentions)
        """
        told, named = self.words[: self.events], self.words[self.events :]
        low, high = np.minimum(told[:, None], named), np.maximum(told[:, None], named)
        counts = (
            np.searchsorted(np.sort(those), high) - np.searchsorted(np.sort(those), low, side="right")
            for those in (told, named)
        )
        events, mentions = (np.clip(count, 0, MANY) for count in counts)
        return events, mentions


def _differences(numbers: Integers) -> Integers:
    return numbers - numbers[:, None]


def kind(resolution: Resolution) -> tuple[int, int, int]:
    """Return what a mention's role is, what its place is, and whether that is a guess at one nearby."""
    return ROLES.get(resolution.mention.role, 0), _feature(resolution), int(resolution.match == "nearby")


def _feature(resolution: Resolution) -> int:
    place = resolution.place
    if place is None:
        return 0
    fits = (place.feature_class.startswith(a) and place.feature_code.startswith(b) for a, b in FEATURES)
    return 1 + next(i for i, fit in enumerate(fits) if fit)


def relations(keys: Sequence[str], resolutions: Sequence[Resolution]) -> Integers:
    """Return how the places of mentions are related, as each (row) sees the others.

    Parameters
    ----------
    keys : sequence of str
        The same for mentions of one place.
    resolutions : sequence of Resolution
    """
    numbers = {key: n for n, key in enumerate(dict.fromkeys(keys))}
    one = dict(zip(keys, resolutions, strict=True))
    found = np.full((len(numbers), len(numbers)), UNRELATED, np.intp)
    np.fill_diagonal(found, SAME)
    sites = [(b, r) for b, r in enumerate(one.values()) if r.place and r.place.feature_class == "S"]
    for a, outer in enumerate(one.values()):
        holds_sites_only = outer.place is None or outer.place.feature_class not in "AHLT"
        for b, inner in sites if holds_sites_only else enumerate(one.values()):
            if contains(outer, inner):
                found[a, b], found[b, a] = HOLDS, HELD
    at = np.array([numbers[key] for key in keys], np.intp)
    return found[np.ix_(at, at)]
