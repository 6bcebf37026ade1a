"""The country of places in contested areas, set by rule: the one the United Nations recognises.

The sources disagree (settlements in the West Bank under IL, Crimean towns under RU); a table decides instead.
"""

from __future__ import annotations

import numpy as np
import shapely

from dateline.gazetteer.build.record import Places

#: Polygon (ISO 3166-2 code or ``disputed:NAME``) -> (country, countries that the sources give instead).
#: Only these
#: are overruled, since a polygon is not exact: Egypt's half of Rafah must not fall to the Gaza Strip.
RECOGNISED = {
    "UA-43": ("UA", "RU"),
    "UA-40": ("UA", "RU"),
    "PS-WBK": ("PS", "IL"),
    "PS-GZZ": ("PS", "IL"),
    "disputed:Golan_Heights": ("SY", "IL"),
    "disputed:Nagorno-Karabakh": ("AZ", "AM"),
    "disputed:N._Cyprus": ("CY", "TR"),
    "disputed:South_Ossetia": ("GE", "RU"),
    "GE-AB": ("GE", "RU"),
}
#: Cities divided by the line that belong to neither side's rule; they keep their source's country.
EXCEPT = frozenset({"geonames:281184"})


def settle(places: Places, units: dict[str, shapely.Geometry]) -> int:
    """Set the countries; return how many records changed."""
    records = [p for p in places.values() if p.feature_class in "PS" and p.id not in EXCEPT]
    lon, lat = np.array([p.lon for p in records]), np.array([p.lat for p in records])
    changed = 0
    for code, (country, other) in RECOGNISED.items():
        shape = units[code]
        shapely.prepare(shape)
        for index in np.flatnonzero(shapely.intersects_xy(shape, lon, lat)):
            record = records[index]
            if record.country == other:
                record.country = country
                # A unit of the other country is no longer the place's.
                record.admin1 = record.admin2 = ""
                changed += 1
    return changed
