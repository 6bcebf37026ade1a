"""The data of an HTML map: the tables of docs/schema.md as compact JSON that cannot leave its element.

Every value that came from an article is data here and nothing else; the page sets it as text.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from dateline.maps import counts, palette
from dateline.maps.layers import layer
from dateline.maps.tables import Tables

#: JSON longer than this is embedded gzipped.
PACK_FROM = 300_000
#: Degrees per unit of the stored shapes.
GRID = 0.002

_TEXTS = ("mode", "quote", "trigger", "date_text", "actors", "recipients", "at_least", "reasons", "sources")
_COUNTS = ("fatalities", "injured", "affected", "reports")
_SITE = ("place_id", "place", "admin1", "country", "precision", "radius_km", "gazetteer")


def payload(result: Tables) -> dict[str, Any]:
    """Return what the page draws: events, the sites they lie at, articles, places, mentions.

    Parameters
    ----------
    result : Tables
        Checked tables.

    Returns
    -------
    dict
        Tables by column; see :func:`column` for how a column is stored.
    """
    events = result.events
    lon, lat = _positions(events)
    sites = events[list(_SITE)].assign(lon=lon, lat=lat)
    site_rows, site_of = _unique(sites)
    article_rows, article_of = _unique(events[["article_id", "title", "source", "url", "published"]])
    shapes = _shapes(result.places)
    codes, different = pd.factorize(events["event_id"])
    return {
        "symbols": {kind: _symbol(kind) for kind in sorted(events["type"].dropna().unique())},
        "shapes": {name: _path(corners) for name, corners in palette.SHAPES.items()},
        "unsure": palette.UNSURE,
        "limits": _limits(result) if counts.is_counted(events) else None,
        "events": {
            "n": len(events),
            "id": column(events["id"]),
            # Which event a row belongs to, where one has several; how many events a row stands for.
            "event": codes.tolist() if len(different) < len(events) else None,
            "count": column(events["n_events"]) if "n_events" in events else None,
            "type": column(events["type"]),
            "status": column(events["status"]),
            "site": site_of,
            "article": article_of,
            "start": column(_seconds(events["start"])),
            "end": column(_seconds(events["end"])),
            "confidence": column(pd.to_numeric(events["confidence"], errors="coerce").round(2)),
            "mark": column(_mark(events["mention_id"], events["quote_start"])),
            "trigger_at": column(_offset(events["trigger_start"], events["quote_start"])),
            "alternatives": column(events["alternatives"].replace("[]", "")),
            **{name: column(events[name]) for name in _TEXTS},
            **{name: column(events[name]) for name in _COUNTS},
        },
        "sites": {name: column(site_rows[name]) for name in site_rows} | {"n": len(site_rows)},
        "articles": {
            **{name: column(article_rows[name]) for name in ("title", "source", "url")},
            "published": column(_seconds(article_rows["published"])),
        },
        "places": _places(result.places),
        "mentions": _mentions(result.mentions),
        "outlines": {key: shapes[key] for key in sorted(shapes)},
    }


def _limits(result: Tables) -> list[int]:
    """Return the classes of a choropleth: of what is shaded."""
    return counts.limits(counts.shaded(layer(result, "events"), layer(result, "areas")).to_list())


def column(values: Any) -> Any:
    """Store a column as JSON: one value for all, an index into the different ones, or each.

    Missing values and NaN become null, infinity too.

    Examples
    --------
    >>> column(pd.Series(["a", "a", "a"]))
    {'all': 'a'}
    >>> column(pd.Series(["a", "b", "a", None, "a"]))
    {'of': ['a', 'b'], 'at': [0, 1, 0, -1, 0]}
    >>> column(pd.Series([1.5, 2.0, float("nan")]))
    [1.5, 2, None]
    """
    codes, unique = pd.factorize(pd.Series(values).reset_index(drop=True))
    distinct = [_plain(value) for value in unique]
    if not distinct and len(codes):
        return {"all": None}
    if len(distinct) == 1 and (codes >= 0).all():
        return {"all": distinct[0]}
    if 2 * len(distinct) <= len(codes):
        return {"of": distinct, "at": codes.tolist()}
    return [None if code < 0 else distinct[code] for code in codes.tolist()]


def _plain(value: Any) -> Any:
    """Return a value as JSON knows it."""
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        number = float(value)
        if not np.isfinite(number):
            return None
        return int(number) if number.is_integer() else number
    return str(value)


def embed(content: Any, element: str) -> str:
    """Return a script element that holds JSON and can hold nothing else.

    ``<``, ``>``, ``&`` and JavaScript's line separators are escaped, so that no text can close the element;
    long content is gzipped, which the page undoes.

    Examples
    --------
    >>> print(embed({"title": "</script><b>"}, "x"))
    <script type="application/json" id="x">{"title":"\\u003c/script\\u003e\\u003cb\\u003e"}</script>
    """
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    if len(text) > PACK_FROM:
        return embed_packed(gzip.compress(text.encode("utf-8", "replace"), 6, mtime=0), element)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'<script type="application/json" id="{element}">{text}</script>'


def embed_packed(packed: bytes, element: str) -> str:
    """Return a script element that holds gzipped JSON."""
    text = base64.b64encode(packed).decode("ascii")
    return f'<script type="application/json" id="{element}" data-packed="gzip">{text}</script>'


def _unique(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[int]]:
    """Return the different rows, in order of appearance, and which of them each row is."""
    keys = (
        np.column_stack([pd.factorize(rows[name])[0] for name in rows])
        if len(rows)
        else np.empty((0, 1), int)
    )
    code = np.zeros(len(rows), dtype=np.int64)
    for part in keys.T:
        code = pd.factorize(code * (int(part.max(initial=0)) + 2) + part + 1)[0].astype(np.int64)
    first = pd.Series(code).drop_duplicates().index
    return rows.iloc[first].reset_index(drop=True), code.tolist()


def _positions(table: gpd.GeoDataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return longitude and latitude to 5 decimals (1 m), NaN where there is no position."""
    points: Any = np.array(table.geometry.values, dtype=object)
    areas = ~shapely.is_missing(points) & ~shapely.is_empty(points) & (shapely.get_type_id(points) != 0)
    points[areas] = shapely.point_on_surface(points[areas])
    lon, lat = shapely.get_x(points), shapely.get_y(points)
    good = np.isfinite(lon) & np.isfinite(lat) & (np.abs(lat) <= 90) & (np.abs(lon) <= 360)
    return np.where(good, np.round(lon, 5), np.nan), np.where(good, np.round(lat, 5), np.nan)


def _seconds(times: pd.Series) -> pd.Series:
    """Return times as seconds since 1970 (UTC), missing where unknown."""
    # In seconds from the start: nanoseconds know no year before 1677.
    moments = pd.to_datetime(times, utc=True).astype("datetime64[s, UTC]")
    return moments.astype("int64").where(moments.notna())


def _offset(at: pd.Series, start: pd.Series) -> pd.Series:
    return pd.to_numeric(at, errors="coerce") - pd.to_numeric(start, errors="coerce")


def _mark(mention_ids: pd.Series, starts: pd.Series) -> list[str | None]:
    """Return where in its sentence each event's place is named (``first-last``), from its mention's id."""
    marks: list[str | None] = []
    for mention, start in zip(mention_ids, starts, strict=True):
        found = re.search(r":(\d+)-(\d+)$", mention) if isinstance(mention, str) else None
        marks.append(f"{int(found[1]) - int(start)}-{int(found[2]) - int(start)}" if found else None)
    return marks


def _symbol(kind: str) -> dict[str, str]:
    look = palette.symbol(kind)
    return {"colour": look.colour, "shape": look.shape, "label": look.label}


def _path(corners: tuple[tuple[float, float], ...]) -> str:
    """Return a shape as an SVG path around (0, 0), y downward."""
    return "M" + "L".join(f"{x:.3f} {-y:.3f}" for x, y in corners) + "Z"


def _places(places: gpd.GeoDataFrame) -> dict[str, Any]:
    lon, lat = _positions(places)
    names = ("place_id", "name", "country_name", "admin1", "n_mentions", "n_events", "source")
    return {
        **{name: column(places[name]) for name in names},
        "lon": column(lon),
        "lat": column(lat),
        "n": len(places),
    }


def _mentions(mentions: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return toponyms counted by words, place and position, the commonest first."""
    lon, lat = _positions(mentions)
    table = mentions[["text", "place", "status"]].assign(lon=lon, lat=lat).dropna(subset=["lon", "lat"])
    counted = table.groupby(list(table), sort=True, dropna=False).size().rename("n").reset_index()
    counted = counted.sort_values("n", ascending=False, kind="stable")
    return {**{name: column(counted[name]) for name in ("text", "place", "status", "lon", "lat")},
            "count": column(counted["n"]), "n": len(counted)}  # fmt: skip


def _shapes(places: gpd.GeoDataFrame) -> dict[str, list[list[int]]]:
    """Return the outlines of regions, units and countries: rings of grid points, as steps, by place id."""
    outlines = {}
    for place_id, shape in zip(places["place_id"], places.geometry, strict=True):
        if shape is None or shape.geom_type not in ("Polygon", "MultiPolygon") or shape.is_empty:
            continue
        west, south, east, north = shape.bounds
        shape = shape.simplify(max(GRID, max(east - west, north - south) / 800))
        parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)[:40]
        rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
        outlines[str(place_id)] = [_steps(ring) for ring in rings]
    return outlines


def _steps(ring: Any) -> list[int]:
    points = np.rint(shapely.get_coordinates(ring) / GRID).astype(int)
    steps: list[int] = np.diff(points, axis=0, prepend=0).ravel().tolist()
    return steps
