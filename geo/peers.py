"""Candidates beside one another: those of one name, those that share a key."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.geo.arrays import Floats, Ints
from dateline.geo.distances import between_km

#: Candidates of one name that are nearer than this are hardly different answers.
CLOSE_KM = 100.0


class Peers:
    """The candidates of each unit beside one another: all pairs of one unit, each with itself included.

    Parameters
    ----------
    unit : int array
        The unit of each candidate; ascends.
    xyz : float array
        Where the candidates are, on the unit sphere.
    """

    def __init__(self, unit: NDArray[np.int32], xyz: Floats) -> None:
        #: Where the candidates of each unit begin.
        self.starts, self._run = runs(unit)
        sizes = np.bincount(self._run)
        #: How many candidates the unit of each has.
        self.count = sizes[self._run]
        self._pairs = self.count.cumsum() - self.count
        self.i = np.arange(len(unit)).repeat(self.count)
        self.j = (self.starts[self._run] - self._pairs).repeat(self.count) + np.arange(len(self.i))
        #: Whether the two of a pair are hardly different answers.
        self.close = between_km(xyz[self.i], xyz[self.j]) < CLOSE_KM

    def most(self, values: NDArray[np.floating[Any]]) -> Floats:
        """Return, for each candidate, the largest value of its unit; of several columns, if they are rows."""
        most: Floats = np.maximum.reduceat(values, self.starts, axis=-1)[..., self._run].astype(np.float32)
        return most

    def rival(self, values: NDArray[np.floating[Any]]) -> Floats:
        """Return the largest value of each candidate's peers that lie elsewhere, -1 if there are none."""
        elsewhere = np.where(self.close, -1, values[self.j])
        rival: Floats = np.maximum.reduceat(elsewhere, self._pairs).astype(np.float32)
        return rival

    def cluster(self, p: Floats) -> Floats:
        """Return the probability of each candidate's peers close to it: a city and its district are one."""
        return np.bincount(self.i, p[self.j] * self.close, len(p)).astype(np.float32)


def runs(values: Ints) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return where each run of equal values begins, and of which run each value is."""
    begins = np.empty(len(values), bool)
    begins[:1] = True
    np.not_equal(values[1:], values[:-1], out=begins[1:])
    return begins.nonzero()[0], begins.cumsum() - 1


def numbered(values: Ints) -> NDArray[np.intp]:
    """Return the place of each value among the distinct ones: `numpy.unique`'s inverse, sooner."""
    order = values.argsort(kind="stable")
    number = np.empty(len(values), np.intp)
    _, number[order] = runs(values[order])
    return number


def sum_by(key: Ints, mass: Floats) -> NDArray[Any]:
    """Return, for each candidate, the mass of all that share its key."""
    number = numbered(key)
    return np.bincount(number, mass)[number]


def same_unit(unit: NDArray[np.int32]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return all pairs of candidates of one unit, each candidate with itself included."""
    starts, run = runs(unit)
    sizes = np.bincount(run)[run]
    i = np.repeat(np.arange(len(unit)), sizes)
    return i, np.repeat(starts[run] - np.cumsum(sizes) + sizes, sizes) + np.arange(len(i))
