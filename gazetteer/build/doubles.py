"""Settlements that the sources know under two ids."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Container

from dateline.gazetteer.build.pack import radius_of
from dateline.gazetteer.build.record import Places, Record
from dateline.gazetteer.names import normalize

#: Settlements of one name in one country that are so near to each other may be one, in km.
_NEAR = 3.0
#: Kilometres in a degree of latitude.
_DEGREE = 111.2


def merge(places: Places, by_all_names: Container[str] = ()) -> int:
    """Join settlements of one country and name of which one is only a shadow of the other.

    They lie within 3 km or the larger one's reach.  A shadow has no population where the other has one, or
    comes from Who's On First.  Hamlets of one name that GeoNames tells apart (the many Krajan of Java) stay.

    Parameters
    ----------
    by_all_names : container of str
        Ids of settlements whose other names are in use as well (our own tables'); among a source's names
        there are the neighbours'.

    Returns
    -------
    int
        How many were joined.
    """
    settlements = [record for record in places.values() if record.feature_class == "P"]
    settlements.sort(key=lambda record: (-record.least, -record.population, record.id))
    namesakes: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in settlements:
        namesakes[record.country, normalize(record.name)].append(record)
    merged = 0
    for record in settlements:
        names = record.names if record.id in by_all_names else [record.name]
        for name in dict.fromkeys(map(normalize, names)):
            for shadow in namesakes.get((record.country, name), ()):
                there = record.id in places and shadow.id in places and shadow is not record
                if there and _is_shadow(shadow, record):
                    _take_over(record, places.pop(shadow.id))
                    merged += 1
    return merged


def _is_shadow(shadow: Record, record: Record) -> bool:
    empty = shadow.population == 0 and (record.population > 0 or shadow.id.startswith("wof:"))
    east = (record.lon - shadow.lon) * math.cos(math.radians(record.lat))
    distance = math.hypot(record.lat - shadow.lat, east) * _DEGREE
    return empty and distance <= max(_NEAR, radius_of(record))


def _take_over(record: Record, shadow: Record) -> None:
    """Give a settlement the names, the rank and the units of its shadow, where it lacks them."""
    for name, kind in shadow.names.items():
        record.names.setdefault(name, kind)
    record.tagged += shadow.tagged
    if record.feature_code == "PPL":
        record.feature_code = shadow.feature_code
    record.admin1 = record.admin1 or shadow.admin1
    record.admin2 = record.admin2 or shadow.admin2
