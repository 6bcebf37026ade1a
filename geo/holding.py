"""Whether one place holds another."""

from __future__ import annotations

import math

from dateline.geo.model import Resolution

#: First-level units that hold others: the Gaza Strip, whose governorates stand beside it.
_OF_UNITS = frozenset({"geonames:281132"})


def contains(outer: Resolution, inner: Resolution) -> bool:
    """Return whether a place is the country, unit or region that holds another."""
    a, b = outer.place, inner.place
    if a is None or b is None or a.id == b.id:
        return False
    if a.id in (b.admin1_id, b.admin2_id):
        return True
    if b.feature_class == "S" and a.feature_class == "P":
        return (
            abs(a.lat - b.lat) + abs(a.lon - b.lon) * 0.6 < (a.radius_km + 20) / 111
        )  # Pulkovo, St Petersburg
    if a.feature_code.startswith("PCL"):
        return a.country == b.country and not b.feature_code.startswith("PCL")
    if a.feature_class not in ("A", "L", "H", "T") or a.radius_km < 20 or a.radius_km < 2 * b.radius_km:
        return False
    if a.country and b.country and a.country != b.country:
        return False
    if a.admin1_id and b.admin1_id and a.feature_class == "A" and a.id not in _OF_UNITS:
        return False  # units whose hierarchy is known and differs
    if a.bbox and not (a.bbox[0] <= b.lon <= a.bbox[2] and a.bbox[1] <= b.lat <= a.bbox[3]):
        return False
    return math.hypot(a.lat - b.lat, (a.lon - b.lon) * math.cos(math.radians(b.lat))) * 111 <= a.radius_km
