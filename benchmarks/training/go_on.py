"""Teach how sure pins are from articles that the event network has not seen:
``python -m benchmarks.training.go_on FILE ...``.

``confidence.py`` needs three networks that each left a third of the articles out.  Where articles came after
the network, this needs none: the forest stays, and trees are added that learn what these articles show to be
wrong about it.  Printed first, by cross-validation over articles: how far that helps.  Run twice, it teaches
the same twice.  (The forest of events was left: taught so, it finds fewer of those of long articles.)
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from benchmarks import gold_events, own_events
from benchmarks.events import pipeline, show
from benchmarks.training.confidence import FOLDS, OUT, SMALL, Told, calibration_error, fold, of_article
from dateline.geo.trees import Floats, Forest, to_arrays

#: Smaller trees than the first: what they correct knew many more articles.
ROUNDS = 120
SMALLER = SMALL | {"num_leaves": 8, "max_depth": 4, "learning_rate": 0.03, "min_child_samples": 40}
SMALLER |= {"lambda_l2": 20.0}


def rows(articles: Iterable[Told]) -> tuple[Floats, Floats]:
    """Return a row for each pin, and whether it is right."""
    found = [row for article in articles for row in article.pins]
    return np.array([row for row, _ in found], np.float32), np.array([ok for _, ok in found], np.float32)


def added(forest: Forest, articles: Iterable[Told]) -> Any:
    """Train the trees that are added to a forest."""
    table, right = rows(articles)
    data = lightgbm.Dataset(table, right, init_score=forest.predict(table))
    return lightgbm.train(SMALLER, data, ROUNDS)


def cross_validate(forest: Forest, articles: Sequence[Told]) -> str:
    """Return how good the probabilities are with and without what is added, on articles not seen."""
    known, new, right = [], [], []
    for k in range(FOLDS):
        model = added(forest, [a for a in articles if fold(a) != k])
        table, ok = rows([a for a in articles if fold(a) == k])
        known.append(forest.predict(table))
        new.append(known[-1] + model.predict(table, raw_score=True))
        right.append(ok)
    ok = np.concatenate(right)
    before, after = (_quality(np.concatenate(odds), ok) for odds in (known, new))
    return f"{len(ok)} pins: {before} before, {after} after"


def _quality(odds: Floats, ok: Floats) -> str:
    loss = np.mean(np.logaddexp(0, np.where(ok > 0, -odds, odds)))
    return f"log loss {loss:.3f}, calibration error {calibration_error(1 / (1 + np.exp(-odds)), ok):.3f}"


def joined(shipped: dict[str, NDArray[Any]], model: Any) -> dict[str, NDArray[Any]]:
    """Return the arrays of a forest with the trees of a model behind its own."""
    more, before = to_arrays(model.dump_model()), len(shipped["feature"])
    more |= {name: more[name] + before for name in ("left", "right", "roots")}
    arrays = {name: np.concatenate([shipped[name], more[name]]) for name in shipped if name != "depth"}
    return arrays | {"depth": np.maximum(shipped["depth"], more["depth"])}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", help="articles with their events, no network has seen")
    options = parser.parse_args()
    resolve = pipeline()
    records = [record for path in options.files for record in own_events.read(path)]
    articles = [of_article(record, resolve(gold_events.article(record))) for record in records]
    with np.load(OUT, allow_pickle=False) as stored:
        arrays = {key: stored[key] for key in stored.files}
    forest = Forest.load(OUT, "pin")
    show("by cross-validation", [cross_validate(forest, articles)])
    own = {key.removeprefix("pin_"): array for key, array in arrays.items() if key.startswith("pin_")}
    arrays |= {f"pin_{key}": array for key, array in joined(own, added(forest, articles)).items()}
    np.savez_compressed(OUT, allow_pickle=False, **arrays)
    print(f"{OUT}: {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
