"""Alternate names that are other places' own: "Uman" is the city in Ukraine, not Oman in Kurdish."""

from __future__ import annotations

import math
from collections import defaultdict

from dateline.gazetteer.build.record import Places, Record
from dateline.gazetteer.names import normalize
from dateline.gazetteer.store import ALTERNATE, CONTESTED, PRIMARY

#: A settlement of fewer inhabitants, or of a smaller share of the other's, takes no name away: Cologne is in
#: Germany.  Capitals do.
_LEAST, _SHARE = 20_000, 0.1
#: Places so near to each other share their names: a town and its unit; in degrees.
_NEAR = 0.6


def settle(places: Places) -> None:
    """Mark the alternate names that another place of some account bears as its own.

    Sources give the places of the world the names that they have in any language, whoever else is called so.
    Such a name still finds its place, but last.  Names in English and those of our own tables are in use;
    those known to be of another language yield to anybody.
    """
    owners: dict[str, list[Record]] = defaultdict(list)
    for place in places.values():
        for key in {normalize(name) for name, kind in place.names.items() if kind == PRIMARY}:
            owners[key].append(place)
    for place in places.values():
        languages: dict[str, set[str]] = defaultdict(set)
        for language, name in place.tagged:
            languages[normalize(name)].add(language)
        for name, kind in place.names.items():
            key = normalize(name)
            if kind != ALTERNATE or "en" in languages[key] or key not in owners:
                continue
            foreign = bool(languages[key])
            if any((foreign or _counts(owner, place)) and _apart(place, owner) for owner in owners[key]):
                place.names[name] = CONTESTED


def _counts(owner: Record, other: Record) -> bool:
    if owner.feature_code in ("ADM1", "PPLC") or owner.feature_code.startswith("PCL"):
        return True
    settled = owner.feature_class == "P" and owner.population >= _LEAST
    return settled and owner.population >= _SHARE * other.population


def _apart(a: Record, b: Record) -> bool:
    """Return whether two places are not one and the same, nor one the other's unit or country."""
    if b.id in (a.admin1, a.admin2) or (a.country == b.country and b.feature_code.startswith("PCL")):
        return False
    return math.hypot(a.lat - b.lat, a.lon - b.lon) > _NEAR
