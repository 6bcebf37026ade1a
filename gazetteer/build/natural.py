"""Seas, lakes, rivers, ranges, deserts, islands and disputed areas (Natural Earth), with their shapes."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely

from dateline.errors import MissingExtraError
from dateline.gazetteer.build import wof
from dateline.gazetteer.build.record import Places, Record
from dateline.gazetteer.names import normalize
from dateline.gazetteer.store import ALTERNATE, PRIMARY, SPELLING

#: Kind of feature there -> (feature class, feature code) of GeoNames.
CODES = {
    "ocean": ("H", "OCN"), "sea": ("H", "SEA"), "gulf": ("H", "GULF"), "bay": ("H", "BAY"),
    "strait": ("H", "STRT"),
    "channel": ("H", "CHN"), "sound": ("H", "SD"), "fjord": ("H", "FJD"), "river": ("H", "STM"),
    "inlet": ("H", "INLT"), "lagoon": ("H", "LGN"), "reef": ("H", "RF"),
    "lake": ("H", "LK"), "reservoir": ("H", "RSV"), "alkaline lake": ("H", "LK"), "lake centerline": ("", ""),
    "canal": ("H", "CNL"), "range/mtn": ("T", "MTS"), "desert": ("T", "DSRT"), "island": ("T", "ISL"),
    "island group": ("T", "ISLS"), "pen/cape": ("T", "PEN"), "peninsula": ("T", "PEN"), "plain": ("T", "PLN"),
    "plateau": ("T", "PLAT"), "basin": ("T", "DPR"), "depression": ("T", "DPR"), "delta": ("T", "DLTA"),
    "valley": ("T", "VAL"), "gorge": ("T", "GRGE"), "lowland": ("T", "PLN"), "tundra": ("L", "RGN"),
    "wetlands": ("H", "SWMP"), "foothills": ("T", "HLLS"), "isthmus": ("T", "ISTH"), "coast": ("L", "CST"),
    "geoarea": ("L", "RGN"), "continent": ("", ""), "dragons-be-here": ("", ""),
    "mountain": ("T", "MT"), "cape": ("T", "CAPE"), "pass": ("T", "PASS"), "waterfall": ("H", "FLLS"),
}  # fmt: skip
_TOLERANCE = 0.03
#: What Natural Earth draws smaller than this, in square degrees, is a splinter that an overlay left behind.
_SPLINTER = 2e-5
#: Reach of a feature that is a point on the map: a summit, a cape, an atoll.
_POINT_KM = 5.0
#: How Natural Earth shortens names on its maps.
_SHORT = {
    "I.": "Island", "Is.": "Islands", "Isands": "Islands", "Mts.": "Mountains", "Mt.": "Mountain",
    "Ra.": "Range", "Pen.": "Peninsula", "Plat.": "Plateau", "Str.": "Strait", "Sd.": "Sound",
    "Arch.": "Archipelago", "Pk.": "Peak",
}  # fmt: skip
_LAST_WORD = re.compile(r"(?<=\s)(\w+\.?)$")
#: Words that news leaves out or adds: "Strait of Hormuz" and "Hormuz Strait", "Dnieper River".
_WORDS = {
    "river": ("River",), "lake": ("Lake",), "reservoir": ("Reservoir",), "range/mtn": ("Mountains",),
    "island": ("Island",),
    "desert": ("Desert",),
}  # fmt: skip
#: Words that stand before a name or after it: "Strait of Taiwan" and "Taiwan Strait".
_MOVABLE = "Straits?|Gulf|Bay"
_BEFORE = re.compile(rf"^({_MOVABLE}) of (?:the )?(.+)$")
_AFTER = re.compile(rf"^(.+) ({_MOVABLE})$")
#: A peninsula is also called by its bare name (Noto, Yamal), but not by an adjective (Iberian, Korean).
_PENINSULA = re.compile(r"^(\w{3,}[^\Wns]) Peninsula$")
#: What a country may hold, and how near another's coast may not be, in degrees.
_OF_COUNTRIES = frozenset(("ISL", "ISLS", "MT", "LK", "RSV", "VAL", "PEN", "PLAT", "CAPE", "VLC"))
_COAST = 0.2
#: What is wider, in degrees, reaches round the world.
_ROUND = 180.0
#: What the name of a mountain begins with in its own language: English says Mount Etna, or Etna.
_MOUNT = re.compile(
    r"^(Mt\.|Mount|Gora|Gunung|Jabal|Jebel|Mont|Monte|Cerro|Nevado|Pico|Volcán|Vulkan|Pik|Pic) "
)


def features(path: Path) -> list[dict[str, Any]]:
    """Read a GeoJSON file, packed with 7-zip or not."""
    if path.suffix == ".7z":
        try:
            import py7zr
        except ImportError as error:
            raise MissingExtraError("Building the gazetteer", "build") from error
        factory = py7zr.io.BytesIOFactory(limit=1 << 30)
        with py7zr.SevenZipFile(path) as archive:
            archive.extractall(factory=factory)
        (content,) = (p.read() for n, p in factory.products.items() if n.endswith(".json"))
    else:
        content = path.read_bytes()
    found: list[dict[str, Any]] = json.load(io.BytesIO(content))["features"]
    return found


def title(name: str) -> str:
    """Write "GULF OF ADEN" as "Gulf of Aden" and a shortened last word in full; mixed case stays.

    Examples
    --------
    >>> title("GULF OF ADEN"), title("CÔTE D'IVOIRE"), title("Wrangel I."), title("Caribbean  Sea")
    ('Gulf of Aden', "Côte d'Ivoire", 'Wrangel Island', 'Caribbean Sea')
    """
    name = " ".join(name.split())
    if name == name.upper():
        name = re.sub(r"[^\W\d_]+", lambda match: match.group().capitalize(), name)
        small = r"\b(Of|The|De|Del|La|Las|Los|And|Et|Du|Des|Da|Do)\b"
        name = re.sub(small, lambda match: match.group().lower(), name)
        name = re.sub(r"\bD'(?=\w)", "d'", name)
    name = re.sub(r"^Mt\. ?", "Mount ", name)
    name = _LAST_WORD.sub(lambda match: _SHORT.get(match[1], match[1]), name)
    return name[:1].upper() + name[1:]


def slug(name: str) -> str:
    """Return a name as the key of an id."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-") or "unnamed"


def _shapes(folder: Path) -> Iterator[tuple[str, str, list[str], shapely.Geometry]]:
    """Yield (kind, name, other names, shape) of every named feature, parts of one feature apart."""
    files = (
        "geography_marine_polys.7z",
        "geography_regions_polys.7z",
        "lakes.7z",
        "rivers_lake_centerlines.7z",
        "geography_regions_elevation_points.json",
        "geography_regions_points.json",
    )
    for file in files:
        for feature in features(folder / f"ne_10m_{file}"):
            fields = {key.lower(): value for key, value in feature["properties"].items()}
            name, kind = fields.get("name") or "", (fields.get("featurecla") or "").lower()
            if not name or CODES.get(kind, ("", ""))[0] == "" or feature["geometry"] is None:
                continue
            if kind == "river" and (fields.get("scalerank") or 0) > 8:
                continue
            other = [fields.get(key) or "" for key in ("name_en", "name_alt", "namealt", "name_fr", "label")]
            shape = shapely.simplify(
                shapely.make_valid(shapely.from_geojson(json.dumps(feature["geometry"]))), _TOLERANCE
            )
            if not shape.is_empty:
                yield kind, title(name), [title(n) for n in other if n], shape


def disputed(folder: Path) -> dict[str, shapely.Geometry]:
    """Return the polygons of disputed areas by ``disputed:NAME``, with _ for spaces."""
    found: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for feature in features(folder / "ne_10m_admin_0_disputed_areas.json"):
        shape = shapely.make_valid(shapely.from_geojson(json.dumps(feature["geometry"])))
        name = feature["properties"]["BRK_NAME"].replace(" ", "_")
        found[f"disputed:{name}"].append(shapely.simplify(shape, _TOLERANCE / 10))
    return {name: shapely.union_all(parts) for name, parts in found.items()}


def add_features(places: Places, folder: Path, marine: Path) -> None:
    """Add the features; parts that share kind and name and lie near each other are one place.

    `marine` is the Who's On First extract that knows the seas in many languages.
    """
    translations = {
        normalize(row.name): row for row in wof.rows(marine) if row.placetype in ("marinearea", "ocean")
    }
    groups: dict[tuple[str, str], list[tuple[list[str], shapely.Geometry]]] = defaultdict(list)
    for kind, name, other, shape in _shapes(folder):
        groups[kind, name].append((other, shape))
    splinters = {key for key, parts in groups.items() if all(_is_splinter(shape) for _, shape in parts)}
    whole = {name for _, name in groups.keys() - splinters}
    for (kind, name), parts in groups.items():
        if (kind, name) in splinters and name in whole:
            continue
        for number, members in enumerate(_clusters(parts)):
            _add(places, kind, name, members, number, translations)


def add_countries(places: Places, nations: dict[str, shapely.Geometry]) -> None:
    """Say in which country an island, a mountain or a lake lies that one country holds: Luzon, Etna."""
    codes, outlines = list(nations), list(nations.values())
    tree = shapely.STRtree(outlines)
    for record in places.values():
        if not record.id.startswith("ne:") or record.country or record.feature_code not in _OF_COUNTRIES:
            continue
        shape = shapely.Point(record.lon, record.lat) if record.shape is None else record.shape
        near = tree.query(shape, predicate="dwithin", distance=_COAST)
        if len(near) == 1 and tree.query(shape, predicate="intersects").tolist() == near.tolist():
            record.country = codes[near[0]]


def _is_splinter(shape: shapely.Geometry) -> bool:
    return bool(shapely.get_dimensions(shape) == 2 and shape.area < _SPLINTER)


def _clusters(
    parts: list[tuple[list[str], shapely.Geometry]],
) -> list[list[tuple[list[str], shapely.Geometry]]]:
    """Join parts within 5 degrees of each other: a river's reaches are one, two Red Rivers are not."""
    clusters: list[list[tuple[list[str], shapely.Geometry]]] = []
    for part in parts:
        touching = [c for c in clusters if any(part[1].distance(other[1]) < 5 for other in c)]
        merged = [part]
        for cluster in touching:
            merged = cluster + merged
            clusters.remove(cluster)
        clusters.append(merged)
    return clusters


def _add(
    places: Places, kind: str, name: str, members: list[tuple[list[str], shapely.Geometry]], number: int,
    translations: dict[str, wof.Row],
) -> None:  # fmt: skip
    """Add one feature."""
    shape = shapely.union_all([shape for _, shape in members])
    shape = _of_one_dimension(shape)
    splinter = _is_splinter(shape)
    point = shapely.box(*shape.bounds).centroid if splinter else _middle(shape)
    feature_class, code = CODES[kind]
    if kind == "lake" and "reservoir" in name.lower():
        code = "RSV"
    id = f"ne:{slug(name)}" + (f"-{number + 1}" if number else "")
    if id in places:
        id = f"ne:{slug(name)}-{slug(kind)}" + (f"-{number + 1}" if number else "")
    record = Record(
        id=id, name=name, lat=round(point.y, 3), lon=round(point.x, 3), feature_class=feature_class,
        feature_code=code,
    )  # fmt: skip
    if shapely.get_dimensions(shape) > 0 and not splinter:
        record.shape = shape
    else:
        record.radius_km = _POINT_KM
    record.add([name], PRIMARY)
    record.add((other for others, _ in members for other in others), ALTERNATE)
    for word in _WORDS.get(kind, ()):
        if word.lower() not in name.lower():
            record.add([f"Lake {name}" if word == "Lake" else f"{name} {word}"], PRIMARY)
    record.add(_turned(name), SPELLING)
    record.add(_PENINSULA.findall(name), ALTERNATE)
    if kind == "mountain":
        bare = _MOUNT.sub("", name)
        record.add([bare, f"Mount {bare}"], PRIMARY)
    row = translations.get(normalize(name))
    if row is not None and feature_class == "H":
        record.tagged = wof.names_by_language(row)
        record.add((name for _, name in record.tagged), ALTERNATE)
    places[id] = record


def _middle(shape: shapely.Geometry) -> shapely.Point:
    """Return the centroid, or the point of the shape next to it; of what crosses 180° E, some point of it."""
    west, _, east, _ = shape.bounds
    if east - west > _ROUND:
        return shape.representative_point()
    line = shapely.shortest_line(shape, shape.centroid)
    return shapely.get_point(line, 0)


def _turned(name: str) -> list[str]:
    """Return the name of a water with its kind at the other end.

    Examples
    --------
    >>> _turned("Taiwan Strait"), _turned("Gulf of Aden"), _turned("Red Sea")
    (['Strait of Taiwan'], ['Aden Gulf'], [])
    """
    if match := _BEFORE.match(name):
        return [f"{match[2]} {match[1]}"]
    return [f"{match[2]} of {match[1]}"] if (match := _AFTER.match(name)) else []


def _of_one_dimension(shape: shapely.Geometry) -> shapely.Geometry:
    """Keep the parts of the highest dimension: union and repair may leave stray lines and points."""
    parts = shapely.get_parts(shape)
    top = shapely.get_dimensions(parts).max()
    kept = [part for part in parts if shapely.get_dimensions(part) == top]
    return shapely.line_merge(shapely.multilinestrings(kept)) if top == 1 else shapely.union_all(kept)
