"""Train the forests that tell how sure events and pins are: ``python -m benchmarks.training.confidence
--corpora DIR --networks DIR DIR DIR``.

From the development half of our own articles: each is read by that of three event networks which has not seen
it (``event_network.py --hold-out``), and linked by a forest trained without it; once whole, and once a few
sentences of it, as headlines and posts are read alone.  Printed first, by cross-validation over articles: how
far the probabilities are off, and how many of the surest are right.
"""

from __future__ import annotations

import argparse
import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from benchmarks import gold_events, own_links
from benchmarks.corpora import half
from benchmarks.events import pipeline, show
from benchmarks.links import PARAMETERS
from dateline.geo import confidence, event_record, events, linking, sentences
from dateline.geo.event_network import EventNetwork
from dateline.geo.model import Event
from dateline.geo.pins import pins
from dateline.geo.trees import Forest, to_arrays

OUT = Path(__file__).parents[2] / "geo" / "data" / "events" / "confidence.npz"
FOLDS, BINS, SENTENCES = 5, 10, 3
SHARES = (0.5, 0.7, 0.9, 1.0)
ROUNDS = 250
SMALL = PARAMETERS | {"num_leaves": 12, "max_depth": 6, "learning_rate": 0.04, "min_child_samples": 30}
SMALL |= {"feature_fraction": 0.4, "bagging_fraction": 0.7, "lambda_l2": 5.0}


@dataclass
class Told:
    """What is found in an article: a row for each event and for each pin, and whether it is right."""

    doc_id: str
    events: list[tuple[list[float], bool]]
    pins: list[tuple[list[float], bool]]


def told(networks: Sequence[EventNetwork], gold: Path) -> Iterator[Told]:
    """Yield what is found in our own articles by what was trained without them."""
    development = own_links.development(networks)
    pairs = own_links.pairs(development)
    extra = own_links.gold_pairs(gold, networks[0])
    resolve = pipeline()
    for k, network in enumerate(networks):
        forest = own_links.fit([*(pair for pair in pairs if own_links.fold(pair.doc_id) != k), *extra])
        unseen = Forest(to_arrays(forest.dump_model()))
        with (
            patch.object(events, "load_event_network", lambda read=network: read),
            patch.object(linking, "_report", lambda links=unseen: links),
        ):
            for record, resolutions, _ in development:
                if own_links.fold(record["doc_id"]) == k:
                    yield _of_article(record, resolutions)
                    few = excerpt(record)
                    yield _of_article(few, resolve(gold_events.article(few)))


def excerpt(record: dict[str, Any]) -> dict[str, Any]:
    """Return one to three sentences of an article; which ones depends on its id only."""
    spans = sentences.split(record["text"])
    dice = random.Random(record["doc_id"])
    first = dice.randrange(len(spans))
    chosen = spans[first : first + dice.randint(1, SENTENCES)]
    start, end = chosen[0].start, chosen[-1].end
    inside = [event for event in record["events"] if start <= event["trigger"][0] < end]
    moved = [event | {"trigger": [at - start for at in event["trigger"]]} for event in inside]
    return record | {"text": record["text"][start:end], "events": moved}


def _of_article(record: dict[str, Any], resolutions: Sequence[Any]) -> Told:
    article = gold_events.article(record)
    found = events.told(article, resolutions)
    placed = [pins(article.text, item.links) for item in found]
    of_events, of_pins = confidence.evidence(article, found, placed, resolutions)
    recorded = [
        event_record.record(article, confidence.Judged(item, 1.0, tuple(places)))
        for item, places in zip(found, placed, strict=True)
    ]
    pairs = gold_events.matches(record, recorded)
    golds = [record["events"][pairs[i]] if i in pairs else None for i in range(len(recorded))]
    right = [
        ok
        for event, gold in zip(recorded, golds, strict=True)
        for ok in gold_events.right_pins(record, event, gold, _in_sentence(record, event))
    ]
    return Told(
        article.id,
        [(row, i in pairs) for i, row in enumerate(of_events)],
        list(zip(of_pins, right, strict=True)),
    )


def _in_sentence(record: dict[str, Any], event: Event) -> list[dict[str, Any]]:
    """Return the gold events of an event's sentence."""
    return [other for other in record["events"] if event.quote_start <= other["trigger"][0] < event.quote_end]


def fit(rows: Sequence[tuple[list[float], bool]]) -> Any:
    """Train a forest."""
    import lightgbm

    table = np.array([row for row, _ in rows], np.float32)
    return lightgbm.train(SMALL, lightgbm.Dataset(table, np.array([ok for _, ok in rows], float)), ROUNDS)


def cross_validate(articles: Sequence[Told], name: str) -> str:
    """Return how good the probabilities of events or pins are."""
    chances, right = [], []
    for k in range(FOLDS):
        model = fit([row for a in articles if _fold(a) != k for row in getattr(a, name)])
        tested = [row for a in articles if _fold(a) == k for row in getattr(a, name)]
        chances.append(model.predict(np.array([row for row, _ in tested], np.float32)))
        right.append(np.array([ok for _, ok in tested], float))
    p, ok = np.concatenate(chances), np.concatenate(right)
    ranked = ok[np.argsort(-p, kind="stable")]
    shares = (f"{share:.0%} {ranked[: int(share * len(ok))].mean():.3f}" for share in SHARES)
    return f"{name}: expected calibration error {_error(p, ok):.3f}; right of the surest {', '.join(shares)}"


def _error(p: NDArray[Any], ok: NDArray[Any]) -> float:
    """Return the expected calibration error over bins of equal width."""
    at = np.minimum((p * BINS).astype(int), BINS - 1)
    return sum(abs(p[at == b].sum() - ok[at == b].sum()) for b in range(BINS)) / len(p)


def _fold(article: Told) -> int:
    return zlib.crc32(article.doc_id.encode()) % FOLDS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder of gold/")
    parser.add_argument(
        "--networks", type=Path, nargs=own_links.FOLDS, required=True, help="one for each fold"
    )
    options = parser.parse_args()
    gold = half(options.corpora / "gold", "dateline-gold")
    articles = list(told([EventNetwork(path) for path in options.networks], gold))
    show("by cross-validation", [cross_validate(articles, name) for name in ("events", "pins")])
    arrays = {}
    for name, rows in (("event", "events"), ("pin", "pins")):
        forest = fit([row for article in articles for row in getattr(article, rows)])
        arrays |= {f"{name}_{key}": a for key, a in to_arrays(forest.dump_model()).items()}
    np.savez_compressed(OUT, allow_pickle=False, **arrays)
    print(f"{OUT}: {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
