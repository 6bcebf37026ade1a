"""Gradient-boosted trees in plain numpy: LightGBM trains them, this reads and runs them without it.

A forest is stored as flat arrays over all nodes of all trees, and run level by level: nodes 2n and 2n + 1 of
a level are the children of node n of the one above, a leaf's are itself.  So a prediction walks every tree
for every row at once, one level a step.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.geo.arrays import Floats


class Forest:
    """One or several trained ensembles of regression trees, which are run together.

    Parameters
    ----------
    ensembles : mapping of str to array
        What :func:`to_arrays` made of each.
    """

    def __init__(self, *ensembles: Mapping[str, NDArray[Any]]) -> None:
        feature, threshold, value = (
            np.concatenate([arrays[name] for arrays in ensembles])
            for name in ("feature", "threshold", "value")
        )
        before = np.cumsum([0, *(len(arrays["feature"]) for arrays in ensembles)])
        left, right, roots = (
            np.concatenate([arrays[name] + first for arrays, first in zip(ensembles, before, strict=False)])
            for name in ("left", "right", "roots")
        )
        depth = max(int(arrays["depth"]) for arrays in ensembles)
        ends = np.cumsum([len(arrays["roots"]) for arrays in ensembles]).tolist()
        self._ensembles = [slice(start, end) for start, end in pairwise([0, *ends])]
        leaf = feature < 0
        nodes = np.arange(len(feature))
        left, right = np.where(leaf, nodes, left), np.where(leaf, nodes, right)
        # Indices of the machine's own width: numpy would convert others at every look-up.
        feature = np.where(leaf, 0, feature).astype(np.intp)
        self._trees = np.arange(len(roots), dtype=np.intp)
        self._levels = []
        level = roots
        for _ in range(depth):
            self._levels.append((feature[level], threshold[level]))
            level = np.stack([left[level], right[level]], axis=1).ravel()
        self._value = value[level]

    @classmethod
    def load(cls, path: Path, name: str = "") -> Forest:
        """Read a forest that :func:`to_arrays` made and ``numpy.savez`` wrote; of several, that of a name."""
        prefix = f"{name}_" if name else ""
        with np.load(path, allow_pickle=False) as arrays:
            found = {key.removeprefix(prefix): arrays[key] for key in arrays.files if key.startswith(prefix)}
        return cls(found)

    def predict(self, rows: Floats) -> Floats:
        """Return the raw score (log-odds, or ranking score) of each row, by the first ensemble."""
        return self.predict_each(rows)[0]

    def predict_each(self, rows: Floats) -> list[Floats]:
        """Return the raw scores of each row by each of the ensembles.

        Parameters
        ----------
        rows : float array, shape (n, features)
            No NaN: encode a missing value as a number.

        Returns
        -------
        list of float arrays, shape (n,)
        """
        flat = np.ascontiguousarray(rows, dtype=np.float32).ravel()
        row_start = np.arange(len(rows), dtype=np.intp)[:, None] * rows.shape[1]
        node = self._trees[None]
        # no index is out of bounds: to clip them costs less than to raise an error
        for feature, threshold in self._levels:
            values = flat.take(feature.take(node, mode="clip") + row_start, mode="clip")
            node = node + node + (values > threshold.take(node, mode="clip"))
        values = self._value.take(node, mode="clip")
        return [values[:, trees].sum(axis=1) for trees in self._ensembles]


def to_arrays(model: dict[str, Any]) -> dict[str, NDArray[Any]]:
    """Flatten ``lightgbm.Booster.dump_model()`` into the arrays of a :class:`Forest`.

    Over all nodes: `feature` (the one that splits, -1 at a leaf), `threshold`, `value` (of a leaf), `left`
    and `right` (the indices of both children; ``value <= threshold`` goes left).  `roots` are the first nodes
    of the trees, `depth` is the length of the longest path, 1 at least.
    """
    feature: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    right: list[int] = []
    value: list[float] = []
    roots: list[int] = []
    deepest = 0

    def add(node: dict[str, Any], depth: int) -> int:
        nonlocal deepest
        deepest = max(deepest, depth)
        index = len(feature)
        is_leaf = "split_feature" not in node
        feature.append(-1 if is_leaf else node["split_feature"])
        threshold.append(0.0 if is_leaf else node["threshold"])
        value.append(node["leaf_value"] if is_leaf else 0.0)
        left.append(index)
        right.append(index)
        if not is_leaf:
            left[index] = add(node["left_child"], depth + 1)
            right[index] = add(node["right_child"], depth + 1)
        return index

    for tree in model["tree_info"]:
        roots.append(add(tree["tree_structure"], 0))
    # A float32 threshold must not round past the float64 one: rows of training data lie on either side.
    low = np.asarray(threshold, dtype=np.float64)
    down = low.astype(np.float32)
    down = np.where(down > low, np.nextafter(down, np.float32(-np.inf)), down)
    return {
        "feature": np.asarray(feature, dtype=np.int16),
        "threshold": down.astype(np.float32),
        "left": np.asarray(left, dtype=np.int32),
        "right": np.asarray(right, dtype=np.int32),
        "value": np.asarray(value, dtype=np.float32),
        "roots": np.asarray(roots, dtype=np.int32),
        "depth": np.asarray(deepest, dtype=np.int32),
    }
