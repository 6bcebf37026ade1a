"""Count places seen where there is none: ``python -m benchmarks.no_places [--errors]``.

``no-places.txt`` holds sentences in which nothing is a place where something is, though they are full of
words that are place names: people, teams, companies, titles, things, governments.  Two instances of a
language model wrote them (November 2026); rules were then written from what was wrong: the figure is a guard.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.casualties import PUBLISHED
from benchmarks.events import pipeline
from dateline.geo.events import extract
from dateline.geo.model import Article

SENTENCES = Path(__file__).parent / "no-places.txt"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list the sentences")
    options = parser.parse_args()
    resolve = pipeline()
    sentences = SENTENCES.read_text(encoding="utf-8").splitlines()
    seen = pinned = 0
    for sentence in sentences:
        article = Article("none", sentence, date=PUBLISHED)
        found = resolve(article)
        names = [r.mention.text for r in found if r.mention.role == "literal" and r.place]
        seen += bool(names)
        pinned += any(event.places for event in extract(article, found))
        if options.errors and names:
            print(f"{', '.join(names)}: {sentence}")
    print(f"{len(sentences)} sentences without a place: {seen} with one that was seen, {pinned} with a pin")


if __name__ == "__main__":
    main()
