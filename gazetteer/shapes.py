"""Polygons in little space: points as whole steps of a grid, each as its difference from the one before.

The steps are varints (zigzag), the whole is deflated; a shape of 300 points takes some 700 bytes.
"""

from __future__ import annotations

import zlib

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

#: Steps of a degree: 0.001 degree is about 100 m.
GRID = 1000
_KINDS = {"Polygon": 0, "MultiPolygon": 0, "LineString": 1, "MultiLineString": 1}


def encode(shape: BaseGeometry) -> bytes:
    """Return a (multi)polygon or (multi)line as bytes; rings that vanish on the grid are dropped."""
    kind = _KINDS[shape.geom_type]
    numbers: list[int] = []
    parts = [part for part in getattr(shape, "geoms", [shape]) if not part.is_empty]
    coded = [part for part in (_rings(part, kind) for part in parts) if part]
    numbers += [kind, len(coded)]
    for rings in coded:
        numbers.append(len(rings))
        numbers += [len(ring) for ring in rings]
    head = np.array(numbers, dtype=np.int64)
    points = [ring for rings in coded for ring in rings]
    steps = (
        np.diff(np.concatenate(points), axis=0, prepend=np.zeros((1, 2), np.int64))
        if points
        else np.zeros((0, 2))
    )
    body = np.concatenate([head, _zigzag(steps.astype(np.int64).T.ravel())])
    return zlib.compress(_varints(body), 9)


def decode(data: bytes) -> BaseGeometry:
    """Return the shape that :func:`encode` wrote."""
    numbers = _numbers(zlib.decompress(data))
    kind, n_parts = int(numbers[0]), int(numbers[1])
    at, lengths = 2, []
    for _ in range(n_parts):
        n_rings = int(numbers[at])
        lengths.append([int(n) for n in numbers[at + 1 : at + 1 + n_rings]])
        at += 1 + n_rings
    steps = _unzigzag(numbers[at:]).reshape(2, -1).T
    points = np.cumsum(steps, axis=0) / GRID
    ends = np.cumsum([n for part in lengths for n in part])
    if not len(ends):
        return shapely.MultiLineString() if kind == 1 else shapely.MultiPolygon()
    if kind == 1:
        lines = [shapely.LineString(ring) for ring in np.split(points, ends[:-1])]
        return lines[0] if len(lines) == 1 else shapely.MultiLineString(lines)
    ring_of = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0))
    part_of = np.repeat(np.arange(n_parts), [len(part) for part in lengths])
    polygons = shapely.polygons(shapely.linearrings(points, indices=ring_of), indices=part_of)
    shape = polygons[0] if len(polygons) == 1 else shapely.multipolygons(polygons)
    # Rounding may fold a sliver, which the default method would keep as a line beside the polygons.
    return shape if shape.is_valid else shapely.make_valid(shape, method="structure", keep_collapsed=False)


def _rings(part: BaseGeometry, kind: int) -> list[NDArray[np.int64]]:
    """Return the grid points of a polygon's rings (shell first), or of a line; empty when it vanishes."""
    lines = [part] if kind else [part.exterior, *part.interiors]
    least = 2 if kind else 4
    rings = [_on_grid(shapely.get_coordinates(line)) for line in lines]
    if len(rings[0]) < least:
        return []
    return [ring for ring in rings if len(ring) >= least]


def _on_grid(points: NDArray[np.float64]) -> NDArray[np.int64]:
    """Round to the grid and drop points that fall on the one before."""
    steps = np.rint(points * GRID).astype(np.int64)
    keep = np.ones(len(steps), dtype=bool)
    keep[1:] = (np.diff(steps, axis=0) != 0).any(axis=1)
    return steps[keep]


def _zigzag(values: NDArray[np.int64]) -> NDArray[np.int64]:
    return (values << 1) ^ (values >> 63)


def _unzigzag(values: NDArray[np.int64]) -> NDArray[np.int64]:
    return (values >> 1) ^ -(values & 1)


def _varints(values: NDArray[np.int64]) -> bytes:
    """Write whole numbers as seven bits a byte, the high bit set on all but a number's last byte."""
    out = bytearray()
    for value in values.tolist():
        while value > 127:
            out.append(value & 127 | 128)
            value >>= 7
        out.append(value)
    return bytes(out)


def _numbers(data: bytes) -> NDArray[np.int64]:
    """Read what :func:`_varints` wrote."""
    raw = np.frombuffer(data, dtype=np.uint8)
    last = np.flatnonzero(raw < 128)
    starts = np.concatenate([[0], last[:-1] + 1])
    place = np.arange(len(raw)) - np.repeat(starts, last - starts + 1)
    return np.add.reduceat((raw & 127).astype(np.int64) << (7 * place), starts)
