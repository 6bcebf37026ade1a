"""QGIS projects: data, styles, basemap, extent and Temporal Controller, written without QGIS."""

from __future__ import annotations

import io
import zipfile
from typing import TypeAlias
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import pandas as pd

from dateline.maps import basemap, qml, qml_labels, qml_symbols
from dateline.maps.antimeridian import bounds
from dateline.maps.basemap import Worldview
from dateline.maps.gdal import kind

#: Layer name -> (features, parts of the style) of a basemap, the lowest layer first.
Ground: TypeAlias = dict[str, tuple[gpd.GeoDataFrame, list[ET.Element]]]

_WATER, _SHORE, _LAND, _BORDER = "#DCE9F1", "#C3D8E6", "#FAF9F5", "#A5A2AD"
#: The web-map zoom of the picture (559,082,264 is the scale of zoom 0), by which names come and go.
_ZOOM = "(ln(559082264 / @map_scale) / ln(2))"
_BELONGS = f'CASE WHEN "zoom" <= {_ZOOM} THEN'
_TITLES = {"events": "Events", "places": "Places", "areas": "Areas", "mentions": "Toponyms"}
#: QGIS's own numbers of the two coordinate systems; without them it leaves the layers blank.
_SRS = {
    4326: ("3452", "WGS 84", "+proj=longlat +datum=WGS84 +no_defs", "true"),
    3857: (
        "3857",
        "WGS 84 / Pseudo-Mercator",
        "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null"
        " +wktext +no_defs",
        "false",
    ),
}
#: Web Mercator ends here.
_MERCATOR_LATITUDE = 85.05


def ground(worldview: Worldview) -> Ground:
    """Return the layers of the basemap with their looks, the lowest first."""
    base = basemap.load(worldview)
    countries = base.countries[["iso", "name", "label_lon", "label_lat", "zoom", "geometry"]]
    names = qml_labels.labels(
        'upper("name")', 7.5, colour="#7A7A85", at='make_point("label_lon", "label_lat")', priority=0
    )
    # Without the smallest towns, which would double the size of small files.
    cities = base.cities.loc[base.cities["zoom"] <= 7, ["name", "zoom", "geometry"]]
    return {
        "countries": (countries, [qml_symbols.fill(_LAND, _LAND), names]),
        "lakes": (base.lakes, [qml_symbols.fill(_WATER, _SHORE)]),
        "admin1_lines": (base.admin1_lines, [qml_symbols.line("#DEDBD3", 0.18)]),
        "borders": (base.borders, [qml_symbols.line(_BORDER, 0.3)]),
        "disputed": (base.disputed, [qml_symbols.line(_BORDER, 0.3, dash="1.6;1.2")]),
        "cities": (
            cities,
            [
                qml_symbols.dot("#8A8A92", f"{_BELONGS} 1.1 ELSE 0 END"),
                qml_labels.labels(f'{_BELONGS} "name" END', 7, colour="#6A6A72", priority=1),
            ],
        ),
    }


def zipped(project: bytes) -> bytes:
    """Return a project as the content of a ``.qgz``, the same bytes at any time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo("project.qgs", (1980, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, project)
    return buffer.getvalue()


def project(layers: dict[str, gpd.GeoDataFrame], ground: Ground, *, file: str, title: str) -> bytes:
    """Return a project over the layers of a GeoPackage in the same folder.

    Parameters
    ----------
    layers : dict
        Layer name -> features, the topmost first.
    ground : dict
        The basemap's layers, the lowest first.
    file : str
        Name of the GeoPackage.
    title : str
        Shown in QGIS's title bar.

    Returns
    -------
    bytes
        The content of ``project.qgs``.
    """
    root = ET.Element("qgis", projectname=title, version=qml.VERSION)
    ET.SubElement(root, "homePath", path="")
    ET.SubElement(root, "title").text = title
    ET.SubElement(root, "projectCrs").append(_srs(3857))
    tree = ET.SubElement(root, "layer-tree-group")
    _add_canvas(root, layers)
    holder = ET.SubElement(root, "projectlayers")
    order = ET.SubElement(root, "layerorder")
    for name, frame in layers.items():
        # Toponyms repeat the places word by word: there for who wants them, but not shown at first.
        shown = name != "mentions"
        _add(tree, tree, order, holder, name, frame, qml.elements(frame, name), file, shown=shown)
    group = ET.SubElement(tree, "layer-tree-group", name="Basemap", checked="Qt::Checked", expanded="0")
    for name, (frame, style) in reversed(ground.items()):
        _add(tree, group, order, holder, name, frame, style, file, shown=True)
    _properties(root, layers["events"])
    return qml.document(root, "qgis")


def _srs(code: int) -> ET.Element:
    """Return a coordinate system as a project names it."""
    number, name, proj4, geographic = _SRS[code]
    root = ET.Element("spatialrefsys")
    for tag, text in (
        ("proj4", proj4),
        ("srsid", number),
        ("srid", str(code)),
        ("authid", f"EPSG:{code}"),
        ("description", name),
        ("projectionacronym", "longlat" if code == 4326 else "merc"),
        ("geographicflag", geographic),
    ):
        ET.SubElement(root, tag).text = text
    return root


def _add_canvas(root: ET.Element, layers: dict[str, gpd.GeoDataFrame]) -> None:
    """Add the map view: all events, or else all places, with a margin."""
    canvas = ET.SubElement(root, "mapcanvas", name="theMapCanvas", annotationsVisible="1")
    ET.SubElement(canvas, "units").text = "meters"
    extent = ET.SubElement(canvas, "extent")
    box = dict(zip(("xmin", "ymin", "xmax", "ymax"), (f"{value:.1f}" for value in view(layers)), strict=True))
    for tag, text in box.items():
        ET.SubElement(extent, tag).text = text
    ET.SubElement(canvas, "rotation").text = "0"
    ET.SubElement(canvas, "destinationsrs").append(_srs(3857))
    home = ET.SubElement(ET.SubElement(root, "ProjectViewSettings"), "DefaultViewExtent", box)
    home.append(_srs(3857))


def view(layers: dict[str, gpd.GeoDataFrame]) -> tuple[float, float, float, float]:
    """Return the box to show, in metres of Web Mercator."""
    box = bounds(layers["events"].geometry) or bounds(layers["places"].geometry)
    west, south, east, north = box or (-180.0, -60.0, 180.0, 75.0)
    if west > east:  # across the antimeridian, which a flat project cannot show in one piece
        west, east = -180.0, 180.0
    corners = [_mercator(west, south), _mercator(east, north)]
    (x1, y1), (x2, y2) = corners
    margin = max(0.15 * max(x2 - x1, y2 - y1), 60_000.0)
    return x1 - margin, y1 - margin, x2 + margin, y2 + margin


def _mercator(lon: float, lat: float) -> tuple[float, float]:
    """Return degrees as metres of Web Mercator (EPSG:3857)."""
    lat = min(max(lat, -_MERCATOR_LATITUDE), _MERCATOR_LATITUDE)
    radius = 6_378_137.0
    return radius * np.radians(lon), float(radius * np.log(np.tan(np.pi / 4 + np.radians(lat) / 2)))


def _add(
    tree: ET.Element,
    group: ET.Element,
    order: ET.Element,
    holder: ET.Element,
    name: str,
    frame: gpd.GeoDataFrame,
    style: list[ET.Element],
    file: str,
    *,
    shown: bool,
) -> None:
    """Add a layer to the tree, the drawing order and the list of layers."""
    key = f"dateline_{name}_layer"  # QGIS ignores ids of ten characters or fewer
    title = _TITLES.get(name, name.replace("_", " ").capitalize())
    source = f"./{file}|layername={name}"
    ET.SubElement(
        group,
        "layer-tree-layer",
        id=key,
        name=title,
        checked="Qt::Checked" if shown else "Qt::Unchecked",
        expanded="1" if name == "events" else "0",
        providerKey="ogr",
        source=source,
    )
    ET.SubElement(order, "layer", id=key)
    root = ET.SubElement(
        holder,
        "maplayer",
        type="vector",
        geometry=kind(frame, name).removesuffix("String"),
        hasScaleBasedVisibilityFlag="0",
        labelsEnabled="1" if any(part.tag == "labeling" for part in style) else "0",
    )
    for tag, text in (("id", key), ("datasource", source), ("layername", title)):
        ET.SubElement(root, tag).text = text
    ET.SubElement(root, "srs").append(_srs(4326))
    ET.SubElement(root, "provider", encoding="UTF-8").text = "ogr"
    root.extend(style)


def _properties(root: ET.Element, events: gpd.GeoDataFrame) -> None:
    """Add the project's settings: coordinate system, background, relative paths, times."""
    settings: dict[str, dict[str, tuple[str, str]]] = {
        "SpatialRefSys": {"ProjectionsEnabled": ("int", "1")},
        "Paths": {"Absolute": ("bool", "false")},
        "Gui": {
            f"CanvasColor{part}Part": ("int", str(int(_WATER[start : start + 2], 16)))
            for part, start in (("Red", 1), ("Green", 3), ("Blue", 5))
        },
    }
    start, end = (pd.to_datetime(events[name], utc=True) for name in ("start", "end"))
    first, last = start.min(), max(end.max(), start.max()) if end.notna().any() else start.max()
    if not pd.isna(first):
        moments = [f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in (first, last)]
        # Mode 2 shows the whole range at first; "play" then goes through it day by day.
        settings["TemporalControllerWidget"] = {
            "StartDateTime": ("QString", moments[0]),
            "EndDateTime": ("QString", moments[1]),
            "NavigationMode": ("int", "2"),
        }
        times = ET.SubElement(
            root,
            "ProjectTimeSettings",
            timeStep="1",
            timeStepUnit="d",
            frameRate="2",
            cumulativeTemporalRange="0",
        )
        span = ET.SubElement(times, "TemporalRange")
        ET.SubElement(span, "start").text, ET.SubElement(span, "end").text = moments
    holder = ET.SubElement(root, "properties")
    for scope, entries in settings.items():
        element = ET.SubElement(holder, scope)
        for name, (form, value) in entries.items():
            ET.SubElement(element, name, type=form).text = value
