"""KML and KMZ for Google Earth: events by type with symbols and time spans, places, areas.

Written with ElementTree: simplekml reads the files that a description names as pictures into the KMZ, which
no article may make it do, and numbers its elements differently in every run.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import pandas as pd
from shapely.geometry.base import BaseGeometry

from dateline.maps import counts
from dateline.maps.antimeridian import cut
from dateline.maps.files import write_atomically
from dateline.maps.layers import credit, layer
from dateline.maps.marker import png
from dateline.maps.palette import SYMBOLS, UNSURE, symbol
from dateline.maps.tables import Tables

#: Columns of an event that its balloon shows, with their names there.
_EVENT_ROWS = {
    "mode": "What",
    "status": "Status",
    "quote": "Reported",
    "precision": "Precision",
    "radius_km": "Within (km)",
    "confidence": "Confidence",
    "actors": "By",
    "recipients": "To",
    "fatalities": "Killed",
    "injured": "Injured",
    "title": "Article",
    "source": "Source",
    "url": "Link",
}
_PLACE_ROWS = {"admin1": "In", "country_name": "Country", "n_events": "Events", "n_mentions": "Mentions"}
#: Look of an event -> whether its symbol is hollow, and its opacity.
_LOOKS = {"actual": (False, 1.0), "planned": (True, 1.0), "unsure": (False, 0.55), "faint": (False, 0.35)}


def write(result: Tables, path: str | os.PathLike[str], *, title: str = "Dateline") -> Path:
    """Write a result as KML 2.2, or as KMZ, which holds its symbols and needs no network.

    Parameters
    ----------
    result : Tables
    path : path
        The file, ``.kml`` or ``.kmz``.  A lone KML can hold no pictures: there events are pins of their
        type's colour, so prefer KMZ.
    title : str
        Name of the document.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    OutputError
        If the file cannot be written; an older one is untouched.
    """
    path = Path(path)
    packed = path.suffix.lower() == ".kmz"
    events = layer(result, "events")
    events["look"] = _looks(events)
    styles = sorted(set(zip(events["type"].map(_known), events["look"], strict=True)))
    root = ET.Element("kml", xmlns="http://www.opengis.net/kml/2.2")
    document = ET.SubElement(root, "Document")
    ET.SubElement(document, "name").text = title
    ET.SubElement(document, "open").text = "1"
    ET.SubElement(document, "description").text = escape(credit(result))
    for kind, look in styles:
        document.append(_event_style(kind, look, packed=packed))
    areas = layer(result, "areas")
    shades = _shades(events, areas)
    document.extend([_area_style("area", "#0072B2", 0.15), _place_style()])
    document.extend(_area_style(f"area-{shade}", counts.LIGHT[shade], 0.75) for shade in sorted(set(shades)))
    document.append(_events_folder(events))
    looks = [f"area-{shades[key]}" if key in shades else "area" for key in areas["place_id"]]
    document.append(_folder("Areas", map(_area, areas.to_dict("records"), looks)))
    document.append(_folder("Places", map(_place, layer(result, "places").to_dict("records")), shown=False))
    ET.indent(root, " ")
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return write_atomically(path, _zipped(text, styles) if packed else text)


def _known(kind: str) -> str:
    """Return a type of the palette: its own or OTHER."""
    return kind if kind in SYMBOLS else "OTHER"


def _looks(events: gpd.GeoDataFrame) -> pd.Series:
    """Return how each event shall look: a key of the looks."""
    looks = pd.Series("actual", index=events.index)
    looks[events["status"].isin(["denied", "hypothetical", "background"])] = "faint"
    looks[events["confidence"] < UNSURE] = "unsure"
    looks[events["status"] == "planned"] = "planned"
    return looks


def _shades(events: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> pd.Series:
    """Return the class of the areas that a table of counts shades, by place id."""
    if not counts.is_counted(events):
        return pd.Series(dtype=int)
    shaded = counts.shaded(events, areas)
    ends = counts.limits(shaded.to_list())
    return shaded.map(lambda count: counts.shade(count, ends))


def _zipped(text: bytes, styles: Iterable[tuple[str, str]]) -> bytes:
    """Return a KMZ of a KML and its symbols, the same bytes at any time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:

        def add(name: str, content: bytes) -> None:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)

        add("doc.kml", text)
        for kind, look in styles:
            hollow, alpha = _LOOKS[look]
            add(_picture(kind, look), png(symbol(kind), hollow=hollow, alpha=alpha))
    return buffer.getvalue()


def _picture(kind: str, look: str) -> str:
    """Return the name of a symbol's picture within the KMZ."""
    return f"files/{kind.lower()}-{look}.png"


def _colour(colour: str, alpha: float = 1.0) -> str:
    """Return ``#RRGGBB`` as KML writes it, ``aabbggrr``."""
    return f"{round(255 * alpha):02x}{colour[5:7]}{colour[3:5]}{colour[1:3]}".lower()


def _event_style(kind: str, look: str, *, packed: bool) -> ET.Element:
    """Return the style of the events of a type and look."""
    style = ET.Element("Style", id=f"{kind.lower()}-{look}")
    icon = ET.SubElement(style, "IconStyle")
    if packed:
        ET.SubElement(icon, "scale").text = "0.6"
        ET.SubElement(ET.SubElement(icon, "Icon"), "href").text = _picture(kind, look)
        ET.SubElement(icon, "hotSpot", x="0.5", y="0.5", xunits="fraction", yunits="fraction")
    else:
        ET.SubElement(icon, "color").text = _colour(symbol(kind).colour, _LOOKS[look][1])
    ET.SubElement(ET.SubElement(style, "LabelStyle"), "scale").text = "0.8"
    return style


def _area_style(name: str, colour: str, alpha: float) -> ET.Element:
    """Return a style of areas: an outline, a tint."""
    style = ET.Element("Style", id=name)
    line = ET.SubElement(style, "LineStyle")
    ET.SubElement(line, "color").text = _colour(colour)
    ET.SubElement(line, "width").text = "2"
    ET.SubElement(ET.SubElement(style, "PolyStyle"), "color").text = _colour(colour, alpha)
    return style


def _place_style() -> ET.Element:
    """Return the style of places: their names alone."""
    style = ET.Element("Style", id="place")
    ET.SubElement(ET.SubElement(style, "IconStyle"), "scale").text = "0"
    ET.SubElement(ET.SubElement(style, "LabelStyle"), "scale").text = "0.7"
    return style


def _folder(name: str, members: Iterable[ET.Element], *, shown: bool = True) -> ET.Element:
    """Return a folder, which the reader may open."""
    folder = ET.Element("Folder")
    ET.SubElement(folder, "name").text = name
    ET.SubElement(folder, "visibility").text = str(int(shown))
    ET.SubElement(folder, "open").text = "0"
    for member in members:
        if not shown and member.tag == "Placemark":  # each is shown or hidden by its own mark
            hidden = ET.Element("visibility")
            hidden.text = "0"
            member.insert(1, hidden)
        folder.append(member)
    return folder


def _events_folder(events: gpd.GeoDataFrame) -> ET.Element:
    """Return the events, a folder for each type, in the palette's order."""
    order = {kind: place for place, kind in enumerate(SYMBOLS)}
    kinds = sorted(events["type"].dropna().unique(), key=lambda kind: (order.get(kind, len(order)), kind))
    by_type = (events[events["type"] == kind].to_dict("records") for kind in kinds)
    return _folder(
        "Events",
        [_folder(symbol(kind).label, map(_event, rows)) for kind, rows in zip(kinds, by_type, strict=True)],
    )


def _event(row: dict[str, Any]) -> ET.Element:
    """Return one event."""
    what = _text(row["mode"]) or symbol(row["type"]).label.lower()
    mark = _placemark(": ".join(filter(None, [_text(row["place"]), what])), row, _EVENT_ROWS)
    start, end = row["start"], row["end"]
    if not pd.isna(start) or not pd.isna(end):
        span = ET.SubElement(mark, "TimeSpan")
        for tag, moment in (("begin", start), ("end", end)):
            if not pd.isna(moment):
                ET.SubElement(span, tag).text = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    ET.SubElement(mark, "styleUrl").text = f"#{_known(row['type']).lower()}-{row['look']}"
    return _finished(mark, row)


def _area(row: dict[str, Any], style: str) -> ET.Element:
    """Return one place as its polygon."""
    mark = _placemark(_text(row["name"]), row, _PLACE_ROWS)
    ET.SubElement(mark, "styleUrl").text = f"#{style}"
    return _finished(mark, row)


def _place(row: dict[str, Any]) -> ET.Element:
    """Return one place as its point."""
    mark = _placemark(_text(row["name"]), row, _PLACE_ROWS)
    ET.SubElement(mark, "styleUrl").text = "#place"
    return _finished(mark, row)


def _text(value: Any) -> str:
    """Return a value as text, empty when unknown."""
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _placemark(name: str, row: dict[str, Any], shown: dict[str, str]) -> ET.Element:
    """Return a placemark with its balloon, whose text is HTML: every value is escaped."""
    mark = ET.Element("Placemark")
    ET.SubElement(mark, "name").text = name
    lines = [(title, _text(row[column])) for column, title in shown.items()]
    # Google Earth fills $[...] in a balloon; written as an entity it stays text.
    html = "<br>".join(f"<b>{title}:</b> {escape(text)}" for title, text in lines if text)
    ET.SubElement(mark, "description").text = html.replace("$[", "$&#91;")
    return mark


def _finished(mark: ET.Element, row: dict[str, Any]) -> ET.Element:
    """Add the data for programs, then the geometry: KML fixes the order."""
    data = ET.SubElement(mark, "ExtendedData")
    for column, value in row.items():
        text = _moment(value) if isinstance(value, pd.Timestamp) else _text(value)
        if column not in ("geometry", "look") and text:
            ET.SubElement(ET.SubElement(data, "Data", name=str(column)), "value").text = text
    if row["geometry"] is not None:
        mark.append(_geometry(cut(row["geometry"])))
    return mark


def _moment(value: pd.Timestamp) -> str:
    """Return a time in UTC, empty when unknown."""
    return "" if pd.isna(value) else f"{value:%Y-%m-%dT%H:%M:%SZ}"


def _geometry(shape: BaseGeometry) -> ET.Element:
    """Return a point, a polygon or several."""
    if hasattr(shape, "geoms"):
        several = ET.Element("MultiGeometry")
        several.extend([_geometry(part) for part in shape.geoms])
        return several
    if shape.geom_type == "Point":
        point = ET.Element("Point")
        ET.SubElement(point, "coordinates").text = _coordinates(shape)
        return point
    polygon = ET.Element("Polygon")
    ET.SubElement(polygon, "tessellate").text = "1"
    rings = [("outerBoundaryIs", shape.exterior), *(("innerBoundaryIs", hole) for hole in shape.interiors)]
    for tag, ring in rings:
        linear = ET.SubElement(ET.SubElement(polygon, tag), "LinearRing")
        ET.SubElement(linear, "coordinates").text = _coordinates(ring)
    return polygon


def _coordinates(shape: BaseGeometry) -> str:
    """Return longitude and latitude pairs with 6 decimals (11 cm)."""
    return " ".join(f"{lon:.6f},{lat:.6f}" for lon, lat in shape.coords)
