"""Makes the draft of an article: candidates with their static prior, neighbours for unknown names."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from dateline.gazetteer import Gazetteer
from dateline.gazetteer.names import normalize
from dateline.geo.arrays import Floats
from dateline.geo.candidates import EXACT, NEARBY, Finder, Pool, Unit, group_mentions
from dateline.geo.cues import STATED, Cues, read_cues
from dateline.geo.draft import Best, Draft, best_rows, famous_units, softmax
from dateline.geo.features import PENALTY, Context
from dateline.geo.meant import can_be_meant
from dateline.geo.model import Article, Mention
from dateline.geo.outlets import Outlets
from dateline.geo.peers import sum_by
from dateline.geo.place_columns import KIND_FIT, PlaceTable, from_point
from dateline.geo.stated import contained, elsewhere, lies_elsewhere, without_far

#: At most so many candidates of a unit reach the ranker.
KEPT = 12
#: What a fitting kind of place is worth, and what a match other than by the name itself costs, in the units
#: of the static prior.
_KIND_PRIOR = 2.5
#: What lying in the place named after it ("Victoria, Seychelles") is worth.
_CONTAINED = 5.0
_MATCH_PRIOR = np.array([0.0, -0.5, -1.5, -1.0, -1.0, -2.0], np.float32)
#: Words in the names of places too large to lie near a town.
_LARGE = re.compile(
    r"\b(?:union|republic|nations|kingdom|federation|emirates|states|africa|asia|europe|america|ocean"
    r"|continent)\b",
    re.IGNORECASE,
)


class Drafter:
    """Makes drafts; holds what is the same for all articles.  With `exact`, names are taken as spelt."""

    def __init__(self, gaz: Gazetteer, exact: bool = False) -> None:
        self.gaz = gaz
        self.table = PlaceTable(gaz)
        self.finder = Finder(gaz, exact)
        self.outlets = Outlets(gaz)

    def draft(self, article: Article, mentions: Sequence[Mention], country: str | None = None) -> Draft:
        """Return an article's candidates with their static prior; `mentions` are sorted by start.

        With `country` (an ISO 3166-1 alpha-2 code) only its places, and places of no country, are candidates.
        """
        cues = read_cues(article, mentions)
        units, unit_of = group_mentions(mentions, cues)
        context = self._context(article, mentions, cues, units, unit_of)
        pool = self.finder.pool(units)
        nothing = np.zeros(len(pool), np.float32)
        places = self.table.take(pool.row)
        draft = Draft(article, mentions, cues, units, unit_of, context, pool, places, nothing, nothing)
        if country is not None:
            codes = self.gaz.tables["country"]
            wanted = codes.index(country) if country in codes else -1
            draft = draft.keep(np.flatnonzero((places.country == wanted) | (places.country_row < 0)))
        draft = draft.keep(np.flatnonzero(can_be_meant(self.gaz, draft)))
        pool, places = draft.pool, draft.places
        score = 10 * (places.importance - PENALTY[pool.name_kind]) + _MATCH_PRIOR[pool.match]
        score = score + _KIND_PRIOR * KIND_FIT[context.kind[pool.unit], places.group]
        draft.p = softmax(score, pool.unit, len(units))
        return self._pruned(draft, score)

    def _pruned(self, draft: Draft, score: Floats) -> Draft:
        """Keep the best candidates of each unit, by prior, country, first-level unit and home."""
        unit, places, context = draft.pool.unit, draft.places, draft.context
        if not len(unit):
            return draft
        mass = draft.p * context.weight[unit]
        total = max(float(mass.sum()), 1e-6)
        bonus = 2 * (np.bincount(places.country, mass)[places.country] / total).astype(np.float32)
        bonus += 4 * (sum_by(places.admin1, mass) / total).astype(np.float32) * (places.admin1 >= 0)
        bonus += _CONTAINED * contained(draft)
        if context.home is not None:
            bonus += 0.5 * (places.country == context.home[2])
            km = from_point(places, *context.home[:2])
            bonus += 3 / (1 + (km / 100) ** 2)
        order = np.lexsort((-(score + bonus), unit))
        starts = np.searchsorted(unit, np.arange(len(context.weight) + 1))
        place_in_unit = np.empty(len(unit), np.int64)
        place_in_unit[order] = np.arange(len(unit)) - starts[unit[order]]
        best = np.flatnonzero(place_in_unit < KEPT)
        kept = draft.keep(best)
        kept.p = softmax((score + bonus)[best], kept.pool.unit, len(context.weight))
        misplaced = lies_elsewhere(kept)
        if misplaced.any():
            p = (score + bonus)[best][~misplaced]
            kept = kept.keep(np.flatnonzero(~misplaced))
            kept.p = softmax(p, kept.pool.unit, len(context.weight))
        return kept

    def with_neighbours(self, draft: Draft) -> Draft:
        """Add, for names that may be unknown, the places that the text puts them in or beside.

        Candidates are the best place of the mention's container, of the settled mention before it, of the
        one after it, and the article's most named settlement; none for countries and the like.
        """
        best = best_rows(draft)
        misplaced = elsewhere(draft, [-1 if found is None else found[4] for found in best])
        famous = famous_units(draft)
        wanted: list[tuple[int, int, float]] = []
        home = self.outlets.town(draft.article)
        settled = _settled(draft, best)
        focus = _focus(draft, settled.values(), best)
        for number, unit in enumerate(draft.units):
            found = best[number]
            sure = found is not None and found[1] > 0.9 and draft.pool.match[found[4]] == EXACT
            known = found is not None and (found[3] or sure or famous[number])
            if (known and number not in misplaced) or not may_be_unknown(draft, unit):
                continue
            links = [link for link in draft.cues.links if link.inner in unit.mentions]
            chosen = [draft.unit_of[link.outer] for link in links]
            told = any(link.kind == STATED and link.outer in settled for link in links)
            anywhere = found is not None or not told  # "Haripurdhar in Sirmaur district" is not in Shimla
            if anywhere:
                chosen += _around(unit, settled) + focus
            for other in dict.fromkeys(chosen):
                near = best[other]
                if other != number and near is not None:
                    wanted.append((number, near[0], near[1]))
            if home >= 0 and anywhere:
                wanted.append((number, home, 0.3))
        return without_far(self._extended(draft, wanted), misplaced, best)

    def _extended(self, draft: Draft, wanted: list[tuple[int, int, float]]) -> Draft:
        known = set(zip(draft.pool.unit.tolist(), draft.pool.row.tolist(), strict=True))
        fresh = {(unit, row): p for unit, row, p in wanted if (unit, row) not in known}
        if not fresh:
            return draft
        unit = np.array([u for u, _ in fresh], np.int32)
        row = np.array([r for _, r in fresh], np.int32)
        prior = np.array(list(fresh.values()), np.float32)
        order = np.argsort(np.concatenate([draft.pool.unit, unit]), kind="stable")
        pool = Pool(
            np.concatenate([draft.pool.unit, unit])[order],
            np.concatenate([draft.pool.row, row])[order],
            np.concatenate([draft.pool.name_kind, np.ones(len(row), np.uint8)])[order],
            np.concatenate([draft.pool.match, np.full(len(row), NEARBY, np.uint8)])[order],
        )
        p = np.concatenate([draft.p, np.zeros(len(row), np.float32)])[order]
        source = np.concatenate([draft.source_prior, prior])[order]
        return replace(draft, pool=pool, places=self.table.take(pool.row), p=p, source_prior=source)

    def _context(
        self, article: Article, mentions: Sequence[Mention], cues: Cues, units: list[Unit], unit_of: list[int]
    ) -> Context:
        names: dict[str, int] = {}
        group = [names.setdefault(normalize(unit.name), len(names)) for unit in units]
        counts = np.array([len(unit.mentions) for unit in units], np.int64)
        lead = np.array([any(cues.lead[m] for m in unit.mentions) for unit in units], bool)
        links = {(unit_of[link.inner], unit_of[link.outer], link.kind) for link in cues.links}
        return Context(
            group=np.array(group, np.int64),
            weight=((1 + np.log(counts)) * np.where(lead, 1.5, 1.0)).astype(np.float32),
            mentions=counts,
            kind=np.array([unit.kind for unit in units], np.int64),
            lead=lead,
            words=np.array([unit.name.count(" ") + 1 for unit in units], np.int64),
            capitals=np.array([unit.name.isupper() and len(unit.name) > 4 for unit in units], bool),
            links=np.array(sorted(link for link in links if link[0] != link[1]), np.int64).reshape(-1, 3),
            dateline=unit_of[cues.dateline] if cues.dateline is not None else None,
            home=self.outlets.home(article),
        )


def _settled(draft: Draft, best: Sequence[Best | None]) -> dict[int, int]:
    """Return the mentions whose likeliest candidate is local, with their units, in the order of the text."""
    local = {unit for unit, found in enumerate(best) if found is not None and found[2]}
    return {mention: unit for mention, unit in enumerate(draft.unit_of) if unit in local}


def _focus(draft: Draft, local: Collection[int], best: Sequence[Best | None]) -> list[int]:
    """Return the most named of the local units, the first of several."""
    weights = {unit: float(draft.context.weight[unit]) * found[1] for unit, found in enumerate(best) if found}
    return [max(sorted(set(local)), key=weights.__getitem__)] if local else []


def _around(unit: Unit, settled: Mapping[int, int]) -> list[int]:
    """Return the units of the settled mentions right before and right after the first of a unit."""
    first = unit.mentions[0]
    before = [other for mention, other in settled.items() if mention < first]
    after = [other for mention, other in settled.items() if mention > first and mention not in unit.mentions]
    return before[-1:] + after[:1]


def may_be_unknown(draft: Draft, unit: Unit) -> bool:
    """Return whether a unit may be a street, building or small place that the gazetteer lacks.

    Not so inhabitants and governments, fragments, and names of regions, seas and blocs.
    """
    literal = any(draft.mentions[m].role == "literal" for m in unit.mentions)
    acronym = unit.name.isupper() and unit.name.isalpha()
    return literal and len(unit.name) > 2 and not acronym and not _LARGE.search(unit.name)
