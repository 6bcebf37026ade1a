"""Which candidates of a name the words around it can mean: city or region, river or country, no initials."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dateline.gazetteer import Gazetteer
from dateline.gazetteer.store import ABBREVIATION, CONTESTED, PRIMARY, SPELLING
from dateline.geo.arrays import Ints
from dateline.geo.candidates import EXACT, NEARBY, Pool, Unit
from dateline.geo.cues import KINDS, Cues
from dateline.geo.distances import between_km
from dateline.geo.draft import WELL_KNOWN, Draft, among
from dateline.geo.model import Mention
from dateline.geo.peers import same_unit
from dateline.geo.place_columns import GROUPS, KIND_FIT, NATURAL, TOWN, WATER, Places

#: "Southern Khartoum" is in the city: a capital, or one of so many inhabitants (log10), has parts itself.
_LARGE_CITY = 6.5
_SETTLEMENT = KINDS.index("settlement")
_TELLING = np.array([name in ("admin1", "admin2", "settlement") for name in KINDS])
_UNIT = np.array([name in ("admin1", "admin2", "admin3") for name in GROUPS])
_LAND = KINDS.index("land")
#: How a unit's name ends that is seldom left out, where its seat is so much better known.
_LONG_NAMES, _BETTER_KNOWN = (" Oblast", " Region", " Krai"), 0.1
_PART, _RURAL = KINDS.index("part"), KINDS.index("rural")
_UNIT_KIND = np.array([name in ("admin1", "admin2") for name in KINDS])
_DISTRICT = KINDS.index("admin2")
_CAPITAL, _FIRST, _SECOND = (GROUPS.index(name) for name in ("capital", "admin1", "admin2"))
#: Names of so many letters may be initials.
_INITIALS = 3
#: How many characters beside a name tell whether it stands among capitals.
_AROUND = 30


def can_be_meant(gaz: Gazetteer, draft: Draft) -> NDArray[np.bool_]:
    """Return which candidates the words around their names can mean."""
    units, pool, places, kind = draft.units, draft.pool, draft.places, draft.context.kind
    near = np.array([any(draft.cues.near[m] for m in unit.mentions) for unit in units], bool)
    meant = _told_from_region(pool, places, np.where(near & (kind == 0), _SETTLEMENT, kind))
    meant &= ~_unlike(units, draft.cues, pool, places) & ~_initials(draft) & ~_doubled(pool, places)
    return meant & ~_called_shortly(gaz, draft, meant)


def _told_from_region(pool: Pool, places: Places, kind: Ints) -> NDArray[np.bool_]:
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
        unlike |= bare & _UNIT[places.group] & among_units(exact & (places.group == WATER))
    return unlike


def _initials(draft: Draft) -> NDArray[np.bool_]:
    """Return which candidates have a short name that the text only uses as initials.

    "UGA" among words in small letters is no village called Uga; "NYC" and "EU" are as the gazetteer has them.
    """
    pool = draft.pool
    short = [
        unit.name.isalpha() and unit.name.isupper() and len(unit.name) <= _INITIALS
        and not any(_in_capitals(draft.article.text, draft.mentions[m]) for m in unit.mentions)
        for unit in draft.units
    ]  # fmt: skip
    known = (draft.places.importance >= WELL_KNOWN) & (pool.name_kind != PRIMARY)
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
    rivers = np.flatnonzero((places.group == WATER) & (pool.match != NEARBY))
    doubled = np.zeros(len(pool), bool)
    if len(rivers) > 1:
        i, j = (rivers[at] for at in same_unit(pool.unit[rivers]))
        km = between_km(places.xyz[i], places.xyz[j])
        one = km < 1.5 * (places.radius[i] + places.radius[j])
        doubled[i[one & (pool.name_kind[i] > PRIMARY) & (pool.name_kind[j] == PRIMARY)]] = True
    return doubled


def _called_shortly(gaz: Gazetteer, draft: Draft, meant: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which candidates are an oblast around the city that a name without the word means.

    "Drones struck Kherson", and "Karaganda, Kazakhstan", are the cities.
    """
    pool, places = draft.pool, draft.places
    shortly = np.zeros(len(pool), bool)
    asked = np.flatnonzero(meant & (draft.context.kind == 0)[pool.unit])
    i, j = (asked[at] for at in same_unit(pool.unit[asked]))
    around = TOWN[places.group[i]] & (places.admin1[i] == places.row[j]) & (pool.name_kind[i] <= SPELLING)
    around &= places.importance[i] >= places.importance[j] + _BETTER_KNOWN
    for at in np.unique(j[around]).tolist():
        shortly[at] = gaz.place(int(pool.row[at])).name.endswith(_LONG_NAMES)
    return shortly
