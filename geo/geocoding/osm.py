"""What OpenStreetMap calls a thing, in GeoNames' feature classes and codes, as the gazetteer has them."""

from __future__ import annotations

_PLACES = {
    "country": ("A", "PCLI"),
    "state": ("A", "ADM1"),
    "region": ("L", "RGN"),
    "province": ("A", "ADM1"),
    "county": ("A", "ADM2"),
    "district": ("A", "ADM2"),
    "municipality": ("A", "ADM3"),
    "island": ("T", "ISL"),
    "islet": ("T", "ISL"),
    "archipelago": ("T", "ISLS"),
    "sea": ("H", "SEA"),
    "ocean": ("H", "OCN"),
    "suburb": ("P", "PPLX"),
    "quarter": ("P", "PPLX"),
    "neighbourhood": ("P", "PPLX"),
    "city_district": ("P", "PPLX"),
    "borough": ("P", "PPLX"),
    "locality": ("L", "LCTY"),
    "square": ("S", "SQR"),
    "farm": ("S", "FRM"),
}
_SETTLEMENTS = frozenset(
    ["city", "town", "village", "hamlet", "isolated_dwelling", "allotments", "postal_town"]
)
_THINGS = {
    ("natural", "bay"): ("H", "BAY"),
    ("natural", "strait"): ("H", "STRT"),
    ("natural", "spring"): ("H", "SPNG"),
    ("natural", "water"): ("H", "LK"),
    ("natural", "wetland"): ("H", "WTLD"),
    ("natural", "wood"): ("V", "FRST"),
    ("waterway", "dam"): ("S", "DAM"),
    ("waterway", "canal"): ("H", "CNL"),
    ("railway", "station"): ("S", "RSTN"),
    ("railway", "halt"): ("S", "RSTN"),
    ("amenity", "hospital"): ("S", "HSP"),
    ("amenity", "clinic"): ("S", "HSPC"),
    ("amenity", "school"): ("S", "SCH"),
    ("amenity", "university"): ("S", "UNIV"),
    ("amenity", "prison"): ("S", "PRN"),
    ("amenity", "courthouse"): ("S", "CTHSE"),
    ("amenity", "police"): ("S", "PP"),
    ("amenity", "marketplace"): ("S", "MKT"),
    ("amenity", "refugee_site"): ("P", "PPL"),
    ("man_made", "bridge"): ("S", "BDG"),
    ("power", "plant"): ("S", "PS"),
    ("landuse", "forest"): ("V", "FRST"),
    ("landuse", "military"): ("L", "MILB"),
    ("leisure", "park"): ("L", "PRK"),
    ("leisure", "stadium"): ("S", "STDM"),
    ("tourism", "museum"): ("S", "MUS"),
    ("tourism", "hotel"): ("S", "HTL"),
}
#: Where the value says no more than the key.
_KEYS = {
    "highway": ("R", "ST"),
    "railway": ("R", "RR"),
    "waterway": ("H", "STM"),
    "water": ("H", "LK"),
    "natural": ("T", ""),
    "mountain_pass": ("T", "PASS"),
    "aeroway": ("S", "AIRP"),
    "military": ("L", "MILB"),
    "bridge": ("S", "BDG"),
    "landuse": ("L", "AREA"),
    "boundary": ("L", "AREA"),
    "leisure": ("L", "AREA"),
}


def feature(key: str, value: str, address_type: str = "") -> tuple[str, str]:
    """Return GeoNames' feature class and code of an OSM object.

    Parameters
    ----------
    key, value : str
        Its main tag, such as ``place`` and ``village``.
    address_type : str
        What an administrative boundary bounds (Nominatim's ``addresstype``).

    Examples
    --------
    >>> feature("place", "village")
    ('P', 'PPL')
    >>> feature("boundary", "administrative", "state")
    ('A', 'ADM1')
    >>> feature("amenity", "bakery")
    ('S', 'BLDG')
    """
    if (key, value) == ("boundary", "administrative"):
        key, value = "place", address_type
    if key == "place":
        return ("P", "PPL") if value in _SETTLEMENTS else _PLACES.get(value, ("L", "AREA"))
    return _THINGS.get((key, value)) or _KEYS.get(key) or ("S", "BLDG")
