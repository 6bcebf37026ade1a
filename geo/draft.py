"""An article on its way to being resolved: units, candidates and what the features need, pass by pass."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.gazetteer import Gazetteer
from dateline.gazetteer.names import normalize
from dateline.gazetteer.store import ABBREVIATION, CONTESTED, PRIMARY, SPELLING
from dateline.geo.candidates import AFFIX, EXACT, NEARBY, Finder, Pool, Unit, group_mentions
from dateline.geo.cues import COMMA, KINDS, STATED, Cues, read_cues
from dateline.geo.features import (
    GROUPS,
    KIND_FIT,
    LOCAL,
    NATURAL,
    PENALTY,
    TOWN,
    Context,
    Floats,
    Ints,
    Peers,
    Places,
    PlaceTable,
    between_km,
    features,
    from_point,
    linked,
    same_unit,
    sum_by,
)
from dateline.geo.model import Article, Mention
from dateline.geo.outlets import Outlets

#: At most so many candidates of a unit reach the ranker.
KEPT = 12
#: What a fitting kind of place is worth, and what a match other than by the name itself costs, in the units
#: of the static prior.
_KIND_PRIOR = 2.5
#: What lying in the place named after it ("Victoria, Seychelles") is worth.
_CONTAINED = 5.0
_LIKELY = 0.05
#: "Southern Khartoum" is in the city: a capital, or one of so many inhabitants (log10), has parts itself.
_LARGE_CITY = 6.5
_SETTLEMENT = KINDS.index("settlement")
_TELLING = np.array([name in ("admin1", "admin2", "settlement") for name in KINDS])
_WATER = GROUPS.index("water")
_UNIT = np.array([name in ("admin1", "admin2", "admin3") for name in GROUPS])
_LAND = KINDS.index("land")
#: How a unit's name ends that is seldom left out, where its seat is so much better known.
_LONG_NAMES, _BETTER_KNOWN = (" Oblast", " Region", " Krai"), 0.1
_PART, _RURAL = KINDS.index("part"), KINDS.index("rural")
_UNIT_KIND = np.array([name in ("admin1", "admin2") for name in KINDS])
_DISTRICT = KINDS.index("admin2")
_CAPITAL, _FIRST, _SECOND = (GROUPS.index(name) for name in ("capital", "admin1", "admin2"))
#: The importance of a place that most readers have heard of: Oxford, Leeds.
WELL_KNOWN = 0.54
#: Names of so many letters may be initials.
_INITIALS = 3
#: How many characters beside a name tell whether it stands among capitals.
_AROUND = 30
_OCEAN_IMPORTANCE = 0.6
#: A town's quarters may lie so far beyond its circle; what lies farther off than this is in no part of it.
_BESIDE_KM, _FAR_KM = 5.0, 150.0
#: A suburb lies around its city, and a region's circle is rough.
_SUBURBAN_KM, _AROUND_KM = 10.0, 30.0
_MATCH_PRIOR = np.array([0.0, -0.5, -1.5, -1.0, -1.0, -2.0], np.float32)


#: A unit's likeliest candidate: its row, its probability, whether it is local, or wide, and its index.
Best = tuple[int, float, bool, bool, int]


@dataclass
class Draft:
    """The state of one article.

    `unit_of` maps mentions to units; `p` holds each candidate's probability so far, `source_prior` is nonzero
    for candidates borrowed from other toponyms.
    """

    article: Article
    mentions: Sequence[Mention]
    cues: Cues
    units: list[Unit]
    unit_of: list[int]
    context: Context
    pool: Pool
    places: Places
    p: Floats
    source_prior: Floats

    def features(self) -> Floats:
        """Return the feature matrix of the present state."""
        return features(self.pool, self.places, self.peers, self.context, self.p, self.source_prior)

    @cached_property
    def peers(self) -> Peers:
        """The candidates beside those of the same unit."""
        return Peers(self.pool.unit, self.places.xyz)

    def keep(self, at: NDArray[np.intp]) -> Draft:
        """Return the draft with the chosen candidates only."""
        return replace(
            self,
            pool=self.pool.take(at),
            places=self.places.take(at),
            p=self.p[at],
            source_prior=self.source_prior[at],
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
        places = self.table.take(pool.row)
        if country is not None:
            codes = self.gaz.tables["country"]
            wanted = codes.index(country) if country in codes else -1
            inside = (places.country == wanted) | (places.country_row < 0)
            pool, places = _chosen(pool, places, inside)
        near = np.array([any(cues.near[m] for m in unit.mentions) for unit in units], bool)
        meant = (
            _meant(pool, places, np.where(near & (context.kind == 0), _SETTLEMENT, context.kind))
            & ~_unlike(units, cues, pool, places)
            & ~_initials(article, mentions, units, pool, places)
        )
        meant &= ~_doubled(pool, places)
        meant &= ~self._called_shortly(pool, places, context.kind, meant)
        if not meant.all():
            pool, places = _chosen(pool, places, meant)
        score = 10 * (places.importance - PENALTY[pool.name_kind]) + _MATCH_PRIOR[pool.match]
        score = score + _KIND_PRIOR * KIND_FIT[context.kind[pool.unit], places.group]
        p = softmax(score, pool.unit, len(units))
        nothing = np.zeros(len(p), np.float32)
        drafted = Draft(article, mentions, cues, units, unit_of, context, pool, places, p, nothing)
        return self._pruned(drafted, score)

    def _pruned(self, draft: Draft, score: Floats) -> Draft:
        """Keep the best candidates of each unit, by prior, country, first-level unit and home."""
        unit, places, context = draft.pool.unit, draft.places, draft.context
        if not len(unit):
            return draft
        mass = draft.p * context.weight[unit]
        total = max(float(mass.sum()), 1e-6)
        bonus = 2 * (np.bincount(places.country, mass)[places.country] / total).astype(np.float32)
        bonus += 4 * (sum_by(places.admin1, mass) / total).astype(np.float32) * (places.admin1 >= 0)
        bonus += _CONTAINED * _contained(draft)
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
        misplaced = _misplaced(kept)
        if misplaced.any():
            p = (score + bonus)[best][~misplaced]
            kept = kept.keep(np.flatnonzero(~misplaced))
            kept.p = softmax(p, kept.pool.unit, len(context.weight))
        return kept

    def _called_shortly(
        self, pool: Pool, places: Places, kind: Ints, meant: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Return which candidates are an oblast around the city that a name without the word means.

        "Drones struck Kherson", and "Karaganda, Kazakhstan", are the cities.
        """
        shortly = np.zeros(len(pool), bool)
        asked = np.flatnonzero(meant & (kind == 0)[pool.unit])
        i, j = (asked[at] for at in same_unit(pool.unit[asked]))
        around = TOWN[places.group[i]] & (places.admin1[i] == places.row[j]) & (pool.name_kind[i] <= SPELLING)
        around &= places.importance[i] >= places.importance[j] + _BETTER_KNOWN
        for at in np.unique(j[around]).tolist():
            shortly[at] = self.gaz.place(int(pool.row[at])).name.endswith(_LONG_NAMES)
        return shortly

    def with_neighbours(self, draft: Draft) -> Draft:
        """Add, for names that may be unknown, the places that the text puts them in or beside.

        Candidates are the best place of the mention's container, of the settled mention before it, of the
        one after it, and the article's most named settlement; none for countries and the like.
        """
        best = _best_rows(draft)
        famous = _famous(draft)
        misplaced = elsewhere(draft, [-1 if found is None else found[4] for found in best])
        wanted: list[tuple[int, int, float]] = []
        home = self.outlets.town(draft.article)
        local = [i for i, b in enumerate(best) if b is not None and b[2]]
        focus = max(local, key=lambda i: float(draft.context.weight[i]) * best[i][1], default=None)  # type: ignore[index]
        settled = [
            (m, draft.unit_of[m]) for m in range(len(draft.mentions)) if draft.unit_of[m] in set(local)
        ]
        for number, unit in enumerate(draft.units):
            found = best[number]
            settled_name = found is not None and found[1] > 0.9 and draft.pool.match[found[4]] == EXACT
            known = found is not None and (found[3] or settled_name or famous[number])
            if known and number not in misplaced:
                continue
            if not may_be_unknown(draft, unit):
                continue
            first = unit.mentions[0]
            links = [link for link in draft.cues.links if link.inner in unit.mentions]
            sources = [link.outer for link in links]
            stated = {link.outer for link in links if link.kind == STATED}
            chosen = [draft.unit_of[m] for m in sources]
            told = {u for m, u in settled if m in stated and u in chosen}
            anywhere = found is not None or not told  # "Haripurdhar in Sirmaur district" is not in Shimla
            if anywhere:
                before = [u for m, u in settled if m < first and u != number]
                after = [u for m, u in settled if m > first and u != number]
                chosen += before[-1:] + after[:1] + ([focus] if focus is not None and focus != number else [])
            for other in dict.fromkeys(chosen):
                if other != number and best[other] is not None:
                    wanted.append((number, best[other][0], best[other][1]))  # type: ignore[index]
            if home >= 0 and anywhere:
                wanted.append((number, home, 0.3))
        return _settled(self._extended(draft, wanted), misplaced, best)

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


def _chosen(pool: Pool, places: Places, chosen: NDArray[np.bool_]) -> tuple[Pool, Places]:
    """Return the chosen candidates and their columns."""
    at = np.flatnonzero(chosen)
    return pool.take(at), places.take(at)


def among(values: NDArray[Any], wanted: Sequence[Any] | NDArray[Any]) -> NDArray[np.bool_]:
    """Return which values are among a few wanted ones, faster than numpy's `isin` for short arrays."""
    found: NDArray[np.bool_] = np.equal.outer(values, wanted).any(-1)
    return found


def elsewhere(draft: Draft, chosen: Sequence[int]) -> dict[int, int]:
    """Return the units whose chosen candidate lies outside of the place where the text says it is.

    Each with the unit of that place.

    Parameters
    ----------
    draft : Draft
    chosen : sequence of int
        The chosen candidate of every unit, -1 for none.
    """
    places = draft.places
    found: dict[int, int] = {}
    for inner, outer, kind in draft.context.links.tolist():
        a, b = chosen[inner], chosen[outer]
        if kind != STATED or a < 0 or b < 0 or places.row[a] == places.country_row[a]:
            continue
        # "In Murcia" may be in the region around the city that is chosen for it.
        units = (places.admin1[b], places.admin2[b], places.row[b])
        around = np.flatnonzero(draft.pool.unit == outer)
        around = around[among(places.row[around], units) | (draft.p[around] >= _LIKELY)]
        if places.group[b] != _WATER and not _holds(places, around, a).any():
            found[inner] = outer
    return found


def _holds(places: Places, outer: NDArray[np.intp], inner: int) -> NDArray[np.bool_]:
    """Return which of the outer places the inner one lies in, or is."""
    parents = (places.admin1[inner], places.admin2[inner], places.country_row[inner], places.row[inner])
    inside = among(places.row[outer], parents)
    km = between_km(places.xyz[outer], places.xyz[inner])
    # A country's border is known where the inner place has a country; other circles are rough.
    by_country = (places.row[outer] == places.country_row[outer]) & (places.country_row[inner] >= 0)
    radius = places.radius[outer]
    apart = TOWN[places.group[outer]] & (places.admin2[outer] != places.admin2[inner])
    reach = np.where(apart, radius + _SUBURBAN_KM, 1.5 * radius + _AROUND_KM)
    result: NDArray[np.bool_] = inside | (~by_country & (km <= reach))
    return result


#: Words in the names of places too large to lie near a town.
_LARGE = re.compile(
    r"\b(?:union|republic|nations|kingdom|federation|emirates|states|africa|asia|europe|america|ocean"
    r"|continent)\b",
    re.IGNORECASE,
)


def may_be_unknown(draft: Draft, unit: Unit) -> bool:
    """Return whether a unit may be a street, building or small place that the gazetteer lacks.

    Not so inhabitants and governments, fragments, and names of regions, seas and blocs.
    """
    literal = any(draft.mentions[m].role == "literal" for m in unit.mentions)
    acronym = unit.name.isupper() and unit.name.isalpha()
    return literal and len(unit.name) > 2 and not acronym and not _LARGE.search(unit.name)


def softmax(score: NDArray[np.floating[Any]], unit: NDArray[np.int32], n_units: int) -> Floats:
    """Return the exponentials of the scores, scaled to sum to one over each unit."""
    most = np.full(n_units, -np.inf, np.float32)
    np.maximum.at(most, unit, score.astype(np.float32))
    raw = np.exp(score - most[unit])
    scaled: Floats = (raw / np.bincount(unit, raw, n_units)[unit]).astype(np.float32)
    return scaled


def _meant(pool: Pool, places: Places, kind: Ints) -> NDArray[np.bool_]:
    """Return which candidates are left when words tell a city from the region of its name.

    "Kharkiv region" is not the city in it; "downtown Kharkiv", "the city of Kharkiv" and what something is
    near are not the region.  "Northern Aleppo" and "villages in Aleppo" are its province; "Niger and Benue
    states" are no country.
    """
    meant = ~_foreign(pool, places, kind)
    own = pool.name_kind <= SPELLING  # Nineveh was the province of Mosul once
    parted = np.flatnonzero((kind == _PART)[pool.unit] | (kind == _RURAL)[pool.unit])
    if len(parted):
        i, j = (parted[at] for at in same_unit(pool.unit[parted]))
        inside = TOWN[places.group[i]] & (places.admin1[i] == places.row[j]) & own[j]
        large = (places.group[i] == _CAPITAL) | (places.population[i] >= _LARGE_CITY)
        seats = i[inside & ~(large & (kind[pool.unit[i]] == _PART))]
        fame = np.zeros(len(kind), np.float32)
        np.maximum.at(fame, pool.unit[seats], places.importance[seats])
        # Nor is it a smaller town of that name elsewhere.
        meant &= ~(TOWN[places.group] & (places.importance <= fame[pool.unit]))
    telling = _TELLING[kind]
    if telling.any():
        called = np.flatnonzero(telling[pool.unit])
        i, j = (called[at] for at in same_unit(pool.unit[called]))
        inside = (places.admin1[i] == places.row[j]) | (places.admin2[i] == places.row[j])
        # A district's seat may lie outside of it, and no district is the province that is called so.
        district = (kind[pool.unit[j]] == _DISTRICT) & (places.group[j] == _SECOND) & TOWN[places.group[i]]
        inside |= district & (places.admin1[i] == places.admin1[j])
        i, j = i[inside], j[inside]
        fit = KIND_FIT[kind[pool.unit], places.group]
        meant[i[(fit[i] <= 0) & (fit[j] > 0)]] = False
        wider = (kind[pool.unit[i]] == _DISTRICT) & (places.group[j] == _FIRST) & (places.group[i] == _SECOND)
        meant[j[wider]] = False
        meant[j[(fit[j] <= 0) & (fit[i] > 0) & (places.row[i] != places.row[j])]] = False
    return meant


def _settled(draft: Draft, misplaced: Mapping[int, int], best: Sequence[Best | None]) -> Draft:
    """Return the draft without places far from the unit or the town that holds them, as the text states.

    The Manningham area of Bradford is one that the gazetteer lacks, not that of Melbourne.  Where a country
    or a state is said to hold a well known place of another, that may be a matter of opinion.
    """
    places = draft.places
    far, near = np.zeros(len(draft.pool), bool), draft.pool.match == NEARBY
    countries = {found[0] for found in best if found is not None} & set(places.country_row.tolist())
    for unit, outer in misplaced.items():
        found = best[outer]
        own = draft.pool.unit == unit
        if found is None or not (own & near).any():
            continue
        at = np.flatnonzero((draft.pool.unit == outer) & (draft.pool.row == found[0]))[:1]
        if countries and not countries.intersection(places.country_row[at].tolist()):
            continue  # "Orientale province" in an article on Congo is not that of Rwanda
        off = between_km(places.xyz, places.xyz[at]) > places.radius[at] + _FAR_KM
        off &= ~near & ~NATURAL[places.group] & (places.row != places.admin1[at])
        far |= own & off & (found[2] | (places.importance < WELL_KNOWN))
    return draft.keep(np.flatnonzero(~far)) if far.any() else draft


def _foreign(pool: Pool, places: Places, kind: Ints) -> NDArray[np.bool_]:
    """Return which candidates are countries where words make the name that of a unit beside others.

    Unless the country holds another of them: "floods in Niger, Tahoua and Zinder regions".  No country is
    a district that borrows its name, as Liban does.
    """
    unit_kind = _UNIT_KIND[kind][pool.unit]
    foreign: NDArray[np.bool_] = unit_kind & (places.row == places.country_row)
    if not foreign.any():
        return foreign
    contested = (pool.name_kind == CONTESTED) & (kind == _DISTRICT)[pool.unit]
    units = np.flatnonzero(unit_kind & _UNIT[places.group] & (pool.name_kind <= SPELLING))
    beside = np.not_equal.outer(pool.unit[units], pool.unit[units])
    beside &= np.equal.outer(places.country[units], places.country[units])
    listed = among(pool.unit, pool.unit[units[beside.any(1)]])
    held = among(places.row, places.country_row[units])
    foreign &= contested | listed & ~held
    return foreign


def _unlike(units: Sequence[Unit], cues: Cues, pool: Pool, places: Places) -> NDArray[np.bool_]:
    """Return which candidates are not of the kind that the words beside a name make it, if others are.

    "The Niger river" is no country, "the island of Pemba" and "the Andes" are no towns, "the Limpopo" is no
    province.
    """
    kind = np.array([unit.kind if unit.called else 0 for unit in units], np.int64)[pool.unit]
    the = np.array([all(cues.the[m] for m in unit.mentions) for unit in units], bool)[pool.unit]
    unlike, town = np.zeros(len(pool), bool), TOWN[places.group]

    def among_units(like: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return np.bincount(pool.unit, like, len(units))[pool.unit] > 0

    if kind.any():
        fit = KIND_FIT[kind, places.group]
        # An island may be a state too.
        unlike |= (fit < 0) & ((kind != _LAND) | town) & among_units((kind > 0) & (fit > 0))
    bare = the & (kind == 0)
    if bare.any():
        exact = pool.match == EXACT
        unlike |= bare & town & among_units(exact & NATURAL[places.group])
        unlike |= bare & _UNIT[places.group] & among_units(exact & (places.group == _WATER))
    return unlike


def _initials(
    article: Article, mentions: Sequence[Mention], units: Sequence[Unit], pool: Pool, places: Places
) -> NDArray[np.bool_]:
    """Return which candidates have a short name that the text only uses as initials.

    "UGA" among words in small letters is no village called Uga; "NYC" and "EU" are as the gazetteer has them.
    """
    short = [
        unit.name.isalpha() and unit.name.isupper() and len(unit.name) <= _INITIALS
        and not any(_in_capitals(article.text, mentions[m]) for m in unit.mentions)
        for unit in units
    ]  # fmt: skip
    known = (places.importance >= WELL_KNOWN) & (pool.name_kind != PRIMARY)
    known |= pool.name_kind == ABBREVIATION
    initials: NDArray[np.bool_] = np.array(short, bool)[pool.unit] & ~known
    return initials


def _in_capitals(text: str, mention: Mention) -> bool:
    """Return whether the words around a mention are in capitals too, or it begins a line, as datelines do."""
    before = text[max(0, mention.start - _AROUND) : mention.start]
    after = text[mention.end : mention.end + _AROUND]
    begins = not before.rpartition("\n")[2].strip()
    return begins or not any(c.islower() for c in before + after)


def _doubled(pool: Pool, places: Places) -> NDArray[np.bool_]:
    """Return which candidates are a river under another of its names, where one of the same name overlaps it.

    Sources cut rivers by country and language: the Danube is also kept as the Donau.
    """
    rivers = np.flatnonzero((places.group == _WATER) & (pool.match != NEARBY))
    doubled = np.zeros(len(pool), bool)
    if len(rivers) > 1:
        i, j = (rivers[at] for at in same_unit(pool.unit[rivers]))
        km = between_km(places.xyz[i], places.xyz[j])
        one = km < 1.5 * (places.radius[i] + places.radius[j])
        doubled[i[one & (pool.name_kind[i] > PRIMARY) & (pool.name_kind[j] == PRIMARY)]] = True
    return doubled


def _contained(draft: Draft) -> NDArray[np.bool_]:
    """Return which candidates lie in a likely place of a mention that the text puts them in."""
    contained = np.zeros(len(draft.pool), bool)
    kind = draft.context.links[:, 2]
    links = draft.context.links[(kind == COMMA) | (kind == STATED)]
    if len(links):
        i, j, _ = linked(draft.pool, links)
        within = draft.places.lies_in(i, j) | _about(draft.places, i, j)
        contained[i[within & (draft.p[j] >= _LIKELY)]] = True
    return contained


def _about(places: Places, i: NDArray[np.intp], j: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return whether candidates `i` lie in or beside the circles of candidates `j`, where these are local."""
    km = between_km(places.xyz[i], places.xyz[j])
    about: NDArray[np.bool_] = LOCAL[places.group[j]] & (places.row[i] != places.row[j])
    about &= km <= places.radius[j] + _BESIDE_KM
    return about


def _misplaced(draft: Draft) -> NDArray[np.bool_]:
    """Return which candidates lie elsewhere than the text states, where a namesake lies there.

    "Moyale town, southern Ethiopia" is not the one in Kenya, "the Chapeltown area of Leeds" not the town near
    Sheffield.  Rivers and ranges are left: they lie in more than one unit.
    """
    places, stated = draft.places, draft.context.links[draft.context.links[:, 2] == STATED]
    misplaced = np.zeros(len(draft.pool), bool)
    if not len(stated):
        return misplaced
    i, j, link = linked(draft.pool, stated)
    likely = draft.p[j] >= _LIKELY
    within = np.flatnonzero((places.lies_in(i, j) | _about(places, i, j)) & likely)
    inside = np.zeros((len(stated), len(draft.pool)), bool)
    inside[link[within], i[within]] = True
    settled = np.zeros(len(stated), bool)
    settled[link[within]] = True
    others = settled[link] & ~inside[link, i] & ~NATURAL[places.group[i]] & ~places.lies_in(j, i)
    misplaced[i[others & (places.row[i] != places.country_row[i])]] = True
    return misplaced


def _famous(draft: Draft) -> NDArray[np.bool_]:
    """Return which units bear the name of a place so well known that none which lacks a record is meant."""
    pool = draft.pool
    university = np.array([unit.name.lower().startswith("university of ") for unit in draft.units], bool)
    named = (pool.match == EXACT) | ((pool.match == AFFIX) & university[pool.unit])
    known = named & (draft.places.importance - PENALTY[pool.name_kind] >= WELL_KNOWN)
    famous: NDArray[np.bool_] = np.bincount(pool.unit, known, len(draft.units)) > 0
    return famous


def _best_rows(draft: Draft) -> list[Best | None]:
    """Return what is known of each unit's likeliest candidate."""
    result: list[Best | None] = [None] * len(draft.units)
    order = np.lexsort((-draft.p, draft.pool.unit))
    for at in order.tolist():
        unit = int(draft.pool.unit[at])
        if result[unit] is None:
            group = int(draft.places.group[at])
            wide = group in (1, 2) or (group == _WATER and draft.places.importance[at] >= _OCEAN_IMPORTANCE)
            local = group not in (1, 2, 3) and not wide
            result[unit] = (int(draft.pool.row[at]), float(draft.p[at]), local, wide, at)
    return result
