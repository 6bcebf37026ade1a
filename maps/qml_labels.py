"""Labels of QGIS layers."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from dateline.maps.qml_symbols import rgba

_PAPER = "255,255,255,255"


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
    _add_text(settings, expression, size, colour)
    ET.SubElement(settings, "text-format", wrapChar="", multilineAlign="0", autoWrapLength="0")
    _add_placement(settings, at, priority)
    _add_rendering(settings, priority)
    return root


def _add_text(settings: ET.Element, expression: str, size: float, colour: str) -> None:
    """Add how the text looks, halo included."""
    text = ET.SubElement(
        settings,
        "text-style",
        fieldName=expression,
        isExpression="1",
        fontFamily="Open Sans",
        namedStyle="Regular",
        fontSize=str(size),
        fontSizeUnit="Point",
        textColor=rgba(colour),
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


def _add_placement(settings: ET.Element, at: str, priority: int) -> None:
    """Add where labels may stand: on a point, or on any side of their own."""
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


def _add_rendering(settings: ET.Element, priority: int) -> None:
    """Add which labels are left out."""
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
