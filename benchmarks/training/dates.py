"""Train the forest that chooses among the dates an event may have: ``python -m benchmarks.training.dates``.

From the development half of our own articles.  Printed first: how often an event's date is exactly right by
the rules alone and with the forest, which is trained without the articles it judges (five folds).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import gold_events, own_events
from benchmarks.events import pipeline, show
from benchmarks.links import PARAMETERS
from dateline.geo import across_sentences, confidence, event_record, events, language
from dateline.geo.arrays import Floats
from dateline.geo.date_choice import chosen
from dateline.geo.date_evidence import Choice, Days, choices
from dateline.geo.trees import to_arrays

OUT = Path(__file__).parents[2] / "geo" / "data" / "events" / "dates.npz"
FOLDS = 5
ROUNDS = 250
SMALL = PARAMETERS | {"num_leaves": 8, "max_depth": 5, "learning_rate": 0.04}
SMALL |= {"feature_fraction": 0.4, "bagging_fraction": 0.7}


@dataclass
class Example:
    """An event of an annotated article: the dates that it may have, and the one it has."""

    doc_id: str
    choices: Sequence[Choice]
    wanted: Days | None

    @property
    def rows(self) -> Floats:
        """What bears on each date."""
        return np.array([choice.row for choice in self.choices], np.float32)

    @property
    def labels(self) -> list[bool]:
        """Whether each date is the event's."""
        return [choice.days == self.wanted for choice in self.choices]


def examples() -> list[Example]:
    """Return the events of our own articles that are found, each with the dates that it may have."""
    resolve = pipeline()
    found = []
    for path in own_events.half("dev"):
        for record in own_events.read(path):
            article = gold_events.article(record)
            if language.supports(article):
                found += _of_article(record, resolve(article))
    return found


def _of_article(record: dict[str, Any], resolutions: Sequence[Any]) -> list[Example]:
    article = gold_events.article(record)
    reports = events.reported(article, resolutions)
    told = across_sentences.merge(reports)
    judged = confidence.judged(article, told, resolutions)
    pairs = gold_events.matches(record, [event_record.record(article, each) for each in judged])
    own = choices(told, reports, article.date)
    return [
        Example(article.id, own[i], gold_events.interval(record["events"][j]["date"]))
        for i, j in pairs.items()
    ]


def fit(taught: Sequence[Example]) -> Any:
    """Train the forest."""
    import lightgbm

    taught = [example for example in taught if example.choices]
    rows = np.vstack([example.rows for example in taught])
    labels = np.array([label for example in taught for label in example.labels], np.float32)
    return lightgbm.train(SMALL, lightgbm.Dataset(rows, labels), ROUNDS)


def cross_validate(told: Sequence[Example]) -> list[str]:
    """Return how often dates are exactly right, and how many are given wrongly."""
    by_rule, judged = [], []
    for k in range(FOLDS):
        model = fit([example for example in told if _fold(example) != k])
        for example in (example for example in told if _fold(example) == k):
            own = next((choice for choice in example.choices if choice.own), None)
            odds = model.predict(example.rows, raw_score=True) if example.choices else []
            by_rule.append((own and own.days, example.wanted))
            best = chosen(example.choices, list(odds))
            judged.append((best and best.days, example.wanted))
    return [_line("rules", by_rule), _line("forest", judged)]


def _line(name: str, dates: Sequence[tuple[Days | None, Days | None]]) -> str:
    right = sum(got == wanted for got, wanted in dates)
    given = [got == wanted for got, wanted in dates if got]
    return (
        f"{name}: {right / len(dates):.3f} of {len(dates)} events right, "
        f"{len(given) - sum(given)} of {len(given)} dates wrong"
    )


def _fold(example: Example) -> int:
    return zlib.crc32(example.doc_id.encode()) % FOLDS


def main() -> None:
    told = examples()
    show("dates, by cross-validation over articles", cross_validate(told))
    np.savez_compressed(OUT, allow_pickle=False, **to_arrays(fit(told).dump_model()))
    print(f"{OUT}: {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
