"""Many events as few rows: a row for each cell of a grid, or for each first-level unit.

The rows have the columns of docs/schema.md, so that every map and file format takes them, and one more,
`n_events`: how many events the row stands for.  `reports` is the number of their reports, and nothing that
belongs to one event alone is kept.  Deaths are not added up: several events may tell of the same dead.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from dateline import schema
from dateline.geo.result import CRS, Result

if TYPE_CHECKING:
    from dateline.gazetteer import Gazetteer, Place

#: Widths of a cell in degrees; the smallest is taken that gives few enough rows.
WIDTHS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
#: More rows than this no map shows well.
MOST = 4000
_KM_PER_DEGREE = 111.195
_NAMED = 3
_FIRSTS = ("place_id", "place", "country", "admin1", "gazetteer", "acled")


def by_cell(result: Result, width: float | None = None) -> Result:
    """Return one row for each cell of a grid and each type of event.

    Parameters
    ----------
    result : Result
    width : float, optional
        Of a cell in degrees; chosen for at most :data:`MOST` rows unless given.

    Returns
    -------
    Result
        Events without a place are left out.  Each row lies at the mean of its events' points, is named by
        its commonest place, and its `radius_km` reaches the cell's corners.  `places` holds the cells as
        squares with `n_events`, ready for a choropleth, and the commonest places.
    """
    events = _located(result)
    for size in (width,) if width else WIDTHS:
        cells = _cells(events, size)
        if cells.drop_duplicates().shape[0] <= MOST:
            break
    lon, lat = events.geometry.x, events.geometry.y
    keys = [cells["x"], cells["y"], events["type"]]
    rows = _grouped(events, keys, lambda x, y, kind: f"cell:{x * size:g},{y * size:g}:{kind}")
    middle_lon, middle_lat = (np.asarray(axis.groupby(keys, sort=True).mean()) for axis in (lon, lat))
    commonest = set(rows["place_id"])
    rows["place_id"] = [key.rpartition(":")[0] for key in rows["id"]]
    reach = size * _KM_PER_DEGREE * np.hypot(1, np.cos(np.radians(middle_lat))) / 2
    rows = rows.assign(precision="near", radius_km=np.round(reach, 1))
    merged = _result(result, rows, shapely.points(np.round(middle_lon, 5), np.round(middle_lat, 5)))
    places = result.places[result.places["place_id"].isin(commonest)]
    return replace(merged, places=pd.concat([_cells_table(rows, size), places], ignore_index=True))


def by_admin1(result: Result, gazetteer: Gazetteer) -> Result:
    """Return one row for each first-level unit and each type of event.

    Parameters
    ----------
    result : Result
    gazetteer : Gazetteer
        Knows the units of places, and their shapes.

    Returns
    -------
    Result
        `places` holds the units with their polygons and `n_events`, ready for a choropleth.  Events that
        are only known to a country or to a region of several units stay with that country or region.
    """
    events = _located(result)
    unit_of = {place_id: _unit(str(place_id), gazetteer) for place_id in events["place_id"].unique()}
    units = {unit.id: unit for unit in unit_of.values() if unit}
    ids = events["place_id"].map(lambda place_id: unit.id if (unit := unit_of[place_id]) else place_id)
    rows = _grouped(events, [ids, events["type"]], lambda place_id, kind: f"unit:{place_id}:{kind}")
    keys = events.assign(unit=ids).groupby([ids, "type"], sort=True)["unit"].first().tolist()
    points = gpd.GeoSeries(events.geometry.groupby(ids).first(), crs=CRS)
    shapes = [_point(units[key]) if key in units else points[key] for key in keys]
    rows = rows.assign(
        place_id=keys,
        place=[
            units[key].name if key in units else own for key, own in zip(keys, rows["place"], strict=True)
        ],
        precision=[_precision(units.get(key)) for key in keys],
        radius_km=[units[key].radius_km if key in units else 0.0 for key in keys],
    )
    counted = rows.groupby("place_id")["n_events"].sum()
    merged = _result(result, rows, shapes)
    return replace(merged, places=_units_table(units, counted, gazetteer))


def _located(result: Result) -> Any:
    events = result.events
    return events[events["place_id"].ne("") & ~events.geometry.isna()].reset_index(drop=True)


def _cells(events: Any, size: float) -> pd.DataFrame:
    """Return the cell of each event, as whole numbers of cells from 0°, 0°."""
    x, y = (np.floor(axis / size).astype(int) for axis in (events.geometry.x, events.geometry.y))
    return pd.DataFrame({"x": x, "y": y, "type": events["type"]})


def _grouped(events: Any, keys: list[pd.Series], name: Any) -> pd.DataFrame:
    """Return a row for each group, with what can be said of all its events together."""
    rows = []
    for key, group in events.groupby(keys, sort=True):
        common = group["place_id"].value_counts().sort_index().idxmax()
        first = group.loc[group["place_id"].eq(common).idxmax(), list(_FIRSTS)]
        rows.append(first.to_dict() | {"id": name(*key), "type": key[-1]} | _together(group))
    return pd.DataFrame(rows, columns=[*(c for c in schema.EVENTS if c != "geometry"), "n_events"])


def _together(group: Any) -> dict[str, Any]:
    modes = group["mode"].unique()
    statuses = group["status"].unique()
    names = group["place"].value_counts()
    named = ", ".join(sorted(names.index, key=lambda name: (-names[name], name))[:_NAMED])
    more = f" and {len(names) - _NAMED} more places" if len(names) > _NAMED else ""
    reports = int(group["reports"].sum())
    n_events = group["event_id"].nunique()  # an event at two places of the group is one
    count = f"{n_events:,} {'event' if n_events == 1 else 'events'}"
    told = f"{reports:,} {'report' if reports == 1 else 'reports'}"
    return {
        "mode": modes[0] if len(modes) == 1 else "",
        "status": statuses[0] if len(statuses) == 1 else "actual",
        "title": f"{count} in {named}{more}",
        "quote": f"{count}, {told}: {named}{more}.",
        "start": group["start"].min(),
        "end": group["end"].max(),
        "confidence": round(float(group["confidence"].mean()), 3),
        "reports": reports,
        "n_events": n_events,
        "alternatives": "[]",
        "published": group["published"].max(),
    }


def _result(result: Result, rows: pd.DataFrame, points: Any) -> Result:
    """Return the rows as a result's events, typed like its own."""
    rows = rows.assign(event_id=rows["id"])
    types = {**result.events.dtypes, "n_events": "int64"}
    rows = pd.DataFrame({name: _typed(rows[name], types[name]) for name in rows})
    events = gpd.GeoDataFrame(rows, geometry=gpd.GeoSeries(points, crs=CRS, index=rows.index), crs=CRS)
    places = result.places[result.places["place_id"].isin(rows["place_id"])].reset_index(drop=True)
    return replace(result, events=events, places=places, mentions=result.mentions.iloc[:0])


def _typed(values: pd.Series, dtype: Any) -> pd.Series:
    """Give a column the type it has in the result, and "" or 0 for what no group of events has."""
    if isinstance(dtype, pd.DatetimeTZDtype):
        return pd.to_datetime(values, utc=True).astype(dtype)
    if pd.api.types.is_numeric_dtype(dtype):
        whole = dtype == "int64" and values.isna().any()
        return (values.astype(object).where(values.notna(), 0) if whole else values).astype(dtype)
    return values.astype(object).where(values.notna(), "").astype(dtype)


def _unit(place_id: str, gazetteer: Gazetteer) -> Place | None:
    """Return the first-level unit a place lies in, the place itself where there is none."""
    place = gazetteer.get(place_id)
    return gazetteer.get(place.admin1_id) or place if place and place.admin1_id else place


def _point(place: Place) -> shapely.Point:
    return shapely.Point(place.lon, place.lat)


def _precision(unit: Place | None) -> str:
    if unit is None:
        return "region"
    if unit.feature_code == "ADM1":
        return "admin1"
    return "country" if unit.feature_code.startswith("PCL") else "region"


def _cells_table(rows: pd.DataFrame, size: float) -> gpd.GeoDataFrame:
    """Return the cells of rows as squares, named by the commonest place of their largest row."""
    if rows.empty:
        return gpd.GeoDataFrame(columns=list(schema.PLACES), geometry="geometry", crs=CRS)
    largest = rows.sort_values(["n_events", "id"], ascending=[False, True]).drop_duplicates("place_id")
    cells = largest.sort_values("place_id").reset_index(drop=True)
    corner = cells["place_id"].str.extract(r"cell:(.+),(.+)").astype(float)
    west, south = corner[0], corner[1]
    table = {
        **{name: cells[name] for name in ("place_id", "country", "admin1", "radius_km")},
        "name": cells["place"],
        "lat": south + size / 2,
        "lon": west + size / 2,
        "n_mentions": 0,
        "n_events": cells["place_id"].map(rows.groupby("place_id")["n_events"].sum()),
        "geometry": shapely.box(west, south, west + size, south + size),
    }
    frame = pd.DataFrame(table, columns=list(schema.PLACES))
    frame[["country_name", "admin2", "feature_class", "feature_code", "source"]] = ""
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=CRS)


def _units_table(units: dict[str, Place], counted: pd.Series, gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    rows = [
        {
            **{name: getattr(unit, name) for name in schema.PLACES if hasattr(unit, name)},
            "place_id": unit.id,
            "n_mentions": 0,
            "n_events": int(counted.get(unit.id, 0)),
            "geometry": gazetteer.geometry(unit),
        }
        for _, unit in sorted(units.items())
    ]
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=list(schema.PLACES)), geometry="geometry", crs=CRS)
