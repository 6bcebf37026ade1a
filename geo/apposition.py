"""Whether a place is named with the one that holds it: "Izium, in Kharkiv region", "Durán, Ecuador"."""

from __future__ import annotations

from dateline.geo.holding import contains
from dateline.geo.link_features import Scene
from dateline.geo.spots import Spot
from dateline.geo.wordlists import wordlist

#: Words that make a unit of a town's name.
UNITS = frozenset({"region", "oblast", "province", "governorate", "prefecture"})
_PLACE_NOUNS = wordlist("place_nouns")


def only_tells_where(scene: Scene, outer: Spot, inner: Spot) -> bool:
    """Return whether the outer place only says where the inner one lies.

    "Izium, in Kharkiv region", "In Wales, ... at Newport", "the Black Sea port of Novorossiysk"; but "across
    the Gaza Strip, most of them in Khan Younis" names two.
    """
    if outer is inner:
        return False
    between = scene.lowers[min(outer.last, inner.last) + 1 : max(outer.first, inner.first)]
    if between in (["and"], ["or"]):
        return False  # "between Kidal and Tessalit"
    if between == ["in"] and inner.preposition == "at" and inner.first < outer.first:
        return True  # "at Dinhata in Cooch Behar"
    if (
        outer.first < inner.first
        and between
        and between[-1] == "of"
        and all(w in _PLACE_NOUNS for w in between)
    ):
        return True
    if not contains(outer.resolution, inner.resolution):
        return outer.first > inner.first and coarser(scene, outer, inner) and apposed(scene, outer, inner)
    whole = outer.resolution.place
    if whole is not None and whole.feature_code.startswith("PCL"):
        return True
    return outer.first > inner.first or outer.first <= 4 or len(between) <= 6


def apposed(scene: Scene, outer: Spot, inner: Spot) -> bool:
    """Return whether an outer place stands right after the inner one: "Izium, in Kharkiv region"."""
    between = scene.lowers[inner.last + 1 : outer.first]
    after = scene.lowers[outer.last + 1] if outer.last + 1 < len(scene.lowers) else "."
    if between == [","] and after in ("and", "or"):
        return False  # a list
    return 0 < len(between) <= 5 and all(
        w in (",", "in", "the", "(", "'s", "of") or w in _PLACE_NOUNS for w in between
    )


def names_container(scene: Scene, inner: Spot, outer: Spot) -> bool:
    """Return whether a place is named with the one that holds it: "Durán, Ecuador"."""
    return scene.lowers[inner.last + 1 : outer.first] == [","] and contains(
        outer.resolution, inner.resolution
    )


def coarser(scene: Scene, outer: Spot, inner: Spot) -> bool:
    """Return whether a unit or region may hold a town whose own unit the gazetteer does not tell."""
    a, b = outer.resolution.place, inner.resolution.place
    if a is not None and b is not None and b.feature_class != "A" and _is_unit(scene, outer):
        apart = bool(a.admin1_id and b.admin1_id) and a.admin1_id != b.admin1_id  # "Sumy, Kharkiv region"
        return a.country == b.country and not apart
    if a is None or b is None or (a.country and b.country and a.country != b.country):
        return False
    if a.feature_class == b.feature_class == "P":  # "Croydon, south London"
        near = abs(a.lat - b.lat) < 0.3 and abs(a.lon - b.lon) < 0.5
        return near and (a.population > 3 * b.population or _closes_pair(scene, outer, inner))
    return a.feature_class in ("A", "L") and b.feature_class in ("P", "S", "T")


def _is_unit(scene: Scene, spot: Spot) -> bool:
    """Return whether a name is a unit's by the word after it: "Kharkiv region"."""
    return spot.last + 1 < len(scene.lowers) and scene.lowers[spot.last + 1] in UNITS


def _closes_pair(scene: Scene, outer: Spot, inner: Spot) -> bool:
    """Return whether a place ends a pair that is no list: "in Jean-Denis, Petite-Riviere, gunmen shot"."""
    after = scene.after(outer)
    goes_on = after is not None and after.first <= outer.last + 3
    commas = (
        scene.lowers[inner.last + 1 : outer.first] == [","] == scene.lowers[outer.last + 1 : outer.last + 2]
    )
    return outer.preposition == "in" and commas and not goes_on
