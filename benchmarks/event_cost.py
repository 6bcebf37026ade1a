"""What events cost beside recognition and resolution: ``python -m benchmarks.event_cost [--corpora DIR]``.

CPU time of one thread a 3,000 characters, both in the same run: of eighty of our own articles, which are
packed with events, and, where the corpora are given, of the news of TR-News.
"""

from __future__ import annotations

import os

os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # read when numpy is loaded

import argparse
import gc
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import corpora, gold_events, own_events
from benchmarks.events import pipeline
from dateline.geo.events import extract
from dateline.geo.model import Article, Resolution

DENSE, EACH, RUNS = ("ka", "kc", "ke", "kg"), 20, 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, help="shared/corpora")
    options = parser.parse_args()
    dense = [
        gold_events.article(record)
        for name in DENSE
        for record in list(own_events.read(own_events.ARTICLES / "dev" / f"{name}.txt"))[:EACH]
    ]
    resolve = pipeline()
    print("our own articles:", measured(dense, resolve))
    if options.corpora:
        news = [gold.article for gold in corpora.load(options.corpora, "TR-News")]
        print("TR-News:", measured(news, resolve))


def measured(articles: Sequence[Article], resolve: Callable[[Article], list[Resolution]]) -> str:
    """Return the least time of some runs over articles, after one that is not counted."""
    resolved = [resolve(article) for article in articles]
    read, told = [], []
    for article, resolutions in zip(articles, resolved, strict=True):
        extract(article, resolutions)
    gc.freeze()
    for _ in range(RUNS):
        start = time.process_time()
        for article in articles:
            resolve(article)
        between = time.process_time()
        for article, resolutions in zip(articles, resolved, strict=True):
            extract(article, resolutions)
        read.append(between - start)
        told.append(time.process_time() - between)
    unit = 1000 * 3000 / sum(len(article.text) for article in articles)
    return (
        f"events {min(told) * unit:.1f} ms per 3,000 characters, recognition and resolution "
        f"{min(read) * unit:.1f} ms: {min(told) / min(read):.2f} times as much"
    )


if __name__ == "__main__":
    main()
