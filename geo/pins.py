"""The point on the map of an event's place, how precisely that is known, and how far off it may be.

"Kupiansk" is a point; "20 km north of Kupiansk" another one, with a radius; "near", "off", "between" and "on
the outskirts of" leave a place near it; "eastern Ukraine" is a part of its outline; a country or a region is
drawn by its outline, not by its point.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from dateline.geo.apposition import UNITS
from dateline.geo.link_choice import Link
from dateline.geo.model import PINNED, EventPlace, Mention, Precision, Resolution
from dateline.geo.wordlists import wordlist

_EARTH_KM = 6371.0088
#: A pin set by hand with a larger radius than this says "near here".
_PINPOINT_KM = 5.0
#: A town's name that stands for its region or district, where the gazetteer's place is the town.
_REGION = "|".join(sorted(UNITS))
_DISTRICT = "district|raion|zone|cercle|LGA|woreda|territory"


def _unit(singular: str) -> re.Pattern[str]:
    """Return the pattern of such a word after a name, or after the list that the name is in."""
    plural = "|".join(re.sub("y$", "ie", word) + "s" for word in singular.split("|"))
    name = r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*"
    return re.compile(rf"\s(?:{singular})\b|(?:,? (?:and |or )?{name}){{0,6}} (?:{plural})\b")


_IN_REGION, _IN_DISTRICT = _unit(_REGION), _unit(_DISTRICT)
_UNITS_OF = re.compile(rf"\b(?:{_REGION.replace('|', 's|')}s) of (?:[A-Z][\w'’-]+(?:,? and |, | ))*$")
#: A name that nobody knows lies somewhere about the place that stands for it.
_UNKNOWN_KM = 100.0
#: How many km off an event may be that happened near a place, and beside the sea of it.
_NEAR = {"near": 15.0, "outside": 15.0, "around": 15.0, "off": 40.0}
_OUTSKIRTS = 10.0
#: How many km off what happened on a road may be from the town that names it.
_ROAD_KM = 50.0
_ROADS = "|".join(sorted(wordlist("roads")))
_ROAD_TO = re.compile(
    rf"\b(?:{_ROADS}) (?:to|from|towards?|leading to|out of)(?: the| \w+ of)? $", re.IGNORECASE
)
_ITS_ROAD = re.compile(rf"(?:[-–/][^\W\d_][\w'’]*(?: [A-Z][\w'’]*)?)? (?:{_ROADS})\b", re.IGNORECASE)
_OTHER_END = re.compile(r"[-–/]$")
_ROAD_NAMED = re.compile(rf"\b(?:{_ROADS}) [^\W\d_]\w*[-–/]$", re.IGNORECASE)
_AROUND_IT = re.compile(
    r"\b(?:suburbs?|outskirts|edge|vicinity|environs) of (?:the )?(?:\w+ )?$", re.IGNORECASE
)
_TAKE_OFF = re.compile(r"\b(?:take-?off|taking off|departure|departing|leaving) from $", re.IGNORECASE)
_ITS_SUBURB = re.compile(r"['’]s? (?:\w+ )?(?:suburbs?|outskirts)\b")


def pins(text: str, links: Sequence[Link]) -> list[EventPlace]:
    """Return the places of an event with their points; `text` is the article's."""
    ends = [link for link in links if link.spot.preposition == "between"]
    apart = _distance_km(*ends) / 2 if len(ends) == 2 else 0.0
    return [_pin(text, link, apart if link in ends else 0.0) for link in links]


def _pin(text: str, link: Link, between_km: float) -> EventPlace:
    resolution = link.spot.resolution
    place = resolution.place
    assert place is not None  # links are made of resolved mentions only
    start, end = resolution.mention.start, resolution.mention.end
    km, bearing = offset(text, start)
    lat, lon = place.lat, place.lon
    radius = max(place.radius_km, 1.0)
    precision = precision_of(resolution)
    region = _IN_REGION.match(text, end) or _UNITS_OF.search(text, max(0, start - 90), start)
    town = place.feature_class == "P" and place.feature_code != "PPLX"  # "Chapeltown district" is a quarter
    if precision == "exact" and region:
        precision, radius = "admin1", max(radius, 100.0)
    elif precision == "exact" and town and _IN_DISTRICT.match(text, end):
        precision, radius = "admin2", max(radius, 30.0)
    if resolution.match == "nearby":
        radius = max(radius, _UNKNOWN_KM)
    if part := resolution.part:
        lat, lon, radius = part.lat, part.lon, part.radius_km
        precision = "region" if precision == "country" else precision
    if precision != "exact":
        km = 0.0
    elif km and bearing is not None:
        precision, radius = "near", max(3.0, 0.3 * km)
        lat, lon = _moved(lat, lon, km, bearing)
    elif km:
        precision, radius = "near", radius + km
    elif doubt := max(between_km, _doubt_km(text, link)):
        precision, radius = "near", radius + doubt
    confidence = round(link.probability * resolution.probability, 3)
    return EventPlace(
        resolution, confidence, precision, round(radius, 1), lat, lon, km, (bearing or 0.0) if km else 0.0
    )


def _doubt_km(text: str, link: Link) -> float:
    """Return how far from a place "near", "off" or "a suburb of" it may be, 0 for the place itself."""
    mention = link.spot.resolution.mention
    around = _AROUND_IT.search(text, max(0, mention.start - 40), mention.start)
    if around or _ITS_SUBURB.match(text, mention.end):
        return _OUTSKIRTS
    if _is_on_road(text, mention):
        return _ROAD_KM
    if _BESIDE.search(text, max(0, mention.start - 60), mention.start):
        return _NEAR["near"]
    if _TAKE_OFF.search(text, max(0, mention.start - 60), mention.start):
        return _NEAR["near"]
    return _NEAR.get(link.spot.preposition, 0.0)


def _is_on_road(text: str, mention: Mention) -> bool:
    """Return whether a town only names a road: "the Gusau-Sokoto road", "the road to Kadugli"."""
    road = _ITS_ROAD.match(text, mention.end)
    two = "-" in mention.text or _OTHER_END.search(text, 0, mention.start)
    lead = max(0, mention.start - 60), mention.start
    return bool(
        _ROAD_TO.search(text, *lead)
        or _ROAD_NAMED.search(text, *lead)
        or (road and (two or road[0][0] in "-–/"))
    )


def _distance_km(a: Link, b: Link) -> float:
    """Return the distance of two places, on a plane."""
    x, y = a.spot.resolution.place, b.spot.resolution.place
    assert x is not None
    assert y is not None
    return (
        math.hypot(x.lat - y.lat, (x.lon - y.lon) * math.cos(math.radians(x.lat))) * _EARTH_KM * math.pi / 180
    )


def precision_of(resolution: Resolution) -> Precision:
    """Return how precisely a place tells where, as ACLED and UCDP code it."""
    place = resolution.place
    assert place is not None
    by_hand = place.source == PINNED and place.radius_km > _PINPOINT_KM
    if by_hand or resolution.match == "nearby":
        return "near"
    if place.feature_class == "A":
        if place.feature_code.startswith("PCL"):
            return "country"
        level = place.feature_code[:4]
        return "admin1" if level == "ADM1" else "admin2" if level == "ADM2" else "near"
    if place.feature_class in ("H", "L", "T", "V") and (place.radius_km > 25 or place.feature_code == "CONT"):
        return "region"
    return "exact"


def _moved(lat: float, lon: float, km: float, bearing: float) -> tuple[float, float]:
    """Return the point `km` from a point along a bearing, on a sphere."""
    a, b, c, d = math.radians(lat), math.radians(lon), math.radians(bearing), km / _EARTH_KM
    north = math.asin(math.sin(a) * math.cos(d) + math.cos(a) * math.sin(d) * math.cos(c))
    east = b + math.atan2(
        math.sin(c) * math.sin(d) * math.cos(a), math.cos(d) - math.sin(a) * math.sin(north)
    )
    return round(math.degrees(north), 5), round((math.degrees(east) + 540) % 360 - 180, 5)


#: The points of the compass, in words or letters: "south-southeast", "SSE".
_POINT = r"(?:(?:(?:north|south|east|west)[ -]?){1,3}(?:ern)?|(?-i:[NSEW]{1,3}))"
#: What stands between "of" and a name: "of the island of".
_NOUNS = rf"(?: (?:{'|'.join(sorted(wordlist('place_nouns')))}))*"
_OFFSET = re.compile(
    r"(?P<n>\d[\d,.]*|[a-z]+)[ -]?(?P<unit>km|kilomet(?:re|er)s?|(?:nautical )?miles?|mi)\b(?: \([^)]*\))?,? "
    rf"(?:to the )?(?:(?P<dir>{_POINT}) )?(?:of|from|outside|off){_NOUNS} $",
    re.IGNORECASE,
)
#: "North of Mosul" is outside of it, "in the north of Mosul" is not.
_BESIDE = re.compile(
    rf"(?:(?<!the )\b|\bto the )(?:(?:north|south|east|west)[ -]?){{1,3}} of{_NOUNS} $", re.IGNORECASE
)
#: What no offset is without; found out faster.
_MEASURE = re.compile(r"k[mi]|mi", re.IGNORECASE)
_COMPASS = (
    *("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W"),
    *("WNW", "NW", "NNW"),
)
#: Farther than this nothing is told to be from a town.
_FARTHEST_KM = 3000.0


def _bearing(point: str) -> float | None:
    """Return the degrees of a point of the compass.

    >>> _bearing("south-southeast"), _bearing("SSW"), _bearing("eastern")
    (157.5, 202.5, 90.0)
    """
    name = "".join(re.findall("[nsew](?=orth|outh|ast|est)", point.casefold())).upper() or point
    return 22.5 * _COMPASS.index(name) if name in _COMPASS else None


def offset(text: str, at: int) -> tuple[float, float | None]:
    """Return distance (km) and bearing (degrees, None if untold) that lead to a mention at an offset.

    >>> offset("shelling 20 km north of Kupiansk", 24)
    (20.0, 0.0)
    """
    lead = text[max(0, at - 70) : at]
    match = _OFFSET.search(lead) if _MEASURE.search(lead) else None
    if not match:
        return 0.0, None
    number = match["n"].casefold()
    value = _NUMBERS.get(number)
    if value is None:
        try:
            value = float(number.replace(",", ""))
        except ValueError:
            return 0.0, None
    unit = match["unit"].casefold()
    km = value * (1.852 if unit.startswith("nautical") else 1.609344 if unit.startswith("mi") else 1.0)
    if not 0 < km <= _FARTHEST_KM:
        return 0.0, None
    return round(km, 1), _bearing(match["dir"] or "")


_NUMBERS = {
    "a": 1.0,
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "four": 4.0,
    "five": 5.0,
    "six": 6.0,
    "seven": 7.0,
    "eight": 8.0,
    "nine": 9.0,
    "ten": 10.0,
    "twelve": 12.0,
    "fifteen": 15.0,
    "twenty": 20.0,
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "sixty": 60.0,
    "hundred": 100.0,
}
