"""QGIS layer styles (QML): symbols by event type, labels, map tips and times, written without QGIS.

The XML is the least that QGIS 3.22 and later take; every value goes in through ElementTree, which escapes it.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd

from dateline.maps.files import write_atomically
from dateline.maps.palette import SYMBOLS, UNSURE, symbol

#: Shape of the palette -> QGIS's name for a simple marker, and its turn in degrees.
_MARKERS = {
    "circle": ("circle", 0),
    "square": ("square", 0),
    "diamond": ("diamond", 0),
    "triangle": ("triangle", 0),
    "triangle-down": ("triangle", 180),
    "hexagon": ("hexagon", 0),
    "cross": ("cross_fill", 0),
    "x": ("cross_fill", 45),
}
_PAPER, _RIM = "255,255,255,255", "60,60,60,255"
#: By this line Dateline knows its own styles, which it may replace.
_MARK = b"<!-- made by Dateline -->"
#: The version of QGIS whose format this is.
VERSION = "3.22.16-Białowieża"

# Expressions of QGIS, run for each feature.  What is known to an area only looks as soft as what is unsure.
_UNSURE = f"""("confidence" < {UNSURE} OR "precision" IN ('admin1', 'region', 'country'))"""
_SIZE = '2.6 + 1.1 * ln(coalesce("reports", 1))'
_ALPHA = f"""CASE WHEN "status" IN ('denied', 'hypothetical', 'background') THEN 0.35
 WHEN {_UNSURE} THEN 0.55 ELSE 0.92 END"""
# One label a place: its first event bears it.
_LABEL = """CASE WHEN "nth" = 1 THEN "place" END"""
# Events at one place lie like the seeds of a sunflower, the first in the middle; crowds stay in a heap.
_OFFSET = """CASE WHEN "nth" > 1 AND "nth" <= 61 THEN
 to_string(3.1 * sqrt("nth" - 1) * cos(2.4 * "nth")) || ',' ||
 to_string(3.1 * sqrt("nth" - 1) * sin(2.4 * "nth")) ELSE '0,0' END"""
# Places with events are shown by these.
_UNTOLD = """CASE WHEN coalesce("n_events", 0) = 0 THEN"""


def style(frame: gpd.GeoDataFrame, table: str) -> bytes:
    """Return the QML of a table.

    Parameters
    ----------
    frame : GeoDataFrame
        The table; its event types decide the categories.
    table : str
        ``events``, ``places`` or ``mentions``.

    Returns
    -------
    bytes
        UTF-8 XML.
    """
    return document_of(elements(frame, table))


def document_of(parts: list[ET.Element]) -> bytes:
    """Return a style of these parts."""
    labelled = any(part.tag == "labeling" for part in parts)
    root = ET.Element(
        "qgis", version=VERSION, styleCategories="AllStyleCategories", labelsEnabled=str(int(labelled))
    )
    root.extend(parts)
    return document(root, "qgis")


def ranked(events: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add the column ``nth``: 1 for the first event at a place, 2 for the second and so on.

    By it the styles label a place once and set its events side by side.  QGIS could count for itself, but
    reads the whole layer again for each place.
    """
    nth = events.groupby("place_id", sort=False).cumcount() + 1
    return events.assign(nth=nth.astype("int32"))[[*events.columns[:-1], "nth", "geometry"]]


def write_sidecar(frame: gpd.GeoDataFrame, table: str, path: Path) -> None:
    """Write a table's style beside its file, where QGIS looks for it.

    A user's own style there stays.  None is written beside a GeoPackage of the same name: QGIS would prefer
    it to the styles within, for every layer.
    """
    sidecar = path.with_suffix(".qml")
    if not path.with_suffix(".gpkg").exists() and (not sidecar.exists() or _is_ours(sidecar)):
        write_atomically(sidecar, style(frame, table))


def remove_sidecar(path: Path) -> None:
    """Remove Dateline's own style for another format beside a GeoPackage of the same name."""
    sidecar = path.with_suffix(".qml")
    if sidecar.exists() and _is_ours(sidecar):
        sidecar.unlink()


def _is_ours(sidecar: Path) -> bool:
    """Tell whether Dateline wrote a style."""
    with sidecar.open("rb") as file:
        return _MARK in file.read(500)


def document(root: ET.Element, doctype: str) -> bytes:
    """Return an XML file of QGIS."""
    ET.indent(root, " ")
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=False)
    head = f"<!DOCTYPE {doctype} PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n".encode()
    return head + _MARK + b"\n" + body + b"\n"


def elements(frame: gpd.GeoDataFrame, table: str) -> list[ET.Element]:
    """Return the parts of a table's style: time, symbols, labels, map tip."""
    if table == "events":
        kinds = [kind for kind in frame["type"].unique() if isinstance(kind, str)]
        parts = [_temporal(), _categories(kinds), labels(_LABEL, 9.5), *_tip(_EVENT_TIP)]
    elif table == "areas":
        parts = [fill("", "#0072B2", 0.3, pen="dash"), *_tip(_PLACE_TIP)]  # its events or place name it
    elif table == "places":
        marker = _marker("255,255,255,220", "circle", 1.8, sized=f"{_UNTOLD} 1.8 ELSE 0 END")
        named = labels(f'{_UNTOLD} "name" END', 8, colour="#55555E")
        parts = [_single(marker), named, *_tip(_PLACE_TIP)]
    else:
        parts = [_single(_marker("255,255,255,200", "circle", 1.6)), *_tip(_MENTION_TIP)]
    return parts


def fill(colour: str, outline: str, width: float = 0.1, *, pen: str = "solid") -> ET.Element:
    """Return the renderer of a plain area, for basemaps; an empty `colour` leaves it unfilled."""
    values = {
        "color": _rgba(colour or "#FFFFFF"),
        "style": "solid" if colour else "no",
        "outline_color": _rgba(outline),
        "outline_style": pen,
        "outline_width": str(width),
        "outline_width_unit": "MM",
    }
    return _single(_symbol("fill", "SimpleFill", values))


def line(colour: str, width: float, *, dash: str = "") -> ET.Element:
    """Return the renderer of plain lines, for basemaps; `dash` is such as ``3;2`` in millimetres."""
    values = {
        "line_color": _rgba(colour),
        "line_width": str(width),
        "line_width_unit": "MM",
        "use_custom_dash": "1" if dash else "0",
        "customdash": dash or "5;2",
        "customdash_unit": "MM",
        "capstyle": "round",
        "joinstyle": "round",
    }
    return _single(_symbol("line", "SimpleLine", values))


def dot(colour: str, sized: str) -> ET.Element:
    """Return the renderer of plain points, for basemaps; `sized` is a QGIS expression in millimetres."""
    return _single(_marker(_rgba(colour), "circle", 1, sized=sized))


def _rgba(colour: str, alpha: int = 255) -> str:
    """Return ``#RRGGBB`` as QGIS writes colours."""
    return ",".join(str(int(colour[start : start + 2], 16)) for start in (1, 3, 5)) + f",{alpha}"


def _map(parent: ET.Element, name: str | None = None) -> ET.Element:
    """Add a map of options."""
    return ET.SubElement(parent, "Option", {"type": "Map", **({"name": name} if name else {})})


def _option(parent: ET.Element, name: str, value: str, kind: str = "QString") -> None:
    """Add one option."""
    ET.SubElement(parent, "Option", name=name, value=value, type=kind)


def _properties(parent: ET.Element, tag: str, expressions: dict[str, str]) -> None:
    """Add properties that an expression sets for each feature."""
    collection = _map(ET.SubElement(parent, tag))
    _option(collection, "name", "")
    properties = _map(collection, "properties")
    for name, expression in expressions.items():
        one = _map(properties, name)
        _option(one, "active", "true", "bool")
        _option(one, "expression", expression)
        _option(one, "type", "3", "int")
    _option(collection, "type", "collection")


def _symbol(
    kind: str, layer: str, values: dict[str, str], expressions: dict[str, str] | None = None, name: str = "0"
) -> ET.Element:
    """Return a symbol of one layer; its values stand twice, as QGIS before and after 3.18 reads them."""
    root = ET.Element("symbol", name=name, type=kind, alpha="1", clip_to_extent="1", force_rhr="0")
    body = ET.SubElement(root, "layer", {"class": layer, "enabled": "1", "pass": "0", "locked": "0"})
    options = _map(body)
    for key, value in values.items():
        _option(options, key, value)
    for key, value in values.items():
        ET.SubElement(body, "prop", k=key, v=value)
    if expressions:
        _properties(body, "data_defined_properties", expressions)
    return root


def _marker(
    colour: str, shape: str, size: float, name: str = "0", *, event: bool = False, sized: str = ""
) -> ET.Element:
    """Return a marker; an event's shows by itself how often, how surely and whether it happened.

    `sized` is an expression for the size.
    """
    marker, angle = _MARKERS[shape]
    values = {
        "name": marker,
        "angle": str(angle),
        "color": colour,
        "outline_color": _RIM,
        "outline_style": "solid",
        "outline_width": "0.2",
        "outline_width_unit": "MM",
        "size": str(size),
        "size_unit": "MM",
        "offset": "0,0",
        "offset_unit": "MM",
        "scale_method": "diameter",
        "joinstyle": "round",
    }
    if not event:
        return _symbol("marker", "SimpleMarker", values, {"size": sized} if sized else None, name)
    expressions = {
        "size": _SIZE,
        "offset": _OFFSET,
        # Planned: hollow.  Not sure, denied, hypothetical: pale.
        "fillColor": f"""CASE WHEN "status" = 'planned' THEN '255,255,255,215'
 ELSE set_color_part(@symbol_color, 'alpha', 255 * ({_ALPHA})) END""",
        "outlineColor": f"""CASE WHEN "status" = 'planned' OR {_UNSURE} THEN darker(@symbol_color, 125)
 ELSE '{_RIM}' END""",
        "outlineStyle": f"CASE WHEN {_UNSURE} THEN 'dot' ELSE 'solid' END",
        "outlineWidth": f"""CASE WHEN "status" = 'planned' OR {_UNSURE} THEN 0.5 ELSE 0.2 END""",
    }
    return _symbol("marker", "SimpleMarker", values, expressions, name)


def _renderer(kind: str, attributes: dict[str, str], symbols: list[ET.Element]) -> ET.Element:
    """Return a renderer with its symbols."""
    fixed = {"forceraster": "0", "symbollevels": "0", "enableorderby": "0", "referencescale": "-1"}
    root = ET.Element("renderer-v2", {"type": kind, **fixed, **attributes})
    holder = ET.SubElement(root, "symbols")
    holder.extend(symbols)
    return root


def _single(one: ET.Element) -> ET.Element:
    """Return a renderer that draws everything alike."""
    return _renderer("singleSymbol", {}, [one])


def _categories(kinds: list[str]) -> ET.Element:
    """Return a renderer with a symbol for each event type, in the palette's order."""
    order = {kind: place for place, kind in enumerate(SYMBOLS)}
    kinds = sorted(kinds, key=lambda kind: (order.get(kind, len(order)), kind)) or ["OTHER"]
    looks = [symbol(kind) for kind in kinds]
    symbols = [
        _marker(_rgba(look.colour), look.shape, 3.2, str(number), event=True)
        for number, look in enumerate(looks)
    ]
    root = _renderer("categorizedSymbol", {"attr": "type"}, symbols)
    categories = ET.Element("categories")
    for number, (kind, look) in enumerate(zip(kinds, looks, strict=True)):
        ET.SubElement(
            categories,
            "category",
            {"value": kind, "type": "string", "symbol": str(number), "label": look.label, "render": "true"},
        )
    root.insert(0, categories)
    return root


def _temporal() -> ET.Element:
    """Return the time settings: from ``start`` to ``end``, both included."""
    return ET.Element(
        "temporal",
        enabled="1",
        mode="2",
        startField="start",
        endField="end",
        startExpression="",
        endExpression="",
        durationField="",
        durationUnit="min",
        fixedDuration="0",
        accumulate="0",
        limitMode="1",
    )


def labels(
    expression: str, size: float, *, colour: str = "#262626", at: str = "", priority: int = 5
) -> ET.Element:
    """Return labels in a halo, left out where they would collide.

    Parameters
    ----------
    expression : str
        QGIS expression of the text; nothing is written where it is NULL.
    size : float
        In points.
    colour : str
        ``#RRGGBB``.
    at : str
        QGIS expression of the point on which labels are centred; without it they stand beside theirs.
    priority : int
        From 0 to 10; where two collide the higher stays.
    """
    root = ET.Element("labeling", type="simple")
    settings = ET.SubElement(root, "settings", calloutType="simple")
    text = ET.SubElement(
        settings,
        "text-style",
        fieldName=expression,
        isExpression="1",
        fontFamily="Open Sans",
        namedStyle="Regular",
        fontSize=str(size),
        fontSizeUnit="Point",
        textColor=_rgba(colour),
        textOpacity="1",
        multilineHeight="1",
    )
    ET.SubElement(
        text,
        "text-buffer",
        bufferDraw="1",
        bufferSize="0.9",
        bufferSizeUnits="MM",
        bufferColor=_PAPER,
        bufferOpacity="0.85",
        bufferJoinStyle="128",
    )
    ET.SubElement(settings, "text-format", wrapChar="", multilineAlign="0", autoWrapLength="0")
    ET.SubElement(
        settings,
        "placement",
        placement="1" if at else "6",
        quadOffset="4",
        geometryGenerator=at,
        geometryGeneratorEnabled=str(int(bool(at))),
        geometryGeneratorType="PointGeometry",
        predefinedPositionOrder="R,L,TR,BR,TL,BL,TSR,BSR",
        dist="1.2",
        distUnits="MM",
        offsetType="1",
        priority=str(priority),
        centroidInside="1",
        polygonPlacementFlags="2",
    )
    ET.SubElement(
        settings,
        "rendering",
        obstacle=str(int(priority > 1)),
        obstacleFactor="0.6",
        displayAll="0",
        drawLabels="1",
        scaleVisibility="0",
        limitNumLabels="0",
        maxNumLabels="2000",
        minFeatureSize="0",
        mergeLines="0",
    )
    return root


def _shown(field: str) -> str:
    """Return the expression of a field as text in HTML; QGIS itself would let its tags through."""
    safe = f"""replace(replace(coalesce("{field}", ''), '&', '&amp;'), '<', '&lt;')"""
    return f"[% {safe} %]"


def _when(field: str) -> str:
    """Return the expression of a day."""
    return f"""coalesce(format_date("{field}", 'yyyy-MM-dd'), 'unknown')"""


_DATES = f"""[% CASE WHEN {_when("start")} = {_when("end")} THEN {_when("start")}
 ELSE {_when("start")} || ' to ' || {_when("end")} END %]"""
_LINK = """[% CASE WHEN regexp_match("url", '^https?://[^\\\\s"\\'<>&]+$')
 THEN '<a href="' || "url" || '">article</a>' ELSE '' END %]"""
_EVENT_TIP = f"""<b>{_shown("place")}</b>: {_shown("type")} {_shown("mode")}<br>
{_DATES}, {_shown("status")}, confidence [% round(coalesce("confidence", 0), 2) %],
within [% round(coalesce("radius_km", 0)) %] km<br>
<i>{_shown("quote")}</i><br>{_shown("title")}, {_shown("source")} {_LINK}"""
_PLACE_TIP = f"""<b>{_shown("name")}</b>, {_shown("admin1")} {_shown("country_name")}<br>
[% "n_events" %] events, [% "n_mentions" %] mentions; {_shown("source")}"""
_MENTION_TIP = f"""<b>{_shown("text")}</b>: {_shown("place")}, {_shown("status")},
probability [% round(coalesce("probability", 0), 2) %]<br>{_shown("reasons")}"""


def _tip(html: str) -> list[ET.Element]:
    """Return the map tip and the expression that names a feature."""
    preview, tip = ET.Element("previewExpression"), ET.Element("mapTip")
    preview.text = '"place"' if '"quote"' in html or '"text"' in html else '"name"'
    tip.text = html
    return [preview, tip]
