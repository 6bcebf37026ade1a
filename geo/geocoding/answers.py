"""Reading what the services answer into :class:`~dateline.gazetteer.Place`, as the gazetteer gives it.

The readers take an answer's shape on trust; :class:`~dateline.geo.geocoding.services.Service` turns what
they then raise into one sentence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from dateline.gazetteer import Place
from dateline.geo.geocoding.osm import feature

#: The line that OpenStreetMap's licence (ODbL 1.0) asks for wherever its data is shown.
OSM_LICENCE = "© OpenStreetMap contributors, ODbL 1.0"

_OSM_TYPES = {"n": "node", "w": "way", "r": "relation", "node": "node", "way": "way", "relation": "relation"}
OSM_SERVICES = frozenset(
    {"nominatim", "pickpoint", "openmapquest", "photon", "opencage", "pelias", "geocodeearth"}
)


def _text(value: object, longest: int = 200) -> str:
    """Return a name from an answer as one line, or nothing."""
    return " ".join(str(value).split())[:longest] if isinstance(value, str | int) else ""


def _number(value: object) -> int:
    """Return a population such as "1 200", or 0."""
    digits = "".join(char for char in str(value) if char.isdecimal())
    return int(digits) if digits.isascii() and 0 < len(digits) < 11 else 0


def _radius(box: tuple[float, float, float, float] | None, feature_code: str) -> float:
    """Return how far a place reaches in km: half the diagonal of its box, else by its kind."""
    if box is None:
        return 2.0 if feature_code.startswith("PPL") else 0.5
    west, south, east, north = box
    wide = math.radians((east - west) % 360) * math.cos(math.radians((south + north) / 2))
    return round(max(0.05, math.hypot(wide, math.radians(north - south)) * 6371.0 / 2), 3)


def _place(raw_box: Any, **known: Any) -> Place:
    box = None
    if raw_box is not None:
        west, south, east, north = (float(value) for value in raw_box)
        if -90 <= south <= north <= 90 and abs(west) <= 180 and abs(east) <= 180:
            box = (west, south, east, north)
    return Place(**known, bbox=box, radius_km=_radius(box, known.get("feature_code", "")))


def _osm_id(known: Mapping[str, Any]) -> str:
    return f"osm:{_OSM_TYPES[known['osm_type'].lower()]}/{int(known['osm_id'])}"


def _source(service: str) -> str:
    return f"OpenStreetMap through {service} ({OSM_LICENCE})"


def _read_nominatim(service: str, raw: Mapping[str, Any], location: Any) -> Place:
    address = raw.get("address") or {}
    key, value = raw.get("class") or raw.get("category") or "", raw.get("type") or ""
    osm_class, osm_code = feature(key, value, raw.get("addresstype") or "")
    south, north, west, east = raw.get("boundingbox") or (None,) * 4
    return _place(
        None if south is None else (west, south, east, north),
        id=_osm_id(raw) if "osm_type" in raw else f"{service}:{int(raw['place_id'])}",
        name=_text(raw.get("name")) or _text(raw["display_name"]).partition(",")[0],
        lat=float(raw["lat"]),
        lon=float(raw["lon"]),
        feature_class=osm_class,
        feature_code=osm_code,
        country=_text(address.get("country_code")).upper(),
        country_name=_text(address.get("country")),
        admin1=_text(address.get("state") or address.get("region") or address.get("province")),
        admin2=_text(address.get("county") or address.get("district")),
        population=_number((raw.get("extratags") or {}).get("population", "")),
        source=_source(service),
        names=_names(raw.get("namedetails") or {}),
    )


def _names(details: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the names of ``name``, ``name:uk``, ``alt_name:en``... as (language, name)."""
    return tuple(
        (key.partition(":")[2][:2], text)
        for key, value in details.items()
        for name in str(value).split(";")
        if (text := _text(name))
    )


def _read_photon(service: str, raw: Mapping[str, Any], location: Any) -> Place:
    known = raw["properties"]
    osm_class, osm_code = feature(
        _text(known.get("osm_key")), _text(known.get("osm_value")), _text(known.get("type"))
    )
    lon, lat = raw["geometry"]["coordinates"]
    west, north, east, south = known.get("extent") or (None,) * 4
    return _place(
        None if west is None else (west, south, east, north),
        id=_osm_id(known),
        name=_text(known.get("name")),
        lat=float(lat),
        lon=float(lon),
        feature_class=osm_class,
        feature_code=osm_code,
        country=_text(known.get("countrycode")).upper(),
        country_name=_text(known.get("country")),
        admin1=_text(known.get("state")),
        admin2=_text(known.get("county")),
        source=_source(service),
    )


_PELIAS_LAYERS = {
    "country": ("A", "PCLI"),
    "dependency": ("A", "PCLD"),
    "region": ("A", "ADM1"),
    "macroregion": ("L", "RGN"),
    "county": ("A", "ADM2"),
    "localadmin": ("A", "ADM3"),
    "locality": ("P", "PPL"),
    "borough": ("P", "PPLX"),
    "neighbourhood": ("P", "PPLX"),
    "street": ("R", "ST"),
}


def _read_pelias(service: str, raw: Mapping[str, Any], location: Any) -> Place:
    known = raw["properties"]
    source, layer, key = _text(known.get("source")), _text(known.get("layer")), _text(known.get("source_id"))
    prefix = {"openstreetmap": "osm", "whosonfirst": "wof", "geonames": "geonames"}.get(
        source, source or service
    )
    lon, lat = raw["geometry"]["coordinates"]
    osm_class, osm_code = _PELIAS_LAYERS.get(layer, ("S", "BLDG"))
    return _place(
        raw.get("bbox"),
        id=f"{prefix}:{key}" if key else f"{service}:{lat:.5f},{lon:.5f}",
        name=_text(known.get("name")),
        lat=float(lat),
        lon=float(lon),
        feature_class=osm_class,
        feature_code=osm_code,
        country=_text(known.get("country_code")).upper(),
        country_name=_text(known.get("country")),
        admin1=_text(known.get("region")),
        admin2=_text(known.get("county")),
        source=_source(service) if prefix == "osm" else f"{source or 'data'} through {service}",
    )


def _read_opencage(service: str, raw: Mapping[str, Any], location: Any) -> Place:
    known = raw.get("components") or {}
    kind = _text(known.get("_type"))
    osm_class, osm_code = feature(
        "highway" if kind == "road" else "place" if known.get("_category") == "place" else "amenity", kind
    )
    lat, lon = float(raw["geometry"]["lat"]), float(raw["geometry"]["lng"])
    bounds = raw.get("bounds")
    corners = bounds and [bounds[end][axis] for end in ("southwest", "northeast") for axis in ("lng", "lat")]
    return _place(
        corners,
        id=f"opencage:{lat:.5f},{lon:.5f}",
        name=_text(known.get(kind)) or _text(raw["formatted"]).partition(",")[0],
        lat=lat,
        lon=lon,
        feature_class=osm_class,
        feature_code=osm_code,
        country=_text(known.get("ISO_3166-1_alpha-2") or known.get("country_code")).upper(),
        country_name=_text(known.get("country")),
        admin1=_text(known.get("state")),
        admin2=_text(known.get("county")),
        source=_source(service),
    )


_GOOGLE_TYPES = {
    "country": ("A", "PCLI"),
    "administrative_area_level_1": ("A", "ADM1"),
    "administrative_area_level_2": ("A", "ADM2"),
    "locality": ("P", "PPL"),
    "sublocality": ("P", "PPLX"),
    "neighborhood": ("P", "PPLX"),
    "route": ("R", "ST"),
    "natural_feature": ("T", ""),
    "hospital": ("S", "HSP"),
    "airport": ("S", "AIRP"),
}


def _read_google(service: str, raw: Mapping[str, Any], location: Any) -> Place:
    parts = {kind: part for part in reversed(raw["address_components"]) for kind in part["types"]}
    known = next(
        (_GOOGLE_TYPES[kind] for kind in raw.get("types", ()) if kind in _GOOGLE_TYPES), ("S", "BLDG")
    )
    return _place(
        None,
        id=f"google:{_text(raw['place_id'])}",
        name=_text(raw["address_components"][0]["long_name"]),
        lat=location.latitude,
        lon=location.longitude,
        feature_class=known[0],
        feature_code=known[1],
        country=_text(parts.get("country", {}).get("short_name")).upper(),
        country_name=_text(parts.get("country", {}).get("long_name")),
        admin1=_text(parts.get("administrative_area_level_1", {}).get("long_name")),
        admin2=_text(parts.get("administrative_area_level_2", {}).get("long_name")),
        source="Google Maps",
    )


_COUNTRY_KEYS = frozenset(
    ["country_code", "countrycode", "countrycodeiso2", "iso_3166-1_alpha-2", "country_code_2"]
)


def _country(raw: object, depth: int = 4) -> str:
    """Return the alpha-2 code that any service's answer states, or nothing."""
    if not depth or not isinstance(raw, Mapping):
        return ""
    for key, value in raw.items():
        if str(key).lower() in _COUNTRY_KEYS and isinstance(value, str) and len(value) == 2:
            return value.upper()
    return next((code for value in raw.values() if (code := _country(value, depth - 1))), "")


def read_any(service: str, raw: Mapping[str, Any], location: Any) -> Place:
    """Read the answer of a service without a reader of its own: name, point, and country where stated."""
    return _place(
        None,
        id=f"{service}:{location.latitude:.5f},{location.longitude:.5f}",
        name=_text(location.address).partition(",")[0],
        lat=location.latitude,
        lon=location.longitude,
        country=_country(raw),
        source=service,
    )


READERS: Mapping[str, Callable[[str, Mapping[str, Any], Any], Place]] = {
    **dict.fromkeys(("nominatim", "pickpoint", "openmapquest"), _read_nominatim),
    "photon": _read_photon,
    **dict.fromkeys(("pelias", "geocodeearth"), _read_pelias),
    "opencage": _read_opencage,
    **dict.fromkeys(("google", "googlev3"), _read_google),
}
