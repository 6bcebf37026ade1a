"""The bundled basemap: countries, borders, first-level units, lakes and labels, from Natural Earth.

Two views of contested ground are bundled (docs/worldviews.md): ``"un"``, the default, draws the borders
that the United Nations recognise (Crimea in Ukraine, the Golan in Syria, Western Sahara apart);
``"de-facto"`` draws who holds the ground.  Contested borders are in a table of their own, to be drawn dashed.
"""

from __future__ import annotations

import functools
import gzip
import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal, get_args

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from dateline.errors import DataError, InputError

Worldview = Literal["un", "de-facto"]

CREDIT = "Natural Earth"


@dataclass(frozen=True, slots=True)
class Basemap:
    """Tables in EPSG:4326 (degrees); all polygons are valid and cut at the antimeridian.

    Parameters
    ----------
    countries : GeoDataFrame
        ``iso`` (ISO 3166-1 alpha-2, empty where there is none), ``name``, ``names`` (language -> name),
        ``label_lon``, ``label_lat``, ``zoom`` (web-map zoom from which it is labelled), polygons.
    land : GeoDataFrame
        One row: all countries as one shape.
    borders, disputed, admin1_lines : GeoDataFrame
        Lines between countries, contested ones (draw them dashed), and lines between first-level units.
    lakes : GeoDataFrame
        The larger lakes.
    cities : GeoDataFrame
        ``name``, ``zoom``, ``capital``, points; in the order in which labels matter.
    seas : GeoDataFrame
        ``name``, ``zoom``, label points.
    """

    countries: gpd.GeoDataFrame
    land: gpd.GeoDataFrame
    borders: gpd.GeoDataFrame
    disputed: gpd.GeoDataFrame
    admin1_lines: gpd.GeoDataFrame
    lakes: gpd.GeoDataFrame
    cities: gpd.GeoDataFrame
    seas: gpd.GeoDataFrame


def packed(worldview: Worldview = "un") -> bytes:
    """Return the basemap as it is bundled: gzipped JSON, which the HTML map embeds as it is.

    Raises
    ------
    InputError
        If there is no such worldview.
    DataError
        If the bundled file is missing.
    """
    if worldview not in get_args(Worldview):
        raise InputError(f"no worldview '{worldview}': choose one of {', '.join(get_args(Worldview))}")
    try:
        return files("dateline.maps").joinpath(f"data/basemap-{worldview}.json.gz").read_bytes()
    except OSError as error:
        raise DataError(
            f"the basemap '{worldview}' is missing: reinstall dateline, or run dateline.maps.build_basemap"
        ) from error


@functools.cache
def load(worldview: Worldview = "un") -> Basemap:
    """Load the bundled basemap.

    Parameters
    ----------
    worldview : {"un", "de-facto"}
        Whose borders to draw.

    Returns
    -------
    Basemap

    Examples
    --------
    >>> crimea = shapely.Point(34.1, 45.1)
    >>> countries = load().countries
    >>> countries.loc[countries.contains(crimea), "name"].item()
    'Ukraine'
    """
    content: dict[str, Any] = json.loads(gzip.decompress(packed(worldview)))
    grid = content["grid"]
    arcs = [_line(arc, grid) for arc in content["arcs"]]
    countries = _table(
        [
            {
                "iso": country["iso"],
                "name": country["names"]["en"],
                "names": country["names"],
                "label_lon": country["at"][0],
                "label_lat": country["at"][1],
                "zoom": country["zoom"],
            }
            for country in content["countries"]
        ],
        [_country(country["polygons"], arcs) for country in content["countries"]],
    )
    cities, seas = [*content["cities"], *_towns(content["towns"])], content["seas"]
    return Basemap(
        countries=countries,
        # Neighbours share every vertex, which this quicker union asks for.
        land=_table([{}], [shapely.coverage_union_all(countries.geometry.values)]),
        borders=_lines(content["borders"], grid),
        disputed=_lines(content["disputed"], grid),
        admin1_lines=_lines(content["admin1"], grid),
        lakes=_table(
            [{}] * len(content["lakes"]), [_polygon([_line(ring, grid)]) for ring in content["lakes"]]
        ),
        cities=_table(
            [{"name": name, "zoom": zoom, "capital": bool(capital)} for name, _, _, zoom, capital in cities],
            [shapely.Point(lon, lat) for _, lon, lat, _, _ in cities],
        ),
        seas=_table(
            [{"name": name, "zoom": zoom} for name, _, _, zoom in seas],
            [shapely.Point(lon, lat) for _, lon, lat, _ in seas],
        ),
    )


def _towns(classes: list[list[Any]]) -> list[tuple[str, float, float, float, int]]:
    """Return smaller towns as rows like those of cities; see ``town_labels`` in the builder."""
    return [
        (name, float(lon), float(lat), zoom, 0)
        for zoom, names, steps in classes
        for name, (lon, lat) in zip(names, _line(steps, 0.01), strict=True)
    ]


def _table(rows: list[dict[str, Any]], shapes: list[Any]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(pd.DataFrame(rows, index=range(len(rows))), geometry=shapes, crs=4326)


def _line(steps: list[int], grid: float) -> NDArray[np.float64]:
    """Decode a line: its first point, then the step from point to point, in units of the grid."""
    return np.round(np.cumsum(np.reshape(steps, (-1, 2)), axis=0) * grid, 6)


def _lines(lines: list[list[int]], grid: float) -> gpd.GeoDataFrame:
    return _table([{}] * len(lines), [shapely.LineString(_line(line, grid)) for line in lines])


def _country(polygons: list[list[list[int]]], arcs: list[NDArray[np.float64]]) -> Any:
    """Join arcs to rings (``~i`` is arc ``i`` backwards) and rings to a country."""
    shapes = []
    for rings in polygons:
        joined = [
            np.vstack([arcs[i][:-1] if i >= 0 else arcs[~i][:0:-1] for i in ring] + [_start(ring[0], arcs)])
            for ring in rings
        ]
        shapes.append(_polygon(joined))
    return shapely.union_all(shapes)


def _start(arc: int, arcs: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return the first point of an arc, to close its ring."""
    return arcs[arc][:1] if arc >= 0 else arcs[~arc][-1:]


def _polygon(rings: list[NDArray[np.float64]]) -> Any:
    return shapely.make_valid(shapely.Polygon(rings[0], rings[1:]))
