"""Distances on the globe between many points at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.geo.arrays import Floats

EARTH_KM = 6371.0088


def unit_vectors(lat: NDArray[np.floating[Any]], lon: NDArray[np.floating[Any]]) -> Floats:
    """Return points, given in degrees, on the unit sphere; shape (n, 3)."""
    a, b = np.radians(lat), np.radians(lon)
    across = np.cos(a)
    xyz = np.empty((len(a), 3), np.float32)
    xyz[:, 0], xyz[:, 1], xyz[:, 2] = across * np.cos(b), across * np.sin(b), np.sin(a)
    return xyz


def between_km(a: Floats, b: Floats) -> Floats:
    """Return the distance in km between unit vectors, row by row (the chord: fair below 5,000 km)."""
    apart = a - b
    x, y, z = (apart * apart).T
    distance: Floats = np.sqrt(x + y + z) * EARTH_KM
    return distance


def apart_km(a: Floats, b: Floats) -> Floats:
    """Return the distance in km (the chord) of each of some unit vectors from each of others."""
    distance: Floats = np.sqrt(np.maximum(2 - 2 * (a @ b.T), 0)) * EARTH_KM
    return distance
