"""Symbols of QGIS layers: markers that show how often and how surely, plain fills and lines for basemaps."""

from __future__ import annotations

from xml.etree import ElementTree as ET

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
_RIM = "60,60,60,255"
# Expressions of QGIS, run for each feature.  What is known to an area only looks as soft as what is unsure.
_UNSURE = f"""("confidence" < {UNSURE} OR "precision" IN ('admin1', 'region', 'country'))"""
_SIZE = '2.6 + 1.1 * ln(coalesce("reports", 1))'
_ALPHA = f"""CASE WHEN "status" IN ('denied', 'hypothetical', 'background') THEN 0.35
 WHEN {_UNSURE} THEN 0.55 ELSE 0.92 END"""
# Events at one place lie like the seeds of a sunflower, the first in the middle; crowds stay in a heap.
_OFFSET = """CASE WHEN "nth" > 1 AND "nth" <= 61 THEN
 to_string(3.1 * sqrt("nth" - 1) * cos(2.4 * "nth")) || ',' ||
 to_string(3.1 * sqrt("nth" - 1) * sin(2.4 * "nth")) ELSE '0,0' END"""


def fill(
    colour: str, outline: str, width: float = 0.1, *, pen: str = "solid", penned: str = ""
) -> ET.Element:
    """Return the renderer of a plain area; an empty `colour` leaves it unfilled.

    `penned` is a QGIS expression for the style of the outline.
    """
    values = {
        "color": rgba(colour or "#FFFFFF"),
        "style": "solid" if colour else "no",
        "outline_color": rgba(outline),
        "outline_style": pen,
        "outline_width": str(width),
        "outline_width_unit": "MM",
    }
    return single(_symbol("fill", "SimpleFill", values, {"outlineStyle": penned} if penned else None))


def line(colour: str, width: float, *, dash: str = "") -> ET.Element:
    """Return the renderer of plain lines, for basemaps; `dash` is such as ``3;2`` in millimetres."""
    values = {
        "line_color": rgba(colour),
        "line_width": str(width),
        "line_width_unit": "MM",
        "use_custom_dash": "1" if dash else "0",
        "customdash": dash or "5;2",
        "customdash_unit": "MM",
        "capstyle": "round",
        "joinstyle": "round",
    }
    return single(_symbol("line", "SimpleLine", values))


def dot(colour: str, sized: str) -> ET.Element:
    """Return the renderer of plain points, for basemaps; `sized` is a QGIS expression in millimetres."""
    return single(marker(rgba(colour), "circle", 1, sized=sized))


def rgba(colour: str, alpha: int = 255) -> str:
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


def marker(
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


def single(one: ET.Element) -> ET.Element:
    """Return a renderer that draws everything alike."""
    return _renderer("singleSymbol", {}, [one])


def categories(kinds: list[str]) -> ET.Element:
    """Return a renderer with a symbol for each event type, in the palette's order."""
    order = {kind: place for place, kind in enumerate(SYMBOLS)}
    kinds = sorted(kinds, key=lambda kind: (order.get(kind, len(order)), kind)) or ["OTHER"]
    looks = [symbol(kind) for kind in kinds]
    symbols = [
        marker(rgba(look.colour), look.shape, 3.2, str(number), event=True)
        for number, look in enumerate(looks)
    ]
    return _categorized(
        "type", symbols, [(kind, look.label) for kind, look in zip(kinds, looks, strict=True)]
    )


def classes(words: list[str], colours: list[str]) -> ET.Element:
    """Return a renderer of areas shaded by the class that their column ``class`` names."""
    symbols = []
    for number, colour in enumerate(colours):
        values = {"color": rgba(colour, 220), "style": "solid", "outline_color": rgba("#FFFFFF")}
        values |= {"outline_style": "solid", "outline_width": "0.15", "outline_width_unit": "MM"}
        symbols.append(_symbol("fill", "SimpleFill", values, name=str(number)))
    return _categorized("class", symbols, [(word, word) for word in words])


def _categorized(column: str, symbols: list[ET.Element], categories: list[tuple[str, str]]) -> ET.Element:
    """Return a renderer with a symbol for each value of a column, and the value's label."""
    root = _renderer("categorizedSymbol", {"attr": column}, symbols)
    holder = ET.Element("categories")
    for number, (value, label) in enumerate(categories):
        ET.SubElement(
            holder,
            "category",
            {"value": value, "type": "string", "symbol": str(number), "label": label, "render": "true"},
        )
    root.insert(0, holder)
    return root
