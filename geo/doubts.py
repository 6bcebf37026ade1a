"""How sure a resolution may be stated to be, whatever its numbers say.

What only resembles another name, lies near a street, is known by another spelling abroad, or is held in place
by nothing else of the article is never stated as sure.
"""

from __future__ import annotations

from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from dateline.gazetteer import Place
from dateline.gazetteer.names import normalize
from dateline.gazetteer.store import (
    ALTERNATE,
    CONTESTED,
    DEMONYM,
    DEMONYM_PLURAL,
    NAME_KINDS,
    PRIMARY,
    SPELLING,
)
from dateline.geo.arrays import Floats
from dateline.geo.candidates import (
    AFFIX,
    BEGINNING,
    FUZZY,
    MATCHES,
    NEARBY,
    VARIANT,
    is_bearing,
    is_named_after,
)
from dateline.geo.cues import BESIDE, KINDS, STATED
from dateline.geo.distances import apart_km, between_km
from dateline.geo.draft import WELL_KNOWN, Draft, among, softmax
from dateline.geo.features import PENALTY
from dateline.geo.model import GUESSED
from dateline.geo.peers import CLOSE_KM, numbered
from dateline.geo.place_columns import GROUPS, KIND_FIT, LOCAL, TOWN, from_point
from dateline.geo.stated import elsewhere

#: What is doubtful whatever the numbers say is never stated as sure.
DOUBTFUL = 0.49
#: What a match, or a kind of name, tells.
_RESEMBLES = np.isin(np.arange(len(MATCHES)), (FUZZY, NEARBY))
_LOOSE = np.isin(np.arange(len(MATCHES)), (AFFIX, VARIANT))
_INHABITANT = np.isin(np.arange(len(NAME_KINDS)), (DEMONYM, DEMONYM_PLURAL))
#: What streets are called after.
_GIVES_NAMES = TOWN | np.array([name in ("country", "admin1", "admin2", "admin3") for name in GROUPS])
_UNIT_KIND = np.array([name in ("admin1", "admin2") for name in KINDS])
_STREET, _WATER = KINDS.index("street"), KINDS.index("water")
#: What share of what is known by a name its best known place needs to vouch for others, and for itself.
_FIRM, _MOSTLY = 0.7, 0.5
#: ... and to be meant because the publisher is in its country.
_HEARD_OF = 0.1
#: So many of the article's other names, and more than fit its namesakes, hold a town in place.
_COMPANY = 2
#: A place so much less known than a namesake is held in place by none that is less known than this.
_FAR_LESS, _HOLDER = 0.15, 0.45
#: ... and one that is less known than this is a hamlet.
_HAMLET = 0.3
#: So many names in one country make a village of another one unlikely.
_AT_HOME = 3
#: A city as important as this is known by its other spellings everywhere.
_WORLD_CITY = 0.65
#: Another spelling than the usual one is believed of names longer than this, of cities so large.
_SHORT_NAME, _CITY = 4, 200_000
#: How far a place holds others, in km.
_WITHIN_KM = 250.0
_FAR_BELOW = 1e3
#: Stands for a letter that an earlier conversion of the text lost.
_LOST = "\ufffd"


def limits(draft: Draft, units: NDArray[np.int32], top: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the highest probability that may be stated for the winner of each of the units.

    That a street lies near a town is no knowledge of where the street is, nor is its being named after a town
    ("Frenchmen Street", "Russian Embassy", "Irish Hill"), nor is a town the river or valley called so.  One
    that only resembles another, lost a letter or is a mere bearing ("the East") may be any name.
    Nothing is sure of a place that lies outside of the one the text puts it in.  Where nothing but its name
    is known, a town is no surer than its share of the inhabitants of all its namesakes.
    """
    chosen = np.full(len(draft.units), -1, np.int64)
    chosen[units] = top
    misplaced = elsewhere(draft, chosen.tolist())
    match, context = draft.pool.match[top], draft.context
    doubtful = _RESEMBLES[match] | among(units, list(misplaced))
    other_kind = KIND_FIT[context.kind[units], draft.places.group[top]] < 0
    names = [draft.units[unit].name for unit in units.tolist()]
    loosely = _LOOSE[match] | (draft.pool.name_kind[top] == ALTERNATE)
    stated = among(units, context.links[context.links[:, 2] == STATED, 0])
    # "Mambasa territory" is no city spelt so; "the Molenbeek district of Brussels" is what Brussels holds.
    spelt = ~stated & TOWN[draft.places.group[top]] & (draft.pool.name_kind[top] == SPELLING)
    loosely |= spelt & _UNIT_KIND[context.kind[units]]
    doubtful |= loosely & other_kind
    affixed = match == AFFIX
    if affixed.any():
        named_after = np.array([is_named_after(name) for name in names], bool)
        doubtful |= affixed & (named_after | _INHABITANT[draft.pool.name_kind[top]])
    valley = [unit.called.lower().endswith(" valley") for unit in draft.units]  # as "Tirah valley"
    water = np.array([unit.kind == _WATER and unit.called != "" for unit in draft.units], bool) | valley
    doubtful |= (match == BEGINNING) | other_kind & water[units]
    doubtful |= np.array([_LOST in name for name in names], bool)
    doubtful |= (context.kind[units] == _STREET) & _GIVES_NAMES[draft.places.group[top]]
    at_home = among(draft.places.country_row[top], draft.places.row[top])
    doubtful |= np.array([is_bearing(name) for name in names], bool) & ~stated & ~at_home
    doubtful |= _foreign(draft, units, chosen) & ~stated
    adrift = _adrift(draft, units, top) & ~stated
    if adrift.any():
        doubtful |= adrift & ~_told_in(draft, units, chosen)
    most = np.where(doubtful, DOUBTFUL, 1.0)
    near = match == NEARBY
    if near.any():
        most[near & ~_told_near(draft, units, chosen)] = GUESSED
    most[(_LOOSE[match] | (match == BEGINNING)) & (context.kind[units] == _STREET)] = GUESSED
    if context.home is None and not context.group.any() and not (context.links[:, 2] == STATED).any():
        most = np.minimum(most, _shares(draft)[top])
    return most


def _foreign(draft: Draft, units: NDArray[np.int32], chosen: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which winners are little known places abroad: all other names of the article are in one country.

    In an article on Cairo, Haram is no district of Norway.
    """
    places, group = draft.places, draft.context.group
    top = chosen[units]
    own = draft.pool.match[top] != NEARBY
    named = np.unique(
        np.array([group[units], places.country[top]])[:, own & (places.country[top] >= 0)], axis=1
    )
    counts = np.bincount(named[1])
    if not len(counts) or counts.max() < _AT_HOME or counts.max() < named.shape[1] - 1:
        return np.zeros(len(units), bool)
    foreign: NDArray[np.bool_] = LOCAL[places.group[top]] & (places.importance[top] < WELL_KNOWN)
    foreign &= places.country[top] != counts.argmax()
    return foreign


def spelt_abroad(draft: Draft, units: NDArray[np.int32], top: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which winners are towns of a country that no other name is in, and are usually spelt otherwise.

    Kom in an article on Kenya is some village there that no gazetteer has, and not Qom; but Kiev and Odessa
    are cities that the world knows in more than one spelling.  Nor is a country meant by what is mostly
    another's name: Abs in Yemen is not the United States.
    """
    pool, places, group = draft.pool, draft.places, draft.context.group
    own = (pool.match[top] != NEARBY) & (places.country[top] >= 0)
    named = np.unique(np.array([group[units], places.country[top]])[:, own], axis=1)
    country = np.maximum(places.country[top], 0)
    alone = np.bincount(named[1], minlength=int(country.max(initial=0)) + 1)[country] == 1
    kind = pool.name_kind[top]
    otherwise = (kind == ALTERNATE) | ((kind == SPELLING) & (places.importance[top] < _WORLD_CITY))
    spelt = (TOWN[places.group[top]] & otherwise) | (kind == CONTESTED)
    strange: NDArray[np.bool_] = own & spelt & alone & (named.shape[1] > _COMPANY)
    strange |= (kind == CONTESTED) & (places.group[top] == GROUPS.index("country"))
    return strange


def is_known_as(name: str, place: Place) -> bool:
    """Return whether a place is surely meant by a name that is not its usual one.

    It is where the name is only shorter, "New York" of New York City, and where it is another one of a large
    city, and long enough to be no village's by chance: Saigon and Peking, not Kom, nor Nante for Nantes.
    """
    usual, told = normalize(place.name), normalize(name)
    if set(told.split()) <= set(usual.split()):
        return True
    start = _alike(told, usual)
    end = _alike(told[start:][::-1], usual[start:][::-1])
    another = max(len(told), len(usual)) - start - end > 1
    town = place.feature_class == "P" and (place.population or 0) >= _CITY
    return another and town and len(name) > _SHORT_NAME


def _alike(a: str, b: str) -> int:
    """Return with how many letters both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


def _adrift(draft: Draft, units: NDArray[np.int32], top: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which winners are towns that only other ambiguous names speak for.

    "Salem, Dover and Auburn" agree in several states.  A name that by itself mostly means one place, such as
    a state or a city that is better known than its namesakes, holds those in it, or near it, in place; so
    does the publisher's home, but in a British newspaper Washington need not be the one near Sunderland.
    """
    pool, places = draft.pool, draft.places
    weight = np.where(pool.match == NEARBY, -_FAR_BELOW, 10 * (places.importance - PENALTY[pool.name_kind]))
    known = softmax(weight.astype(np.float32), pool.unit, len(draft.units))
    share = draft.peers.cluster(known)[top]
    adrift: NDArray[np.bool_] = TOWN[places.group[top]] & (share < _MOSTLY)
    if adrift.any():
        adrift &= ~_held(draft, units, top, known, share)
    if adrift.any():
        adrift[adrift] = ~_in_company(draft, top[adrift])
    return adrift


def _held(
    draft: Draft, units: NDArray[np.int32], top: NDArray[np.intp], known: Floats, share: Floats
) -> NDArray[np.bool_]:
    """Return which winners a name that mostly means one place, or the publisher's home, holds in place."""
    context = draft.context
    at = draft.places.take(top)
    keys = (draft.places.country + 1) * len(draft.units) + draft.pool.unit
    at_home = share / np.maximum(np.bincount(keys, known)[keys[top]], 1e-6) >= _MOSTLY
    group = context.group[units]
    firm = (share >= _FIRM)[None, :] & (group[:, None] != group)
    holds = (at.admin1[:, None] == at.row) | (at.admin2[:, None] == at.row)
    near = (apart_km(at.xyz, at.xyz) <= _WITHIN_KM) & LOCAL[at.group]
    # That there is a Bedminster near each is no reason to take a small Bristol for the large one, nor is any
    # town one to take a hamlet for the city of its name in the same country.
    fame = draft.places.importance - PENALTY[draft.pool.name_kind]
    dwarfed = at.importance + _FAR_LESS < draft.peers.most(fame)[top]
    at_most = np.full(len(keys), -np.inf, np.float32)
    np.maximum.at(at_most, numbered(keys), fame)
    hamlet = (at.importance < _HAMLET) & (at.importance + _FAR_LESS < at_most[numbered(keys)][top])
    holds |= near & ~(dwarfed[:, None] & (at.importance < _HOLDER)) & ~hamlet[:, None]
    holds |= (at.country_row[:, None] == at.row) & at_home[:, None]
    held: NDArray[np.bool_] = (firm & holds).any(1)
    if context.home is not None:
        held |= from_point(at, *context.home[:2]) <= _WITHIN_KM
        held |= (at.country == context.home[2]) & at_home & (share >= _HEARD_OF)
    return held


def _in_company(draft: Draft, top: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return whether two or more of the other names fit some winners, and fewer fit their namesakes.

    A name fits that some place near the winner, or in its first-level unit, bears: of Hamilton, Burlington
    and Halton there is one of each about Hamilton in Ontario, and nowhere else.
    """
    pool, places = draft.pool, draft.places
    named = np.flatnonzero(pool.match != NEARBY)
    asked = np.flatnonzero(among(pool.unit, pool.unit[top]))
    fits = (apart_km(places.xyz[asked], places.xyz[named]) <= CLOSE_KM) & LOCAL[places.group[named]]
    fits |= (places.admin1[asked, None] == places.admin1[named]) & (places.admin1[named] >= 0)
    bears = np.equal.outer(draft.context.group[pool.unit[named]], np.arange(len(draft.units)))
    others = (fits.astype(np.float32) @ bears.astype(np.float32)) > 0
    others[np.arange(len(asked)), draft.context.group[pool.unit[asked]]] = False
    company = np.zeros(len(pool), np.int64)
    company[asked] = others.sum(1)
    far = apart_km(places.xyz[top], places.xyz) >= CLOSE_KM
    far |= places.admin1[top, None] != places.admin1
    namesakes = far & (pool.unit == pool.unit[top][:, None])
    rival = np.where(namesakes, company, 0).max(1)
    enough: NDArray[np.bool_] = (company[top] >= _COMPANY) & (company[top] > rival)
    return enough


def _told_in(draft: Draft, units: NDArray[np.int32], chosen: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return whether each unit's chosen candidate lies in one it is tied to: "London, Ontario police"."""
    places = draft.places
    inner, outer, kind = draft.context.links.T
    tied = (kind != BESIDE) & (chosen[inner] >= 0) & (chosen[outer] >= 0)
    inner, outer = inner[tied], outer[tied]
    a, b = chosen[inner], chosen[outer]
    return among(units, inner[places.lies_in(a, b)])


def _told_near(draft: Draft, units: NDArray[np.int32], chosen: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return whether the text puts each unit at its chosen candidate: "Kuriga, a village in Kaduna"."""
    rows = draft.places.row
    told = {
        (inner, int(rows[chosen[outer]]))
        for inner, outer, kind in draft.context.links.tolist()
        if kind != BESIDE and chosen[outer] >= 0
    }
    return np.array([(unit, int(rows[chosen[unit]])) in told for unit in units.tolist()], bool)


def _shares(draft: Draft) -> NDArray[np.float64]:
    """Return each candidate's share of the inhabitants of its namesakes; of those that are no towns all.

    Unless they have a namesake elsewhere that is well known too, as Georgia has.
    """
    places, unit = draft.places, draft.pool.unit
    own_name = among(draft.pool.name_kind, (PRIMARY, SPELLING))
    town = TOWN[places.group] & own_name
    people = np.where(town, 10.0**places.population, 0)
    total = np.bincount(unit, people, len(draft.units))[unit]
    i, j = draft.peers.i, draft.peers.j
    known = (draft.pool.name_kind == PRIMARY) & (places.importance >= WELL_KNOWN)
    km = between_km(places.xyz[i], places.xyz[j])
    apart = km > places.radius[i] + places.radius[j]
    rivalled = np.bincount(i, known[j] & apart, len(unit)) > 0
    return np.where(town, people / np.maximum(total, 1), np.where(rivalled, DOUBTFUL, 1.0))
