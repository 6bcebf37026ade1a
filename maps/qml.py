"""QGIS layer styles (QML): symbols by event type, labels, map tips and times, written without QGIS.

The XML is the least that QGIS 3.22 and later take; every value goes in through ElementTree, which escapes it.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

import geopandas as gpd

from dateline.maps import counts
from dateline.maps.qml_labels import labels
from dateline.maps.qml_symbols import categories, classes, fill, marker, rgba, single
from dateline.maps.qml_tips import EVENT_TIP, MENTION_TIP, PLACE_TIP, tip

#: By this line Dateline knows its own styles, which it may replace.
MARK = b"<!-- made by Dateline -->"
#: The version of QGIS whose format this is.
VERSION = "3.22.16-Białowieża"
# One label a place: its first event bears it.
_LABEL = """CASE WHEN "nth" = 1 THEN "place" END"""
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


def classed(areas: gpd.GeoDataFrame, events: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the shaded areas of a table of counts, with their class in words and the shade of it."""
    shaded = counts.shaded(events, areas)
    ends = counts.limits(shaded.to_list())
    words = counts.ranges(ends)
    kept = areas[areas["place_id"].isin(shaded.index)].reset_index(drop=True)
    number = kept["place_id"].map(shaded)
    kept["class"] = [words[sum(end <= count for end in ends) - 1] for count in number]
    kept["shade"] = [counts.shade(count, ends) for count in number]
    return kept[[*areas.columns[:-1], "class", "shade", "geometry"]]


def document(root: ET.Element, doctype: str) -> bytes:
    """Return an XML file of QGIS."""
    ET.indent(root, " ")
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=False)
    head = f"<!DOCTYPE {doctype} PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n".encode()
    return head + MARK + b"\n" + body + b"\n"


def elements(frame: gpd.GeoDataFrame, table: str) -> list[ET.Element]:
    """Return the parts of a table's style: time, symbols, labels, map tip."""
    if table == "events" and counts.is_counted(frame):
        # The shaded areas show the rest.
        wide = """CASE WHEN "precision" IN ('region', 'country') THEN"""
        dots = single(
            marker(rgba(counts.LIGHT[2]), "circle", 3, sized=f'{wide} 2 + ln("n_events") ELSE 0 END')
        )
        parts = [_temporal(), dots, labels(f"{wide} {_LABEL} END", 8), *tip(EVENT_TIP)]
    elif table == "areas" and "class" in frame:
        named = frame.dropna(subset="class").sort_values("n_events").drop_duplicates("class")
        colours = [counts.LIGHT[shade] for shade in named["shade"]]
        parts = [
            classes(named["class"].tolist(), colours),
            labels('"name"', 8, at="point_on_surface($geometry)"),
            *tip(PLACE_TIP),
        ]
    elif table == "events":
        kinds = [kind for kind in frame["type"].unique() if isinstance(kind, str)]
        parts = [_temporal(), categories(kinds), labels(_LABEL, 9.5), *tip(EVENT_TIP)]
    elif table == "areas":
        # Its events or place name it; where nothing happened it is no more than named.
        outline = fill("", "#0072B2", 0.3, pen="dash", penned=f"{_UNTOLD} 'no' ELSE 'dash' END")
        parts = [outline, *tip(PLACE_TIP)]
    elif table == "places":
        plain = marker("255,255,255,220", "circle", 1.8, sized=f"{_UNTOLD} 1.8 ELSE 0 END")
        named = labels(f'{_UNTOLD} "name" END', 8, colour="#55555E")
        parts = [single(plain), named, *tip(PLACE_TIP)]
    else:
        parts = [single(marker("255,255,255,200", "circle", 1.6)), *tip(MENTION_TIP)]
    return parts


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
