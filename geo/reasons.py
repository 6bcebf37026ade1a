"""Why a place was chosen, in words that a reader can check against the article and a map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from dateline.gazetteer import Gazetteer
from dateline.geo.candidates import AFFIX, BEGINNING, FUZZY, NEARBY, VARIANT
from dateline.geo.cues import BESIDE, KINDS
from dateline.geo.distances import EARTH_KM
from dateline.geo.draft import Draft
from dateline.geo.place_columns import LOCAL

#: A place farther than this from another one is no reason.
_CLOSE_KM = 100
_KIND_WORDS = {"admin1": "a state or region", "admin2": "a county or district", "water": "a river or sea"}


class Reasons:
    """The reasons of one article.

    Parameters
    ----------
    draft : Draft
    gaz : Gazetteer
    chosen : sequence of int
        The chosen candidate of every unit, -1 for none.
    misplaced : mapping of int to int
        The units whose candidate lies outside of the place where the article says it is, with its unit.
    """

    def __init__(
        self, draft: Draft, gaz: Gazetteer, chosen: Sequence[int], misplaced: Mapping[int, int]
    ) -> None:
        self._draft, self._gaz = draft, gaz
        self._chosen, self._misplaced = chosen, misplaced
        self._links = [link for link in draft.context.links.tolist() if link[2] != BESIDE]
        self._same_country, self._nearest = self._agreement()
        named = draft.pool.match != NEARBY
        self._namesakes = np.bincount(draft.pool.unit, named).tolist()
        self._best_known = draft.peers.most(np.where(named, draft.places.importance, 0))

    def of(self, unit: int) -> tuple[str, ...]:
        """Return the reasons for the candidate chosen for a unit, by its number in ``draft.units``."""
        at = self._chosen[unit]
        if at < 0:
            return (f"none of the known places called {self._draft.units[unit].name} fits",)
        found = self._about_name(unit, at)
        if self._draft.pool.match[at] != NEARBY:
            found += self._about_links(unit, at)
            found += self._about_others(unit, at)
        if unit in self._misplaced:
            outer = self._draft.units[self._misplaced[unit]].name
            found.insert(0, f"the article puts it in {outer}, where this place does not lie")
        return tuple(dict.fromkeys(found))

    def _agreement(self) -> tuple[dict[int, int], dict[int, tuple[int, int]]]:
        """Return how many other mentions each unit shares its country with, and its (nearest place, km)."""
        draft = self._draft
        chosen = np.array(self._chosen, np.int64)
        units = np.flatnonzero(chosen >= 0)
        if not len(units):
            return {}, {}
        places = draft.places.take(chosen[units])
        group = draft.context.group[units]
        apart = group[:, None] != group
        same = apart & (places.country[:, None] == places.country) & (places.country_row >= 0)[:, None]
        counts = (same @ draft.context.mentions[units]).tolist()
        local = LOCAL[places.group]
        beside = apart & local & local[:, None] & (places.row[:, None] != places.row)
        chord2 = np.maximum(2 - 2 * (places.xyz @ places.xyz.T), 0)
        km = np.where(beside, np.sqrt(chord2) * EARTH_KM, np.inf)
        nearest = places.row[km.argmin(1)].tolist()
        numbers = units.tolist()
        near = {
            unit: (row, max(1, round(far)))
            for unit, row, far in zip(numbers, nearest, km.min(1).tolist(), strict=True)
            if far <= _CLOSE_KM
        }
        return dict(zip(numbers, counts, strict=True)), near

    def _about_name(self, unit: int, at: int) -> list[str]:
        """Return what the name itself says."""
        pool, places = self._draft.pool, self._draft.places
        name, match = self._draft.units[unit].name, pool.match[at]
        label = self._label(at)
        if match == NEARBY:
            return [f"{name} itself is not in the gazetteer; the article places it in or near {label}"]
        found = []
        if match in (VARIANT, AFFIX, BEGINNING):
            found.append(f"{name} read as another form of {label}")
        elif match == FUZZY:
            found.append(f"{name} resembles {label}")
        if self._namesakes[unit] == 1:
            found.append("no other place of this name is known")
        elif places.importance[at] >= self._best_known[at]:
            found.append("the best known place of this name")
        word = KINDS[self._draft.units[unit].kind]
        if word in _KIND_WORDS:
            found.append(f"the article calls it {_KIND_WORDS[word]}")
        return found

    def _about_links(self, unit: int, at: int) -> list[str]:
        """Return what the mentions tied to this one say."""
        places = self._draft.places
        found = []
        for inner, outer, _ in self._links:
            if unit not in (inner, outer):
                continue
            other = self._chosen[outer if unit == inner else inner]
            if other < 0:
                continue
            low, high = (at, other) if unit == inner else (other, at)
            parents = (places.admin1[low], places.admin2[low], places.country_row[low])
            if places.row[high] in parents and places.row[low] != places.row[high]:
                words = "lies in" if unit == inner else "holds"
                found.append(f"{words} {self._label(other)}, named beside it")
        return found

    def _about_others(self, unit: int, at: int) -> list[str]:
        """Return how the place agrees with the other places of the article and with its publisher."""
        found = []
        if same := self._same_country[unit]:
            found.append(f"same country as {same} other mention{'s' if same > 1 else ''}")
        if unit in self._nearest:
            row, km = self._nearest[unit]
            found.append(f"{km} km from {self._gaz.place(row).name}")
        home = self._draft.context.home
        if home is not None and self._draft.places.country[at] == home[2]:
            found.append("the publisher's own country")
        return found

    def _label(self, at: int) -> str:
        return self._gaz.place(int(self._draft.pool.row[at])).name
