"""How event types look: one colour, one shape and one plain name each, the same on every map and export.

Colours are those of Okabe and Ito (2008), told apart by people with any colour vision.  Types of one family
share a colour and differ in shape, so that neither colour nor shape is ever the only sign.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

VERMILLION, BLUE, GREEN, PURPLE = "#D55E00", "#0072B2", "#009E73", "#CC79A7"
ORANGE, SKY, YELLOW, GREY = "#E69F00", "#56B4E9", "#F0E442", "#777777"

#: An event whose confidence is below this is drawn as uncertain.
UNSURE = 0.5


@dataclass(frozen=True, slots=True)
class Symbol:
    """The look and the name of an event type.

    Parameters
    ----------
    colour : str
        ``#RRGGBB``.
    shape : str
        A key of :data:`SHAPES`.
    label : str
        For legends, in English.
    plural : str
        For sentences: "strikes in Kharkiv".
    """

    colour: str
    shape: str
    label: str
    plural: str


#: Event type (docs/schema.md) -> symbol, in the order of legends: the gravest first.
SYMBOLS: dict[str, Symbol] = {
    "ASSAULT": Symbol(VERMILLION, "circle", "Attack", "attacks"),
    "COERCE": Symbol(VERMILLION, "square", "Coercion or arrest", "coercion"),
    "MOBILIZE": Symbol(VERMILLION, "triangle", "Military movement", "military movements"),
    "RETREAT": Symbol(VERMILLION, "triangle-down", "Withdrawal", "withdrawals"),
    "CRIME": Symbol(GREY, "diamond", "Crime", "crimes"),
    "DISASTER": Symbol(SKY, "triangle", "Natural disaster", "natural disasters"),
    "ACCIDENT": Symbol(SKY, "diamond", "Accident", "accidents"),
    "DISRUPTION": Symbol(YELLOW, "hexagon", "Disruption", "disruptions"),
    "PROTEST": Symbol(ORANGE, "triangle", "Protest", "protests"),
    "VOTE": Symbol(ORANGE, "square", "Vote", "votes"),
    "THREATEN": Symbol(PURPLE, "triangle-down", "Threat", "threats"),
    "SANCTION": Symbol(PURPLE, "square", "Sanction", "sanctions"),
    "ACCUSE": Symbol(PURPLE, "diamond", "Accusation", "accusations"),
    "REJECT": Symbol(PURPLE, "x", "Rejection", "rejections"),
    "REQUEST": Symbol(PURPLE, "circle", "Demand or appeal", "demands"),
    "CONSULT": Symbol(BLUE, "diamond", "Talks or visit", "talks"),
    "AGREE": Symbol(BLUE, "square", "Agreement", "agreements"),
    "COOPERATE": Symbol(BLUE, "circle", "Cooperation", "cooperation"),
    "CONCEDE": Symbol(BLUE, "triangle-down", "Concession", "concessions"),
    "SUPPORT": Symbol(GREEN, "circle", "Support", "support"),
    "AID": Symbol(GREEN, "cross", "Aid", "aid"),
    "OTHER": Symbol(GREY, "circle", "Other event", "other events"),
}


def symbol(event_type: str) -> Symbol:
    """Return the symbol of an event type.

    A type unknown here looks like ``OTHER``, never like one it is not, and keeps its own name.

    Examples
    --------
    >>> symbol("CONSULT").label
    'Talks or visit'
    >>> symbol("HARVEST")
    Symbol(colour='#777777', shape='circle', label='Harvest', plural='harvest events')
    """
    known = SYMBOLS.get(event_type)
    if known is not None:
        return known
    name = " ".join(event_type.replace("_", " ").split()).lower()
    if not name:
        return SYMBOLS["OTHER"]
    return Symbol(GREY, "circle", name.capitalize(), f"{name} events")


def _regular(corners: int, turn: float = 0.0) -> list[tuple[float, float]]:
    """Return a regular polygon, its first corner `turn` radians clockwise from the top."""
    angles = [turn + 2 * math.pi * corner / corners for corner in range(corners)]
    return [(math.sin(angle), math.cos(angle)) for angle in angles]


def _cross(turn: float = 0.0) -> list[tuple[float, float]]:
    """Return a plus sign with arms as wide as two thirds of their length, turned by `turn` radians."""
    a, b = 0.35, 1.0
    corners = [
        *((-a, b), (a, b), (a, a), (b, a), (b, -a), (a, -a)),
        *((a, -b), (-a, -b), (-a, -a), (-b, -a), (-b, a), (-a, a)),
    ]
    cos, sin = math.cos(turn), math.sin(turn)
    return [(x * cos - y * sin, x * sin + y * cos) for x, y in corners]


def _weighted(corners: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Scale a polygon to the area of the unit circle, so that no type looks graver by its shape alone."""
    pairs = zip(corners, corners[1:] + corners[:1], strict=True)
    area = abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2
    scale = math.sqrt(math.pi / area)
    return tuple((round(x * scale, 4), round(y * scale, 4)) for x, y in corners)


#: Shape -> its corners around (0, 0), y upward, all of the area of the unit circle.
SHAPES: dict[str, tuple[tuple[float, float], ...]] = {
    "circle": _weighted(_regular(48)),
    "square": _weighted(_regular(4, math.pi / 4)),
    "diamond": _weighted(_regular(4)),
    "triangle": _weighted(_regular(3)),
    "triangle-down": _weighted(_regular(3, math.pi)),
    "hexagon": _weighted(_regular(6, math.pi / 6)),
    "cross": _weighted(_cross()),
    "x": _weighted(_cross(math.pi / 4)),
}
