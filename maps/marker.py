"""Symbols of the palette as small PNG pictures, drawn with no graphics library."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import shapely
from numpy.typing import NDArray

from dateline.maps.palette import SHAPES, Symbol

#: Each pixel is the mean of this many samples a side, which smooths the edges.
_SAMPLES = 4
_RIM = (60, 60, 60)


def png(symbol: Symbol, *, hollow: bool = False, alpha: float = 1.0, size: int = 64) -> bytes:
    """Draw a symbol on a transparent ground.

    Parameters
    ----------
    symbol : Symbol
    hollow : bool
        White within a rim of the symbol's colour: planned events.
    alpha : float
        0 (invisible) to 1 (solid): pale for what is not sure.
    size : int
        Width and height in pixels.

    Returns
    -------
    bytes
        A PNG with an alpha channel, the same bytes each time.
    """
    corners = np.array(SHAPES[symbol.shape])
    reach = np.abs(corners).max()
    outer = shapely.Polygon(corners / reach * 0.94)
    inner = outer.buffer(-0.22 if hollow else -0.08)
    steps = (np.arange(size * _SAMPLES) + 0.5) / (size * _SAMPLES) * 2 - 1
    x, y = np.meshgrid(steps, -steps)
    covered, within = shapely.contains_xy(outer, x, y), shapely.contains_xy(inner, x, y)
    colour = _rgb(symbol.colour)
    body, rim = ((255, 255, 255), colour) if hollow else (colour, _RIM)
    samples = np.zeros((*x.shape, 4))
    samples[covered] = (*rim, 255 * alpha)
    samples[within] = (*body, 255 * alpha)
    # Colours are weighed by their opacity, lest the transparent ground darken the edge.
    opacity = samples[..., 3:]
    blocks = np.concatenate([samples[..., :3] * opacity, opacity], axis=2)
    mean = blocks.reshape(size, _SAMPLES, size, _SAMPLES, 4).mean(axis=(1, 3))
    pixels = np.concatenate([mean[..., :3] / np.maximum(mean[..., 3:], 1e-9), mean[..., 3:]], axis=2)
    return _encoded(np.rint(pixels).astype(np.uint8))


def _rgb(colour: str) -> tuple[int, int, int]:
    """Return ``#RRGGBB`` as numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _encoded(pixels: NDArray[np.uint8]) -> bytes:
    """Return RGBA pixels as a PNG file."""
    height, width, _ = pixels.shape
    rows = np.concatenate([np.zeros((height, 1), np.uint8), pixels.reshape(height, -1)], axis=1)
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    """Return one part of a PNG file with its length and checksum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
